"""Do the chains disagree about anything that an answer hangs on?

Kept draw i comes from chain i mod chains. If chains had not met, answers from the draws of one chain would differ from
those of another. Free timelines under all kept draws give each draw a share; a one-way analysis of variance over the
draws' shares says whether chains differ more than draws of one chain do.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from allohistory.ensemble.run import run
from allohistory.evidence.kept_files import kept_folder
from allohistory.evidence.posterior import DISAGREE, Learnt, read_learnt
from allohistory.evidence.sensitivity_report import OUTCOMES
from allohistory.timeline.plan import START, Plan

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.timeline.model import Model

TIMELINES = 10_000
TABLE = "convergence.json"
FALSE_ALARM = 0.01  # of all outcomes together
DIGITS = 4


@dataclass(frozen=True)
class ByChain:
    """One outcome: its probability under the draws of each chain, one draw's error in them, and the p-value."""

    outcome: str
    title: str
    chains: tuple[float, ...]
    error: float
    p: float


@dataclass(frozen=True)
class Convergence:
    """All headline outcomes, and what they were made with."""

    rows: tuple[ByChain, ...]
    model: str
    timelines: int
    seed: int

    @property
    def bound(self) -> float:
        """The p-value below which chains differ in one outcome (Bonferroni)."""
        return FALSE_ALARM / max(len(self.rows), 1)

    @property
    def least(self) -> ByChain:
        """The outcome in which they differ most surely."""
        return min(self.rows, key=lambda row: row.p)


def convergence(
    model: Model,
    *,
    timelines: int = TIMELINES,
    seed: int = 1,
    workers: int | None = None,
    tell: Callable[[int], None] | None = None,
) -> Convergence:
    """Run free timelines under all kept draws, and compare the chains."""
    draws = len(model.blueprint.parameter_draws)
    chains = int(read_learnt(model)[1]["chains"])
    plan = Plan(horizon=START, draws=draws, seed=seed)
    ensemble = run(model.blueprint, plan, count=timelines, workers=workers, progress=tell)
    kept = ensemble.aside == 0
    draw = np.asarray(ensemble.draw)[kept]
    rows = []
    for id in OUTCOMES:
        shown = np.asarray(ensemble.value[kept, model.outcomes.index(id)]) > 0.5
        share = np.bincount(draw, weights=shown, minlength=draws) / np.bincount(draw, minlength=draws)
        rows.append(by_chain(id, model.book.outcomes[id].title, share, chains))
    return Convergence(tuple(rows), model.digest[:16], timelines, seed)


def by_chain(id: str, title: str, share: NDArray[np.float64], chains: int) -> ByChain:
    """One outcome, from each draw's share. Where all draws agree to the last timeline, nothing differs."""
    from scipy.stats import f_oneway

    groups = [share[chain::chains] for chain in range(chains)]
    within = float(np.sqrt(np.mean([group.var(ddof=1) for group in groups])))
    p = float(f_oneway(*groups).pvalue) if within > 0.0 else 1.0
    error = within / np.sqrt(min(len(group) for group in groups))
    return ByChain(id, title, tuple(float(group.mean()) for group in groups), float(error), p)


def unsettled(learnt: Mapping[str, Learnt]) -> list[Learnt]:
    """The parameters about which the chains disagree, the worst first."""
    return sorted((one for one in learnt.values() if one.r_hat > DISAGREE), key=lambda one: -one.r_hat)


def matter(rows: Sequence[Learnt], study: Mapping[str, Any] | None) -> list[tuple[str, str, float]]:
    """(parameter, outcome, slope) of those that stand among the strongest of an outcome in the study of sensitivity."""
    names = {one.id for one in rows}
    outcomes = {} if study is None else study["outcomes"]
    return [
        (single["parameter"], held["title"], single["slope"])
        for held in outcomes.values()
        for single in held["singles"]
        if single["found"] and single["parameter"] in names
    ]


def path_of(model: Model) -> Path:
    """Where the kept comparison stands."""
    return kept_folder(model) / TABLE


def keep(found: Convergence, path: Path) -> None:
    """Write it; the same bytes from the same timelines."""
    rows = [
        {
            **asdict(row),
            "chains": [round(one, DIGITS) for one in row.chains],
            "error": round(row.error, DIGITS),
            "p": float(f"{row.p:.3g}"),
        }
        for row in found.rows
    ]
    body = {"format": 1, "model": found.model, "timelines": found.timelines, "seed": found.seed, "rows": rows}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(body, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read(path: Path) -> Convergence | None:
    """The kept comparison; None where there is none."""
    if not path.is_file():
        return None
    body = json.loads(path.read_text(encoding="utf-8"))
    rows = tuple(ByChain(**{**row, "chains": tuple(row["chains"])}) for row in body["rows"])
    return Convergence(rows, body["model"], body["timelines"], body["seed"])
