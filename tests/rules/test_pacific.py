"""Ships and bombs, week by week at the middle of every prior, against what was counted at the time."""

import inspect
from pathlib import Path
from types import SimpleNamespace

import pytest

from allohistory.book.open import open_book
from allohistory.book.priors import draw
from allohistory.luck.arithmetic import exp, normal_quantile
from allohistory.scenarios.soviet_japanese_war.rules.atomic import atomic_output, soviet_stock
from allohistory.scenarios.soviet_japanese_war.rules.pacific import pacific_shipyards
from allohistory.timeline.model import import_rules

FOLDER = Path(inspect.getfile(import_rules)).parent.parent / "scenarios" / "soviet_japanese_war"
WEEKS_A_YEAR = 52.18


@pytest.fixture(scope="module")
def book():
    return open_book(FOLDER)


@pytest.fixture(scope="module")
def middles(book):
    found: dict[str, SimpleNamespace] = {}
    for parameter in book.parameters.values():
        middle = draw(parameter, 0.5, normal_quantile, exp)
        setattr(found.setdefault(parameter.rule, SimpleNamespace()), parameter.name, middle)
    return found


def plain(rule):
    """The rule as it was written, uncompiled."""
    return inspect.unwrap(rule.plain)


def test_shipping__follows_the_counts_when_sinkings_are_those_of_the_record(book, middles):
    # Counts: 5.25 million tons without tankers at the end of 1942 (0.7 of tankers beside), 4.17 (0.9) of 1943, 2.56 of
    # 1944, 1.34 in August 1945. Half a million either way: prizes, small ships and ships raised are counted otherwise.
    sunk = {entry.date: entry.took for entry in book.entries.values() if entry.rule == "pacific.sinkings"}
    halves = [float(sunk[day]) for day in sorted(sunk)]
    assert len(halves) == 8
    shipping, after = 6.32, {}
    for week in range(4, 193):
        half = min(int((week - 4) / (WEEKS_A_YEAR / 2)), 7)
        gained = plain(pacific_shipyards)(shipping, float(week), middles["pacific.shipyards"])
        shipping += gained / WEEKS_A_YEAR - halves[half] / (WEEKS_A_YEAR / 2)
        after[week] = shipping
    assert after[56] == pytest.approx(5.25 + 0.7, abs=0.5)
    assert after[108] == pytest.approx(4.17 + 0.9, abs=0.5)
    assert after[160] == pytest.approx(2.56, abs=0.5)
    assert after[192] == pytest.approx(1.34, abs=0.5)


def test_american_bombs__two_at_once_a_third_ten_days_later_then_a_trickle_and_a_flood(middles):
    weeks = middles["atomic.output"]
    made = {0: 0.0}
    for week in range(1, 260):
        made[week] = made[week - 1] + plain(atomic_output)(float(week), float(week <= 4), weeks)
    assert int(made[2]) == 2  # Hiroshima and Nagasaki: the fourth week after the test begins on 6 August
    assert int(made[5]) in (3, 4)
    assert made[50] - 2 == pytest.approx(9, abs=3)  # mid-1946: 9, two having been used
    assert made[102] - 2 == pytest.approx(13, abs=5)  # mid-1947
    assert 30 < made[154] - 2 < 80  # mid-1948: 56
    assert 110 < made[206] - 2 < 220  # mid-1949: 169
    assert 230 < made[258] - 2 < 380  # mid-1950: 299


def test_american_bombs__a_war_that_goes_on_has_more_of_them(middles):
    weeks = middles["atomic.output"]
    war = sum(plain(atomic_output)(float(week), 1.0, weeks) for week in range(1, 25))
    peace = sum(plain(atomic_output)(float(week), 0.0, weeks) for week in range(1, 25))
    assert war > 3 * peace
    assert 14 < war < 24  # two, three a month from August to November, six a month in December


def test_soviet_bombs__one_at_the_end_of_1949_and_five_at_the_end_of_1950(middles):
    stock = plain(soviet_stock)
    assert stock(-1.0, middles["atomic.soviet-stock"]) == 0.0
    assert int(stock(18.0, middles["atomic.soviet-stock"])) == 1
    assert int(stock(70.0, middles["atomic.soviet-stock"])) == 5
