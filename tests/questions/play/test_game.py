"""Play: a game is an address; history's own choices give history; what is chosen stands, at the rules' probability."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pytest

from allohistory.errors import AllohistoryError
from allohistory.questions.play import sheet
from allohistory.questions.play.game import after, begin, cast, opened, shown, state
from allohistory.questions.timelines import timeline_at

ACTORS = [one["id"] for one in cast()]


def played(actor: str, how: Any, *, most: int = 120, **begun: Any) -> dict[str, Any]:
    """A game to its end: how(sheet) says what is chosen."""
    now = state(actor, **begun)
    start = now["from"]
    for _ in range(most):
        if now["ended"]:
            return now
        now = state(actor, address=now["address"], from_=start, choose=how(now))
    raise AssertionError("the game has no end")


def ours(now: dict[str, Any]) -> dict[str, str]:
    return {"option": now["decision"]["ours"]["option"]}


def likeliest(now: dict[str, Any]) -> dict[str, str]:
    options = now["decision"]["options"]
    return {"option": max(options, key=lambda one: one["probability"])["option"]}


@pytest.mark.parametrize("actor", ACTORS)
def test_our_history_s_choices_with_its_luck_are_our_history(actor: str) -> None:
    begun = begin("soviet-japanese-war", actor)
    game = opened(*begun)
    while (now := game.desk.next) is not None:  # without the sheets that nobody reads here
        choose = {"option": sheet.ours(game, now)["option"]}
        game = opened(game.tables, game.actor, after(game, choose), game.since, game)
    end = shown(game)
    assert end["ended"] and end["past"] and not any(one["departs"] for one in end["past"])
    found = timeline_at(end["address"])
    assert found.faded is None and found.trouble is None
    assert found.events == timeline_at(begun[2]).events
    assert end["surprise"]["world_bits"] == pytest.approx(end["surprise"]["our_history_bits"])


@pytest.mark.parametrize("actor", ["tokyo", "washington"])
def test_a_game_of_the_likeliest_options_comes_to_an_end_in_a_world_of_its_own(actor: str) -> None:
    end = played(actor, likeliest, seed=5, from_="1939-01-01")
    assert end["ended"] and end["aside"] is None
    assert len(end["address"]) <= 2000
    decided = [one for one in end["past"] if one["option"] != "fires"]
    bits = sum(-math.log2(one["probability"]) for one in decided)
    assert end["surprise"]["yours_bits"] == pytest.approx(bits, abs=0.01)
    assert state(actor, address=end["address"], from_=end["from"]) == end


def test_what_is_chosen_is_what_happens_at_the_probability_that_was_shown() -> None:
    now = state("moscow", from_="1938-07-01")
    shown = {one["option"]: one["probability"] for one in now["decision"]["options"]}
    assert sum(shown.values()) == pytest.approx(1.0)
    for option, chance in shown.items():
        later = state("moscow", address=now["address"], from_=now["from"], choose={"option": option})
        last = later["past"][-1]
        assert (last["option"], last["title"]) == (option, now["decision"]["title"])
        assert last["probability"] == pytest.approx(chance)
        assert later["surprise"]["yours_bits"] == pytest.approx(-math.log2(chance), abs=0.001)


def test_before_a_choice_nothing_changes_and_the_game_can_be_taken_up_again() -> None:
    now = state("tokyo", from_="1939-06-20")
    later = state("tokyo", address=now["address"], from_=now["from"], choose={"option": "stop"})
    assert state("tokyo", address=later["address"], from_=now["from"]) == later
    events = [(one.rule, one.day, one.option) for one in timeline_at(later["address"]).events]
    factual = [(one.rule, one.day, one.option) for one in timeline_at(now["address"]).events]
    before = next(i for i, pair in enumerate(zip(events, factual, strict=False)) if pair[0] != pair[1])
    calendar = timeline_at(now["address"]).model.book.calendar
    assert calendar.date_of(events[before][1]).isoformat() >= "1939-06-20"
    assert timeline_at(later["address"]).faded is not None


def test_a_choice_that_luck_would_have_made_leaves_no_trace_once_another_is_made() -> None:
    now = state("tokyo", from_="1939-06-01")
    begun = now["address"]
    for _ in range(4):
        now = state("tokyo", address=now["address"], from_=now["from"], choose=ours(now))
    assert len(timeline_at(now["address"])._read.named.changes) == 1
    assert len(now["address"]) < len(begun) + 20


def test_the_same_answer_again_and_again_takes_one_place_in_the_address() -> None:
    now = state("tokyo", from_="1941-06-01", seed=11)
    said = 0
    while not now["ended"] and now["date"] < "1944-01-01":
        waits = now["decision"]["rule"] in ("tokyo.strikes-north", "tokyo.strikes-south")
        said += waits
        choose = {"option": "wait"} if waits else {"until": "next"}
        now = state("tokyo", address=now["address"], from_=now["from"], choose=choose)
    assert said > 4
    read = timeline_at(now["address"])._read.named.changes
    assert len([one for one in read if one.startswith("tokyo.strikes-")]) <= 4
    waited = [one for one in now["past"] if one["rule"].startswith("tokyo.strikes-")]
    assert len(waited) > 3 and {one["option"] for one in waited} == {"wait"}


def test_the_advisers_decide_until_a_day_a_crisis_or_the_end() -> None:
    now = state("tokyo")
    dated = state("tokyo", address=now["address"], choose={"until": "1939-05-01"})
    assert dated["date"] >= "1939-05-01" and dated["past"][-1]["date"] < "1939-05-01"
    crisis = state("tokyo", address=dated["address"], choose={"until": "crisis"})
    assert crisis["decision"]["grave"] and len(crisis["past"]) > len(dated["past"])
    one = state("tokyo", address=now["address"], choose={"until": "next"})
    assert len(one["past"]) == 1
    end = state("tokyo", address=now["address"], choose={"until": "end"})
    assert end["ended"] and timeline_at(end["address"]).faded is None


def test_a_proposal_that_is_shelved_does_not_come_and_is_paid_for() -> None:
    now = state("berlin", from_="1941-04-01")
    while now["decision"]["entity"] != "barbarossa":
        now = state("berlin", address=now["address"], from_=now["from"], choose=ours(now))
    never = next(one for one in now["decision"]["options"] if one["option"] == "never")
    before = now["surprise"]["yours_bits"]
    now = state("berlin", address=now["address"], from_=now["from"], choose={"option": "never"})
    turns = [one for one in timeline_at(now["address"]).events if one.entity == "barbarossa"]
    fired = [one.day for one in turns if one.option == "fired"]
    day = timeline_at(now["address"]).model.book.calendar.day_of
    assert all(one > day(dt.date(1941, 12, 14)) for one in fired)
    paid = now["surprise"]["yours_bits"] - before
    assert paid == pytest.approx(-math.log2(never["probability"]), rel=0.5)


def test_nobody_knows_what_others_keep_secret_nor_what_is_still_to_come() -> None:
    now = state("moscow", from_="1941-06-01", choose={"until": "1941-09-01"})
    told = [one["text"] for one in now["decision"]["what_happened_since"]]
    assert told and not any("secret" in one or "northern war" in one for one in told)
    assert all(one["date"] <= now["date"] for one in now["decision"]["what_happened_since"])


def test_a_game_begins_from_any_timeline_at_any_week() -> None:
    found = timeline_at(state("tokyo")["address"]).fork("1937-07-01", do="china.incident@1937-07=never")
    now = state("nanjing", address=found.address, from_="1937-06-01")
    assert now["address"] == found.address and now["past"] == []


@pytest.mark.parametrize(
    ("asked", "where", "closest"),
    [
        ({"actor": "toky"}, "actor", "tokyo"),
        ({"actor": "tokyo", "from_": "1830-01-01"}, "from", None),
        ({"actor": "tokyo", "luck": "sam"}, "luck", "same"),
        ({"actor": "tokyo", "choose": {"option": "nort"}}, "choose", "north"),
        ({"actor": "tokyo", "choose": {"optoin": "north"}}, "choose", "option"),
        ({"actor": "tokyo", "address": "ah1-sjw-0"}, "address", None),
    ],
)
def test_a_mistake_is_named_with_the_nearest_possible(
    asked: dict[str, Any], where: str, closest: str | None
) -> None:
    actor = asked.pop("actor")
    with pytest.raises(AllohistoryError) as raised:
        state(actor, **asked)
    assert raised.value.where == where
    assert closest is None or raised.value.closest == closest
