"""The catalogue of points of divergence with the surprise of each, computed and never typed in.

Surprise is kept by the model's digest, so that listing the catalogue costs nothing: as shipped with the package
(`evidence/kept`, where `ship` wrote it), and what is worked out anew under ALLOHISTORY_HOME.
"""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allohistory.errors import AllohistoryError
from allohistory.evidence.kept_files import kept_folder
from allohistory.questions.arms import Progress, Runner, Stopped
from allohistory.questions.pieces import surprise_of
from allohistory.questions.question import Question
from allohistory.questions.worlds import read_worlds
from allohistory.results.files import canonical, write_whole
from allohistory.results.home import folder

if TYPE_CHECKING:
    from allohistory.book.tables import Pod
    from allohistory.timeline.model import Model

TIMELINES = 200
SHIPPED = "surprise.json"


@dataclass(frozen=True)
class Costed:
    """Surprise in bits (None outside the rules, inf impossible), judged bits, share of timelines it applied in."""

    bits: float | None
    judged: tuple[float, float] | None
    applied: float | None


def costs(
    model: Model,
    ids: Sequence[str],
    *,
    timelines: int = TIMELINES,
    workers: int = 1,
    progress: Progress | None = None,
    stop: threading.Event | None = None,
) -> dict[str, Costed]:
    """The surprise of each of these points of divergence."""
    kept = _read(model, timelines)
    missing = [id for id in ids if id not in kept]
    runner = Runner(model, workers, len(missing) * timelines, progress, stop or threading.Event())
    for id in missing:
        worlds = read_worlds(Question(scenario=model.name, pods=(id,), timelines=timelines), model)
        try:
            own = surprise_of(worlds, runner, timelines)
        except Stopped:
            raise KeyboardInterrupt from None
        kept[id] = [_stored(own.bits), min(own.applied, default=None)]
    if missing and not runner.stop.is_set():
        _write(model, timelines, kept)
    return {id: _costed(model.book.pods[id], kept[id]) for id in ids}


def item_of(pod: Pod, cost: Costed) -> dict[str, Any]:
    """One row of `pods --json`."""
    return {
        "id": pod.id,
        "title": pod.title,
        "what": pod.what,
        "date": pod.date.isoformat(),
        "changes": list(pod.changes),
        "movable": None
        if pod.movable is None
        else f"{pod.movable.first.isoformat()}..{pod.movable.last.isoformat()}",
        "surprise_bits": None if cost.bits is None or math.isinf(cost.bits) else cost.bits,
        "impossible": cost.bits is not None and math.isinf(cost.bits),
        "judged": None if pod.judged_bits is None else dict(vars(pod.judged_bits)),
        "applied": cost.applied,
        "facts": list(pod.facts),
        "source": pod.source,
        "argued_at": pod.argued_at or None,
    }


def _costed(pod: Pod, stored: list[Any]) -> Costed:
    judged = pod.judged_bits
    value = math.inf if stored[0] == "inf" else stored[0]
    return Costed(value, None if judged is None else (judged.low, judged.high), stored[1])


def _stored(bits: float | None) -> float | str | None:
    return "inf" if bits is not None and math.isinf(bits) else bits


def _place(model: Model, timelines: int) -> Path | None:
    place = folder("kept")
    return None if place is None else place / f"surprise-{model.name}-{model.digest[:16]}-{timelines}.json"


def _read(model: Model, timelines: int) -> dict[str, list[Any]]:
    place = _place(model, timelines)
    own = {} if place is None else _sound(_json_in(place))
    shipped = _json_in(kept_folder(model) / SHIPPED)
    if isinstance(shipped, dict) and [shipped.get("model"), shipped.get("timelines")] == [
        model.digest,
        timelines,
    ]:
        return {**_sound(shipped.get("surprise")), **own}
    return own


def ship(model: Model, *, workers: int = 1, progress: Progress | None = None) -> Path:
    """Write the surprise of the whole catalogue into the package."""
    costs(model, list(model.book.pods), workers=workers, progress=progress)
    held = {id: one for id, one in _read(model, TIMELINES).items() if id in model.book.pods}
    body = {"model": model.digest, "timelines": TIMELINES, "surprise": dict(sorted(held.items()))}
    target = kept_folder(model) / SHIPPED
    write_whole(target, canonical(body).encode())
    return target


def _json_in(place: Path) -> Any:
    """What a file holds; None where it is not there or cannot be read."""
    try:
        return json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _sound(held: Any) -> dict[str, list[Any]]:
    """A table of bits and share by id; empty where it is none."""
    if isinstance(held, dict) and all(isinstance(one, list) and len(one) == 2 for one in held.values()):
        return held
    return {}


def _write(model: Model, timelines: int, kept: dict[str, list[Any]]) -> None:
    place = _place(model, timelines)
    if place is None:
        return
    with suppress(AllohistoryError, OSError):
        for old in place.parent.glob(f"surprise-{model.name}-*.json"):
            old.unlink()
        write_whole(place, canonical(kept).encode())
