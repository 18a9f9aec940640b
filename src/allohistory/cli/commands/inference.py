"""`check inference`: is the posterior that the sampler finds that of the rules? Verdicts on simulated histories."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any

import numpy as np

from allohistory.cli.endings import SHORT
from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, columns, page, paragraph
from allohistory.cli.progress import progress
from allohistory.errors import AllohistoryError
from allohistory.results.words import percent

if TYPE_CHECKING:
    from pathlib import Path

    from allohistory.evidence.chances import Verdict
    from allohistory.evidence.judged import Average, GotAbout, Judged
    from allohistory.evidence.ranks_table import Gathered
    from allohistory.questions.ignorance_held import Held
    from allohistory.timeline.model import Model

AGAIN = "allohistory check inference"
TARGET = 200
LEAST = 20  # replicates below which nothing is judged


def run(options: argparse.Namespace, model: Model) -> int:
    """Print the verdicts on the kept replicates; with --full, carry on with them first."""
    from allohistory.evidence.judged import judged_of
    from allohistory.evidence.kept_files import kept_folder
    from allohistory.evidence.ranks_table import kept
    from allohistory.questions.ignorance_held import held

    full = getattr(options, "full", False)
    found = fresh(model, getattr(options, "replicates", None) or TARGET) if full else kept(kept_folder(model))
    if found is None or len(found.numbers) < LEAST:
        done = 0 if found is None else found.done
        few = f"{done} of {TARGET} replicates are done; {LEAST} are the least to judge."
        rows = {"scores": [progress_row(done)]}
        sys.stdout.write(with_head("check", options, model, rows) if options.json else page([paragraph(few)]))
        return SHORT
    judged = judged_of(found)
    covered = held(tuple(found.said["outcomes"]), found.truth, found.intervals)
    met = judged.met and all(one.met for one in covered) and found.done >= TARGET
    if options.json:
        sys.stdout.write(with_head("check", options, model, {"scores": scores(found, judged, covered)}))
    else:
        sys.stdout.write(page(told(model, found, judged, covered)))
    return 0 if met else SHORT


def fresh(model: Model, target: int) -> Gathered:
    """Carry on in the user's own folder, keep the tables there and, in a checkout, in the package."""
    from allohistory.evidence.kept_files import kept_folder
    from allohistory.evidence.ranks_table import gather, keep
    from allohistory.evidence.replicates import carry_on, made_by, provenance, simulation_of
    from allohistory.questions.ignorance_held import judge
    from allohistory.results.home import folder

    made = made_by(model)
    where = folder(f"inference/{made}")
    if where is None:
        raise AllohistoryError("check inference", "no folder can be written: set ALLOHISTORY_HOME")
    with progress() as bar:
        carry_on(lambda: simulation_of(model), where, target, lambda done, of: bar("replicates", done, of))
    found = gather(where, tuple(model.book.parameters), provenance(model), judge)
    if len(found.numbers):
        keep(found, where)
        if writable(kept_folder(model)) and is_news(found, kept_folder(model)):
            keep(found, kept_folder(model))
    return found


def writable(folder: Path) -> bool:
    """Can the package's folder be written, as in a checkout?"""
    return folder.is_dir() and os.access(folder, os.W_OK)


def is_news(found: Gathered, folder: Path) -> bool:
    """Does the table say more than the one that is kept: other rules, or more replicates?"""
    from allohistory.evidence.ranks_table import kept

    before = kept(folder)
    return before is None or before.said["made"] != found.said["made"] or before.done < found.done


def told(model: Model, found: Gathered, judged: Judged, covered: list[Held]) -> list[str]:
    """The verdicts in words."""
    ranks, got, average = judged.ranks, judged.got_about, judged.average
    parts = [
        bold("Checks of the inference") + "\n" + paragraph(work(model, found)),
        bold("Ranks of the truth among the draws") + "\n" + paragraph(told_ranks(ranks, got)),
        bold("How far the chains got about") + "\n" + paragraph(told_draws(len(found.ids), got)),
        bold("The average posterior beside the prior") + "\n" + paragraph(told_average(average)),
    ]
    rows: list[tuple[str, ...]] = [("outcome", "histories", "held", "noise made good", "99 % band", "")]
    rows += [
        (
            one.outcome,
            f"{one.stated}",
            percent(one.share),
            percent(one.made_good),
            f"{percent(one.band[0])} to {percent(one.band[1])}",
            "" if one.met else "OFF",
        )
        if one.stated
        else (one.outcome, "0", "-", "-", "-", "OFF")
        for one in covered
    ]
    parts.append(
        bold("The true probability in the ignorance interval")
        + f" (90 %; luck free from {found.said['monday']})\n"
        + "\n".join(columns(rows, right=(1, 2, 3)))
    )
    return parts


def told_ranks(ranks: Verdict, got: GotAbout) -> str:
    """The verdict on ranks, and what it would have caught."""
    what, question, p = ranks.smallest
    return (
        f"{ranks.asked} questions at {percent(0.01)} false alarms together: {fails(ranks.failed)}; the smallest p is "
        f"{p:.2g} ({what}, {question}). Caught nine times in ten would be, where draws are nearly independent, a "
        f"bias of {ranks.shift:.2f} spreads or a posterior too narrow by a factor of {ranks.factor:.2f}; where a "
        f"chain has {got.slow:.0f} effective draws, {got.slow_shift:.2f} spreads or a factor of {got.slow_factor:.2f}."
    )


def told_draws(parameters: int, got: GotAbout) -> str:
    """How many effective draws there are, and what that means."""
    return (
        f"Of {parameters} parameters {got.reached} have {got.wanted} effective draws in the middle one of their "
        f"replicates, {got.always} in nine of ten; of the others the middle one has {got.middle:.0f}. A twentieth of "
        f"all chains and parameters has fewer than {got.slow:.0f}. {percent(got.reseeded)} of all sweeps changed the "
        f"latent luck; in {percent(got.stuck)} of the replicates none did. A chain that stands still cannot be "
        "caught: as far as draws are few, the ranks say little, whatever their verdict."
    )


def told_average(average: Average) -> str:
    """Whether the average posterior is the prior."""
    smallest = "; ".join(f"{name} {one:.2g}" for name, one in average.smallest.items())
    return (
        f"Over all parameters, in spreads of the prior: mean {average.mean:+.4f} (0 expected), second moment "
        f"{average.second:.4f} (1 expected), mean error against the replicates' own truths {average.error:+.4f} "
        f"(0 expected). {average.asked} questions at {percent(0.01)} false alarms together: {fails(average.failed)}; "
        f"the smallest p: {smallest}."
    )


def work(model: Model, found: Gathered) -> str:
    """What was done, and whether by these rules."""
    from allohistory.evidence.replicates import made_by

    lost = "; ".join(f"{count} {why}" for why, count in found.lost.items()) or "none"
    said = (
        f"{found.done} of {TARGET} replicates are done, of {found.said['draws']} kept draws each; lost: {lost}. "
        f"A simulated record has {np.median(found.figures[:, 0]):.0f} entries (median), up to "
        f"{found.figures[:, 0].max():.0f}; a replicate took {np.median(found.figures[:, 1]):.0f} replays. "
        f"{found.figures[:, 3].sum():.0f} moves side by side had to be given up."
    )
    if found.said["made"] != made_by(model):
        said += f" They were made by other rules or another sampler; {AGAIN} --full makes them anew."
    return said


def fails(failed: tuple[tuple[str, str, float], ...]) -> str:
    """How many fail, and the first of them."""
    if not failed:
        return "all suit chance"
    return (
        f"{len(failed)} FAIL (" + ", ".join(f"{what}, {question}" for what, question, _ in failed[:6]) + ")"
    )


def progress_row(done: int) -> dict[str, Any]:
    """How many replicates are done, for machines."""
    return {
        "name": "replicates",
        "value": done,
        "bar": TARGET,
        "met": done >= TARGET,
        "again": f"{AGAIN} --full",
    }


def scores(found: Gathered, judged: Judged, covered: list[Held]) -> list[dict[str, Any]]:
    """The same for machines."""
    ranks, average, got = judged.ranks, judged.average, judged.got_about
    told_of = {
        "n": ranks.n,
        "target": TARGET,
        "lost": dict(found.lost),
        "made": found.said["made"],
        "again": AGAIN,
    }
    return [
        progress_row(found.done),
        {
            "name": "ranks",
            "value": len(ranks.failed),
            "bar": 0,
            "met": ranks.met,
            "failed": [list(one) for one in ranks.failed],
            "smallest": list(ranks.smallest),
            "caught_shift": ranks.shift,
            "caught_factor": ranks.factor,
            "false_alarm": 0.01,
            **told_of,
        },
        {
            "name": "effective-draws",
            "value": got.reached / len(found.ids),
            "bar": 1.0,
            "met": got.met,
            "wanted": got.wanted,
            "nine_in_ten": got.always,
            "slowest": got.slow,
            "reseeded": got.reseeded,
            "stuck": got.stuck,
            **told_of,
        },
        {
            "name": "average-posterior",
            "value": len(average.failed),
            "bar": 0,
            "met": not average.failed,
            "mean": average.mean,
            "second": average.second,
            "error": average.error,
            "smallest": average.smallest,
            "failed": [list(one) for one in average.failed],
            **told_of,
        },
        *(
            {
                "name": f"interval-holds-{one.outcome}",
                "value": one.made_good if one.stated else None,
                "held": one.share if one.stated else None,
                "expected": one.expected if one.stated else None,
                "bar": list(one.band) if one.stated else None,
                "met": one.met,
                "stated": one.stated,
                "again": AGAIN,
            }
            for one in covered
        ),
    ]
