"""`roads`: by which roads does a history get to an outcome?"""

from __future__ import annotations

import argparse
import sys

from allohistory.cli.commands.ask import question_of
from allohistory.cli.endings import SHORT
from allohistory.cli.layout import bold, columns, page, paragraph
from allohistory.cli.progress import stoppable
from allohistory.errors import AllohistoryError
from allohistory.questions.rare.answer import Roads, by_splitting
from allohistory.questions.rare.described import Need, Road
from allohistory.questions.scenario import scenario
from allohistory.results.words import percent, percent_or_odds, thousands

MANY = 100_000.0


def run(options: argparse.Namespace) -> int:
    """Read the question, find the roads, print them."""
    if options.precision is not None:
        problem = "roads are found among so many timelines, not to a precision"
        raise AllohistoryError("--precision", problem, closest="--timelines 16000")
    where = scenario(options.scenario)
    question = question_of(options, where)
    with stoppable(options.watch) as show_progress:
        answer = where.answer_roads(
            question,
            timelines=options.timelines,
            by=tuple(options.by),
            progress=show_progress,
            stop=options.watch.stop,
        )
    sys.stdout.write(answer.to_json() if options.json else show(answer))
    sys.stdout.flush()
    return SHORT if answer.short else 0


def show(answer: Roads) -> str:
    """The whole page."""
    parts = [
        "\n".join(paragraph(text, hanging=2) for text in answer.restated),
        _chance(answer),
        *(_road(number, road, answer) for number, road in enumerate(answer.roads, start=1)),
        "\n".join(paragraph(f"Beware: {text}", hanging=2) for text in answer.warnings),
        _ending(answer),
    ]
    return page(parts)


def _chance(answer: Roads) -> str:
    chance = answer.chance
    low, high = chance.interval
    lines = [
        bold(f"{answer.title}: {_odds(chance.probability)}"),
        paragraph(
            f"90 % chance interval {_odds(low)} to {_odds(high)}; by {chance.method}, "
            f"{thousands(chance.timelines)} timelines{_because(chance.reason)}.",
            indent=2,
        ),
    ]
    if by_splitting(chance):
        lines.append(paragraph(_how_split(answer), indent=2))
    if answer.roads:
        lines.append(paragraph(_how_divided(answer), indent=2))
    return "\n".join(lines)


def _because(reason: str) -> str:
    return f" ({reason})" if reason else ""


def _how_split(answer: Roads) -> str:
    """What was seen of the splitting run."""
    told = answer.as_dict()["splitting"]
    gained = f"{told['gain']:.2g} times" if told["gain"] else "no"
    ideal = f"; at best it could be {told['ideal_gain']:.2g} times" if told["ideal_gain"] else ""
    died = f", {told['died_out']} of them in vain" if told["died_out"] else ""
    return (
        f"Timelines that came near were forked with new luck at {len(told['levels'])} levels, in {told['repeats']} "
        f"independent repeats{died}; the last timelines of a repeat go back to "
        f"{percent(told['distinct_ancestors'])} as many first ones. Gain over brute force at equal error: "
        f"{gained}{ideal}."
    )


def _how_divided(answer: Roads) -> str:
    index = answer.stability.rand_index
    stable = ""
    if index is not None:
        stable = f" Divided again with other luck they agree to {index:.2f} (adjusted Rand index)."
    count = "one road" if len(answer.roads) == 1 else f"{len(answer.roads)} roads"
    return f"{thousands(answer.reached)} timelines that reach it, divided by their decisive steps: {count}.{stable}"


def _odds(share: float) -> str:
    if 0.0 < share < 1.0 / MANY:
        return f"1 in {float(f'{1.0 / share:.2g}'):,.0f}"
    return percent_or_odds(share)


def _road(number: int, road: Road, answer: Roads) -> str:
    lines = [bold(paragraph(f"Road {number}, {percent(road.share)}: {road.name}", hanging=2))]
    rows: list[tuple[str, ...]] = [("its steps", "on it", "else", "when (5 %, half, 95 %)")]
    rows += [
        (step.what, percent(step.probability), percent(step.else_), _when(step.days, answer))
        for step in road.steps
    ]
    lines += columns(rows, right=(1, 2))
    for label, needs in (("needs", road.needs), ("ends", road.ends)):
        if needs:
            lines.append(
                paragraph(f"{label}: " + "; ".join(_need(one) for one in needs), indent=2, hanging=7)
            )
    lines += [f"  read it: allohistory tell {address}" for address in answer.addresses(road)[:1]]
    return "\n".join(lines)


def _need(one: Need) -> str:
    return f"{one.what} ({percent(one.probability)}, else {percent(one.else_)})"


def _when(days: tuple[int, int, int], answer: Roads) -> str:
    return ", ".join((answer.date(day) or "-")[:7] for day in days)


def _ending(answer: Roads) -> str:
    words = (
        "`else` is the share of timelines that miss the outcome and had the same by the same days. Steps are what goes "
        "with the outcome, not proof that they cause it: `allohistory ask --do` cuts one and looks."
    )
    return "\n".join([paragraph(words), f"again: {answer.again}"])
