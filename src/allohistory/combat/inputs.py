"""What was known before an engagement, as the columns of a design matrix.

Nothing here reads duration, casualties, achievements, results, plans or what historians coded afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from allohistory.combat.table import Floats, Table, years

MISSING = ("attacker_tanks", "defender_tanks", "attacker_guns", "defender_guns", "attacker_front_km")
PERIODS = (1914.5, 1917.9, 1930.0, 1941.9, 1946.0, 1960.0)
"""Years at which one way of war gives way to the next: open war, trenches, 1918, between the wars, 1942-45, after."""

FACTORS = {
    "posture": "posture",
    "ground": "terrain",
    "cover": "cover",
    "rain": "wx1",
    "rain-degree": "wx2",
    "warmth": "wx3",
    "season": "wx4",
    "attacker": "attacker",
    "defender": "defender",
    "attacker-period": "attacker-period",
    "defender-period": "defender-period",
    "era": "era",
    "war": "war",
    "campaign": "campaign",
}
WAVED = (
    "ratio",
    "size",
    "front",
    "attacker-tanks",
    "defender-tanks",
    "attacker-guns",
    "defender-guns",
    "year",
)
SKILL = {"skill": ("attacker", "defender"), "skill-period": ("attacker-period", "defender-period")}
"""Effects that count for a state in attack and against its enemy in defence: the same army, whichever it does."""

ANOTHER = "another"
"""The level of a factor that no fitted engagement had; its effect is drawn from the prior."""


def measures(table: Table) -> dict[str, Floats]:
    """Logarithms of strength and weapons, NaN where the table is silent."""

    def column(name: str) -> Floats:
        return np.asarray(table[name], dtype=np.float64)

    attacker, defender = column("attacker_strength"), column("defender_strength")
    size = 0.5 * (np.log(attacker) + np.log(defender))
    front = column("attacker_front_km")
    front = np.where(np.isfinite(front), front, column("defender_front_km"))
    front = np.log(np.where(front > 0, front, np.nan))
    tanks, against = column("attacker_tanks"), column("defender_tanks")
    guns, opposed = column("attacker_guns"), column("defender_guns")
    return {
        "ratio": np.log(attacker / defender),
        "size": size,
        "front": front,
        "density": size - front,
        "attacker-tanks": np.log1p(1000 * tanks / attacker),
        "defender-tanks": np.log1p(1000 * against / defender),
        "attacker-guns": np.log(1000 * (guns + 1) / attacker),
        "defender-guns": np.log(1000 * (opposed + 1) / defender),
        "tank-ratio": np.log((tanks + 5) / (against + 5)),
        "gun-ratio": np.log((guns + 5) / (opposed + 5)),
        "year": years(table),
    }


def levels(table: Table) -> dict[str, list[str]]:
    """The level of every factor in every engagement; what is not given is a level of its own, "unknown"."""
    found = {
        name: [str(cell) or "unknown" for cell in table[name]] for name in set(FACTORS.values()) & set(table)
    }
    period = [f"period {place}" for place in np.searchsorted(PERIODS, years(table))]
    posture = [str(cell) or "unknown" for cell in table["defender_posture"]]
    return {
        **found,
        "posture": ["DL" if one == "WD" else one for one in posture],
        "era": period,
        "attacker-period": [f"{a}, {p}" for a, p in zip(found["attacker"], period, strict=True)],
        "defender-period": [f"{d}, {p}" for d, p in zip(found["defender"], period, strict=True)],
    }


@dataclass(frozen=True)
class Encoding:
    """How raw columns become a design matrix: all of it learned from the fitted engagements only.

    fill     by measure: intercept and slope on the logarithm of size, for engagements that lack the measure
    centre   by measure: mean
    spread   by measure: standard deviation
    known    by factor: its levels; all others are ANOTHER
    turns    frequencies of the waves, a row a waved measure
    phases   phases of the waves
    """

    fill: Mapping[str, list[float]]
    centre: Mapping[str, float]
    spread: Mapping[str, float]
    known: Mapping[str, list[str]]
    turns: list[list[float]]
    phases: list[float]

    @classmethod
    def learn(cls, table: Table, turns: Floats, phases: Floats) -> Encoding:
        """Learn means, spreads, fillings and levels from these engagements."""
        raw = measures(table)
        fill, centre, spread = {}, {}, {}
        for name, values in raw.items():
            there = np.isfinite(values)
            slope, start = np.polyfit(raw["size"][there], values[there], 1) if there.sum() > 2 else (0.0, 0.0)
            fill[name] = [float(start), float(slope)]
            whole = np.where(there, values, start + slope * raw["size"])
            centre[name], spread[name] = float(whole.mean()), float(whole.std()) or 1.0
        of_factor = levels(table)
        known = {factor: sorted(set(of_factor[source])) for factor, source in FACTORS.items()}
        return cls(fill, centre, spread, known, turns.tolist(), phases.tolist())

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Encoding:
        """The encoding as its file has it."""
        return cls(**data)

    def standard(self, table: Table) -> dict[str, Floats]:
        """Measures in standard deviations from the mean, gaps filled by the regression on size."""
        raw, full = measures(table), {}
        for name, values in raw.items():
            start, slope = self.fill[name]
            whole = np.where(np.isfinite(values), values, start + slope * raw["size"])
            full[name] = (whole - self.centre[name]) / self.spread[name]
        return full

    def design(self, table: Table) -> tuple[Floats, list[tuple[str, str]]]:
        """The design matrix, and the group and name of each column; columns of a group share one prior spread."""
        standard = self.standard(table)
        columns: list[Floats] = [np.ones(len(standard["ratio"]))]
        names = [("level", "1")]
        for name, values in standard.items():
            columns.append(values)
            names.append(("ratio" if name == "ratio" else "measures", name))
        for name in MISSING:
            columns.append((~np.isfinite(np.asarray(table[name], dtype=np.float64))).astype(np.float64))
            names.append(("missing", name))
        of_factor = levels(table)
        for factor, source in FACTORS.items():
            given = np.array(of_factor[source])
            fitted = self.known[factor]
            for level in [*fitted, ANOTHER]:
                here = ~np.isin(given, fitted) if level == ANOTHER else given == level
                columns.append(here.astype(np.float64))
                names.append((factor, level))
                if factor == "posture":
                    columns.append(here * standard["ratio"])
                    names.append(("posture-ratio", level))
        for group, sides in SKILL.items():
            attacking, defending = (np.array(of_factor[source]) for source in sides)
            fitted = sorted({*self.known[sides[0]], *self.known[sides[1]]})
            for level in [*fitted, ANOTHER]:
                ours, theirs = (
                    ~np.isin(given, fitted) if level == ANOTHER else given == level
                    for given in (attacking, defending)
                )
                columns.append(ours.astype(np.float64) - theirs)
                names.append((group, level))
        angles = np.column_stack([standard[name] for name in WAVED]) @ np.array(self.turns) + self.phases
        waves = np.cos(angles) * np.sqrt(2 / len(self.phases))
        columns += list(waves.T)
        names += [("waves", str(place)) for place in range(len(self.phases))]
        return np.column_stack(columns), names
