"""The arrays that tools/theatre.py writes: fresh, whole, and their ways the widest there are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import theatre as tool
import ways_of_supply
from allohistory.book.theatre import Link, open_theatre
from allohistory.scenarios.soviet_japanese_war import theatre as arrays
from written import stale

SCENARIO = Path(arrays.__file__).parent.parent
SOVIET, JAPANESE = 0, 1


@pytest.fixture(scope="module")
def book():
    return open_theatre(SCENARIO)


def ways():
    """Every way: side, epoch, front, alternative and its links."""
    for where in np.ndindex(*arrays.PATH_LENGTH.shape):
        yield where, arrays.PATHS[where][: arrays.PATH_LENGTH[where]]


def test_package__is_fresh():
    assert stale(SCENARIO, tool.theatre_texts(SCENARIO)) == []


def test_axes__ascend_and_name_places():
    for f in range(arrays.FRONTS):
        count = arrays.AXIS_COUNT[f]
        assert (np.diff(arrays.AXIS_KM[f, :count]) > 0).all()
        assert (arrays.AXIS_PLACE[f, :count] >= 0).all()
        assert (arrays.AXIS_PLACE[f, count:] == -1).all()
        assert arrays.AXIS_PLACE[f].max() < arrays.PLACES


def test_figures__lie_in_their_ranges():
    assert arrays.AXIS_GROUND.min() >= 0 and arrays.AXIS_GROUND.max() <= 2
    assert arrays.AXIS_COVER.min() >= 0 and arrays.AXIS_COVER.max() <= 2
    assert arrays.AXIS_GOING.min() >= 0 and arrays.AXIS_GOING.max() <= 1
    assert arrays.WORKS.min() >= 0 and arrays.WORKS.max() <= 1
    assert arrays.AXIS_WORKS.min() >= 0 and arrays.AXIS_WORKS.max() <= 1
    assert set(arrays.HOLDER_AT_FIRST) <= {0, 1, 2}
    assert set(arrays.LINK_PROGRAMME) <= {0, 1, 2}
    assert (arrays.LINK_TONS >= 0).all()


def test_shapes__fit_one_another():
    assert arrays.WORKS.shape == (2, arrays.FRONTS, arrays.EPOCHS)
    assert arrays.WORKS_DEPTH.shape == (2, arrays.FRONTS)
    assert arrays.RAILHEAD.shape == (2, arrays.EPOCHS, arrays.FRONTS)
    assert arrays.PATHS.shape[:4] == (2, arrays.EPOCHS, arrays.FRONTS, 2)
    assert arrays.LINK_A.shape == arrays.LINK_B.shape == (arrays.LINKS,)
    assert arrays.LINK_TONS.shape == (arrays.LINKS, len(arrays.EPOCH_OF_YEAR))
    assert len(arrays.FALLS_FRONT) == len(arrays.FALLS_KM) == len(arrays.HOLDER_AT_FIRST) == arrays.PLACES


def test_ways__each_front_of_each_side_has_one_in_each_epoch():
    assert (arrays.PATH_LENGTH[..., 0] > 0).all()


def test_ways__each_leads_from_a_source_by_open_links_through_own_places(book):
    links, names = list(book.links.values()), list(book.axes)
    for (side, epoch, front, alternative), way in ways():
        if len(way) == 0:
            continue
        axis = book.axes[names[front]]
        at = next(p for p in axis.sources(tool.SIDES[side]) if p in (links[way[0]].a, links[way[0]].b))
        for i in way:
            assert arrays.LINK_TONS[i, tool.EPOCHS[epoch] - tool.FIRST_YEAR] > 0, (axis.id, links[i].id)
            assert arrays.HOLDER_AT_FIRST[arrays.LINK_A[i]] == side, (axis.id, links[i].id)
            assert arrays.HOLDER_AT_FIRST[arrays.LINK_B[i]] == side, (axis.id, links[i].id)
            assert at in (links[i].a, links[i].b), (axis.id, alternative, links[i].id)
            at = links[i].b if at == links[i].a else links[i].a
        assert on_axis_or_named(book, axis, at), (axis.id, at)


def on_axis_or_named(book, axis, place):
    return place in axis.places or any(row.place == place for row in book.railheads.values())


def test_ways__the_second_avoids_a_link_of_the_first():
    for where, way in ways():
        if where[3] == 1 and len(way):
            first = arrays.PATHS[where[:3]][0][: arrays.PATH_LENGTH[where[:3]][0]]
            assert set(first) - set(way)


def test_railheads__lie_on_their_own_side_and_only_come_nearer():
    soviet, japanese = arrays.RAILHEAD[SOVIET], arrays.RAILHEAD[JAPANESE]
    assert (soviet < 0).all() and (japanese > 0).all()
    assert (np.diff(soviet, axis=0) >= 0).all()
    assert (np.diff(japanese, axis=0) <= 0).all()


def test_railheads__the_steppe_of_1939_lies_far_from_the_railway(book):
    halha = list(book.axes).index("halha")
    epochs = {year: arrays.EPOCH_OF_YEAR[year - 1931] for year in (1939, 1940, 1945)}
    far, near, nearer = (arrays.RAILHEAD[SOVIET, epochs[year], halha] for year in epochs)
    assert 650 <= -far <= 750
    assert 300 < -near < 400
    assert near < nearer


def test_trunks__are_the_lines_out_of_irkutsk_and_dairen(book):
    assert [list(book.links)[i] for i in arrays.TRUNK] == list(tool.TRUNKS)
    assert (arrays.PATHS[SOVIET, :, :9, 0, 0] == arrays.TRUNK[SOVIET]).all()


def test_falls__places_beside_the_axes_fall_where_the_axis_goes():
    for x in range(arrays.PLACES):
        f = arrays.FALLS_FRONT[x]
        if f >= 0:
            assert arrays.AXIS_KM[f, 0] <= arrays.FALLS_KM[x] <= arrays.AXIS_KM[f, arrays.AXIS_COUNT[f] - 1]
            assert x not in arrays.AXIS_PLACE
            assert (arrays.FALLS_KM[x] > 0) == (arrays.HOLDER_AT_FIRST[x] != SOVIET)


def test_links__tons_are_trains_times_load(book):
    for i, link in enumerate(book.links.values()):
        if link.mode == "rail":
            assert arrays.LINK_TONS[i, 1941 - 1931] == pytest.approx(
                link.trains(1941) * link.net_tons, abs=0.6
            )


def made_up(width: float, a: str, b: str, km: float) -> Link:
    return Link(
        id=f"rail.{a}--{b}",
        a=a,
        b=b,
        mode="rail",
        km=km,
        opened="1900",
        gauge=1524,
        pairs={1900: width},
        net_tons=1.0,
        source="made up",
        grade="C",
    )


LETTERS = st.sampled_from("abcdef")
NETWORK = st.lists(
    st.tuples(st.integers(1, 9), LETTERS, LETTERS, st.integers(1, 9)).filter(lambda row: row[1] != row[2]),
    min_size=1,
    max_size=9,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(NETWORK)
def test_widest__no_other_way_is_wider(network):
    links = [made_up(*row) for row in network]
    way = ways_of_supply.widest(links, list(range(len(links))), ["a"], "f", 1931)
    best = widest_of_all(links, "a", "f", frozenset())
    if way is None:
        assert best == 0
    else:
        assert min(links[i].trains(1931) for i in way.links) == best


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(NETWORK)
def test_two_ways__the_second_is_there_where_some_link_can_be_gone_round(network):
    links = [made_up(*row) for row in network]
    found = ways_of_supply.two_ways(links, list(range(len(links))), ["a"], "f", 1931)
    if len(found) == 2:
        assert set(found[0].links) - set(found[1].links)
    elif found:
        for narrow in found[0].links:
            rest = [link for i, link in enumerate(links) if i != narrow]
            assert widest_of_all(rest, "a", "f", frozenset()) == 0


def widest_of_all(links, at, target, been):
    """The width of the widest way by trying all of them."""
    if at == target:
        return float("inf")
    widths = [0.0]
    for link in links:
        for a, b in ((link.a, link.b), (link.b, link.a)):
            if a == at and b not in been | {at}:
                widths.append(min(link.trains(1931), widest_of_all(links, b, target, been | {at})))
    return max(widths)


def test_page__its_tables_are_those_of_the_arrays(book):
    text = (SCENARIO.parents[3] / "docs" / "theatre.md").read_text(encoding="utf-8")
    rows = {
        cells[1].strip(" `"): cells[2:-1]
        for cells in (line.split("|") for line in text.splitlines())
        if cells[1:]
    }
    epochs = [tool.EPOCHS.index(year) for year in (1931, 1937, 1940, 1945)]
    for f, front in enumerate(book.axes):
        heads = [arrays.RAILHEAD[side, epoch, f] for side in (SOVIET, JAPANESE) for epoch in epochs]
        assert [float(cell) for cell in rows[front][1:]] == heads, front
    shown = [link for link in book.links if link in rows]
    assert len(shown) > 9
    for name in shown:
        trains = [round(book.links[name].trains(year)) for year in (1931, 1936, 1941, 1945)]
        assert [float(cell) for cell in rows[name][:4]] == trains, name
