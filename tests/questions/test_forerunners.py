"""What comes before an outcome: the small scenario's own chain, planted signs, and luck that must plant none."""

from __future__ import annotations

import json

import numpy as np
import pytest

from allohistory.book.ensembles import ensembles_of
from allohistory.questions.forerunners import NEVER, Sign, Signs, forerunners, signs_of
from allohistory.questions.logged import run_logged
from allohistory.questions.outcome_tables import outcome_tables
from allohistory.questions.standing import plan_from

N = 400
LAST = 1000


def signs(*first, place=None):
    """Signs by the first day of each in every timeline; their places in the log follow the days unless given."""
    days = np.array(first, np.int32)
    of = tuple(Sign(f"rule.number-{i}", "fired", None) for i in range(len(first)))
    return Signs(of, days, days if place is None else np.array(place, np.int32))


def days(rng, share, low=0, high=500):
    """A day for so many of the timelines, never for the rest."""
    return np.where(rng.random(N) < share, rng.integers(low, high, N), NEVER)


@pytest.fixture
def rng():
    return np.random.default_rng(1)


@pytest.fixture
def outcome(rng):
    """Half the timelines have it, on day 600."""
    shown = np.arange(N) % 2 == 0
    return shown, np.where(shown, 600, -1)


def found(of, outcome, come=None, since=0):
    shown, day = outcome
    come = np.where(shown, day, -1) if come is None else come
    return forerunners(of, shown, day, come, since=since, last=LAST)


def test_a_planted_sign_is_found_with_its_shares(rng, outcome):
    shown, _ = outcome
    planted = np.where(shown & (np.arange(N) % 4 == 0), 100, NEVER)
    (one,) = found(signs(planted, days(rng, 0.5)), outcome)
    assert (one.sign.rule, one.share, one.without, one.absent) == ("rule.number-0", 0.5, 0.0, False)


def test_signs_that_have_nothing_to_do_with_it_are_not_listed(outcome):
    """20 lists of 30 signs of pure luck: each is not empty once in a hundred times, three of 20 once in a thousand."""
    lists = [
        found(signs(*(days(np.random.default_rng(100 * i + j), 0.4) for j in range(30))), outcome)
        for i in range(20)
    ]
    assert sum(bool(one) for one in lists) < 3


def test_what_comes_after_the_outcome_does_not_count_though_on_the_same_day(outcome):
    shown, _ = outcome
    of = signs(np.where(shown, 600, NEVER), place=np.where(shown, 12, NEVER)[None])
    assert found(of, outcome, come=np.where(shown, 12, -1)) == ()
    (one,) = found(of, outcome, come=np.where(shown, 13, -1))
    assert one.share == 1.0


def test_neither_side_has_more_time(rng):
    """The outcome comes early; a sign that comes to everybody on a later day is no sign of its absence."""
    shown = np.arange(N) % 2 == 0
    day = np.where(shown, rng.integers(100, 200, N), -1)
    assert found(signs(rng.integers(150, 900, N)), (shown, day)) == ()
    assert found(signs(np.where(shown, 50, 120)), (shown, day)), "but one that comes earlier with it is"


def test_what_did_not_happen_fills_the_list(rng, outcome):
    shown, _ = outcome
    lacking = np.where(shown, NEVER, 50)
    (one,) = found(signs(lacking, days(rng, 0.5)), outcome)
    assert one.absent and (one.share, one.without) == (1.0, 0.0)


def test_an_outcome_that_is_nothing_happening_is_told_by_what_comes_before_something(rng):
    war = np.arange(N) % 2 == 0
    order = np.where(war, 100, NEVER)
    retreat = np.where(war, 700, NEVER)  # after the war came: no sign of peace that it is lacking
    day = np.where(war, 600, -1)
    (one,) = forerunners(signs(order, retreat), ~war, day, np.where(war, 600, -1), since=0, last=LAST)
    assert one.sign.rule == "rule.number-0" and one.absent and (one.share, one.without) == (1.0, 0.0)


def test_history_before_luck_was_free_is_no_sign(outcome):
    shown, _ = outcome
    of = signs(np.where(shown, 100, NEVER))
    assert found(of, outcome) and not found(of, outcome, since=200)


def test_signs_that_come_and_go_together_are_listed_once(rng, outcome):
    shown, _ = outcome
    one = np.where(shown & (rng.random(N) < 0.6), 100, NEVER)
    twin = np.where(one < NEVER, 130, NEVER)
    other = np.where(shown & (rng.random(N) < 0.5), 100, NEVER)
    assert len(found(signs(one, twin, other), outcome)) == 2


@pytest.mark.parametrize("many", [2, N - 2])
def test_too_few_are_not_compared(rng, many):
    shown = np.arange(N) < many
    assert found(signs(days(rng, 0.5)), (shown, np.where(shown, 600, -1))) is None


def test_few_timelines_are_told_by_the_exact_test(rng):
    """3 of 400 share a sign that 2 % have, by luck 8 in a million; one that 20 % have, 8 in a thousand: not listed."""
    shown = np.arange(N) < 3
    rare, common = (np.where(shown | (rng.random(N) < share), 100, NEVER) for share in (0.02, 0.2))
    of = signs(rare, common, *(days(rng, 0.3, 200, 300) for _ in range(20)))
    (one,) = found(of, (shown, np.where(shown, 600, -1)))
    assert one.sign.rule == "rule.number-0" and one.share == 1.0


@pytest.fixture
def world(small):
    start = ensembles_of(small.book, small.folder).tables[0]
    return run_logged(small, plan_from(small, start, 1, N), N, workers=2)


def test_threads_change_nothing(small, world):
    start = ensembles_of(small.book, small.folder).tables[0]
    alone = run_logged(small, plan_from(small, start, 1, N), N, workers=1)
    for name in ("row", "rule", "entity", "week", "key", "value", "day", "before"):
        assert (getattr(world, name) == getattr(alone, name)).all()


def test_the_order_of_the_log_says_what_was_before_the_mark(small, world):
    """The capital's strike is the last thing in the log when the war is marked, and only then."""
    marked = world.before[:, small.outcomes.index("war")]
    strikes = (world.rule == small.blueprint.rule_of["capital.answers"].number) & (world.value == 2)
    place = np.arange(len(world.row)) - np.searchsorted(world.row, world.row)
    first = np.full(world.kept, -1)
    first[world.row[strikes]] = place[strikes]
    assert (marked > 0).any() and (marked < 0).any()
    assert (first + 1 == np.where(marked < 0, 0, marked)).all()


def test_first_days_are_those_of_the_log(small, world):
    of = signs_of(small, world)
    at = of.of.index(Sign("frontier.clash", "fired", None))
    column = world.ensemble.day[:, small.outcomes.index("first_clash")]
    weeks = np.where(of.day[at] < NEVER, of.day[at] // 7, -1)
    assert (weeks == np.where(column >= 0, column // 7, -1)).all()


def test_war_comes_by_a_strike_and_peace_by_none(small):
    table = outcome_tables(small, timelines=N, workers=1)[0]
    rows = {(row.id, row.option): row for row in table.rows}
    war = rows["war", None]
    assert war.causes[0].sign.option == "strike" and (war.causes[0].share, war.causes[0].without) == (
        1.0,
        0.0,
    )
    peace = rows["peace", None]
    assert peace.n + war.n == table.n
    assert peace.causes[0].absent and peace.causes[0].sign.option == "strike"
    assert rows["war_road", "grown-clash"].causes[0].sign.option == "strike"
    assert rows["war_road", "none"].n == peace.n
    clashes = rows["clashes", None]
    assert (
        clashes.amounts[0] <= clashes.amounts[1] <= clashes.amounts[2] and clashes.much >= clashes.amounts[1]
    )


def test_after_an_entry_only_what_is_asked_later_is_free(small):
    """The clash of June 1931 is in every timeline, and no sign of anything; the capital's answer to it is one."""
    table = outcome_tables(small, timelines=N, workers=1)[1]
    clash = next(row for row in table.rows if row.id == "first_clash")
    assert clash.n == table.n == N and clash.causes is None


def test_printed_and_as_json(small, capsys, monkeypatch):
    from allohistory.cli.main import main

    monkeypatch.setenv("COLUMNS", "100")
    words = ["check", "outcomes", "--scenario", "smallwar", "--timelines", "200", "--workers", "1"]
    assert main(words) == 0
    out = capsys.readouterr().out
    assert "Luck free after the first clash (200 timelines)" in out
    assert "The capital strikes over any sector." in out and "not: The capital strikes" in out
    assert max(map(len, out.splitlines())) <= 100
    assert main([*words, "--json"]) == 0
    scores = json.loads(capsys.readouterr().out)["scores"]
    war = next(score for score in scores if score["name"] == "war" and score["from"] == "1931")
    assert war["causes"][0]["option"] == "strike" and 0 < war["value"] < 1 and war["met"] is None
