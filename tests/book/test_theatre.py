"""The theatre of a war on land: what the book's files hold, and what its reader refuses."""

from __future__ import annotations

import shutil
from dataclasses import replace
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allohistory.book.open import read_book
from allohistory.book.theatre import Theatre, between, check_theatre, open_theatre
from allohistory.book.theatre_keys import Falls
from allohistory.errors import AllohistoryError

SCENARIO = Path(__file__).parents[2] / "src" / "allohistory" / "scenarios" / "soviet_japanese_war"
TRUNK = (
    "rail.karymskaya--skovorodino",
    "rail.skovorodino--belogorsk",
    "rail.belogorsk--birobidzhan",
    "rail.birobidzhan--khabarovsk",
    "rail.khabarovsk--iman",
    "rail.iman--spassk",
    "rail.spassk--voroshilov",
)
"""The Amur and Ussuri railways, of which log.tsr.YEAR.pairs speak."""


@pytest.fixture(scope="module")
def theatre() -> Theatre:
    return open_theatre(SCENARIO)


@pytest.fixture
def spoiled(tmp_path):
    """Spoil one line of one file of the theatre, and return the error of opening it."""

    def spoil(name: str, old: str, new: str) -> AllohistoryError:
        folder = tmp_path / "book" / "theatre"
        shutil.copytree(SCENARIO / "book" / "theatre", folder, dirs_exist_ok=True)
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(AllohistoryError) as caught:
            open_theatre(tmp_path)
        return caught.value

    return spoil


def test_size__45_places_and_80_links_and_eleven_axes(theatre):
    assert len(theatre.places) >= 45
    assert len(theatre.links) >= 80
    assert len(theatre.axes) == 11


def test_sources__every_row_has_one_and_a_grade(theatre):
    for table in (theatre.places, theatre.links, theatre.axes, theatre.works, theatre.railheads):
        for row in table.values():
            assert len(row.source) > 10, row.id
            assert row.grade in ("A", "B", "C"), row.id


def test_facts__all_that_are_named_are_in_the_book(theatre):
    facts = read_book(SCENARIO)[0].facts
    for table in (theatre.links, theatre.works, theatre.railheads):
        for row in table.values():
            assert not set(row.facts) - set(facts), row.id


@pytest.mark.parametrize("year", [1931, 1936, 1938, 1941, 1944])
def test_trunk__carries_what_the_facts_say(theatre, year):
    fact = read_book(SCENARIO)[0].facts[f"log.tsr.{year}.pairs"]
    for link in TRUNK:
        assert fact.low <= theatre.links[link].trains(year) <= fact.high, link


def test_trains__none_before_the_line_was_open(theatre):
    for link in theatre.links.values():
        if link.mode == "rail" and int(link.opened[:4]) > 1931:
            assert link.trains(int(link.opened[:4]) - 1) == 0.0, link.id
            assert link.trains(1946) > 0.0, link.id


def test_trains__the_line_into_mongolia_runs_from_1940(theatre):
    link = theatre.links["rail.solovyevsk--choibalsan"]
    assert [link.trains(year) > 0 for year in (1938, 1939, 1940)] == [False, False, True]


def test_lengths__the_mongolian_line_is_324_km_and_the_haul_to_the_halha_some_700(theatre):
    parts = ("rail.borzya--solovyevsk", "rail.solovyevsk--choibalsan")
    assert sum(theatre.links[part].km for part in parts) == 324
    axis = theatre.axes["halha"]
    assert 650 <= -axis.km[axis.places.index("borzya")] <= 750


def test_lengths__no_link_is_shorter_than_the_straight_line(theatre):
    for link in theatre.links.values():
        if link.a != link.b:
            straight = great_circle(theatre.places[link.a], theatre.places[link.b])
            assert link.km >= 0.9 * straight - 6, (link.id, straight)
            assert link.km <= 2.6 * straight + 35, (link.id, straight)


def great_circle(a, b):
    north, south = radians(a.lat), radians(b.lat)
    part = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * 6371 * asin(sqrt(part))


def test_axes__one_for_each_front_with_own_places_on_either_side(theatre):
    fronts = read_book(SCENARIO)[0].entities_of("front")
    assert set(fronts) == set(theatre.axes)
    for axis in theatre.axes.values():
        assert axis.km[0] < 0 < axis.km[-1]
        for place, km in zip(axis.places, axis.km, strict=True):
            assert (theatre.places[place].holder == "soviet") == (km < 0), (axis.id, place)


def test_works__weaker_on_the_japanese_side_in_1945_than_in_1942(theatre):
    border = [zone for zone in theatre.works.values() if zone.side == "japanese" and zone.near < 11]
    fallen = [zone for zone in border if between(zone.strength, 1945) < between(zone.strength, 1942)]
    assert {zone.front for zone in fallen} >= {
        "manchouli",
        "middle-amur",
        "sungari",
        "ussuri",
        "maritime",
    }
    assert all(0 <= value <= 1 for zone in theatre.works.values() for value in zone.strength.values())


def test_works__the_soviet_ones_begin_in_1932(theatre):
    for zone in theatre.works.values():
        if zone.side == "soviet" and zone.front in ("middle-amur", "ussuri", "maritime", "posyet-gap"):
            if not zone.place:
                assert between(zone.strength, 1931) == 0.0 < between(zone.strength, 1935), zone.id


@given(st.dictionaries(st.integers(1900, 1946), st.floats(0, 100), min_size=1), st.integers(1890, 1950))
def test_between__never_leaves_the_figures_and_meets_them(figures, year):
    value = between(figures, year)
    assert min(figures.values()) - 1e-9 <= value <= max(figures.values()) + 1e-9
    assert all(abs(between(figures, dated) - figure) < 1e-9 for dated, figure in figures.items())


def test_mistakes__an_unknown_key_names_the_nearest(spoiled):
    error = spoiled("places.toml", "population = ", "populaton = ")
    assert error.closest == "population"
    assert "theatre/places.toml, line" in error.where


def test_mistakes__an_unknown_place_names_the_nearest(spoiled):
    error = spoiled("links.toml", 'to = "irkutsk"', 'to = "irkustk"')
    assert error.closest == "irkutsk"
    assert "rail.novosibirsk--irkutsk" in error.where


def test_mistakes__an_axis_follows_links(spoiled):
    error = spoiled("axes.toml", "-370, -120, -2, 8", "-370, -119, -2, 8")
    assert "no link between them is as long" in error.problem


def test_mistakes__an_axis_ascends(spoiled):
    error = spoiled("axes.toml", "-2, 8, 194", "-2, 194, 8")
    assert "ascend" in error.problem


def test_mistakes__a_figure_too_few(spoiled):
    error = spoiled("axes.toml", "ground = [2, 2, ", "ground = [2, ")
    assert error.problem == "ground wants 10 figures"


def test_mistakes__a_railway_has_its_trains(spoiled):
    error = spoiled("links.toml", "pairs = {1931", "tracks_later = {1931")
    assert error.closest == "tracks"
    error = spoiled("links.toml", "net_tons = 650\n", "")
    assert "a railway has opened, gauge, pairs and net_tons" in error.problem


def test_mistakes__a_date_is_a_date(spoiled):
    error = spoiled("links.toml", 'opened = "1939-08"', 'opened = "1939-13"')
    assert "a month from 01 to 12" in error.problem


def test_mistakes__an_id_is_taken_once(spoiled):
    error = spoiled("places.toml", 'id = "irkutsk"', 'id = "novosibirsk"')
    assert "taken already" in error.problem


def test_mistakes__a_core_place_is_reached(theatre):
    links = {name: link for name, link in theatre.links.items() if "rumoi" not in (link.a, link.b)}
    with pytest.raises(AllohistoryError, match="no way leads to rumoi"):
        check_theatre(replace(theatre, links=links))


def test_mistakes__a_place_on_an_axis_falls_with_its_line(theatre):
    harbin = replace(theatre.places["harbin"], falls=Falls("halha", 500.0))
    with pytest.raises(AllohistoryError, match="harbin stands on an axis"):
        check_theatre(replace(theatre, places={**theatre.places, "harbin": harbin}))


def test_mistakes__a_link_keeps_its_mode(spoiled):
    error = spoiled("links.toml", 'mode = "rail"', 'mode = "road"')
    assert "begins with its mode" in error.problem
