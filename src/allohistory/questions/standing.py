"""How our history stands in free ensembles: month by month in each series' spread, and as a whole by energy distance.

Luck is freed on a day; up to it each timeline is the factual world of its parameter draw. Our history is that factual
world to the end, and since parameters move it a little, it is compared once for each draw. A month's value is that of
its last week's end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from allohistory.book.ensembles import Bars, EnsembleBook, Start, ensembles_of
from allohistory.ensemble.run import default_workers
from allohistory.errors import AllohistoryError
from allohistory.questions.energy import of_members, scaled, to_sample
from allohistory.questions.estimates import wilson
from allohistory.results.schema import Interval
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import Plan, position

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.timeline.model import Model

Z95 = 1.959963984540054
TIMELINES = 1000
LEAST = 20  # members without which a central 90 % says nothing
GROUPS = 10  # of members left out in turn, for the interval for chance
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Paths:
    """Monthly values. members: (n, months, series); ours: (draws, months, series); months: (year, month)."""

    series: tuple[str, ...]
    months: tuple[tuple[int, int], ...]
    members: NDArray[np.float64]
    ours: NDArray[np.float64]
    aside: int


@dataclass(frozen=True)
class SeriesStanding:
    """One series: in what share of the months our history lies inside, on the mean of the draws.

    below, above  the shares of months in which it lies below and above
    first         (year, month) from which on it is first outside under most draws; None for never
    still         the ensemble never differs from itself: nothing can be learnt from this series
    """

    id: str
    inside: float
    below: float
    above: float
    first: tuple[int, int] | None
    still: bool


@dataclass(frozen=True)
class Standing:
    """Our history in the ensemble of one start.

    share        of the series whose months are mostly inside; chance: its 95 % interval over timelines; draws: 5 % to
                 95 % over the parameter draws under which our history is replayed
    members      5 %, median and 95 % of the same share for the ensemble's own members
    false_alarm  share of the members that would miss the bar on this share
    distance     our history's energy distance (mean of the draws); quantiles: 5 %, median, 95 % of the members' own
    nearer       share of the members whose own distance is below ours, with its interval for chance and over draws
    """

    start: Start
    series: tuple[SeriesStanding, ...]
    n: int
    aside: int
    months: int
    share: float
    chance: Interval
    draws: Interval
    members: tuple[float, float, float]
    false_alarm: float
    distance: float
    quantiles: tuple[float, float, float]
    nearer: float
    nearer_chance: Interval
    nearer_draws: Interval

    def met(self, bars: Bars) -> tuple[bool, bool]:
        """Are the bars on the series and on the distance met?"""
        return self.share >= bars.series, self.nearer < bars.members


def standings(
    model: Model,
    *,
    timelines: int = TIMELINES,
    seed: int = 1,
    workers: int | None = None,
    tell: Tell | None = None,
) -> tuple[EnsembleBook, list[Standing]]:
    """Every start of the scenario's file, in order. timelines: how many each start gets."""
    if timelines < LEAST:
        problem = f"a spread of {timelines} timelines says nothing"
        raise AllohistoryError("--timelines", problem, given=timelines, closest=str(LEAST))
    asked = ensembles_of(model.book, model.folder)
    found = []
    for place, start in enumerate(asked.starts):

        def finished(count: int, start: Start = start, place: int = place) -> None:
            if tell is not None:
                tell(start.says, place * timelines + count, len(asked.starts) * timelines)

        paths = paths_of(model, start, asked.series, timelines, seed=seed, workers=workers, finished=finished)
        found.append(standing(start, paths, asked.bars))
    return asked, found


def plan_from(model: Model, start: Start, seed: int, count: int) -> Plan:
    """Luck free from a start on, and nothing changed."""
    week = model.book.calendar.week_of(start.freed)
    place = 0
    if start.freed_after is not None:
        entry = model.book.entries[start.freed_after]
        week = model.book.calendar.week_of(entry.date)
        place = model.blueprint.rule_of[entry.rule].place + 1
    draws = min(len(model.blueprint.parameter_draws), count)
    return Plan(horizon=position(week, place), since=week, draws=draws, seed=seed)


def paths_of(
    model: Model,
    start: Start,
    series: Sequence[str],
    count: int,
    *,
    seed: int = 1,
    workers: int | None = None,
    finished: Callable[[int], None] | None = None,
) -> Paths:
    """Run the timelines of a start with their worlds kept, and read the series at the end of each month."""
    plan = plan_from(model, start, seed, count)
    weeks, months = month_ends(model, model.book.calendar.week_of(start.freed))
    columns = [model.blueprint.variable_place[id][0] for id in series]
    members = np.full((count, len(weeks), len(series)), np.nan)
    ours = np.full((plan.draws, len(weeks), len(series)), np.nan)
    done = [0]

    def work(memory: Memory, draws: range) -> None:
        memory.load_plan(plan)
        for draw in draws:
            memory.load_draw(draw)
            rows = range(draw, count, plan.draws)
            if memory.c.aside == 0:
                ours[draw] = memory.trace[np.ix_(weeks, columns)]
                for row in rows:
                    memory.run(row)
                    if memory.c.aside == 0:
                        members[row] = memory.trace[np.ix_(weeks, columns)]
            done[0] += len(rows)
            if finished is not None:
                finished(done[0])

    threads = max(1, min(workers or default_workers(), plan.draws))
    with ThreadPoolExecutor(threads) as pool:
        tasks = [
            pool.submit(work, Memory(model.blueprint, traced=True), range(first, plan.draws, threads))
            for first in range(threads)
        ]
        for task in tasks:
            task.result()
    kept, replayed = ~np.isnan(members[:, 0, 0]), ~np.isnan(ours[:, 0, 0])
    return Paths(tuple(series), months, members[kept], ours[replayed], int((~kept).sum()))


def month_ends(model: Model, first: int) -> tuple[list[int], tuple[tuple[int, int], ...]]:
    """The last week (by its Monday) of each month from a week on, and (year, month)."""
    found: dict[tuple[int, int], int] = {}
    for week in range(first, model.blueprint.weeks):
        monday = model.book.calendar.monday_of(week)
        found[(monday.year, monday.month)] = week
    return list(found.values()), tuple(found)


def standing(start: Start, paths: Paths, bars: Bars) -> Standing:
    """What is asked of our history, read off the paths."""
    low, high = spread(paths.members, bars.central)
    below, above = paths.ours < low, paths.ours > high
    inside = ~(below | above)
    by_draw = (inside.mean(axis=1) > bars.months).mean(axis=1)
    own = ((paths.members >= low) & (paths.members <= high)).mean(axis=1) > bars.months
    own_share = own.mean(axis=1)
    ours, members = scaled(paths.ours, paths.members), scaled(paths.members, paths.members)
    distance, own_distance = to_sample(ours, members), of_members(members)
    nearer = (own_distance[None, :] < distance[:, None]).mean(axis=1)
    share = _share(inside, bars)
    n = len(members)
    return Standing(
        start=start,
        series=tuple(_series(paths, place, below, above) for place in range(len(paths.series))),
        n=n,
        aside=paths.aside,
        months=len(paths.months),
        share=share,
        chance=_chance(paths, bars, share),
        draws=_between(by_draw),
        members=_three(own_share),
        false_alarm=float((own_share < bars.series).mean()),
        distance=float(distance.mean()),
        quantiles=_three(own_distance),
        nearer=float(nearer.mean()),
        nearer_chance=wilson(round(float(nearer.mean()) * n), n, Z95),
        nearer_draws=_between(nearer),
    )


def spread(members: NDArray[np.float64], central: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(months, series) the edges of the central share, at values that members have."""
    ordered = np.sort(members, axis=0)
    last = len(ordered) - 1
    edge = (1.0 - central) / 2.0
    return ordered[int(np.floor(edge * last))], ordered[int(np.ceil((1.0 - edge) * last))]


def _share(inside: NDArray[np.bool_], bars: Bars) -> float:
    """Of the series, those whose months are mostly inside, on the mean of the draws."""
    return float((inside.mean(axis=(0, 1)) > bars.months).mean())


def _chance(paths: Paths, bars: Bars, share: float) -> Interval:
    """95 % for the chance of the timelines run: a tenth of them left out in turn (the grouped jackknife)."""
    group = np.arange(len(paths.members)) % GROUPS
    without = []
    for left_out in range(GROUPS):
        low, high = spread(paths.members[group != left_out], bars.central)
        without.append(_share((paths.ours >= low) & (paths.ours <= high), bars))
    error = float(np.sqrt((GROUPS - 1) * np.var(without)))
    return max(0.0, share - Z95 * error), min(1.0, share + Z95 * error)


def _series(
    paths: Paths,
    place: int,
    below: NDArray[np.bool_],
    above: NDArray[np.bool_],
) -> SeriesStanding:
    under, over = float(below[:, :, place].mean()), float(above[:, :, place].mean())
    outside = (below | above)[:, :, place].mean(axis=0) > 0.5
    first = paths.months[int(np.argmax(outside))] if outside.any() else None
    still = bool((paths.members[:, :, place] == paths.members[:1, :, place]).all())
    return SeriesStanding(paths.series[place], 1.0 - under - over, under, over, first, still)


def _between(values: NDArray[np.float64]) -> Interval:
    low, high = (float(one) for one in np.quantile(values, (0.05, 0.95)))
    return low, high


def _three(values: NDArray[np.float64]) -> tuple[float, float, float]:
    low, middle, high = (float(one) for one in np.quantile(values, (0.05, 0.5, 0.95)))
    return low, middle, high
