"""The words of play: every decision of every actor has a sheet, every option a name, every input of its rule words."""

from __future__ import annotations

import inspect

import pytest

from allohistory.questions.play.sheet import options_of
from allohistory.questions.play.tables import tables_of
from allohistory.timeline.model import load

MODEL = load()
TABLES = tables_of(MODEL)
DECIDED = sorted({name for actor in TABLES.actors.values() for name in actor.decides})


@pytest.mark.parametrize("name", DECIDED)
def test_every_decision_has_a_sheet_with_words_for_each_option(name: str) -> None:
    rule, _, entity = name.partition("[")
    decision = TABLES.decisions[rule]
    facts = MODEL.blueprint.rule_of[rule]
    assert facts.draws in ("choice", "clock")
    assert set(decision.options) == set(options_of(MODEL, rule))
    assert all(one.title and one.case for one in decision.options.values())
    if entity:
        assert entity.rstrip("]") in facts.entities


@pytest.mark.parametrize("rule", sorted(TABLES.decisions))
def test_every_input_that_a_decided_rule_reads_is_known(rule: str) -> None:
    assert any(name.partition("[")[0] == rule for name in DECIDED)
    read = [name for name in inspect.signature(MODEL.rules[rule].plain).parameters if name != "p"]
    assert [name for name in read if TABLES.input(name, rule) is None] == []


@pytest.mark.parametrize("id", sorted(TABLES.actors))
def test_an_actor_s_figures_portraits_and_secrets_are_of_things_that_there_are(id: str) -> None:
    actor = TABLES.actors[id]
    variables = MODEL.blueprint.variable_place
    assert all(variable in variables for variable, _ in actor.figures)
    assert all(not one[2] or one[2] in variables for one in actor.portrait)
    for hidden in actor.hides:
        rule, _, option = hidden.partition(":")
        assert rule in MODEL.rules and (not option or option in MODEL.rules[rule].card.options)
        assert rule not in actor.decides
    days = [one[0] for one in actor.portrait]
    assert days == sorted(days)


def test_no_words_are_left_unfilled() -> None:
    for name, row in TABLES.inputs.items():
        for words in (row.high, row.low, row.even):
            assert "{" not in words.replace("{value}", "").replace("{span}", ""), name


def test_inputs_that_nothing_reads_are_not_kept() -> None:
    read = {
        name for rule in TABLES.decisions for name in inspect.signature(MODEL.rules[rule].plain).parameters
    }
    assert sorted(set(TABLES.inputs) - read) == []
