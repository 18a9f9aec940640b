"""Digests of some thousand draws of every kind, as JSON: run compiled, plain and on other targets, they must be equal.

Numbers are hashed by their bits. Arguments come from integers and fixed decimals only, so nothing here depends on a
library's exp or on a processor.
"""

import hashlib
import json

import numpy as np

from allohistory.luck.arithmetic import NEVER
from luck import drivers as d

SEED = np.int64(1931)
F = np.array([0.2, 1.0, -0.5, NEVER, 0.0])
U = np.array([0.9, 0.4, -0.1, 0.3, -0.8])
ZERO, ONE = np.int64(0), np.int64(1)


def digest(*arrays):
    """Sixteen hexadecimal digits of the bits of some arrays."""
    state = hashlib.sha256()
    for array in arrays:
        state.update(np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<")).tobytes())
    return state.hexdigest()[:16]


def points():
    """Arguments on many scales: 2^e times (1 + j / 7), both signs."""
    sizes = np.array([float(2**e) * (1.0 + j / 7.0) for e in range(10) for j in range(7)])
    small = np.array([(1.0 + j / 7.0) / float(2**e) for e in range(1, 60, 2) for j in range(7)])
    return np.concatenate([sizes, small, -sizes, -small, [0.0, -0.0, 1.0, -1.0, np.inf, -np.inf]])


def digests():
    """Name -> digest of every kind of draw."""
    v = d.uniforms(SEED, 300, d.SLOT_0)
    out = {"uniform": digest(v, d.uniforms(SEED, 300, d.SLOT_1))}
    for name in ("EXP", "LOG", "EXPM1", "LOG1P", "CDF", "LOGISTIC"):
        got = d.one_function(getattr(d, name), np.concatenate([points(), v]))
        out[name.lower()] = digest(np.where(np.isnan(got), 0.0, got))  # the sign of a NaN is free
    out["quantile"] = digest(d.one_function(d.QUANTILE, v), d.one_function(d.QUANTILE, v / 1e12))
    out["tail"] = digest(d.one_function(d.TAIL, np.abs(points())))
    out["choose"] = digest(d.prior_choices(U, 300, SEED))
    for coupling in range(4):
        took = [
            d.each_choice(F, U, np.int64(k), np.int64(coupling), fast, 60, SEED, np.int64(k))
            for k in (0, 1, 2, 4)
            for fast in (ZERO, ONE)
        ]
        out[f"carry_choice {coupling}"] = digest(*took)
    weeks = [
        d.clock_counts(h, hf, fired, recorded, np.int64(5), 60, SEED)
        for h, hf in ((0.4, 0.3), (0.3, 0.4), (2.5, 0.02), (0.5, 0.0))
        for fired, recorded in ((True, True), (False, True), (False, False))
    ]
    out["clock"] = digest(*weeks)
    for family in range(3):
        values = d.shocks(np.int64(family), 0.4, 0.6, 200, SEED)
        moved = d.carried_shocks(np.int64(family), values, 0.4, 0.6, -0.3, 0.9, ZERO)
        scores = d.intervals(np.int64(family), values, 0.3 * v[:200], 0.1, 0.5)
        out[f"shock {family}"] = digest(values, moved, scores)
    out["log_probability"] = digest(d.log_probabilities(F), d.log_probabilities(U))
    return out


if __name__ == "__main__":
    print(json.dumps(digests(), indent=1))
