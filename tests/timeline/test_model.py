"""A scenario put together: its tables in numbers, what contradicts itself, and what its digest watches."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from allohistory.errors import AllohistoryError
from allohistory.timeline import model as models
from allohistory.timeline.model import calendar_of, load, rule_facts, scenarios
from allohistory.timeline.plan import PLACES
from allohistory.timeline.record_numbers import (
    coverage_facts,
    entry_facts,
    entry_in_numbers,
    half_width,
    variable_facts,
)
from smallwar_model import small_model


def in_numbers(**changed):
    """The first answer of the small war's record, changed, in numbers."""
    model = small_model()
    entry = replace(model.book.entries["north.first-answer"], **changed)
    rules = {rule.id: rule for rule in model.blueprint.rules}
    return entry_in_numbers(entry, model.book, rules, model.rules, model.numbers)


def test_load__an_unknown_scenario_names_those_that_exist():
    with pytest.raises(AllohistoryError) as refused:
        load("soviet-japanese-wor")
    assert refused.value.closest == "soviet-japanese-war"
    assert list(refused.value.possible) == scenarios()


def test_rules__stand_in_the_order_of_the_week_with_their_frozen_numbers():
    rules = small_model().blueprint.rules
    assert [rule.id for rule in rules] == ["yearly.harvest", "frontier.clash", "capital.answers"]
    assert [rule.place for rule in rules] == [1, 2, 3]
    assert [rule.number for rule in rules] == [3, 1, 2]
    assert rules[2].options == ("yield", "hold", "strike")
    assert rules[2].silent == 1
    assert rules[1].entities == ("north", "south")
    assert rules[0].entities == ("",)


def test_rules__one_that_the_week_forgets_is_an_error():
    model = small_model()
    with pytest.raises(ValueError, match=r"lacks \['yearly.harvest'\]"):
        rule_facts(model.rules, model.numbers, ("frontier.clash", "capital.answers"))


def test_rules__one_that_nobody_wrote_is_an_error():
    model = small_model()
    with pytest.raises(ValueError, match=r"no rule is called \['moon.rises'\]"):
        rule_facts(model.rules, model.numbers, (*model.order, "moon.rises"))


def test_rules__a_week_holds_no_more_than_it_has_places():
    model = small_model()
    with pytest.raises(ValueError, match="room for 127 rules, not for 128"):
        rule_facts(model.rules, model.numbers, model.order + model.order[:1] * 125)


def test_rules__the_book_sees_the_same_rules():
    model = small_model()
    facts = model.book_rules["capital.answers"]
    assert (facts.number, facts.draws, facts.per, facts.silent) == (2, "choice", "sector", "hold")
    assert facts.entities == ("north", "south")
    assert model.book_rules["yearly.harvest"].entities == ()


def test_entries__stand_at_their_address():
    model = small_model()
    clash, answer, south, harvest = model.blueprint.entries[:4]
    assert (clash.rule, clash.entity, clash.week, clash.day, clash.took) == ("frontier.clash", 0, 22, 2, 3.0)
    assert (answer.key, answer.step, answer.took) == (22, 0, 0.0)
    assert (south.entity, south.week) == (1, model.book.calendar.week_of(date(1932, 3, 3)))
    assert (harvest.took, harvest.half) == (0.5, pytest.approx(0.05))


def test_entries__hang_on_the_week_in_which_their_event_began():
    later = in_numbers(date=date(1931, 6, 24), event=date(1931, 6, 10), step=32)
    assert (later.week, later.key, later.step) == (24, 22, 32)


def test_entries__of_a_decision_that_history_took_once_have_a_frozen_key():
    model = small_model()
    once = SimpleNamespace(card=replace(model.rules["capital.answers"].card, key="answer"))
    rules = {**model.rules, "capital.answers": once}
    entry = model.book.entries["north.first-answer"]
    facts = {rule.id: rule for rule in model.blueprint.rules}
    numbers = {**model.numbers, "keys": {"answer": 1100}}
    assert entry_in_numbers(entry, model.book, facts, rules, numbers).key == 1100


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"rule": "capital.answer"}, 'no rule is called "capital.answer"'),
        ({"entity": "west"}, '"west" is no entity of capital.answers'),
        ({"entity": None}, "capital.answers needs an entity"),
        ({"took": "shrug"}, "capital.answers cannot take 'shrug'"),
        ({"took": 2.0}, "capital.answers cannot take 2.0"),
        ({"rule": "frontier.clash"}, "frontier.clash cannot take 'yield'"),
        ({"rule": "yearly.harvest", "entity": None}, "yearly.harvest cannot take 'yield'"),
    ],
)
def test_entries__that_name_what_is_not_there_are_refused(changed, words):
    with pytest.raises(AllohistoryError) as refused:
        in_numbers(**changed)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("took", "half"), [(4.0, 0.5), (0.25, 0.005), (-0.4, 0.05), (10.0, 0.5), (1.125, 0.0005), ("fired", 0.5)]
)
def test_entries__are_rounded_to_their_last_decimal(took, half):
    assert half_width(took) == pytest.approx(half)


def test_coverage__is_of_one_entity_or_of_all_and_ends_with_the_scenario():
    model = small_model()
    row = replace(model.book.coverage[0], entity="south", last=date(1945, 12, 30))
    facts = coverage_facts(row, model.book, model.blueprint.rules)
    assert (facts.entity, facts.first, facts.last) == (1, 0, model.book.calendar.last_week)
    every = coverage_facts(replace(row, entity="*"), model.book, model.blueprint.rules)
    assert every.entity == -1
    with pytest.raises(AllohistoryError, match="no rule is called"):
        coverage_facts(replace(row, rule="no.rule"), model.book, model.blueprint.rules)


def test_variables__have_one_first_value_for_each_entity():
    model = small_model()
    temper = replace(model.book.variables["state.temper"], per="sector", start=(1.0, 2.0))
    book = replace(model.book, variables={"state.temper": temper})
    assert variable_facts(book)[0].start == (1.0, 2.0)
    wrong = replace(book, variables={"state.temper": replace(temper, start=(1.0, 2.0, 3.0))})
    with pytest.raises(AllohistoryError, match="3 first values for 2 entities"):
        variable_facts(wrong)


def test_calendar__goes_by_the_monday_of_each_week():
    years, months, weeks = calendar_of(small_model().book)
    assert len(years) == 208
    assert (years[0], months[0], weeks[0]) == (1931, 1, 0)
    assert (years[51], months[51]) == (1931, 12)  # 1931-12-28
    assert (years[52], months[52], weeks[52]) == (1932, 1, 0)  # 1932-01-04
    assert weeks.max() == 51


def test_blueprint__outcomes_and_draws_are_in_the_order_of_their_columns():
    model = small_model()
    assert model.outcomes == ("war", "war_road", "clashes", "first_clash")
    assert model.blueprint.parameters == tuple(model.book.parameters)
    assert model.blueprint.parameter_draws.shape == (100, 4)
    assert np.isfinite(model.blueprint.parameter_draws).all()
    assert model.blueprint.series == ("state.temper", "state.clashes")


def test_entry_facts__keep_the_order_of_the_book():
    model = small_model()
    found = entry_facts(model.book, model.blueprint.rules, model.rules, model.numbers)
    assert [entry.id for entry in found] == list(model.book.entries)


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of four little files, and the digest of a model that lies in it."""
    files = ["luck/a.py", "timeline/b.py", "book/c.py", "scenarios/small/book/d.toml", "questions/e.py"]
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("one")
    monkeypatch.setattr(models, "PACKAGE", tmp_path)
    return tmp_path


def digest_of(package):
    return replace(small_model(), folder=package / "scenarios" / "small").digest


@pytest.mark.parametrize("name", ["luck/a.py", "timeline/b.py", "book/c.py", "scenarios/small/book/d.toml"])
def test_digest__changes_with_whatever_can_move_an_answer(package, name):
    before = digest_of(package)
    assert digest_of(package) == before
    (package / name).write_text("two")
    assert digest_of(package) != before


def test_digest__does_not_change_with_what_only_shows_answers(package):
    before = digest_of(package)
    (package / "questions/e.py").write_text("two")
    assert digest_of(package) == before


# ---------------------------------------------------------------- the scenario that comes with the package


def test_scenario__every_drawing_rule_has_a_place_in_the_week():
    model = load()
    places = [rule.place for rule in model.blueprint.drawn]
    assert len(set(places)) == len(places)
    assert max(places) < PLACES
    assert {rule.id for rule in model.blueprint.drawn} == {
        id for id, rule in model.rules.items() if rule.card.draws != "nothing"
    }


def test_scenario__every_number_that_it_uses_is_frozen_once():
    model = load()
    sections = dict(model.numbers)
    kinds = sections.pop("entities")
    for section in (*sections.values(), *kinds.values()):
        assert len(set(section.values())) == len(section)
    assert set(model.book.pods) <= set(model.numbers["pods"])
    assert set(model.book.parameters) == set(model.blueprint.parameters) <= set(model.numbers["parameters"])
    assert set(model.book.variables) <= set(model.numbers["variables"])


def test_scenario__no_two_entries_have_one_address_and_each_address_has_room():
    model = load()
    rules = model.blueprint.rule_of
    found = [
        (
            entry.rule,
            entry.entity,
            entry.week if rules[entry.rule].draws == "clock" else entry.key,
            entry.step,
        )
        for entry in model.blueprint.entries
    ]
    assert len(set(found)) == len(found)
    assert all(0 <= entry.key < 2048 and 0 <= entry.step < 512 for entry in model.blueprint.entries)
    assert all(0 <= entry.week < model.blueprint.weeks for entry in model.blueprint.entries)


def test_scenario__what_is_latent_is_left_open_somewhere():
    model = load()
    blueprint = model.blueprint
    for rule in blueprint.drawn:
        spans = [row for row in blueprint.coverage if row.rule == rule.id]
        whole = any((row.entity, row.first, row.last) == (-1, 0, blueprint.weeks - 1) for row in spans)
        assert not (rule.latent and whole), rule.id
