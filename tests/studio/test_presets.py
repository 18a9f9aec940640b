"""The questions on the first page: whole, sourced, readable by the reader that questions from outside go through."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

import allohistory as ah
from allohistory.errors import AllohistoryError
from allohistory.questions.question import Question
from allohistory.questions.worlds import read_worlds
from allohistory.studio.app import create_app
from allohistory.studio.presets import PLACES, Preset, presets, read

SCENARIO = "soviet-japanese-war"
ALL = pytest.mark.parametrize("preset", presets(), ids=lambda one: one.id)

ROW = """
[[preset]]
id = "one"
title = "A title"
asks = "Why?"
why = "Because."
source = "A forum"
place = "forum"
when = "1938"
"""


def asked(preset: Preset, timelines: int) -> Question:
    """The question that the page would put."""
    held = preset.what_if
    return Question(
        scenario=SCENARIO,
        pods=tuple(held.get("pods", ())),
        do=tuple(held.get("do", ())),
        outcomes=tuple(held.get("ask", ())),
        from_=held.get("from"),
        luck=held.get("luck", "fresh"),
        given=held.get("given"),
        without=held.get("without"),
        timelines=timelines,
    )


def test_there_are_a_dozen_and_every_one_says_where_it_is_argued() -> None:
    assert len(presets()) >= 12
    for one in presets():
        assert one.source and one.place in PLACES
        assert one.asks.endswith("?")
        assert one.when.isdigit() and 1931 <= int(one.when) <= 1950


@ALL
def test_every_what_if_is_read_as_any_question_is(preset: Preset) -> None:
    worlds = read_worlds(asked(preset, 8), ah.scenario(SCENARIO).model)
    assert worlds.question.changed


@ALL
def test_its_claim_is_one_of_the_debate(preset: Preset) -> None:
    if preset.claim is not None:
        assert [one.id for one in ah.scenario(SCENARIO).claims(preset.claim)] == [preset.claim]


@pytest.mark.parametrize("id", ["quiet-bridge", "rumoi"])
def test_a_few_timelines_answer_it(id: str) -> None:
    held = next(one for one in presets() if one.id == id).what_if
    answer = ah.scenario(SCENARIO).ask(pods=held["pods"], outcomes=held["ask"], timelines=8, workers=1)
    assert set(answer.outcomes) == set(held["ask"])


def test_the_server_gives_them_with_the_keys_of_a_what_if() -> None:
    with TestClient(create_app(), base_url="http://127.0.0.1") as client:
        items = client.get("/api/v1/presets").json()["items"]
    assert [one["id"] for one in items] == [one.id for one in presets()]
    assert items[0]["what_if"]["pods"] == list(presets()[0].what_if["pods"])


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("plce = 1", "place"),
        ("[preset.what_if]\npod = ['x']", "pods"),
    ],
)
def test_a_wrong_key_is_named_with_the_nearest(line: str, word: str) -> None:
    with pytest.raises(AllohistoryError) as caught:
        read(ROW + line)
    assert caught.value.closest == word


def test_a_missing_key_and_a_second_id_are_mistakes() -> None:
    with pytest.raises(AllohistoryError, match="missing"):
        read(ROW.replace('why = "Because."\n', ""))
    with pytest.raises(AllohistoryError, match="two presets"):
        read(ROW + ROW)
