"""The report of the forecasts, made anew or read from where it is kept: `evidence/kept/<scenario>/forecasts.json`."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from allohistory.book.forecasts import protocol_of
from allohistory.errors import AllohistoryError
from allohistory.evidence.ablation import Earned, earned, without_parts
from allohistory.evidence.forecasts import (
    Amount,
    Calibrated,
    Draws,
    Forecast,
    Table,
    Unforeseen,
    forecasts,
    table,
)
from allohistory.evidence.kept_files import kept_folder
from allohistory.evidence.scores import Bin, Comparison, Difference, Pair
from allohistory.timeline.model import Model
from allohistory.version import VERSION

FILE = "forecasts.json"
COMPARED = ("kinds", "cut_offs", "countries", "rules")


@dataclass(frozen=True)
class Report:
    """What is kept and shown.

    draws      of each cut-off; drawn_from: in words, where they come from
    version    of the rules that were scored
    ablation   by horizon
    """

    version: str
    draws: int
    drawn_from: str
    tables: list[Table]
    ablation: dict[str, list[Earned]]


def measured(
    model: Model,
    calibrated: Calibrated,
    drawn_from: str,
    tell: Callable[[int, int], object] | None = None,
) -> Report:
    """Forecast from every cut-off, score, and take the parts of the rule book away one by one.

    calibrated   gives the draws of a cut-off; drawn_from: in words, where they come from
    """
    protocol = protocol_of(model.book, model.folder)
    drawn: dict[int, Draws] = {}

    def remembered(asked: Model, last_week: int) -> Draws:
        drawn[last_week] = calibrated(asked, last_week)
        return drawn[last_week]

    found: list[Forecast] = []
    away = []
    for one in forecasts(model, protocol, remembered, tell):
        found.append(one)
        away.append(list(without_parts(model.blueprint, protocol, one, drawn[one.cut_off.last_week])))
    return Report(
        version=VERSION,
        draws=min(len(seeds) for _, seeds in drawn.values()),
        drawn_from=drawn_from,
        tables=[table(model.blueprint, protocol, horizon, found) for horizon in protocol.horizons],
        ablation={one.id: earned(protocol, found, away, one.years) for one in protocol.horizons},
    )


def path_of(model: Model) -> Path:
    """Where a scenario's report is kept."""
    return kept_folder(model) / FILE


def as_json(report: Report) -> dict[str, Any]:
    """The report in plain data."""
    return asdict(report)


def keep(report: Report, path: Path) -> None:
    """Write it; figures to six digits, so that it reads well in a comparison of versions."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(rounded(as_json(report)), indent=1) + "\n", encoding="utf-8")


def rounded(value: Any) -> Any:
    """The same with six significant digits."""
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(one) for one in value]
    return value


def read(path: Path) -> Report:
    """A report that was kept; raises AllohistoryError where there is none, or it cannot be read."""
    if not path.is_file():
        problem = "no forecasts are kept for this scenario: `allohistory check forecasts --full` makes them"
        raise AllohistoryError("check forecasts", problem, status=404)
    try:
        return from_json(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError) as mistake:
        raise AllohistoryError(path.name, f"the kept forecasts cannot be read: {mistake}") from None


def from_json(raw: dict[str, Any]) -> Report:
    """A report from plain data."""
    return Report(
        version=raw["version"],
        draws=raw["draws"],
        drawn_from=raw["drawn_from"],
        tables=[_table(one) for one in raw["tables"]],
        ablation={id: [Earned(**one) for one in lines] for id, lines in raw["ablation"].items()},
    )


def _table(raw: dict[str, Any]) -> Table:
    lists = {name: [_comparison(one) for one in raw[name]] for name in COMPARED}
    return Table(
        horizon=raw["horizon"],
        says=raw["says"],
        overall=_comparison(raw["overall"]),
        calibration={id: [Bin(**one) for one in bins] for id, bins in raw["calibration"].items()},
        weekly=[Amount(**one) for one in raw["weekly"]],
        shocks=[Amount(**one) for one in raw["shocks"]],
        unforeseen=[Unforeseen(**one) for one in raw["unforeseen"]],
        left_out=raw["left_out"],
        aside=raw["aside"],
        **lists,
    )


def _comparison(raw: dict[str, Any]) -> Comparison:
    scores = {id: Pair(**one) for id, one in raw["scores"].items()}
    against = {id: Difference(**one) for id, one in raw["against"].items()}
    return Comparison(raw["name"], raw["n"], raw["weight"], raw["years"], scores, against)
