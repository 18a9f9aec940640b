"""What forces drawn east do to Moscow's bargain in Europe: little, of one sign, and nothing at their usual strength."""

from types import SimpleNamespace

import pytest

from allohistory.scenarios.soviet_japanese_war.rules import europe

PARAMETERS = SimpleNamespace(
    pact_per_year=4.5,
    pact_delay=40.0,
    pact_when_west_fights=0.35,
    pact_per_division_east=0.02,
    usual_divisions_east=26.0,
    ahead_of_time=0.03,
)


def test_pact__is_as_likely_as_ever_at_the_usual_strength_in_the_east():
    usual = europe.german_soviet_pact(50.0, 0.0, 26.0, PARAMETERS)
    assert usual == pytest.approx(4.5 * 7 / 365.2425, rel=1e-9)


def test_pact__ten_divisions_more_in_the_east_make_it_a_fifth_likelier():
    few, usual, many = (europe.german_soviet_pact(50.0, 0.0, n, PARAMETERS) for n in (16.0, 26.0, 36.0))
    assert few < usual < many
    assert many / usual == pytest.approx(1.22, abs=0.005)


def test_feeling__follows_what_stands_in_the_east_at_a_distance():
    felt, weeks = 24.0, 0
    while felt < 24.0 + 5.0 * 0.63:  # most of it: what an exponential has done after its own length
        felt, weeks = europe.feels_east(felt, 29.0, SimpleNamespace(weeks_to_feel=13.0)), weeks + 1
    assert 9 <= weeks <= 17  # two to four months


STRIKE = SimpleNamespace(
    strike_delay=6.0,
    strike_per_year=0.25,
    strike_against_pact=0.18,
    strike_after_france=0.3,
    strike_while_massing=4.0,
    strike_per_loss=2.5,
    strike_hands_full=0.12,
    strike_caution=1.5,
    ahead_of_time=0.008,
)


def chance(weeks, *, france=0.0, pact=1.0, massing=0.0, loss=0.2, hands=0.0, caution=0.0, after=20.0):
    """Chance of a Soviet attack on Germany in so many weeks of unchanged circumstances."""
    hazard = europe.moscow_strikes(after, france, pact, massing, loss, hands, caution, STRIKE)
    return 1.0 - (1.0 - hazard) ** weeks


def test_soviet_strike__is_one_or_two_in_a_hundred_in_the_phony_war():
    """September 1939 to May 1940 is 36 weeks, of which six are too early and fifteen are Finland's."""
    assert 0.005 < chance(15) + chance(15, hands=1.0) < 0.04


def test_soviet_strike__is_as_rare_again_in_the_year_after_and_most_of_it_as_the_germans_mass():
    quiet, massing = chance(36, france=1.0), chance(16, france=1.0, massing=1.0)
    assert 0.005 < quiet + massing < 0.04
    assert massing > quiet


def test_soviet_strike__without_a_pact_and_a_purge_is_a_real_choice():
    assert 0.1 < chance(36, pact=0.0, loss=0.0) < 0.3


@pytest.mark.parametrize(
    "worse", [{"loss": 0.4}, {"hands": 1.0}, {"caution": 1.0}, {"france": 1.0}, {"after": 2.0}]
)
def test_soviet_strike__is_rarer(worse):
    assert chance(10, **worse) < chance(10)


TWO_FRONTS = SimpleNamespace(
    france_per_year=1.7, france_delay=32.0, france_if_war_in_1938=0.3, france_with_two_fronts=0.15,
    germany_per_year=4.0, germany_delay=104.0, germany_without_the_east=0.006, germany_between_fronts=0.05,
    germany_without_america=0.35, germany_per_supply=0.12, usual_supply=4.0, ahead_of_time=0.008,
)  # fmt: skip


def test_two_fronts__spare_france_and_wear_germany_down():
    assert europe.france_falls(40.0, 0.0, 1.0, TWO_FRONTS) < 0.2 * europe.france_falls(
        40.0, 0.0, 0.0, TWO_FRONTS
    )
    alone = europe.germany_defeated(120.0, 0.0, 0.0, 0.0, 0.0, TWO_FRONTS)
    assert europe.germany_defeated(120.0, 0.0, 1.0, 0.0, 0.0, TWO_FRONTS) > 5.0 * alone
