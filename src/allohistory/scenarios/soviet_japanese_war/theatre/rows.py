"""Rows of text read into arrays, once, when a table is imported.

Made by tools/theatre.py from book/theatre/*.toml; do not edit.
"""

import numpy as np
from numpy import float64, int64
from numpy.typing import NDArray


def whole(width: int, rest: int, text: str) -> NDArray[int64]:
    """Whole numbers, a line a row; a short row is filled up with `rest`."""
    rows = [[int(x) for x in line.split()] for line in text.strip().splitlines()]
    return np.array([row + [rest] * (width - len(row)) for row in rows], dtype=int64)


def figures(width: int, rest: int, text: str) -> NDArray[float64]:
    """Figures, a line a row; a short row is filled up with `rest`."""
    rows = [[float(x) for x in line.split()] for line in text.strip().splitlines()]
    return np.array([row + [rest] * (width - len(row)) for row in rows], dtype=float64)
