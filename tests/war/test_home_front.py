"""The home front of our own history, month by month, with the figures of the record for what other steps write."""

from types import SimpleNamespace

import numpy as np
import pytest

from allohistory.scenarios.soviet_japanese_war.names import SIDE__JAPANESE
from allohistory.scenarios.soviet_japanese_war.steps.home_front import pressed, reckon
from war import stand_in

WEEKS_A_MONTH = 365.2425 / 7.0 / 12.0
CHINA, AMERICA, SURRENDER, OCCUPIED = 339, 570, 762, 765  # weeks of 5 July 1937, 7 December 1941, August 1945
BAD_HARVESTS = (39, 195, 247, 456, 560, 769)  # October of 1931, 1934, 1935, 1939, 1941, 1945
SHIPPING = (
    (0, 4.3),
    (339, 4.8),
    (456, 5.6),
    (570, 6.3),
    (624, 5.8),
    (676, 4.9),
    (728, 2.9),
    (762, 1.5),
    (1043, 1.8),
)
DIVISIONS = ((0, 0.0), (339, 10.0), (380, 24.0), (762, 26.0), (763, 0.0))


@pytest.fixture(scope="module")
def history():
    """State of the home front on the first of each year, 1932 to 1950, under the middle of each prior."""
    book = stand_in.book()
    p, w = stand_in.parameters(book), stand_in.world(book)
    kept = {}
    for month in range(19 * 12):
        week = month * WEEKS_A_MONTH
        c = SimpleNamespace(week=np.float64(round(week)))
        facts_of(w, round(week))
        reckon(c, w, p, 1.0)
        year = 1931 + (month + 1) / 12.0
        kept[year] = SimpleNamespace(
            **{name: float(getattr(w.japan, name)) for name in NAMES},
            known=float(w.side.known_dead[SIDE__JAPANESE] / p.common.people),
            dead=float(w.side.dead_abroad[SIDE__JAPANESE]),
            pressed=bool(pressed(c, w)),
        )
    return kept


NAMES = (
    "calories",
    "prices",
    "strikes",
    "discipline",
    "control",
    "communists",
    "jailed",
    "exiles",
    "cadres",
    "crisis",
)


def facts_of(w, week):
    """What other steps of the week would have written by then, from the record."""
    w.pacific.shipping = np.interp(week, *zip(*SHIPPING, strict=True))
    w.japan.divisions_china = np.interp(week, *zip(*DIVISIONS, strict=True))
    w.japan.bad_harvest_week = float(max((one for one in BAD_HARVESTS if one <= week), default=-1))
    w.japan.imperial_way = 0.6 if week < 270 else 0.03
    w.ussr.purge = 2.0 if week > 390 else 0.0
    w.pacific.bombing = min(max((week - 725) / 30.0, 0.0), 1.0) if week < SURRENDER else 0.0
    if week >= CHINA:
        w.china.at_war, w.china.war_week = float(week < SURRENDER), float(CHINA)
    if week >= AMERICA:
        w.japan.fighting_america, w.america.war_week = 1.0, float(AMERICA)
    if week >= SURRENDER:
        w.japan.surrendered, w.japan.surrender_week = 1.0, float(SURRENDER)
        w.side.war_lost_week[SIDE__JAPANESE] = float(SURRENDER)
    w.america.occupies = float(week >= OCCUPIED)


@pytest.mark.parametrize(
    ("year", "name", "low", "high"),
    [
        (1932.0, "calories", 2070, 2290),
        (1936.5, "calories", 2147, 2373),
        (1939.5, "calories", 2071, 2289),
        (1941.5, "calories", 1999, 2210),
        (1942.5, "calories", 1872, 2069),
        (1943.5, "calories", 1862, 2059),
        (1944.5, "calories", 1830, 2023),
        (1945.5, "calories", 1680, 1882),
        (1932.0, "strikes", 100, 200),
        (1936.5, "strikes", 70, 140),
        (1941.5, "strikes", 8, 60),
        (1945.5, "strikes", 0, 15),
        (1932.0, "communists", 0.3, 1.2),
        (1936.5, "communists", 0.03, 0.2),
        (1941.5, "communists", 0.03, 0.1),
        (1945.5, "communists", 0.03, 0.2),
        (1948.0, "communists", 40, 125),
        (1950.0, "communists", 70, 150),
        (1941.5, "jailed", 0.2, 0.5),
        (1945.5, "exiles", 0.5, 1.3),
        (1939.5, "known", 0.6, 2.0),
        (1941.5, "known", 1.7, 3.2),
        (1945.5, "known", 4.5, 9.0),
        (1941.92, "dead", 150, 250),
        (1945.5, "dead", 1500, 2460),
        (1936.5, "prices", 0.95, 1.2),
        (1941.5, "prices", 1.4, 2.0),
        (1945.5, "prices", 2.2, 4.5),
        (1946.5, "prices", 6, 25),
        (1948.0, "prices", 40, 150),
        (1949.5, "prices", 100, 350),
    ],
)
def test_our_history_is_tracked(history, year, name, low, high):
    when = min(history, key=lambda one: abs(one - year))
    assert low <= getattr(history[when], name) <= high


def test_no_crisis_is_near_in_our_history(history):
    worst = max(one.crisis for one in history.values())
    assert worst < np.log(0.01 / 0.99)
    assert not any(one.pressed for year, one in history.items() if year < 1937.5)
