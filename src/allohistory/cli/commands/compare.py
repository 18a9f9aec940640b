"""`compare`: two timelines side by side, and the first cause of each difference."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from allohistory.cli.endings import SHORT
from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, columns, dim, listing, paragraph
from allohistory.errors import AllohistoryError
from allohistory.results.words import in_words

if TYPE_CHECKING:
    from allohistory.telling.compare.beside import Beside


def run(options: argparse.Namespace) -> int:
    """Recompute both, put them beside each other."""
    from allohistory.questions.timelines import timeline_at
    from allohistory.telling.compare.beside import Beside

    one, other = timeline_at(options.address), timeline_at(options.other)
    if one.model.name != other.model.name:
        problem = f"the two are of different scenarios: {one.model.name} and {other.model.name}"
        raise AllohistoryError("compare", problem, given=options.other, closest="")
    found = Beside(one, other)
    again = f"allohistory compare {one.address} {other.address}"
    if options.json:
        from allohistory.telling.answers import aside

        warnings = aside(one, "The one") + aside(other, "The other")
        sys.stdout.write(
            with_head("compare", options, one.model, found.as_json(), again=again, warnings=warnings)
        )
    else:
        sys.stdout.write(page(found, again))
    return SHORT if one.trouble or other.trouble else 0


def page(found: Beside, again: str) -> str:
    """Where they part, what differs and why, and the months."""
    lines = [
        bold("Two timelines"),
        f"  the one    {found.one.address}",
        f"  the other  {found.other.address}",
        "",
    ]
    difference = found.parting.first_difference
    if difference is None:
        return "\n".join([*lines, "The two are one: nothing differs.", ""])
    rows = [("identical before", in_words(found.parting.identical_before or difference.date))]
    rows.append(("first difference", in_words(difference.date)))
    rows += [("whose", f"{difference.rule}")] if difference.rule else []
    lines += [*listing(rows), "", *outcomes(found), "", bold("Side by side")]
    for row in found.rows:
        lines.append(dim(row.when))
        for name, told in (("the one", row.one), ("the other", row.other)):
            if told:
                lines.append(paragraph(f"{name:>11}  {' '.join(told)}", hanging=13))
    return "\n".join([*lines, "", f"again: {again}", ""])


def outcomes(found: Beside) -> list[str]:
    """Outcomes that differ, each with its first cause."""
    from allohistory.telling.compare.beside import value_of

    if not found.differences:
        return ["Every outcome is the same in both."]
    rows = [("outcome", "the one", "the other")]
    lines = [bold("What differs, and its first cause")]
    table = columns(
        [*rows, *((one.title, value_of(one.one), value_of(one.other)) for one in found.differences)]
    )
    lines.append(table[0])
    for line, one in zip(table[1:], found.differences, strict=True):
        lines.append(line)
        if one.words and one.date:
            words = f"{in_words(one.date)}, in the {one.side} alone: {one.words}"
            lines.append(dim(paragraph(words, indent=6, hanging=2)))
    return lines
