"""The linear block against another library: DoWhy's graphical causal models, from samples, knowing no formula of ours.

DoWhy is given a million pairs (x, y) drawn by NumPy from x = N(0, 1), y = 1.5 x + N(0, 0.5), fits its own additive
noise model, and is asked for y, had x been another, for each recorded pair. The engine is asked the same. Its answer
is exact (y moves by the slope times the step), DoWhy's as good as its fit, so the two must agree to 0.01.

DoWhy is no dependency of Allohistory; README.md says how to get it. Ends with 3 where a pair disagrees, else 0.

    python validation/linear.py
"""

from __future__ import annotations

import sys

import numpy as np

import engine_side as engine
from allohistory.timeline.changes import SHOCK_SET
from allohistory.timeline.plan import END, Item, Plan
from textbook.running import little_models, together

SAMPLES, SEED, CLOSE = 1_000_000, 1931, 0.01
PAIRS = ((0.7, 1.9, 2.0), (-1.2, -1.5, 0.0), (0.0, 0.4, -2.0), (1.5, 0.9, 1.5))


def by_dowhy() -> list[float]:
    """y under each changed x, by abduction in a model fitted to samples."""
    import pandas as pd
    from dowhy import gcm
    from networkx import DiGraph

    luck = np.random.default_rng(SEED)
    x = luck.standard_normal(SAMPLES)
    samples = pd.DataFrame({"x": x, "y": 1.5 * x + 0.5 * luck.standard_normal(SAMPLES)})
    model = gcm.InvertibleStructuralCausalModel(DiGraph([("x", "y")]))
    model.set_causal_mechanism("x", gcm.EmpiricalDistribution())
    model.set_causal_mechanism("y", gcm.AdditiveNoiseModel(gcm.ml.create_linear_regressor()))
    gcm.fit(model, samples)
    found = []
    for then, y, now in PAIRS:
        observed = pd.DataFrame({"x": [then], "y": [y]})
        changed = gcm.counterfactual_samples(model, {"x": lambda _, to=now: to}, observed_data=observed)
        found.append(float(changed["y"].iloc[0]))
    return found


def by_engine() -> list[float]:
    """The same, by the engine: the same in every timeline, as a recorded shock leaves nothing to luck."""
    found = []
    for then, y, now in PAIRS:
        scenario = little_models(engine.record(line_x=then, line_y=y))
        plan = Plan((Item(int(SHOCK_SET), rule=1, value=now, place=1),), END, draws=1)
        values = together(scenario, plan, 50).value[:, engine.OUTCOME["y"]]
        assert np.ptp(values) == 0.0
        found.append(float(values[0]))
    return found


def main() -> int:
    """Print the pairs."""
    bad = 0
    print("    x       y     x set to   engine     DoWhy")
    for (then, y, now), ours, theirs in zip(PAIRS, by_engine(), by_dowhy(), strict=True):
        bad += abs(ours - theirs) > CLOSE
        mark = "" if abs(ours - theirs) <= CLOSE else "  DISAGREES"
        print(f"{then:6.2f}  {y:6.2f}  {now:8.2f}  {ours:9.4f} {theirs:9.4f}{mark}")
    print(f"{bad} disagree" if bad else f"all agree to {CLOSE}")
    return 3 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
