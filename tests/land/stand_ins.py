"""Stand-ins for a world and its parameters, with which the steps of the war on land run in plain Python."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

import allohistory

SCENARIO = Path(allohistory.__file__).parent / "scenarios" / "soviet_japanese_war"
FIRST_MONDAY = date(1931, 1, 5)
SIDES, FRONTS, ARMIES, SECTORS = 2, 11, 22, 5
OF_SIDES = """
pool sending sent promised reservists invalided sick trucks aircraft main reach
trunk_room troop_tons losses captured
"""
OF_ARMIES = """
men guns tanks worth works stock days supplied railhead cut_off worn order losses captured
coming_1 coming_2 coming_3
"""


def parameters(*books: str) -> SimpleNamespace:
    """The parameters of these books, each at the middle of its prior, by rule."""
    found = SimpleNamespace()
    for book in books:
        text = (SCENARIO / "book" / "parameters" / f"{book}.toml").read_text(encoding="utf-8")
        for row in tomllib.loads(text)["parameter"]:
            rule, _, name = row["id"].rpartition(".")
            field = rule.replace(".", "_").replace("-", "_")
            record = vars(found).setdefault(field, SimpleNamespace())
            prior = row["prior"]
            setattr(record, name, float(prior["median"] if "median" in prior else prior["mean"]))
    return found


def calendar(year: int, month: int, day: int) -> SimpleNamespace:
    """The context of the week that holds a day."""
    week = (date(year, month, day) - FIRST_MONDAY).days // 7
    return SimpleNamespace(week=np.int64(week), year=np.int64(year), month=np.int64(month))


def next_week(c: SimpleNamespace) -> None:
    """A week later."""
    c.week += 1
    day = date.fromordinal(FIRST_MONDAY.toordinal() + 7 * int(c.week))
    c.year, c.month = np.int64(day.year), np.int64(day.month)


def row(count: int, value: float = 0.0) -> np.ndarray:
    return np.full(count, value)


def world(**moved: Any) -> SimpleNamespace:
    """A world at peace in the middle of the 1930s; `moved` gives other values, as ussr__divisions_east=27."""
    w = SimpleNamespace(
        land=SimpleNamespace(mustered=0.0, called_up=0.0, whole=0.0, vladivostok_days=0.0),
        side=SimpleNamespace(**{name: row(SIDES) for name in OF_SIDES.split()}),
        army=SimpleNamespace(**{name: row(ARMIES) for name in OF_ARMIES.split()}),
        front=SimpleNamespace(open=row(FRONTS), attacker=row(FRONTS), km=row(FRONTS)),
        border=SimpleNamespace(open=row(SECTORS), top_rung=row(SECTORS), last_closed_week=row(SECTORS, -1.0)),
        war=SimpleNamespace(rung=0.0, road=0.0, began_week=-1.0),
        ussr=SimpleNamespace(
            divisions_east=14.0,
            tanks_east=2000.0,
            aircraft_east=1400.0,
            division_worth=0.95,
            trains_a_day=20.0,
        ),
        japan=SimpleNamespace(
            divisions_north=5.0, divisions_china=0.0, tanks_north=130.0, aircraft_north=140.0
        ),
        europe=SimpleNamespace(eastern_front=0.0, germany_beaten=0.0),
        mongolia=SimpleNamespace(army_lost=0.0),
    )
    vars(w.ussr).update(shell_days=50.0, fuel_days=40.0, food_months=5.5, tied_in_europe=0.1)
    vars(w.ussr).update(german_war_week=-1.0, corps_in_mongolia=0.0)
    vars(w.japan).update(shells_north=29.0, prepared_north_week=-1.0, northern_order_week=-1.0)
    vars(w.japan).update(southern_order_week=-1.0, fighting_america=0.0, rail_lead=0.0, surrendered=0.0)
    w.army.worth[:] = 1.0
    w.army.supplied[:] = 1.0
    for name, value in moved.items():
        subject, _, field = name.partition("__")
        setattr(getattr(w, subject), field, value)
    return w


def to_war(c: SimpleNamespace, w: SimpleNamespace, rung: float, road: float = 1.0) -> None:
    """War begins this week."""
    w.war.rung, w.war.road, w.war.began_week = rung, road, float(c.week)


def men_of(w: SimpleNamespace, side: int) -> float:
    """Every man of a side that is anywhere: set aside, waiting, on the rails, on a front, in hospital, sent home."""
    s, a = w.side, w.army
    armies = sum(
        float(a.men[i] + a.coming_1[i] + a.coming_2[i] + a.coming_3[i]) for i in range(side, ARMIES, 2)
    )
    waiting = s.pool[side] + s.sending[side] + s.reservists[side]
    return float(armies + waiting + s.sick[side] + s.invalided[side])
