"""The chronicle: news and no routine, in an order that a reader can follow, and how the world stands at the end."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

import allohistory
import paper
from allohistory.results.words import number_word
from allohistory.telling import chronicle as chronicles
from allohistory.telling import selection
from allohistory.telling.chronicle import Paragraph, chronicle, joined
from allohistory.telling.closing import amount, closing, rounded, time
from allohistory.telling.deeds import HELD, Deed, on_axes, one_side
from allohistory.telling.grammar import Grammar, filled, sentence_of
from allohistory.telling.script import Affair, Closing, Script, Watch
from allohistory.telling.selection import Choosing, in_order
from allohistory.telling.watching import Watching
from allohistory.timeline.tell import Event


def event(rule, option, week, day=3, entity="", ours=None, differs=True):
    """A decision, or a firing, that our history's record does not name."""
    return Event(week * 7 + day, week, rule, entity, option, None, week, False, ours, differs, 0.5)


@pytest.fixture
def small_timeline(small):
    war = allohistory.scenario("smallwar")
    answer = war.ask(pods="struck-in-1932", timelines=20)
    return war.timeline(answer.address_example[0])


def choosing(small, **script):
    """The small scenario with a script of its own."""
    return Choosing(small, Script(**script), Grammar(small), 0)


def test_a_state_is_told_once_and_when_it_changes(small):
    options = small.blueprint.rule_of["capital.answers"].options
    first, other = options[-1], options[-2]
    events = [event("capital.answers", one, week) for week, one in enumerate([first, first, other, first])]
    told = choosing(small, changes={"capital.answers": 0}).told(events)
    assert [one.option for one in told] == [first, other, first]
    assert len(choosing(small).told(events)) > 2


def test_a_state_that_was_not_asked_for_long_is_told_anew(small):
    events = [event("capital.answers", "strike", week) for week in (0, 1, 60)]
    assert len(choosing(small, changes={"capital.answers": 26}).told(events)) == 2
    assert len(choosing(small, changes={"capital.answers": 0}).told(events)) == 1


def test_what_comes_often_is_told_seldom(small):
    events = [
        event("frontier.clash", "fired", week, entity=one) for week in range(4) for one in ("north", "south")
    ]
    known = {one.entity for one in events} <= set(small.blueprint.rule_of["frontier.clash"].entities)
    assert known
    assert len(choosing(small, rarely={"frontier.clash": 10}).told(events)) == 2
    assert len(choosing(small, rarely={"frontier.clash:any": 10}).told(events)) == 1


def test_what_is_silent_is_not_told(small):
    events = [event("frontier.clash", "fired", 1, entity="north"), event("capital.answers", "strike", 2)]
    assert [one.rule for one in choosing(small, silent=frozenset({"frontier.clash"})).told(events)] == [
        "capital.answers"
    ]
    assert choosing(small, silent=frozenset({"frontier.clash:fired", "capital.answers"})).told(events) == []


AFFAIR = Affair(
    "frontier.clash",
    "capital.answers",
    frozenset({"frontier.clash", "capital.answers"}),
    frozenset({"capital.answers:strike"}),
    2,
    "{count} small ones.",
)


def test_small_quarrels_are_counted_and_large_ones_told(small):
    small_ones = [event("frontier.clash", "fired", week) for week in (1, 3, 5)]
    told = choosing(small, affairs=(AFFAIR,)).told(small_ones)
    assert [one.text for one in told] == ["Three small ones."]
    large = [event("frontier.clash", "fired", 1), event("capital.answers", "strike", 1)]
    assert [one.rule for one in choosing(small, affairs=(AFFAIR,)).told(large)] == [
        "frontier.clash",
        "capital.answers",
    ]


def test_nothing_is_told_before_what_it_follows_from():
    death, heirs = event("stalin.dies", "fired", 5, day=6), event("kremlin.who-rules", "heirs", 5, day=1)
    told = in_order([heirs, death], Script(follows={"kremlin.who-rules": ["stalin.dies"]}))
    assert [one.rule for one in told][-1] == "kremlin.who-rules" or told[-1].day == told[0].day == 41
    assert all(one.day == 41 for one in told)


def test_sentences_with_one_subject_become_one():
    said = [
        "Tokyo settles on the south.",
        "Tokyo prepares for war.",
        "It rains.",
        "Tokyo waits.",
        "It rains.",
    ]
    assert (
        joined(said, Script(subjects=("Tokyo",)))
        == "Tokyo settles on the south and prepares for war. It rains. Tokyo waits."
    )


def test_a_place_is_named_once_in_a_day():
    script = Script(names={"halha": "on the Halha", "amur": "on the Amur", "korea": "northern Korea"})
    said = ["A clash on the Halha.", "They attack on the Halha.", "It rains.", "They win on the Halha."]
    said += ["Shots on the Amur.", "It takes northern Korea.", "All see northern Korea."]
    assert joined(said, script) == (
        "A clash on the Halha. They attack. It rains. They win. "
        "Shots on the Amur. It takes northern Korea. All see northern Korea."
    )


def test_dates_of_a_day_and_of_a_week():
    assert Paragraph("1938-08-04", "", True).when == "4 August"
    assert Paragraph("1938-08-01", "", True, until="1938-08-07").when == "1-7 August"
    assert Paragraph("1938-08-29", "", True, until="1938-09-04").when == "29 Aug-4 Sep"


def test_a_chronicle_begins_where_it_departs(small_timeline):
    told = chronicle(small_timeline)
    assert told
    assert all(one.date >= small_timeline.faded for one in told)
    assert [one.date for one in told] == sorted(one.date for one in told)
    assert set(told[0].as_json()) == {"date", "until", "text", "ours", "absent", "differs", "sources"}


def test_a_war_ends_before_its_peace_is_told(monkeypatch, small_timeline):
    week = SimpleNamespace(number=10, text="Fighting.")
    peace = selection.Said(72, "Peace.", True, rule=chronicles.PEACE)
    monkeypatch.setattr(chronicles, "war_weeks", lambda _: [week])
    monkeypatch.setattr(Watching, "told", lambda *_: [peace])
    monkeypatch.setattr(Choosing, "told", lambda *_: [])
    object.__setattr__(small_timeline._log, "departed", (0, "x"))
    assert [one.text for one in chronicle(small_timeline)] == ["Fighting.", "Peace."]


def test_changes_of_the_world_are_told_together():
    before, after = paper.peace(), paper.peace()
    for land, ruler in (("northern-korea", 1), ("southern-korea", 1), ("manchuria", 3)):
        paper.put(after, "region.ruler", ruler, land)
    watch = Watch(
        "region.ruler", "region.ruler", {1: "the Soviet Union takes {names}", 3: "China takes {names}"}
    )
    names = {"northern-korea": "northern Korea", "southern-korea": "southern Korea"}
    watching = Watching(paper.model(), Script(watches=(watch,), names=names), 0)
    (said,) = watching.told([before, after], [])
    assert said.text == "China takes Manchuria; the Soviet Union takes northern Korea and southern Korea."
    assert said.day == 13  # the week's last, where no decision names a day
    assert watching.told([after, after], []) == []


def test_a_change_is_dated_by_the_decision_that_brought_it():
    before, after = paper.peace(), paper.peace()
    paper.put(after, "peace.week", 1)
    paper.put(after, "peace.kind", 2)
    watch = Watch("peace.kind", "peace.week", {2: "Peace on Moscow's terms."})
    decided = event("tokyo.bargains", "gives-way", 1, day=2)
    (said,) = Watching(paper.model(), Script(watches=(watch,)), 0).told([before, after], [decided])
    assert (said.day, said.text) == (9, "Peace on Moscow's terms.")


def test_of_an_island_that_is_held_in_part_only_a_part_is_named():
    before, after = paper.peace(), paper.peace()
    for island, share in (("hokkaido", 1.0), ("honshu-island", 0.2)):
        paper.put(after, "island.communist", 1, island)
        paper.put(after, "island.soviet_share", share, island)
    watch = Watch(
        "island.communist", "island.communist", {1: "communists on {names}"}, share="island.soviet_share"
    )
    script = Script(watches=(watch,), part="a part of {name}")
    (said,) = Watching(paper.model(), script, 0).told([before, after], [])
    assert said.text == "Communists on a part of Honshu and Hokkaido."


def test_all_of_a_kind_have_words_of_their_own_when_they_come_together():
    before, after = paper.peace(), paper.peace()
    paper.put(after, "island.occupier", 2)
    watch = Watch("island.occupier", "island.occupier", {2: "they hold {names}"}, all={2: "they hold Japan"})
    (said,) = Watching(paper.model(), Script(watches=(watch,)), 0).told([before, after], [])
    assert said.text == "They hold Japan."


def test_figures_are_no_finer_than_they_are_known():
    assert [rounded(one) for one in (0.4, 7, 69, 691, 69_206, 1_234_567)] == [
        0,
        7,
        69,
        690,
        69_000,
        1_200_000,
    ]
    assert amount(69.2061, "thousand men") == "69,000"
    assert amount("1936-08-07", "") == "7 August 1936"
    assert [time(one) for one in (1, 5, 25, 66, 160)] == [
        "1 week",
        "5 weeks",
        "6 months",
        "15 months",
        "3 years",
    ]
    assert [number_word(one) for one in (3, 14)] == ["three", "14"]


def test_the_close_says_what_came(monkeypatch, small_timeline):
    rows = (
        Closing("The war", {"yes": "It came on {war.date}."}, outcome="war"),
        Closing("", {"no": "Never."}, outcome="war"),
        Closing("Else", {"yes": "Unsaid."}, when="not war"),
    )
    monkeypatch.setattr("allohistory.telling.closing.script_of", lambda _: Script(closings=rows))
    ((title, text),) = closing(small_timeline)
    assert title == "The war"
    assert text.startswith("It came on ")
    assert "{" not in text


def test_a_scenario_without_words_for_the_close_has_none(small_timeline):
    assert closing(small_timeline) == []


def test_words_are_filled_and_finished():
    assert filled("A clash {where}.", where="") == "A clash."
    assert sentence_of("the war ends") == "The war ends."


def test_a_count_is_told_at_the_years_end_where_it_rose():
    worlds = [paper.peace() for _ in range(106)]
    for world in worlds[20:]:
        paper.put(world, "america.bombs_used", 2)
    watch = Watch("america.bombs_used", "america.bombs_used", {}, yearly="So far: {count}.")
    told = Watching(paper.model(), Script(watches=(watch,)), 0).told(worlds, [])
    assert [(one.day // 7, one.text) for one in told] == [(50, "So far: two.")]  # the last Sunday of 1931


def test_the_day_of_a_change_may_be_a_variable():
    before, after = paper.peace(), paper.peace()
    paper.put(after, "war.rung", 7)
    paper.put(after, "war.began_day", 4)
    watch = Watch("war.rung", "war.rung", {7: ["War.", "War again."]}, day="war.began_day")
    told = Watching(paper.model(), Script(watches=(watch,)), 0).told(
        [before, after, before, after, before, after], []
    )
    assert [(one.day, one.text) for one in told] == [(11, "War."), (25, "War again."), (39, "War again.")]


def test_two_axes_to_one_place_are_one():
    assert on_axes(["towards Harbin (85 km)", "towards Peian (90 km)", "towards Harbin (45 km)"]) == [
        "towards Harbin (85 and 45 km)",
        "towards Peian (90 km)",
    ]
    assert (
        one_side(0, [Deed(0, HELD, "at Hutou"), Deed(0, "take", "Iman")])
        == "the Soviets take Iman, and are held at Hutou"
    )
    assert one_side(1, [Deed(1, HELD, "at Iman")]) == "the Japanese attack at Iman and are held"
    assert one_side(1, []) == ""
