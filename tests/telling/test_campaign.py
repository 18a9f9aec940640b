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
    paper.put(world, "army.days", 5, "maritime-soviet")
    (week,) = weeks_of(world)
    assert week.date == "1931-01-12"
    assert week.line == (
        "Week of 12 January 1931: The Soviets attack first, and find the other side unready; "
        "the Soviets break through towards Suifenho (40 km). "
        "Losses of the week: Soviet 9,000, Japanese 14,000. The attacker has stocks for 5 days."
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
    assert "The Soviets take" in last
    assert "Suifenho" in last
    assert "Mutanchiang" in last
    assert "the Japanese take Nikolsk-Ussuriysk" in last


def test_an_attack_that_fails__is_told_once():
    one = attacking(paper.opened(paper.peace(), {"ussuri": 0}), "ussuri", 0, won=0, side=2)
    other = attacking(paper.opened(paper.peace(), {"ussuri": 0}), "ussuri", 0, won=0, side=2)
    told = weeks_of(one, other)
    assert "the Japanese attack at Iman and are held" in told[0].text  # the enemy's town, not their own Hutou
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
        "The Japanese at Manchouli are cut off",
        "31,000 Japanese prisoners are taken",
        "a Soviet landing begins on the northern Kurils",
        "the Japanese use gas",
        "Vladivostok is cut off by land",
    ):
        assert words in middle
    assert last.startswith(
        "The fighting on land ends. Killed, wounded and missing since it began: Soviet 52,000, Japanese 0"
    )


def test_many_fronts__the_farthest_are_named_and_the_rest_counted():
    km = {"manchouli": 90, "halha": 120, "ussuri": 35, "maritime": 60, "middle-amur": 40}
    world = paper.opened(paper.peace(), km)
    for front, far in km.items():
        attacking(world, front, far)
    (week,) = weeks_of(world)
    assert "120 km" in week.text
    assert week.text.count("break through") == 1  # one side, one sentence
    assert "2 more attacks on other axes" in week.text
    assert "35 km" not in week.text


def test_json__has_the_date_and_the_words():
    (week,) = weeks_of(attacking(paper.opened(paper.peace(), {"maritime": 42}), "maritime", 42))
    assert set(week.as_json()) == {"date", "text"}


def test_people__as_a_reader_wants_them():
    assert [people(value) for value in (0.004, 0.32, 9.04, 14.4, 120.0, 706.9)] == [
        "0",
        "320",
        "9,000",
        "14,000",
        "120,000",
        "710,000",
    ]


def test_a_second_war__is_reckoned_from_its_own_beginning():
    def with_losses(world, dead):
        paper.put(world, "side.losses", dead, "soviet")
        return world

    first = with_losses(paper.opened(paper.peace(), {"maritime": 5}), 40)
    quiet = with_losses(paper.peace(), 40)
    second = with_losses(paper.opened(paper.peace(), {"maritime": 5}), 43)
    told = weeks_of(first, quiet, second, with_losses(paper.peace(), 43))
    assert "Killed, wounded and missing since it began: Soviet 40,000" in told[1].text
    assert "Killed, wounded and missing since it began: Soviet 3,000" in told[-1].text


def test_what_follows_a_capitulation__is_no_fighting():
    first = paper.opened(paper.peace(), {"maritime": 150})
    beaten = paper.opened(paper.peace(), {"maritime": 200})
    for world in (first, beaten):
        paper.put(world, "war.began_week", 0)
        paper.put(world, "peace.week", 1)
        paper.put(world, "peace.kind", 4)
    paper.put(beaten, "place.holder", 0, "harbin")
    paper.put(beaten, "side.captured", 200, "japanese")
    paper.put(beaten, "operation.state", 1, "rumoi-landing")
    paper.put(beaten, "army.cut_off", 1, "maritime-japanese")
    last = weeks_of(first, beaten)[-1].text
    assert "The Soviets occupy Harbin" in last
    assert "200,000 Japanese soldiers lay down their arms" in last
    assert "Soviet troops come ashore at Rumoi on Hokkaido" in last
    assert "prisoners are taken" not in last
    assert "cut off" not in last


def test_a_war_after_a_peace__is_fought_again():
    first = paper.opened(paper.peace(), {"maritime": 150})
    second = paper.opened(paper.peace(), {"maritime": 200})
    for world in (first, second):
        paper.put(world, "war.began_week", 1)
        paper.put(world, "peace.week", 0)
        paper.put(world, "peace.kind", 4)
    paper.put(second, "place.holder", 0, "harbin")
    assert "take Harbin" in weeks_of(first, second)[-1].text


def test_a_held_attack_on_the_same_axis__is_no_news_for_a_quarter():
    worlds = []
    for week in range(8):
        world = paper.opened(paper.peace(), {"ussuri": 0})
        worlds.append(attacking(world, "ussuri", 0, won=0, side=2) if week % 2 == 0 else world)
    assert sum("are held" in week.text for week in weeks_of(*worlds)) == 1


def test_many_places__the_greater_are_named():
    one = paper.opened(paper.peace(), {"manchouli": 100})
    other = paper.opened(paper.peace(), {"manchouli": 100})
    for place in ("mukden", "harbin", "lupei", "arshan", "hsinking", "kirin", "dairen", "wangyemiao"):
        paper.put(other, "place.holder", 0, place)
    last = weeks_of(one, other)[-1].text
    assert "Mukden" in last
    assert "Lupei" not in last
    assert "and 3 smaller places" in last


def test_the_end_of_a_year__counts_the_war():
    worlds = [paper.opened(paper.peace(), {"ussuri": 0}) for _ in range(52)]
    for world in worlds:
        paper.put(world, "side.losses", 31, "soviet")
    last = weeks_of(*worlds)[-1]
    assert last.date == "1931-12-28"
    assert last.text == "By the year's end the war has cost, prisoners apart: Soviet 31,000, Japanese 0."


def test_after_a_peace__what_was_taken_is_given_back():
    taken = paper.opened(paper.peace(), {"maritime": 150})
    paper.put(taken, "place.holder", 0, "suifenho")
    last = weeks_of(taken, paper.peace())[-1].text
    assert "the Japanese get back Suifenho" in last.replace("The Japanese", "the Japanese")
    assert "take" not in last
