"""Our history as a line of events: whole, in words, and every choice one that the grammar of changes takes."""

from __future__ import annotations

from typing import Any

import pytest

import allohistory as ah
from allohistory.questions.question import Question
from allohistory.questions.worlds import read_worlds
from allohistory.studio.line import chief_events, line_of

MODEL = ah.scenario("soviet-japanese-war").model
ITEMS: dict[str, dict[str, Any]] = {one["id"]: one for one in line_of(MODEL)["items"]}


def test_every_chief_event_is_an_entry_that_can_be_changed() -> None:
    assert set(chief_events()) <= set(ITEMS)
    assert sum(one["label"] is not None for one in ITEMS.values()) == len(chief_events())


def test_each_has_what_happened_first_among_others_and_in_words() -> None:
    for one in ITEMS.values():
        took = [choice for choice in one["choices"] if choice["took"]]
        assert len(took) == 1 and len(one["choices"]) > 1, one["id"]
        for choice in one["choices"]:
            assert choice["says"][0].isupper() and choice["says"].endswith((".", "!", "?")), one["id"]
            assert "{" not in choice["says"] and not choice["says"].startswith(one["rule"]), one["id"]


@pytest.mark.parametrize("id", sorted(chief_events()))
def test_every_choice_of_a_chief_event_is_a_change_that_is_read(id: str) -> None:
    for choice in ITEMS[id]["choices"]:
        if not choice["took"]:
            change = f"{id}={choice['value']}"
            worlds = read_worlds(Question(scenario=MODEL.name, do=(change,), timelines=8), MODEL)
            assert worlds.question.changed


def test_the_catalogue_stands_beside_the_event_it_is_about() -> None:
    assert "no-clash-at-marco-polo" in ITEMS["marco-polo.clash"]["pods"]
    assert "hokkaido-landing-ordered" in ITEMS["landing.rumoi-not-ordered"]["pods"]
    assert "khalkhin-gol-not-fought" in ITEMS["khalkhin-gol.begins"]["pods"]
