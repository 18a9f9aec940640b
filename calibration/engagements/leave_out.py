"""Fits the engagement model again without one campaign's battles, for every campaign of the record that has some.

python calibration/engagements/leave_out.py engagements.csv

Writes book/campaigns/left_out/CAMPAIGN.toml: the parameters of engagement.toml with the mean and spread that they have
without it. `allohistory check campaigns` reads them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from allohistory.combat.model import OUTCOMES, Combat
from allohistory.combat.table import Table, read
from fit import DRAWS, SEED
from fitting import draws, fit, learn, target
from grid import COLUMNS
from project import BOOK, RULES, left_over, project

BATTLES = {
    "khasan-1938": ("CHANGKUFENG",),
    "khalkhin-gol-may-1939": ("NOMONHAN",),
    "winter-war": ("FINLAND",),
    "manchuria-first-far-eastern-1945": ("MANCHURIA 1945",),
}
"""How the campaigns of their battles begin in the table."""


def without(table: Table, names: tuple[str, ...]) -> Table:
    """The table without battles of campaigns that begin so; refuses where there is none."""
    kept = np.array([not str(name).startswith(names) for name in table["campaign"]])
    if kept.all():
        raise SystemExit(f"no battle in the table is of a campaign that begins with {' or '.join(names)}")
    return {column: values[kept] for column, values in table.items()}


def fitted(table: Table) -> Combat:
    """The model fitted on a table, as fit.py does it."""
    encoding = learn(table)
    matrix, names = encoding.design(table)
    luck = np.random.default_rng(SEED)
    coefficients, scatter = {}, {}
    for outcome in OUTCOMES:
        made = fit(matrix, names, target(table, outcome), outcome)
        coefficients[outcome] = draws(made, DRAWS, luck)
        if outcome != "win":
            free = len(matrix) + 2
            scatter[outcome] = np.sqrt(made.scatter * free / luck.chisquare(free, DRAWS))
    return Combat(encoding, coefficients, scatter, {})


def written(model: Combat, campaign: str) -> str:
    """The file of one campaign."""
    text = [
        f"# Written by calibration/engagements/leave_out.py: the fit without the battles of {campaign}.\n"
    ]
    for outcome, (kept, _) in project(model).items():
        rows = dict(zip(COLUMNS, kept, strict=True))
        if outcome != "win":
            rows["scatter"] = left_over(model, outcome)
        text += [
            f'\n[[parameter]]\nid = "{RULES[outcome]}.{name}"\nmean = {row.mean():.3f}\nsd = {row.std():.3f}\n'
            for name, row in rows.items()
        ]
    return "".join(text)


def main(path: Path) -> None:
    """One fit a campaign."""
    table = read(path)
    place = BOOK / "campaigns" / "left_out"
    place.mkdir(exist_ok=True)
    for campaign, names in BATTLES.items():
        (place / f"{campaign}.toml").write_text(
            written(fitted(without(table, names)), campaign), encoding="utf-8"
        )
        print(campaign)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
