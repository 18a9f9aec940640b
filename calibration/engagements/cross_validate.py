"""Scores the engagement model on engagements that a fold's fit has not seen, beside simple models in the same folds.

python calibration/engagements/cross_validate.py --data engagements.csv [--curve docs/pictures/engagements.svg] [--keep]

--keep puts the scores of the ten folds on the board that `allohistory check` prints.

Means, fillings, levels, spreads and coefficients are learned inside each fold. Folds by seed: ten repeats of ten;
by war: each war of the table left out in turn. The fold seeds (11 to 20) are others than those with which variants
were compared.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from allohistory.combat.model import OUTCOMES, Predicted
from allohistory.combat.scores import area_under_curve, log_loss, root_mean_square, scores
from allohistory.combat.table import NUMBERS, RESULTS, WORDS, Floats, loss_rate, read, won
from allohistory.evidence.scoreboard import read_board, rows_of, write_board
from allohistory.questions.estimates import wilson
from allohistory.timeline.model import load
from allohistory.version import VERSION
from curve import picture
from fitting import fit, learn, target

SEEDS = range(11, 21)
Z95 = 1.959963984540054
AGAIN = "python calibration/engagements/cross_validate.py --keep --data FILE"
RIDGE = 5.0
POINTS, SPOTS = np.polynomial.hermite_e.hermegauss(20)
EXTRA = {
    "sorties": ("attacker_sorties", "defender_sorties"),
    "plans": ("attacker_plan", "defender_plan"),
}
PLAIN = ("level", "ratio", "measures", "posture", "ground", "cover", "era", "attacker", "defender")


def logistic(score: Floats) -> Floats:
    """The logistic function, safe at both ends."""
    return 0.5 + 0.5 * np.tanh(0.5 * score)


def widened(extra: str, table: Any) -> tuple[Floats, list[tuple[str, str]]]:
    """Columns of a variant: log ratio of sorties with a mark for its absence, or one column a plan."""
    if extra == "sorties":
        one, other = (np.array([float(cell or "nan") for cell in table[name]]) for name in EXTRA[extra])
        ratio = np.log((one + 5) / (other + 5))
        there = np.isfinite(ratio)
        return np.column_stack([np.where(there, ratio, 0), ~there]).astype(float), [
            ("measures", "sorties"),
            ("missing", "sorties"),
        ]
    parts, names = [], []
    for name in EXTRA[extra]:
        for level in sorted(set(table[name])):
            parts.append((table[name] == level).astype(float))
            names.append((name, level))
    return np.column_stack(parts), names


def across(
    table: Any, fold: Any, extra: str | None = None
) -> tuple[Predicted, Floats, Floats, dict[str, Floats]]:
    """Predictions of the model and of the simple models, each engagement's from a fit that has not seen its fold."""
    n = len(fold)
    win, ridge, ratio_only, base = np.zeros(n), np.zeros(n), np.zeros(n), np.zeros(n)
    mean = {side: np.zeros(n) for side in OUTCOMES[1:]}
    spread = {side: np.zeros(n) for side in OUTCOMES[1:]}
    plain = {side: np.zeros(n) for side in OUTCOMES[1:]}
    for one in np.unique(fold):
        seen, new = fold != one, fold == one
        matrix, names = learn({name: column[seen] for name, column in table.items()}).design(table)
        if extra:
            more, more_names = widened(extra, table)
            matrix, names = np.column_stack([matrix, more]), names + more_names
        for outcome in OUTCOMES:
            goal = target(table, outcome)
            made = fit(matrix[seen], names, goal[seen], outcome)
            middle, variance = made.predict(matrix[new])
            if outcome == "win":
                wide = middle[:, None] + np.sqrt(variance)[:, None] * POINTS
                win[new] = logistic(wide) @ SPOTS / SPOTS.sum()
            else:
                mean[outcome][new], spread[outcome][new] = middle, np.sqrt(variance + made.scatter)
        if not extra:
            simple = matrix[:, [group in PLAIN for group, _ in names]]
            ridge[new] = logistic(simple[new] @ ridge_logit(simple[seen], won(table)[seen]))
            few = matrix[:, [0, 1]]
            ratio_only[new] = logistic(few[new] @ ridge_logit(few[seen], won(table)[seen]))
            base[new] = won(table)[seen].mean()
            for side in plain:
                inside = simple[seen].T @ simple[seen] + np.diag(penalty(simple))
                plain[side][new] = simple[new] @ np.linalg.solve(
                    inside, simple[seen].T @ loss_rate(table, side)[seen]
                )
    return Predicted(win, mean, spread), ridge, ratio_only, {"base": base, **plain}


def penalty(matrix: Floats) -> Floats:
    """The ridge of the simple models, on all but the level; of 1, 3, 10 and 20 those about here serve them best."""
    return np.array([1e-6, *np.full(matrix.shape[1] - 1, RIDGE)])


def ridge_logit(matrix: Floats, happened: Floats) -> Floats:
    """Plain logistic regression with a ridge on standardised inputs."""
    found = np.zeros(matrix.shape[1])
    for _ in range(12):
        chance = logistic(matrix @ found)
        curvature = (matrix.T * (chance * (1 - chance))) @ matrix + np.diag(penalty(matrix))
        found = found + np.linalg.solve(curvature, matrix.T @ (happened - chance) - penalty(matrix) * found)
    return found


def with_duration(table: Any, fold: Any) -> Floats:
    """The plain logit given also what is not known beforehand: how long it lasted, and sorties."""
    chance = np.zeros(len(fold))
    days = np.log(np.array([float(cell) for cell in table["days"]]))
    for one in np.unique(fold):
        seen, new = fold != one, fold == one
        matrix, names = learn({name: column[seen] for name, column in table.items()}).design(table)
        simple = matrix[:, [group in PLAIN for group, _ in names]]
        more = np.column_stack([simple, days, widened("sorties", table)[0]])
        chance[new] = logistic(more[new] @ ridge_logit(more[seen], won(table)[seen]))
    return chance


def dealt(n: int, seed: int, folds: int = 10) -> Any:
    """Engagements dealt to folds of equal size."""
    return np.random.default_rng(seed).permutation(np.arange(n) % folds)


def each_loss(happened: Floats, chance: Floats) -> Floats:
    """The log loss of each engagement."""
    return -np.log(np.where(happened == 1, chance, 1 - chance))


def report(table: Any, fold_sets: list[Any]) -> dict[str, Any]:
    """Mean scores over repeats, those of the simple models, the paired difference, the calibration curve."""
    happened, told, simple, gains, chances, rates = won(table), [], [], [], [], []
    for fold in fold_sets:
        predicted, ridge, ratio_only, plain = across(table, fold)
        lasted = with_duration(table, fold)
        told.append(scores(table, predicted))
        simple.append(
            {
                "base rate": log_loss(happened, plain["base"]),
                "logit, force ratio": log_loss(happened, ratio_only),
                "logit, all": log_loss(happened, ridge),
                "logit, duration too": log_loss(happened, lasted),
                "logit, all: auc": area_under_curve(happened, ridge),
                **{
                    f"ridge: {side}_rmse": root_mean_square(plain[side] - loss_rate(table, side))
                    for side in OUTCOMES[1:]
                },
            }
        )
        rivals = {"ratio": ratio_only, "all": ridge, "base": plain["base"], "duration": lasted}
        ours = each_loss(happened, predicted.win)
        gains.append({name: each_loss(happened, rival) - ours for name, rival in rivals.items()})
        chances.append(predicted.win)
        rates.append({side: (predicted.loss[side] - loss_rate(table, side)) ** 2 for side in OUTCOMES[1:]})
    result: dict[str, Any] = {
        "model": middle(told),
        "range over repeats": ends(told),
        "simple": middle(simple),
    }
    for name in gains[0]:
        gain = np.mean([one[name] for one in gains], axis=0)
        result[f"gain over {name}"] = [float(gain.mean()), float(gain.std(ddof=1) / np.sqrt(len(gain)))]
    result["intervals"] = intervals(happened, chances, rates)
    result["curve"] = curve(happened, np.concatenate(chances), len(fold_sets))
    return result


def middle(told: list[dict[str, Any]]) -> dict[str, float]:
    """The mean of each score over repeats."""
    return {name: round(float(np.mean([one[name] for one in told])), 4) for name in told[0]}


def ends(told: list[dict[str, Any]]) -> dict[str, list[float]]:
    """The lowest and highest of each score over repeats."""
    return {
        name: [round(float(f([one[name] for one in told])), 4) for f in (np.min, np.max)] for name in told[0]
    }


def intervals(
    happened: Floats, chances: list[Floats], rates: list[dict[str, Floats]]
) -> dict[str, list[float]]:
    """95 % intervals by resampling engagements, of scores averaged over repeats."""
    luck, n, found = np.random.default_rng(0), len(happened), []
    losses = np.mean([each_loss(happened, chance) for chance in chances], axis=0)
    squares = {side: np.mean([one[side] for one in rates], axis=0) for side in rates[0]}
    for _ in range(1000):
        pick = luck.integers(0, n, n)
        auc = np.mean([area_under_curve(happened[pick], chance[pick]) for chance in chances[:3]])
        found.append([losses[pick].mean(), auc, *(np.sqrt(one[pick].mean()) for one in squares.values())])
    low, high = np.quantile(found, [0.025, 0.975], axis=0)
    return {
        name: [round(float(low[at]), 3), round(float(high[at]), 3)]
        for at, name in enumerate(("log_loss", "auc", "attacker_rmse", "defender_rmse"))
    }


def curve(happened: Floats, chances: Floats, repeats: int) -> list[list[float]]:
    """In five equal parts by chance: mean chance, share won, its standard error, engagements a repeat."""
    won_again = np.tile(happened, repeats)
    parts = np.array_split(np.argsort(chances), 5)
    found = []
    for part in parts:
        share, count = won_again[part].mean(), len(part) / repeats
        error = np.sqrt(share * (1 - share) / count)
        found.append([round(float(x), 3) for x in (chances[part].mean(), share, error, count)])
    return found


AIMS = {"log_loss": 0.61, "auc": 0.68, "attacker_rmse": 0.80, "defender_rmse": 0.90}
"""What was aimed at before the model was fitted; the area under the curve from above, the others from below."""
SIMPLE = {
    "log_loss": "logit, all",
    "auc": "logit, all: auc",
    "attacker_rmse": "ridge: attacker_rmse",
    "defender_rmse": "ridge: defender_rmse",
}
CENTRAL = {"coverage_50": 0.5, "coverage_90": 0.9}
SCENARIO = "soviet-japanese-war"


def rows(found: dict[str, Any], n: int) -> list[dict[str, Any]]:
    """The board's lines of ten folds: scores, those of the simple model in the same folds, what was aimed at."""
    told = []
    for name, aim in AIMS.items():
        value = found["model"][name]
        met = value >= aim if name == "auc" else value <= aim
        told.append((name, value, found["intervals"][name], found["simple"][SIMPLE[name]], aim, met))
    for name, share in CENTRAL.items():
        value = found["model"][name]
        interval = wilson(round(value * 2 * n), 2 * n, Z95)
        told.append((name, value, list(interval), None, share, interval[0] <= share <= interval[1]))
    keys = ("name", "value", "interval", "baseline", "bar", "met")
    return [{**dict(zip(keys, row, strict=True)), "again": AGAIN} for row in told]


def keep(found: dict[str, Any], n: int) -> None:
    """Put them on the scenario's board in place of the last ones."""
    model = load(SCENARIO)
    rest = [row for row in read_board(model) if row.check != "engagements"]
    write_board(model, VERSION, [*rest, *rows_of("engagements", rows(found, n), model.digest[:16])])


def main() -> None:
    """Print all scores as JSON; draw the calibration curve where one is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--curve", type=Path)
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    table = read(options.data, (*NUMBERS, *WORDS, *RESULTS, *EXTRA["sorties"], *EXTRA["plans"], "days"))
    n = len(table["start"])
    by_seed = report(table, [dealt(n, seed) for seed in SEEDS])
    print(json.dumps({"ten folds": by_seed}, indent=1), flush=True)
    if options.keep:
        keep(by_seed, n)
    if options.curve:
        options.curve.write_text(picture(by_seed["curve"]), encoding="utf-8")
    wars = np.unique(table["war"], return_inverse=True)[1]
    print(json.dumps({"by war": report(table, [wars])}, indent=1), flush=True)
    for extra in EXTRA:
        told = [scores(table, across(table, dealt(n, seed), extra)[0]) for seed in list(SEEDS)[:5]]
        print(json.dumps({f"with {extra}": middle(told)}, indent=1), flush=True)


if __name__ == "__main__":
    main()
