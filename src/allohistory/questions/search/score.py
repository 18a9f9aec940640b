"""How near a timeline came to an outcome: the score that the outcome declares, read off the columns of an ensemble.

A score is arithmetic over outcomes (`0.5 * general_war + 0.5 * (reach_km / 1500)`). It only orders candidates before
there are enough timelines to tell shares apart; no answer is made of it.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from allohistory.errors import AllohistoryError

if TYPE_CHECKING:
    from numpy.typing import NDArray

OPERATIONS: Mapping[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def score_of(text: str, column: Callable[[str], NDArray[np.float64]], rows: int) -> NDArray[np.float64]:
    """The score of each row, from 0 to 1; 0 where none is declared.

    column  the values of an outcome by its id
    """
    if not text:
        return np.zeros(rows)
    found = _value(ast.parse(text, mode="eval").body, column, text)
    score = np.nan_to_num(np.broadcast_to(np.asarray(found, float), (rows,)))
    return np.asarray(np.clip(score, 0.0, 1.0))


def _value(node: ast.expr, column: Callable[[str], NDArray[np.float64]], text: str) -> Any:
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        return float(node.value)
    if isinstance(node, ast.Name):
        return column(node.id)
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATIONS:
        return OPERATIONS[type(node.op)](_value(node.left, column, text), _value(node.right, column, text))
    raise AllohistoryError("score", f'"{text}" is not arithmetic over outcomes', given=text)
