"""What the rules have to beat: counting, ignorance, and a logit that reads a few obvious numbers.

Each function gives (items, OPTIONS) probabilities for items that are to come, from the items up to the cut-off. All
see which options were open; an option that was closed gets nothing. The definitions stand in `forecasts.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from allohistory.book.forecasts import Setting
from allohistory.evidence.items import CHOICE, CLOCK, NO, SHOCK, YES, Items
from allohistory.evidence.scores import log_scores
from allohistory.timeline.shape import OPTIONS

WEEKS_A_YEAR = 365.2425 / 7.0
STEPS = 50  # of Newton's method, at most
CLOSE = 1e-9  # the last step's largest change


def uniform(to_come: Items) -> np.ndarray:
    """Every open option alike."""
    return among_open(to_come, np.ones((len(to_come), OPTIONS)))


def half_a_year(to_come: Items, setting: Setting) -> np.ndarray:
    """The same; every clock fires so often a year, while at risk."""
    found = uniform(to_come)
    clocks = to_come.kind == CLOCK
    a_week = setting.firings_a_year / WEEKS_A_YEAR
    found[clocks, YES] = -np.expm1(-a_week * to_come.exposure[clocks])
    found[clocks, NO] = 1.0 - found[clocks, YES]
    return found


def base_rate(past: Items, to_come: Items, setting: Setting) -> np.ndarray:
    """Each option's share at its rule's occasions so far, half an imagined occasion for each option."""
    imagined = np.full((len(to_come), OPTIONS), setting.rate_prior)
    return among_open(to_come, counts(past, to_come) + imagined)


def pooled_rate(past: Items, to_come: Items, setting: Setting) -> np.ndarray:
    """The same with imagined occasions shared out as in all rules of the kind so far."""
    share = still_shares(past, setting)
    others = np.maximum(to_come.options - 1, 1)[:, None]
    even = to_come.silent < 0
    still = np.where(even, 1.0 / to_come.options, share[to_come.kind])
    prior = np.where(
        np.arange(OPTIONS) == to_come.still[:, None], still[:, None], (1.0 - still[:, None]) / others
    )
    return among_open(to_come, counts(past, to_come) + setting.pooled_prior * prior)


def still_shares(past: Items, setting: Setting) -> np.ndarray:
    """For each kind: the share of occasions so far at which nothing happened, of rules that have a silent option."""
    share = np.full(3, 0.5)
    for kind in (CHOICE, CLOCK):
        chosen = (past.kind == kind) & (past.silent >= 0)
        still = np.sum(past.took[chosen] == past.silent[chosen])
        prior = setting.rate_prior
        share[kind] = (still + prior) / (np.sum(chosen) + 2.0 * prior)
    return share


def counts(past: Items, to_come: Items) -> np.ndarray:
    """(items to come, OPTIONS): how often each option was taken at the same rule's occasions so far."""
    size = int(max(past.rule.max(initial=0), to_come.rule.max(initial=0))) + 1
    taken = np.zeros((size, OPTIONS))
    decided = past.kind != SHOCK
    np.add.at(taken, (past.rule[decided], past.took[decided]), 1.0)
    return np.asarray(taken[to_come.rule])


def among_open(items: Items, shares: np.ndarray) -> np.ndarray:
    """Shares made into probabilities over the options that were open."""
    kept = np.where(items.open & (np.arange(OPTIONS) < items.options[:, None]), shares, 0.0)
    total = kept.sum(axis=1, keepdims=True)
    return np.asarray(kept / np.where(total > 0.0, total, 1.0))


@dataclass(frozen=True)
class Known:
    """Items with what the logit reads of them.

    predictors   (items, predictors); groups: a number an item, its country and kind; weights: what each weighs
    """

    items: Items
    predictors: np.ndarray
    groups: np.ndarray
    weights: np.ndarray

    def where(self, chosen: np.ndarray) -> Known:
        """Some of the items."""
        return Known(
            self.items.where(chosen), self.predictors[chosen], self.groups[chosen], self.weights[chosen]
        )


def logit(past: Known, to_come: Known, setting: Setting) -> np.ndarray:
    """Base rates, moved by predictors: does anything but stillness come? A ridge logit a group.

    How far the predictors may move is chosen by the past alone: each of its years forecast from the others.
    """
    return logit_at(past, to_come, setting, best_spread(past, setting))


def best_spread(past: Known, setting: Setting) -> float:
    """The spread of coefficients under which the years of the past foretell each other best."""
    years = np.unique(past.items.year)
    if len(years) < 2:
        return setting.spreads[0]
    losses = []
    for spread in setting.spreads:
        loss = 0.0
        for year in years:
            left = past.items.year == year
            asked = past.where(left)
            chance = logit_at(past.where(~left), asked, setting, spread)
            scores = log_scores(chance, asked.items.took, setting.floor)
            loss += float(np.sum(scores * asked.weights))
        losses.append(loss)
    return setting.spreads[int(np.argmin(losses))]


def logit_at(past: Known, to_come: Known, setting: Setting, spread: float) -> np.ndarray:
    """The same with a given spread of coefficients."""
    found = base_rate(past.items, to_come.items, setting)
    before = base_rate(past.items, past.items, setting)
    could, can = _still_open(past.items), _still_open(to_come.items)
    for group in np.unique(to_come.groups):
        fitted = np.flatnonzero((past.groups == group) & could)
        asked = np.flatnonzero((to_come.groups == group) & can)
        if not len(fitted) or not len(asked):
            continue
        old, new = past.items.where(fitted), to_come.items.where(asked)
        x, y = standard(past.predictors[fitted], to_come.predictors[asked])
        start = log_odds_of_moving(old, before[fitted])
        slopes = ridge(x, old.took != old.still, start, past.weights[fitted], spread)
        odds = log_odds_of_moving(new, found[asked]) + y @ slopes
        found[asked] = with_moving(new, found[asked], 1.0 / (1.0 + np.exp(-odds)))
    return found


def _still_open(items: Items) -> np.ndarray:
    """Could stillness come as well as something else?"""
    places = np.arange(len(items))
    return np.asarray(items.open[places, items.still] & (items.open.sum(axis=1) > 1))


def standard(past: np.ndarray, to_come: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Predictors in units of their spread in the past, no further out than they were there, and a column of ones.

    What never varied in the past is left out.
    """
    mean, sd = past.mean(axis=0), past.std(axis=0)
    varied = sd > 0.0
    held = np.clip(to_come, past.min(axis=0), past.max(axis=0))
    first, second = ((x[:, varied] - mean[varied]) / sd[varied] for x in (past, held))
    ones = [np.ones((len(x), 1)) for x in (past, to_come)]
    return np.hstack([ones[0], first]), np.hstack([ones[1], second])


def log_odds_of_moving(items: Items, chance: np.ndarray) -> np.ndarray:
    """Logarithm of the odds that anything but stillness comes."""
    still = chance[np.arange(len(items)), items.still]
    return np.asarray(np.log1p(-still) - np.log(still))


def with_moving(items: Items, chance: np.ndarray, moving: np.ndarray) -> np.ndarray:
    """The same probabilities with another one for "anything but stillness"; the others share it as they did."""
    places = np.arange(len(items))
    others = chance.copy()
    others[places, items.still] = 0.0
    found = others / others.sum(axis=1, keepdims=True) * moving[:, None]
    found[places, items.still] = 1.0 - moving
    return np.asarray(found)


def ridge(
    x: np.ndarray, happened: np.ndarray, start: np.ndarray, weights: np.ndarray, spread: float
) -> np.ndarray:
    """Coefficients of a logit with given log-odds to start from, normal (0, spread) beforehand: the likeliest.

    x   (cases, coefficients); start: (cases,) log-odds with all coefficients 0
    """
    slopes = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = 1.0 / (1.0 + np.exp(-(start + x @ slopes)))
        gradient = x.T @ (weights * (happened - p)) - slopes / spread**2
        bend = (x * (weights * p * (1.0 - p))[:, None]).T @ x + np.eye(len(slopes)) / spread**2
        step = np.linalg.solve(bend, gradient)
        slopes = slopes + step * min(1.0, 2.0 / max(np.abs(step).max(initial=0.0), 1e-300))
        if np.abs(step).max(initial=0.0) < CLOSE:
            break
    return slopes


def weekly_hazard(past: Items, to_come: Items, setting: Setting) -> np.ndarray:
    """A constant hazard a week for each clock to come: firings over weeks at risk so far, a little imagined."""
    size = int(max(past.rule.max(initial=0), to_come.rule.max(initial=0))) + 1
    firings, weeks = np.zeros(size), np.zeros(size)
    clocks = past.kind == CLOCK
    np.add.at(firings, past.rule[clocks], past.firings[clocks])
    np.add.at(weeks, past.rule[clocks], past.weeks[clocks])
    imagined = setting.rate_prior / setting.firings_a_year * WEEKS_A_YEAR
    return np.asarray((firings + setting.rate_prior)[to_come.rule] / (weeks + imagined)[to_come.rule])


def weekly_scores(to_come: Items, hazard: np.ndarray) -> np.ndarray:
    """Natural log of the probability of a clock's weeks under a constant hazard, in each quarter."""
    silent = to_come.weeks - to_come.firings
    return np.asarray(-hazard * silent + to_come.firings * np.log(-np.expm1(-hazard)))


def next_values(past: Items, to_come: Items, setting: Setting) -> np.ndarray:
    """Natural log of the probability of each shock's interval by its own past values, NaN where they are too few.

    Student's t: what a normal sample of unknown mean and spread foretells of the next value.
    """
    from scipy.stats import t

    found = np.full(len(to_come), np.nan)
    for place in np.flatnonzero(to_come.kind == SHOCK):
        same = (past.rule == to_come.rule[place]) & (past.entity == to_come.entity[place])
        known = past.value[same & (past.kind == SHOCK)]
        n = len(known)
        if n < setting.shock_past or not np.std(known) > 0.0:
            continue
        spread = np.std(known, ddof=1) * np.sqrt(1.0 + 1.0 / n)
        value, half = abs(to_come.value[place] - known.mean()), to_come.half[place]
        mass = t.sf((value - half) / spread, n - 1) - t.sf((value + half) / spread, n - 1)
        found[place] = np.log(max(mass, np.finfo(float).tiny))
    return found
