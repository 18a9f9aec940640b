"""The page of an answer: everything that an answer says, in one file that fetches nothing."""

from __future__ import annotations

import pytest

import allohistory
from allohistory.cli.commands.ask import report_file
from allohistory.errors import AllohistoryError
from allohistory.questions.headline import headline
from allohistory.results.roads_chart import rows
from allohistory.telling.report.answers import debated, report
from allohistory.telling.report.headlines import report as headline_report
from allohistory.telling.report.parts import folded, listed, section, table
from allohistory.telling.report.roads import LEAST, MOST, roads_of


@pytest.fixture
def answer(small):
    return allohistory.scenario("smallwar").ask(pods="struck-in-1932", timelines=40)


def test_report__has_the_question_the_figures_and_the_way_back(answer):
    page = report(answer)
    for one in answer.outcomes.values():
        assert one.title in page
        assert one.definition.split(".")[0] in page
    assert "Intervals are 90 %" in page
    assert answer.again.split()[0] in page
    assert answer.address_example[0] in page
    assert "<svg" in page
    for fetched in ('src="http', 'href="http', "@import", "url("):
        assert fetched not in page
    assert page == report(answer)


def test_report_of_the_headline__has_every_change(small):
    found = headline(small, timelines=20)
    page = headline_report(found, small)
    assert found.title in page or not found.title
    for row in found.rows:
        assert row.title in page
    assert "Caveats" in page


def test_a_report_goes_where_it_can(tmp_path):
    assert report_file(str(tmp_path / "a.html")) == tmp_path / "a.html"
    for wrong in (tmp_path / "a.txt", tmp_path / "none" / "a.html"):
        with pytest.raises(AllohistoryError):
            report_file(str(wrong))


def test_parts__nothing_is_nothing():
    assert section("A", "") == folded("a", "") == listed([]) == ""
    assert "&lt;b&gt;" in table(("", "n"), [("<b>", "1")])


def test_report__has_the_roads_to_what_enough_timelines_reach_and_none_to_the_rest(small):
    asked = allohistory.scenario("smallwar").ask(timelines=400)
    found = roads_of(asked)
    reached = [
        id
        for id, one in asked.outcomes.items()
        if one.kind == "yes" and LEAST <= one.chosen.probability * one.chosen.n <= one.chosen.n - LEAST
    ]
    assert [one.as_dict()["outcome"]["id"] for one in found] == reached[:MOST]
    assert found
    page = report(asked)
    for one in found:
        told = one.as_dict()
        assert all(road["addresses"][0] in page for road in told["roads"])
        held = list(rows(told["roads"]))
        assert all(row["early"] <= row["middle"] <= row["late"] for row in held)
        assert one.plot().to_dict()


def test_debate__only_claims_about_what_was_asked():
    asked = allohistory.scenario().ask(outcomes="america_enters", timelines=20, draws=5)
    found = debated(asked)
    assert found
    about = ("america_enters", "us_neutral")  # the same thing the other way round
    assert all(any(id in part.quantity for part in one.parts for id in about) for one in found)
    assert len(found) < len(allohistory.scenario().claims())


def test_debate__a_scenario_that_nobody_argues_about_has_none(answer):
    assert debated(answer) == []
