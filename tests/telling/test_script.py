"""The tables of telling.toml: what they name is there, and their keys are known."""

from __future__ import annotations

import pytest

import paper
from allohistory.errors import AllohistoryError
from allohistory.telling.script import Script, listed, script_of
from allohistory.timeline.model import load


@pytest.fixture(scope="module")
def model():
    return load()


@pytest.fixture(scope="module")
def script():
    return script_of(paper.REAL)


def unknown(names, model):
    """RULE, RULE:OPTION or RULE:any that the model does not have."""
    found = []
    for name in names:
        rule, _, option = name.partition(":")
        facts = model.blueprint.rule_of.get(rule)
        if facts is None or (option and option not in ("any", *facts.options, "fired", "silent")):
            found.append(name)
    return found


def test_every_rule_named_is_a_rule(model, script):
    named = [
        *script.silent,
        *script.changes,
        *script.rarely,
        *script.fighting,
        *script.late,
        *script.own_words,
    ]
    named += [*script.dated, *script.follows, *(one for row in script.follows.values() for one in row)]
    for affair in script.affairs:
        named += [*affair.rules, *affair.large]
    assert not unknown(named, model)


def test_every_landmark_is_a_rule_or_an_entry_of_the_record(model, script):
    assert not [
        one
        for one in script.landmarks
        if one not in model.blueprint.rule_of and one not in model.book.entries
    ]


def test_every_variable_and_outcome_named_is_there(model, script):
    variables = {one for watch in script.watches for one in (watch.variable, watch.when)}
    variables |= {one for row in script.closings for one in (row.variable, row.rises) if one}
    assert variables <= set(model.book.variables)
    assert {row.outcome for row in script.closings if row.outcome} <= set(model.book.outcomes)


def test_every_value_of_an_outcome_at_the_close_is_one_of_its_options(model, script):
    for row in script.closings:
        if row.outcome:
            outcome = model.book.outcomes[row.outcome]
            assert set(row.says) <= {"yes", "no", *outcome.options}, row.outcome


def test_every_entity_named_is_there(model, script):
    known = {member.id for kind in model.book.entity_kinds.values() for member in kind.members}
    named = {*script.names, *(id for row in script.closings for id in row.of)}
    named |= {id for some, _ in script.together for id in some}
    assert named <= known


def test_an_unknown_key_is_refused(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "telling.toml").write_text('[chronicle]\nsilnt = ["x"]\n', encoding="utf-8")
    with pytest.raises(AllohistoryError, match="silnt"):
        script_of(tmp_path)


def test_a_scenario_without_tables_tells_everything(tmp_path):
    assert script_of(tmp_path) == Script()


def test_what_has_one_name_together_is_called_by_it(script):
    assert (
        script.called(["northern-korea", "southern-korea", "karafuto"], {}) == "Korea and southern Sakhalin"
    )
    assert script.called(["northern-korea"], {}) == "northern Korea"


def test_listed():
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
