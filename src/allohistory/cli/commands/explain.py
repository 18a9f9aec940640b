"""`explain`: why does it come about?"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from allohistory.cli.layout import bold, columns, listing, page, paragraph
from allohistory.cli.progress import stoppable
from allohistory.results.words import percent, percent_range, points

if TYPE_CHECKING:
    from allohistory.questions.explain.ask import Explanation
    from allohistory.results.schema import Interval

ARROWS = 12  # arrows shown, those that were lost most often
NAMES = ("from_", "timelines", "draws", "seed")


def run(options: argparse.Namespace) -> int:
    """Explain, and print."""
    from allohistory.questions.explain.ask import explain
    from allohistory.questions.scenario import scenario

    where = scenario(options.scenario)
    question = question_of(options, where)
    with stoppable(options.watch) as bar:
        found = explain(question, where.model, at=tuple(options.at), progress=bar, stop=options.watch.stop)
    if options.json:
        sys.stdout.write(found.to_json())
    else:
        sys.stdout.write(show(found))
    return 0


def question_of(options: argparse.Namespace, where: Any) -> Any:
    """The question that the options put, over the what-if file's if there is one."""
    from allohistory.questions.question import Question

    given: dict[str, Any] = {
        name: getattr(options, name) for name in NAMES if getattr(options, name) is not None
    }
    given.update(outcomes=(options.outcome,), workers=options.workers)
    given |= {name: tuple(values) for name, values in (("pods", options.pod), ("do", options.do)) if values}
    if options.file is not None:
        return where.read(options.file, **given)
    return Question(scenario=options.scenario, **given)


def show(found: Explanation) -> str:
    """The page: in words first, then the numbers of each part."""
    from allohistory.questions.explain.words import words

    head = [bold(paragraph(f"Why? {found.asked.title}")), paragraph(found.asked.definition)]
    said = [paragraph(line, hanging=2) for line in words(found)]
    parts = [
        "\n".join(head),
        "\n".join(said),
        "\n".join(causes(found)),
        "\n".join(shares(found)),
        "\n".join(chain(found)),
        "\n".join(conditions(found)),
        "\n".join(hanging(found)),
        f"again: {found.again}",
    ]
    return page(parts)


def causes(found: Explanation) -> list[str]:
    """Necessity, sufficiency and both, each with its interval, coupling range and bounds."""
    lines = [bold("What it was needed and enough for (exact twins)")]
    rows: list[tuple[str, ...]] = [("", "share", "chance interval", "luck shared or not", "any coupling")]
    for id, one in found.causes.items():
        rows.append((id, "", "", "", ""))
        for name, title in (("necessity", "needed"), ("sufficiency", "enough"), ("both", "both")):
            share = getattr(one, name)
            rows.append(
                (
                    f"  {title}",
                    percent(share.value),
                    ranged(share.interval),
                    ranged(one.couplings[name]),
                    ranged(one.bounds[name]),
                )
            )
    return [*lines, *columns(rows, right=(1, 2, 3, 4))]


def ranged(pair: Interval | None) -> str:
    """A range of shares, or a dash."""
    return percent_range(pair)


def shares(found: Explanation) -> list[str]:
    """Shapley's shares, where there is more than one cause."""
    if len(found.shares) < 2:
        return []
    rows = [("each one's share of the difference", "points", "chance interval", "by itself")]
    rows += [
        (
            part.id,
            points(part.share),
            f"{points(part.interval[0])} to {points(part.interval[1])}",
            points(part.alone),
        )
        for part in found.shares
    ]
    return [bold("Who carried it (Shapley)"), *columns(rows, right=(1, 2, 3))]


def chain(found: Explanation) -> list[str]:
    """The steps that were cut, and the arrows that the cuts showed."""
    from allohistory.questions.explain.steps import strongest
    from allohistory.questions.explain.words import name_of_end

    if not found.chain.steps:
        return [paragraph("No step between sets the timelines with the outcome apart beyond error.")]
    rows = [("step, cut in a rerun", "came before it", "outcome then lost")]
    rows += [
        (
            step.id,
            percent(step.came / max(step.of, 1)),
            f"{percent(step.necessity.value)} of {step.necessity.n}",
        )
        for step in found.chain.steps
    ]
    lines = [bold("By which steps"), *columns(rows, right=(1, 2)), ""]
    arrows = [("what led to what", "lost", "moved", "of")]
    title = found.asked.id
    for one in strongest(found.chain.arrows, ARROWS):
        name = f"{name_of_end(one.source, title)} -> {name_of_end(one.target, title)}"
        arrows.append((name, str(one.lost), str(one.moved), str(one.n)))
    return [*lines, *columns(arrows, right=(1, 2, 3))]


def conditions(found: Explanation) -> list[str]:
    """The boxes, or why there are none."""
    from allohistory.questions.explain.words import limit_in_words

    if found.boxes is None:
        return [paragraph(note) for note in found.notes]
    if not found.boxes:
        return [paragraph("No state of the world at the date asked sets them apart beyond error.")]
    rows = [("under which conditions", "density", "coverage", "imposed")]
    for box in found.boxes:
        limits = " and ".join(limit_in_words(one.variable, one.low, one.high) for one in box.limits)
        tag = {True: "causal", False: "only associated", None: "cannot be imposed"}[box.causal]
        effect = "" if box.effect is None else f" ({points(box.effect)})"
        rows.append(
            (f"{box.date}: {limits}", percent(box.density.value), percent(box.coverage.value), tag + effect)
        )
    return [bold("Under which conditions"), *columns(rows, right=(1, 2))]


def hanging(found: Explanation) -> list[str]:
    """The parameters that move it."""
    if not found.hanging:
        return []
    rows = [
        (one.parameter, f"{one.effect}; {percent(one.total)} of the variance of free timelines, in all")
        if one.total is not None
        else (one.parameter, one.effect)
        for one in found.hanging
    ]
    return [bold("What it hangs on"), *listing(rows)]
