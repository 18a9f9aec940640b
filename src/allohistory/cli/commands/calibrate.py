"""`calibrate`: parameters and latent luck sampled given what is known; the kept draws and what was learnt, written."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allohistory.cli.endings import SHORT
from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, columns, page, paragraph
from allohistory.cli.progress import progress
from allohistory.errors import AllohistoryError
from allohistory.results.words import thousands

if TYPE_CHECKING:
    from allohistory.evidence.diagnostics import Diagnosis
    from allohistory.evidence.running import Chains, Sampled
    from allohistory.timeline.model import Model

FEWEST_SWEEPS = 40
SHOWN = 12


def run(options: argparse.Namespace) -> int:
    """Sample, or go on where it stopped; or only look whether what is kept was made of these rules."""
    from allohistory.evidence.basis import basis
    from allohistory.questions.scenario import scenario

    model = scenario(options.scenario).model
    if options.check:
        return fresh(model, basis(model))
    asked = settings(options)
    writable(model.folder / "book")
    from allohistory.evidence.diagnostics import diagnose
    from allohistory.evidence.posterior import keep
    from allohistory.evidence.running import run as sample
    from allohistory.evidence.sampler import blackjax
    from allohistory.results.home import home

    blackjax()
    folder = home() / "calibrations" / f"{basis(model)}-{asked.name}"
    workers = options.workers or os.cpu_count() or 1
    with progress() as bar:
        sampled = sample(model.name, asked, folder, workers, lambda done, of: bar("sweeps", done, of))
    diagnosis = diagnose(sampled.z)
    written = keep(model, asked, sampled, diagnosis)
    short = diagnosis.disagreeing.size > 0
    if options.json:
        sys.stdout.write(with_head("calibrate", options, model, as_json(model, sampled, diagnosis, written)))
        return SHORT if short else 0
    sys.stdout.write(page(told(model, asked, sampled, diagnosis, written)))
    return SHORT if short else 0


def settings(options: argparse.Namespace) -> Chains:
    """The chains asked for; a number too small to say anything is refused."""
    from allohistory.evidence.running import Chains

    usual = Chains()
    chains, sweeps = options.chains or usual.chains, options.sweeps or usual.sweeps
    for name, given, least in (("--chains", chains, 2), ("--sweeps", sweeps, FEWEST_SWEEPS)):
        if given < least:
            raise AllohistoryError(name, f"{given} is below {least}", given=given, closest=str(least))
    return Chains(chains=chains, sweeps=sweeps, luck=usual.luck if options.seed is None else options.seed)


def writable(folder: Path) -> None:
    """An error before the work where the scenario's book, in which the draws are kept, cannot be written."""
    if not os.access(folder, os.W_OK):
        problem = f"{folder} cannot be written: calibrate in a checkout of the project"
        raise AllohistoryError("calibrate", problem, given=str(folder))


def fresh(model: Model, here: str) -> int:
    """Were the kept draws made of these rules, priors and record? 3 if not."""
    if model.draws.basis == here:
        print(f"The kept draws were calibrated on these rules, priors and record ({here}).")
        return 0
    said = (
        f"on others ({model.draws.basis})"
        if model.draws.basis
        else "not at all: they are draws from the priors"
    )
    print(f"The kept draws were calibrated {said}. Run: allohistory calibrate", file=sys.stderr)
    return SHORT


def told(
    model: Model, asked: Chains, sampled: Sampled, diagnosis: Diagnosis, written: tuple[Path, Path]
) -> list[str]:
    """The parts of the answer."""
    from allohistory.evidence.posterior import read_learnt

    learnt, _ = read_learnt(model)
    kept = sampled.z.shape[0] * sampled.z.shape[1]
    rate = float(sorted(diagnosis.effective)[len(diagnosis.effective) // 20]) / max(sampled.seconds, 1e-9)
    first = (
        f"{asked.chains} chains of {thousands(asked.sweeps)} sweeps after {asked.warm_up} left out: "
        f"{thousands(sampled.replays)} replays, {thousands(round(sampled.seconds))} seconds of processor time, "
        f"{thousands(kept)} points kept. The log-likelihood of the record is {sampled.log_likelihood.mean():.0f}, "
        f"give or take {sampled.log_likelihood.std():.0f}. Nineteen parameters in twenty have {rate:.1f} effective "
        f"draws a second of processor time or more."
    )
    most = sorted(learnt.values(), key=lambda one: -one.shrinkage)[:SHOWN]
    table = [("parameter", "moved by", "spread left", "R-hat", "effective")]
    table += [
        (one.id, f"{one.shift:+.2f}", f"{one.spread:.2f}", f"{one.r_hat:.3f}", f"{one.effective:.0f}")
        for one in most
    ]
    return [
        bold("Calibrated") + "\n" + paragraph(first),
        paragraph(agreement(model, diagnosis)),
        bold("Where history taught most")
        + " (in spreads of the prior)\n"
        + "\n".join(columns(table, right=(1, 2, 3, 4))),
        paragraph("Written: " + ", ".join(str(path) for path in written) + "."),
    ]


def agreement(model: Model, diagnosis: Diagnosis) -> str:
    """Whether the chains agree, and on which parameters they do not."""
    from allohistory.evidence.diagnostics import DISAGREE, FEWEST

    ids = list(model.book.parameters)
    apart, rough = [ids[i] for i in diagnosis.disagreeing], [ids[i] for i in diagnosis.rough]
    largest = float(diagnosis.r_hat.max())
    said = f"The chains agree: the largest R-hat of {thousands(len(ids))} parameters is {largest:.3f}."
    if apart:
        said = (
            f"The chains DISAGREE on {len(apart)} of {thousands(len(ids))} parameters (R-hat above {DISAGREE}, at most "
            f"{largest:.2f}): {', '.join(apart[:SHOWN])}. Ask for more --sweeps."
        )
    if rough:
        said += f" {len(rough)} have fewer than {FEWEST} effective draws: {', '.join(rough[:SHOWN])}."
    return said


def as_json(
    model: Model, sampled: Sampled, diagnosis: Diagnosis, written: tuple[Path, Path]
) -> dict[str, Any]:
    """The answer for programs: what was done, and each parameter's posterior."""
    from allohistory.evidence.posterior import read_learnt

    learnt, provenance = read_learnt(model)
    return {
        "provenance": dict(provenance),
        "files": [str(path) for path in written],
        "largest_r_hat": float(diagnosis.r_hat.max()),
        "fewest_effective": float(diagnosis.effective.min()),
        "parameters": [{**vars(one), "shrinkage": one.shrinkage} for one in learnt.values()],
        "points": int(sampled.z.shape[0] * sampled.z.shape[1]),
    }
