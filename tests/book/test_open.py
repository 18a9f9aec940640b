from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from allohistory.book.calendar import Calendar
from allohistory.book.open import open_book, read_book
from allohistory.errors import AllohistoryError


def refused(folder):
    with pytest.raises(AllohistoryError) as caught:
        open_book(folder)
    return caught.value


def test_the_small_book_is_read(book):
    assert list(book.entries) == [
        "khasan.hill-occupied",
        "khasan.first-rung",
        "khasan.night-attack",
        "harvest.of-1934",
    ]
    assert len(book.coverage) == 4
    assert book.calendar == Calendar()
    assert book.entities_of("sector") == ("posyet-tumen", "amur")
    assert book.entities_of(None) == ()
    assert book.facts["harvest.1934"].value == (1, 2)
    assert book.facts["harvest.1934"].when == "1934-10-01"
    assert book.pods["amur-flares"].movable.first == date(1937, 3, 1)
    assert book.pods["more-divisions"].judged_bits.high == 6.0
    assert book.outcomes["us_neutral"].derived == "not america_enters"
    assert book.variables["border.rung"].start == (0.0, 0.0)
    assert book.variables["border.rung"].subject == "border"
    assert book.variables["border.rung"].name == "rung"
    assert book.parameters["korea-army.attacks.boldness"].rule == "korea-army.attacks"
    assert book.parameters["common.share"].rule == "common"
    assert book.parameters["common.share"].name == "share"


def test_rows_know_where_they_stand(book):
    entry = book.entries["khasan.night-attack"]
    assert entry.file == "record/border.toml"
    assert entry.where == f"record/border.toml, line {entry.line}"
    lines = (book.folder / "book" / entry.file).read_text().splitlines()
    assert lines[entry.line - 1] == "[[entry]]"
    assert lines[entry.line] == 'id = "khasan.night-attack"'


def test_an_address_is_read_from_its_text_and_written_from_its_parts(book):
    attack, rung = book.entries["khasan.night-attack"], book.entries["khasan.first-rung"]
    assert (attack.entity, attack.event, attack.step) == ("posyet-tumen", date(1938, 7, 29), 3)
    assert rung.occasion == "posyet-tumen@1938-07-29#0"
    assert book.entries["khasan.hill-occupied"].occasion == ""


def test_a_step_may_be_written_in_weeks(spoiled):
    folder = spoiled("record/border.toml", "posyet-tumen@1938-07-29#3", "posyet-tumen@1938-07-29#3+16*2")
    assert open_book(folder).entries["khasan.night-attack"].step == 35


def test_old_ids_stay_readable(book):
    assert book.current("changkufeng.hill") == "khasan.hill-occupied"
    assert book.current("amur-river") == "amur"
    assert book.current("anything-else") == "anything-else"
    assert book.find(book.entries, "changkufeng.hill", "a", "entry").id == "khasan.hill-occupied"


def test_nothing_in_it_can_be_changed(book):
    with pytest.raises(FrozenInstanceError):
        book.entries["khasan.night-attack"].took = "refrain"


def test_find__names_the_nearest(book):
    with pytest.raises(AllohistoryError) as caught:
        book.find(book.pods, "no-kasan", "--pod", "point of divergence", "allohistory pods")
    assert (
        caught.value.lines()[0]
        == 'error: --pod: there is no point of divergence "no-kasan"; nearest: no-khasan'
    )
    assert caught.value.see == "allohistory pods"


def test_a_folder_without_a_book(tmp_path):
    error = refused(tmp_path)
    assert error.status == 404
    assert "no folder book/" in error.problem


def test_an_empty_book_is_a_book(tmp_path):
    (tmp_path / "book").mkdir()
    assert open_book(tmp_path).entries == {}


def test_a_scenario_may_set_its_calendar(spoiled):
    folder = spoiled(
        "scenario.toml", new='[[scenario]]\ntitle = "Small"\nfirst_day = 1938-01-03\nlast_week = 103\n'
    )
    calendar = open_book(folder).calendar
    assert (calendar.first, calendar.last_week) == (date(1938, 1, 3), 103)


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "problem", "closest"),
    [
        (
            "record/border.toml",
            'took = "attack"',
            'tok = "attack"',
            "record/border.toml, line 52, khasan.night-attack",
            '"tok" is not a key of an entry',
            "took",
        ),
        (
            "record/border.toml",
            'took = "attack"\n',
            "",
            "record/border.toml, line 52, khasan.night-attack",
            'the key "took" is missing',
            "took",
        ),
        (
            "record/border.toml",
            "date = 1938-07-31\nrule",
            'date = "31 July 1938"\nrule',
            "record/border.toml, line 52, khasan.night-attack: date",
            "expected a date like 1938-07-31",
            None,
        ),
        (
            "record/border.toml",
            "took = -1.5",
            "took = true",
            "record/border.toml, line 65, harvest.of-1934: took",
            'expected an option in quotes, "fired", or a number',
            None,
        ),
        (
            "record/border.toml",
            '{ id = "no-attack", took = "refrain", source',
            '{ id = "no-attack", took = "refrain", sourse',
            "record/border.toml, line 52, khasan.night-attack: variants",
            '"sourse" is not a key of a variant',
            "source",
        ),
        (
            "record/border.toml",
            'occasion = "posyet-tumen@1938-07-29#3"',
            'occasion = "amur@1938-07-29#3"',
            "record/border.toml, line 52, khasan.night-attack: occasion",
            'it names another entity than "posyet-tumen"',
            None,
        ),
        (
            "record/border.toml",
            "event = 1938-07-29\n",
            "",
            "record/border.toml, line 40, khasan.first-rung",
            "a step needs the event it is a place in: add event = DATE",
            None,
        ),
        (
            "record/border.toml",
            'grade = "C"',
            'grade = "E"',
            "record/border.toml, line 65, harvest.of-1934: grade",
            "expected one of A, B, C",
            None,
        ),
        (
            "parameters/border.toml",
            'family = "lognormal"',
            'family = "log-normal"',
            "parameters/border.toml, line 1, border.incident.per_week: prior",
            '"log-normal" is not a family of priors',
            "lognormal",
        ),
        (
            "parameters/border.toml",
            "median = 0.02, sigma = 0.5",
            "median = 0.02, sigmma = 0.5",
            "parameters/border.toml, line 1, border.incident.per_week: prior",
            "a lognormal prior is given by median and sigma or mean and sd",
            "sigma",
        ),
        (
            "variables/ussr.toml",
            'id = "ussr.divisions_east"',
            'id = "ussr.divisions-east"',
            "variables/ussr.toml, line 1, ussr.divisions-east: id",
            "expected an id like ussr.divisions_east",
            None,
        ),
        (
            "outcomes.toml",
            'kind = "which"',
            'kind = "one"',
            "outcomes.toml, line 28, war_road: kind",
            "expected one of yes, which, amount, day",
            None,
        ),
        (
            "divergences/border.toml",
            '"1937-03..1937-10"',
            '"1937-13"',
            "divergences/border.toml, line 11, amur-flares: movable",
            '"1937-13" is not a day of the calendar',
            None,
        ),
        (
            "divergences/border.toml",
            '[[pod]]\nid = "no-khasan"',
            '[[pods]]\nid = "no-khasan"',
            "divergences/border.toml",
            '"pods" is not a table of this file',
            "[[pod]]",
        ),
        (
            "entities.toml",
            'title = "The Amur"',
            'titel = "The Amur"',
            "entities.toml, line 2, sector: members",
            '"titel" is not a key of a member',
            "title",
        ),
        (
            "record/border.toml",
            'occasion = "posyet-tumen@1938-07-29#3"',
            'occasion = "Posyet, in July"',
            "record/border.toml, line 52, khasan.night-attack: occasion",
            "expected an address like posyet-tumen@1938-07-29#5",
            None,
        ),
        (
            "record/border.toml",
            'occasion = "posyet-tumen@1938-07-29#3"',
            'occasion = "posyet-tumen@1938-07-32#3"',
            "record/border.toml, line 52, khasan.night-attack: occasion",
            '"1938-07-32" is not a day of the calendar',
            None,
        ),
        (
            "entities.toml",
            '[{ id = "fisheries", title = "The fisheries" }]',
            "[]",
            "entities.toml, line 10, quarrel",
            "a kind of entity needs members",
            None,
        ),
        (
            "entities.toml",
            '[{ id = "fisheries", title = "The fisheries" }]',
            '["fisheries"]',
            "entities.toml, line 10, quarrel: members",
            "expected {id = ..., title = ..., what = ..., formerly = ...}",
            None,
        ),
        (
            "variables/ussr.toml",
            "series = true",
            'series = "yes"',
            "variables/ussr.toml, line 1, ussr.divisions_east: series",
            "expected true or false",
            None,
        ),
        (
            "record/border.toml",
            "step = 0",
            "step = -1",
            "record/border.toml, line 40, khasan.first-rung: step",
            "expected a whole number, 0 or more",
            None,
        ),
        (
            "record/border.toml",
            'facts = ["harvest.1934"]',
            'facts = "harvest.1934"',
            "record/border.toml, line 65, harvest.of-1934: facts",
            'expected a list of words, as in ["one", "two"]',
            None,
        ),
        (
            "record/border.toml",
            'what = "A bad harvest"',
            'what = " "',
            "record/border.toml, line 65, harvest.of-1934: what",
            "expected words in quotes",
            None,
        ),
    ],
)
def test_a_mistake_names_file_line_id_and_nearest(spoiled, file, old, new, where, problem, closest):
    error = refused(spoiled(file, old, new))
    assert error.where == where
    assert error.problem.removesuffix(" (and 1 more mistakes in the book)") == problem
    assert error.closest == closest


@pytest.mark.parametrize("taken", ["khasan.hill-occupied", "changkufeng.hill", "amur-river", "no-khasan"])
def test_one_id_names_one_thing(spoiled, taken):
    if "." in taken:
        row = f'\n[[fact]]\nid = "{taken}"\nwhat = "x"\nsource = "y"\ngrade = "C"\n'
        error = refused(spoiled("facts/more.toml", new=row))
    else:
        row = f'\n[[pod]]\nid = "{taken}"\ntitle = "x"\nwhat = "y"\ndate = 1938-01-01\nchanges = []\nsource = "z"\n'
        error = refused(spoiled("divergences/more.toml", new=row))
    assert error.problem.startswith(f'the id "{taken}" is taken already by [[')
    assert error.given == taken


def test_a_file_that_is_not_toml_is_named_with_its_line(spoiled):
    error = refused(spoiled("record/broken.toml", new="[[entry]]\nid = \n"))
    assert error.where == "record/broken.toml"
    assert "not readable as TOML" in error.problem
    assert "line 2" in error.problem


def test_a_file_that_is_not_text_is_named(spoiled):
    folder = spoiled("record/broken.toml", new="")
    (folder / "book" / "record" / "broken.toml").write_bytes(b"\xff\xfe")
    assert "cannot be read" in refused(folder).problem


def test_a_table_must_be_a_list_of_rows(spoiled):
    assert (
        refused(spoiled("record/odd.toml", new="[entry]\nid = 3\n")).problem
        == "write [[entry]], a list of rows"
    )


def test_all_mistakes_come_at_once(spoiled):
    spoiled("record/border.toml", 'took = "attack"', 'tok = "attack"')
    folder = spoiled("record/more.toml", new="[[entry]]\nodd = 1\n")
    text = (folder / "book/record/border.toml").read_text()
    book, mistakes = read_book(folder)
    assert "khasan.night-attack" in text
    assert len(mistakes) == 1
    assert "khasan.night-attack" in book.entries
    (folder / "book/record/border.toml").write_text(text.replace('took = "attack"', "tok = 1"))
    book, mistakes = read_book(folder)
    assert [mistake.where for mistake in mistakes] == [
        "record/border.toml, line 52, khasan.night-attack",
        "record/more.toml, line 1",
    ]
    assert "khasan.night-attack" not in book.entries
    assert "khasan.hill-occupied" in book.entries
    assert "(and 1 more mistakes in the book)" in refused(folder).problem


def test_a_named_decision_keeps_its_name(spoiled):
    old = 'occasion = "posyet-tumen@1938-07-29#3"'
    entry = open_book(spoiled("record/border.toml", old, 'occasion = "the-long-march"')).entries[
        "khasan.night-attack"
    ]
    assert (entry.occasion, entry.event, entry.step) == ("the-long-march", None, None)


def test_a_mistake_in_the_calendar_is_one_of_the_mistakes(spoiled):
    assert (
        "not a Monday"
        in refused(spoiled("scenario.toml", new="[[scenario]]\nfirst_day = 1938-01-04\n")).problem
    )
