"""What a lost war does to the regime in Tokyo: the chain of rules, reckoned month by month with no luck at all."""

from types import SimpleNamespace

import numpy as np
import pytest

from allohistory.book.priors import draw
from allohistory.luck.arithmetic import exp, normal_quantile
from allohistory.scenarios.soviet_japanese_war.names import SIDE__JAPANESE, SIDE__SOVIET
from allohistory.scenarios.soviet_japanese_war.rules import upheaval as rules
from allohistory.scenarios.soviet_japanese_war.steps.home_front import hunger, reckon, weeks_since_lost_war
from war import stand_in

MONTH = 365.2425 / 7.0 / 12.0
WEEKS_ASKED, GENERAL_WAR = 4.348, 7.0
DRAWS, SEED = 60, 3
FRESH = 0.6


@pytest.fixture(scope="module")
def book():
    return stand_in.book()


def drawn(book, luck):
    """A record of parameters from the priors."""
    found = stand_in.parameters(book)
    for parameter in book.parameters.values():
        group = getattr(found, parameter.rule.replace(".", "_").replace("-", "_"))
        value = draw(parameter, luck.uniform(), normal_quantile, exp)
        setattr(group, parameter.name, value)
    return found


def capital_lost(book, p, *, months, lost, with_america=False):
    """Chance of a crisis, and of one in which the government loses Tokyo, within two years of a war lost to Moscow."""
    w = stand_in.world(book)
    w.japan.imperial_way, w.japan.control, w.pacific.shipping = 0.03, 0.9, 5.6
    w.ussr.purge, start = 2.0, 440.0
    w.war.general_week, w.war.began_week, w.war.rung = start, start, GENERAL_WAR
    if with_america:
        w.japan.fighting_america, w.america.war_week, w.pacific.shipping = 1.0, start, 1.2
    quiet = quiet_crisis = 1.0
    for month in range(months + 24):
        c = SimpleNamespace(week=np.float64(round(start + month * MONTH)))
        over = month >= months
        if not over:
            w.side.losses[SIDE__JAPANESE] = lost * (month + 1) / months
            w.side.reach[SIDE__SOVIET] = 300.0
        elif w.war.rung == GENERAL_WAR:
            w.war.rung, w.war.truce_week = 0.0, c.week
            w.side.war_lost_week[SIDE__JAPANESE] = c.week
        reckon(c, w, p, 1.0)
        if not over:
            continue
        hazard = rules.crisis(w.japan.crisis, p.tokyo_crisis) * WEEKS_ASKED
        quiet_crisis *= np.exp(-hazard)
        quiet *= 1.0 - (1.0 - np.exp(-hazard)) * tokyo_lost(c, w, p)
    return 1.0 - quiet_crisis, 1.0 - quiet


def tokyo_lost(c, w, p):
    """Chance that a crisis now ends in collapse or revolution."""
    beaten = rules.beaten(weeks_since_lost_war(c, w), w.japan.war_months, p.home_beaten)
    cadres, control, bad_peace = w.japan.cadres, w.japan.control, float(beaten > FRESH)
    utilities = rules.rising(
        bad_peace, hunger(w), w.japan.discipline, beaten, 1.0, 0.0, cadres, control, p.tokyo_rising
    )
    chance = 0.0
    for road, share in enumerate(shares(utilities)):
        ends = rules.crisis_ends(float(road), 0.0, 0.0, cadres, 0.0, p.tokyo_crisis_ends)
        chance += share * shares(ends)[3:].sum()
    return chance


def shares(utilities):
    """Chances of the options."""
    weights = np.exp(np.array(utilities) - max(utilities))
    return weights / weights.sum()


@pytest.mark.parametrize(
    ("war", "low", "high"),
    [
        ({"months": 9, "lost": 150.0}, 0.001, 0.015),
        ({"months": 36, "lost": 900.0, "with_america": True}, 0.01, 0.10),
    ],
    ids=["short", "long"],
)
def test_a_rising_takes_the_capital_as_seldom_as_historians_think(book, war, low, high):
    """Mean over 60 draws of the priors; its error is a tenth of itself: a false alarm in less than one of 10,000."""
    luck = np.random.default_rng(SEED)
    chances = [capital_lost(book, drawn(book, luck), **war)[1] for _ in range(DRAWS)]
    assert low <= np.mean(chances) <= high


def test_a_longer_war_a_hungrier_town_and_a_softer_police_never_make_it_less_likely(book):
    p = stand_in.parameters(book)
    short = capital_lost(book, p, months=9, lost=150.0)
    long = capital_lost(book, p, months=36, lost=900.0)
    p.home_food.in_peace -= 400.0
    hungry = capital_lost(book, p, months=36, lost=900.0)
    p.home_control.in_peace -= 0.3
    loose = capital_lost(book, p, months=36, lost=900.0)
    assert short[0] < long[0] < hungry[0] < loose[0]
    assert short[1] < long[1] < hungry[1] < loose[1]
