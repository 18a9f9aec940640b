"""Arithmetic that gives the same bits everywhere: exp, log and the normal distribution from + - * / alone.

The C library's exp differs between machines, and NumPy's between processors of one kind. Kernels therefore
use these functions and never `math.exp`, `math.log` or `**`. Only the basic operations of IEEE 754, the
square root and bit operations occur, in a fixed order; nothing may be contracted into a fused multiply-add.

Contract, in three lines:

- Scalars in, one scalar out, float64; results are identical compiled and plain, on x86-64 and arm64.
- Errors at most, in units in the last place: exp, log, expm1, log1p 1; normal quantile 6; normal cdf 8 (tests
  hold them to it).
- NaN in, NaN out; infinities as in C (exp(-inf) = 0, log(0) = -inf); no exception and no warning, compiled or
  plain.

Sources. exp, expm1, log, log1p: the reductions and coefficients of Sun's fdlibm (1993) in the form of FreeBSD
and musl. Normal quantile: Wichura, algorithm AS 241, PPND16 (1988). Normal cdf: Cody's rational
approximations of erf and erfc (1969).
"""

import math

import numpy as np

from allohistory.luck.compiled import kernel

NEVER = -math.inf
"""The utility of an option that is closed: no noise opens it."""

INFINITE = math.inf
NOT_A_NUMBER = math.nan

LN2_HIGH = 6.93147180369123816490e-01
LN2_LOW = 1.90821492927058770002e-10
INVERSE_LN2 = 1.44269504088896338700e00
EXP_OVERFLOWS = 709.782712893383973096
EXP_VANISHES = -745.133219101941108420

EXPONENT_SHIFT = np.uint64(52)
MANTISSA = np.uint64(0x000FFFFFFFFFFFFF)
# Adding this to the bits of x moves the border between two exponents from 1 to the square root of 2.
TO_ROOT_2 = np.uint64(0x3FF0000000000000 - 0x3FE6A09E00000000)
ROOT_HALF = np.uint64(0x3FE6A09E00000000)
TWO_54 = 2.0**54
TWO_1023 = 2.0**1023
TWO_MINUS_1000 = 2.0**-1000


@kernel
def power_of_two(exponent: np.int64) -> float:
    """2 to a whole exponent from -1022 to 1023, by writing its bits."""
    return np.uint64(np.uint64(exponent + np.int64(1023)) << EXPONENT_SHIFT).view(np.float64)


@kernel
def exp(x: float) -> float:
    """e to the x; 0 below about -745.1, infinite above about 709.8."""
    if not (x <= EXP_OVERFLOWS):
        return x if x != x else INFINITE
    if x < EXP_VANISHES:
        return 0.0
    if x == 0.0:  # one in six: nothing leans on a rate
        return 1.0
    k = np.int64(x * INVERSE_LN2 + (0.5 if x >= 0.0 else -0.5))
    high = x - np.float64(k) * LN2_HIGH
    low = np.float64(k) * LN2_LOW
    r = high - low
    rr = r * r
    c = r - rr * (
        1.66666666666666019037e-01
        + rr
        * (
            -2.77777777770155933842e-03
            + rr
            * (
                6.61375632143793436117e-05
                + rr * (-1.65339022054652515390e-06 + rr * 4.13813679705723846039e-08)
            )
        )
    )
    y = 1.0 + ((r * c / (2.0 - c) - low) + high)
    if k > 1023:
        return y * 2.0 * TWO_1023
    if k < -1021:
        return y * power_of_two(k + np.int64(1000)) * TWO_MINUS_1000
    return y * power_of_two(k)


@kernel
def expm1(x: float) -> float:
    """exp(x) - 1 without loss of digits near 0."""
    if not (x <= EXP_OVERFLOWS):
        return x if x != x else INFINITE
    if x < -38.816242111356935:  # -56 ln 2: the result rounds to -1
        return -1.0
    size = abs(x)
    if size < 5.551115123125783e-17:  # 2^-54
        return x
    k = np.int64(0)
    c = 0.0
    if size > 0.34657359027997264:  # ln(2) / 2
        k = np.int64(x * INVERSE_LN2 + (0.5 if x >= 0.0 else -0.5))
        high = x - np.float64(k) * LN2_HIGH
        low = np.float64(k) * LN2_LOW
        x = high - low
        c = (high - x) - low
    half = 0.5 * x
    hxs = x * half
    r = 1.0 + hxs * (
        -3.33333333333331316428e-02
        + hxs
        * (
            1.58730158725481460165e-03
            + hxs
            * (
                -7.93650757867487942473e-05
                + hxs * (4.00821782732936239552e-06 + hxs * -2.01099218183624371326e-07)
            )
        )
    )
    t = 3.0 - r * half
    e = hxs * ((r - t) / (6.0 - x * t))
    if k == 0:
        return x - (x * e - hxs)
    e = x * (e - c) - c
    e -= hxs
    if k == -1:
        return 0.5 * (x - e) - 0.5
    if k == 1:
        return -2.0 * (e - (x + 0.5)) if x < -0.25 else 1.0 + 2.0 * (x - e)
    if k < 0 or k > 56:
        y = x - e + 1.0
        y = y * 2.0 * TWO_1023 if k == 1024 else y * power_of_two(k)
        return y - 1.0
    inverse = power_of_two(-k)
    if k < 20:
        return (x - e + (1.0 - inverse)) * power_of_two(k)
    return (x - (e + inverse) + 1.0) * power_of_two(k)


@kernel
def _log_of_parts(f: float, k: np.int64, correction: float) -> float:
    """log((1 + f) 2^k) + correction, for 1 + f between the square roots of 1/2 and 2."""
    half_square = 0.5 * f * f
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01))
    odd = z * (
        6.666666666666735130e-01
        + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01))
    )
    twos = np.float64(k)
    return (
        s * (half_square + (even + odd)) + (twos * LN2_LOW + correction) - half_square + f + twos * LN2_HIGH
    )


@kernel
def _exponent_near_one(bits: np.uint64) -> np.int64:
    """The k for which these bits hold 2^k times something between the square roots of 1/2 and 2."""
    return np.int64((bits + TO_ROOT_2) >> EXPONENT_SHIFT) - np.int64(1023)


@kernel
def _mantissa_near_one(bits: np.uint64) -> float:
    """That something: the number divided by its power of two."""
    return np.uint64(((bits + TO_ROOT_2) & MANTISSA) + ROOT_HALF).view(np.float64)


@kernel
def log(x: float) -> float:
    """Natural logarithm: -inf at 0, NaN below."""
    if not (x > 0.0):
        return NEVER if x == 0.0 else NOT_A_NUMBER
    if x == INFINITE:
        return INFINITE
    shift = np.int64(0)
    if x < 2.2250738585072014e-308:  # subnormal
        x = x * TWO_54
        shift = np.int64(-54)
    bits = np.float64(x).view(np.uint64)
    return _log_of_parts(_mantissa_near_one(bits) - 1.0, _exponent_near_one(bits) + shift, 0.0)


@kernel
def log1p(x: float) -> float:
    """log(1 + x) without loss of digits near 0: -inf at -1, NaN below."""
    if not (x > -1.0):
        return NEVER if x == -1.0 else NOT_A_NUMBER
    if x == INFINITE:
        return INFINITE
    if abs(x) < 1.1102230246251565e-16:  # 2^-53
        return x
    if x > -0.29289321881345254 and x < 0.4142135623730950:  # 1 + x between the square roots of 1/2 and 2
        return _log_of_parts(x, np.int64(0), 0.0)
    u = 1.0 + x
    bits = np.float64(u).view(np.uint64)
    k = _exponent_near_one(bits)
    correction = 0.0
    if k < 54:
        correction = (1.0 - (u - x) if k >= 2 else x - (u - 1.0)) / u
    return _log_of_parts(_mantissa_near_one(bits) - 1.0, k, correction)


@kernel
def ratio(a: float, b: float, otherwise: float) -> float:
    """a / b, or `otherwise` where b is 0 (there plain Python would raise, compiled code give an infinity)."""
    if b == 0.0:
        return otherwise
    return a / b


@kernel
def logistic(x: float) -> float:
    """1 / (1 + exp(-x)): log-odds to probability, without overflow."""
    if x >= 0.0:
        return 1.0 / (1.0 + exp(-x))
    odds = exp(x)
    return odds / (1.0 + odds)


@kernel
def log_sum_exp(values: np.ndarray, n: np.int64) -> float:
    """log of the sum of exp(values[0 .. n-1]); -inf when all are -inf, NaN or inf when one of them is."""
    top = NEVER
    for i in range(n):
        if values[i] != values[i]:
            return NOT_A_NUMBER
        if values[i] > top:
            top = values[i]
    if not (NEVER < top < INFINITE):
        return top
    total = 0.0
    for i in range(n):
        total += exp(values[i] - top)
    return top + log(total)


@kernel
def _seventh_degree(
    x: float, a0: float, a1: float, a2: float, a3: float, a4: float, a5: float, a6: float, a7: float
) -> float:
    """a0 + a1 x + ... + a7 x^7 by Horner's rule."""
    return ((((((a7 * x + a6) * x + a5) * x + a4) * x + a3) * x + a2) * x + a1) * x + a0


# fmt: off
@kernel
def normal_quantile(p: float) -> float:
    """The z below which a standard normal lies with probability p; infinite at 0 and 1, NaN outside."""
    q = p - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        above = _seventh_degree(
            r, 3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
            4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
        )
        below = _seventh_degree(
            r, 1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
            2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3,
        )
        return q * above / below
    tail = p if q < 0.0 else 1.0 - p
    if not (tail > 0.0):
        return (NEVER if q < 0.0 else INFINITE) if tail == 0.0 else NOT_A_NUMBER
    r = math.sqrt(-log(tail))
    if r <= 5.0:
        r -= 1.6
        above = _seventh_degree(
            r, 1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
            1.27045825245236838258, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
        )
        below = _seventh_degree(
            r, 1.0, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1,
            1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
        )
    else:
        r -= 5.0
        above = _seventh_degree(
            r, 6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 2.96560571828504891230e-1,
            2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
        )
        below = _seventh_degree(
            r, 1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
            7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
        )
    z = above / below
    return -z if q < 0.0 else z


@kernel
def scaled_tail(z: float) -> float:
    """P(standard normal > z) times exp(z^2 / 2), for z >= 0: falls slowly, so far tails keep all their digits."""
    y = z * 0.70710678118654752440
    if y <= 0.46875:
        yy = y * y
        erf = y * (((((1.85777706184603153e-1 * yy + 3.16112374387056560e0) * yy + 1.13864154151050156e2) * yy
                     + 3.77485237685302021e2) * yy + 3.20937758913846947e3)
                   / ((((yy + 2.36012909523441209e1) * yy + 2.44024637934444173e2) * yy
                       + 1.28261652607737228e3) * yy + 2.84423683343917062e3))
        return 0.5 * (1.0 - erf) * exp(yy)
    if y <= 4.0:
        above = _seventh_degree(
            y, 1.23033935479799725e3, 2.05107837782607147e3, 1.71204761263407058e3, 8.81952221241769090e2,
            2.98635138197400131e2, 6.61191906371416295e1, 8.88314979438837594,
            2.15311535474403846e-8 * y + 5.64188496988670089e-1,
        )
        below = _seventh_degree(
            y, 1.23033935480374942e3, 3.43936767414372164e3, 4.36261909014324716e3, 3.29079923573345963e3,
            1.62138957456669019e3, 5.37181101862009858e2, 1.17693950891312499e2, y + 1.57449261107098347e1,
        )
        return 0.5 * above / below
    if y > 1.0e150:
        return 0.5 * 0.56418958354775628695 / y
    yy = 1.0 / (y * y)
    fraction = (
        yy * (((((1.63153871373020978e-2 * yy + 3.05326634961232344e-1) * yy + 3.60344899949804439e-1) * yy
               + 1.25781726111229246e-1) * yy + 1.60837851487422766e-2) * yy + 6.58749161529837803e-4)
        / (((((yy + 2.56852019228982242e0) * yy + 1.87295284992346725e0) * yy
             + 5.27905102951428412e-1) * yy + 6.05183413124413191e-2) * yy + 2.33520497626869185e-3)
    )
    return 0.5 * (0.56418958354775628695 - fraction) / y
# fmt: on


@kernel
def normal_cdf(z: float) -> float:
    """P(standard normal < z), with all its digits in the lower tail too; 0 below about -38.5."""
    if z != z:
        return z
    size = abs(z)
    if size > 39.0:
        return 0.0 if z < 0.0 else 1.0
    # z^2 in two parts, the first exact, so that its rounding is not magnified by exp.
    coarse = np.float64(np.int64(size * 16.0)) * 0.0625
    rest = (size - coarse) * (size + coarse)
    upper = scaled_tail(size) * exp(-0.5 * coarse * coarse) * exp(-0.5 * rest)
    return upper if z < 0.0 else 1.0 - upper
