"""Fill the tables of docs/calibration.md from what the last calibration kept.

    python tools/calibration_tables.py

`allohistory calibrate` measures and keeps; this only writes what it kept between the marks of the page.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from allohistory.evidence.observations import Observed
from allohistory.evidence.posterior import Learnt, read_learnt
from allohistory.results.words import percent, thousands
from allohistory.timeline.memory import Memory
from allohistory.timeline.model import Model, load
from allohistory.timeline.plan import END, Plan
from pages import table

PAGE = Path(__file__).resolve().parent.parent / "docs" / "calibration.md"
BEGIN, DONE = "<!-- calibration:begin -->", "<!-- calibration:end -->"
SHOWN = 25
SHARES = (0.01, 0.1, 0.25, 0.5, 0.75)


def main() -> int:
    """Write the page."""
    model = load("soviet-japanese-war")
    learnt, provenance = read_learnt(model)
    text = PAGE.read_text(encoding="utf-8")
    head, rest = text.split(BEGIN)
    tail = rest.split(DONE)[1]
    made = "\n\n".join(parts(model, list(learnt.values()), provenance))
    PAGE.write_text(f"{head}{BEGIN}\n{made}\n{DONE}{tail}", encoding="utf-8")
    print(f"docs/{PAGE.name}: {len(text):,} characters", file=sys.stderr)
    return 0


def parts(model: Model, learnt: Sequence[Learnt], provenance: Mapping[str, Any]) -> list[str]:
    """What stands between the marks: how it went, how much was learnt, where most, and the soft observations."""
    return [
        "## What came of it",
        went(learnt, provenance),
        "### How much history taught",
        table(("of a prior's variance is gone", "parameters", "share"), counts(learnt)),
        "### Where it taught most",
        "Shift and spread left are in spreads of the prior; figures are 5 %, median and 95 %, in the parameter's unit.",
        table(
            ("parameter", "shift", "spread left", "prior", "posterior", "R-hat", "effective draws"),
            most(learnt),
        ),
        "### Soft observations",
        "What is said, and what the rules say over the kept draws (5 %, median, 95 %).",
        table(("observation", "said", "range", "weight", "rules", ""), observations(model)),
    ]


def went(learnt: Sequence[Learnt], provenance: Mapping[str, Any]) -> str:
    """How the sampling went, in words."""
    effective = np.array([one.effective for one in learnt])
    r_hat = np.array([one.r_hat for one in learnt])
    seconds = provenance["processor_seconds"]
    mean, spread = provenance["log_likelihood"]
    least, most_have, middle = effective.min(), np.quantile(effective, 0.05), np.median(effective)
    sentences = (
        f"{provenance['chains']} chains, {provenance['warm_up']} sweeps left out and {provenance['sweeps']} kept",
        "of each:",
        f"{thousands(provenance['replays'])} replays in {thousands(seconds)} seconds of processor time.",
        f"The largest R-hat of {thousands(len(learnt))} parameters is {r_hat.max():.3f},",
        f"{thousands(int((r_hat > 1.01).sum()))} are above 1.01. Effective draws: {least:.0f} at least,",
        f"{most_have:.0f} or more for nineteen in twenty, {middle:.0f} in the middle: {most_have / seconds:.2f} and",
        f"{middle / seconds:.2f} a second of processor time. The log-likelihood, soft observations included, is",
        f"{mean:.0f}, give or take {spread:.0f}.",
    )
    return " ".join(sentences)


def counts(learnt: Sequence[Learnt]) -> list[tuple[object, ...]]:
    """How many parameters lost at least so much of their variance."""
    gone = np.array([one.shrinkage for one in learnt])
    return [
        (f"at least {percent(share)}", int((gone >= share).sum()), percent(float((gone >= share).mean())))
        for share in SHARES
    ]


def most(learnt: Sequence[Learnt]) -> list[tuple[object, ...]]:
    """The parameters whose priors changed most: by shift and by spread together."""

    def learnt_most(one: Learnt) -> float:
        return one.shift**2 + one.shrinkage

    return [
        (
            f"`{one.id}`",
            f"{one.shift:+.2f}",
            f"{one.spread:.2f}",
            three(one.prior),
            three(one.posterior),
            f"{one.r_hat:.3f}",
            f"{one.effective:.0f}",
        )
        for one in sorted(learnt, key=learnt_most, reverse=True)[:SHOWN]
    ]


def three(values: Sequence[float]) -> str:
    """Three figures, three digits each."""
    return ", ".join(f"{value:.3g}" for value in values)


def observations(model: Model) -> list[tuple[object, ...]]:
    """Each soft observation beside what the rules say of it over the kept draws."""
    observed, memory = Observed(model), Memory(model.blueprint)
    memory.load_plan(Plan(horizon=END))
    said = []
    for draw in range(len(model.draws.values)):
        memory.load_draw(draw)
        said.append(observed.probabilities(memory))
    rows: list[tuple[object, ...]] = []
    for one, column in zip(observed.observations, np.array(said).T, strict=True):
        low, middle, high = np.quantile(column, (0.05, 0.5, 0.95))
        away = "" if low <= one.high and high >= one.low else "apart"
        rows.append(
            (
                f"`{one.id}`",
                f"{one.q:.2g}",
                f"{one.low:.2g} to {one.high:.2g}",
                f"{one.weight:.1f}",
                f"{low:.2g}, {middle:.2g}, {high:.2g}",
                away,
            )
        )
    return rows


if __name__ == "__main__":
    sys.exit(main())
