"""Three ways to draw, and nothing else is random: a choice, a clock, a shock.

Rules do not draw; they return utilities, a hazard, or a mean and a spread. These kernels turn them into what
happens, given uniforms (or the address they come from), and give the logarithm of the chance of what
happened. This page is luck from the *prior*: nothing is known of how history went. `hindsight` holds the
posteriors; a clock is drawn there too (`week_fires` with recorded = False), because both share one line.

Contract, in three lines:

- `choose` is argmax of utility + Gumbel noise: option i comes with probability exp(u[i]) over the sum; -inf
  closes it.
- `shock_value` is mean + sd * normal noise; log-normal and logit-normal shocks are the same on their own
  scale.
- `log_probability` and `log_interval` are exact logarithms of probabilities, usable far out in the tails.

Utilities are float64 arrays of length at least n (1 <= n <= 64). All are in log-odds: +1 multiplies the odds
by e. Ties between options have probability 0 up to rounding and go to the lowest option number.
"""

import math

import numpy as np

from allohistory.luck.address import SALT_SHIFT, uniform
from allohistory.luck.arithmetic import (
    INFINITE,
    NEVER,
    NOT_A_NUMBER,
    exp,
    expm1,
    log,
    log1p,
    log_sum_exp,
    logistic,
    normal_cdf,
    normal_quantile,
    scaled_tail,
)
from allohistory.luck.compiled import kernel

NORMAL = np.int64(0)
LOGNORMAL = np.int64(1)
LOGIT_NORMAL = np.int64(2)

NONE_OPEN = np.int64(-1)
NOISE_LINES, NOISE_MARGIN = 256.0, 1e-9
NOISE_AT_LEAST, NOISE_AT_MOST = (
    -3.61,
    37.0,
)  # a little beyond the noise of the smallest and the largest uniform
LOG_ROOT_TWO_PI = 0.91893853320467274178


@kernel
def gumbel(v: float) -> float:
    """Standard Gumbel noise from a uniform in (0, 1)."""
    return -log(-log(v))


def noise_bounds() -> tuple[np.ndarray, np.ndarray]:
    """Gumbel noise never lies below the first or above the second table, each with a line for 1/256 of uniforms.

    `gumbel` rises with its uniform but for the last digits, for which there is a margin.
    """
    inner = [gumbel(i / NOISE_LINES) for i in range(1, int(NOISE_LINES))]
    least, most = np.array([NOISE_AT_LEAST, *inner]), np.array([*inner, NOISE_AT_MOST])
    return least - NOISE_MARGIN, most + NOISE_MARGIN


LEAST_NOISE, MOST_NOISE = noise_bounds()


@kernel
def can_choose(u: np.ndarray, n: np.int64) -> bool:
    """Whether some option is open and no utility is NaN or +inf."""
    some_open = False
    for i in range(n):
        if not (u[i] < INFINITE):
            return False
        if u[i] > NEVER:
            some_open = True
    return some_open


@kernel
def choose(
    u: np.ndarray,
    n: np.int64,
    seed: np.int64,
    stream: np.int64,
    timeline: np.int64,
    rule: np.int64,
    at: np.int64,
    salt: np.int64,
) -> np.int64:
    """The option taken, 0 .. n - 1, with prior luck; -1 when none is open or an input is NaN. Option i reads slot i."""
    if not can_choose(u, n):
        return NONE_OPEN
    best = NEVER
    who = NONE_OPEN
    for i in range(n):
        if u[i] > NEVER:
            slot = np.int64(i) | (salt << SALT_SHIFT)
            value = u[i] + gumbel(uniform(seed, stream, timeline, rule, at, slot))
            if value > best or who == NONE_OPEN:
                best = value
                who = np.int64(i)
    return who


@kernel
def choose_by(u: np.ndarray, v: np.ndarray, n: np.int64) -> np.int64:
    """`choose`, with the uniforms of the options already drawn.

    Two tables bound the noise of each option, which mostly tells who wins; where it does not, the noise of those who
    still can win is worked out. Equal values go to the lowest number, as there.
    """
    if not can_choose(u, n):
        return NONE_OPEN
    floor = NEVER
    for i in range(n):
        floor = max(floor, u[i] + LEAST_NOISE[np.int64(v[i] * NOISE_LINES)])
    who = NONE_OPEN
    rivals = np.int64(0)
    for i in range(n):
        if u[i] + MOST_NOISE[np.int64(v[i] * NOISE_LINES)] >= floor:
            rivals += np.int64(1)
            who = np.int64(i)
    if rivals == np.int64(1):
        return who
    best = NEVER
    who = NONE_OPEN
    for i in range(n):
        if u[i] + MOST_NOISE[np.int64(v[i] * NOISE_LINES)] >= floor:
            value = u[i] + gumbel(v[i])
            if value > best or who == NONE_OPEN:
                best = value
                who = np.int64(i)
    return who


@kernel
def log_probability(u: np.ndarray, n: np.int64, k: np.int64) -> float:
    """log of the probability that option k is taken; -inf when it is closed, NaN when nothing can be chosen."""
    if not can_choose(u, n):
        return NOT_A_NUMBER
    if k < 0 or k >= n:
        return NEVER
    return u[k] - log_sum_exp(u, n)


@kernel
def shock_value(mean: float, sd: float, v: float) -> float:
    """mean + sd * normal noise from the uniform v in (0, 1); same unit as the mean."""
    return mean + sd * normal_quantile(v)


@kernel
def logit(x: float) -> float:
    """log-odds of a share x in (0, 1)."""
    return log(x) - log1p(-x)


@kernel
def on_own_scale(family: np.int64, x: float) -> float:
    """From the value to the scale on which a family is normal: itself, its log, or its log-odds."""
    if family == LOGNORMAL:
        return log(x)
    if family == LOGIT_NORMAL:
        return logit(x)
    return x


@kernel
def from_own_scale(family: np.int64, y: float) -> float:
    """Back to the value: the inverse of `on_own_scale`."""
    if family == LOGNORMAL:
        return exp(y)
    if family == LOGIT_NORMAL:
        return logistic(y)
    return y


@kernel
def family_value(family: np.int64, mean: float, sd: float, v: float) -> float:
    """A shock of any family: mean and sd are those of the value, its log, or its log-odds."""
    return from_own_scale(family, shock_value(mean, sd, v))


# Gauss-Legendre nodes and weights of eight points on (-1, 1): the positive half.
# fmt: off
NODE_1, WEIGHT_1 = 0.18343464249564980494, 0.36268378337836198297
NODE_2, WEIGHT_2 = 0.52553240991632898582, 0.31370664587788728734
NODE_3, WEIGHT_3 = 0.79666647741362673959, 0.22238103445337447054
NODE_4, WEIGHT_4 = 0.96028985649753623168, 0.10122853629037625915
# fmt: on


@kernel
def _both_sides(node: float, middle: float, half: float) -> float:
    """phi(middle + half node) + phi(middle - half node), each divided by phi(middle)."""
    t = half * node
    return exp(-t * (middle + 0.5 * t)) + exp(t * (middle - 0.5 * t))


@kernel
def _log_narrow_mass(middle: float, half: float) -> float:
    """log of the normal mass within `half` of `middle`, by quadrature of the density relative to its middle."""
    mean_density = 0.5 * (
        WEIGHT_1 * _both_sides(NODE_1, middle, half)
        + WEIGHT_2 * _both_sides(NODE_2, middle, half)
        + WEIGHT_3 * _both_sides(NODE_3, middle, half)
        + WEIGHT_4 * _both_sides(NODE_4, middle, half)
    )
    return log(2.0 * half) + log(mean_density) - (0.5 * middle * middle + LOG_ROOT_TWO_PI)


@kernel
def log_upper_tail(z: float) -> float:
    """log P(standard normal > z), finite far beyond where the probability itself vanishes."""
    if z <= 0.0:
        return log1p(-normal_cdf(z))
    if z == INFINITE:
        return NEVER
    return log(scaled_tail(z)) - 0.5 * z * z


@kernel
def log_mass(middle: float, half: float) -> float:
    """log P(middle - half < standard normal < middle + half), exact for narrow, wide and far intervals.

    Narrow intervals (half the width times the larger of 1 and |middle| at most 1/2) are integrated, which loses
    no digits; in wide ones the two tails differ by a factor, and far out the common exp(-a^2 / 2) is taken outside.
    """
    middle = abs(middle)
    if not (half > 0.0) or middle == INFINITE:
        return NOT_A_NUMBER if (half != half or middle != middle) else NEVER
    if half * (middle if middle > 1.0 else 1.0) <= 0.5:
        return _log_narrow_mass(middle, half)
    low = middle - half
    high = middle + half
    if low <= 0.0:
        return log1p(-(normal_cdf(low) + normal_cdf(-high)))
    above = exp(-2.0 * middle * half) * scaled_tail(high)  # (high^2 - low^2) / 2 = 2 middle half
    return log(scaled_tail(low) - above) - 0.5 * low * low


@kernel
def log_interval(x: float, half_width: float, mean: float, sd: float) -> float:
    """log of the chance that a normal shock lies within half_width of x: the score of a recorded, rounded value.

    half_width is half the rounding step of the record, in the unit of x, and above 0: a point has no probability.
    With sd 0 the chance is 1 if the mean itself lies in the interval, else 0.
    """
    if sd == 0.0:
        return 0.0 if math.fabs(x - mean) <= half_width else NEVER
    return log_mass((x - mean) / sd, half_width / sd)


@kernel
def log_interval_of(family: np.int64, x: float, half_width: float, mean: float, sd: float) -> float:
    """`log_interval` for any family; x and half_width in the unit of the value, mean and sd on the family's own scale.

    An end of the interval outside the family's range counts as unbounded there; a value outside it has no chance.
    """
    if family == NORMAL:
        return log_interval(x, half_width, mean, sd)
    low = x - half_width
    high = x + half_width
    top = 1.0 if family == LOGIT_NORMAL else INFINITE
    if not (high > 0.0 and low < top and half_width > 0.0):
        return NEVER
    if low <= 0.0 and high >= top:
        return 0.0
    if low <= 0.0:
        return log_upper_tail(-_standard(on_own_scale(family, high), mean, sd))
    if high >= top:
        return log_upper_tail(_standard(on_own_scale(family, low), mean, sd))
    width = log1p(2.0 * half_width / low)
    if family == LOGIT_NORMAL:
        width += log1p(2.0 * half_width / (1.0 - high))
    return log_interval(on_own_scale(family, low) + 0.5 * width, 0.5 * width, mean, sd)


@kernel
def _standard(y: float, mean: float, sd: float) -> float:
    """(y - mean) / sd; with sd 0 an infinity of the sign of y - mean."""
    if sd == 0.0:
        return INFINITE if y >= mean else NEVER
    return (y - mean) / sd


@kernel
def log_fired(h: float, day: np.int64) -> float:
    """log of the chance that a clock of hazard h a week fires on that day (0 Monday .. 6 Sunday)."""
    if not (h > 0.0):
        return NEVER if h <= 0.0 else NOT_A_NUMBER
    sevenths = np.float64(day) / 7.0
    return log(-expm1(-h / 7.0)) - h * sevenths


@kernel
def log_silent(h: float) -> float:
    """log of the chance that a clock of hazard h a week stays silent that week."""
    return -h
