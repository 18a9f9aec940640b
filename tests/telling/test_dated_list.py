"""The dated list: the record's words for what it records, sentences for the rest, differences marked."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import allohistory
from allohistory.questions.words_files import words_file
from allohistory.telling.dated_list import dated_list
from allohistory.telling.grammar import Grammar, full_stop

ROOT = Path(__file__).resolve().parent.parent.parent
REAL = ROOT / "src" / "allohistory" / "scenarios" / "soviet_japanese_war"


@pytest.fixture
def told(small):
    war = allohistory.scenario("smallwar")
    answer = war.ask(pods="struck-in-1932", timelines=20)
    return dated_list(war.timeline(answer.address_example[0]), small)


def test_it_is_in_order_of_dates(told):
    assert [line.date for line in told] == sorted(line.date for line in told)


def test_before_the_change_it_is_our_history_in_the_records_words(told):
    first = told[0]
    assert first.text == "Shots in the north."
    assert not first.differs
    assert first.sources == ("Made up, page 2",)


def test_a_difference_is_marked_and_says_what_we_had(told):
    struck = next(line for line in told if line.rule == "capital.answers" and line.differs)
    assert struck.text == "The capital strikes over the south."
    assert struck.option == "strike"


def test_our_own_history_has_no_differences(small):
    war = allohistory.scenario("smallwar")
    answer = war.ask(luck="same", timelines=20)
    lines = dated_list(war.timeline(answer.address_example[0]), small)
    assert len(lines) == 7
    assert not any(line.differs for line in lines)


def test_a_rule_without_a_sentence_is_told_by_its_name(small):
    assert Grammar(small).option_sentence("no.rule", "odd", "north", None) == "no.rule: odd (the north)."


def test_full_stop():
    assert full_stop("It ends") == "It ends."
    assert full_stop("It ends.") == "It ends."


def test_every_option_of_every_drawing_rule_has_a_sentence():
    from allohistory.timeline.model import load

    sentences = tomllib.loads(words_file(REAL, "telling.toml").read_text(encoding="utf-8"))["rule"]
    model = load()
    lacking = []
    for rule in model.blueprint.drawn:
        wanted = {"clock": ("fired",), "choice": rule.options, "shock": ("value",)}[rule.draws]
        lacking += [f"{rule.id}: {option}" for option in wanted if option not in sentences.get(rule.id, {})]
    assert not lacking, "\n".join(lacking)
    assert not set(sentences) - {rule.id for rule in model.blueprint.rules}
