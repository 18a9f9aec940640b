"""Fill the tables of docs/forecasts.md from the forecasts that are kept.

    python tools/forecast_tables.py

`allohistory check forecasts --full` measures and keeps; this only writes what it kept between the marks of the page,
and leaves its words alone.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from allohistory.book.forecasts import protocol_of
from allohistory.cli.commands import forecasts as words
from allohistory.evidence.kept_forecasts import path_of, read
from allohistory.questions.scenario import scenario
from pages import table

if TYPE_CHECKING:
    from allohistory.book.forecasts import Protocol
    from allohistory.evidence.forecasts import Table
    from allohistory.evidence.kept_forecasts import Report

PAGE = Path(__file__).resolve().parent.parent / "docs" / "forecasts.md"


def main() -> int:
    """Write the page."""
    model = scenario("soviet-japanese-war").model
    protocol, found = protocol_of(model.book, model.folder), read(path_of(model))
    text = PAGE.read_text(encoding="utf-8")
    for name, part in parts(protocol, found).items():
        text = filled(text, name, part)
    PAGE.write_text(text, encoding="utf-8")
    print(f"docs/{PAGE.name}: {len(text):,} characters", file=sys.stderr)
    return 0


def parts(protocol: Protocol, found: Report) -> dict[str, str]:
    """What stands between each pair of marks."""
    made = {one.horizon: "\n\n".join(horizon(protocol, one)) for one in found.tables}
    ablation = [
        f"**{one.says}.**\n\n" + table(words.EARNED, words.earned(found.ablation[one.horizon]))
        for one in found.tables
    ]
    changes = table(words.CHANGES, words.changes(protocol)) or "None."
    return {"made": words.made(found), **made, "ablation": "\n\n".join(ablation), "changes": changes}


def horizon(protocol: Protocol, one: Table) -> list[str]:
    """The tables of one horizon."""
    heads = words.heads(one)
    sections = [
        ("All", heads, words.by_name(one, [one.overall, *one.kinds])),
        ("By country", heads, words.by_name(one, one.countries)),
        ("By cut-off", heads, words.by_name(one, one.cut_offs)),
        *((f"Calibration: {id}", words.CURVE, words.curve(bins)) for id, bins in one.calibration.items()),
        ("By rule", heads, words.by_name(one, one.rules)),
        ("Clocks by the week, beside a constant hazard", words.AMOUNTS, words.amounts(one.weekly)),
        ("Shocks, beside Student's t of their own past", words.AMOUNTS, words.amounts(one.shocks)),
        ("Given less than the floor, and it happened", words.UNFORESEEN, words.unforeseen(one)),
    ]
    found = [f"**{title}**\n\n{table(head, rows)}" for title, head, rows in sections if rows]
    found.insert(2, "**Worse than counting.** " + words.worse(one, protocol.setting.worse_by))
    found.append(
        f"Occasions left out because they arise in too few draws: {one.left_out}. "
        f"Draws that our history made impossible before the longest horizon ended: {one.aside}."
    )
    return found


def filled(text: str, name: str, part: str) -> str:
    """The page with one part in its place; raises ValueError where it has no marks."""
    marks = re.compile(rf"(<!-- begin {name} -->\n).*?(<!-- end {name} -->)", re.DOTALL)
    if not marks.search(text):
        raise ValueError(f"{PAGE.name} has no place for {name}")
    return marks.sub(lambda found: f"{found[1]}{part}\n{found[2]}", text)


if __name__ == "__main__":
    raise SystemExit(main())
