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
