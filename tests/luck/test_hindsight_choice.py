"""Choices with hindsight: closed forms for each coupling, an independent check by rejection, the identity, exact nulls.

p and q are the chances of the options under the factual utilities f and the utilities u of the world being run. Closed
forms of the Gumbel coupling by quadrature; the others by elementary sums. Rejection sampling shares no code with them.
"""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate

from allohistory.luck.arithmetic import NEVER
from bands import shares_within_luck
from luck import drivers

pytestmark = pytest.mark.property(n=3)

SEED, OTHER_SEED = np.int64(8), np.int64(9)
N = 200_000  # band of a share of one half: 0.0055; an error of 0.0081 is found 99 times in 100
FAST, SLOW = np.int64(1), np.int64(0)
GUMBEL, MONOTONE, MAXIMAL, REDRAW = (np.int64(i) for i in range(4))
COUPLINGS = {"gumbel": GUMBEL, "monotone": MONOTONE, "maximal": MAXIMAL, "redraw": REDRAW}
F = np.array([0.2, 1.0, -0.5, 0.0])
U = np.array([0.9, 0.4, -0.1, -0.8])
WORLDS = {
    "four options": (F, U),
    "two options": (F[:2], U[:2]),
    "one newly open": (np.array([0.2, 1.0, NEVER, 0.0]), U),
    "one closed here": (F, np.array([0.9, 0.4, NEVER, -0.8])),
    "far away": (F, np.array([-3.0, 0.4, 4.0, -0.8])),
}


def softmax(u):
    weights = np.exp(u - np.max(u))
    return weights / weights.sum()


def gumbel_law(f, u, k):
    """P(option j under u | k under f) with one Gumbel noise an option, by quadrature over the gap between j and k."""
    p = softmax(f)
    out = np.zeros(len(u))
    for j in range(len(u)):
        if u[j] == NEVER or j == k:
            continue

        def density(gap, j=j):
            others = 0.0
            for i in range(len(u)):
                if i not in (j, k):
                    limits = [f[k] - f[i] if f[i] > NEVER else math.inf]
                    limits.append(gap + u[j] - u[i] if u[i] > NEVER else math.inf)
                    others += math.exp(-min(limits)) if min(limits) < math.inf else 0.0
            return math.exp(-gap) / (1 + math.exp(-gap) + others) ** 2

        # gap = noise of j less noise of k: above u_k - u_j for j to win here, below f_k - f_j for k to have won.
        low = u[k] - u[j] if u[k] > NEVER else -60.0
        high = f[k] - f[j] if f[j] > NEVER else 60.0
        if low < high:
            kinks = sorted(
                {min(max(f[k] - f[i] + u[i] - u[j], low), high) for i in range(len(u)) if f[i] > NEVER < u[i]}
            )
            out[j] = integrate.quad(density, low, high, points=kinks, limit=200)[0] / p[k]
    out[k] = 1.0 - out.sum()
    return out


def monotone_law(f, u, k):
    """Overlaps of k's factual slice of (0, 1) with the slices here."""
    a, b = np.concatenate([[0], np.cumsum(softmax(f))])[k : k + 2]
    edges = np.concatenate([[0], np.cumsum(softmax(u))])
    return np.array([max(0.0, min(b, edges[j + 1]) - max(a, edges[j])) / (b - a) for j in range(len(u))])


def maximal_law(f, u, k):
    """k as often as can be; else the options that gained, in proportion."""
    p, q = softmax(f), softmax(u)
    keep = min(1.0, q[k] / p[k])
    gained = np.maximum(q - p, 0.0)
    out = (1 - keep) * gained / gained.sum() if keep < 1 else np.zeros(len(u))
    out[k] += keep
    return out


LAWS = {
    "gumbel": gumbel_law,
    "monotone": monotone_law,
    "maximal": maximal_law,
    "redraw": lambda f, u, k: softmax(u),
}
EVERY = [
    (coupling, world, k)
    for coupling in COUPLINGS
    for world, (f, _) in WORLDS.items()
    for k in range(len(f))
    if f[k] > NEVER
]


@pytest.mark.statistical
@pytest.mark.parametrize(("coupling", "world", "k"), EVERY)
def test_choice__closed_forms(coupling, world, k):
    f, u = WORLDS[world]
    counts = drivers.carried_choices(f, u, np.int64(k), COUPLINGS[coupling], FAST, N, SEED)
    assert shares_within_luck(counts, [*LAWS[coupling](f, u, k), 0.0])


@pytest.mark.statistical
@pytest.mark.parametrize("coupling", COUPLINGS)
def test_choice__the_test_above_can_fail(coupling):
    planted = U + np.array([0.06, 0, 0, 0])
    counts = drivers.carried_choices(F, planted, np.int64(1), COUPLINGS[coupling], FAST, N, SEED)
    assert not shares_within_luck(counts, [*LAWS[coupling](F, U, 1), 0.0])


@pytest.mark.plain
def test_choice__the_gumbel_closed_form_of_staying():
    """The quadrature against the short form: 1 / (p_k (1 + sum over the others of exp(-min(f_k - f_i, u_k - u_i))))."""
    for f, u in WORLDS.values():
        for k in range(len(f)):
            if f[k] == NEVER or u[k] == NEVER:
                continue
            gaps = [min(f[k] - f[i], u[k] - u[i]) for i in range(len(f)) if i != k]
            stays = 1 / (softmax(f)[k] * (1 + sum(math.exp(-gap) for gap in gaps if gap < math.inf)))
            assert gumbel_law(f, u, k)[k] == pytest.approx(stays, abs=1e-8)


@pytest.mark.statistical
@pytest.mark.parametrize("world", WORLDS)
def test_choice__gumbel_by_rejection(world):
    """Draw noise until history's option wins under f; see what wins under u. No posterior formula is used."""
    f, u = WORLDS[world]
    noise = np.random.default_rng(12).gumbel(size=(N, len(f)))
    won, wins = np.argmax(f + noise, axis=1), np.argmax(u + noise, axis=1)
    for k in range(len(f)):
        if f[k] > NEVER:
            counts = np.bincount(wins[won == k], minlength=len(f))
            assert shares_within_luck(counts, gumbel_law(f, u, k))


@pytest.mark.statistical
@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("coupling", COUPLINGS)
def test_choice__over_records_from_the_model_the_prior_law_comes_back(coupling, world):
    f, u = WORLDS[world]
    counts = drivers.choices_over_records(f, u, COUPLINGS[coupling], N, SEED, OTHER_SEED)
    assert shares_within_luck(counts, [*softmax(u), 0.0])


@pytest.mark.statistical
@pytest.mark.parametrize("coupling", ["gumbel", "redraw"])
def test_choice__the_identity_above_can_fail(coupling):
    """Planted: the record and the answer read the same luck, as when a seed is used twice."""
    counts = drivers.choices_over_records(F, U, COUPLINGS[coupling], N, SEED, SEED)
    # With redraw the reused luck is the prior's own and the law is right by itself: it must not fail.
    assert shares_within_luck(counts, [*softmax(U), 0.0]) is (coupling == "redraw")


@pytest.mark.plain
def test_choice__every_law_lies_within_the_bounds_over_all_mechanisms():
    for f, u in WORLDS.values():
        p, q = softmax(f), softmax(u)
        for k in range(len(f)):
            if f[k] > NEVER:
                for law in LAWS.values():
                    shares = law(f, u, k)
                    assert np.all(shares <= np.minimum(1.0, q / p[k]) + 1e-8)
                    assert np.all(shares >= np.maximum(0.0, (q + p[k] - 1) / p[k]) - 1e-8)


UTILITIES = st.lists(st.floats(-8, 8), min_size=2, max_size=6)


@pytest.mark.plain
@given(UTILITIES, st.integers(0, 5), st.integers(0, 2**16))
def test_choice__null_is_exact_with_and_without_the_short_cut(values, k, seed):
    f = np.array(values)
    k = np.int64(k % len(f))
    for coupling in COUPLINGS.values():
        for fast in (FAST, SLOW):
            got = drivers.each_choice(f, f, k, coupling, fast, 50, np.int64(seed), np.int64(0))
            assert np.all(got == k)


@pytest.mark.parametrize("coupling", ["gumbel", "monotone", "maximal"])
def test_choice__null_without_the_short_cut_in_many_timelines(coupling):
    for k in range(4):
        counts = drivers.carried_choices(F, F, np.int64(k), COUPLINGS[coupling], SLOW, N, SEED)
        assert counts[k] == N


@pytest.mark.parametrize("coupling", ["gumbel", "monotone", "maximal"])
def test_choice__null_nudged_by_a_billionth(coupling):
    """Chance that one of 20,000 timelines tips over at 1e-9: below 1e-4 for each line."""
    for k in range(4):
        for place in range(4):
            for nudge in (1e-9, -1e-9):
                u = F.copy()
                u[place] += nudge
                counts = drivers.carried_choices(F, u, np.int64(k), COUPLINGS[coupling], FAST, 20_000, SEED)
                assert counts[k] == 20_000


def test_choice__redraw_forgets_at_the_smallest_nudge():
    u = F + np.array([1e-9, 0, 0, 0])
    counts = drivers.carried_choices(F, u, np.int64(1), REDRAW, FAST, 20_000, SEED)
    assert shares_within_luck(counts, [*softmax(F), 0.0])
    assert np.array_equal(
        counts, drivers.prior_choices(u, 20_000, SEED)
    )  # the prior luck of the same address


@pytest.mark.plain
@given(UTILITIES, st.integers(0, 5), st.floats(0.01, 5), st.integers(0, 2**16))
def test_choice__history_stays_when_only_its_own_utility_rises(values, k, rise, seed):
    f = np.array(values)
    k = np.int64(k % len(f))
    u = f.copy()
    u[k] += rise
    for coupling in (
        GUMBEL,
        MAXIMAL,
    ):  # monotone may leave an option whose odds rose: engine-notes, the mechanism band
        assert np.all(drivers.each_choice(f, u, k, coupling, FAST, 20, np.int64(seed), np.int64(0)) == k)


@pytest.mark.plain
@pytest.mark.parametrize("coupling", COUPLINGS)
def test_choice__minus_one_when_the_timeline_must_be_set_aside(coupling):
    number = COUPLINGS[coupling]
    bad = [
        (np.array([NEVER, 0.0]), np.array([0.0, 0.0]), 0),  # history's option was closed
        (np.array([0.0, 0.0]), np.array([NEVER, NEVER]), 0),  # nothing is open here
        (np.array([0.0, 0.0]), np.array([math.nan, 0.0]), 1),
        (np.array([math.nan, 0.0]), np.array([0.0, 0.0]), 1),
        (np.array([math.nan, 0.0]), np.array([math.nan, 0.0]), 1),
        (np.array([0.0, 0.0]), np.array([math.inf, 0.0]), 1),
        (np.array([0.0, 0.0]), np.array([0.0, 0.0]), 2),
        (np.array([0.0, 0.0]), np.array([0.0, 0.0]), -1),
    ]
    for f, u, k in bad:
        for fast in (FAST, SLOW):
            assert drivers.carried_choices(f, u, np.int64(k), number, fast, 5, SEED)[-1] == 5


@pytest.mark.plain
@pytest.mark.parametrize("coupling", COUPLINGS)
def test_choice__a_salt_draws_new_luck(coupling):
    arguments = (F, U, np.int64(1), COUPLINGS[coupling], FAST, 1_000, SEED)
    plain = drivers.each_choice(*arguments, np.int64(0))
    salted = drivers.each_choice(*arguments, np.int64(1))
    assert np.array_equal(plain, drivers.each_choice(*arguments, np.int64(0)))
    assert not np.array_equal(plain, salted)
