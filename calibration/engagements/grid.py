"""The grid of hypothetical engagements as the scenario meets them, and the few columns that its kernels read."""

from __future__ import annotations

import numpy as np

from allohistory.combat.inputs import Encoding
from allohistory.combat.table import Floats, Table
from allohistory.scenarios.soviet_japanese_war.rules.units import (
    DIVISION,
    FEWEST_GUNS,
    MOST_GUNS,
    MOST_TANKS,
    TWO_TO_ONE,
    USUAL_GUNS,
    USUAL_TANKS,
)

NUMBER, SEED = 8000, 45
PAIRS = (("USSR", "Japan"), ("Japan", "USSR"), ("USSR", "Finland"), ("Finland", "USSR"))
SMALLEST, LARGEST, LOWEST, HIGHEST = 1e3, 5e5, 0.25, 8.0
WEATHER = {"summer": ("D", "S", "T", "S"), "wet": ("W", "L", "T", "F"), "winter": ("D", "S", "C", "W")}
EARLY, FINNISH = (1931, 1941), (1939, 1941)
LATE = (1942, 1945)
COLUMNS = (
    "soviet_early",
    "japan_early",
    "soviet_late",
    "japan_late",
    "soviet_finland",
    "finland_soviet",
    "ratio_hasty",
    "ratio_prepared",
    "ratio_fortified",
    "ratio_delaying",
    "scale",
    "attacker_tanks",
    "defender_tanks",
    "attacker_guns",
    "defender_guns",
    "hasty",
    "fortified",
    "delaying",
    "flat_ground",
    "rugged",
    "bare",
    "wooded",
    "wet",
    "winter",
)


def engagements(encoding: Encoding) -> Table:
    """Hypothetical engagements, every input spread evenly and apart from the others; fronts as wide as is usual."""
    luck = np.random.default_rng(SEED)
    size = np.exp(luck.uniform(np.log(SMALLEST), np.log(LARGEST), NUMBER))
    ratio = np.exp(luck.uniform(np.log(LOWEST), np.log(HIGHEST), NUMBER))
    attacker, defender = size * np.sqrt(ratio), size / np.sqrt(ratio)
    pair = luck.choice(len(PAIRS), NUMBER, p=(0.35, 0.35, 0.15, 0.15))
    finnish = pair > 1
    late = ~finnish & (luck.random(NUMBER) < 0.5)
    first = np.where(finnish, FINNISH[0], np.where(late, LATE[0], EARLY[0]))
    last = np.where(finnish, FINNISH[1], np.where(late, LATE[1], EARLY[1]))
    year = first + np.floor(luck.random(NUMBER) * (last - first + 1))
    weather = luck.choice(sorted(WEATHER), NUMBER)
    month = np.where(weather == "winter", 1, np.where(weather == "wet", 9, 7))
    start, slope = encoding.fill["front"]
    front = np.exp(start + slope * np.log(size))

    def tanks() -> Floats:
        there = luck.random(NUMBER) < 0.75
        return np.asarray(there * np.expm1(luck.uniform(0, np.log1p(MOST_TANKS), NUMBER)))

    def guns() -> Floats:
        return np.exp(luck.uniform(np.log(FEWEST_GUNS), np.log(MOST_GUNS), NUMBER))

    return {
        "attacker_strength": attacker,
        "defender_strength": defender,
        "attacker_tanks": tanks() * attacker / 1000,
        "defender_tanks": tanks() * defender / 1000,
        "attacker_guns": guns() * attacker / 1000,
        "defender_guns": guns() * defender / 1000,
        "attacker_front_km": front,
        "defender_front_km": front,
        "start": np.array([f"{int(y)}-{m:02d}" for y, m in zip(year, month, strict=True)]),
        "war": np.full(NUMBER, "a war never met"),
        "campaign": np.full(NUMBER, "a campaign never met"),
        "attacker": np.array([PAIRS[one][0] for one in pair]),
        "defender": np.array([PAIRS[one][1] for one in pair]),
        "defender_posture": luck.choice(["HD", "PD", "FD", "DL"], NUMBER),
        "terrain": luck.choice(["F", "R", "G"], NUMBER),
        "cover": luck.choice(["B", "M", "W"], NUMBER),
        **{f"wx{place + 1}": np.array([WEATHER[one][place] for one in weather]) for place in range(4)},
    }


def columns(table: Table) -> Floats:
    """The design matrix of the projection, a column a name of COLUMNS; measures count from the scenario's middles."""

    def numbers(name: str) -> Floats:
        return np.asarray(table[name], dtype=np.float64)

    def is_(name: str, value: str) -> Floats:
        return np.asarray(np.asarray(table[name]) == value, dtype=np.float64)

    attacker, defender = numbers("attacker_strength"), numbers("defender_strength")
    ratio = np.log(attacker / defender) - TWO_TO_ONE
    late = np.asarray([int(str(start)[:4]) >= LATE[0] for start in table["start"]], dtype=np.float64)
    soviet = is_("attacker", "USSR") * is_("defender", "Japan")
    japan = is_("attacker", "Japan")
    posture = {one: is_("defender_posture", one) for one in ("HD", "PD", "FD", "DL")}
    found = {
        "soviet_early": soviet * (1 - late),
        "japan_early": japan * (1 - late),
        "soviet_late": soviet * late,
        "japan_late": japan * late,
        "soviet_finland": is_("defender", "Finland"),
        "finland_soviet": is_("attacker", "Finland"),
        "ratio_hasty": ratio * posture["HD"],
        "ratio_prepared": ratio * posture["PD"],
        "ratio_fortified": ratio * posture["FD"],
        "ratio_delaying": ratio * posture["DL"],
        "scale": 0.5 * np.log(attacker * defender) - np.log(1000 * DIVISION),
        "attacker_tanks": np.log1p(1000 * numbers("attacker_tanks") / attacker) - np.log1p(USUAL_TANKS),
        "defender_tanks": np.log1p(1000 * numbers("defender_tanks") / defender) - np.log1p(USUAL_TANKS),
        "attacker_guns": np.log(1000 * numbers("attacker_guns") / attacker) - np.log(USUAL_GUNS),
        "defender_guns": np.log(1000 * numbers("defender_guns") / defender) - np.log(USUAL_GUNS),
        "hasty": posture["HD"],
        "fortified": posture["FD"],
        "delaying": posture["DL"],
        "flat_ground": is_("terrain", "F"),
        "rugged": is_("terrain", "G"),
        "bare": is_("cover", "B"),
        "wooded": is_("cover", "W"),
        "wet": is_("wx1", "W"),
        "winter": is_("wx4", "W"),
    }
    return np.column_stack([found[name] for name in COLUMNS])
