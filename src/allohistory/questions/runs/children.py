"""Batches made by several processes, this one and others beside it; one that dies loses its batch, made again then."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any

from allohistory.errors import AllohistoryError
from allohistory.questions.runs.making import Interrupted, loader_of
from allohistory.questions.runs.worker import receive, send

if TYPE_CHECKING:
    from allohistory.questions.question import Question
    from allohistory.questions.runs.making import Batch, Loader, Made, Maker

MOST_DEATHS = 3
LOOK_SECONDS = 0.1
PROGRAM = "from allohistory.questions.runs.worker import serve; serve()"


class Child:
    """Another process that makes batches; started when it is first needed."""

    def __init__(self, question: Question, loader: Loader, events: bool) -> None:
        self.told = (question, loader, events)
        self.process: subprocess.Popen[bytes] | None = None

    def make(self, batch: Batch) -> Made:
        """Have a batch made; raises EOFError where the process died over it."""
        if self.process is None:
            self._start()
        assert self.process is not None
        orders, answers = self.process.stdin, self.process.stdout
        assert orders is not None and answers is not None
        try:
            _send(orders, batch)
            found = receive(answers)
        except (EOFError, OSError, ValueError):
            self.end()
            raise EOFError from None
        if isinstance(found, Exception):
            raise found
        made: Made = found
        return made

    def end(self) -> None:
        """Kill the process."""
        process, self.process = self.process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                if stream is not None:
                    stream.close()

    def _start(self) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,  # Ctrl-C is for us; we end our children
        )
        assert self.process.stdin is not None
        _send(self.process.stdin, self.told)


def _send(stream: IO[bytes], message: Any) -> None:
    send(stream, message)


class Processes:
    """A source of batches: so many processes, this one among them."""

    def __init__(self, maker: Maker, workers: int) -> None:
        self.maker = maker
        told = (maker.question, loader_of(maker.worlds.model), maker.events)
        self.children = [Child(*told) for _ in range(max(0, workers - 1))]
        self.found: queue.Queue[Made | Exception | str | None] = queue.Queue()
        self.lock = threading.Lock()
        self.stop = threading.Event()
        self.compiled = threading.Event()
        self.retries: list[str] = []

    def make(self, wanted: Iterator[Batch], stop: threading.Event) -> Generator[Made, None, None]:
        """The batches wanted, as they are finished; ends early where `stop` is set."""
        makers = [self._here, *(self._beside(child) for child in self.children)]
        threads = [threading.Thread(target=self._work, args=(wanted, make), daemon=True) for make in makers]
        for thread in threads:
            thread.start()
        working = len(threads)
        try:
            while working and not stop.is_set():
                try:
                    item = self.found.get(timeout=LOOK_SECONDS)
                except queue.Empty:
                    continue
                if item is None:
                    working -= 1
                elif isinstance(item, str):
                    self.retries.append(item)
                elif isinstance(item, Exception):
                    raise item
                else:
                    yield item
        finally:
            self.stop.set()
            self.compiled.set()
            for child in self.children:
                child.end()
            threads[0].join()

    def _here(self, batch: Batch) -> Made:
        if self.children and not self.compiled.is_set():
            self.maker.warm()  # kernels are compiled once, before others would do the same
        self.compiled.set()
        return self.maker.make(batch, self.stop)

    def _beside(self, child: Child) -> Callable[[Batch], Made]:
        def make(batch: Batch) -> Made:
            self.compiled.wait()
            if self.stop.is_set():
                raise Interrupted
            return child.make(batch)

        return make

    def _work(self, wanted: Iterator[Batch], make: Callable[[Batch], Made]) -> None:
        """Take batch after batch until none is left."""
        try:
            while not self.stop.is_set():
                with self.lock:
                    batch = next(wanted, None)
                if batch is None:
                    break
                self.found.put(self._made(make, batch))
        except Interrupted:
            pass
        except Exception as error:  # passed on to the thread that waits
            if not self.stop.is_set():
                self.found.put(error)
        self.found.put(None)

    def _made(self, make: Callable[[Batch], Made], batch: Batch) -> Made:
        """One batch; a process that dies over it is replaced, a few times."""
        for _ in range(MOST_DEATHS):
            try:
                return make(batch)
            except EOFError:
                if self.stop.is_set():
                    raise Interrupted from None
                self.found.put(f"a process died over batch {batch.number}; it is made again")
        raise AllohistoryError(
            f"batch {batch.number}",
            f"{MOST_DEATHS} processes died over it (timelines {batch.first} to {batch.first + batch.count - 1})",
            given=str(batch.number),
            closest="--workers 1",
            see="too little memory? what is finished is kept",
        )
