"""A fork is the timeline up to its date and another after it; its address is as good as any."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

import allohistory
from allohistory.questions.forks import SALTS, fork_of, new_salt
from allohistory.timeline.named import Named, address_of, find

pytestmark = pytest.mark.property(n=6)

DATE = "1932-06-01"
MONDAY = dt.date(1932, 5, 30)
CHANGES = {
    "a variable": "state.temper@1932-06-01+=6",
    "a parameter": "frontier.clash.rate@1932-06*=20",
    "a silence": "frontier.clash@1932-06..1934=never",
    "a firing": "frontier.clash[north]@1932-07-15=fires",
    "a shock": "yearly.harvest@1932-08-04=-3",
}
NAMES = {
    "nothing but the rules": Named(horizon="start", timeline=3),
    "our history": Named(horizon="end", timeline=1),
    "a point of divergence, fresh luck": Named(pods=("struck-in-1932",), timeline=2),
    "a point of divergence, same luck": Named(pods=("calm-temper",), horizon="end", timeline=2),
    "freed on a date": Named(horizon=128 * 60, timeline=5),
    "freed after the fork": Named(pods=("struck-in-1932@1933-01-10",), timeline=4),
    "forked before": Named(horizon="start", timeline=6, forks=((20, 9),)),
    "forked later": Named(horizon="start", timeline=6, forks=((120, 9),)),
}


@pytest.fixture
def at(small):
    where = allohistory.scenario("smallwar")
    return lambda named: where.timeline(address_of(small, named))


def before(timeline, until):
    first = timeline.model.book.calendar.first
    return [event for event in timeline.events if first + dt.timedelta(days=event.day) < until]


@pytest.mark.parametrize("name", NAMES)
def test_a_fork_without_a_change_is_the_timeline_itself(at, name):
    one = at(NAMES[name])
    other = one.fork(DATE)
    assert other.address == one.address
    assert other.events == one.events
    assert one.compare(other).first_difference is None


@pytest.mark.parametrize("luck", ["same", "fresh"])
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_fork_is_identical_in_all_weeks_before(at, name, change, luck):
    one = at(NAMES[name])
    other = one.fork(DATE, do=CHANGES[change], luck=luck)
    assert before(one, MONDAY) == before(other, MONDAY)
    week = one.model.book.calendar.week_of(MONDAY)
    worlds = list(zip(one.worlds_from(0), other.worlds_from(0), range(week), strict=False))
    assert len(worlds) == week
    assert all(np.array_equal(mine, theirs) for mine, theirs, _ in worlds)
    found = one.compare(other)
    if found.first_difference is not None:
        assert found.first_difference.date >= MONDAY.isoformat()
        assert found.identical_before >= MONDAY.isoformat()


def test_a_change_shows_from_its_week_on(at):
    one = at(NAMES["nothing but the rules"])
    found = one.compare(one.fork(DATE, do="state.temper@1932-06-01+=6"))
    assert found.identical_before == MONDAY.isoformat()
    assert found.first_difference.date == MONDAY.isoformat()
    assert found.first_difference.variable == "state.temper"
    ours = at(NAMES["our history"])
    later = ours.compare(ours.fork(DATE, do="frontier.clash[south]@1932-07-15=fires"))
    assert later.first_difference.date == "1932-07-15"
    assert (later.first_difference.rule, later.first_difference.entity) == ("frontier.clash", "south")


@pytest.mark.parametrize("name", NAMES)
def test_a_fork_keeps_its_own_luck(at, name):
    """Nothing that the change does not touch moves: here a harvest is set that no rule reads."""
    one = at(NAMES[name])
    other = one.fork("1933-08-01", do="yearly.harvest@1933-08-03=-3")
    differing = [event for event in other.events if event not in one.events]
    assert [event.rule for event in differing] == ["yearly.harvest"]


def test_new_luck_parts_and_is_the_same_every_time(at):
    parted = 0
    for timeline in range(20):
        one = at(Named(pods=("struck-in-1932",), horizon="end", timeline=timeline))
        fresh = one.fork("1933-01-02", luck="fresh")
        assert fresh.address == one.fork("1933-01-02", luck="fresh").address
        assert before(one, dt.date(1933, 1, 2)) == before(fresh, dt.date(1933, 1, 2))
        parted += fresh.events != one.events
        again = fresh.fork("1933-01-02", luck="fresh")
        assert again.address not in (one.address, fresh.address)
        parted += again.events != fresh.events
    assert parted == 40  # two harvests are still to come, and no two are alike to the last bit


def test_new_luck_is_free_of_hindsight(at):
    """Our own history, forked with new luck: the harvests after it are no longer the recorded ones."""
    fresh = at(NAMES["our history"]).fork("1933-01-02", luck="fresh")
    harvests = {event.week: event for event in fresh.events if event.rule == "yearly.harvest"}
    assert [event.differs for _, event in sorted(harvests.items())] == [False, False, True, True]


def test_a_salt_is_never_used_twice_in_one_timeline(small):
    named = Named(horizon="start")
    salts = set()
    for _ in range(8):
        named = fork_of(named, small, DATE, luck="fresh")
        salts.add(named.forks[-1][1])
    assert len(salts) == 8 and 0 not in salts and all(0 < salt < SALTS for salt in salts)
    taken = Named(horizon="start", forks=((1, new_salt(Named(horizon="start"), 5)),))
    assert new_salt(taken, 5) not in {salt for _, salt in taken.forks}


def test_other_dates_changes_and_seeds_have_other_luck(small):
    one = Named(horizon="start")
    forks = [
        fork_of(one, small, DATE, luck="fresh"),
        fork_of(one, small, "1932-06-08", luck="fresh"),
        fork_of(one, small, DATE, do="state.temper@1932-06-01+=1", luck="fresh"),
        fork_of(Named(horizon="start", seed=2), small, DATE, luck="fresh"),
        fork_of(Named(horizon="start", timeline=1), small, DATE, luck="fresh"),
    ]
    assert len({named.forks[-1][1] for named in forks}) == len(forks)


def test_a_later_fork_gives_way_to_an_earlier_one(small):
    named = Named(horizon="start", forks=((20, 7), (150, 9)))
    week = small.book.calendar.week_of(MONDAY)
    found = fork_of(named, small, DATE, luck="fresh")
    assert [held for held, _ in found.forks] == [20, week]
    assert fork_of(named, small, DATE, do="state.temper@1932-06-01+=1").forks == named.forks


def test_forks_compose(at):
    one = at(NAMES["a point of divergence, fresh luck"])
    two = one.fork(DATE, do="state.temper@1932-06-01+=6")
    three = two.fork("1933-06-01", do="frontier.clash@1933-06..1934=never")
    once = one.fork(DATE, do=["state.temper@1932-06-01+=6", "frontier.clash@1933-06..1934=never"])
    assert three.address == once.address
    assert before(two, dt.date(1933, 5, 29)) == before(three, dt.date(1933, 5, 29))
    for timeline in (two, three):
        model, named = find(timeline.address)
        assert address_of(model, named) == timeline.address


@pytest.mark.parametrize("pods", [0, 1, 2, 3])
def test_addresses_are_short_where_they_fit(at, pods):
    names = ("no-first-clash", "struck-in-1932@1932-04-04", "calm-temper")[:pods]
    one = at(Named(pods=names, timeline=(1 << 24) - 1, seed=(1 << 32) - 1, draws=100))
    fork = (
        one.fork("1934-10-01", pods=()) if pods == 3 else one.fork("1934-10-01", do="state.food@1934-10-01=2")
    )
    assert fork.address.startswith("ah1-" if pods in (0, 3) else "ah1")
    assert len(fork.address) <= (60 if fork.address.startswith("ah1-") else 2000)


def test_the_horizon_stays_where_it_was(small):
    named = fork_of(Named(pods=("struck-in-1932",)), small, DATE, do="state.temper@1932-06-01+=1")
    week = small.book.calendar.week_of(dt.date(1932, 3, 3))
    assert named.horizon // 128 == week and named.horizon % 128 > 0
    assert fork_of(Named(), small, DATE, do="state.temper@1932-06-01+=1").horizon == "start"
    assert fork_of(Named(horizon="end"), small, DATE, do="state.temper@1932-06-01+=1").horizon == "end"


@pytest.mark.parametrize(
    ("given", "says", "nearest"),
    [
        (
            {"pods": "no-first-clash"},
            "acts from the week of 8 June 1931, before the fork",
            "--from 1931-06-08",
        ),
        ({"do": "north.first-clash=1932-08-01"}, "acts from the week of 8 June 1931", "--from 1931-06-08"),
        ({"do": "frontier.clash.rate*=2"}, "has no date", "frontier.clash.rate@1932-05-30..1934-12-30*=2"),
        ({"do": "state.tempr@1932-06-01=1"}, "no record entry, rule", "state.temper"),
        ({"date": "1936-01-01"}, "lies outside the scenario", "1934-12-30"),
        ({"luck": "old"}, 'there is no "old"', None),
    ],
)
def test_what_is_refused(at, given, says, nearest):
    date = given.pop("date", DATE)
    with pytest.raises(allohistory.AllohistoryError) as refused:
        at(NAMES["our history"]).fork(date, **given)
    assert says in refused.value.problem
    assert nearest is None or refused.value.closest == nearest
    assert len(refused.value.lines()) <= 5


def test_a_change_of_the_forks_own_week_is_taken(at):
    one = at(NAMES["nothing but the rules"])
    assert one.fork("1932-06-03", do="state.temper@1932-05-31+=1").address != one.address


def test_too_many_forks_is_one_clear_line(at):
    one = at(Named(horizon="start", forks=tuple((week, week) for week in range(1, 9))))
    with pytest.raises(allohistory.AllohistoryError, match="at most 8 forks"):
        one.fork("1934-06-01", luck="fresh")


def test_outcomes_of_a_told_timeline_are_those_of_its_answer(small):
    """The day from which an outcome counts is the question's own, also in `tell` and in a fork."""
    where = allohistory.scenario("smallwar")
    answer = where.ask(pods="struck-in-1932", outcomes=["war", "clashes >= 3"], timelines=60, draws=10)
    frame = answer.timelines[answer.timelines.arm == "with"].set_index("timeline")
    for address in answer.addresses("war", 5):
        timeline = where.timeline(address)
        assert timeline.outcomes["war"].value == frame.war[timeline.number]
