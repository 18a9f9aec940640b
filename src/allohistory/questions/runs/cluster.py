"""Batches made by the workers of a Dask scheduler: the same batches, in tasks of a few seconds each.

A task holds as many batches as take at least two seconds, and no job has more than two thousand tasks. What a worker
that dies was at is done again by another; that is Dask's own doing. The workers need this version of Allohistory.
"""

from __future__ import annotations

import logging
import math
import queue
import threading
from collections.abc import Generator, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from allohistory.errors import AllohistoryError
from allohistory.questions.runs.making import Batch, Interrupted, Loader, Made, Maker, identity, loader_of
from allohistory.results.optional import optional
from allohistory.results.runs.manifest import BATCH

if TYPE_CHECKING:
    from allohistory.questions.question import Question

LEAST_SECONDS, MOST_TASKS = 2.0, 2000
AHEAD = 3  # tasks a thread of the cluster that are handed out before the first comes back
DEATHS_ALLOWED = 3
PATIENCE_SECONDS = 10
LOOK_SECONDS = 0.2
PACKAGE = "distributed"

_makers = threading.local()


class Cluster:
    """A source of batches: the workers of a scheduler."""

    def __init__(self, maker: Maker, address: str) -> None:
        self.maker = maker
        self.address = address
        self.retries: list[str] = []
        optional(PACKAGE, "--cluster")

    def make(self, wanted: Iterator[Batch], stop: threading.Event) -> Generator[Made, None, None]:
        """The batches wanted, as they are finished; the first is made here, to learn how long one takes."""
        client = self._client()
        try:
            first = next(wanted, None)
            if first is None:
                return
            try:
                made = self.maker.make(first, stop)
            except Interrupted:
                return
            yield made
            yield from self._handed_out(client, wanted, self.group(made.seconds), stop)
        finally:
            client.close()

    def group(self, seconds: float) -> int:
        """How many batches go into a task, where one takes so many seconds."""
        timelines = self.maker.question.timelines if self.maker.question.precision is None else 0
        batches = -(-timelines // BATCH)
        return max(1, math.ceil(LEAST_SECONDS / max(seconds, 1e-6)), -(-batches // MOST_TASKS))

    def _handed_out(
        self, client: Any, wanted: Iterator[Batch], group: int, stop: threading.Event
    ) -> Iterator[Made]:
        question, model = self.maker.question.but(out=None, workers=None), self.maker.worlds.model
        told = (question, loader_of(model), self.maker.events, model.digest)
        done: queue.Queue[Any] = queue.Queue()
        running: set[Any] = set()
        ended = False
        while not stop.is_set():
            threads = sum(client.nthreads().values()) or 1
            while not ended and len(running) < AHEAD * threads:
                batches = tuple(islice(wanted, group))
                ended = not batches
                if batches:
                    future = client.submit(make_group, *told, batches, pure=False, retries=DEATHS_ALLOWED)
                    running.add(future)
                    future.add_done_callback(done.put)
            if not running:
                return
            try:
                future = done.get(timeout=LOOK_SECONDS)
            except queue.Empty:
                continue
            running.discard(future)
            yield from self._result(future)
        client.cancel(list(running))

    def _result(self, future: Any) -> list[Made]:
        from distributed import KilledWorker

        try:
            found: list[Made] = future.result()
        except KilledWorker as error:
            raise AllohistoryError(
                f"--cluster {self.address}",
                f"{DEATHS_ALLOWED + 1} workers died over the same batches",
                given=self.address,
                closest="workers with more memory",
                see=str(error),
            ) from error
        return found

    def _client(self) -> Any:
        for name in ("distributed", "distributed.client", "distributed.core"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            return optional(PACKAGE, "--cluster").Client(
                self.address, timeout=PATIENCE_SECONDS, set_as_default=False
            )
        except (OSError, ValueError, TimeoutError) as error:
            raise AllohistoryError(
                f"--cluster {self.address}",
                "no Dask scheduler answers there",
                given=self.address,
                closest="tcp://127.0.0.1:8786",
                see="dask scheduler starts one; docs/how_to/keep_a_run.md",
            ) from error


def make_group(
    question: Question, loader: Loader, events: bool, digest: str, batches: tuple[Batch, ...]
) -> list[Made]:
    """What a worker does: a few batches. Raises AllohistoryError where it has another version of the model."""
    maker = _maker_of(question, loader, events)
    mine = maker.worlds.model.digest
    if mine != digest:
        raise AllohistoryError(
            "--cluster",
            f"a worker has another version of the model ({mine[:12]}, not {digest[:12]})",
            given=mine[:12],
            closest=digest[:12],
            see="install the same Allohistory on the workers",
        )
    return [maker.make(batch) for batch in batches]


def _maker_of(question: Question, loader: Loader, events: bool) -> Maker:
    """A maker of this thread, made once for a question."""
    name = identity(question, loader, events)
    held: dict[str, Maker] = _makers.__dict__.setdefault("held", {})
    if name not in held:
        held.clear()
        held[name] = Maker.from_afar(question, loader, events=events)
    return held[name]
