"""Sets of three and four, and dates that may be moved: proposed by an evolutionary optimiser, raced like all others.

There are ten million triples and half a thousand million quadruples: no race can begin with all of them. Optuna's
NSGA-II breeds them instead, for three reasons: it keeps a whole front and not one best set; a set is a list of slots
that crossover can exchange; and it asks and is told in batches, so that a generation is run in one pass on common luck.
Tree-structured Parzen estimators (the other sampler Optuna would offer) model each slot by itself and so miss that two
divergences work only together. The first generations start from the front and the near misses of singles and pairs.

What the optimiser is told (a share over few timelines) only steers it. What it proposes goes through the same race, and
the same decision on new luck, as everything else.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from allohistory.questions.search.race import envelope, halve, margin
from allohistory.questions.search.search import Search
from allohistory.questions.search.sets import Sets, bare
from allohistory.questions.search.tally import PodSet, set_of

if TYPE_CHECKING:
    from optuna.trial import Trial

OPTIMISER = "Optuna's NSGA-II"
NOBODY = "-"  # an empty slot
SHORTLIST = 24  # divergences that sets of three and four are made of
GENERATION = 40
GENERATIONS = 10
LOOKED = 50  # timelines that the optimiser is told of
WEIGHED = 8
ROUNDS = ((160, 60), (500, 24))
GRID = 12  # dates, evenly spread over its window, on which one that may be moved is tried alone
NUDGES = (-4, -2, -1, 1, 2, 4)  # weeks by which the dates of the best sets are moved at last, twice over
BEST = 6  # sets whose dates are moved so
NEAR = 30  # sets already seen with which the optimiser starts


def grower(sets: Sets, largest: int, seed: int) -> Callable[[Search], None]:
    """What grows a search's sets to so many members, on any dates."""

    def grow(search: Search) -> None:
        proposed = _dated(search, sets)
        shortlist = shortlisted(search)
        if largest > 2 or (largest > 1 and proposed):
            search.optimiser = OPTIMISER
            proposed += _bred(search, sets, shortlist, largest, seed)
        for _ in range(2):
            proposed += _fit(search, _nudged(search, sets, proposed))
        proposed = sorted(set(proposed))
        halve(search.old, proposed, ROUNDS, search.expected.share, WEIGHED)

    return grow


def shortlisted(search: Search) -> list[str]:
    """The divergences that stand highest above the front, alone or in the best set that holds them."""
    height = envelope(search.old)
    best: dict[str, float] = {}
    for names in search.old.trusted():
        above = margin(search.old, names, search.expected.share(names), height)
        for name in (bare(one) for one in names):
            best[name] = max(best.get(name, -math.inf), above)
    return sorted(sorted(best, key=lambda name: (-best[name], name))[:SHORTLIST])


def _dated(search: Search, sets: Sets) -> list[PodSet]:
    """Every divergence that may be moved, alone on dates spread over its window."""
    return sorted(_fit(search, [(one,) for name in search.singles for one in _spread(sets, name)]))


def _bred(search: Search, sets: Sets, shortlist: Sequence[str], largest: int, seed: int) -> list[PodSet]:
    """All sets that the generations proposed and that can be."""
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    sampler = optuna.samplers.NSGAIISampler(population_size=GENERATION, seed=seed)
    study = optuna.create_study(directions=["minimize", "maximize"], sampler=sampler)
    for names in _start(search, shortlist, largest):
        study.enqueue_trial(_trial_of(sets, names, largest))
    found: dict[PodSet, None] = {}
    for _ in range(GENERATIONS):
        trials = [study.ask() for _ in range(GENERATION)]
        asked = [_set_in(trial, sets, shortlist, largest) for trial in trials]
        fit = _fit(search, [names for names in asked if names])
        found.update(dict.fromkeys(sorted(fit)))
        for trial, names in zip(trials, asked, strict=True):
            if names in fit:
                study.tell(trial, [search.old.bits[names].value, search.old.share(names)])
            else:
                study.tell(trial, state=optuna.trial.TrialState.FAIL)
    return list(found)


def _spread(sets: Sets, name: str) -> list[str]:
    """A divergence on dates spread over its window; none where it cannot be moved."""
    weeks = _days(sets, name) // 7
    return (
        list(dict.fromkeys(_at_week(sets, name, round(at * weeks / (GRID - 1))) for at in range(GRID)))
        if weeks
        else []
    )


def _nudged(search: Search, sets: Sets, found: Sequence[PodSet]) -> list[PodSet]:
    """The best sets with one date moved by some weeks."""
    height = envelope(search.old)
    dated = [names for names in found if any(_days(sets, bare(name)) for name in names)]
    dated.sort(key=lambda names: (height(search.old.bits[names].value) - search.old.share(names), names))
    moved = []
    for names in dated[:BEST]:
        for name in names:
            week, last = _week_of(sets, name) if _days(sets, bare(name)) else 0, _days(sets, bare(name)) // 7
            rest = [other for other in names if other != name]
            moved += [
                set_of((*rest, _at_week(sets, bare(name), week + by)))
                for by in NUDGES
                if last and 0 <= week + by <= last
            ]
    return moved


def _fit(search: Search, asked: Sequence[PodSet]) -> set[PodSet]:
    """Run what is new among these; those too surprising, or that cannot be, are left out."""
    possible = search.old.ground.possible(list(dict.fromkeys(asked)))
    search.old.weigh(possible, WEIGHED)
    fit = [names for names in possible if search.old.bits[names].value <= search.dearest()]
    search.old.look(fit, LOOKED)
    return set(fit)


def _start(search: Search, shortlist: Sequence[str], largest: int) -> list[PodSet]:
    """The sets nearest to the front, and each of the best pairs with one more of the shortlist."""
    height = envelope(search.old)

    def above(names: PodSet) -> float:
        return -margin(search.old, names, search.expected.share(names), height)

    near = [
        names
        for names in sorted(search.old.trusted(), key=lambda names: (above(names), names))
        if all(bare(name) in shortlist for name in names)
    ][:NEAR]
    if largest < 3:
        return near
    pairs = [names for names in near if len(names) == 2]
    more = [set_of((*pair, name)) for pair in pairs for name in shortlist if name not in pair]
    more.sort(key=lambda names: (-search.expected.added(names), names))
    return [*near, *more[:NEAR]]


def _trial_of(sets: Sets, names: PodSet, largest: int) -> dict[str, Any]:
    """A set as the optimiser's parameters."""
    found: dict[str, Any] = {f"slot {place}": NOBODY for place in range(largest)}
    for place, name in enumerate(names):
        found[f"slot {place}"] = bare(name)
        if _days(sets, bare(name)):
            found[f"weeks of {bare(name)}"] = _week_of(sets, name)
    return found


def _set_in(trial: Trial, sets: Sets, shortlist: Sequence[str], largest: int) -> PodSet:
    """The set that a trial proposes; a divergence named twice counts once."""
    chosen = {trial.suggest_categorical(f"slot {place}", [NOBODY, *shortlist]) for place in range(largest)}
    names = []
    for name in sorted(str(one) for one in chosen if one != NOBODY):
        days = _days(sets, name)
        week = trial.suggest_int(f"weeks of {name}", 0, days // 7) if days else 0
        names.append(_at_week(sets, name, week) if days else name)
    return set_of(names)


def _days(sets: Sets, name: str) -> int:
    """How many days wide the window is in which a divergence may be moved."""
    movable = sets.pod(name).movable
    return 0 if movable is None else (movable.last - movable.first).days


def _week_of(sets: Sets, name: str) -> int:
    movable = sets.pod(name).movable
    assert movable is not None
    _, mark, when = name.partition("@")
    day = date.fromisoformat(when) if mark else sets.pod(name).date
    return (day - movable.first).days // 7


def _at_week(sets: Sets, name: str, week: int) -> str:
    """A divergence so many weeks into its window; in its own week it keeps its own day."""
    movable = sets.pod(name).movable
    assert movable is not None
    own = (sets.pod(name).date - movable.first).days // 7
    return bare(name) if week == own else sets.at(name, movable.first + timedelta(weeks=week))
