"""`check posterior`: what calibration taught, whether its chains met, whether answers hang on where they did not."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from allohistory.cli.endings import SHORT
from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, columns, page, paragraph
from allohistory.cli.progress import progress
from allohistory.errors import AllohistoryError
from allohistory.results.words import listed, percent, points, thousands

if TYPE_CHECKING:
    from allohistory.evidence.convergence import Convergence
    from allohistory.evidence.posterior import Learnt
    from allohistory.timeline.model import Model

AGAIN = "allohistory check posterior"
ENOUGH = 100.0  # effective draws, as many as are kept
Rows = list[tuple[str, ...]]


def run(options: argparse.Namespace, model: Model) -> int:
    """Print what is kept; with --full compare the chains' answers anew. `allohistory calibrate` calibrates."""
    from allohistory.evidence import convergence
    from allohistory.evidence.posterior import read_learnt

    learnt = read_learnt(model)[0]
    if not learnt:
        raise AllohistoryError(
            "check posterior", "no calibration is kept", see="allohistory calibrate makes one"
        )
    if options.full:
        total, done = options.timelines or convergence.TIMELINES, 0
        with progress() as bar:

            def tell(more: int) -> None:
                nonlocal done
                done += more
                bar("answers by chain", min(done, total), total)

            found = convergence.convergence(model, timelines=total, workers=options.workers, tell=tell)
        convergence.keep(found, convergence.path_of(model))
    else:
        kept = convergence.read(convergence.path_of(model))
        if kept is None:
            raise AllohistoryError(
                "check posterior", "no answers by chain are kept", see=f"{AGAIN} --full runs them"
            )
        found = kept
    scores = scores_of(learnt, found)
    if options.json:
        body = {"scores": scores, "by_chain": [vars(row) for row in found.rows]}
        sys.stdout.write(with_head("check", options, model, body, again=f"{AGAIN} --full"))
    else:
        sys.stdout.write(page(told(learnt, found, model)))
    return 0 if all(one["met"] is not False for one in scores) else SHORT


def scores_of(learnt: Mapping[str, Learnt], found: Convergence) -> list[dict[str, Any]]:
    """The board's lines: how much was learnt, how well chains agree, whether answers differ by chain."""
    from allohistory.evidence.posterior import DISAGREE

    gone = np.array([one.shrinkage for one in learnt.values()])
    worst = max(one.r_hat for one in learnt.values())
    fewest = min(one.effective for one in learnt.values())
    least = found.least

    def line(name: str, value: float, bar: float | None, met: bool | None, again: str) -> dict[str, Any]:
        row = {"name": name, "value": float(f"{value:.4g}"), "interval": None, "baseline": None}
        return {**row, "bar": bar, "met": met, "again": again}

    calibrate = "allohistory calibrate"
    return [
        line(
            "share of priors that lost a tenth of their variance",
            float((gone >= 0.1).mean()),
            None,
            None,
            calibrate,
        ),
        line("largest R-hat", worst, DISAGREE, worst <= DISAGREE, calibrate),
        line("fewest effective draws", fewest, ENOUGH, fewest >= ENOUGH, calibrate),
        line(
            f"answers by chain, smallest p ({least.outcome})",
            least.p,
            float(f"{found.bound:.2g}"),
            least.p >= found.bound,
            f"{AGAIN} --full",
        ),
    ]


def told(learnt: Mapping[str, Learnt], found: Convergence, model: Model) -> list[str]:
    """The parts of the answer."""
    from allohistory.evidence.convergence import unsettled

    parts = [bold("What calibration taught, and whether its chains met") + "\n" + paragraph(taught(learnt))]
    rows = unsettled_rows(unsettled(learnt))
    if len(rows) > 1:
        parts.append(
            "\n".join([bold("Parameters about which the chains disagree"), *columns(rows, right=(1, 2, 3))])
        )
    parts.append(
        "\n".join(
            [
                bold("Headline answers by chain, nothing but the rules"),
                *columns(chain_rows(found), right=range(1, 8)),
            ]
        )
    )
    parts.append(paragraph(matters(learnt, found, model)))
    parts.append(f"again: {AGAIN} --full")
    return parts


def taught(learnt: Mapping[str, Learnt]) -> str:
    """How much of the priors is left, in words."""
    from allohistory.evidence.posterior import HARDLY

    still = sum(one.shrinkage < HARDLY and one.shift**2 < HARDLY for one in learnt.values())
    half = sum(one.shrinkage >= 0.5 for one in learnt.values())
    return (
        f"Of {thousands(len(learnt))} parameters the record hardly moved {thousands(still)} "
        f"({percent(still / len(learnt))}): they are still their priors. {half} lost half of their variance or more."
    )


def unsettled_rows(rows: list[Learnt]) -> Rows:
    """A line a parameter about which the chains disagree."""
    head = ("parameter", "R-hat", "effective draws", "variance gone")
    return [
        head,
        *(
            (one.id, f"{one.r_hat:.3f}", f"{one.effective:.0f}", percent(max(one.shrinkage, 0.0)))
            for one in rows
        ),
    ]


def chain_rows(found: Convergence) -> Rows:
    """A line an outcome: its probability by chain, a chain's error, the p-value."""
    head = ("", *(f"chain {number + 1}" for number in range(len(found.rows[0].chains))), "error", "p")
    return [
        head,
        *(
            (row.title, *(percent(one) for one in row.chains), percent(row.error), f"{row.p:.2g}")
            for row in found.rows
        ),
    ]


def matters(learnt: Mapping[str, Learnt], found: Convergence, model: Model) -> str:
    """Whether the disagreement reaches an answer, in words."""
    from allohistory.evidence.convergence import matter, unsettled
    from allohistory.evidence.sensitivity_report import kept

    rows = unsettled(learnt)
    if not rows:
        return "The chains agree about every parameter."
    moving = matter(rows, kept(model.name))
    named = listed([f"{id} ({title}, {points(slope)} points a spread)" for id, title, slope in moving])
    first = f"{len(rows)} parameters have an R-hat above 1.05. " + (
        f"Among the strongest of a headline answer stand {named}. "
        if moving
        else "None of them stands among the strongest ten of a headline answer in the study of sensitivity. "
    )
    least, bound = found.least, found.bound
    if least.p < bound:
        return first + (
            f"Answers do differ by chain (p {least.p:.2g} for {least.title}, below {bound:.2g}): the headline figures "
            "hang on how long the chains ran."
        )
    widest = max(found.rows, key=lambda row: max(row.chains) - min(row.chains))
    return first + (
        f"Answers do not differ by chain beyond the draws' own spread (smallest p {least.p:.2g}, {least.title}; "
        f"{bound:.2g} would be a difference). The widest gap is {percent(min(widest.chains))} to "
        f"{percent(max(widest.chains))} ({widest.title}), each give or take {percent(widest.error)}: a disagreement "
        "smaller than that would not be seen."
    )
