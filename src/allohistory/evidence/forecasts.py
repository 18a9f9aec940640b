"""Leave the future out: calibrate on the record up to a cut-off, forecast what came next, and score it.

found = forecasts(model, protocol, calibrated)     one `Forecast` a cut-off
table(blueprint, protocol, horizon, found)         all scores: by kind, country, rule and cut-off; calibration

`calibrated(model, last_week)` gives (draws, parameters) values in the order of the blueprint's parameters and one
latent seed a draw, from the record up to that week alone. What is forecast and how it is scored stands in the
scenario's `forecasts.toml`, which was written before the first score.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from allohistory.book.forecasts import CutOff, Horizon, Protocol, check_rules
from allohistory.evidence import baselines, predictors
from allohistory.evidence.gathering import is_item
from allohistory.evidence.items import CHOICE, CLOCK, KINDS, SHOCK, Items, Reader
from allohistory.evidence.scores import (
    Bin,
    Comparison,
    all_options,
    brier_scores,
    calibration,
    clustered_error,
    compared,
    log_scores,
    mean,
    moving,
)
from allohistory.timeline.blueprint import Blueprint
from allohistory.timeline.kept_draws import DRAWS, prior_draws
from allohistory.timeline.model import Model

RULES, PRIORS = "rules", "priors"
CURVES = (RULES, "base-rate", "logit")  # whose calibration is shown
ALL_OPTIONS = "rules, all options"
Draws = tuple[np.ndarray, np.ndarray]
Calibrated = Callable[[Model, int], Draws]


@dataclass(frozen=True)
class Forecast:
    """One cut-off: the items up to the longest horizon, and what each forecaster gave them.

    items     to come; past: up to the cut-off
    chances   by forecaster: (items, OPTIONS); of shocks only the rules'
    weights   of the items; years_ahead: 1 for the year after the cut-off
    weekly    natural log of the probability of a clock's weeks by a constant hazard
    values    natural log of the probability of a shock by its own past, NaN where there is too little of it
    left_out  occasions to come that arise in too few draws
    aside     draws whose world was set aside before the longest horizon ended
    """

    cut_off: CutOff
    past: Items
    items: Items
    chances: dict[str, np.ndarray]
    weights: np.ndarray
    years_ahead: np.ndarray
    weekly: np.ndarray
    values: np.ndarray
    left_out: int
    aside: int


@dataclass(frozen=True)
class Amount:
    """Mean log scores of clocks by the week, or of shocks, by the rules and by their one baseline; low is good.

    n   items compared; unmatched: shocks without a baseline, which stand in neither mean
    """

    name: str
    n: int
    years: int
    rules: float
    baseline: float
    difference: float
    error: float | None
    unmatched: int = 0


@dataclass(frozen=True)
class Unforeseen:
    """Something that happened and that the rules gave less than the floor."""

    cut_off: int
    rule: str
    entity: str
    week: int
    took: str
    chance: float


@dataclass(frozen=True)
class Table:
    """All scores of one horizon; left_out and aside are sums over the cut-offs, of the longest horizon."""

    horizon: str
    says: str
    overall: Comparison
    kinds: list[Comparison]
    cut_offs: list[Comparison]
    countries: list[Comparison]
    rules: list[Comparison]
    calibration: dict[str, list[Bin]]
    weekly: list[Amount]
    shocks: list[Amount]
    unforeseen: list[Unforeseen]
    left_out: int
    aside: int


def forecasts(
    model: Model,
    protocol: Protocol,
    calibrated: Calibrated,
    tell: Callable[[int, int], object] | None = None,
) -> Iterator[Forecast]:
    """One forecast after another, a cut-off each."""
    check_rules(protocol, frozenset(span.rule for span in model.blueprint.coverage))
    world, priors = predictors.middle_world(model), by_prior(model)
    for done, cut in enumerate(protocol.cut_offs):
        drawn = calibrated(model, cut.last_week)
        yield forecast(model.blueprint, protocol, cut, drawn, priors, world)
        if tell is not None:
            tell(done + 1, len(protocol.cut_offs))


def by_prior(model: Model, last_week: int = 0) -> Draws:
    """Draws from the priors with latent luck of their own: calibrated on nothing, whatever the last week."""
    del last_week
    values = prior_draws(model.book, model.numbers["parameters"], DRAWS)
    return values, np.arange(1, DRAWS + 1, dtype=np.int64)


def forecast(
    blueprint: Blueprint,
    protocol: Protocol,
    cut: CutOff,
    drawn: Draws,
    priors: Draws,
    world: np.ndarray,
) -> Forecast:
    """The rules and all baselines on what came after one cut-off.

    drawn, priors   (draws, parameters) values and (draws,) latent seeds: calibrated up to the cut-off, and not at all
    world           (weeks, values): the middle world, for the logit
    """
    reader = Reader(blueprint, last_week_of(blueprint, cut.year + longest(protocol)))
    others = reader.items(*priors)
    items = reader.items(*drawn)
    chosen = is_item(items, protocol.setting.at_least)
    ahead = items.year - cut.year
    past, coming = items.where(chosen & (ahead < 1)), items.where(chosen & (ahead >= 1))
    return Forecast(
        cut_off=cut,
        past=past,
        items=coming,
        chances=chances(blueprint, protocol, past, coming, uncalibrated(coming, others), world),
        weights=coming.weights(),
        years_ahead=ahead[chosen & (ahead >= 1)],
        weekly=baselines.weekly_scores(coming, baselines.weekly_hazard(past, coming, protocol.setting)),
        values=baselines.next_values(past, coming, protocol.setting),
        left_out=int(np.sum(~chosen & (ahead >= 1) & (items.arises < protocol.setting.at_least))),
        aside=reader.aside,
    )


def longest(protocol: Protocol) -> int:
    """Years of the longest horizon."""
    return max(one.years for one in protocol.horizons)


def last_week_of(blueprint: Blueprint, year: int) -> int:
    """The last week that begins in or before a year."""
    return int(np.flatnonzero(blueprint.year_of <= year)[-1])


def chances(
    blueprint: Blueprint,
    protocol: Protocol,
    past: Items,
    coming: Items,
    by_priors: np.ndarray,
    world: np.ndarray,
) -> dict[str, np.ndarray]:
    """What each forecaster gives to every option of every item to come."""
    setting = protocol.setting
    decided = past.where(past.kind != SHOCK)
    found = {
        RULES: coming.chance,
        "uniform": baselines.uniform(coming),
        "half-a-year": baselines.half_a_year(coming, setting),
        "base-rate": baselines.base_rate(decided, coming, setting),
        "pooled-rate": baselines.pooled_rate(decided, coming, setting),
        PRIORS: by_priors,
    }
    items = stacked([decided, coming])
    known = baselines.Known(
        items,
        predictors.table(blueprint, protocol, items, world),
        predictors.groups(blueprint, protocol, items),
        items.weights(),
    )
    is_past = np.arange(len(items)) < len(decided)
    found["logit"] = baselines.logit(known.where(is_past), known.where(~is_past), setting)
    wanted = (RULES, *(one.id for one in protocol.baselines))
    return {id: found[id] for id in wanted}


def uncalibrated(items: Items, priors: Items) -> np.ndarray:
    """What the rules give to the same items on other draws; what does not arise there keeps what it had."""
    keys = zip(priors.kind, priors.key, strict=True)
    places = {(int(kind), int(key)): place for place, (kind, key) in enumerate(keys)}
    found = items.chance.copy()
    for place, at in enumerate(zip(items.kind, items.key, strict=True)):
        other = places.get((int(at[0]), int(at[1])))
        if other is not None:
            found[place] = priors.chance[other]
    return found


def table(blueprint: Blueprint, protocol: Protocol, horizon: Horizon, found: Sequence[Forecast]) -> Table:
    """All scores of one horizon, over all cut-offs."""
    lines = Lines(blueprint, protocol, horizon, found)
    setting, items = protocol.setting, lines.items
    everything = np.ones(len(items), bool)
    countries = [
        lines.compare(one.says, np.isin(items.rule, lines.numbers(one.rules))) for one in protocol.countries
    ]
    rules = [lines.compare(rule.id, items.rule == rule.number) for rule in blueprint.drawn]
    cuts = [lines.compare(str(one.cut_off.year), lines.cut == one.cut_off.year) for one in found]
    kinds = [lines.compare(KINDS[kind], items.kind == kind) for kind in (CHOICE, CLOCK)]
    overall = lines.compare("all", everything)
    if overall is None:
        raise ValueError(f"no item lies within the horizon {horizon.id}")
    return Table(
        horizon=horizon.id,
        says=horizon.says,
        overall=overall,
        kinds=[one for one in kinds if one],
        cut_offs=[one for one in cuts if one],
        countries=[one for one in countries if one],
        rules=[one for one in rules if one],
        calibration=lines.curves(setting.bins),
        weekly=weekly(blueprint, horizon, found),
        shocks=shocks(blueprint, horizon, found),
        unforeseen=lines.unforeseen(),
        left_out=sum(one.left_out for one in found),
        aside=sum(one.aside for one in found),
    )


class Lines:
    """Choices and clocks of all cut-offs within a horizon, one under the other."""

    def __init__(
        self, blueprint: Blueprint, protocol: Protocol, horizon: Horizon, found: Sequence[Forecast]
    ) -> None:
        self.blueprint, self.floor = blueprint, protocol.setting.floor
        inside = [(one.items.kind != SHOCK) & (one.years_ahead <= horizon.years) for one in found]
        pairs = list(zip(found, inside, strict=True))
        self.items = stacked([one.items.where(mask) for one, mask in pairs])
        self.chances = {
            id: np.concatenate([one.chances[id][mask] for one, mask in pairs]) for id in found[0].chances
        }
        self.weights = np.concatenate([one.weights[mask] for one, mask in pairs])
        self.cut = np.concatenate([np.full(mask.sum(), one.cut_off.year) for one, mask in pairs])
        self.logs = {
            id: log_scores(chance, self.items.took, self.floor) for id, chance in self.chances.items()
        }
        self.briers = {id: brier_scores(chance, self.items.took) for id, chance in self.chances.items()}

    def numbers(self, rules: Sequence[str]) -> list[int]:
        """Frozen numbers of rules."""
        return [self.blueprint.rule_of[id].number for id in rules]

    def compare(self, name: str, chosen: np.ndarray) -> Comparison | None:
        """Some of the lines; None where there is none."""
        if not chosen.any():
            return None
        logs = {id: scores[chosen] for id, scores in self.logs.items()}
        briers = {id: scores[chosen] for id, scores in self.briers.items()}
        return compared(name, logs, briers, self.weights[chosen], self.items.year[chosen], RULES)

    def curves(self, edges: tuple[float, ...]) -> dict[str, list[Bin]]:
        """Calibration of "anything but stillness comes"; for the rules also of all options."""
        items, found = self.items, {}
        for id in CURVES:
            if id in self.chances:
                said, came = moving(self.chances[id], items.still, items.took)
                found[id] = calibration(said, came, self.weights, items.year, edges)
        said, came, item = all_options(self.chances[RULES], items.open, items.took)
        found[ALL_OPTIONS] = calibration(said, came, self.weights[item], items.year[item], edges)
        return found

    def unforeseen(self) -> list[Unforeseen]:
        """What happened although the rules gave it less than the floor, each once a cut-off."""
        found = []
        given = self.items.of_taken
        for place in np.flatnonzero(given < self.floor):
            rule = self.blueprint.rule_numbered[int(self.items.rule[place])]
            options = rule.options or ("nothing", "fires")
            found.append(
                Unforeseen(
                    cut_off=int(self.cut[place]),
                    rule=rule.id,
                    entity=rule.entities[int(self.items.entity[place])],
                    week=int(self.items.week[place]),
                    took=options[int(self.items.took[place])],
                    chance=float(given[place]),
                )
            )
        return found


def stacked(parts: Sequence[Items]) -> Items:
    """Many lots of items in one."""
    names = Items.__dataclass_fields__
    return Items(**{name: np.concatenate([getattr(one, name) for one in parts]) for name in names})


def weekly(blueprint: Blueprint, horizon: Horizon, found: Sequence[Forecast]) -> list[Amount]:
    """Clocks by the week, a line a rule and one for all: minus log of the probability of a quarter's weeks."""
    masks = [(one.items.kind == CLOCK) & (one.years_ahead <= horizon.years) for one in found]
    items = stacked([one.items.where(mask) for one, mask in zip(found, masks, strict=True)])
    theirs = -np.concatenate([one.weekly[mask] for one, mask in zip(found, masks, strict=True)])
    return amounts(blueprint, items, -items.weekly, theirs)


def shocks(blueprint: Blueprint, horizon: Horizon, found: Sequence[Forecast]) -> list[Amount]:
    """Shocks, a line a rule and one for all: minus log of the probability of the rounding interval."""
    masks = [(one.items.kind == SHOCK) & (one.years_ahead <= horizon.years) for one in found]
    items = stacked([one.items.where(mask) for one, mask in zip(found, masks, strict=True)])
    theirs = -np.concatenate([one.values[mask] for one, mask in zip(found, masks, strict=True)])
    return amounts(blueprint, items, -np.log(np.maximum(items.chance[:, 0], 1e-300)), theirs)


def amounts(blueprint: Blueprint, items: Items, ours: np.ndarray, theirs: np.ndarray) -> list[Amount]:
    """A line for all rules together and one for each."""
    lines = [("all", np.ones(len(items), bool))]
    lines += [(rule.id, items.rule == rule.number) for rule in blueprint.drawn]
    found = []
    for name, chosen in lines:
        known = chosen & np.isfinite(theirs)
        if known.any():
            even, years = np.ones(int(known.sum())), items.year[known]
            gap = ours[known] - theirs[known]
            found.append(
                Amount(
                    name=name,
                    n=int(known.sum()),
                    years=len(np.unique(years)),
                    rules=mean(ours[known], even),
                    baseline=mean(theirs[known], even),
                    difference=mean(gap, even),
                    error=clustered_error(gap, even, years),
                    unmatched=int((chosen & ~known).sum()),
                )
            )
    return found
