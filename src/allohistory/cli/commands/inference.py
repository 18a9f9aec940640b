"""`check inference`: does the sampler find the posterior of the rules? Ranks of the truth in simulated records."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

import numpy as np

from allohistory.cli.endings import SHORT
from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, page, paragraph
from allohistory.cli.progress import progress
from allohistory.errors import AllohistoryError
from allohistory.results.words import percent

if TYPE_CHECKING:
    from allohistory.evidence.chances import Verdict
    from allohistory.evidence.replicates import Gathered
    from allohistory.timeline.model import Model

AGAIN = "allohistory check inference"
LEAST = 20  # replicates below which nothing is judged


def run(options: argparse.Namespace, model: Model) -> int:
    """Print the verdict of the kept replicates; with --full, carry on with them first."""
    from allohistory.evidence.replicates import KEPT, TARGET, kept

    path = KEPT / model.folder.name / "ranks.parquet"
    target = getattr(options, "replicates", None) or TARGET
    found = fresh(model, target) if getattr(options, "full", False) else kept(path)
    if found is None or len(found.numbers) < LEAST:
        done = 0 if found is None else found.done
        sys.stdout.write(
            page([paragraph(f"{done} of {TARGET} replicates are done; {LEAST} are the least to judge.")])
        )
        return SHORT
    from allohistory.evidence.chances import verdict
    from allohistory.evidence.replicates import WHOLE

    judged = verdict((*found.ids, "log-likelihood"), found.ranks, WHOLE.draws)
    again = averages(found)
    short = not judged.met or bool(again["failed"]) or found.done < TARGET
    if options.json:
        sys.stdout.write(with_head("check", options, model, {"scores": scores(found, judged, again)}))
    else:
        sys.stdout.write(page(told(found, judged, again)))
    return SHORT if short else 0


def fresh(model: Model, target: int) -> Gathered:
    """Carry on in the user's own folder, and keep the table there."""
    from allohistory.evidence.replicates import carry_on, gather, keep, made_by, simulation_of
    from allohistory.results.home import folder

    made = made_by(model)
    where = folder(f"inference/{made}")
    if where is None:
        raise AllohistoryError("check inference", "no folder can be written: set ALLOHISTORY_HOME")
    with progress() as bar:
        carry_on(simulation_of(model), where, target, lambda done, of: bar("replicates", done, of))
    found = gather(where, tuple(model.book.parameters), made)
    keep(found, where / "ranks.parquet")
    return found


def averages(found: Gathered) -> dict[str, Any]:
    """Is the average posterior the prior: means 0 and second moments 1, where the record touches a parameter?"""
    from allohistory.evidence.chances import FALSE_ALARM, holm, prior_again

    p = np.concatenate(prior_again(found.mean, found.second))
    failed = [found.ids[place % len(found.ids)] for place in holm(p, FALSE_ALARM)]
    return {
        "mean": float(found.mean.mean()),
        "second": float(found.second.mean()),
        "smallest": float(p.min()),
        "failed": failed,
    }


def told(found: Gathered, judged: Verdict, again: dict[str, Any]) -> list[str]:
    """The verdict in words."""
    from allohistory.evidence.replicates import TARGET

    lost = "; ".join(f"{count} {why}" for why, count in found.lost.items()) or "none"
    touched = found.effective[found.active]
    what, question, p = judged.smallest
    verdict_words = "all suit chance" if judged.met else f"{len(judged.failed)} FAIL"
    return [
        bold("Simulation-based calibration"),
        paragraph(
            f"{found.done} of {TARGET} replicates are done; lost: {lost}. A replicate touches "
            f"{found.active.sum(axis=1).mean():.0f} of {len(found.ids)} parameters; effective draws of those "
            f"{np.median(touched):.0f} (median), {np.quantile(touched, 0.05):.0f} (5 %)."
        ),
        paragraph(
            f"Ranks: {judged.asked} questions at {percent(0.01)} false alarms together, {verdict_words}; the smallest "
            f"p is {p:.2g} ({what}, {question}). A bias of {judged.shift:.2f} spreads, or a posterior too narrow by a "
            f"factor of {judged.factor:.2f}, would be caught nine times in ten."
        ),
        paragraph(
            f"The average posterior has mean {again['mean']:.4f} and second moment {again['second']:.4f} in units of "
            f"the prior (0 and 1 expected); the smallest p of one parameter is {again['smallest']:.2g}, "
            f"{len(again['failed'])} fail."
        ),
    ]


def scores(found: Gathered, judged: Verdict, again: dict[str, Any]) -> list[dict[str, Any]]:
    """The same for machines."""
    from allohistory.evidence.replicates import TARGET

    return [
        {
            "name": "ranks",
            "n": judged.n,
            "target": TARGET,
            "lost": found.lost,
            "met": judged.met,
            "failed": [list(one) for one in judged.failed],
            "smallest": list(judged.smallest),
            "caught_shift": judged.shift,
            "caught_factor": judged.factor,
            "false_alarm": 0.01,
            "made": found.made,
            "again": AGAIN,
        },
        {"name": "average-posterior", "met": not again["failed"], **again, "again": AGAIN},
    ]
