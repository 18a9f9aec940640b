"""Made-up engagements: no row of any real data."""

from __future__ import annotations

import numpy as np
import pytest


def made_up(n, seed, push=0.8):
    """Engagements whose winner hangs on the force ratio by `push`, and whose losses fall with it by 0.5."""
    luck = np.random.default_rng(seed)
    attacker, defender = np.exp(luck.normal(10, 1, n)), np.exp(luck.normal(9.7, 1, n))
    ratio = np.log(attacker / defender)
    win = luck.uniform(size=n) < 1 / (1 + np.exp(-push * ratio))
    pick = luck.choice
    return {
        "attacker_strength": attacker,
        "defender_strength": defender,
        **{
            name: np.where(luck.uniform(size=n) < 0.1, np.nan, luck.poisson(40, n))
            for name in ("attacker_tanks", "defender_tanks", "attacker_guns", "defender_guns")
        },
        "attacker_front_km": luck.uniform(1, 20, n),
        "defender_front_km": luck.uniform(1, 20, n),
        "start": np.array([f"19{year:02d}-07-01" for year in luck.integers(4, 73, n)]),
        "war": pick(["one war", "another war"], n),
        "campaign": pick(["north", "south"], n),
        "attacker": pick(["Red", "Blue"], n),
        "defender": pick(["Green", "Grey"], n),
        "defender_posture": pick(["HD", "PD", "FD", "DL"], n),
        "terrain": pick(["G", "R", "F", ""], n),
        "cover": pick(["B", "M", ""], n),
        "wx1": pick(["D", "W"], n),
        "wx2": pick(["S", "L", ""], n),
        "wx3": pick(["T", "H"], n),
        "wx4": pick(["F", "S"], n),
        "winner": np.where(win, 1.0, -1.0),
        "attacker_casualties": attacker * np.exp(-3 - 0.5 * ratio + luck.normal(0, 0.4, n)),
        "defender_casualties": defender * np.exp(-2 + 0.5 * ratio + luck.normal(0, 0.4, n)),
    }


@pytest.fixture
def table():
    """Three hundred made-up engagements."""
    return made_up(300, 5)
