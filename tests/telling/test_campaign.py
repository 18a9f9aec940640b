"""The war in words: what changed is said, what went on is not."""

from __future__ import annotations

import paper
from allohistory.telling.atlas.situation import people
from allohistory.telling.campaign import war_weeks


def weeks_of(*worlds):
    return war_weeks(paper.timeline([paper.peace(), *worlds]))


def attacking(world, front, moved, won=1, side=1):
    paper.put(world, "front.attacker", side, front)
    paper.put(world, "front.won", won, front)
    paper.put(world, "front.moved", moved if side == 1 else -moved, front)
    return world


def test_peace__says_nothing():
    assert weeks_of(paper.peace(), paper.peace()) == []


def test_the_first_week__says_who_attacked_and_how_the_line_broke():
    world = attacking(paper.opened(paper.peace(), {"maritime": 42}), "maritime", 42)
    paper.put(world, "land.opener", 1)
    paper.put(world, "land.surprise", 2)
    paper.put(world, "side.losses", 9, "soviet")
    paper.put(world, "side.losses", 14, "japanese")
    paper.put(world, "army.days", 12, "maritime-soviet")
    (week,) = weeks_of(world)
    assert week.date == "1931-01-12"
    assert week.line == (
        "Week of 12 January 1931: war on land: the Soviets attack first, and find the other side unready; "
        "the Soviets break through at Suifenho, 42 km in the week; losses 9,000 and 14,000; stocks 12 days."
    )


def test_a_week_like_the_one_before__is_passed_over():
    one = attacking(paper.opened(paper.peace(), {"maritime": 42}), "maritime", 2)
    other = attacking(paper.opened(paper.peace(), {"maritime": 44}), "maritime", 2)
    assert [week.date for week in weeks_of(one, other)] == ["1931-01-12"]


def test_places_that_change_hands__are_named_by_the_names_of_the_day():
    one = paper.opened(paper.peace(), {"maritime": 150})
    other = paper.opened(paper.peace(), {"maritime": 200})
    for place in ("suifenho", "mutanchiang"):
        paper.put(other, "place.holder", 0, place)
    paper.put(other, "place.holder", 1, "voroshilov")
    last = weeks_of(one, other)[-1].text
    assert "the Soviets take" in last
    assert "Suifenho" in last
    assert "Mutanchiang" in last
    assert "the Japanese take Nikolsk-Ussuriysk" in last


def test_an_attack_that_fails__is_told_once():
    one = attacking(paper.opened(paper.peace(), {"ussuri": 0}), "ussuri", 0, won=0, side=2)
    other = attacking(paper.opened(paper.peace(), {"ussuri": 0}), "ussuri", 0, won=0, side=2)
    told = weeks_of(one, other)
    assert "the Japanese attack at" in told[0].text
    assert "and are held" in told[0].text
    assert len(told) == 1


def test_prisoners_cut_off_landings_gas_and_the_end__are_told():
    one = paper.opened(paper.peace(), {"manchouli": 100})
    other = paper.opened(paper.peace(), {"manchouli": 100})
    paper.put(other, "army.cut_off", 1, "manchouli-japanese")
    paper.put(other, "side.captured", 31, "japanese")
    paper.put(other, "operation.state", 1, "northern-kurils")
    paper.put(other, "land.gas", 1)
    paper.put(other, "land.vladivostok_cut_week", 2)
    ended = paper.opened(paper.peace(), {"manchouli": 100})
    paper.put(ended, "front.open", 0)
    paper.put(ended, "side.losses", 52, "soviet")
    paper.put(ended, "side.captured", 31, "japanese")
    told = weeks_of(one, other, ended)
    middle, last = told[1].text, told[2].text
    for words in (
        "no railway leads any longer to the Japanese at Manchouli",
        "31,000 Japanese prisoners",
        "a Soviet landing begins: Northern Kurils",
        "the Japanese use gas",
        "Vladivostok is cut off by land",
    ):
        assert words in middle
    assert "the fighting on land ends; losses since it began: Soviet 52,000 and 0 prisoners" in last


def test_many_fronts__the_farthest_are_named_and_the_rest_counted():
    km = {"manchouli": 90, "halha": 120, "ussuri": 35, "maritime": 60, "middle-amur": 40}
    world = paper.opened(paper.peace(), km)
    for front, far in km.items():
        attacking(world, front, far)
    (week,) = weeks_of(world)
    assert "120 km" in week.text
    assert "2 more attacks on other axes" in week.text
    assert "35 km" not in week.text


def test_json__has_the_date_and_the_words():
    (week,) = weeks_of(attacking(paper.opened(paper.peace(), {"maritime": 42}), "maritime", 42))
    assert set(week.as_json()) == {"date", "text"}


def test_people__as_a_reader_wants_them():
    assert [people(value) for value in (0.004, 0.32, 9.04, 14.4, 120.0)] == [
        "0",
        "320",
        "9,000",
        "14,000",
        "120,000",
    ]


def test_a_second_war__is_reckoned_from_its_own_beginning():
    def with_losses(world, dead):
        paper.put(world, "side.losses", dead, "soviet")
        return world

    first = with_losses(paper.opened(paper.peace(), {"maritime": 5}), 40)
    quiet = with_losses(paper.peace(), 40)
    second = with_losses(paper.opened(paper.peace(), {"maritime": 5}), 43)
    told = weeks_of(first, quiet, second, with_losses(paper.peace(), 43))
    assert "losses since it began: Soviet 40,000" in told[1].text
    assert "losses since it began: Soviet 3,000" in told[-1].text
