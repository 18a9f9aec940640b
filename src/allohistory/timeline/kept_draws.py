"""The kept table of draws: one row is a draw of every parameter, from prior or posterior, with a latent seed.

Draws come from the engine's own arithmetic at addresses of stream 1, so they are the same on every machine;
families that it has no quantile for (beta) are the reason why the table ships as data. Luck that the record
leaves open but that feeds recorded decisions travels with the draw: of several replays under different latent
seeds one is kept, with probability in proportion to the likelihood it gave the record.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from allohistory.book.priors import draw
from allohistory.book.tables import Book
from allohistory.luck.address import uniform
from allohistory.luck.arithmetic import exp, normal_quantile

DRAWS = 100
STREAM_DRAWS = 1
TABLE_SEED = 1931


@dataclass(frozen=True)
class DrawTable:
    """The kept draws.

    parameters     ids, in the order of the columns
    values         (draws, parameters) float64
    latent_seeds   (draws,) int64
    selected       whether the latent seeds were chosen by the likelihood of the record
    basis          what the parameters were calibrated on, as a digest; empty for draws from the priors
    """

    parameters: tuple[str, ...]
    values: np.ndarray
    latent_seeds: np.ndarray
    selected: bool
    basis: str = ""


def prior_digest(book: Book) -> str:
    """Changes whenever a prior does."""
    text = "\n".join(f"{p.id} {p.prior} {p.low} {p.high}" for p in book.parameters.values())
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def read_draws(path: Path, book: Book, numbers: Mapping[str, int]) -> DrawTable:
    """The kept table, or fresh prior draws with unselected latent seeds where the priors have changed since."""
    if path.exists():
        import pyarrow.parquet as parquet

        table = parquet.ParquetFile(path).read()
        metadata = table.schema.metadata or {}
        if metadata.get(b"allohistory.priors", b"").decode() == prior_digest(book):
            ids = tuple(name for name in table.column_names if name != "latent_seed")
            values = np.column_stack([numbers_of(table.column(id), np.float64) for id in ids])
            basis = metadata.get(b"allohistory.basis", b"").decode()
            return DrawTable(ids, values, numbers_of(table.column("latent_seed"), np.int64), True, basis)
    values = prior_draws(book, numbers, DRAWS)
    return DrawTable(tuple(book.parameters), values, np.arange(1, DRAWS + 1, dtype=np.int64), False)


def numbers_of(column: Any, kind: type) -> np.ndarray:
    """The numbers of a column without gaps, read off its buffers: Arrow's own way would import all of pandas."""
    parts: list[np.ndarray] = [
        np.frombuffer(part.buffers()[1], kind)[part.offset :][: len(part)] for part in column.chunks
    ]
    return np.concatenate(parts)


def write_draws(path: Path, book: Book, table: DrawTable) -> None:
    """Write the kept table with the digest of the priors that it was drawn from."""
    import pyarrow as arrow
    import pyarrow.parquet as parquet

    columns = {id: table.values[:, i] for i, id in enumerate(table.parameters)}
    columns["latent_seed"] = table.latent_seeds
    written = arrow.table(columns).replace_schema_metadata(
        {
            "allohistory.priors": prior_digest(book),
            "allohistory.draws": f"{'posterior' if table.basis else 'prior'}, {len(table.values)} rows",
            "allohistory.basis": table.basis,
        }
    )
    parquet.write_table(written, path, compression="zstd")


def prior_draws(book: Book, numbers: Mapping[str, int], draws: int) -> np.ndarray:
    """(draws, parameters): independent draws of every parameter from its prior."""
    values = np.empty((draws, len(book.parameters)))
    for column, parameter in enumerate(book.parameters.values()):
        number = np.int64(numbers[parameter.id])
        for row in range(draws):
            v = uniform(
                np.int64(TABLE_SEED), np.int64(STREAM_DRAWS), np.int64(row), number, np.int64(0), np.int64(0)
            )
            values[row, column] = draw(parameter, float(v), normal_quantile, exp)
    return values
