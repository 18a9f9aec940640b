"""The sense sheet: the shipped tables are sound, and every mistake of form is named."""

from __future__ import annotations

import pytest

from allohistory.book.sense import BREACHES, END, NEEDS, lines_of, openings_of, shown_of
from allohistory.errors import AllohistoryError
from allohistory.questions.scenario import scenario
from allohistory.questions.sense_figures import READERS

OPENING = """
[[opening]]
id = "{id}"
year = 1936
says = "Somebody attacks"
opens = "{opens}"
freed = 1936-03-02
begins = {begins}
wars = {wars}
do = ["war.rung@1936-05-04=7"]
because = "made up"
"""
LINE = """
[[line]]
id = "{id}"
sheet = 1
says = "Something"
openings = ["{opening}"]
figure = {figure}
unit = "share"
value = {value}
low = 0.2
high = 0.6
mark = "J"
because = "made up"
"""


@pytest.fixture(scope="module")
def model():
    return scenario("soviet-japanese-war").model


@pytest.fixture
def written(tmp_path):
    """Writes the two tables of a scenario made up for the test."""

    def write(openings="", lines=""):
        folder = tmp_path / "book" / "sense"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "openings.toml").write_text(openings)
        (folder / "lines.toml").write_text(lines)
        return tmp_path

    return write


def opening(id="one", opens="soviet", begins="1936-05-04", wars=500):
    return OPENING.format(id=id, opens=opens, begins=begins, wars=wars)


def line(id="line", opening="one", figure='{ kind = "months" }', value=0.4):
    return LINE.format(id=id, opening=opening, figure=figure, value=value)


def test_shipped__six_years_of_a_thousand_wars_each(model):
    found = [one for one in openings_of(model.folder).values() if not one.asked_only]
    years = {one.year for one in found}
    assert years == {1936, 1938, 1939, 1941, 1943, 1945}
    assert all(sum(one.wars for one in found if one.year == year) == 1000 for year in years)
    assert all(
        {one.opens for one in found if one.year == year} == {"soviet", "japanese"} for year in years - {1945}
    )


def test_shipped__every_line_of_the_issue_is_there(model):
    lines = lines_of(model.book, model.folder)
    asked = {15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 33, 34, 35, 36}
    assert {one.sheet for one in lines.values()} == asked
    certain = {one.figure.kind for one in lines.values() if one.value == one.high == 0.0}
    assert set(BREACHES) <= certain
    assert all(one.mark == "F" for one in lines.values() if one.figure.kind in BREACHES)


def test_shipped__facts_that_a_reason_names_exist(model):
    lines = lines_of(model.book, model.folder)
    subjects = {id.split(".")[0] for id in model.book.facts}
    named = {
        word.strip(".,;:()")
        for one in lines.values()
        for word in one.because.split()
        if "." in word.strip(".,;:()") and word.split(".")[0] in subjects
    }
    assert named and named <= set(model.book.facts)


def test_shipped__what_is_shown_are_fronts(model):
    fronts, months = shown_of(model.folder)
    assert set(fronts) <= set(model.book.entities_of("front")) and months == tuple(sorted(months))


def test_every_kind_of_figure_has_a_reader():
    assert set(NEEDS) == set(READERS)


def test_end_stands_only_where_it_is_replaced(model):
    texts = [text for one in openings_of(model.folder).values() for text in one.do]
    assert any(END in text for text in texts)
    assert not any("{" in text.replace(END, "") for text in texts)


@pytest.mark.parametrize(
    ("openings", "words"),
    [
        (opening() * 2, "twice"),
        (opening(opens="finnish"), "soviet"),
        (opening(begins="1936-01-06"), "before its luck is freed"),
        (opening(wars=0), "no wars"),
        ("[[opening]]\nid = 'one'\n", 'the key "year" is missing'),
        ("[[opning]]\nid = 'one'\n", "not a table"),
    ],
)
def test_a_mistake_in_the_openings_is_named(written, openings, words):
    with pytest.raises(AllohistoryError, match=words):
        openings_of(written(openings))


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (line() * 2, "twice"),
        (line(value=0.9), "outside its own range"),
        (line(opening="two"), 'no opening "two"'),
        (line(figure='{ kind = "month" }'), "months"),
        (line(figure='{ kind = "ended" }'), 'needs the key "how"'),
        (line(figure='{ kind = "taken", places = ["harbinn"], side = "soviet", weeks = 3 }'), "not a place"),
        (
            line(figure='{ kind = "landed", operation = "rumoi", weeks = 3 }'),
            "not a operation|not an operation",
        ),
    ],
)
def test_a_mistake_in_the_lines_is_named(written, model, lines, words):
    with pytest.raises(AllohistoryError, match=words):
        lines_of(model.book, written(opening(), lines))


def test_a_scenario_without_the_sheet_says_so(tmp_path):
    with pytest.raises(AllohistoryError, match=r"no sense/openings\.toml"):
        openings_of(tmp_path)


def test_what_is_shown_is_said_once(written):
    with pytest.raises(AllohistoryError, match=r"one \[\[shown\]\]"):
        shown_of(written(opening()))
