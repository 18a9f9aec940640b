"""`check sensitivity`: what moves the headline answers, and what would change our mind; kept, or measured anew."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, columns, page, paragraph
from allohistory.cli.progress import progress
from allohistory.errors import AllohistoryError
from allohistory.results.words import percent, percent_range, points, thousands

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

AGAIN = "allohistory check sensitivity"
GROUPS_SHOWN = 6
SINGLES_SHOWN = 10
FEWEST = 100
Row = tuple[str, ...]


def run(options: argparse.Namespace, model: Model) -> int:
    """Print the kept study at once; with --full measure and keep it anew."""
    from allohistory.evidence.sensitivity_report import kept

    held = measured(options, model) if options.full else kept(model.name)
    if held is None:
        problem = f'no study of "{model.name}" is kept'
        raise AllohistoryError("check sensitivity", problem, see=f"{AGAIN} --full measures it (some minutes)")
    stale = stale_words(held, model)
    if options.json:
        body = {"scores": scores_of(held), **held}
        sys.stdout.write(with_head("check", options, model, body, warnings=(stale,) if stale else ()))
        return 0
    sys.stdout.write(page(told(held, stale)))
    return 0


def measured(options: argparse.Namespace, model: Model) -> dict[str, Any]:
    """The study, run and kept; --timelines says how many each sample of the design has."""
    from allohistory.evidence.sensitivity import subjects
    from allohistory.evidence.sensitivity_report import OUTCOMES, Size, study, write

    if options.timelines is not None and options.timelines < FEWEST:
        problem = f"{options.timelines} timelines say nothing about {len(model.book.parameters)} parameters"
        raise AllohistoryError("--timelines", problem, given=options.timelines, closest=str(FEWEST))
    size = Size() if options.timelines is None else Size.of(options.timelines)
    total, done = size.total(len(subjects(model)), len(OUTCOMES)), 0
    with progress() as bar:

        def tell(more: int) -> None:
            nonlocal done
            done = min(done + more, total)
            bar("what moves the answers", done, total)

        held = study(model, size=size, workers=options.workers, tell=tell)
    write(held)
    return held


def scores_of(held: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The board's lines: how much of each headline answer is what we do not know, and what one belief could turn.

    No bar: that much is unknown is no fault of a model, unless it is hidden.
    """
    rows = [
        {
            "name": f"{id}: share of variance that parameters alone explain",
            "value": min(max(one["parameters"]["first"], 0.0), 1.0),
            "interval": [min(max(end, 0.0), 1.0) for end in one["parameters"]["first_interval"]],
        }
        for id, one in held["outcomes"].items()
    ]
    turned = sum(any(row["spreads"] is not None for row in one["mind"]) for one in held["outcomes"].values())
    rows.append(
        {"name": "headline answers that one belief could halve or double", "value": turned, "interval": None}
    )
    again = f"{AGAIN} --full"
    return [{**row, "baseline": None, "bar": None, "met": None, "again": again} for row in rows]


def stale_words(held: Mapping[str, Any], model: Model) -> str:
    """Said where the study was made with other rules or tables than these."""
    if held["model"] == model.digest[:16]:
        return ""
    return f"Kept from an earlier state of rules and tables ({held['model']}); --full measures it anew."


def told(held: Mapping[str, Any], stale: str = "") -> list[str]:
    """The parts of the answer."""
    parts = [bold("What moves the answers") + "\n" + paragraph(words_of(held))]
    parts += [paragraph(stale)] if stale else []
    parts.append("\n".join(columns(overview(held), right=(1, 2, 3, 4))))
    for id, one in held["outcomes"].items():
        block = [bold(f"{one['title']}  ({id}): {percent(one['probability'])}")]
        block += columns(groups_of(one)[: GROUPS_SHOWN + 1], right=(1, 2, 3))
        block += ["", *columns(singles_of(one)[: SINGLES_SHOWN + 1], right=(1, 2, 3))]
        block += ["", paragraph(found_words(one), indent=2), "", *columns(minds_of(one), right=(1, 2, 3))]
        parts.append("\n".join(block))
    if held["structure"]:
        head = bold("Chance, parameters and structure where history keeps its own luck")
        parts.append("\n".join([head, *columns(structure_of(held), right=(1, 2, 3, 4))]))
    parts.append(f"again: {AGAIN} --full --timelines {held['counts']['rows']}")
    return parts


def words_of(held: Mapping[str, Any]) -> str:
    """How it was measured."""
    counts = held["counts"]
    return (
        f"Nothing but the rules, from the first week on: {thousands(counts['run'])} timelines, each of its own draw of "
        f"{thousands(counts['parameters'])} parameters, each from its own {believed_of(held)}, seed {held['seed']}, "
        f"model {held['model']}. First is the share of an outcome's variance that knowing a group alone would take "
        "away, total the share that would be left if all else were known. Intervals are 90 %."
    )


def believed_of(held: Mapping[str, Any]) -> str:
    """What parameters were drawn from: posterior or prior."""
    return str(held.get("believed", "prior"))


def overview(held: Mapping[str, Any]) -> list[Row]:
    """A row an outcome: its probability, and how its variance falls to parameters and chance."""
    rows: list[Row] = [("", "probability", "parameters alone", "chance alone", "only both together")]
    for one in held["outcomes"].values():
        shares = [f"{share(one[name], 'first')}" for name in ("parameters", "chance")]
        both = min(max(1.0 - one["parameters"]["first"] - one["chance"]["first"], 0.0), 1.0)
        rows.append((one["title"], percent(one["probability"]), *shares, percent(both)))
    return rows


def share(one: Mapping[str, Any], which: str) -> str:
    """A share of variance with its interval."""
    low, high = (min(max(end, 0.0), 1.0) for end in one[f"{which}_interval"])
    return f"{percent(min(max(one[which], 0.0), 1.0))} ({percent_range((low, high))})"


def groups_of(one: Mapping[str, Any]) -> list[Row]:
    """Subjects of the rule book, the weightiest first."""
    rows: list[Row] = [("subject", "parameters", "first", "total")]
    for group in one["groups"]:
        rows.append((group["subject"], str(group["count"]), share(group, "first"), share(group, "total")))
    return rows


def singles_of(one: Mapping[str, Any]) -> list[Row]:
    """The single parameters that matter most."""
    rows: list[Row] = [("parameter (grade)", "points a spread", "", "total")]
    for single in one["singles"]:
        low, high = single["interval"]
        mark = "" if single["found"] else "within chance"
        rows.append(
            (
                f"{single['parameter']} ({single['grade']})",
                f"{points(single['slope'])} ({points(low)} to {points(high)})",
                mark,
                share(single, "total"),
            )
        )
    return rows


def found_words(one: Mapping[str, Any]) -> str:
    """How many parameters stand out, and how many would if nothing mattered."""
    return (
        f"{one['found']} parameters stand out (false ones held to a tenth of them); with outcomes shuffled "
        f"{one['false_alarms']:.2g} did on the mean."
    )


def minds_of(one: Mapping[str, Any]) -> list[Row]:
    """How far what is believed of a parameter must move."""
    if not one["mind"]:
        return [("to change our mind", "too few timelines show it, or do not")]
    rows: list[Row] = [("to change our mind", "in spreads", "from, to", "gives (run again)")]
    for row in one["mind"]:
        aim = f"{'halve' if row['aim'] == 'half' else 'double'}: {row['parameter']}"
        if row["spreads"] is None:
            rows.append(
                (
                    aim,
                    "not within 3",
                    f"{row['from']:.3g} {row['unit']}",
                    f"at most {percent(row['probability'])}"
                    if row["aim"] != "half"
                    else f"at least {percent(row['probability'])}",
                )
            )
            continue
        again = f"{percent(row['probability'])} ({percent(row['again'])})"
        rows.append(
            (aim, f"{row['spreads']:+.2f}", f"{row['from']:.3g} to {row['to']:.3g} {row['unit']}", again)
        )
    return rows


def structure_of(held: Mapping[str, Any]) -> Sequence[Row]:
    """A row a point of divergence and outcome that varies at all."""
    rows: list[Row] = [("", "probability", "parameters", "chance", "structure")]
    for row in held["structure"]:
        if 0.0 < row["probability"] < 1.0:
            title = held["outcomes"][row["outcome"]]["title"]
            shares = [percent(row[name]) for name in ("parameters", "chance", "structure")]
            rows.append((f"{row['pod']}: {title}", percent(row["probability"]), *shares))
    return rows
