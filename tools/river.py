"""Draw the picture of the architecture: the river of folders as plain SVG, from the layers that are enforced.

The order is read from the import-linter contract in pyproject.toml, so the picture cannot show another river
than the one that `make check` holds the code to. `tools/reference.py` writes it; a test compares its folders
with those in src/.
"""

from __future__ import annotations

import tomllib
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROLES = {
    "errors": ("below everything", "one family of errors: where, what was given, what was possible"),
    "version": ("below everything", "the version, in one place"),
    "combat": ("beside it", "who wins an engagement and at what loss, fitted on battles"),
    "book": ("1", "reads and checks what historians write: facts, record, parameters, divergences"),
    "luck": ("2", "one address, one draw: choice, clock, shock, and their posteriors"),
    "timeline": ("3", "one history: the world, the rules, hindsight, the ledger, interventions"),
    "results": ("4", "what a run leaves behind: tables, manifests, addresses"),
    "ensemble": ("5", "many histories: batches, threads, processes"),
    "evidence": ("beside it", "what record, counts and verdicts say of the parameters"),
    "questions": ("6", "ask, replay, sources: numbers with their intervals"),
    "telling": ("7", "tables and dated lists for readers"),
    "studio": ("9", "the same doors in the browser and over HTTP"),
    "cli": ("8", "the same doors from a terminal"),
}
BESIDE = {"scenarios": ("beside it", "a rule book and its data")}

PAPER, INK, WATER, BANK, SOFT = "#f7f3e8", "#2d2a26", "#3f6f8f", "#c9bfa5", "#6d665b"
WIDTH, TOP, STEP, BOX = 860, 96, 62, 46


def layers() -> list[str]:
    """The folders and modules of the river, from its source down, as the contract names them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {contract["id"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}
    top_down = contracts["river"]["layers"]
    return [name.strip() for layer in reversed(top_down) for name in layer.split("|")]


def picture() -> str:
    """The SVG text."""
    names = [name for name in layers() if name != "version"]
    height = TOP + STEP * len(names) + 40
    described = (
        f"From the source down: {', '.join(names)}. Nothing imports from further downstream. "
        "Scenarios stand beside it and import luck, timeline and results only."
    )
    size = f'viewBox="0 0 {WIDTH} {height}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="Georgia, serif">',
        "<title>The river of folders</title>",
        f"<desc>{described}</desc>",
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>',
        text(40, 40, "The river", 24, INK),
        text(40, 64, "what a historian writes enters at the top, an answer leaves at the bottom;", 13, SOFT),
        text(40, 81, "no folder imports from one further down", 13, SOFT),
        water(len(names)),
    ]
    for place, name in enumerate(names):
        lines += stage(place, name)
    lines += scenarios(names)
    return "\n".join([*lines, "</svg>", ""])


def text(x: int, y: int, words: str, size: int, colour: str, more: str = "") -> str:
    """One line of text."""
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{colour}"{more}>{escape(words)}</text>'


def water(stages: int) -> str:
    """The river itself: a winding line that grows wider downstream."""
    pieces = []
    for place in range(stages):
        y = TOP + STEP * place
        bend = 12 if place % 2 else -12
        curve = f"M 62 {y} q {bend} {STEP // 2} 0 {STEP}"
        line = f'stroke="{WATER}" stroke-width="{3 + place}" stroke-linecap="round"'
        pieces.append(f'<path d="{curve}" fill="none" {line}/>')
    return "\n".join(pieces)


def stage(place: int, name: str) -> list[str]:
    """One folder's box."""
    number, role = ROLES[name]
    y = TOP + STEP * place + (STEP - BOX) // 2
    label = f"{name}/" if name != "errors" else "errors.py"
    return [
        f'<g data-folder="{name}">',
        f'<rect x="96" y="{y}" width="560" height="{BOX}" rx="4" fill="#fffdf7" stroke="{BANK}"/>',
        text(112, y + 20, f"{label}", 15, INK, ' font-weight="bold"'),
        text(112, y + 38, role, 12, SOFT),
        text(648, y + 20, number, 12, WATER, ' text-anchor="end"'),
        "</g>",
    ]


def scenarios(names: list[str]) -> list[str]:
    """The scenarios' box on the bank, with the three folders that a scenario may import."""
    first, last = names.index("luck"), names.index("results")
    top = TOP + STEP * first + (STEP - BOX) // 2
    bottom = TOP + STEP * last + (STEP + BOX) // 2
    place, role = BESIDE["scenarios"]
    paint = f'fill="#fffdf7" stroke="{WATER}"'
    lines = [
        '<g data-folder="scenarios">',
        f'<rect x="700" y="{top}" width="140" height="{bottom - top}" rx="4" {paint}/>',
        text(770, top + 26, "scenarios/", 15, INK, ' font-weight="bold" text-anchor="middle"'),
        text(770, top + 46, role, 12, SOFT, ' text-anchor="middle"'),
        text(770, top + 74, "found by name", 12, SOFT, ' text-anchor="middle"'),
        text(770, top + 90, "at run time", 12, SOFT, ' text-anchor="middle"'),
        text(770, bottom - 14, place, 12, WATER, ' text-anchor="middle"'),
        "</g>",
    ]
    for name in ("luck", "timeline", "results"):
        y = TOP + STEP * names.index(name) + STEP // 2
        lines.append(f'<path d="M 700 {y} H 664 m 7 -5 l -7 5 l 7 5" fill="none" stroke="{WATER}"/>')
    return lines
