"""Replicates of simulation-based calibration over a whole scenario: one small file each, gathered into one kept table.

A replicate hangs on its number alone, so a run that is broken off goes on where it stood and ends in the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

import numpy as np

from allohistory.evidence.basis import basis, code
from allohistory.evidence.covering import asked_of
from allohistory.evidence.simulated import NO_RETURN, NO_ROOM, NO_TRUTH, Replicate, Settings, Simulation

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

WHOLE = Settings(draws=100, thin=3, pool=8, block=32, lanes=True, large=500)
FATES = ("", NO_TRUTH, NO_ROOM, NO_RETURN)
MOVES_RESULTS = (
    "both_ways",
    "by_address",
    "coordinates",
    "covering",
    "likelihood",
    "nearby",
    "sampler",
    "side_by_side",
    "simulated",
    "written",
)
"""Modules that a replicate hangs on. Those that judge replicates are not among them."""


def made_by(model: Model, settings: Settings = WHOLE) -> str:
    """16 hexadecimal digits that change whenever a replicate could come out otherwise; words do not count."""
    here = Path(__file__).resolve().parent
    asked = asked_of(model.name, model.book.calendar.first)
    digest = hashlib.sha256(f"{basis(model)} {settings} {asked}".encode())
    for name in MOVES_RESULTS:
        digest.update(name.encode() + code(here / f"{name}.py").encode())
    return digest.hexdigest()[:16]


def provenance(model: Model, settings: Settings = WHOLE) -> dict[str, Any]:
    """What made the replicates, for the kept table."""
    from importlib.metadata import version

    asked = asked_of(model.name, model.book.calendar.first)
    monday = model.book.calendar.first + timedelta(weeks=asked.week) if asked else None
    return {
        "again": "allohistory check inference --full",
        "made": made_by(model, settings),
        "basis": basis(model),
        "settings": asdict(settings),
        "draws": settings.draws,
        "monday": monday.isoformat() if monday else None,
        "outcomes": list(asked.outcomes) if asked else [],
        "timelines": [asked.truth, asked.per_draw] if asked else [],
        "libraries": {name: version(name) for name in ("blackjax", "jax", "numpy", "numba")},
    }


def simulation_of(model: Model, settings: Settings = WHOLE) -> Simulation:
    """The simulation over the record's own coverage."""
    from allohistory.evidence.likelihood import Likelihood

    last = max(span.last for span in model.blueprint.coverage)
    return Simulation(
        Likelihood(model, last), settings, asked=asked_of(model.name, model.book.calendar.first)
    )


def carry_on(
    simulation: Callable[[], Simulation],
    folder: Path,
    target: int,
    tell: Callable[[int, int], object] | None = None,
) -> None:
    """Compute the replicates that are not in the folder yet; several runs may share the work.

    simulation   makes one, where there is work for it
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = None
    for number in range(target):
        path = folder / f"{number:04d}.npz"
        if not path.exists() and taken(path.with_suffix(".taken")):
            made = made or simulation()
            begun = process_time()
            write(path, made.replicate(number))
            path.with_suffix(".taken").unlink(missing_ok=True)
            note(folder, number, process_time() - begun)
        if tell is not None:
            tell(number + 1, target)


def taken(path: Path) -> bool:
    """Take a replicate for this process; False where another that lives has it."""
    import os

    try:
        with path.open("x") as file:
            file.write(str(os.getpid()))
        return True
    except FileExistsError:
        words = path.read_text().strip()
        if words.isdigit() and int(words) != os.getpid() and lives(int(words)):
            return False
        path.write_text(str(os.getpid()))
        return True


def lives(process: int) -> bool:
    """Does this process still run?"""
    import os

    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def note(folder: Path, number: int, seconds: float) -> None:
    """A line of the folder's journal: what a replicate took, in seconds of processor time."""
    with (folder / "journal.txt").open("a", encoding="utf-8") as file:
        file.write(f"{number} {seconds:.1f}\n")


def write(path: Path, one: Replicate) -> None:
    """One file, whole or not at all."""
    none = np.zeros((0, 0), np.int64)
    fresh = path.with_suffix(".part")
    with fresh.open("wb") as file:
        np.savez_compressed(
            file,
            fate=np.int64(FATES.index(one.lost)),
            ranks=one.ranks.astype(np.int16),
            truth=one.truth,
            mean=one.mean,
            second=one.second,
            effective=one.effective,
            figures=np.array([one.entries, one.replays, one.reseeded, one.crossed], np.float64),
            run=none if one.counts is None else one.counts.run,
            shown=none if one.counts is None else one.counts.shown,
        )
    fresh.replace(path)
