"""`check sheet`: the sanity sheet, all lines, with the rules' figure, the range, and a word on each that is outside."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from allohistory.cli.commands.sense import number_in, span_in
from allohistory.cli.endings import SHORT
from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, columns, paragraph
from allohistory.cli.progress import progress

if TYPE_CHECKING:
    from allohistory.questions.sanity_sheet import SanitySheet, SheetLine
    from allohistory.timeline.model import Model

AGAIN = "allohistory check sheet"
NO_WORD = "Nothing is known of the cause yet."


def run(options: argparse.Namespace, model: Model) -> int:
    """Run free running and the wars, and print every line under its number."""
    from allohistory.questions.sanity_sheet import TIMELINES, sanity_sheet

    with progress() as bar:
        found = sanity_sheet(
            model, timelines=options.timelines or TIMELINES, workers=options.workers, tell=bar
        )
    short = any(one.off for one in found.lines)
    if options.json:
        sys.stdout.write(with_head("check", options, model, {"scores": [_score(one) for one in found.lines]}))
        return SHORT if short else 0
    sys.stdout.write("\n".join(_shown(found)) + "\n")
    return SHORT if short else 0


def _shown(found: SanitySheet) -> list[str]:
    rows: list[tuple[str, ...]] = [("", "expected", "range", "rules", "95 %", "mark", "")]
    for one in found.lines:
        number = f"{one.sheet:2} " if one.sheet else "   "
        rows.append((number + one.says, *cells_of(one), one.mark, standing_of(one)))
    out = [bold("The sanity sheet"), *columns(rows, right=(1, 2, 3, 4)), "", paragraph(summary_of(found))]
    off = [one for one in found.lines if one.off]
    if off:
        out += ["", bold("A word on each that is outside")]
        out += [paragraph(f"{one.says}: {word_of(one)}", indent=2, hanging=2) for one in off]
    return out


def summary_of(found: SanitySheet) -> str:
    """How many lines there are, and how they stand."""
    met, off = (sum(one.met is state for one in found.lines) for state in (True, False))
    numbers = {one.sheet for one in found.lines if one.sheet}
    whole = numbers - {one.sheet for one in found.lines if one.met is not True}
    return (
        f"{len(found.lines)} figures, most of them of {len(numbers)} numbered lines: {met} lie in the range, "
        f"{off} outside; of {len(found.lines) - met - off} the rules have none, or too few timelines show the case. Of "
        f"{len(whole)} numbered lines every figure lies in its range. The ranges are historians' judgement (J), counts "
        "(F) or guesses (G), written down before the first run; nothing is fitted to them."
    )


def cells_of(one: SheetLine) -> tuple[str, str, str, str]:
    """Expected, range, the rules' figure, its interval; in words where the rules have no figure."""
    if one.expect is None or one.low is None or one.high is None:
        return (one.expected, "", "-", "")
    value = (
        "-"
        if one.value is None and not one.n
        else "never"
        if one.value is None
        else number_in(one.value, one.unit)
    )
    interval = "" if one.interval is None else span_in(*one.interval, one.unit)
    return (number_in(one.expect, one.unit), span_in(one.low, one.high, one.unit), value, interval)


def standing_of(one: SheetLine) -> str:
    """In or outside its range; within chance where its interval still reaches it; few where few cases show it."""
    if one.met is None:
        return "few" if one.few else "not read"
    if one.met:
        return "in"
    return "OFF, within chance" if one.within_chance else "OFF"


def word_of(one: SheetLine) -> str:
    """The book's word on a figure that is outside, or that the rules do not have."""
    if one.met:
        return ""
    return one.word or ("" if one.few else NO_WORD)


def _score(one: SheetLine) -> dict[str, Any]:
    """One line for machines; baseline is the value expected, bar the range."""
    return {
        "name": one.id or one.says,
        "sheet": one.sheet or None,
        "says": one.says,
        "unit": one.unit,
        "value": one.value,
        "interval": None if one.interval is None else list(one.interval),
        "baseline": one.expect,
        "bar": None if one.low is None else [one.low, one.high],
        "met": one.met,
        "n": one.n,
        "mark": one.mark,
        "word": one.word,
        "expected": one.expected,
        "again": f"allohistory {one.source}" if one.source else AGAIN,
    }
