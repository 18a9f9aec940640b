"""The sheet: lines lie where they should, names can be read, war is shown where it is."""

from __future__ import annotations

import datetime as dt
import math
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

import paper
from allohistory.telling.atlas.afterwards import after_peace
from allohistory.telling.atlas.geography import geography, plain
from allohistory.telling.atlas.lettering import Lettering, Name, width_of
from allohistory.telling.atlas.plate import plate
from allohistory.telling.atlas.projection import Conic
from allohistory.telling.atlas.sheet import DETAIL, WHOLE, Sheet, panel, svg
from allohistory.telling.atlas.situation import AS_AT_FIRST, Reader
from allohistory.telling.atlas.theatre import holder_at_first, tracks_on, way_of, works_on

DATE = "1945-08-20"
IN_THE_EAST = (
    "manchouli",
    "halha",
    "gobi",
    "middle-amur",
    "sungari",
    "ussuri",
    "maritime",
    "posyet-gap",
    "sakhalin",
)
LINES = dict(zip(IN_THE_EAST, (300, 150, 200, 60, 150, 80, 90, 40, 60), strict=True))
COVERED_TWICE = 0.02  # share of all letters' paper that two names may share: state names run over towns
BEND = 8.0  # points by which the bowed line of contact may stand off its kilometre


@pytest.fixture(scope="module")
def lands():
    return geography()


def sheet_of(world, date=DATE):
    return Sheet(
        paper.theatre(), geography(), date, "A title", ("under it",), Reader(paper.model()).situation(world)
    )


@pytest.fixture(scope="module")
def war():
    return ElementTree.fromstring(svg(sheet_of(paper.opened(paper.peace(), LINES))))


def with_data(root, name):
    return [one for one in root.iter() if f"data-{name}" in one.attrib]


def window_of(root, name):
    return next(one for one in root.iter() if one.get("data-window") == name)


def path_of(element):
    numbers = [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", element.get("d"))]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


# ------------------------------------------------------------ projection and geography


def test_projection__keeps_distances_on_its_parallels():
    """A degree along the 38th parallel is as long on paper as on the sphere, to one part in a thousand."""
    conic = Conic()
    (x, y), (to_x, to_y) = conic.km((128.0, 38.0)), conic.km((129.0, 38.0))
    assert math.hypot(to_x - x, to_y - y) == pytest.approx(
        6371 * math.radians(1) * math.cos(math.radians(38)), rel=1e-3
    )


def test_projection__north_is_up_and_east_is_right():
    x, y = WHOLE.point((135.0, 45.0))
    assert WHOLE.point((135.0, 46.0))[1] < y
    assert WHOLE.point((136.0, 45.0))[0] > x


@pytest.mark.parametrize(
    ("place", "on_land"),
    [
        ((126.6, 45.7), True),  # Harbin
        ((132.2, 43.6), True),  # above Vladivostok
        ((142.7, 50.5), True),  # Sakhalin
        ((139.7, 35.8), True),  # Tokyo
        ((135.0, 40.0), False),  # the Sea of Japan
        ((148.0, 54.0), False),  # the Sea of Okhotsk
        ((123.0, 36.0), False),  # the Yellow Sea
    ],
)
def test_coast__land_is_land(lands, place, on_land):
    assert any(inside(place, ring) for ring in lands.land) == on_land


def inside(place, ring):
    x, y = place
    crossings = 0
    for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            crossings += 1
    return crossings % 2 == 1


def test_places__lie_on_land_or_within_15_km_of_it(lands):
    """Rough coasts leave ports a little off shore; further out would be an error of the map or of the place."""
    conic = Conic()
    shore = [conic.km(point) for ring in lands.land for point in ring]
    for place in paper.theatre().places.values():
        at = (place.lon, place.lat)
        if not WHOLE.holds(WHOLE.point(at)) or any(inside(at, ring) for ring in lands.land):
            continue
        x, y = conic.km(at)
        assert min(math.hypot(x - a, y - b) for a, b in shore) < 15, place.id


def test_railways__every_course_starts_and_ends_at_its_places(lands):
    places = paper.theatre().places
    for (a, b), course in lands.courses.items():
        if not course.line:
            continue
        for id, end in ((a, course.line[0]), (b, course.line[-1])):
            assert math.dist(end, (places[id].lon, places[id].lat)) < 0.15, (a, b)


def test_railways__courses_are_about_as_long_as_the_lines(lands):
    """A course of straight pieces is shorter than the line, and not by half; a wrong corner would show."""
    conic = Conic()
    for link in paper.theatre().links.values():
        course = lands.course(link.a, link.b)
        if link.mode != "rail" or course is None or not course.line:
            continue
        steps = [conic.km(point) for point in course.line]
        drawn = sum(math.dist(one, other) for one, other in pairwise(steps))
        assert 0.55 * link.km < drawn < 1.12 * link.km, link.id


def test_borders__manchukuo_has_its_own_only_when_there_is_one(lands):
    wall = next(border for border in lands.borders if "Great Wall" in border.name)
    assert not wall.on("1932-12-31")
    assert wall.on("1933-06-01")


def test_names__are_those_of_the_day(lands):
    assert lands.name_of("hsinking", "Hsinking (Changchun)", "1931-05-01") == "Changchun"
    assert lands.name_of("hsinking", "Hsinking (Changchun)", "1938-05-01") == "Hsinking"
    assert lands.name_of("ulan-ude", "", "1933-01-01") == "Verkhneudinsk"
    assert plain("Hulin / Hutou") == "Hulin"


def test_names__every_place_that_has_one_is_known(lands):
    assert set(lands.names) <= set(paper.theatre().places)
    assert {one.id for one in lands.landings} == set(paper.book().entities_of("operation"))


# ------------------------------------------------------------ the theatre by date


def test_tracks__none_before_the_line_is_open():
    link = next(link for link in paper.theatre().links.values() if link.id == "rail.solovyevsk--choibalsan")
    assert tracks_on(link, "1939-10-31") == 0
    assert tracks_on(link, "1940-01-01") == 1


def test_holders__peiping_becomes_japans_in_1937():
    place = paper.theatre().places["peking"]
    assert holder_at_first(place, "1937-07-01") == 2
    assert holder_at_first(place, "1938-01-01") == 1


def test_works__none_in_1931_and_many_in_1941():
    assert len(works_on(paper.theatre(), "1941-07-01")) > len(works_on(paper.theatre(), "1931-06-01")) + 8


def test_fronts__are_in_the_order_of_the_axes():
    assert tuple(paper.theatre().axes) == tuple(paper.book().entities_of("front"))


# ------------------------------------------------------------ war


@pytest.mark.parametrize("front", IN_THE_EAST)
def test_line_of_contact__lies_between_its_neighbours_on_the_axis(war, lands, front):
    """Its middle is where the kilometre is, between the places that have it between them."""
    axis = paper.theatre().axes[front]
    way = way_of(axis, paper.theatre(), lands, WHOLE)
    lines = [one for one in with_data(window_of(war, "whole"), "front") if one.get("data-front") == front]
    assert len(lines) == 2
    points = path_of(lines[0])
    middle = points[len(points) // 2]
    assert math.dist(middle, way.point(LINES[front])) < BEND
    before = max(km for km in axis.km if km <= LINES[front])
    after = min(km for km in axis.km if km > LINES[front])
    stretch = way.stretch(before, after)
    length = sum(math.dist(one, other) for one, other in pairwise(stretch))
    assert all(math.dist(middle, way.point(km)) <= length + BEND for km in (before, after))


def test_line_of_contact__the_soviet_colour_is_on_the_soviet_side(war, lands):
    way = way_of(paper.theatre().axes["manchouli"], paper.theatre(), lands, WHOLE)
    base = way.point(-400.0)
    middles = {}
    for one in with_data(window_of(war, "whole"), "front"):
        if one.get("data-front") == "manchouli":
            points = path_of(one)
            middles[one.get("data-side")] = points[len(points) // 2]
    assert math.dist(middles["0"], base) < math.dist(middles["1"], base)


def test_armies__each_is_shown_once_with_its_men_and_order(war):
    shown = [
        one.get("data-army")
        for one in with_data(war, "army")
        if one.get("data-army") not in ("legend-0", "legend-1")
    ]
    assert sorted(shown) == sorted(f"{front}-{side}" for front in IN_THE_EAST for side in (0, 1))
    soviet = next(one for one in with_data(war, "army") if one.get("data-army") == "manchouli-0")
    assert (soviet.get("data-men"), soviet.get("data-order")) == ("120", "2")


def test_armies__their_signs_do_not_cover_one_another(war):
    for window in ("whole", "detail"):
        boxes = []
        for one in with_data(window_of(war, window), "army"):
            rect = next(part for part in one if part.tag.endswith("rect"))
            x, y = float(rect.get("x")), float(rect.get("y"))
            boxes.append((x, y, x + float(rect.get("width")), y + float(rect.get("height"))))
        for i, a in enumerate(boxes):
            for b in boxes[i + 1 :]:
                assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1], (window, a, b)


def test_places__are_in_the_colour_of_their_holder(war):
    world = paper.opened(paper.peace(), {"manchouli": 300})
    paper.put(world, "place.holder", 0, "hailar")
    root = ElementTree.fromstring(svg(sheet_of(world)))
    held = {one.get("data-place"): one.get("data-holder") for one in with_data(root, "place")}
    assert (held["hailar"], held["tsitsihar"], held["chita"]) == ("0", "1", "0")


def test_landings__are_shown_once_they_are_tried(war):
    assert not with_data(war, "landing")
    world = paper.opened(paper.peace(), {"maritime": 20})
    paper.put(world, "operation.state", 2, "northern-kurils")
    root = ElementTree.fromstring(svg(sheet_of(world)))
    assert {one.get("data-landing") for one in with_data(root, "landing")} == {"northern-kurils"}


def test_peace__shows_no_line_and_no_army():
    root = ElementTree.fromstring(svg(sheet_of(paper.peace(), "1936-07-01")))
    assert not with_data(root, "front")
    assert not with_data(root, "army")
    assert with_data(root, "link")


# ------------------------------------------------------------ letters


@pytest.mark.parametrize("window", [WHOLE, DETAIL])
@pytest.mark.parametrize("at_war", [False, True])
def test_names__hardly_cover_one_another(window, at_war):
    world = paper.opened(paper.peace(), LINES) if at_war else paper.peace()
    placed = panel(sheet_of(world), window, [], elsewhere=None).names
    shared = sum(one.box.shared(other.box) for i, one in enumerate(placed) for other in placed[i + 1 :])
    assert shared < COVERED_TWICE * sum(one.box.area for one in placed)


def test_names__the_great_towns_are_all_there(war):
    said = {one.text for one in war.iter() if one.get("data-name") == "place"}
    assert {
        "Irkutsk",
        "Chita",
        "Khabarovsk",
        "Vladivostok",
        "Harbin",
        "Mukden",
        "Hsinking",
        "Tsitsihar",
        "Mutanchiang",
        "Keijo",
        "Tokyo",
        "Peiping",
    } <= said


def test_lettering__leaves_out_what_finds_no_room():
    letters = Lettering(WHOLE)
    names = [Name(f"Name {i}", (500.0, 500.0), 12, 100 - i) for i in range(30)]
    placed = letters.set(names)
    assert 2 <= len(placed) < 12
    assert placed[0].name.text == "Name 0"


def test_lettering__a_long_word_is_wider():
    assert width_of("Blagoveshchensk", 10) > width_of("Harbin", 10) > width_of("ill", 10)


def test_sheet__fetches_nothing_and_holds_no_script(war):
    text = svg(sheet_of(paper.peace()))
    assert "http" not in text.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert "<script" not in text
    assert "<image" not in text


# ------------------------------------------------------------ a timeline's week


def test_plate__says_which_week_and_which_timeline():
    worlds = [paper.peace(), paper.opened(paper.peace(), {"maritime": 20})]
    peace = plate(paper.timeline(worlds), dt.date(1931, 1, 8))
    war = plate(paper.timeline(worlds), dt.date(1931, 1, 13))
    assert "The Far East, 8 January 1931" in peace
    assert "ah1-sjw-paper" in peace
    assert "No war on land" in peace
    assert "No war on land" not in war
    assert "Soviet side: 120,000 men" in war


def test_plate__names_a_world_set_aside():
    from allohistory.errors import AllohistoryError

    with pytest.raises(AllohistoryError, match="set aside"):
        plate(paper.timeline([paper.peace()]), dt.date(1945, 8, 9))


def after(**values):
    """A world after a peace, with these variables of entities: {variable: {entity: value}}."""
    world = paper.peace()
    paper.put(world, "war.began_week", 3)
    paper.put(world, "peace.week", 9)
    paper.put(world, "land.over", 1)
    for id, by_entity in values.items():
        for entity, value in by_entity.items():
            paper.put(world, id.replace("__", "."), value, entity or None)
    return world


def left(world):
    """Lands and situation as that world's peace left them."""
    reader = Reader(paper.model())
    return after_peace(geography(), reader.situation(world), reader, world)


def test_after_a_peace__a_land_is_its_new_rulers_and_called_as_they_call_it():
    lands, now = left(after(region__ruler={"manchuria": 3, "karafuto": 1}))
    assert now.holders["harbin"] == 2
    assert now.holders["toyohara"] == 0
    assert lands.name_of("hsinking", "Hsinking", "1946-01-01") == "Changchun"
    assert lands.name_of("toyohara", "Toyohara", "1946-01-01") == "Yuzhno-Sakhalinsk"
    assert lands.name_of("keijo", "Keijo (Seoul)", "1946-01-01") == "Keijo"
    names = {area.name for area in lands.areas}
    assert "MANCHUKUO" not in names
    assert "KARAFUTO" not in names
    assert "(Chosen)" in names


def test_after_a_capitulation__what_the_beaten_held_is_given_back_and_no_army_drawn():
    world = after(peace__kind={"": 4}, island__occupier={"hokkaido": 1, "honshu-island": 2})
    paper.put(world, "place.holder", 1, "vladivostok")
    paper.put(world, "front.open", 1)
    paper.put(world, "front.km", 300)
    lands, now = left(world)
    assert now.holders["vladivostok"] == AS_AT_FIRST
    assert now.holders["sapporo"] == 0
    assert now.holders["tokyo"] == 2
    assert not now.at_war
    assert not now.fighting
    assert lands.name_of("hsinking", "Hsinking", "1946-01-01") == "Hsinking"


def test_in_war__nothing_is_renamed():
    world = after(region__ruler={"manchuria": 3})
    paper.put(world, "war.began_week", 20)
    lands, _ = left(world)
    assert lands is geography()


def test_every_place_and_entity_of_what_is_held_after_a_peace_is_known():
    book = paper.book()
    places = set(book.entities_of("place"))
    for row in geography().held:
        assert set(row.places) <= places, row.land
        kind = book.variables[row.variable].per
        assert row.entity in (book.entities_of(kind) if kind else ("",))
    areas = {area.name for area in geography().areas}
    for new in geography().renamed:
        assert set(new.names) <= places | areas
        assert new.land in {row.land for row in geography().held}
