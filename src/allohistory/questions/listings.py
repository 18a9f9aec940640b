"""What a scenario holds, as the bodies of `--json`: the command line and the studio give the same lists.

Each function takes the model and, where one thing is wanted, its id; an unknown id raises AllohistoryError with the
nearest.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from allohistory.book.resolve import find_pod
from allohistory.book.tables import Entry, Outcome, Pod
from allohistory.errors import AllohistoryError
from allohistory.evidence.posterior import read_learnt
from allohistory.evidence.scoreboard import Score, path_of, read_board
from allohistory.questions import catalogue
from allohistory.questions.sources import bibliography, item_of, parameter_item, row_item, rule_item
from allohistory.results.schema import plain

if TYPE_CHECKING:
    from allohistory.questions.arms import Progress
    from allohistory.questions.catalogue import Costed
    from allohistory.questions.debate.kept import Judged
    from allohistory.timeline.model import Model

Body = dict[str, Any]


def pods_of(model: Model, id: str | None = None) -> list[Pod]:
    """The whole catalogue, or the one asked for."""
    return [find_pod(id, model.book)[0]] if id else list(model.book.pods.values())


def pod_costs(
    model: Model,
    pods: Sequence[Pod],
    *,
    timelines: int | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    stop: threading.Event | None = None,
) -> dict[str, Costed]:
    """The surprise of each of these, as kept or worked out."""
    from allohistory.questions.question import workers_of

    return catalogue.costs(
        model,
        [pod.id for pod in pods],
        timelines=timelines or catalogue.TIMELINES,
        workers=workers_of(workers),
        progress=progress,
        stop=stop,
    )


def pods_body(pods: Sequence[Pod], costed: dict[str, Costed]) -> Body:
    """`pods --json`."""
    return {"items": [catalogue.item_of(pod, costed[pod.id]) for pod in pods]}


def entries_of(model: Model, id: str | None = None) -> list[Entry]:
    """The record in the order of dates, or the entry asked for."""
    book = model.book
    if id:
        return [book.find(book.entries, id, "record", "record entry", "allohistory record")]
    return sorted(book.entries.values(), key=lambda entry: entry.date)


def outcomes_of(model: Model, id: str | None = None) -> list[Outcome]:
    """All outcomes in the order of their table, or the one asked for."""
    book = model.book
    if id:
        return [book.find(book.outcomes, id, "outcomes", "outcome", "allohistory outcomes")]
    return list(book.outcomes.values())


def rows_body(rows: Sequence[Entry] | Sequence[Outcome]) -> Body:
    """`record --json` and `outcomes --json`."""
    return {"items": [row_item(row) for row in rows]}


def parameters_body(model: Model, id: str | None = None) -> Body:
    """Each parameter as `sources --json` has it."""
    book = model.book
    if id:
        return {
            "items": [
                parameter_item(book.find(book.parameters, id, "parameters", "parameter"), model),
            ]
        }
    learnt = read_learnt(model)[0]
    return {"items": [parameter_item(row, model, learnt) for row in book.parameters.values()]}


def rules_body(model: Model, id: str | None = None) -> Body:
    """Each rule as `sources --json` has it."""
    if id is None:
        return {"items": [rule_item(name, model) for name in model.rules]}
    name = model.book.current(id)
    if name not in model.rules:
        raise AllohistoryError("rules", f'there is no rule "{id}"', given=id, possible=sorted(model.rules))
    return {"items": [rule_item(name, model)]}


def sources_body(model: Model, id: str) -> Body:
    """`sources --json`."""
    item = item_of(id, model)
    return {**item, "bibliography": bibliography(item, model)}


def board_of(model: Model) -> list[Score]:
    """The rows of the kept scoreboard."""
    rows = read_board(model)
    if not rows:
        problem = f"no board is kept at {path_of(model)}"
        raise AllohistoryError("check", problem, closest="allohistory check --full")
    return rows


def board_body(rows: Sequence[Score]) -> Body:
    """`check --json`."""
    return {"scores": [{**vars(row), "met": row.met} for row in rows]}


def claims_body(found: Sequence[Judged]) -> Body:
    """`claims --json`."""
    return {"claims": plain(found)}


def stale_words(found: Sequence[Judged]) -> str:
    """Said where verdicts are kept from another model than the present one."""
    old = [one for one in found if one.made is not None and not one.current]
    if not old:
        return ""
    return (
        f"{len(old)} of {len(found)} verdicts were kept from an earlier model and are marked so; "
        "--full judges them anew."
    )
