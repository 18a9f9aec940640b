"""A map that moves: each week shows what its own sheet shows, and what all sheets share is drawn once."""

from io import BytesIO
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import allohistory
from allohistory.errors import AllohistoryError
from allohistory.telling.atlas.film import PAUSE, SECONDS, as_gif, moving

SVG = "{http://www.w3.org/2000/svg}"


def sheet(names):
    body = "".join(f'<text x="{name}">{name}</text>' for name in names)
    inner = "".join(f'<rect x="{name}0" width="8" height="9" fill="#b33"/>' for name in reversed(names))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><title>a</title>'
        f'<rect width="60" height="40" fill="#ffffff"/><g data-layer="names">{body}</g>{inner}</svg>'
    )


def on(switch, place, count):
    """Is what lies beside this switch seen while a sheet is on?"""
    values, times = switch.get("values").split(";"), [float(one) for one in switch.get("keyTimes").split(";")]
    now = (place + 0.5) * SECONDS / (count * SECONDS + PAUSE)
    return values[max(k for k, time in enumerate(times) if time <= now)] == "inline"


def seen(element, place, count):
    """What a reader sees of it while a sheet is on, in order, without the switches."""
    switch = next((child for child in element if child.tag == f"{SVG}animate"), None)
    if switch is not None and not on(switch, place, count):
        return []
    found = [] if element.tag == f"{SVG}g" else [(element.tag, tuple(element.attrib.items()), element.text)]
    for child in element:
        if child.tag != f"{SVG}animate":
            found += seen(child, place, count)
    return found


@given(st.lists(st.lists(st.sampled_from("123456"), unique=True, max_size=5), min_size=1, max_size=5))
def test_moving__shows_in_each_week_what_its_sheet_shows_and_in_its_order(weeks):
    film = ElementTree.fromstring(moving([sheet(names) for names in weeks]))
    for place, names in enumerate(weeks):
        assert seen(film, place, len(weeks)) == seen(ElementTree.fromstring(sheet(names)), 0, 1)


def test_moving__draws_once_what_every_week_has():
    text = moving([sheet("123"), sheet("124"), sheet("125")])
    assert text.count('<text x="1">') == 1
    assert text.count('fill="#ffffff"') == 1


def test_gif__has_a_frame_a_week_and_stays_on_the_last():
    with Image.open(BytesIO(as_gif([sheet("1"), sheet("12"), sheet("123")]))) as picture:
        assert picture.n_frames == 3
        times = []
        for place in range(3):
            picture.seek(place)
            times.append(picture.info["duration"])
    assert times == [round(1000 * SECONDS)] * 2 + [round(1000 * PAUSE)]


def test_film__of_more_weeks_than_it_holds_names_what_would_do():
    answer = allohistory.scenario().ask(outcomes="serious_war", timelines=10, draws=5)
    timeline = allohistory.scenario().timeline(answer.address_example[0])
    with pytest.raises(AllohistoryError, match="maps are more than one film holds") as caught:
        timeline.map("1931-01-05..1950-12-31")
    assert str(caught.value.closest).startswith("--every ")
    weeks = timeline.map("1939-08-01..1939-08-29").days
    assert weeks[0].isoformat() == "1939-07-31" and len(weeks) == 5
