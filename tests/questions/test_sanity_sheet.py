"""The sanity sheet: every line under its number, in or out by its own figure, and the book's own forty."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from allohistory.book.sense import Line as WarLine
from allohistory.book.sense import Read, lines_of
from allohistory.cli.commands.sheet import NO_WORD, cells_of, standing_of, summary_of, word_of
from allohistory.errors import AllohistoryError
from allohistory.questions.expectations import Expectation, Measure, expectations_of
from allohistory.questions.free_running import Line
from allohistory.questions.sanity_sheet import FEW, Unread, put_together, subjects_of
from allohistory.questions.sense_figures import Found
from allohistory.timeline.model import load

MEASURE = Measure("probability", event="war")
FREE = Expectation("free", "A war", MEASURE, 0.5, 0.4, 0.6, "J", "made up", None, 2, "too much luck")
WAR = WarLine("war", 1, "Kilometres", (), Read("gained"), "km", 50.0, 15.0, 100.0, "F", "made up")
SUBJECTS = {1: "Wars", 2: "Whether"}


def free(value, interval=(0.0, 1.0), n=1000, **changes):
    return Line(replace(FREE, **changes), value, interval, n)


def sheet(*free_lines, wars=(), unread=()):
    return put_together(SUBJECTS, unread, free_lines, wars)


def test_lines_stand_in_the_order_of_the_sheet():
    found = sheet(free(0.5), free(0.5, id="none", sheet=None), wars=[Found(WAR, 60.0, (50.0, 70.0), 300)])
    assert [(one.sheet, one.id) for one in found.lines] == [(1, "war"), (2, "free"), (0, "none")]


@pytest.mark.parametrize(
    ("value", "interval", "said"),
    [
        (0.5, (0.3, 0.7), "in"),
        (0.6, (0.55, 0.65), "in"),
        (0.61, (0.58, 0.64), "OFF, within chance"),
        (0.7, (0.65, 0.75), "OFF"),
        (0.1, (0.05, 0.15), "OFF"),
    ],
)
def test_in_or_out_is_by_the_figure(value, interval, said):
    (one,) = sheet(free(value, interval)).lines
    assert standing_of(one) == said
    assert word_of(one) == ("" if said == "in" else "too much luck")


def test_few_cases_are_not_judged():
    (one,) = sheet(free(0.9, n=FEW - 1)).lines
    assert (standing_of(one), one.off) == ("few", False)
    (one,) = sheet(free(0.9, n=FEW, interval=(0.8, 1.0))).lines
    assert one.off


def test_a_line_without_a_word_says_so_and_is_listed():
    found = sheet(free(0.9, (0.8, 0.95), word=""))
    assert word_of(found.lines[0]) == NO_WORD and found.without_word == ("free",)


def test_a_median_beyond_all_that_was_run_is_never_and_off():
    (one,) = sheet(wars=[Found(WAR, None, None, 300)]).lines
    assert standing_of(one) == "OFF" and cells_of(one)[2] == "never"
    (one,) = sheet(wars=[Found(WAR, None, None, 0)]).lines
    assert standing_of(one) == "few" and cells_of(one)[2] == "-"


def test_what_the_rules_have_no_figure_for_stands_there_in_words():
    found = sheet(free(0.5), unread=[Unread(2, "Ballots", "5 %", "no rule")])
    one = found.lines[-1]
    assert (standing_of(one), cells_of(one)[0], word_of(one)) == ("not read", "5 %", "no rule")
    assert "1 lie in the range, 0 outside; of 1 the rules have none" in " ".join(summary_of(found).split())
    assert "Of 0 numbered lines every figure" in summary_of(found)


def test_a_number_without_a_subject_is_a_mistake():
    with pytest.raises(AllohistoryError, match="number 7 has no subject"):
        sheet(free(0.5, sheet=7))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[subject]]\nnumber = 1\nsays = "a"\n[[subject]]\nnumber = 1\nsays = "b"\n', "stands here twice"),
        ('[[subject]]\nnumber = 1\nsais = "a"\n', "sais"),
        ('[[unread]]\nsheet = 1\nsays = "a"\nexpected = "b"\n', '"word" is missing'),
    ],
)
def test_a_mistake_of_form_is_one_line(tmp_path, text, said):
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "sheet.toml").write_text(text)
    with pytest.raises(AllohistoryError, match=said):
        subjects_of(tmp_path)


def test_a_scenario_without_a_sheet_says_so(small, capsys):
    from allohistory.cli.main import main

    assert main(["check", "sheet", "--scenario", "smallwar"]) == 2
    assert "no sheet.toml" in capsys.readouterr().err


def test_the_book_has_something_under_each_of_its_forty_numbers():
    model = load()
    subjects, unread = subjects_of(model.folder)
    named = {one.sheet for one in unread}
    named |= {one.sheet for one in expectations_of(model.folder).values() if one.sheet}
    named |= {one.sheet for one in lines_of(model.book, model.folder).values()}
    assert named == set(subjects) == set(range(1, 41))


def test_the_book_asks_only_for_rules_options_and_outcomes_that_there_are():
    """Every measure is read off an ensemble in which nothing happened: a wrong name would raise."""
    from allohistory.questions.free_running import measured
    from allohistory.questions.logged import run_logged
    from allohistory.timeline.plan import END, Plan

    model = load()
    world = run_logged(model, Plan(horizon=END, draws=1), 1)
    for one in expectations_of(model.folder).values():
        value, _, n = measured(model, one.measure, world)
        assert n >= 0 and (value is None or math.isfinite(value)), one.id
