"""Campaigns of the record fought again by the rules: forces and decisions as they were, luck free.

A campaign is a question of the scenario's own world. Up to its first week the world is history's; from there on all
luck is fresh. The state of its armies and fronts stands in the world's first values, where no rule touches it before a
war begins, because the tables of six armies would not fit into one question's changes. All else (the war itself, open
fronts, orders, arrivals, landings) is imposed by changes, as a user could. Should a rule have moved a first value by
the eve of the campaign, that value is set again by a change on its Monday.

The week of the rules is seven days from the campaign's first day; on the calendar it begins on the nearest Monday.
Within a week all amounts grow evenly, but for kilometres: the rules say how many of a week's were gained in its first
three days.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import log
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from allohistory.book.campaign_keys import ORDERS, SIDES
from allohistory.book.campaigns import Campaign, Order
from allohistory.book.left_out import Refit
from allohistory.book.limited_wars import limited_wars
from allohistory.combat.table import Floats
from allohistory.errors import AllohistoryError
from allohistory.timeline.changes import VARIABLE_SET
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import Item, Plan, position
from allohistory.timeline.shape import CHANGES

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

Tell = Callable[[str, int, int], None]
Ints = NDArray[np.int64]
TIMELINES = 1000
SATURDAY_NIGHT = 3  # a week that begins on Thursday or before counts from its own Monday
GENERAL_WAR, THEATRE_WAR, GROWN_CLASH, LIMITED_AIM = 7.0, 6.0, 1.0, 1.0
RESULT_WEEKS = 1  # a landing ordered in one week comes to its result in the next
MOST_AIR = 3.0  # logarithm of twenty to one
KILOGRAMS_A_DAY = 34.0
"""Supply a man a day in battle (log.khalkhin-gol.sov.per-man: 25 to 40), by which days of stock become tons."""

ORDER_RULES: Mapping[str, str] = {"soviet": "moscow.orders", "japanese": "tokyo.orders"}
LANDING_RULE, GO, STAY = "landing.decision", "go", "no"
HELD: Mapping[str, float] = {"war.rung": GENERAL_WAR, "land.mustered": 1.0}
"""What stands throughout, whatever the week brings: war, and armies that were set by hand."""

HELD_IN_A_LIMITED_WAR: Mapping[str, float] = {
    "war.rung": THEATRE_WAR,
    "war.road": GROWN_CLASH,
    "war.moscow_aim": LIMITED_AIM,
    "war.tokyo_aim": LIMITED_AIM,
    "land.mustered": 1.0,
}
"""The same where the record's war grew out of a clash and both sides wanted the ground of the clash and no more."""

TRUCE, NEVER = "war.truce", "never"

SURRENDERS, SURRENDERS_FROM = "japan.surrendered", 1945
RULING = "japan.surrenders"
"""The throne's ruling would otherwise end the fighting in the middle of a week whose orders the record gives."""

TOLD = "sea.surrender_week"
BEGUN = ("war.began_week", "war.general_week")
BEGUN_IN_A_LIMITED_WAR = ("war.began_week", "war.theatre_week")


@dataclass(frozen=True)
class Theatre:
    """The scenario's map; empty where it has none.

    km         km past the border at which a place lies on an axis, by (front, place)
    railheads  km past the border, by (front, side, year)
    """

    km: Mapping[tuple[str, str], float] = field(default_factory=dict)
    railheads: Mapping[tuple[str, str, int], float] = field(default_factory=dict)


@dataclass(frozen=True)
class Fought:
    """A campaign fought so many times.

    week      number of its first week in the scenario
    path      variable to (timelines, weeks + 1, entities): at the eve, and as each week left it
    members   kind of entity to its members, in the order of the last axis
    missing   what of the campaign the scenario's rules do not know
    aside     timelines that were set aside
    """

    campaign: Campaign
    week: int
    path: Mapping[str, Floats]
    members: Mapping[str, tuple[str, ...]]
    missing: tuple[str, ...]
    aside: int


READ = (
    "army.losses",
    "army.captured",
    "front.km",
    "front.early",
    "front.attacker",
    "front.won",
    "place.holder",
    "place.taken_week",
    "operation.losses",
    "operation.defenders_lost",
)
"""The variables that figures are read from."""

KINDS = ("army", "front", "place", "operation")


def fight(
    model: Model,
    campaign: Campaign,
    *,
    timelines: int = TIMELINES,
    seed: int = 1,
    refit: Refit | None = None,
    tell: Tell | None = None,
) -> Fought:
    """Fight a campaign so many times, a parameter draw each in turn.

    refit  mean and spread that parameters have in a fit without this campaign: kept draws are shifted and stretched
    """
    week = first_week(model, campaign)
    texts, missing = changes_of(model, campaign)
    state, unknown = _state(model, campaign)
    memory = Memory(model.blueprint, traced=True)
    for place, value in state.items():
        memory.start[place] = value
    memory.c.weeks = min(week + weeks_fought(campaign), model.blueprint.weeks)
    draws = min(len(model.blueprint.parameter_draws), timelines)
    horizon = position(week, 0)
    plan = Plan(items=_items(model, texts), horizon=horizon, draws=draws, seed=seed, since=week)
    moved = _moved(memory, plan, week, state)
    room = CHANGES - len(plan.items)
    if len(moved) > room:
        missing += (
            f"{len(moved) - room} first values that rules move in peace, with no room to set them again",
        )
    memory.load_plan(replace(plan, items=(*plan.items, *moved[:room])))
    places = {id: model.blueprint.variable_place[id] for id in READ if id in model.blueprint.variable_place}
    columns = np.concatenate([np.arange(first, first + count) for first, count in places.values()])
    rows, aside = _run(
        memory, plan, timelines, slice(week - 1, int(memory.c.weeks)), columns, refit or {}, tell
    )
    path, done = {}, 0
    for id, (_, count) in places.items():
        path[id] = rows[:, :, done : done + count]
        done += count
    members = {kind: tuple(model.book.entities_of(kind)) for kind in KINDS}
    return Fought(campaign, week, path, members, missing + unknown, aside)


def weeks_fought(campaign: Campaign) -> int:
    """Weeks that are run: the campaign's, and one more for a landing to come to its result."""
    return campaign.weeks + (RESULT_WEEKS if campaign.landings else 0)


def _run(
    memory: Memory,
    plan: Plan,
    timelines: int,
    weeks: slice,
    columns: Ints,
    refit: Refit,
    tell: Tell | None,
) -> tuple[Floats, int]:
    """(kept timelines, weeks, columns): the world at the eve and after each week; and how many were set aside."""
    kept, aside = [], 0
    for draw in range(plan.draws):
        memory.load_draw(draw, ledger=False)
        _refit(memory, refit)
        memory.replay()
        for timeline in range(draw, timelines, plan.draws):
            memory.run(timeline)
            if memory.c.aside != 0:
                aside += 1
            else:
                kept.append(memory.trace[weeks][:, columns].copy())
        if tell is not None:
            tell("campaigns", (draw + 1) * timelines // plan.draws, timelines)
    if not kept:
        raise AllohistoryError("check campaigns", "every timeline of a campaign was set aside", status=500)
    return np.stack(kept), aside


def _refit(memory: Memory, refit: Refit) -> None:
    """Put parameters where a fit without the campaign has them, each draw as far from the mean as it was."""
    blueprint = memory.blueprint
    for id, (mean, spread) in refit.items():
        kept = blueprint.parameter_draws[:, list(blueprint.parameters).index(id)]
        place, wide = blueprint.parameter_place[id], float(kept.std())
        away = (memory.drawn[place] - float(kept.mean())) / wide if wide > 0.0 else 0.0
        memory.drawn[place] = mean + spread * away


def _moved(memory: Memory, plan: Plan, week: int, state: Mapping[int, float]) -> tuple[Item, ...]:
    """First values that some rule has moved by the eve, as changes on the campaign's Monday."""
    memory.load_plan(plan)
    memory.load_draw(0)
    memory.run(0)
    eve = memory.trace[week - 1]
    return tuple(
        Item(int(VARIABLE_SET), first_week=week, last_week=week, first=place, count=1, value=value)
        for place, value in state.items()
        if eve[place] != value
    )


def first_week(model: Model, campaign: Campaign) -> int:
    """The week whose Monday lies nearest to the campaign's first day, unless the campaign names another."""
    if campaign.monday is not None:
        return model.book.calendar.week_of(campaign.monday)
    week = model.book.calendar.week_of(campaign.first)
    return week + int(campaign.first.weekday() > SATURDAY_NIGHT)


# ------------------------------------------------------------ the state


def _state(model: Model, campaign: Campaign) -> tuple[dict[int, float], tuple[str, ...]]:
    """(position to value, what the scenario has no variable for): armies and fronts as the campaign finds them."""
    found: dict[int, float] = {}
    missing: list[str] = []
    for id, entity, value in _first_values(campaign, theatre_of(model)):
        place = place_of(model, id, entity)
        if place is None:
            missing.append(f"no variable {id}")
        else:
            found[place] = value
    return found, tuple(dict.fromkeys(missing))


def _first_values(campaign: Campaign, theatre: Theatre) -> Iterable[tuple[str, str | None, float]]:
    for side in SIDES:
        yield "side.aircraft", side, getattr(campaign.air, side)
        yield "side.trucks", side, getattr(campaign.trucks, side)
    ratio = log(max(campaign.air.soviet, 1.0) / max(campaign.air.japanese, 1.0))
    yield "land.air", None, min(max(ratio, -MOST_AIR), MOST_AIR)
    for landing in campaign.landings:
        yield "operation.defenders", landing.operation, landing.against
        yield "sea.lift_men", None, landing.men
        if landing.pool:
            yield "side.pool", SIDES[0], landing.pool
    for front in campaign.fronts:
        yield "front.km", front.id, front.km
    for army in campaign.armies:
        for name in ("men", "guns", "tanks", "worth", "works", "days"):
            yield f"army.{name}", army.id, getattr(army, name)
        yield "army.stock", army.id, army.men * army.days * KILOGRAMS_A_DAY / 1000.0
        axis, _, whose = army.id.rpartition("-")
        on_the_map = theatre.railheads.get((axis, whose if whose in SIDES else SIDES[1], campaign.first.year))
        railhead = on_the_map if army.railhead is None else army.railhead
        if railhead is not None:
            yield "army.railhead", army.id, railhead
        yield "army.order", army.id, ORDERS.index(campaign.order(army.id, 1))


def place_of(model: Model, id: str, entity: str | None) -> int | None:
    """Where a variable's number, or one entity's, stands in the flat world; None where there is none."""
    variable = model.book.variables.get(id)
    if variable is None or (variable.per is None) != (entity is None):
        return None
    first = model.blueprint.variable_place[id][0]
    if variable.per is None or entity is None:
        return first
    members = list(model.book.entities_of(variable.per))
    return first + members.index(entity) if entity in members else None


# ------------------------------------------------------------ the changes


def changes_of(model: Model, campaign: Campaign) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(changes as a user would write them, what the scenario does not know): war, orders, arrivals, landings."""
    monday = model.book.calendar.monday_of(first_week(model, campaign))
    limited = campaign.id in limited_wars(model.folder)
    texts = [*_war(campaign, monday, limited=limited), *_arrivals(campaign, monday)]
    for order in campaign.orders:
        texts += _order(model, order, _days(monday, *order.weeks))
    texts += [f"army.works[{one.army}]@{_days(monday, *one.weeks)}={one.works:g}" for one in campaign.works]
    for one in campaign.landings:
        texts.append(f"{LANDING_RULE}[{one.operation}]@{_days(monday, one.week, one.week)}={GO}")
        if one.week > 1:
            texts.append(f"{LANDING_RULE}[{one.operation}]@{_days(monday, 1, one.week - 1)}={STAY}")
    known, missing = [], []
    for text in texts:
        id = text[: min(text.find(mark) for mark in "[@" if mark in text)]
        if id in model.book.variables or id in model.rules:
            known.append(text)
        else:
            missing.append(f"no variable or rule {id}")
    return tuple(known), tuple(dict.fromkeys(missing))


def _days(monday: date, first: int, last: int) -> str:
    """The window from one week of the campaign to another, both included."""
    return f"{monday + timedelta(weeks=first - 1)}..{monday + timedelta(weeks=last, days=-1)}"


def _war(campaign: Campaign, monday: date, *, limited: bool) -> Iterable[str]:
    """The war itself: of which kind, who opened it, on which fronts, with what in the air."""
    whole = _days(monday, 1, weeks_fought(campaign))
    if limited:
        yield f"{TRUCE}@{whole}={NEVER}"
    for id, value in (HELD_IN_A_LIMITED_WAR if limited else HELD).items():
        yield f"{id}@{whole}={value:g}"
    if campaign.last.year >= SURRENDERS_FROM:
        yield f"{SURRENDERS}@{whole}=0"
        yield f"{RULING}@{whole}={NEVER}"
    for id in BEGUN_IN_A_LIMITED_WAR if limited else BEGUN:
        yield f"{id}@{monday}={monday}"
    for front in campaign.fronts:
        yield f"front.open[{front.id}]@{whole}=1"
    yield f"land.opener@{monday}={1 + SIDES.index(campaign.opener)}"
    yield f"land.surprise@{monday}={campaign.surprise}"
    if campaign.told is not None:
        before = timedelta(weeks=(campaign.first - campaign.told).days // 7)
        yield f"{TOLD}@{monday}={monday - before}"


def _arrivals(campaign: Campaign, monday: date) -> Iterable[str]:
    for one in campaign.arrivals:
        for name in ("men", "guns", "tanks"):
            if getattr(one, name):
                on = monday + timedelta(weeks=one.week - 1)
                yield f"army.{name}[{one.army}]@{on}+={getattr(one, name):g}"


def _order(model: Model, order: Order, days: str) -> Iterable[str]:
    """An order held at the start of each week, and imposed on the rule that may give another within it."""
    yield f"army.order[{order.army}]@{days}={ORDERS.index(order.order)}"
    front, _, side = order.army.rpartition("-")
    rule = ORDER_RULES.get(side, "")
    commanded = f"{front}-{SIDES[1]}" in model.book.entities_of(
        "army"
    )  # those of the Winter War are by hand alone
    if commanded and rule in model.rules and order.order in model.rules[rule].card.options:
        members = model.book_rules[rule].entities
        for whom in (order.army, front):
            if whom in members:
                yield f"{rule}[{whom}]@{days}={order.order}"
                return


def _items(model: Model, texts: Iterable[str]) -> tuple[Item, ...]:
    from allohistory.book.resolve import resolve_all
    from allohistory.timeline.asked import items_of

    changes = resolve_all(tuple(texts), model.book, model.book_rules, where="book/campaigns")
    return items_of(changes, model.blueprint)


# ------------------------------------------------------------ the map


def theatre_of(model: Model) -> Theatre:
    """Places on the scenario's axes, if it has a theatre."""
    try:
        found = importlib.import_module(f"allohistory.scenarios.{model.name.replace('-', '_')}.theatre")
    except ModuleNotFoundError:
        return Theatre()
    fronts, places = list(model.book.entities_of("front")), list(model.book.entities_of("place"))
    km = {
        (front, places[int(found.AXIS_PLACE[f, i])]): float(found.AXIS_KM[f, i])
        for f, front in enumerate(fronts)
        for i in range(int(found.AXIS_COUNT[f]))
    }
    years = range(model.book.calendar.first.year, model.book.calendar.first.year + len(found.EPOCH_OF_YEAR))
    railheads = {
        (front, side, year): float(found.RAILHEAD[s, int(found.EPOCH_OF_YEAR[y]), f])
        for f, front in enumerate(fronts)
        for s, side in enumerate(SIDES)
        for y, year in enumerate(years)
    }
    return Theatre(km, railheads)
