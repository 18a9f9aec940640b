"""How well the rules hit the figures of the campaigns, beside a baseline: coverage, log CRPS, paired differences.

Each figure has a distribution from the rules and one from the baseline. The continuous ranked probability score (CRPS)
of an amount is taken on its natural logarithm, that of a day in days; both come from timelines as mean |x - y| less
half the mean |x - x'|. What is averaged is the logarithm of the CRPS, so that amounts and days can stand in one mean:
a difference of 0.1 is a tenth of the error, whatever its unit. No CRPS counts as less than 0.01. Truths (won or not)
are scored apart, by the squared difference of chance and truth.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.stats import beta

from allohistory.book.campaigns import Campaign, Figure, campaigns_of
from allohistory.book.left_out import left_out_of
from allohistory.combat.table import Floats
from allohistory.questions.campaign_figures import LEAST, guess, never, read
from allohistory.questions.campaigns import TIMELINES, Fought, Tell, Theatre, fight, theatre_of

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

LEAST_CRPS = 0.01
HALF, NINE_TENTHS = (0.25, 0.75), (0.05, 0.95)
BAND = 0.95


@dataclass(frozen=True)
class Hit:
    """One figure: what the rules said and where reality fell.

    middle, half, nine_tenths  quantiles of the timelines; for a truth middle is its chance and the others are None
    below                      share of timelines under what happened, ties counted half
    crps, baseline_crps        as above; of a truth the squared difference of chance and truth
    baseline                   the baseline's middle
    """

    campaign: str
    figure: Figure
    middle: float
    half: tuple[float, float] | None
    nine_tenths: tuple[float, float] | None
    below: float | None
    crps: float
    baseline: float
    baseline_crps: float

    @property
    def in_half(self) -> bool:
        """Did what happened lie in the middle half?"""
        return self.half is not None and self.half[0] <= self.figure.value <= self.half[1]

    @property
    def in_nine_tenths(self) -> bool:
        """Did it lie in the middle nine tenths?"""
        return (
            self.nine_tenths is not None and self.nine_tenths[0] <= self.figure.value <= self.nine_tenths[1]
        )

    @property
    def difference(self) -> float:
        """Log CRPS less the baseline's: below 0 the rules do better. Of a truth, of the squared differences."""
        if self.figure.is_truth:
            return self.crps - self.baseline_crps
        return log_crps(self.crps) - log_crps(self.baseline_crps)


@dataclass(frozen=True)
class Paired:
    """A mean over figures, the baseline's, and their difference with its standard error."""

    n: int
    value: float
    baseline: float
    difference: float
    error: float


@dataclass(frozen=True)
class Report:
    """All campaigns: hits, figures that could not be read, what the scenario lacked, timelines set aside.

    left_out  hits again, each campaign run on parameters fitted without it; as they are where no fit has seen it
    unfitted  campaigns that a fit has seen and for which none without them is kept: not in left_out
    """

    hits: tuple[Hit, ...]
    left_out: tuple[Hit, ...]
    unfitted: tuple[str, ...]
    unread: tuple[tuple[str, Figure], ...]
    missing: Mapping[str, tuple[str, ...]]
    aside: int
    timelines: int


def report(
    model: Model,
    *,
    timelines: int = TIMELINES,
    seed: int = 1,
    only: Sequence[str] = (),
    tell: Tell | None = None,
) -> Report:
    """Fight every campaign and hold each figure against what happened."""
    theatre = theatre_of(model)
    campaigns = [one for one in campaigns_of(model.book, model.folder) if not only or one.id in only]
    hits: list[Hit] = []
    left_out: list[Hit] = []
    unfitted, unread, missing, aside = [], [], {}, 0
    for place, campaign in enumerate(campaigns):
        step = _within(tell, place, len(campaigns))
        fought = fight(model, campaign, timelines=timelines, seed=seed, tell=step)
        missing[campaign.id], aside = fought.missing, aside + fought.aside
        found = _hits(fought, theatre)
        hits += found
        unread += [
            (campaign.id, one) for one in campaign.figures if one.id not in {hit.figure.id for hit in found}
        ]
        if any(one.fitted for one in campaign.figures):
            refit = left_out_of(model.book, model.folder, campaign.id)
            if refit is None:
                unfitted.append(campaign.id)
                continue
            again = fight(model, campaign, timelines=timelines, seed=seed, refit=refit, tell=step)
            found = _hits(again, theatre)
        left_out += found
    return Report(tuple(hits), tuple(left_out), tuple(unfitted), tuple(unread), missing, aside, timelines)


def _hits(fought: Fought, theatre: Theatre) -> list[Hit]:
    """Every figure of a campaign that can be read."""
    made = []
    for one in fought.campaign.figures:
        found = read(fought, one, theatre)
        if found is not None:
            made.append(hit(fought.campaign, one, found, guess(fought.campaign, one, theatre)))
    return made


def _within(tell: Tell | None, place: int, of: int) -> Tell | None:
    """Progress of one campaign as part of all."""
    if tell is None:
        return None
    tell_all: Callable[[str, int, int], None] = tell
    return lambda label, done, total: tell_all(label, place * total + done, of * total)


def hit(campaign: Campaign, one: Figure, found: Floats, baseline: Floats) -> Hit:
    """Score one figure's timelines and the baseline's."""
    if one.is_truth:
        chance, other = float(found.mean()), float(baseline.mean())
        errors = (chance - one.value) ** 2, (other - one.value) ** 2
        return Hit(campaign.id, one, chance, None, None, None, errors[0], other, errors[1])
    if one.quantity == "day":
        last = never(campaign.weeks)
        found, baseline = np.minimum(found, last), np.minimum(baseline, last)
    below = float((found < one.value).mean() + 0.5 * (found == one.value).mean())
    return Hit(
        campaign.id,
        one,
        float(np.median(found)),
        _between(found, HALF),
        _between(found, NINE_TENTHS),
        below,
        crps(*_scaled(one, found)),
        float(np.median(baseline)),
        crps(*_scaled(one, baseline)),
    )


def _between(found: Floats, at: tuple[float, float]) -> tuple[float, float]:
    low, high = np.quantile(found, at)
    return float(low), float(high)


def _scaled(one: Figure, found: Floats) -> tuple[Floats, float]:
    """Amounts on the natural logarithm, none below the least told apart; days as they are."""
    least = LEAST.get(one.unit)
    if least is None:
        return found, one.value
    return np.log(np.maximum(found, least)), math.log(max(one.value, least))


def crps(found: Floats, happened: float) -> float:
    """Continuous ranked probability score of equally likely values: mean |x - y| less half the mean |x - x'|."""
    x = np.sort(found)
    n = len(x)
    apart = float((x * (2 * np.arange(1, n + 1) - n - 1)).sum()) / n**2
    return float(np.abs(x - happened).mean()) - apart


def log_crps(value: float) -> float:
    """Its logarithm; none counts as less than 0.01."""
    return math.log(max(value, LEAST_CRPS))


def coverage_band(inside: int, n: int) -> tuple[float, float]:
    """Clopper and Pearson's 95 % band for a share of which `inside` of `n` were seen."""
    tail = (1.0 - BAND) / 2.0
    low = 0.0 if inside == 0 else float(beta.ppf(tail, inside, n - inside + 1))
    high = 1.0 if inside == n else float(beta.ppf(1.0 - tail, inside + 1, n - inside))
    return low, high


def paired(hits: Sequence[Hit]) -> Paired | None:
    """Mean log CRPS of the rules and of the baseline, and the mean difference. None where there is no figure.

    Figures of one campaign go together, so the standard error comes from the sums of campaigns, each taken about the
    mean: root of the sum of their squares, over n, times root of C / (C - 1) for C campaigns.
    """
    if not hits:
        return None
    truths = hits[0].figure.is_truth
    scale: Callable[[float], float] = (lambda value: value) if truths else log_crps
    differences = np.array([one.difference for one in hits])
    mean = float(differences.mean())
    of = [one.campaign for one in hits]
    sums = np.array(
        [
            sum(d - mean for d, its in zip(differences, of, strict=True) if its == each)
            for each in sorted(set(of))
        ]
    )
    many = len(sums)
    error = math.inf if many < 2 else math.sqrt((sums**2).sum() * many / (many - 1)) / len(hits)
    return Paired(
        len(hits),
        float(np.mean([scale(one.crps) for one in hits])),
        float(np.mean([scale(one.baseline_crps) for one in hits])),
        mean,
        error,
    )


def measured(hits: Sequence[Hit]) -> list[Hit]:
    """The amounts and days among them."""
    return [one for one in hits if not one.figure.is_truth]


def summary(hits: Sequence[Hit], left_out: Sequence[Hit] = ()) -> list[dict[str, Any]]:
    """The scores: coverage of both intervals; log CRPS of all, of unused figures, with campaigns left out; truths."""
    amounts, again = measured(hits), "allohistory check campaigns"
    rows: list[dict[str, Any]] = []
    for name, share, inside in (
        ("coverage_50", 0.5, sum(one.in_half for one in amounts)),
        ("coverage_90", 0.9, sum(one.in_nine_tenths for one in amounts)),
    ):
        if amounts:
            band = coverage_band(inside, len(amounts))
            row = {"name": name, "n": len(amounts), "value": inside / len(amounts), "interval": list(band)}
            rows.append({**row, "baseline": None, "bar": share, "met": band[0] <= share <= band[1]})
    for name, chosen in (
        ("log_crps", amounts),
        ("log_crps_unused", [one for one in amounts if not one.figure.used]),
        ("log_crps_left_out", measured(left_out)),
        ("truths_brier", [one for one in hits if one.figure.is_truth]),
    ):
        found = paired(chosen)
        if found is not None:
            rows.append(_row(name, found))
    return [{**row, "again": again} for row in rows]


def _row(name: str, found: Paired) -> dict[str, Any]:
    """A paired score: the bar is the baseline, the interval that of the value with the baseline as it is."""
    half = None if math.isinf(found.error) else 1.96 * found.error
    return {
        "name": name,
        "n": found.n,
        "value": found.value,
        "interval": None if half is None else [found.value - half, found.value + half],
        "baseline": found.baseline,
        "difference": found.difference,
        "standard_error": None if math.isinf(found.error) else found.error,
        "bar": found.baseline,
        "met": found.difference < 0.0,
    }


def by_campaign(hits: Sequence[Hit], left_out: Sequence[Hit]) -> list[dict[str, Any]]:
    """Each campaign's log CRPS less the baseline's: as shipped, and with the campaign left out of all fitting."""
    rows = []
    for id in dict.fromkeys(one.campaign for one in hits):
        own = paired([one for one in measured(hits) if one.campaign == id])
        again = paired([one for one in measured(left_out) if one.campaign == id])
        rows.append(
            {
                "campaign": id,
                "n": 0 if own is None else own.n,
                "difference": None if own is None else own.difference,
                "left_out": None if again is None else again.difference,
            }
        )
    return rows
