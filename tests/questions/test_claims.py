"""Claims of one's own: verdicts over the parameter draws, chance taken out; both sides with luck freed alike."""

from __future__ import annotations

import json
from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest
from scipy import stats

import allohistory
from allohistory.cli.main import main
from allohistory.questions.claims import (
    Sample,
    chance_of,
    difference_of,
    share_against,
    share_between,
    together,
    verdict_of,
)

DRAWS, EACH = 100, 200
DRAW = np.tile(np.arange(DRAWS), EACH)
TIMELINE = np.arange(DRAWS * EACH)


def sample(values, timeline=TIMELINE):
    return Sample(timeline, DRAW, np.asarray(values, float))


def yes(chances, seed):
    """Timelines that show it with the chance of their own draw."""
    return sample(np.random.default_rng(seed).random(len(DRAW)) < np.broadcast_to(chances, DRAWS)[DRAW])


@pytest.mark.parametrize(
    ("share", "word"),
    [
        (1.0, "holds"),
        (0.95, "holds"),
        (0.949, "mostly holds"),
        (0.75, "mostly holds"),
        (0.749, "open"),
        (0.251, "open"),
        (0.25, "mostly fails"),
        (0.051, "mostly fails"),
        (0.05, "fails"),
        (0.0, "fails"),
        (None, "too few timelines"),
    ],
)
def test_verdicts(share, word):
    assert verdict_of(share) == word


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_a_share_against_a_number_is_that_of_the_draws_own_chances(sign):
    """Draws from Beta(2, 5), 200 timelines each: the fit finds the share beyond .3 to a tenth (tried on 20 seeds)."""
    expected = stats.beta.sf(0.3, 2, 5) if sign > 0 else stats.beta.cdf(0.3, 2, 5)
    found = [
        share_against(yes(np.random.default_rng(seed).beta(2, 5, DRAWS), seed + 100), 0.3, sign, True)
        for seed in range(20)
    ]
    assert np.mean(found) == pytest.approx(expected, abs=0.05)


def test_chance_is_taken_out():
    """All draws alike at .3: raw shares of 200 timelines scatter about .28 on both sides, the draws' own do not."""
    same = yes(0.3, 1)
    raw = np.array([same.value[draw == DRAW].mean() for draw in range(DRAWS)])
    assert 0.6 < (raw > 0.28).mean() < 0.9
    assert share_against(same, 0.28, 1.0, True) > 0.95
    assert share_against(same, 0.25, 1.0, False) > 0.95


def test_what_luck_could_turn_is_open():
    middle = yes(0.3, 2)
    assert 0.05 < share_against(middle, float(middle.value.mean()), 1.0, True) < 0.95
    shuffled = sample(np.roll(middle.value, DRAWS))  # other timelines, and every draw has what it had
    assert share_between(middle, shuffled, 1.0, 0.0) == pytest.approx(0.5)


def test_pairs_are_compared_by_timeline():
    low = yes(np.linspace(0.1, 0.5, DRAWS), 5)
    raised = sample(np.maximum(low.value, np.random.default_rng(6).random(len(DRAW)) < 0.02))
    assert share_between(raised, low, 1.0, 0.0) > 0.95
    assert share_between(low, raised, -1.0, 0.0) > 0.95
    assert share_between(raised, low, 1.0, 0.1) < 0.05


def test_a_margin_and_a_side():
    high, low = yes(0.5, 7), yes(0.3, 8)
    assert share_between(high, low, 1.0, 0.1) > 0.95
    assert share_between(low, high, -1.0, 0.1) > 0.95
    assert share_between(high, low, 1.0, 0.3) < 0.05
    apart = Sample(low.timeline + 1, low.draw, low.value)  # other timelines: no pairs
    assert share_between(high, apart, 1.0, 0.1) > 0.95


def test_a_share_between_two_is_that_of_the_draws_own_chances():
    """Draws from Beta(2, 5) and Beta(2, 8), 200 timelines each: found to a twentieth (mean of 10 seeds)."""
    x = np.linspace(0.0, 1.0, 20_001)[1:-1]
    expected = np.sum(stats.beta.pdf(x, 2, 5) * stats.beta.cdf(x - 0.05, 2, 8)) * (x[1] - x[0])
    found = []
    for seed in range(10):
        laws = np.random.default_rng(seed)
        one, other = yes(laws.beta(2, 5, DRAWS), seed + 100), yes(laws.beta(2, 8, DRAWS), seed + 200)
        apart = Sample(other.timeline + 1, other.draw, other.value)  # no pairs
        found.append(share_between(one, apart, 1.0, 0.05))
    assert np.mean(found) == pytest.approx(expected, abs=0.05)


def test_rare_things_are_compared_without_being_thought_negative():
    """Sixteen in a thousand of few timelines against almost none of many: no draw can have it the other way round."""
    few = np.arange(len(DRAW)) < 8 * DRAWS
    rare = yes(0.016, 11)
    rare = Sample(rare.timeline[few], rare.draw[few], rare.value[few])
    never = sample(np.arange(len(DRAW)) == 7)
    assert rare.middle > 0.008
    assert share_between(rare, never, 1.0, 0.0) > 0.95


@pytest.mark.parametrize(
    ("shares", "weakest"),
    [((0.9, 0.4), 0.4), ((0.9, None), None), ((0.05, None), 0.05), ((None,), None), ((), None)],
)
def test_the_weakest_part_decides_and_an_unknown_one_mends_nothing(shares, weakest):
    assert together(shares) == weakest


def test_too_few_is_no_verdict():
    assert share_against(Sample(TIMELINE[:9], DRAW[:9], np.ones(9)), 0.5, 1.0, True) is None
    few = Sample(TIMELINE[:20], np.zeros(20, int), np.ones(20))
    assert share_against(few, 0.5, 1.0, True) is None
    assert share_between(few, few, 1.0, 0.0) is None


FILE = """
what_if = 1
ask = ["war"]
timelines = 1000
{more}
[[claim]]
id = "striking-brings-war"
says = "Striking in 1932 brings war."
source = "made up"
[[claim.part]]
quantity = "P(war; struck-in-1932)"
relation = ">"
than = "P(war)"
margin = 0.2
[[claim]]
id = "many-clashes"
says = "Where there is war, clashes are fewer, and there are three or more."
[[claim.part]]
quantity = "mean(clashes | war)"
relation = "<"
than = "mean(clashes | peace)"
[[claim.part]]
quantity = "mean(clashes | war)"
relation = ">"
than = 50
"""


@pytest.fixture
def asked(small, tmp_path):
    def ask(more=""):
        path = tmp_path / "mine.toml"
        path.write_text(FILE.format(more=more))
        where = allohistory.scenario("smallwar")
        return where.answer(where.read(path))

    return ask


def test_claims_of_a_file_are_answered(asked):
    striking, many = asked().claims
    assert (striking.id, striking.source, striking.verdict) == ("striking-brings-war", "made up", "holds")
    assert striking.parts[0].value == 1.0
    assert many.verdict == "fails"  # the weakest part decides
    assert [part.verdict for part in many.parts] == ["holds", "fails"]
    assert many.probability == min(part.probability for part in many.parts)


def test_a_claim_means_the_same_beside_any_question(asked):
    assert asked().claims == asked('pods = ["calm-temper"]').claims


def test_both_sides_have_luck_freed_at_the_same_moment(asked, small):
    """The plain side is the baseline of the changed one, not the bare rules."""
    answer = allohistory.scenario("smallwar").ask(pods="struck-in-1932", outcomes="war", timelines=1000)
    assert asked().claims[0].parts[0].than_value == answer.outcomes["war"].baseline.probability


def test_same_luck_leaves_history_where_nothing_is_changed(asked):
    assert asked('luck = "same"').claims[0].parts[0].than_value == 0.0


def test_the_command_prints_claims_and_their_json(small, tmp_path, capsys):
    path = tmp_path / "mine.toml"
    path.write_text(FILE.format(more=""))
    assert main(["ask", "--scenario", "smallwar", "--file", str(path)]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "Striking in 1932 brings war. holds" in out
    assert "P(war; struck-in-1932) = 100 % > P(war) =" in out
    assert main(["ask", "--scenario", "smallwar", "--file", str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found["claims"][0]) == [
        "id",
        "says",
        "source",
        "verdict",
        "probability",
        "parts",
        "addresses",
        "hangs_on",
    ]
    assert found["question"]["claim"][0]["part"][0]["quantity"] == "P(war; struck-in-1932)"


def test_an_answer_without_claims_says_nothing_of_them(small):
    answer = allohistory.scenario("smallwar").ask(timelines=50)
    assert answer.claims == ()
    assert "claims" not in answer.as_dict() and "claim" not in answer.as_dict()["question"]


def skewed(middle, count=400):
    """An amount with a long tail in each of the draws: its median is the draw's own, its mean far above."""
    luck = (np.arange(count * 20) * 0.6180339887) % 1.0
    own = np.repeat(np.linspace(middle * 0.9, middle * 1.1, 20), count)
    value = own * np.exp(
        1.5 * np.array([NormalDist().inv_cdf(u) for u in 0.5 / count + luck * (1.0 - 1.0 / count)])
    )
    number = np.arange(len(value))
    return Sample(number, np.repeat(np.arange(20), count), value, median=True)


def test_a_median__is_not_a_mean_and_is_judged_by_the_draws_medians():
    one = skewed(100.0)
    assert one.middle == pytest.approx(100.0, rel=0.05)
    assert replace(one, median=False).middle > 200.0
    assert share_against(one, 200.0, 1.0, False) < 0.05  # the mean is beyond it, the median is not
    assert share_against(replace(one, median=False), 200.0, 1.0, False) > 0.95
    assert 0.2 < share_against(one, 100.0, 1.0, False) < 0.8
    low, high = chance_of(one, False)
    assert low < 100.0 < high and high - low < 20.0


def test_medians__of_two_worlds_are_compared_as_medians():
    one, other = skewed(150.0), skewed(100.0)
    assert share_between(one, other, 1.0, 0.0) > 0.95
    assert share_between(one, other, 1.0, 80.0) < 0.05
    told = difference_of(one, other, False)
    assert told.chance_interval[0] < 50.0 < told.chance_interval[1]
