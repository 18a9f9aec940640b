"""Reads a table of engagements, and says in one line what is wrong with it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from allohistory.errors import AllohistoryError

Floats = NDArray[np.float64]
Table = Mapping[str, NDArray[np.generic]]

NUMBERS = (
    "attacker_strength",
    "defender_strength",
    "attacker_tanks",
    "defender_tanks",
    "attacker_guns",
    "defender_guns",
    "attacker_front_km",
    "defender_front_km",
)
WORDS = (
    "start",
    "war",
    "campaign",
    "attacker",
    "defender",
    "defender_posture",
    "terrain",
    "cover",
    "wx1",
    "wx2",
    "wx3",
    "wx4",
)
RESULTS = ("winner", "attacker_casualties", "defender_casualties")
NEVER_MISSING = ("attacker_strength", "defender_strength", *RESULTS)


def read(path: Path, columns: Iterable[str] = (*NUMBERS, *WORDS, *RESULTS)) -> dict[str, NDArray[np.generic]]:
    """The columns of a CSV file: numbers as floats, NaN where a cell is empty; the rest as words."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            rows = list(reader)
            names = list(reader.fieldnames or ())
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not a CSV file in UTF-8"
        raise AllohistoryError("--data", f"cannot read {path}: {why}", given=path) from error
    wanted = tuple(columns)
    missing = [name for name in wanted if name not in names]
    if missing:
        raise AllohistoryError(
            "--data", f"{path} lacks the column {', '.join(missing)}", given=missing[0], possible=names
        )
    if not rows:
        raise AllohistoryError("--data", f"{path} holds no engagement", given=path)
    numbers = {*NUMBERS, *RESULTS}
    table: dict[str, NDArray[np.generic]] = {}
    for name in wanted:
        cells = [(row[name] or "").strip() for row in rows]
        if name in numbers:
            table[name] = np.array([_number(cell, name, line) for line, cell in enumerate(cells, 2)])
        else:
            table[name] = np.array(cells, dtype=str)
    years(table)
    return table


def _number(cell: str, name: str, line: int) -> float:
    """One cell as a number; NaN where it is empty and may be."""
    try:
        value = float(cell) if cell else float("nan")
    except ValueError:
        raise AllohistoryError("--data", f"line {line}: {name} is not a number: {cell}", given=cell) from None
    if np.isnan(value) and name in NEVER_MISSING:
        raise AllohistoryError("--data", f"line {line}: {name} is empty, and no engagement is scored without")
    if np.isinf(value) or (name != "winner" and value < 0) or (name.endswith("_strength") and value == 0):
        raise AllohistoryError("--data", f"line {line}: {name} is out of range: {cell}", given=cell)
    return value


def years(table: Table) -> Floats:
    """The year of each start, with its month as a fraction."""
    found = []
    for line, start in enumerate(table["start"], 2):
        parts = str(start)[:7].split("-")
        try:
            found.append(int(parts[0]) + (int(parts[1]) - 0.5) / 12)
        except (ValueError, IndexError):
            raise AllohistoryError(
                "--data", f"line {line}: start is no date like 1939-08-20: {start}", given=start
            ) from None
    return np.array(found)


def won(table: Table) -> Floats:
    """1 where the attacker won; a draw counts as not won."""
    return np.asarray(table["winner"] == 1, dtype=np.float64)


def loss_rate(table: Table, side: str) -> Floats:
    """Natural logarithm of casualties over strength; no casualties count as half a man."""
    casualties = np.asarray(table[f"{side}_casualties"], dtype=np.float64)
    strength = np.asarray(table[f"{side}_strength"], dtype=np.float64)
    return np.asarray(np.log(np.maximum(casualties, 0.5) / strength), dtype=np.float64)
