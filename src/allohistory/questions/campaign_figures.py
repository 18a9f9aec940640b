"""What came of a campaign in each timeline, figure by figure; and what a baseline without any rules says of it.

The baseline knows forces and days and nothing else. A side loses 2 % of its men (1 to 3 %) on each day of a week in
which somebody attacks on its front, 0.5 % (0.25 to 1 %) where it has 100,000 men or more. The side with more men times
worth wins. An attacker who wins goes 1.5 km a day (0.3 to 4) against works or without tanks, 10 km (4 to 25) with
tanks in the open, 60 km (40 to 117) where he is five times as strong besides. A tenth of the loser's losses are
prisoners, give or take a factor of ten. Ranges are read as the middle 90 % of a lognormal distribution. (Facts
combat.division.loss-rate, combat.army.loss-rate, combat.advance.*; the prisoners are judgement.)
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from statistics import NormalDist

import numpy as np

from allohistory.book.calendar import DAYS_A_WEEK
from allohistory.book.campaign_keys import SIDES
from allohistory.book.campaigns import Army, Campaign, Figure
from allohistory.combat.table import Floats
from allohistory.questions.campaigns import RESULT_WEEKS, Fought, Theatre

HALF, GOLDEN = 0.5, (math.sqrt(5.0) - 1.0) / 2.0  # whose multiples fill a week evenly
FIRST_DAYS = 3  # of a week, of which the rules tell how many kilometres were gained in them
LANDS = SIDES[0]  # who lands, in every campaign of the record
NEVER = DAYS_A_WEEK
"""A place that is not reached counts as reached so many days after the last that was run."""

LEAST = {"thousand men": 0.001, "km": 1.0}
"""The smallest amount told apart: one man, one kilometre."""

# ------------------------------------------------------------ read off the timelines


def read(fought: Fought, one: Figure, theatre: Theatre) -> Floats | None:
    """The figure in every timeline; None where the scenario has no variable to read it from."""
    if any(id not in fought.path for id in needs(one)):
        return None
    if one.quantity == "day":
        return _day(fought, one, theatre)
    return READERS[one.quantity](fought, one)


def needs(one: Figure) -> tuple[str, ...]:
    """The variables that a figure is read from."""
    if one.quantity == "losses" and one.operation:
        return ("operation.losses" if one.side == LANDS else "operation.defenders_lost",)
    if one.quantity in ("landing", "day") and one.front is None:
        return ("place.holder", "place.taken_week")
    return {
        "losses": ("army.losses",),
        "prisoners": ("army.captured",),
        "won": ("front.attacker", "front.won"),
    }.get(one.quantity, ("front.km",))


def _at(path: Floats, day: float, step: float = DAYS_A_WEEK) -> Floats:
    """A path at so many days after the first morning; amounts grow evenly within a step of so many days."""
    first = min(int(day // step), path.shape[1] - 2)
    part = min(day / step - first, 1.0)
    found: Floats = path[:, first] * (1.0 - part) + path[:, first + 1] * part
    return found


def _since(path: Floats, day: float | None) -> Floats:
    """How much a path has grown since the eve."""
    assert day is not None
    return _at(path, day) - path[:, 0]


def _sum(fought: Fought, id: str, one: Figure) -> Floats:
    places = [fought.members["army"].index(army) for army in one.armies]
    return _since(fought.path[id][:, :, places].sum(axis=2), one.at)


def _losses(fought: Fought, one: Figure) -> Floats:
    if one.armies:
        return _sum(fought, "army.losses", one)
    landing = next(each for each in fought.campaign.landings if each.operation == one.operation)
    path = fought.path[needs(one)[0]]
    week = landing.week + RESULT_WEEKS
    place = fought.members["operation"].index(landing.operation)
    return _since(path[:, :, place], week * DAYS_A_WEEK)


def _prisoners(fought: Fought, one: Figure) -> Floats:
    return _sum(fought, "army.captured", one)


def _line(fought: Fought, one: Figure) -> Floats:
    """(timelines, days + 1): kilometres past the border as its side counts them."""
    front = fought.members["front"].index(one.front or "")
    km = fought.path["front.km"][:, :, front]
    early = fought.path["front.early"][:, 1:, front] if "front.early" in fought.path else None
    path = by_day(km, early)
    return path if one.side == SIDES[0] else -path


def by_day(km: Floats, early: Floats | None) -> Floats:
    """(timelines, days + 1) from (timelines, weeks + 1): evenly, or as many as the rules say in the first three days.

    early  (timelines, weeks): kilometres of a week in its first three days, in the direction in which the line moved
    """
    gone = np.diff(km, axis=1)
    first = gone * FIRST_DAYS / DAYS_A_WEEK if early is None else early
    later = (gone - first) / (DAYS_A_WEEK - FIRST_DAYS)
    days = [km[:, :1]]
    for week in range(gone.shape[1]):
        for day in range(1, DAYS_A_WEEK + 1):
            so_far = first[:, week] * min(day / FIRST_DAYS, 1.0) + later[:, week] * max(day - FIRST_DAYS, 0)
            days.append((km[:, week] + so_far)[:, None])
    return np.concatenate(days, axis=1)


def _advance(fought: Fought, one: Figure) -> Floats:
    assert one.at is not None
    line = _line(fought, one)
    return _at(line, one.at, 1.0) - line[:, 0]


def _gains(fought: Fought, one: Figure) -> Floats:
    return (_advance(fought, one) >= (one.km or 0.0)).astype(float)


def _won(fought: Fought, one: Figure) -> Floats:
    front, week = fought.members["front"].index(one.front or ""), one.week or 1
    attacked = fought.path["front.attacker"][:, week, front] == 1 + SIDES.index(one.side or "")
    won = attacked & (fought.path["front.won"][:, week, front] == 1.0)
    return np.where(won, 1.0, 0.0)


def _day(fought: Fought, one: Figure, theatre: Theatre) -> Floats:
    if one.front is None:
        return _taken(fought, one)
    goal = goal_of(one, theatre)
    return crossing(_line(fought, one), goal if one.side == SIDES[0] else -goal, 1)


def _taken(fought: Fought, one: Figure) -> Floats:
    """Day on which a place was taken from the sea: some day of its week, spread evenly over the timelines."""
    place = fought.members["place"].index(one.place or "")
    holder, taken = fought.path["place.holder"][:, -1, place], fought.path["place.taken_week"][:, -1, place]
    held = (holder == SIDES.index(one.side or "")) & (taken >= fought.week)
    part = (np.arange(len(taken)) * GOLDEN + HALF) % 1.0
    days = (taken - fought.week - RESULT_WEEKS + part) * DAYS_A_WEEK
    return np.where(held, np.maximum(days, 0.0), never(fought.path["place.holder"].shape[1] - 1))


def _landing(fought: Fought, one: Figure) -> Floats:
    return (_taken(fought, one) < never(fought.path["place.holder"].shape[1] - 1)).astype(float)


READERS: Mapping[str, Callable[[Fought, Figure], Floats]] = {
    "losses": _losses,
    "prisoners": _prisoners,
    "advance": _advance,
    "gains": _gains,
    "won": _won,
    "landing": _landing,
}


def never(weeks: int) -> float:
    """The day that stands for a place not reached in so many weeks."""
    return float(weeks * DAYS_A_WEEK + NEVER)


def goal_of(one: Figure, theatre: Theatre) -> float:
    """Kilometres past the border at which a day's goal lies: the theatre's, else those of the figure."""
    km = theatre.km.get((one.front or "", one.place or ""), one.km)
    assert km is not None
    return km


def crossing(path: Floats, goal: float, step: int = DAYS_A_WEEK) -> Floats:
    """Days until a path (timelines, steps + 1) first stands at a goal or past it; a line moves evenly within a step.

    step  days
    """
    steps = path.shape[1] - 1
    past = path >= goal
    first = np.argmax(past, axis=1)
    rows = np.arange(len(path))
    before, after = path[rows, np.maximum(first - 1, 0)], path[rows, first]
    far = np.where(after > before, after - before, 1.0)
    days = (first - 1 + np.clip((goal - before) / far, 0.0, 1.0)) * step
    return np.where(past.any(axis=1), np.where(first == 0, 0.0, days), never(steps * step // DAYS_A_WEEK))


# ------------------------------------------------------------ the baseline

NINE_TENTHS = 2 * NormalDist().inv_cdf(0.95)
DIVISION, ARMY = (0.02, 0.01, 0.03), (0.005, 0.0025, 0.01)
ARMY_MEN = 100.0
BESET, TANKS, PURSUIT = (1.5, 0.3, 4.0), (10.0, 4.0, 25.0), (60.0, 40.0, 117.0)
HASTY_LINE, TANKS_A_THOUSAND, CRUSHING = 0.3, 3.0, 5.0
PRISONERS, PRISONERS_SPREAD = 0.1, math.log(100.0) / NINE_TENTHS
STEPS = 400
QUANTILES = np.array([NormalDist().inv_cdf((i + 0.5) / STEPS) for i in range(STEPS)])


def _spread(rate: tuple[float, float, float]) -> float:
    return math.log(rate[2] / rate[1]) / NINE_TENTHS


def guess(campaign: Campaign, one: Figure, theatre: Theatre) -> Floats:
    """The baseline's timelines for a figure; for a truth 1 or 0."""
    if one.operation is not None:
        return _guess_landing(campaign, one)
    if one.quantity in ("losses", "prisoners"):
        lost = [_loss(campaign, _army(campaign, id), one.at or 0.0) for id in one.armies]
        total, spread = sum(middle for middle, _ in lost), max(lost)[1]
        prisoners = one.quantity == "prisoners"
        return spread_out(PRISONERS * total, PRISONERS_SPREAD) if prisoners else spread_out(total, spread)
    if one.quantity == "won":
        return np.array([float(_winner(campaign, one.front or "", one.week or 1) == one.side)])
    if one.quantity == "day":
        start = next(front.km for front in campaign.fronts if front.id == one.front)
        goal = abs(goal_of(one, theatre) - start)
        lines = np.stack([_gone(campaign, one, quantile) for quantile in QUANTILES])
        return crossing(lines, goal)
    at = one.at or 0.0
    gone = np.array([_at(_gone(campaign, one, quantile)[None, :], at)[0] for quantile in QUANTILES])
    if one.quantity == "gains":
        return np.array([float(np.median(gone) >= (one.km or 0.0))])
    return gone


def spread_out(middle: float, spread: float) -> Floats:
    """Evenly spaced quantiles of an amount with this middle and this standard deviation of its logarithm."""
    return middle * np.exp(spread * QUANTILES)


def _army(campaign: Campaign, id: str) -> Army:
    return next(one for one in campaign.armies if one.id == id)


def _men(campaign: Campaign, army: Army, week: int) -> float:
    """Thousand men in a week: those of the start and those who have come."""
    return army.men + sum(one.men for one in campaign.arrivals if one.army == army.id and one.week <= week)


def _front(army: Army) -> str:
    return army.id.rpartition("-")[0]


def _attacks(campaign: Campaign, front: str, week: int) -> list[Army]:
    on_it = [one for one in campaign.armies if _front(one) == front]
    return [one for one in on_it if campaign.order(one.id, week) == "attack"]


def _loss(campaign: Campaign, army: Army, at: float) -> tuple[float, float]:
    """(middle, spread) of the losses up to a day: a share of the men on each day of a week with an attack."""
    total = 0.0
    rate = ARMY if army.men >= ARMY_MEN else DIVISION
    for week in range(1, campaign.weeks + 1):
        days = min(max(at - (week - 1) * DAYS_A_WEEK, 0.0), DAYS_A_WEEK)
        if _attacks(campaign, _front(army), week):
            total += rate[0] * _men(campaign, army, week) * days
    return max(total, LEAST["thousand men"]), _spread(rate)


def _strength(campaign: Campaign, army: Army, week: int) -> float:
    return army.worth * _men(campaign, army, week)


def _pair(campaign: Campaign, front: str, week: int) -> tuple[Army, Army] | None:
    """(the attacker, the other) in a week; of two who attack, the stronger is the attacker."""
    attackers = _attacks(campaign, front, week)
    if not attackers:
        return None
    attacker = max(attackers, key=lambda army: _strength(campaign, army, week))
    return attacker, next(one for one in campaign.armies if _front(one) == front and one.id != attacker.id)


def _side(army: Army) -> str:
    return SIDES[0] if army.id.endswith(SIDES[0]) else SIDES[1]


def _winner(campaign: Campaign, front: str, week: int) -> str | None:
    """The attacker's side where he is the stronger."""
    pair = _pair(campaign, front, week)
    if pair is None or _strength(campaign, pair[0], week) <= _strength(campaign, pair[1], week):
        return None
    return _side(pair[0])


def _pace(campaign: Campaign, attacker: Army, other: Army, week: int) -> tuple[float, float, float]:
    """Km a day of an attacker who wins: middle, low, high."""
    tanks = attacker.tanks + sum(
        one.tanks for one in campaign.arrivals if one.army == attacker.id and one.week <= week
    )
    if other.works >= HASTY_LINE or tanks < TANKS_A_THOUSAND * _men(campaign, attacker, week):
        return BESET
    ratio = _strength(campaign, attacker, week) / _strength(campaign, other, week)
    return PURSUIT if ratio >= CRUSHING else TANKS


def _gone(campaign: Campaign, one: Figure, quantile: float) -> Floats:
    """(weeks + 1): km gained by the figure's side at each week's end, all paces at the same quantile."""
    line = [0.0]
    for week in range(1, campaign.weeks + 1):
        gained, pair = 0.0, _pair(campaign, one.front or "", week)
        winner = _winner(campaign, one.front or "", week)
        if pair is not None and winner is not None:
            pace = _pace(campaign, *pair, week)
            gained = pace[0] * math.exp(_spread(pace) * quantile) * DAYS_A_WEEK
        line.append(line[-1] + (gained if winner == one.side else -gained))
    return np.array(line)


def _guess_landing(campaign: Campaign, one: Figure) -> Floats:
    """A landing succeeds where those who land are the stronger, on the first day of its week."""
    landing = next(each for each in campaign.landings if each.operation == one.operation)
    ahead = landing.worth * landing.men > landing.worth_against * landing.against
    if one.quantity == "landing":
        return np.array([float(ahead)])
    if one.quantity == "day":
        day = (landing.week - 1) * DAYS_A_WEEK + 0.5
        return np.array([day if ahead else never(campaign.weeks + RESULT_WEEKS)])
    men = landing.men if one.side == LANDS else landing.against
    days = min((one.at or 0.0) - (landing.week - 1) * DAYS_A_WEEK, DAYS_A_WEEK)
    return spread_out(DIVISION[0] * men * max(days, 1.0), _spread(DIVISION))
