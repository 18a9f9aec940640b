"""What history teaches about luck: draws from the posterior, given what the record shows.

History took option k, or fired on a Thursday, or built seven divisions, under factual inputs f. The same luck
is then used under other inputs u. Each posterior is written as *factual result + what changed*, so that
unchanged inputs give the record back to the last bit; posteriors read the same addressed uniforms as priors
and are as reproducible.

Contract, in three lines:

- Inputs bitwise equal to the factual ones return the recorded value itself; `fast` = 0 switches that short
  cut off for tests.
- Over records drawn from the model, a carried draw has the prior law under u, in every coupling: hindsight
  adds no bias.
- -1 from a choice (nothing open, NaN, or history's option closed in the factual world): set the timeline
  aside.

How luck carries over to other odds is a convention that no record can settle. A choice has four couplings:

| number | coupling | the luck of a choice is |
| --- | --- | --- |
| 0 | gumbel | one Gumbel noise an option: history's was such that k won |
| 1 | monotone | one uniform over the options in declared order, in k's slice |
| 2 | maximal | as sticky as can be: k is kept with probability min(1, q_k / p_k) |
| 3 | redraw | fresh wherever the inputs moved: the prior noise of the same slots, as though nothing were recorded |

Two options: the first three agree in law. A clock has two conventions: `week` below, and `redraw`, which is
`week_fires` with recorded = (h == hf). Slots: see the table in `address`.

Intervals: uniforms are open, (0, 1). A week with chance q fires when v < q. The slice of day d runs from
e(d), included, to e(d + 1), excluded, with e(d) = expm1(-h d / 7) / expm1(-h).
"""

import numpy as np

from allohistory.luck.address import (
    SALT_SHIFT,
    SLOT_MAXIMAL_KEEP,
    SLOT_MAXIMAL_OTHER,
    SLOT_MONOTONE,
    uniform,
)
from allohistory.luck.arithmetic import NEVER, NOT_A_NUMBER, exp, expm1, log, log1p, log_sum_exp
from allohistory.luck.compiled import kernel
from allohistory.luck.draws import (
    LOGIT_NORMAL,
    LOGNORMAL,
    NONE_OPEN,
    NORMAL,
    can_choose,
    choose,
    from_own_scale,
    gumbel,
    log_fired,
    log_silent,
    on_own_scale,
)

__all__ = [
    "GUMBEL",
    "LAST_DAY",
    "MAXIMAL",
    "MONOTONE",
    "REDRAW",
    "carried_day",
    "carry_choice",
    "carry_family",
    "carry_shock",
    "day_edge",
    "day_of",
    "log_fired",
    "log_silent",
    "narrowed",
    "week_fires",
]

GUMBEL = np.int64(0)
MONOTONE = np.int64(1)
MAXIMAL = np.int64(2)
REDRAW = np.int64(3)

LAST_DAY = np.int64(6)


@kernel
def week_fires(h: float, v: float, hf: float, fired: bool, recorded: bool) -> bool:
    """Whether a clock fires this week.

    h         hazard this week (per week, >= 0) in the world being run
    v         uniform of slot 0 at this week's address
    hf        factual hazard that week; 0 when the clock was not at risk, which teaches nothing
    fired     what history did that week
    recorded  whether the record covers the week (and hindsight reaches it)

    A hazard that is NaN or below 0 never fires, and a recorded firing at hf = 0 has probability 0: neither can be told
    from the answer, so the caller checks for them and sets the timeline aside.
    """
    if recorded:
        if h == hf:
            return bool(fired)
        p = -expm1(-hf)
        if fired:
            return bool(v * p < -expm1(-h))
        if v >= h:
            return False
        return bool(p + v * (1.0 - p) < -expm1(-h))
    if not (v < h):  # 1 - exp(-h) never exceeds h, and v only grows when a silence is recorded
        return False
    return bool(v < -expm1(-h))


@kernel
def day_of(h: float, v: float) -> np.int64:
    """The day (0 Monday .. 6 Sunday) of a firing under hazard h, from slot 1's uniform v; 0 when h is not > 0."""
    if not (h > 0.0):
        return np.int64(0)
    day = np.int64(-log1p(v * expm1(-h)) / h * 7.0)
    return day if day < LAST_DAY else LAST_DAY


@kernel
def day_edge(hf: float, day: np.int64) -> float:
    """e(day): the share of a firing week's luck that falls before that day; day 0 .. 7."""
    return expm1(-hf * (np.float64(day) / 7.0)) / expm1(-hf)


@kernel
def narrowed(v: float, hf: float, day: np.int64) -> float:
    """Slot 1's uniform v squeezed into the recorded day's slice under the factual hazard; v when hf is 0."""
    if not (hf > 0.0):
        return v
    low = day_edge(hf, day)
    return low + v * (day_edge(hf, day + np.int64(1)) - low)


@kernel
def carried_day(h: float, v: float, hf: float, day: np.int64) -> np.int64:
    """The day of a firing under h when history fired on `day` under hf: the same day at the same hazard."""
    if h == hf:
        return day
    return day_of(h, narrowed(v, hf, day))


@kernel
def _same(f: np.ndarray, u: np.ndarray, n: np.int64) -> bool:
    """Whether two sets of utilities are equal; NaN equals nothing."""
    same = True
    for i in range(n):
        if f[i] != u[i]:
            same = False
    return same


@kernel
def _carry_gumbel(
    f: np.ndarray,
    u: np.ndarray,
    n: np.int64,
    k: np.int64,
    seed: np.int64,
    stream: np.int64,
    timeline: np.int64,
    rule: np.int64,
    at: np.int64,
    salt: np.int64,
) -> np.int64:
    """Top-down truncated Gumbels: the winner's value is Gumbel at log_sum_exp(f), the others lie below it."""
    bits = salt << SALT_SHIFT
    top = log_sum_exp(f, n) + gumbel(uniform(seed, stream, timeline, rule, at, k | bits))
    best = NEVER
    who = NONE_OPEN
    if u[k] > NEVER:
        best = top + (u[k] - f[k])  # ties go to history
        who = k
    for i in range(n):
        if i == k or not (u[i] > NEVER):
            continue
        v = uniform(seed, stream, timeline, rule, at, np.int64(i) | bits)
        if f[i] > NEVER:
            below = f[i] - log(exp(f[i] - top) - log(v))
            value = (below if below < top else top) + (u[i] - f[i])
        else:
            value = u[i] + gumbel(v)  # closed in the factual world: nothing was learnt
        if value > best or who == NONE_OPEN:
            best = value
            who = np.int64(i)
    return who


@kernel
def _share(values: np.ndarray, i: np.int64, total: float) -> float:
    """The probability of option i, given log_sum_exp of all."""
    return exp(values[i] - total) if values[i] > NEVER else 0.0


@kernel
def _carry_monotone(f: np.ndarray, u: np.ndarray, n: np.int64, k: np.int64, v: float) -> np.int64:
    """One uniform over the options in declared order; it lay in k's factual slice. Edges go to history."""
    total_f = log_sum_exp(f, n)
    total_u = log_sum_exp(u, n)
    before = 0.0
    for i in range(k):
        before += _share(f, np.int64(i), total_f)
    luck = before + v * _share(f, k, total_f)
    edge = 0.0
    who = NONE_OPEN
    for i in range(n):
        share = _share(u, np.int64(i), total_u)
        if share > 0.0:
            who = np.int64(i)
            edge += share
            if luck < edge or (i == k and luck == edge):
                return who
    return who


@kernel
def _carry_maximal(
    f: np.ndarray, u: np.ndarray, n: np.int64, k: np.int64, keep: float, other: float
) -> np.int64:
    """Keep k with probability min(1, q_k / p_k); else draw from the positive part of q - p."""
    total_f = log_sum_exp(f, n)
    total_u = log_sum_exp(u, n)
    if keep * _share(f, k, total_f) < _share(u, k, total_u):
        return k
    gained = 0.0
    for i in range(n):
        more = _share(u, np.int64(i), total_u) - _share(f, np.int64(i), total_f)
        if i != k and more > 0.0:
            gained += more
    luck = other * gained
    edge = 0.0
    who = NONE_OPEN
    for i in range(n):
        more = _share(u, np.int64(i), total_u) - _share(f, np.int64(i), total_f)
        if i != k and more > 0.0:
            who = np.int64(i)
            edge += more
            if luck < edge:
                return who
    return who if who >= 0 or not (u[k] > NEVER) else k


@kernel
def carry_choice(
    f: np.ndarray,
    u: np.ndarray,
    n: np.int64,
    k: np.int64,
    seed: np.int64,
    stream: np.int64,
    timeline: np.int64,
    rule: np.int64,
    at: np.int64,
    salt: np.int64,
    coupling: np.int64,
    fast: np.int64,
) -> np.int64:
    """The option under utilities u, by the luck that made history take k under f; -1: set the timeline aside.

    f, u      utilities (log-odds; -inf closes), factual and here; arrays of length >= n
    k         the recorded option, 0 .. n - 1
    coupling  0 gumbel, 1 monotone, 2 maximal, 3 redraw
    fast      1: return k at once when f and u are equal; 0 goes through the coupling all the same (for tests)
    """
    if k < 0 or k >= n or not (f[k] > NEVER) or not can_choose(f, n) or not can_choose(u, n):
        return NONE_OPEN
    same = _same(f, u, n)
    if same and (fast != 0 or coupling == REDRAW):
        return k
    if coupling == MONOTONE:
        slot = SLOT_MONOTONE | (salt << SALT_SHIFT)
        return _carry_monotone(f, u, n, k, uniform(seed, stream, timeline, rule, at, slot))
    if coupling == MAXIMAL:
        keep = uniform(seed, stream, timeline, rule, at, SLOT_MAXIMAL_KEEP | (salt << SALT_SHIFT))
        other = uniform(seed, stream, timeline, rule, at, SLOT_MAXIMAL_OTHER | (salt << SALT_SHIFT))
        return _carry_maximal(f, u, n, k, keep, other)
    if coupling == REDRAW:
        return choose(u, n, seed, stream, timeline, rule, at, salt)
    return _carry_gumbel(f, u, n, k, seed, stream, timeline, rule, at, salt)


@kernel
def _moved(x: float, mf: float, sf: float, m: float, s: float) -> float:
    """How far a shock that was x under (mf, sf) moves under (m, s), on the scale on which it is normal."""
    if sf == 0.0:
        return m - mf if x == mf and s == 0.0 else NOT_A_NUMBER
    return (m - mf) + (s - sf) * ((x - mf) / sf)


@kernel
def carry_shock(x: float, mf: float, sf: float, m: float, s: float, fast: np.int64) -> float:
    """The normal shock under (mean m, sd s), by the luck that gave x under (mf, sf); NaN when sf is 0.

    Written as x plus what moved, so equal means and spreads give x to the last bit even with `fast` = 0.
    """
    if fast != 0 and m == mf and s == sf:
        return x
    return x + _moved(x, mf, sf, m, s)


@kernel
def carry_family(
    family: np.int64, x: float, mf: float, sf: float, m: float, s: float, fast: np.int64
) -> float:
    """`carry_shock` for any family: means and spreads on the family's own scale, x a value in its range."""
    if family == NORMAL:
        return carry_shock(x, mf, sf, m, s, fast)
    if fast != 0 and m == mf and s == sf:
        return x
    y = on_own_scale(family, x)
    moved = _moved(y, mf, sf, m, s)
    if moved == 0.0:
        return x
    if family == LOGNORMAL:
        return x * exp(moved)
    return from_own_scale(LOGIT_NORMAL, y + moved)
