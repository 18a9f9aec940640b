"""What knowing how long an engagement lasted changes in what it costs.

python calibration/engagements/days.py engagements.csv

The shipped model does not know how long a battle will last, so that a state whose battles were long, as the Soviet ones
on record were, seems to lose more in each. The scenario's battles have a length: the days of a week that are fought.
Here one small mixed model of both sides' losses (measures in straight lines; states, their periods, eras, wars and
campaigns with normal effects of their own, spreads by restricted likelihood) is fitted twice, without the logarithm
of days and with it. What the second says of a battle of two days, less what the first says of any, is written to
days.toml, a column at a time; project.py adds it to the projected columns.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from allohistory.combat.table import Floats, Table, read

PLACE = Path(__file__).with_name("days.toml")
USUAL_DAYS, DIVISION, TWO_TO_ONE = 2.0, 20_000.0, 0.693
USUAL_TANKS, USUAL_GUNS = 2.0, 2.5
LEAST_DAYS, LEAST_LOSS, MOST_LOSS = 0.1, 1e-4, 0.95
SLOPE_SPREAD = 0.5
"""What a slope is before the data are seen: 0, give or take this."""
USUAL_EFFECT, EFFECT_SPREAD = -1.2, 0.6
"""The same for the logarithm of an effect's spread."""
PERIODS = (1905, 1914, 1919, 1934, 1942, 1947)
SLOPES = (
    "scale", "attacker_tanks", "defender_tanks", "attacker_guns", "defender_guns",
    "hasty", "fortified", "delaying", "flat_ground", "rugged", "bare", "wooded",
)  # fmt: skip
PAIRS = {
    "soviet_early": ("USSR", "Japan", 1939),
    "japan_early": ("Japan", "USSR", 1939),
    "soviet_late": ("USSR", "Japan", 1944),
    "japan_late": ("Japan", "USSR", 1944),
    "soviet_finland": ("USSR", "Finland", 1939),
    "finland_soviet": ("Finland", "USSR", 1939),
}


class Fitted(NamedTuple):
    """Slopes with the level first, their standard errors, spreads (what is left first), effects by kind and member."""

    slopes: Floats
    errors: Floats
    spreads: Floats
    effects: dict[tuple[str, str], float]


def period(year: int) -> str:
    """The period that a year lies in."""
    return str(int(np.searchsorted(PERIODS, year, side="right")))


def measures(table: Table, *, days: bool) -> Floats:
    """The level, the force ratio, SLOPES in their order, and perhaps the logarithm of days over the usual."""

    def of(name: str) -> Floats:
        return np.asarray(table[name], dtype=np.float64)

    def is_(name: str, *values: str) -> Floats:
        return np.isin(np.asarray(table[name]), values).astype(np.float64)

    def a_thousand(what: str, side: str, least: float, usual: float) -> Floats:
        found = 1000 * of(f"{side}_{what}") / of(f"{side}_strength")
        return np.asarray(np.nan_to_num(np.clip(found, least, 20.0), nan=usual))

    men, against = of("attacker_strength"), of("defender_strength")
    sides = ("attacker", "defender")
    found = [
        np.ones(len(men)),
        np.log(men / against) - TWO_TO_ONE,
        0.5 * np.log(men * against) - np.log(DIVISION),
    ]
    found += [np.log1p(a_thousand("tanks", side, 0.0, 0.0)) - np.log1p(USUAL_TANKS) for side in sides]
    found += [np.log(a_thousand("guns", side, 0.2, USUAL_GUNS) / USUAL_GUNS) for side in sides]
    found += [is_("defender_posture", one) for one in ("HD", "FD", "DL")]
    found += [is_("terrain", "F"), is_("terrain", "G"), is_("cover", "B", "D"), is_("cover", "W")]
    if days:
        found.append(np.log(np.maximum(of("days"), LEAST_DAYS) / USUAL_DAYS))
    return np.column_stack(found)


def kinds(table: Table) -> dict[str, list[str]]:
    """The member of each kind of effect that an engagement belongs to."""
    when = [period(int(str(start)[:4])) for start in table["start"]]
    who = {side: [str(name) for name in table[side]] for side in ("attacker", "defender")}
    then = {
        f"{side} then": [f"{a} {b}" for a, b in zip(names, when, strict=True)] for side, names in who.items()
    }
    wars = [str(name) for name in table["war"]]
    campaigns = [f"{war}: {name}" for war, name in zip(wars, table["campaign"], strict=True)]
    return {**who, **then, "era": when, "war": wars, "campaign": campaigns}


def fit(seen: Floats, matrix: Floats, groups: dict[str, list[str]]) -> Fitted:
    """Spreads by restricted likelihood, then slopes and effects given them."""
    alike = [np.equal.outer(np.array(names), np.array(names)).astype(np.float64) for names in groups.values()]
    firm = np.diag([0.0] + [SLOPE_SPREAD**-2] * (matrix.shape[1] - 1))

    def spread_of(logs: Floats) -> Floats:
        whole = np.exp(2 * logs[0]) * np.eye(len(seen))
        for one, block in zip(logs[1:], alike, strict=True):
            whole = whole + np.exp(2 * one) * block
        return np.asarray(whole)

    def unlikely(logs: Floats) -> float:
        whole = spread_of(logs)
        root = np.linalg.cholesky(whole)
        there, values = np.linalg.solve(root, matrix), np.linalg.solve(root, seen)
        inner = there.T @ there + firm
        slopes = np.linalg.solve(inner, there.T @ values)
        rest = values - there @ slopes
        said = np.log(np.diag(root)).sum() + 0.5 * np.linalg.slogdet(inner)[1] + 0.5 * float(rest @ rest)
        return float(
            said
            + 0.5 * slopes @ firm @ slopes
            + 0.5 * (((logs[1:] - USUAL_EFFECT) / EFFECT_SPREAD) ** 2).sum()
        )

    first = np.array([-0.4] + [USUAL_EFFECT] * len(alike))
    logs = np.asarray(minimize(unlikely, first, method="L-BFGS-B").x)
    inverse = np.linalg.inv(spread_of(logs))
    inner = matrix.T @ inverse @ matrix + firm
    slopes = np.linalg.solve(inner, matrix.T @ inverse @ seen)
    rest = inverse @ (seen - matrix @ slopes)
    effects = {
        (kind, name): float(np.exp(2 * one) * rest[np.array(names) == name].sum())
        for (kind, names), one in zip(groups.items(), logs[1:], strict=True)
        for name in set(names)
    }
    return Fitted(slopes, np.sqrt(np.diag(np.linalg.inv(inner))), np.exp(logs), effects)


def level(one: Fitted, pair: tuple[str, str, int]) -> float:
    """What a pair's battle costs, in the middle of the record."""
    attacker, defender, year = pair
    when = period(year)
    members = (
        ("attacker", attacker), ("defender", defender), ("era", when),
        ("attacker then", f"{attacker} {when}"), ("defender then", f"{defender} {when}"),
    )  # fmt: skip
    return float(one.slopes[0]) + sum(one.effects.get(member, 0.0) for member in members)


def main() -> None:
    """Fit, and write the differences."""
    place = Path(sys.argv[1])
    with place.open(encoding="utf-8", newline="") as file:
        days = np.array([float(row["days"]) for row in csv.DictReader(file)])
    table: Table = {**read(place), "days": days}
    text = [
        "# Written by calibration/engagements/days.py: what knowing the days of a battle adds to a column.\n"
    ]
    for side in ("attacker", "defender"):
        lost = np.asarray(table[f"{side}_casualties"], dtype=np.float64)
        share = lost / np.asarray(table[f"{side}_strength"], dtype=np.float64)
        seen = np.log(np.clip(share, LEAST_LOSS, MOST_LOSS))
        without, knowing = (fit(seen, measures(table, days=told), kinds(table)) for told in (False, True))
        text.append(f"\n[{side}]\n")
        text += [
            f"{name} = {level(knowing, pair) - level(without, pair):.3f}\n" for name, pair in PAIRS.items()
        ]
        text += [
            f"{name} = {knowing.slopes[2 + place] - without.slopes[2 + place]:.3f}\n"
            for place, name in enumerate(SLOPES)
        ]
        text.append(f"scatter = {knowing.spreads[0] - without.spreads[0]:.3f}\n")
        text.append(f"\n[{side}.days]\nmean = {knowing.slopes[-1]:.3f}\nsd = {knowing.errors[-1]:.3f}\n")
        print(side, "left over", without.spreads[0].round(3), knowing.spreads[0].round(3))
    PLACE.write_text("".join(text), encoding="utf-8")
    print(f"wrote {PLACE.name}")


if __name__ == "__main__":
    main()
