"""Draws the calibration curve as plain SVG."""

from __future__ import annotations

SIDE, LEFT, TOP = 320, 70, 30
PAPER, INK, WATER, SOFT = "#f7f3e8", "#2d2a26", "#3f6f8f", "#6d665b"


def picture(parts: list[list[float]]) -> str:
    """Mean chance against share won, with two standard errors; the diagonal is perfect calibration."""
    lines = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 440 420" role="img" font-family="Georgia, serif">',
        "<title>Calibration of the chance of winning, cross-validated</title>",
        f'<rect width="440" height="420" fill="{PAPER}"/>',
        f'<path d="M {across(0)} {up(0)} L {across(1)} {up(1)}" stroke="{SOFT}" stroke-dasharray="4 4"/>',
        f'<path d="M {across(0)} {up(1)} V {up(0)} H {across(1)}" fill="none" stroke="{INK}"/>',
    ]
    for tick in (0, 0.25, 0.5, 0.75, 1):
        lines.append(words(across(tick), up(0) + 18, f"{tick:g}", "middle"))
        lines.append(words(across(0) - 8, up(tick) + 4, f"{tick:g}", "end"))
    for chance, share, error, _ in parts:
        low, high = max(share - 2 * error, 0), min(share + 2 * error, 1)
        lines.append(
            f'<path d="M {across(chance)} {up(low)} V {up(high)}" stroke="{WATER}" stroke-width="2"/>'
        )
        lines.append(f'<circle cx="{across(chance)}" cy="{up(share)}" r="5" fill="{WATER}"/>')
    lines.append(words(across(0.5), up(0) + 42, "chance given to the attacker", "middle"))
    lines.append(words(across(0), TOP - 10, "share of engagements that the attacker won", "start"))
    return "\n".join([*lines, "</svg>", ""])


def across(value: float) -> float:
    """Place of a chance from left to right."""
    return round(LEFT + SIDE * value, 1)


def up(value: float) -> float:
    """Place of a share from bottom to top."""
    return round(TOP + SIDE * (1 - value), 1)


def words(x: float, y: float, text: str, anchor: str) -> str:
    """One label."""
    return f'<text x="{x}" y="{y}" font-size="13" fill="{INK}" text-anchor="{anchor}">{text}</text>'
