"""Parameters as they come out of a fit from which one campaign was left out, to score that campaign fairly.

`book/campaigns/left_out/CAMPAIGN.toml` holds, for each parameter that a fit moved, the mean and the spread that it has
when the campaign's own battles are no part of the fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from allohistory.book.campaigns import FOLDER
from allohistory.book.rows import Key, Keys, number, read_file, read_values, text
from allohistory.book.tables import Book
from allohistory.errors import AllohistoryError

PARAMETER: Keys = {"id": Key(text), "mean": Key(number), "sd": Key(number)}
Refit = Mapping[str, tuple[float, float]]


def left_out_of(book: Book, folder: Path, campaign: str) -> Refit | None:
    """Parameter to (mean, standard deviation) without the campaign; None where no such fit is kept."""
    path = folder / "book" / FOLDER / "left_out" / f"{campaign}.toml"
    if not path.is_file():
        return None
    found: dict[str, tuple[float, float]] = {}
    for raw in read_file(path, f"{FOLDER}/left_out/{path.name}", ("parameter",)):
        values = read_values(raw.values, PARAMETER, raw.where, "a parameter of a fit")
        id = values["id"]
        if id not in book.parameters or id in found or values["sd"] < 0.0:
            problem = f'"{id}" is no parameter, stands here twice, or has a spread below 0'
            raise AllohistoryError(raw.where, problem, given=id, possible=list(book.parameters))
        found[id] = (values["mean"], values["sd"])
    return found
