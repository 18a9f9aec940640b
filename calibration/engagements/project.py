"""Reduces the shipped engagement model to the few columns that a week of war can afford, and writes them as parameters.

python calibration/engagements/project.py          measure the reduction, and print it
python calibration/engagements/project.py --write  also write the scenario's book/parameters/engagement.toml, and
                                                   book/campaigns/left_out/ for those that only border battles tell of

Every posterior draw is evaluated on a grid of engagements as the scenario meets them, and projected on the columns by
least squares; a parameter's prior is the mean and spread of its column's coefficient over draws. To what losses are
told, days.toml adds what knowing a battle's days changes (days.py): from there on they are those of a battle of two
days, and a slope tells what more days cost. For the chance of winning, draws are weighted first by what they say of the
six battles of border_battles.toml, which the table lacks.
"""

from __future__ import annotations

import math
import sys
import tomllib
from pathlib import Path

import numpy as np

from allohistory.combat.inputs import Encoding
from allohistory.combat.model import OUTCOMES, Combat, shipped
from allohistory.combat.table import Floats, Table
from grid import COLUMNS, WEATHER, columns, engagements

BOOK = Path(__file__).resolve().parents[2] / "src/allohistory/scenarios/soviet_japanese_war/book"
RULES = {"win": "battle.result", "attacker": "battle.attacker-losses", "defender": "battle.defender-losses"}
WIDE = 1.645
DAYS = tomllib.loads(Path(__file__).with_name("days.toml").read_text(encoding="utf-8"))
PAIRS = {
    "soviet_early": "The Soviet side attacks the Japanese, to 1941",
    "japan_early": "The Japanese side attacks the Soviet, to 1941",
    "soviet_late": "The Soviet side attacks the Japanese, 1942 and after",
    "japan_late": "The Japanese side attacks the Soviet, 1942 and after",
    "soviet_finland": "The Soviet side attacks the Finns",
    "finland_soviet": "The Finns attack the Soviet side",
}
WHAT = {
    **{name: f"{what}: the level of a battle in the middle of the record" for name, what in PAIRS.items()},
    **{
        f"ratio_{works}": f"Force ratio, per unit of its logarithm, against {words}"
        for works, words in (
            ("hasty", "a hasty line"),
            ("prepared", "a prepared line"),
            ("fortified", "a fortress zone"),
            ("delaying", "an enemy who only delays"),
        )
    },
    "scale": "Size of the battle, per unit of its logarithm",
    "attacker_tanks": "Attacker's tanks per thousand men, per unit of the logarithm",
    "defender_tanks": "Defender's tanks per thousand men, per unit of the logarithm",
    "attacker_guns": "Attacker's guns per thousand men, per unit of the logarithm",
    "defender_guns": "Defender's guns per thousand men, per unit of the logarithm",
    "hasty": "A hasty line rather than a prepared one",
    "fortified": "A fortress zone rather than a prepared line",
    "delaying": "An enemy who delays, rather than a prepared line",
    "flat_ground": "Flat ground rather than rolling",
    "rugged": "Rugged ground rather than rolling",
    "bare": "Bare country rather than mixed",
    "wooded": "Woods rather than mixed country",
    "wet": "Rain or thaw rather than a dry summer",
    "winter": "Frost rather than a dry summer",
}
PHYSICAL = ("ratio_hasty", "ratio_prepared", "ratio_fortified", "ratio_delaying")
ONLY_BESIDE = ("khalkhin-gol-july-1939", "khalkhin-gol-august-1939")
BESIDE = Path(__file__).with_name("border_battles.toml")
BECAUSE = "Projected from the fitted engagements on the scenario's own grid: mean and spread over the posterior draws. "
KNOWING = "Told of a battle of two days, its length known. "
WEIGHTED = "Draws are weighted by six battles of 1938 and 1939 that the table lacks. "
THIN = {
    "finland_soviet": "One Finnish attack is on record; the rest is what states differ by.",
    "soviet_finland": "No Finnish defence is on record: what states differ by, and one Finnish attack.",
    "soviet_early": "One Soviet attack on Japanese of these years is in the table.",
    "japan_early": "Two Japanese attacks on Soviet troops of these years are in the table.",
    "soviet_late": "One such battle is on record, and many of both against others.",
    "japan_late": "No such battle is on record, but some of both against others.",
}


def beside(encoding: Encoding, but: str = "") -> tuple[Table, Floats]:
    """The battles of the border that the table of engagements lacks, as it would hold them; and which were won.

    but  a campaign whose battles are left out
    """
    rows = [
        row for row in tomllib.loads(BESIDE.read_text(encoding="utf-8"))["battle"] if row["campaign"] != but
    ]
    men = np.array([row["men"] for row in rows]) * 1000
    pairs = {
        f"{side}_{what}": np.array([float(row[what][place]) for row in rows])
        for what in ("tanks", "guns")
        for place, side in enumerate(("attacker", "defender"))
    }
    start, slope = encoding.fill["front"]
    front = np.exp(start + slope * np.log(np.sqrt(men[:, 0] * men[:, 1])))
    words = {"start": "start", "attacker": "attacker", "defender": "defender"}
    words |= {"defender_posture": "works", "terrain": "ground"}
    table = {
        "attacker_strength": men[:, 0],
        "defender_strength": men[:, 1],
        **pairs,
        "attacker_front_km": front,
        "defender_front_km": front,
        "war": np.full(len(rows), "a war never met"),
        "campaign": np.full(len(rows), "a campaign never met"),
        "cover": np.full(len(rows), "B"),
        **{column: np.array([row[word] for row in rows]) for column, word in words.items()},
        **{f"wx{place + 1}": np.full(len(rows), WEATHER["summer"][place]) for place in range(4)},
    }
    return table, np.array([float(row["won"]) for row in rows])


def weights(model: Combat, outcome: str, but: str = "") -> Floats:
    """How much each posterior draw counts: for winning by the chance that it gives to those battles, else alike."""
    number = model.coefficients[outcome].shape[0]
    if outcome != "win":
        return np.full(number, 1 / number)
    table, won = beside(model.encoding, but)
    matrix, _ = model.encoding.design(table)
    score = matrix @ model.coefficients[outcome].T
    told = (won[:, None] * score - np.logaddexp(0, score)).sum(axis=0)
    likely = np.exp(told - told.max())
    return np.asarray(likely / likely.sum())


def mean_and_spread(row: Floats, weight: Floats) -> tuple[float, float]:
    """Of a coefficient over weighted draws."""
    mean = float(row @ weight)
    return mean, math.sqrt(float((row - mean) ** 2 @ weight))


def project(model: Combat) -> dict[str, tuple[Floats, dict[str, float]]]:
    """By outcome: coefficients, a column a draw, and what the reduction loses."""
    table = engagements(model.encoding)
    few = columns(table)
    many, _ = model.encoding.design(table)
    found = {}
    for outcome in OUTCOMES:
        whole = many @ model.coefficients[outcome].T
        kept = np.linalg.lstsq(few, whole, rcond=None)[0]
        rest = whole - few @ kept
        means, spreads = kept.mean(axis=1), kept.std(axis=1)
        apart = np.sqrt(few**2 @ spreads**2)
        told = {
            "R2 of the mean": 1 - rest.mean(axis=1).var() / whole.mean(axis=1).var(),
            "R2 of a draw": float((1 - rest.var(axis=0) / whole.var(axis=0)).mean()),
            "error of the mean": float((whole.mean(axis=1) - few @ means).std()),
            "error of a draw": float(rest.std(axis=0).mean()),
            "spread over draws, all columns": float(whole.std(axis=1).mean()),
            "the same, few columns": float((few @ kept).std(axis=1).mean()),
            "the same, columns apart": float(apart.mean()),
        }
        if outcome == "win":
            before, after = (0.5 + 0.5 * np.tanh(0.5 * score) for score in (whole, few @ kept))
            error = before.mean(axis=1) - after.mean(axis=1)
            told["error of the chance"] = float(np.sqrt((error**2).mean()))
        knowing = np.array([DAYS.get(outcome, {}).get(name, 0.0) for name in COLUMNS])
        found[outcome] = kept + knowing[:, None], told
    return found


def in_words(outcome: str, name: str, mean: float, spread: float) -> str:
    """A coefficient as a historian reads it, with its 90 % range."""
    low, high = mean - WIDE * spread, mean + WIDE * spread
    if name not in PAIRS:
        what = "the odds" if outcome == "win" else "the losses"
        return f"multiplies {what} by {math.exp(mean):.2f}; 90 % range {math.exp(low):.2f} to {math.exp(high):.2f}"
    if outcome == "win":
        here, least, most = (100 / (1 + math.exp(-score)) for score in (mean, low, high))
        return f"a chance of {here:.0f} % at two to one; 90 % range {least:.0f} to {most:.0f} %"
    here, least, most = (100 * math.exp(score) for score in (mean, low, high))
    return f"{here:.1f} % of those engaged, at two to one; 90 % range {least:.1f} to {most:.1f} %"


def parameter(outcome: str, name: str, mean: float, spread: float) -> str:
    """One table of the book."""
    told = WEIGHTED if outcome == "win" else KNOWING
    bound = {"win": "low = 0.0\n", "attacker": "high = 0.0\n", "defender": "low = 0.0\n"}[outcome]
    return f"""
[[parameter]]
id = "{RULES[outcome]}.{name}"
what = "{WHAT[name]}"
unit = "{"log-odds" if outcome == "win" else "logarithm"}"
prior = {{ family = "normal", mean = {mean:.3f}, sd = {spread:.3f} }}
{bound if name in PHYSICAL else ""}in_words = "{in_words(outcome, name, mean, spread)}"
facts = ["combat.cdb90.fit"]
because = "{BECAUSE}{told}{THIN.get(name, "Most of the battles are of other states.")}"
grade = "{"C" if name in PAIRS else "B"}"
used_by = ["{RULES[outcome]}"]
"""


def left_over(model: Combat, outcome: str) -> Floats:
    """The spread of a battle's losses about what is expected of it, its days known, a number a draw."""
    return np.asarray(model.scatter[outcome] + DAYS[outcome]["scatter"])


def lasting(outcome: str) -> str:
    """What more days of a battle cost."""
    mean, spread = DAYS[outcome]["days"]["mean"], DAYS[outcome]["days"]["sd"]
    low, high = (2 ** (mean + sign * WIDE * spread) for sign in (-1, 1))
    return f"""
[[parameter]]
id = "{RULES[outcome]}.days"
what = "Days that a battle is fought, per unit of their logarithm"
unit = "logarithm"
prior = {{ family = "normal", mean = {mean:.3f}, sd = {spread:.3f} }}
low = 0.0
high = 1.0
in_words = "twice the days multiply the losses by {2**mean:.2f}; 90 % range {low:.2f} to {high:.2f}"
facts = ["combat.cdb90.fit"]
because = "Fitted beside the other columns, with states, periods, wars and campaigns (calibration/engagements/days.py)."
grade = "B"
used_by = ["{RULES[outcome]}"]
"""


def scatter(outcome: str, values: Floats) -> str:
    """How far a battle's losses lie from what was expected of it."""
    mean, spread = values.mean(), values.std()
    return f"""
[[parameter]]
id = "{RULES[outcome]}.scatter"
what = "Spread of one battle's losses about what is expected of it"
unit = "logarithm"
prior = {{ family = "normal", mean = {mean:.3f}, sd = {spread:.3f} }}
low = 0.1
in_words = "two battles in three lie within a factor of {math.exp(mean):.1f}"
facts = ["combat.cdb90.fit"]
because = "As fitted, over the posterior draws, less what knowing its days takes away."
grade = "B"
used_by = ["{RULES[outcome]}"]
"""


def written(model: Combat, found: dict[str, tuple[Floats, dict[str, float]]]) -> str:
    """The file of parameters."""
    text = [
        "# Written by calibration/engagements/project.py; do not edit. What else a battle takes is in battle.toml.\n"
    ]
    for outcome, (kept, _) in found.items():
        text.append(f"\n# -------------------- {RULES[outcome]}\n")
        text += [
            parameter(outcome, name, *mean_and_spread(row, weights(model, outcome)))
            for name, row in zip(COLUMNS, kept, strict=True)
        ]
        if outcome != "win":
            text += [lasting(outcome), scatter(outcome, left_over(model, outcome))]
    return "".join(text)


def left_out(model: Combat, kept: Floats, campaign: str) -> str:
    """What the levels and slopes of winning are without one campaign's border battles."""
    text = f"# Written by calibration/engagements/project.py: without the border battles of {campaign}.\n"
    for name, row in zip(COLUMNS, kept, strict=True):
        mean, spread = mean_and_spread(row, weights(model, "win", campaign))
        text += f'\n[[parameter]]\nid = "{RULES["win"]}.{name}"\nmean = {mean:.3f}\nsd = {spread:.3f}\n'
    return text


def main() -> None:
    """Measure, print, and write where asked to."""
    model = shipped()
    found = project(model)
    weight = weights(model, "win")
    print(f"{'draws that count after the border battles':32s} {1 / float(weight @ weight):.0f}")
    for name in found["win"][1]:
        row = (f"{told[name]:.3f}" if name in told else "" for _, told in found.values())
        print(f"{name:32s}", *row)
    if "--write" in sys.argv[1:]:
        place = BOOK / "parameters" / "engagement.toml"
        place.write_text(written(model, found), encoding="utf-8")
        print(f"wrote {place.relative_to(BOOK.parents[4])}")
        for campaign in ONLY_BESIDE:
            place = BOOK / "campaigns" / "left_out" / f"{campaign}.toml"
            place.write_text(left_out(model, found["win"][0], campaign), encoding="utf-8")
            print(f"wrote {place.relative_to(BOOK.parents[4])}")


if __name__ == "__main__":
    main()
