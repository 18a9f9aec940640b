"""Small compiled loops over the kernels: Python calls these, and they call the kernels by name.

Under NUMBA_DISABLE_JIT=1 the same loops run plain.
"""

import numpy as np

from allohistory.luck import address, arithmetic, draws, hindsight, philox
from allohistory.luck.compiled import entry

RULE = np.int64(7)
AT = address.occasion(np.int64(118), np.int64(3), np.int64(21))
NO_SALT = np.int64(0)
WORLDS = address.STREAM_WORLDS
SLOT_0 = np.int64(0)
SLOT_1 = np.int64(1)

EXP, LOG, EXPM1, LOG1P, QUANTILE, CDF, LOGISTIC, TAIL = (np.int64(i) for i in range(8))

philox4x32 = philox.philox4x32
uniform = address.uniform
unit_interval = address.unit_interval
choose = draws.choose
carry_choice = hindsight.carry_choice
carry_shock = hindsight.carry_shock
carry_family = hindsight.carry_family
week_fires = hindsight.week_fires
carried_day = hindsight.carried_day
day_of = hindsight.day_of
log_interval = draws.log_interval
log_interval_of = draws.log_interval_of
log_probability = draws.log_probability
family_value = draws.family_value
exp = arithmetic.exp
log = arithmetic.log
expm1 = arithmetic.expm1
log1p = arithmetic.log1p
normal_quantile = arithmetic.normal_quantile
normal_cdf = arithmetic.normal_cdf
logistic = arithmetic.logistic
scaled_tail = arithmetic.scaled_tail


@entry
def words(counter, key):
    """The four words at each counter (m, 4) under one key (2,); all np.uint64."""
    out = np.empty((counter.shape[0], 4), np.uint64)
    for i in range(counter.shape[0]):
        a, b, c, d = philox4x32(counter[i, 0], counter[i, 1], counter[i, 2], counter[i, 3], key[0], key[1])
        out[i, 0] = a
        out[i, 1] = b
        out[i, 2] = c
        out[i, 3] = d
    return out


@entry
def from_words(upper, lower):
    """The uniform made of two words."""
    return unit_interval(upper, lower)


@entry
def one_function(which, x):
    """One function of arithmetic over an array, by its number above."""
    out = np.empty(x.shape[0])
    for i in range(x.shape[0]):
        if which == EXP:
            out[i] = exp(x[i])
        elif which == LOG:
            out[i] = log(x[i])
        elif which == EXPM1:
            out[i] = expm1(x[i])
        elif which == LOG1P:
            out[i] = log1p(x[i])
        elif which == QUANTILE:
            out[i] = normal_quantile(x[i])
        elif which == CDF:
            out[i] = normal_cdf(x[i])
        elif which == LOGISTIC:
            out[i] = logistic(x[i])
        else:
            out[i] = scaled_tail(x[i])
    return out


@entry
def uniforms(seed, n, slot):
    """The uniform of timelines 0 .. n - 1 in one slot."""
    out = np.empty(n)
    for i in range(n):
        out[i] = uniform(seed, WORLDS, np.int64(i), RULE, AT, slot)
    return out


@entry
def prior_choices(u, n, seed):
    """How often each option was taken with prior luck, over n timelines; the last place counts -1."""
    out = np.zeros(u.shape[0] + 1, np.int64)
    options = np.int64(u.shape[0])
    for i in range(n):
        who = choose(u, options, seed, WORLDS, np.int64(i), RULE, AT, NO_SALT)
        out[who if who >= 0 else options] += 1
    return out


@entry
def carried_choices(f, u, k, coupling, fast, n, seed):
    """How often each option was taken with the luck of history's k, over n timelines; the last place counts -1."""
    out = np.zeros(u.shape[0] + 1, np.int64)
    options = np.int64(u.shape[0])
    for i in range(n):
        who = carry_choice(f, u, options, k, seed, WORLDS, np.int64(i), RULE, AT, NO_SALT, coupling, fast)
        out[who if who >= 0 else options] += 1
    return out


@entry
def choices_over_records(f, u, coupling, n, seed, seed_of_record):
    """The same with records drawn from the model under f: the identity says the prior law of u comes back."""
    out = np.zeros(u.shape[0] + 1, np.int64)
    options = np.int64(u.shape[0])
    fast = np.int64(1)
    for i in range(n):
        at = np.int64(i)
        k = choose(f, options, seed_of_record, WORLDS, at, RULE, AT, NO_SALT)
        who = carry_choice(f, u, options, k, seed, WORLDS, at, RULE, AT, NO_SALT, coupling, fast)
        out[who if who >= 0 else options] += 1
    return out


@entry
def each_choice(f, u, k, coupling, fast, n, seed, salt):
    """The option of each of n timelines."""
    out = np.empty(n, np.int64)
    options = np.int64(u.shape[0])
    for i in range(n):
        out[i] = carry_choice(f, u, options, k, seed, WORLDS, np.int64(i), RULE, AT, salt, coupling, fast)
    return out


@entry
def clock_counts(h, hf, fired, recorded, day, n, seed):
    """Firings by day (0 .. 6) over n timelines, and silences in place 7; `day` is the recorded one."""
    out = np.zeros(8, np.int64)
    for i in range(n):
        v = uniform(seed, WORLDS, np.int64(i), RULE, AT, SLOT_0)
        if week_fires(h, v, hf, fired, recorded):
            w = uniform(seed, WORLDS, np.int64(i), RULE, AT, SLOT_1)
            out[carried_day(h, w, hf, day) if recorded and fired else day_of(h, w)] += 1
        else:
            out[7] += 1
    return out


@entry
def clock_over_records(h, hf, n, seed, seed_of_record):
    """The same with records drawn from the model under hf."""
    out = np.zeros(8, np.int64)
    for i in range(n):
        at = np.int64(i)
        none = np.int64(0)
        fired = week_fires(hf, uniform(seed_of_record, WORLDS, at, RULE, AT, SLOT_0), 0.0, False, False)
        day = day_of(hf, uniform(seed_of_record, WORLDS, at, RULE, AT, SLOT_1)) if fired else none
        v = uniform(seed, WORLDS, at, RULE, AT, SLOT_0)
        if week_fires(h, v, hf, fired, True):
            w = uniform(seed, WORLDS, at, RULE, AT, SLOT_1)
            out[carried_day(h, w, hf, day) if fired else day_of(h, w)] += 1
        else:
            out[7] += 1
    return out


@entry
def shocks(family, mean, sd, n, seed):
    """Prior shocks of n timelines."""
    out = np.empty(n)
    for i in range(n):
        out[i] = family_value(family, mean, sd, uniform(seed, WORLDS, np.int64(i), RULE, AT, SLOT_0))
    return out


@entry
def carried_shocks(family, x, mf, sf, m, s, fast):
    """Each recorded value of an array carried over to other inputs."""
    out = np.empty(x.shape[0])
    for i in range(x.shape[0]):
        out[i] = carry_family(family, x[i], mf, sf, m, s, fast)
    return out


@entry
def intervals(family, x, half_width, mean, sd):
    """The log-probability of each recorded, rounded value."""
    out = np.empty(x.shape[0])
    for i in range(x.shape[0]):
        out[i] = log_interval_of(family, x[i], half_width[i], mean, sd)
    return out


@entry
def log_probabilities(u):
    """The log-probability of each option."""
    out = np.empty(u.shape[0])
    for i in range(u.shape[0]):
        out[i] = log_probability(u, np.int64(u.shape[0]), np.int64(i))
    return out
