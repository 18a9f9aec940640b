"""A war read off the world as each week left it: what was fought, where the line stood, what was carried and lost.

Rows are weeks; row 0 is the eve, row 1 the week in which war begins. Sides are 0 the Soviet one, 1 the Japanese one.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from allohistory.combat.table import Floats
from allohistory.errors import AllohistoryError

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

SOVIET, JAPANESE = 0, 1
GENERAL_WAR = 7.0
TALKS, OVERTHROWN, GOING = "talks", "overthrown", "going"
CAPITULATIONS = 4.0  # peace.kind from which one side has given up altogether
AFTER = 26  # weeks kept after the end of the fighting: places taken over, landings
ARMOUR = 50.0  # vehicles with which an army counts as one with armour
HARDLY = 1e-6  # what rounding may leave of a balance, thousand men or tons
AS_AT_FIRST = 3.0

READ = (
    "war.rung",
    "war.general_week",
    "japan.surrendered",
    "land.surprise",
    "land.vladivostok_cut_week",
    "land.vladivostok_fallen",
    "front.km",
    "front.moved",
    "front.attacker",
    "army.men",
    "army.tanks",
    "army.works",
    "army.losses",
    "army.stock",
    "army.eaten",
    "army.supplied",
    "army.brought",
    "army.coming_1",
    "army.coming_2",
    "army.coming_3",
    "side.pool",
    "side.reservists",
    "side.sending",
    "side.reserve",
    "side.guards",
    "side.deserted",
    "side.returned",
    "land.fortress_men",
    "army.cut_off",
    "side.sick",
    "side.invalided",
    "side.losses",
    "side.captured",
    "side.promised",
    "side.sent",
    "side.trunk_tons",
    "side.trunk_room",
    "side.aircraft",
    "air.gathered",
    "air.came",
    "air.lost",
    "ussr.submarines_pacific",
    "sea.submarines_lost",
    "operation.state",
    "operation.men",
    "operation.defenders",
    "place.holder",
    "line.load",
    "line.damage",
)
"""The variables that a war is read from."""
MAYBE = ("peace.kind",)

ON_THE_ROLLS = (
    "pool",
    "reservists",
    "reserve",
    "sending",
    "guards",
    "sick",
    "invalided",
    "losses",
    "captured",
    "deserted",
)
WITH_THE_ARMIES = ("men", "coming_1", "coming_2", "coming_3")
SOVIET_OPERATIONS = 7
"""The first so many operations land Soviet troops on Japanese garrisons; the rest the other way round."""


@dataclass(frozen=True)
class Sheet:
    """Where each variable stands among the columns that are copied, and what of the map is needed.

    columns   positions in the flat world
    places    variable to its slice of those columns
    fronts    how many fronts this war has (the first ones)
    tons      (links, years) net tons a day, trunk the Soviet link at the mouth, soviet which links are Soviet
    lines     the stretches of railway whose damage is kept, their numbers, (lines, 2) the places at both ends
    holders   who held each place before any war
    """

    columns: np.ndarray
    places: Mapping[str, slice]
    fronts: int
    tons: np.ndarray
    trunk: int
    soviet: np.ndarray
    lines: tuple[str, ...]
    line_numbers: list[int]
    line_ends: np.ndarray
    holders: np.ndarray
    first_year: int


def sheet_of(model: Model, lines: Sequence[str] = ()) -> Sheet:
    """What to copy, and the damage of which lines; raises AllohistoryError where the scenario has no such war."""
    where = model.blueprint.variable_place
    for id in READ:
        if id not in where:
            raise AllohistoryError("check sense", f"this scenario has no variable {id}", given=id, status=404)
    found, places, done = [], {}, 0
    for id in (*READ, *(one for one in MAYBE if one in where)):
        first, count = where[id]
        found.append(np.arange(first, first + count))
        places[id] = slice(done, done + count)
        done += count
    map_ = importlib.import_module(f"allohistory.scenarios.{model.name.replace('-', '_')}.theatre")
    known = list(model.book.entities_of("line"))
    numbers = [known.index(line) for line in lines]
    return Sheet(
        columns=np.concatenate(found),
        places=places,
        fronts=list(model.book.entities_of("front")).index("sakhalin") + 1,
        tons=np.asarray(map_.LINK_TONS, float),
        trunk=int(map_.TRUNK[SOVIET]),
        soviet=np.asarray(map_.LINK_PROGRAMME) == SOVIET,
        lines=tuple(lines),
        line_numbers=numbers,
        line_ends=np.array([map_.LINK_A[numbers], map_.LINK_B[numbers]]).T,
        holders=np.asarray(map_.HOLDER_AT_FIRST),
        first_year=model.book.calendar.first.year,
    )


@dataclass(frozen=True)
class War:
    """One war. Arrays run over its weeks, the eve first, and some weeks past its end.

    weeks      how long it was fought; ended: talks, overthrown, or going when the scenario ends
    fought     rows that are weeks of fighting, the eve not counted; left: weeks from the first to the scenario's end
    km, attacker     (weeks, fronts)
    losses, captured, sent   (weeks, 2) since the eve, thousand men
    coming     (weeks, 2) men who arrive next week
    tons, room   (weeks, 2) thousand tons a week at the mouth of the trunk line
    holder     (weeks, places) 0 Soviet, 1 Japanese, 2 a third party
    damage     (weeks, lines kept); state (weeks, operations); cut, fallen (weeks,) Vladivostok
    attacks    (n, 4) each week's attack on a front: who, the defender's works, Soviet and Japanese losses
    over, eaten, leak, arms   the worst that was found: share over capacity, thousand tons, thousand men, machines
    fast       km in the fastest week: with armour, on foot; jumped: km that a line went without marching
    """

    opening: str
    row: int
    weeks: float
    ended: str
    fought: int
    left: int
    surprise: float
    km: Floats
    attacker: Floats
    losses: Floats
    captured: Floats
    sent: Floats
    coming: Floats
    tons: Floats
    room: Floats
    holder: Floats
    damage: Floats
    state: Floats
    cut: NDArray[np.bool_]
    fallen: NDArray[np.bool_]
    attacks: Floats
    over: float
    eaten: float
    leak: float
    arms: float
    fast: tuple[float, float]
    jumped: float


class Rows:
    """The copied columns, by variable."""

    def __init__(self, numbers: Floats, sheet: Sheet) -> None:
        self.numbers, self.sheet = numbers, sheet

    def __call__(self, id: str) -> Floats:
        """(weeks, entities) of a variable."""
        found: Floats = self.numbers[:, self.sheet.places[id]]
        return found

    def one(self, id: str) -> Floats:
        """(weeks,) of a variable without entities."""
        found: Floats = self.numbers[:, self.sheet.places[id].start]
        return found


def read_war(
    trace: np.ndarray, begins: int, opening: str, row: int, sheet: Sheet, years: np.ndarray
) -> War | None:
    """The war that began in this week, or None where another way was taken.

    trace  (weeks, values) of the whole timeline; row: its number; years: the year of each week
    """
    where = sheet.columns[[sheet.places[id].start for id in ("war.rung", "japan.surrendered")]]
    started = trace[begins, sheet.columns[sheet.places["war.general_week"].start]] == begins
    if not started:
        return None
    over = np.flatnonzero((trace[begins:, where[0]] < GENERAL_WAR) | (trace[begins:, where[1]] > 0.0))
    fought = int(over[0]) + 1 if len(over) else len(trace) - begins
    stop = min(begins + fought + AFTER, len(trace))
    rows = Rows(trace[begins - 1 : stop, sheet.columns], sheet)
    ended = how_ended(rows, fought) if len(over) else GOING
    n = fought + 1
    return War(
        opening=opening,
        row=row,
        weeks=fought - 0.5 if len(over) else float(fought),
        ended=ended,
        fought=fought,
        left=len(trace) - begins,
        surprise=float(rows.one("land.surprise")[1]),
        km=rows("front.km")[:, : sheet.fronts].astype(np.float32),
        attacker=rows("front.attacker")[:n, : sheet.fronts].astype(np.int8),
        losses=since_eve(rows("side.losses")),
        captured=since_eve(rows("side.captured")),
        sent=rows("side.sent")[:n].copy(),
        coming=by_side(rows("army.coming_1"), sheet)[:n],
        tons=rows("side.trunk_tons")[:n].copy(),
        room=rows("side.trunk_room")[:n].copy(),
        holder=holders(rows("place.holder"), sheet),
        damage=rows("line.damage")[:n, sheet.line_numbers].astype(np.float32),
        state=rows("operation.state").astype(np.int8),
        cut=rows.one("land.vladivostok_cut_week") >= 0.0,
        fallen=rows.one("land.vladivostok_fallen") > 0.0,
        attacks=attacks(rows, n),
        over=over_capacity(rows, n, years[begins - 1 : stop]),
        eaten=eaten_over_carried(rows, n),
        leak=men_out_of_balance(rows, n),
        arms=arms_out_of_balance(rows, n),
        fast=fastest(rows, n),
        jumped=jumped(rows, n),
    )


def how_ended(rows: Rows, fought: int) -> str:
    """A state overthrown, or an end talked about."""
    kind = rows.one("peace.kind")[fought] if "peace.kind" in rows.sheet.places else 0.0
    gave_up = rows.one("japan.surrendered")[fought] > 0.0 or kind >= CAPITULATIONS
    return OVERTHROWN if gave_up else TALKS


def since_eve(path: Floats) -> Floats:
    """What has been added since the eve."""
    added: Floats = path - path[0]
    return added


def by_side(path: Floats, sheet: Sheet) -> Floats:
    """(weeks, 2) of what stands by army: the sum over the fronts of this war."""
    mine = path[:, : 2 * sheet.fronts]
    return np.stack([mine[:, side::2].sum(axis=1) for side in (SOVIET, JAPANESE)], axis=1)


def holders(path: Floats, sheet: Sheet) -> Floats:
    """Who holds each place, the first holder where nobody has taken it."""
    return np.where(path == AS_AT_FIRST, sheet.holders, path).astype(np.int8)


def attacks(rows: Rows, n: int) -> Floats:
    """Each attack of a week on a front, with the works it met and what both sides lost in that week there."""
    fronts = rows.sheet.fronts
    who = rows("front.attacker")[1:n, :fronts]
    works, lost = rows("army.works")[: n - 1], np.diff(rows("army.losses")[:n], axis=0)
    week, front = np.nonzero(who)
    side = who[week, front] - 1.0
    defender = (2 * front + 1 - side).astype(int)
    return np.stack(
        [side, works[week, defender], lost[week, 2 * front], lost[week, 2 * front + 1]], axis=1
    ).astype(np.float32)


# ------------------------------------------------------------ what cannot be


def over_capacity(rows: Rows, n: int, years: np.ndarray) -> float:
    """How far, as a share of what it can carry, a Soviet railway was overloaded at its worst; 0 for never."""
    sheet = rows.sheet
    tons, room = rows("side.trunk_tons")[1:n, SOVIET], rows("side.trunk_room")[1:n, SOVIET]
    worst = beyond(tons, room)
    load, damage = rows("line.load")[1:n], rows("line.damage")[1:n]
    table = sheet.tons[:, np.clip(years[1:n] - sheet.first_year, 0, sheet.tons.shape[1] - 1)].T
    known = sheet.soviet[: load.shape[1]] & (table[:, : load.shape[1]] > 0.0).all(axis=0)
    whole = room / np.maximum(1.0 - damage[:, sheet.trunk], HARDLY) / table[:, sheet.trunk]
    limit = whole[:, None] * table * (1.0 - damage)
    return max(worst, beyond(load[:, known], limit[:, known]))


def beyond(load: Floats, limit: Floats) -> float:
    """The greatest share by which a load exceeds its limit; 0 for never."""
    more = load - limit * (1.0 + HARDLY) - HARDLY
    if not (more > 0.0).any():
        return 0.0
    return float((load / np.maximum(limit, HARDLY) - 1.0)[more > 0.0].max())


def eaten_over_carried(rows: Rows, n: int) -> float:
    """Thousand tons that an army ate beyond what it had and what came, or that its stock grew by from nowhere.

    An army that no railway reaches may be fed from the depots of a fortress.
    """
    there = rows("army.men")[1 : n - 1] > 0.0
    fed = rows("army.cut_off")[2:n] > 0.0
    stock, brought = rows("army.stock")[1:n], rows("army.brought")[2:n]
    eaten = rows("army.eaten")[2:n] * rows("army.supplied")[2:n]
    left = stock[:-1] + brought - eaten
    worst = np.maximum(-left, (stock[1:] - np.maximum(left, 0.0)) * ~fed) * there
    return float(worst.max(initial=0.0))


def men_out_of_balance(rows: Rows, n: int) -> float:
    """Thousand men who appeared or vanished in a week, at the worst.

    Those in the pool, waiting, on the rails, with the armies, afloat, in garrisons and fortress, in hospital, sent
    home, lost, captured and gone over, less those who came back from hospital and whom the capital has set aside, stay
    the same.
    """
    operations, worst = rows("operation.men")[1:n], 0.0
    garrisons, mine = rows("operation.defenders")[1:n], np.arange(operations.shape[1]) < SOVIET_OPERATIONS
    for side, lands in ((SOVIET, mine), (JAPANESE, ~mine)):
        men = sum(rows(f"side.{name}")[1:n, side] for name in ON_THE_ROLLS) - rows("side.promised")[1:n, side]
        men = men - rows("side.returned")[1:n, side]
        men = men + (rows.one("land.fortress_men")[1:n] if side == SOVIET else 0.0)
        men = men + sum(by_side(rows(f"army.{name}")[1:n], rows.sheet)[:, side] for name in WITH_THE_ARMIES)
        men = men + operations[:, lands].sum(axis=1) + garrisons[:, ~lands].sum(axis=1)
        worst = max(worst, float(np.abs(np.diff(men)).max(initial=0.0)))
    return worst


def arms_out_of_balance(rows: Rows, n: int) -> float:
    """Aircraft that appeared or vanished, or submarines that came back from the bottom, at the worst of a week."""
    made = rows("air.gathered")[1:n] + rows("air.came")[1:n] - rows("air.lost")[1:n]
    worst = float(np.abs(rows("side.aircraft")[1:n] - made).max(initial=0.0))
    boats, lost = rows.one("ussr.submarines_pacific")[1:n], np.diff(rows.one("sea.submarines_lost")[1:n])
    return max(worst, float((-lost).max(initial=0.0)), float((-boats).max(initial=0.0)))


def fastest(rows: Rows, n: int) -> tuple[float, float]:
    """Km that a line went in its fastest week, moved by an army with armour, and by one on foot."""
    moved = rows("front.moved")[1:n, : rows.sheet.fronts]
    tanks = rows("army.tanks")[: n - 1, : 2 * rows.sheet.fronts]
    whose = np.where(moved > 0.0, tanks[:, SOVIET::2], tanks[:, JAPANESE::2])
    now = rows("army.tanks")[1:n, : 2 * rows.sheet.fronts]  # in the week of the muster the eve has none
    whose = np.maximum(whose, np.where(moved > 0.0, now[:, SOVIET::2], now[:, JAPANESE::2]))
    went, armour = np.abs(moved), whose >= ARMOUR
    return float((went * armour).max(initial=0.0)), float((went * ~armour).max(initial=0.0))


def jumped(rows: Rows, n: int) -> float:
    """Km that a line went without marching, in weeks in which no landing was won."""
    fronts = rows.sheet.fronts
    km, state = rows("front.km")[1:n, :fronts], rows("operation.state")[1:n]
    went = np.abs(np.diff(km, axis=0)) - np.abs(rows("front.moved")[2:n, :fronts])
    landed = (np.diff(state, axis=0) != 0.0).any(axis=1)
    return float((went * ~landed[:, None]).max(initial=0.0))


def joined(paths: Sequence[Floats], fill: float = np.nan) -> Floats:
    """Paths of different length side by side, filled up at their ends."""
    longest = max(len(path) for path in paths)
    found = np.full((len(paths), longest, *paths[0].shape[1:]), fill, dtype=np.float32)
    for row, path in enumerate(paths):
        found[row, : len(path)] = path
    return found
