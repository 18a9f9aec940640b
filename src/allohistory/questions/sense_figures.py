"""The figure of every line of the sense sheet, read off its wars; one reader for each kind of figure."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from allohistory.book.sense import FIRM, SIDES, Line, Read
from allohistory.combat.table import Floats
from allohistory.questions.estimates import wilson
from allohistory.questions.sense_estimates import Z95, Answer, median, ratio, share, standing
from allohistory.questions.sense_rows import GOING, JAPANESE, SOVIET, War
from allohistory.questions.sense_wars import WEEKS_A_MONTH, by_month, months_of
from allohistory.results.schema import Interval

DAYS = 7.0
MONTH = 4  # weeks taken together as a month, brought to a month's length
DIVISION = 14.5  # thousand men with their share of army troops (log.tsr.train-need.sov-rd)
TRIED, WON = 1, 2
SOME = 0.01  # hundredth of the most that any week brought: the first trains
HALF = 0.5
DECADE = 520  # weeks
YEAR = 52
LEAST_MONTHS = 6
LAST = 9999.0
"""Stands for the end of an interval that reaches beyond all that was run."""


@dataclass(frozen=True)
class Names:
    """Where fronts, places, lines and operations stand, and the ends of each line."""

    of: Mapping[str, Mapping[str, int]]
    ends: np.ndarray


@dataclass(frozen=True)
class Case:
    """What a reader is given: the wars, what of them is asked, and where things stand."""

    wars: Sequence[War]
    figure: Read
    names: Names

    @property
    def side(self) -> int:
        """0 for the Soviet side, 1 for the Japanese."""
        assert self.figure.side is not None
        return SIDES.index(self.figure.side)

    @property
    def weeks(self) -> int:
        """So many weeks, the first included."""
        assert self.figure.weeks is not None
        return self.figure.weeks

    def places(self, kind: str, names: Sequence[str]) -> list[int]:
        """Numbers of entities."""
        return [self.names.of[kind][name] for name in names]


@dataclass(frozen=True)
class Found:
    """A line's figure: value, 95 % interval for chance, wars it rests on.

    value  none where it lies beyond all that was run (a median that half of the wars never come to), or, with n 0,
           where no war could show it
    """

    line: Line
    value: float | None
    interval: Interval | None
    n: int

    @property
    def met(self) -> bool | None:
        """Does the figure lie in the range that was thought possible? None where no war could show it."""
        if not self.n:
            return None
        return self.value is not None and self.line.low <= self.value <= self.line.high

    @property
    def broken(self) -> bool:
        """Is something impossible, or counted and certain, not as it must be?"""
        return self.line.mark == FIRM and self.met is False


def figure_of(line: Line, wars: Sequence[War], names: Names) -> Found:
    """One line's figure over these wars."""
    value, interval, n = READERS[line.figure.kind](Case(wars, line.figure, names))
    if value is None or not math.isfinite(value):
        return Found(line, None, None, n)
    ends = interval and (interval[0], min(interval[1], LAST))
    return Found(line, value, ends, n)


Reader = Callable[[Case], Answer]


# ------------------------------------------------------------ lines and places


def surprise(case: Case) -> Answer:
    """Share of wars opened with so much surprise."""
    assert case.figure.level is not None
    return share([war.surprise >= case.figure.level for war in case.wars])


def gained(case: Case) -> Answer:
    """Km that a side has gone past the border at its farthest, on the front where it went farthest."""
    fronts, sign = case.places("front", case.figure.fronts), 1.0 if case.side == SOVIET else -1.0
    last = case.weeks + 1
    return median(
        [float((sign * war.km[1 : min(last, war.fought + 1), fronts]).max(initial=0.0)) for war in case.wars]
    )


def week_held(war: War, places: Sequence[int], side: int) -> float:
    """The first week of war at whose end a side holds all these places; infinite for never."""
    rows = np.flatnonzero((war.holder[1:, list(places)] == side).all(axis=1))
    return float(rows[0]) if len(rows) else math.inf


def taken(case: Case) -> Answer:
    """Share of wars in which a side holds all the places within so many weeks."""
    places, side = case.places("place", case.figure.places), case.side
    return share([week_held(war, places, side) < case.weeks for war in case.wars])


def days_to(case: Case) -> Answer:
    """Days until a side holds all the places, the middle of the week counted."""
    places, side = case.places("place", case.figure.places), case.side
    return median([(week_held(war, places, side) + HALF) * DAYS for war in case.wars])


def attacked(case: Case) -> Answer:
    """Share of wars in which a side attacks on one of the fronts within so many weeks."""
    fronts, who = case.places("front", case.figure.fronts), case.side + 1
    return share([bool((war.attacker[1 : case.weeks + 1, fronts] == who).any()) for war in case.wars])


def unusable(case: Case) -> Answer:
    """Share of wars in which a railway is broken, or a station on it lost, within so many weeks."""
    lines, side, level = case.places("line", case.figure.lines), case.side, case.figure.level or 0.0
    ends = sorted({int(place) for line in lines for place in case.names.ends[line]})
    last = case.weeks + 1
    hits = []
    for war in case.wars:
        broken = bool((war.damage[1:last, lines] >= level).any())
        hits.append(broken or bool((war.holder[1:last, ends] != side).any()))
    return share(hits)


def sieges(wars: Sequence[War]) -> list[tuple[float, bool]]:
    """(months, fell) of each first siege; one that is relieved or outlasts the fighting did not fall."""
    found = []
    for war in wars:
        cut, fallen = war.cut[1 : war.fought + 1], war.fallen[1 : war.fought + 1]
        shut = cut & ~fallen
        fell = np.flatnonzero(fallen)
        if not shut.any() and not len(fell):
            continue
        first = int(np.flatnonzero(cut | fallen)[0])
        end = int(fell[0]) if len(fell) else len(fallen)
        relieved = np.flatnonzero(~cut[first:end])
        if len(relieved):
            found.append((months_of(float(relieved[0])), False))
        else:
            found.append((months_of(float(end - first)), bool(len(fell))))
    return found


def siege(case: Case) -> Answer:
    """Months until half of those shut in have fallen."""
    cases = sieges(case.wars)
    half = next((months for months, alive in standing(cases) if alive <= HALF), None)
    return half, None, len(cases)


def siege_under(case: Case) -> Answer:
    """Share that falls within so many months."""
    assert case.figure.months is not None
    cases = sieges(case.wars)
    fallen = [1.0 - alive for months, alive in standing(cases) if months < case.figure.months]
    if not cases:
        return None, None, 0
    value = fallen[-1] if fallen else 0.0
    return value, wilson(round(value * len(cases)), len(cases), Z95), len(cases)


# ------------------------------------------------------------ men


def blocks(path: Floats, weeks: int) -> Floats:
    """What was added in each four weeks on end of the first so many, brought to a month's length."""
    path = path[: weeks + 1]
    return (path[MONTH:] - path[:-MONTH]) * WEEKS_A_MONTH / MONTH


def divisions(case: Case) -> Answer:
    """Divisions a month in the fullest four weeks."""
    side = case.side
    full = [blocks(war.sent[:, side], case.weeks) for war in case.wars if war.fought >= MONTH * 2]
    return median([float(one.max()) / DIVISION for one in full])


def first_arrival(case: Case) -> Answer:
    """The week of war in which the first who boarded arrive."""
    side, found = case.side, []
    for war in case.wars:
        rows = np.flatnonzero(war.coming[1:, side] > SOME * war.coming[:, side].max())
        if len(rows):
            found.append(
                float(rows[0]) + 2.0
            )  # who is to come next week at the end of week 1 comes in week 2
    return median(found)


def mass_arrival(case: Case) -> Answer:
    """The week from which at least half of the fullest week's men arrive."""
    side, found = case.side, []
    for war in case.wars:
        coming = war.coming[1 : case.weeks + 1, side]
        if coming.max(initial=0.0) > 0.0 and war.fought >= MONTH * 2:
            found.append(float(np.flatnonzero(coming >= HALF * coming.max())[0]) + 2.0)
    return median(found)


def lost(war: War) -> Floats:
    """Killed, wounded and missing in the weeks of fighting, both sides."""
    return war.losses[: war.fought + 1]


def heaviest_month(case: Case) -> Answer:
    """Thousand men lost in the worst four weeks; wars of under two months are left out."""
    side = case.side
    long = [war for war in case.wars if war.fought >= MONTH * 2]
    return median([float(blocks(lost(war)[:, side], case.weeks).max()) for war in long])


def quiet_month(case: Case) -> Answer:
    """The lightest four weeks over the heaviest of the first so many, in case.wars of half a year and more."""
    found = []
    for war in case.wars:
        if war.fought >= by_month(LEAST_MONTHS):
            month = blocks(lost(war).sum(axis=1), case.weeks)
            found.append(float(month.min() / max(month.max(), 1e-9)))
    return median(found)


def loss_ratio(case: Case) -> Answer:
    """Soviet losses for one Japanese, where a side attacks works of such strength; of all fighting for level 0."""
    if not case.figure.level:
        ends = np.array([lost(war)[-1] for war in case.wars]).reshape(-1, 2)
        return ratio(ends[:, SOVIET].tolist(), ends[:, JAPANESE].tolist())
    side, over, under = case.side, [], []
    for war in case.wars:
        rows = (war.attacks[:, 0] == side) & (war.attacks[:, 1] >= case.figure.level)
        over.append(float(war.attacks[rows, 2].sum()))
        under.append(float(war.attacks[rows, 3].sum()))
    return ratio(over, under)


# ------------------------------------------------------------ ends


def months(case: Case) -> Answer:
    """Months of fighting; a war that goes on when the scenario ends counts as longer than any."""
    return median([math.inf if war.ended == GOING else months_of(war.weeks) for war in case.wars])


def ended(case: Case) -> Answer:
    """Share of wars that end in such a way, of those that end."""
    return share([war.ended == case.figure.how for war in case.wars if war.ended != GOING])


def decade(case: Case) -> Answer:
    """Share of wars in their tenth year with half the losses of the first."""
    found = []
    for war in case.wars:
        path = lost(war).sum(axis=1)
        found.append(war.fought >= DECADE and path[DECADE] - path[DECADE - YEAR] >= HALF * path[YEAR])
    return share(found)


# ------------------------------------------------------------ landings


def landed(case: Case) -> Answer:
    """Share of wars in which a landing goes ashore within so many weeks."""
    return share([bool((state_of(war, case)[: case.weeks] >= TRIED).any()) for war in case.wars])


def won(case: Case) -> Answer:
    """Share of wars in which a landing is won within so many weeks; none where the scenario ends before."""
    enough = [war for war in case.wars if war.left >= case.weeks]
    if not enough:
        return None, None, 0
    return share([bool((state_of(war, case)[: case.weeks] == WON).any()) for war in enough])


def held(case: Case) -> Answer:
    """Share of landings tried that hold."""
    tried = [state_of(war, case) for war in case.wars]
    return share([bool((one == WON).any()) for one in tried if (one >= TRIED).any()])


def state_of(war: War, case: Case) -> Floats:
    """The state of an operation, week by week from the first."""
    assert case.figure.operation is not None
    found: Floats = war.state[1:, case.names.of["operation"][case.figure.operation]]
    return found


# ------------------------------------------------------------ what cannot be


def breach(name: str) -> Reader:
    """Share of wars with a breach of this kind."""
    return lambda case: share([impossible(war, name) for war in case.wars])


def impossible(war: War, name: str) -> bool:
    """Did more than rounding go wrong?"""
    return bool(getattr(war, name) > LEAST[name])


LEAST = {"over": 0.0, "eaten": 1e-4, "leak": 1e-4, "arms": 1e-4}
"""Share over capacity, thousand tons, thousand men, machines: what rounding may leave."""


def too_fast(case: Case) -> Answer:
    """Share of wars in which a line goes faster than troops march, or goes without marching."""
    tanks, rifle = case.figure.tanks, case.figure.rifle
    assert tanks is not None and rifle is not None
    return share([too_fast_for(war, tanks, rifle) for war in case.wars])


def too_fast_for(war: War, tanks: float, rifle: float) -> bool:
    """Did a line move faster in a week than armour and troops on foot march, or without marching?"""
    return war.fast[0] > tanks or war.fast[1] > rifle or war.jumped > 1.0


READERS: Mapping[str, Reader] = {
    "surprise": surprise,
    "gained": gained,
    "taken": taken,
    "days-to": days_to,
    "attacked": attacked,
    "unusable": unusable,
    "siege": siege,
    "siege-under": siege_under,
    "divisions": divisions,
    "first-arrival": first_arrival,
    "mass-arrival": mass_arrival,
    "over-capacity": breach("over"),
    "eaten-over-carried": breach("eaten"),
    "men": breach("leak"),
    "arms": breach("arms"),
    "too-fast": too_fast,
    "heaviest-month": heaviest_month,
    "quiet-month": quiet_month,
    "loss-ratio": loss_ratio,
    "months": months,
    "ended": ended,
    "decade": decade,
    "landed": landed,
    "held": held,
    "won": won,
}
