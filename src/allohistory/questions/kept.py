"""Unchanged worlds that were run before: kept in the process, and the bare rules also on disk.

Worlds without a change are asked for again and again (baselines, nothing but the rules). A plan, a range of timelines
and a model's digest name them; nothing else can move a bit. What cannot be read or written is run anew, silently.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from allohistory.errors import AllohistoryError
from allohistory.results.files import write_whole
from allohistory.results.home import folder

if TYPE_CHECKING:
    from allohistory.ensemble.gathered import Ensemble
    from allohistory.timeline.model import Model
    from allohistory.timeline.plan import Plan

MOST_IN_PROCESS = 8
MOST_TIMELINES = 20_000
Key = tuple[str, int, "Plan", int, int]

_in_process: OrderedDict[Key, tuple[object, Ensemble]] = OrderedDict()


def recall(model: Model, plan: Plan, first: int, count: int) -> Ensemble | None:
    """The ensemble of this plan and range if it was run before; None where it was not, or has a change."""
    if plan.items or count > MOST_TIMELINES:
        return None
    key = _key(model, plan, first, count)
    if key in _in_process:
        _in_process.move_to_end(key)
        return _in_process[key][1]
    path = _path(model, plan, first, count)
    if path is None or not path.is_file():
        return None
    ensemble = _read(path, model, plan, first, count)
    if ensemble is not None:
        _remember(model, key, ensemble)
    return ensemble


def keep(model: Model, plan: Plan, first: int, count: int, ensemble: Ensemble) -> None:
    """Keep an ensemble that ran to its end."""
    if plan.items or count > MOST_TIMELINES or len(ensemble.timeline) != count:
        return
    _remember(model, _key(model, plan, first, count), ensemble)
    path = _path(model, plan, first, count)
    if path is not None:
        _write(path, model, ensemble)


def forget() -> None:
    """Drop what the process keeps (timings and tests)."""
    _in_process.clear()


def _key(model: Model, plan: Plan, first: int, count: int) -> Key:
    return (model.digest, id(model.blueprint), plan, first, count)


def _remember(model: Model, key: Key, ensemble: Ensemble) -> None:
    _in_process[key] = (model.blueprint, ensemble)  # the blueprint stays alive, so its identity stays its own
    while len(_in_process) > MOST_IN_PROCESS:
        _in_process.popitem(last=False)


def _path(model: Model, plan: Plan, first: int, count: int) -> Path | None:
    """Where the bare rules are kept; other plans, and a model that is read otherwise, are kept in the process only."""
    from allohistory.timeline.model import load
    from allohistory.timeline.plan import START

    if plan.horizon != START or load(model.name) is not model:
        return None
    place = folder("kept")
    if place is None:
        return None
    name = hashlib.sha256(f"{model.digest} {plan!r} {first} {count}".encode()).hexdigest()[:16]
    return place / f"rules-{model.name}-{model.digest[:12]}-{name}.npz"


def _read(path: Path, model: Model, plan: Plan, first: int, count: int) -> Ensemble | None:
    import numpy as np

    from allohistory.ensemble.gathered import ROWS, empty

    ensemble = empty(model.blueprint, plan, first, count)
    try:
        with np.load(path, allow_pickle=False) as held:
            for name in (*ROWS, "histogram"):
                value, wanted = held[name], getattr(ensemble, name)
                if value.shape != wanted.shape or value.dtype != wanted.dtype:
                    return None
                setattr(ensemble, name, value)
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile):
        return None
    return ensemble


def _write(path: Path, model: Model, ensemble: Ensemble) -> None:
    import numpy as np

    from allohistory.ensemble.gathered import ROWS

    buffer = io.BytesIO()
    np.savez_compressed(buffer, **{name: getattr(ensemble, name) for name in (*ROWS, "histogram")})
    with suppress(AllohistoryError, OSError):
        for old in path.parent.glob(f"rules-{model.name}-*.npz"):
            if not old.name.startswith(f"rules-{model.name}-{model.digest[:12]}-"):
                old.unlink()
        write_whole(path, buffer.getvalue())
