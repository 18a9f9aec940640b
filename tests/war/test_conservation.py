"""Whole wars, traced week by week: no man appears or vanishes, no stretch carries more than it can, no ship is made.

What would fail: a step that takes men from one account without putting them into another (a soldier freed from hospital
twice, a garrison that is neither captured nor dead), troop trains and supply that together exceed a stretch's room,
craft lost that still carry, aircraft that come from nowhere, a line beyond the end of its axis.

The wars are those of five divergences and of the record, a few timelines each, from 1936 to 1945.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pytest

from allohistory.book.resolve import resolve_all
from allohistory.scenarios.soviet_japanese_war.steps.operations import SIDE_OF
from allohistory.scenarios.soviet_japanese_war.theatre import AXIS_COUNT, AXIS_KM, LINK_TONS
from allohistory.timeline.asked import items_of
from allohistory.timeline.memory import Memory
from allohistory.timeline.model import load
from allohistory.timeline.plan import Plan, first_position
from allohistory.timeline.tell import ready

FIRST_MONDAY = date(1931, 1, 5)
FRONTS = 9
SIDES = {"soviet": 0, "japanese": 1}
WARS = (
    "soviet-war-of-choice-1936",
    "soviet-war-of-choice-1938",
    "soviet-war-of-choice-1939",
    "strike-north-july-1941",
    "kwantung-falls-back-in-1945",
    "palace-plot-succeeds",
)
TIMELINES = 8
ROUNDING = 1e-6
A_WEEK = 7.0 / 1000.0  # thousand tons a week, of tons a day


@dataclass(frozen=True)
class War:
    """One war: columns by variable, the weeks in which it was fought after that of its muster, and its draw."""

    path: dict[str, np.ndarray]
    weeks: range
    name: str
    for_the_army: float

    def __getitem__(self, id: str) -> np.ndarray:
        return self.path[id]

    def side(self, id: str, side: int) -> np.ndarray:
        """A variable of the armies, summed over a side's fronts, by week."""
        return self.path[id][:, side : 2 * FRONTS : 2].sum(axis=1)


@pytest.fixture(scope="module")
def model():
    return load("soviet-japanese-war")


def wars_of(model, pod) -> list[War]:
    """Some timelines of a divergence, cut into their wars."""
    blueprint, book = model.blueprint, model.book
    items = items_of(resolve_all(tuple(book.pods[pod].changes), book, model.book_rules), blueprint)
    plan = Plan(items=items, horizon=first_position(items), seed=19)
    memory, found = Memory(blueprint, traced=True), []
    factor = list(blueprint.parameters).index("supply.railway.for_the_army")
    for timeline in range(TIMELINES):
        draw = timeline % plan.draws
        if not ready(memory, plan, draw):
            continue
        memory.run(timeline)
        if memory.c.aside:
            continue
        path = {
            id: np.array(memory.trace[:, first : first + count])
            for id, (first, count) in blueprint.variable_place.items()
            if id.split(".")[0] in KEPT
        }
        share = float(blueprint.parameter_draws[draw][factor])
        found += [War(path, weeks, f"{pod}, timeline {timeline}", share) for weeks in spans(path)]
    return found


KEPT = {"army", "front", "side", "land", "war", "operation", "line", "air", "sea"}


def spans(path) -> list[range]:
    """The weeks of each war from the week after its muster to its last."""
    fought = (
        (path["land.mustered"][:, 0] > 0) & (path["war.rung"][:, 0] >= 6) & (path["land.over"][:, 0] == 0)
    )
    found, first = [], None
    for week, now in enumerate(fought):
        if now and first is None:
            first = week
        elif not now and first is not None:
            found.append(range(first, week))
            first = None
    if first is not None:
        found.append(range(first, len(fought)))
    return [weeks for weeks in found if len(weeks) > 1]


@pytest.fixture(scope="module")
def wars(model):
    found = [war for pod in WARS for war in wars_of(model, pod)]
    assert len(found) >= 3 * len(WARS), "these divergences lead to wars"
    return found


def men_of(war: War, side: int) -> np.ndarray:
    """Every man of a side by week, less what its capital has set aside for the war since the muster."""
    own = war["operation.men"][:, side == SIDE_OF].sum(axis=1)
    garrisons = war["operation.defenders"][:, side != SIDE_OF].sum(axis=1)
    present = war.side("army.men", side) + own + garrisons
    for id in ("army.coming_1", "army.coming_2", "army.coming_3"):
        present += war.side(id, side)
    for id in (
        "pool",
        "sending",
        "reservists",
        "reserve",
        "guards",
        "sick",
        "invalided",
        "captured",
        "deserted",
    ):
        present += war[f"side.{id}"][:, side]
    present += war["side.losses"][:, side] - war["side.returned"][:, side] - war["side.promised"][:, side]
    return present + (war["land.fortress_men"][:, 0] if side == SIDES["soviet"] else 0.0)


@pytest.mark.parametrize("side", SIDES)
def test_no_man_appears_or_vanishes(wars, side):
    """Mustered, arrived and returned are present, lost, captured, sick, invalided or gone home, in every week."""
    for war in wars:
        men = men_of(war, SIDES[side])[list(war.weeks)]
        assert np.abs(np.diff(men)).max() < ROUNDING * max(men.max(), 1.0), f"{war.name}: {np.diff(men)}"


@pytest.mark.parametrize("side", SIDES)
def test_no_account_is_overdrawn(wars, side):
    for war in wars:
        for id in ("pool", "sending", "reserve", "guards", "wounded", "sick"):
            assert war[f"side.{id}"][list(war.weeks), SIDES[side]].min() >= -ROUNDING, f"{war.name}: {id}"
        returned, losses = war["side.returned"][:, SIDES[side]], war["side.losses"][:, SIDES[side]]
        assert (returned <= losses + ROUNDING).all(), f"{war.name}: more came back than were hit"


def test_no_stretch_carries_more_than_it_can(wars):
    """Supply and troop trains together, on each of two hundred stretches in each week."""
    for war in wars:
        for week in war.weeks[1:]:
            year = min(year_of(week), LINK_TONS.shape[1] - 1)
            lines = max(war["land.soviet_lines"][week, 0], war["land.japanese_lines"][week, 0])
            room = LINK_TONS[:, year] * lines * war.for_the_army * A_WEEK
            load = war["line.load"][week] + war["line.troops"][week]
            over = np.argmax(load - room)
            assert (load <= room + ROUNDING).all(), f"{war.name}, week {week}, stretch {over}: {load[over]}"


def year_of(week: int) -> int:
    """Years since 1931 of a week of the scenario."""
    return (FIRST_MONDAY + timedelta(weeks=week)).year - FIRST_MONDAY.year


def test_no_ship_and_no_aircraft_is_made_from_nothing(wars):
    for war in wars:
        weeks = list(war.weeks)
        craft = (war["sea.lift_men"] + war["sea.lift_lost"] - war["sea.lift_counted"])[weeks, 0]
        assert np.ptp(craft) < ROUNDING, f"{war.name}: landing craft"
        flying = (war["side.aircraft"] + war["air.lost"] - war["air.came"] - war["air.gathered"])[weeks]
        assert np.abs(flying).max() < 1e-3, f"{war.name}: aircraft"
        assert (np.diff(war["sea.submarines_lost"][weeks, 0]) >= 0).all()


def test_nobody_leaves_the_map(wars):
    """A line stays on its axis, and moves in a week by what it says that it moved."""
    low, high = AXIS_KM[:FRONTS, 0], AXIS_KM[np.arange(FRONTS), AXIS_COUNT[:FRONTS] - 1]
    for war in wars:
        km = war["front.km"][list(war.weeks), :FRONTS]
        assert (km >= low - ROUNDING).all(), war.name
        assert (km <= high + ROUNDING).all(), war.name


def test_the_rear_does_something(wars):
    """Else the books balance because nothing is written into them."""
    for id in ("side.returned", "side.reserve", "line.troops", "side.wounded"):
        assert max(war[id].max() for war in wars) > 1.0, id
    assert max(war["side.shift_to"].max() for war in wars) >= 0.0, "no capital ever shifts men"
