"""Draw the causal graph of a scenario as plain SVG: its rules on a circle, by the part of the world that they write.

A line runs from a rule to each rule that reads what it wrote, at once or through what the week works out from it. Lines
have the colour of their source. Those that come into one part from outside are drawn dark, with a head, so that the few
ways by which it can be touched are seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from math import atan2, cos, degrees, pi, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allohistory.questions.causal_graph import CausalGraph, Write

PAPER, INK, SOFT = "#f7f3e8", "#2d2a26", "#6d665b"
COLOURS = ("#3f6f8f", "#b3552d", "#5b7f3a", "#8a5a83", "#a8862b", "#4f8a80", "#7a5c44", "#5d6bb0")
SIZE, MIDDLE, RADIUS = 1180, 590, 350
GAP = 2.2  # rules' width left free between two parts
WITHIN, ACROSS = 0.72, 0.18  # how far from the middle a line's bend lies, as shares of the radius

Point = tuple[float, float]
Line = tuple[str, str]


def rules_of(graph: CausalGraph, order: Sequence[str]) -> list[str]:
    """The rules that are drawn: those that draw, in the order of the week, then those that write without a draw."""
    return [*order, *sorted(rule for rule in graph.settled if graph.writes_of.get(rule))]


def nodes_of(graph: CausalGraph, rule: str) -> list[str]:
    """The nodes of a rule: one, or one an entity."""
    return [node for node in sorted(graph.drawing | graph.settled) if node.partition("[")[0] == rule]


def parts_of(graph: CausalGraph, groups: Mapping[str, str], rules: Sequence[str]) -> dict[str, str]:
    """The part of the world of each rule: the group that it writes most, else the one that it reads most."""
    found = {}
    for rule in rules:
        nodes = nodes_of(graph, rule)
        targets = [groups[id] for node in nodes for id in graph.writes_of.get(node, ())]
        sources = [groups[id] for node in nodes for id in graph.reads[node]]
        counts = Counter(targets or sources)
        found[rule] = min(counts, key=lambda group: (-counts[group], group))
    return found


def lines_of(graph: CausalGraph, rules: Sequence[str]) -> list[Line]:
    """Every pair of rules of which the first writes what the second reads."""
    written = {}
    for rule in rules:
        own = {id for node in nodes_of(graph, rule) for id in graph.writes_of.get(node, ())}
        written[rule] = own | {
            write.target for write in graph.writes if own & write.sources and by_itself(write)
        }
    read = {rule: {id for node in nodes_of(graph, rule) for id in graph.reads[node]} for rule in rules}
    return [(a, b) for a in rules for b in rules if a != b and written[a] & read[b]]


def by_itself(write: Write) -> bool:
    """Whether a step of the week writes it by itself, on no rule's account."""
    return all(node.startswith("step ") for node in write.by)


def picture(graph: CausalGraph, groups: Mapping[str, str], order: Sequence[str], shown: str) -> str:
    """The SVG text; `shown` is the part whose ways in are drawn dark."""
    rules = rules_of(graph, order)
    part = parts_of(graph, groups, rules)
    names = list(dict.fromkeys(part[rule] for rule in rules))
    angles = angles_of(rules, part, names)
    colour = {name: COLOURS[i % len(COLOURS)] for i, name in enumerate(names)}
    lines = lines_of(graph, rules)
    dark = [line for line in lines if part[line[0]] != shown and part[line[1]] == shown]
    pale = [line for line in lines if line not in dark]
    pieces = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" role="img" font-family="Georgia, serif">',
        "<title>The causal graph</title>",
        described(len(rules), len(lines), len(dark), shown),
        f'<rect width="{SIZE}" height="{SIZE}" fill="{PAPER}"/>',
        text(24, 40, "Who reads what whom wrote", 24, INK),
        text(
            24,
            64,
            f"{len(rules)} rules, {len(lines)} lines; each has the colour of the rule that writes",
            13,
            SOFT,
        ),
        text(24, 82, f"dark: the {len(dark)} ways into {title(shown)} from outside", 13, SOFT),
        *(line_of(one, part, angles, colour, 0.28, 1.0) for one in pale),
        *(line_of(one, part, angles, dict.fromkeys(names, INK), 0.9, 1.6, head=True) for one in dark),
        *(
            arc_of(name, [rule for rule in rules if part[rule] == name], angles, colour[name])
            for name in names
        ),
        *(label_of(rule, angles[rule]) for rule in rules),
    ]
    return "\n".join([*pieces, "</svg>", ""])


def described(rules: int, lines: int, dark: int, shown: str) -> str:
    """The picture in words, for those who do not see it."""
    words = f"{rules} rules on a circle, {lines} lines from a rule to a rule that reads what it wrote; "
    return f"<desc>{words}{dark} of them come into {escape(title(shown))} from outside.</desc>"


def title(group: str) -> str:
    """A group as a reader sees it."""
    return group.replace("-", " ").title()


def text(x: float, y: float, words: str, size: int, colour: str, more: str = "") -> str:
    """One line of text."""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{colour}"{more}>{escape(words)}</text>'


def angles_of(rules: Sequence[str], part: Mapping[str, str], names: Sequence[str]) -> dict[str, float]:
    """Where each rule stands on the circle: part by part, in the order of the week, the first part at the top."""
    step = 2 * pi / (len(rules) + GAP * len(names))
    found, angle = {}, -pi / 2
    for name in names:
        for rule in rules:
            if part[rule] == name:
                found[rule] = angle
                angle += step
        angle += GAP * step
    return found


def at(angle: float, radius: float) -> Point:
    """A point of the picture."""
    return (MIDDLE + radius * cos(angle), MIDDLE + radius * sin(angle))


def line_of(
    line: Line,
    part: Mapping[str, str],
    angles: Mapping[str, float],
    colour: Mapping[str, str],
    opacity: float,
    width: float,
    *,
    head: bool = False,
) -> str:
    """A line from rule to rule, bent towards the middle: less so within a part."""
    source, target = line
    bend = RADIUS * (WITHIN if part[source] == part[target] else ACROSS)
    start, end = at(angles[source], RADIUS - 8), at(angles[target], RADIUS - (14 if head else 8))
    first, second = at(angles[source], bend), at(angles[target], bend)
    curve = " ".join(f"{x:.0f} {y:.0f}" for x, y in (first, second, end))
    path = (
        f'<path d="M{start[0]:.0f} {start[1]:.0f}C{curve}" fill="none" stroke="{colour[part[source]]}" '
        f'stroke-opacity="{opacity:g}" stroke-width="{width:g}"/>'
    )
    return path + (head_of(angles[target], colour[part[source]]) if head else "")


def head_of(angle: float, colour: str) -> str:
    """The head of an arrow that comes from the middle."""
    tip = at(angle, RADIUS - 5)
    left, right = at(angle - 0.013, RADIUS - 17), at(angle + 0.013, RADIUS - 17)
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (tip, left, right))
    return f'<polygon points="{points}" fill="{colour}"/>'


def arc_of(name: str, rules: Sequence[str], angles: Mapping[str, float], colour: str) -> str:
    """The arc of one part, with its name inside."""
    half = pi / 260
    start, end = at(angles[rules[0]] - half, RADIUS), at(angles[rules[-1]] + half, RADIUS)
    large = int(angles[rules[-1]] - angles[rules[0]] > pi)
    arc = f"M{start[0]:.1f} {start[1]:.1f}A{RADIUS} {RADIUS} 0 {large} 1 {end[0]:.1f} {end[1]:.1f}"
    middle = (angles[rules[0]] + angles[rules[-1]]) / 2
    x, y = at(middle, RADIUS + 208)
    turn = degrees(atan2(sin(middle), cos(middle))) + 90
    turn = turn - 180 if 90 < turn < 270 else turn
    place = f' text-anchor="middle" font-weight="bold" transform="rotate({turn:.1f} {x:.1f} {y:.1f})"'
    return (
        f'<path d="{arc}" fill="none" stroke="{colour}" stroke-width="7" data-part="{escape(name)}"/>'
        + text(round(x, 1), round(y, 1), title(name), 19, colour, place)
    )


def label_of(rule: str, angle: float) -> str:
    """A rule's name, outward from its place."""
    x, y = at(angle, RADIUS + 10)
    turn, anchor = degrees(angle), "start"
    if cos(angle) < 0:
        turn, anchor = turn + 180, "end"
    place = f' text-anchor="{anchor}" transform="rotate({turn:.1f} {x:.1f} {y:.1f})" dy="4" data-rule="{escape(rule)}"'
    return text(round(x, 1), round(y, 1), rule, 12, INK, place)
