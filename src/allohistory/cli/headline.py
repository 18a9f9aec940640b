"""The headline question, printed: `python -m allohistory.cli.headline` (what `make run` does)."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from allohistory.cli import endings
from allohistory.cli.layout import bold, column_blocks, columns, page, paragraph
from allohistory.cli.progress import stoppable
from allohistory.cli.show_answer import way_lines
from allohistory.errors import AllohistoryError
from allohistory.questions.headline import Headline, Row, headline
from allohistory.questions.question import DEFAULT_SCENARIO
from allohistory.results.words import (
    bits,
    bits_as_odds,
    in_words,
    listed,
    month_of,
    percent,
    percent_or_odds,
    percent_range,
    points,
    thousands,
)

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

REPORT = Path("out/headline.html")


def main(words: list[str] | None = None) -> int:
    """Ask, print the page, and end like every other command. One word may give the number of timelines."""
    given = sys.argv[1:] if words is None else words
    with endings.signals() as watch:
        try:
            return _run(given, watch)
        except AllohistoryError as error:
            return endings.user_error(error, as_json=False)
        except (KeyboardInterrupt, endings.Ended):
            return endings.ended(watch)
        except BrokenPipeError:
            return endings.closed_pipe()
        except Exception as error:  # one line and a report, whatever it is
            return endings.our_fault(error, ["headline", *given], as_json=False)


def _run(words: list[str], watch: endings.Watch) -> int:
    from allohistory.cli.reading import whole
    from allohistory.questions.headline import TIMELINES
    from allohistory.timeline.model import load

    timelines = whole("timelines")(words[0]) if words else TIMELINES
    model = load(DEFAULT_SCENARIO)
    with stoppable(watch) as show_progress:
        found = headline(model, timelines=timelines, progress=show_progress, stop=watch.stop)
    sys.stdout.write(show(found))
    sys.stdout.flush()
    written(found, model)
    if found.stopped:
        print("stopped: the page above is made of what was finished", file=sys.stderr)
    return watch.code


def written(found: Headline, model: Model) -> None:
    """Write the same with charts, a timeline and a map, and name the file; a folder that refuses it is no failure."""
    from allohistory.results.files import write_whole
    from allohistory.telling.report.headlines import report

    try:
        REPORT.parent.mkdir(parents=True, exist_ok=True)
        write_whole(REPORT, report(found, model).encode("utf-8"))
    except (OSError, AllohistoryError) as error:
        print(f"no report was written: {error}", file=sys.stderr)
        return
    print(f"report: {REPORT} (open it in a browser)", file=sys.stderr)


def show(found: Headline) -> str:
    """The page: the bare rules road by road, the ways to war, the points of divergence, what to read next."""
    parts = [
        "\n".join([heading(found.title), "", paragraph(f"{found.outcome}: {found.definition}", hanging=2)]),
        _bare(found),
        _roads(found),
        _ways(found),
        _rows(found),
        _notes(found),
    ]
    return page(parts)


def heading(text: str) -> str:
    """A heading that fits the window."""
    return bold(paragraph(text))


def _bare(found: Headline) -> str:
    one = found.rules_only
    ignorance = (
        f"; with what we do not know, {percent_range(one.ignorance_interval)}"
        if one.ignorance_interval
        else ""
    )
    words = (
        f"Let everything from January 1931 on happen by the rules alone, and {percent_or_odds(one.probability)} of "
        f"{thousands(found.free_timelines)} timelines see it (chance {percent_range(one.chance_interval)}{ignorance})."
    )
    return "\n".join([heading("How improbable is it at all?"), paragraph(words, indent=2)])


def _roads(found: Headline) -> str:
    """The first table: every road in all timelines, and in each of the worlds told apart."""
    if not found.lines:
        return ""
    worlds = [
        f"{world.title} ({percent(share)})"
        for world, share in zip(found.worlds, found.world_shares, strict=True)
    ]
    rows = [("", "all", "chance", *worlds)]
    for line in found.lines:
        shares = [percent(one.probability) for one in line.worlds]
        rows.append(
            (line.title, percent(line.whole.probability), percent_range(line.whole.chance_interval), *shares)
        )
    last = len(rows[0])
    body = columns(rows, indent=4, right=range(1, last))
    words = "The same timelines: all of them, then those of each kind by themselves, with how many there are."
    return "\n".join([heading("By which roads?"), paragraph(words, indent=2), "", *body])


def _ways(found: Headline) -> str:
    lines = [
        heading("By which ways, and where does each break off?"),
        paragraph("Each step is reckoned among the timelines that took the steps before it.", indent=2),
    ]
    for id, title, _share in found.ways:
        links = [link for link in found.links if link.way == id]
        if links:
            body = way_lines(links)
            lines += [f"  {title[0].upper()}{title[1:]}", *body[1:]]
    return "\n".join(lines) if found.ways else ""


def _rows(found: Headline) -> str:
    lines = [
        heading("What would it have taken? One change at a time"),
        paragraph(
            "Our history until the change, fresh luck after it. For each: how improbable the change itself is (odds, "
            "bits); how often it then comes about, with the range that more timelines could still move it in (chance) "
            f"and the range of what we do not know (ignorance); how often without the change{_apart(found)}.",
            indent=2,
        ),
        "",
    ]
    heads = (
        "so often",
        "chance",
        "ignorance",
        "without",
        *(one.title for one in (*found.worlds, *found.also)),
    )
    table = [heads, *(_figures(row) for row in found.rows)]
    head, *figures = column_blocks(table, indent=4, right=range(len(heads)))
    lines += head
    for row, block in zip(found.rows, figures, strict=True):
        road = f"; {percent(row.road_share)} of these: {row.road}" if row.road else ""
        lines += [
            paragraph(f"{row.title} ({month_of(row.date)}), {_cost(row)}{road}", indent=2, hanging=2),
            *block,
        ]
    return "\n".join(lines)


def _apart(found: Headline) -> str:
    """What the further columns are, in words."""
    words = ""
    if found.worlds:
        words += f"; how often with the change where {listed([one.says for one in found.worlds], 'or where')}"
    if found.also:
        words += f"; and, with the change, how often {listed([one.says for one in found.also])}"
    return words


def _cost(row: Row) -> str:
    """How improbable a change is: odds and bits, or what was judged of it."""
    if row.surprise_bits is None:
        return f"{row.judged[0]:g} to {row.judged[1]:g} bits*" if row.judged else "a state*"
    if math.isinf(row.surprise_bits):
        return "impossible"
    return f"{bits_as_odds(row.surprise_bits)}, {bits(row.surprise_bits)}"


def _figures(row: Row) -> tuple[str, ...]:
    one = row.chosen
    return (
        percent(one.probability),
        percent_range(one.chance_interval),
        percent_range(one.ignorance_interval) if one.ignorance_interval else "too few",
        percent(row.baseline.probability),
        *(percent(world.probability) for world in row.worlds),
        *(percent(also.probability) for also in row.also),
    )


def _notes(found: Headline) -> str:
    lines = []
    if found.rows:
        best = max(found.rows, key=lambda row: row.difference.value)
        low, high = best.difference.chance_interval
        road = f"; most often thus: {best.road} ({percent(best.road_share)})" if best.road else ""
        ignorance = best.chosen.ignorance_interval
        unknown = (
            f" With what we do not know about the parameters: {percent_range(ignorance)}."
            if ignorance
            else ""
        )
        lines.append(
            paragraph(
                f"The change that does most: {best.title} ({in_words(best.date)}). It moves the chance by "
                f"{points(best.difference.value)} points (chance {points(low)} to {points(high)}){road}.{unknown}"
            )
        )
        if any(row.surprise_bits is None for row in found.rows):
            lines.append(
                paragraph(
                    "* outside the rules: a change of state has no probability; where given, it is judged."
                )
            )
    lines.append(
        paragraph(
            f"{thousands(found.timelines)} timelines a row, seed {found.seed}; intervals are 90 %. "
            + (
                "Parameters are draws given what history says about them."
                if found.calibrated
                else "Parameters are draws from their priors, not conditioned on what history says about them."
            )
        )
    )
    if found.note:
        lines.append(paragraph(found.note))
    if found.aside:
        lines.append(
            paragraph(
                f"{thousands(found.aside)} of {thousands(found.run)} timelines were set aside and are not counted. "
                f"{found.first_aside}"
            )
        )
    if found.rows:
        lines.append(f"one in full: allohistory ask --pod {found.rows[0].id}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
