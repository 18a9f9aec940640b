"""The whole study of what moves the headline answers, as one table of plain numbers, and where it is kept.

It names the model by its digest, and its seed and counts; nothing in it depends on the day or the machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from allohistory.evidence import mind, structure
from allohistory.evidence.by_address import normals
from allohistory.evidence.kept_files import kept_of
from allohistory.evidence.sensitivity import (
    FALSE_FINDS,
    SAMPLE_PLAIN,
    STRONGEST,
    Design,
    Runs,
    Tell,
    design,
    false_alarms,
    frozen,
    share,
    slopes,
    subjects,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.evidence.sensitivity import Slope
    from allohistory.timeline.model import Model

OUTCOMES = (
    "serious_war", "general_war", "theatre_war", "china_war", "america_enters", "soviet_victory", "japanese_victory",
    "communist_part", "communist_japan",
)  # fmt: skip
PODS = (
    "no-clash-at-marco-polo",
    "khalkhin-gol-won-in-july",
    "strike-north-july-1941",
    "soviet-war-of-choice-1938",
)
MINDS = 3  # parameters whose move is run again
DIGITS = 4
PART = 1000  # plain timelines run at a time


@dataclass(frozen=True)
class Size:
    """How many timelines: of each sample of the groups' design, further plain ones, of each single parameter's own."""

    rows: int = 2000
    plain: int = 16_000
    single: int = 1000
    per_draw: int = 4

    @classmethod
    def of(cls, timelines: int) -> Size:
        """Everything in proportion to the timelines of one sample."""
        return cls(timelines, 8 * timelines, max(timelines // 2, 1), max(2, timelines // 500))

    def total(self, groups: int, outcomes: int) -> int:
        """About how many timelines the study runs."""
        singles = outcomes * (STRONGEST + 2 * MINDS) * self.single
        return self.rows * (groups + 4) + self.plain + singles + len(PODS) * 8 * 100 * self.per_draw


def study(
    model: Model,
    *,
    outcomes: Sequence[str] = OUTCOMES,
    pods: Sequence[str] = PODS,
    size: Size | None = None,
    seed: int = 1,
    workers: int | None = None,
    tell: Tell | None = None,
) -> dict[str, Any]:
    """Everything, measured."""
    size = size or Size()
    outcomes = [id for id in outcomes if id in model.outcomes and model.book.outcomes[id].kind == "yes"]
    runs = Runs(model, outcomes, seed, workers, tell)
    made = design(runs, size.rows)
    groups = {name: frozen(runs, made, columns) for name, columns in subjects(model).items()}
    other_luck = runs(made.values_a, made.luck_b)
    other_parameters = runs(made.values_b, made.luck_a)
    z, y = _plain(runs, made, size.plain)
    found: dict[str, Any] = {}
    for place, id in enumerate(outcomes):

        def one(mixed: NDArray[np.float64], place: int = place) -> dict[str, Any]:
            rows = len(mixed)
            return asdict(share(made.y_a[:rows, place], made.y_b[:rows, place], mixed[:, place], seed))

        ranked = slopes(runs.coordinates.ids, z, y[:, place])
        found[id] = {
            "title": model.book.outcomes[id].title,
            "probability": float(y[:, place].mean()),
            "n": len(y),
            "parameters": one(other_parameters),
            "chance": one(other_luck),
            "groups": sorted(
                (
                    {"subject": name, "count": len(subjects(model)[name]), **one(mixed)}
                    for name, mixed in groups.items()
                ),
                key=lambda row: -row["total"],
            ),
            "found": sum(slope.found for slope in ranked),
            "false_alarms": false_alarms(z, y[:, place], seed),
            "singles": ranked[:STRONGEST],
        }
    _singles(runs, made, found, z, y, size, one_share=seed)
    whole: dict[str, Any] = _rounded(
        {
            "format": 1,
            "scenario": model.name,
            "model": model.digest[:16],
            "seed": seed,
            "counts": {**asdict(size), "run": runs.run_so_far, "aside": runs.aside, "parameters": z.shape[1]},
            "believed": "posterior" if runs.learnt else "prior",
            "false_finds": FALSE_FINDS,
            "outcomes": found,
            "structure": _structure(model, pods, outcomes, size, seed, workers, tell),
        }
    )
    return whole


def _plain(runs: Runs, made: Design, more: int) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """All plain timelines: both samples and more."""
    z, y = [made.z_a.astype(np.float32), made.z_b.astype(np.float32)], [made.y_a, made.y_b]
    first = 2 * len(made.y_a)
    for start in range(0, more, PART):
        rows = range(start, min(start + PART, more))
        part = normals(runs.seed, SAMPLE_PLAIN, rows, made.z_a.shape[1])
        z.append(part.astype(np.float32))
        y.append(runs(runs.values(part), np.arange(first + start, first + start + len(part))))
    return np.concatenate(z), np.concatenate(y)


def _singles(
    runs: Runs,
    made: Design,
    found: dict[str, Any],
    z: NDArray[np.float32],
    y: NDArray[np.float64],
    size: Size,
    one_share: int,
) -> None:
    """Put the strongest parameters' own pick-freeze and their moves of belief in place of their bare slopes."""
    ids, rows = runs.coordinates.ids, min(size.single, len(made.y_a))
    book = runs.model.book
    mixed: dict[str, NDArray[np.float64]] = {}
    for place, held in enumerate(found.values()):
        ranked: list[Slope] = held["singles"]
        for slope in ranked:
            if slope.parameter not in mixed:
                mixed[slope.parameter] = frozen(runs, made, np.array([ids.index(slope.parameter)]), rows)
        held["singles"] = [
            {
                **asdict(slope),
                "grade": book.parameters[slope.parameter].grade,
                **asdict(
                    share(
                        made.y_a[:rows, place],
                        made.y_b[:rows, place],
                        mixed[slope.parameter][:, place],
                        one_share,
                    )
                ),
            }
            for slope in ranked
        ]
        held["mind"] = [
            row
            for slope in ranked[:MINDS]
            for row in _minds(runs, made, slope.parameter, z, y[:, place], place, rows)
        ]


def _minds(
    runs: Runs,
    made: Design,
    id: str,
    z: NDArray[np.float32],
    y: NDArray[np.float64],
    place: int,
    rows: int,
) -> list[dict[str, Any]]:
    """Both moves of one belief, each run again with the belief moved."""
    column = runs.coordinates.ids.index(id)
    parameter = runs.model.book.parameters[id]
    found = []
    for one in mind.shifts(z[:, column], y):
        row: dict[str, Any] = {"parameter": id, **asdict(one), "unit": parameter.unit}
        row["from"] = runs.value_of(column, 0.0)
        if one.spreads is not None:
            row["to"] = runs.value_of(column, one.spreads)
            there = made.z_a[:rows].copy()
            there[:, column] += one.spreads
            again = made.values_a[:rows].copy()
            again[:, column] = runs.values(there)[:, column]
            shown = runs(again, made.luck_a[:rows])[:, place]
            error = mind.Z90 * float(shown.std()) / np.sqrt(rows)
            row["again"] = float(shown.mean())
            row["again_interval"] = [max(0.0, row["again"] - error), min(1.0, row["again"] + error)]
        found.append(row)
    return found


def _structure(
    model: Model,
    pods: Sequence[str],
    outcomes: Sequence[str],
    size: Size,
    seed: int,
    workers: int | None,
    tell: Tell | None,
) -> list[dict[str, Any]]:
    rows = []
    for pod in pods:
        if pod in model.book.pods:
            held = structure.splits(
                model, pod, outcomes, per_draw=size.per_draw, seed=seed, workers=workers, tell=tell
            )
            rows += [
                {"pod": pod, "outcome": id, **asdict(one)} for id, one in zip(outcomes, held, strict=True)
            ]
    return rows


def _rounded(value: Any) -> Any:
    """Numbers to four digits behind the point (five significant ones where that would say nothing)."""
    if isinstance(value, Mapping):
        return {key: _rounded(held) for key, held in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(held) for held in value]
    if isinstance(value, float):
        return round(value, DIGITS) if abs(value) >= 0.01 or value == 0.0 else float(f"{value:.3g}")
    return value


def place_of(name: str) -> Path:
    """Where a scenario's study is kept."""
    return kept_of(name) / "sensitivity.json"


def kept(name: str) -> dict[str, Any] | None:
    """The kept study of a scenario; None where there is none."""
    path = place_of(name)
    if not path.is_file():
        return None
    held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return held


def write(held: Mapping[str, Any]) -> Path:
    """Keep a study beside this module."""
    path = place_of(str(held["scenario"]))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(held, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path
