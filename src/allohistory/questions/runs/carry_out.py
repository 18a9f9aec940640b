"""A run on disk from beginning to end: resume, make what is missing, write and enter it, answer.

What is finished is never lost: each batch is entered in the manifest once its parts are on the disk. What is entered is
looked at again when a run is resumed; a part that has other bytes than the manifest says is named, and made again.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from allohistory.errors import AllohistoryError
from allohistory.questions.arms import Progress, Stopped
from allohistory.questions.ask import MOST_FOR_PRECISION, ask, total_work
from allohistory.questions.estimates import wilson
from allohistory.questions.kept_answers.codec import answer_in, text_of
from allohistory.questions.kept_answers.shelf import as_now
from allohistory.questions.question import workers_of
from allohistory.questions.runs.children import Processes
from allohistory.questions.runs.layout import OTHER
from allohistory.questions.runs.making import Batch, Made, Maker
from allohistory.questions.runs.opened import open_manifest
from allohistory.questions.runs.stored import RunRunner, Store
from allohistory.results.files import write_whole
from allohistory.results.runs.folder import DIGEST_BYTES, KINDS, Folder
from allohistory.results.runs.index import remember
from allohistory.results.runs.manifest import BATCH, Done, Manifest

if TYPE_CHECKING:
    from allohistory.questions.answer import Answer
    from allohistory.questions.question import Question
    from allohistory.questions.runs.cluster import Cluster
    from allohistory.timeline.model import Model

ANSWER_FILE, KEPT_FILE = "answer.json", "kept.json"
ENTER_SECONDS = 0.5  # between two writings of the manifest
LABEL = "timelines of the run"


@dataclass(frozen=True)
class How:
    """How a run is carried out; none of it moves a byte."""

    events: bool = False
    cluster: str | None = None
    progress: Progress | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    say: list[str] = field(default_factory=list)


@dataclass
class Run:
    """A run that is open for writing."""

    folder: Folder
    manifest: Manifest
    maker: Maker
    how: How
    entered: float = 0.0
    counted: int = 0
    counts: np.ndarray = field(default_factory=lambda: np.zeros(1, np.int64))
    held: dict[int, Made] = field(default_factory=dict)
    remade: dict[int, Done] = field(default_factory=dict)

    @property
    def question(self) -> Question:
        """Its question."""
        return self.maker.question

    def missing(self) -> list[int]:
        """Batches that are not done, or whose files are not what they were."""
        manifest, bad = self.manifest, []
        answered = _kept(self.folder.path) is not None
        for number, done in sorted(manifest.done.items()):
            broken = [kind for kind in KINDS if not self._is_whole(kind, number, done)]
            for kind in broken:
                self.how.say.append(
                    f"{kind} of batch {number} are not what the manifest says (SHA-256); the batch is made again"
                )
            if broken or not (answered or self.folder.work_is_whole(number)):
                bad.append(number)
        if not manifest.settled and bad:  # a precision looks at batches in order
            bad = [number for number in manifest.done if number >= bad[0]]
        for number in bad:
            self.remade[number] = manifest.done.pop(number)
        if manifest.batches is None:
            return bad
        return [number for number in range(manifest.batches) if number not in manifest.done]

    def _is_whole(self, kind: str, number: int, done: Done) -> bool:
        digest = getattr(done, kind)
        return digest is None or self.folder.part_is(kind, number, digest)

    def batch(self, number: int) -> Batch:
        """Which timelines a batch has."""
        first, wanted = number * BATCH, self.manifest.timelines
        return Batch(number, first, BATCH if wanted is None else min(BATCH, wanted - first))

    def take(self, made: Made) -> None:
        """Write a batch and enter it; where a precision decides, in order of batches."""
        if self.manifest.settled:
            self._write(made)
            return
        self.held[made.batch.number] = made
        while not self.manifest.settled and len(self.manifest.done) in self.held:
            self._write(self.held.pop(len(self.manifest.done)))
            self.settle()

    def _write(self, made: Made) -> None:
        number = made.batch.number
        self.folder.write_work(number, made.work)
        digests = {"outcomes": self.folder.write_part("outcomes", number, made.outcomes), "events": None}
        if made.events is not None:
            digests["events"] = self.folder.write_part("events", number, made.events)
        done = Done(str(digests["outcomes"]), made.rows, made.set_aside, digests["events"])
        if self.remade.pop(number, done) != done:
            raise AllohistoryError(
                f"--out {self.folder.path}",
                f"batch {number}, made again, has other bytes than the manifest says",
                given=str(number),
                closest="a new folder",
                see="was the run made on another machine? compare `allohistory bench` and versions",
            )
        self.manifest.done[number] = done
        self._note("batch", batch=number, seconds=round(made.seconds, 3), set_aside=made.set_aside)
        if made.cut:
            self._note("log not complete", batch=number, timelines=made.cut)
        if time.monotonic() - self.entered > ENTER_SECONDS:
            self.enter()
        self.show()

    def enter(self) -> None:
        """Bring the manifest up to date."""
        self.manifest.write(self.folder.path)
        self.entered = time.monotonic()

    def settle(self) -> None:
        """Is the precision reached with the batches so far? As in memory: looked at after each batch, in order."""
        while not self.manifest.settled and self.counted < len(self.manifest.done):
            self.counts = self.counts + self._counts(self.counted)
            self.counted += 1
            kept, counted, *shares = (int(count) for count in self.counts)
            bounds = [wilson(count, counted) for count in shares]
            width = max((high - low for low, high in bounds), default=0.0)
            timelines = self.counted * BATCH
            assert self.question.precision is not None
            if width <= 2.0 * self.question.precision or kept == 0 or timelines >= MOST_FOR_PRECISION:
                self.manifest.timelines = timelines

    def _counts(self, number: int) -> np.ndarray:
        """The counts at the end of a batch's piece of work."""
        data = self.folder.work_file(number).read_bytes()
        return np.frombuffer(data[DIGEST_BYTES + self.maker.layout.work_bytes(BATCH) :], "<i8")

    def wanted(self, missing: Iterable[int]) -> Iterator[Batch]:
        """The batches to make: those missing; where a precision decides, on and on until it is reached."""
        if self.manifest.settled:
            yield from map(self.batch, missing)
            return
        numbers = itertools.count(len(self.manifest.done))
        yield from map(self.batch, itertools.takewhile(lambda _: not self.manifest.settled, numbers))

    def show(self) -> None:
        """Tell how far it is."""
        if self.how.progress is not None:
            arms = len(self.maker.layout.arms)
            of = max(total_work(self.maker.worlds), arms * self.manifest.timelines_done)
            self.how.progress(LABEL, arms * self.manifest.timelines_done, of)

    def _note(self, what: str, **more: object) -> None:
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        self.folder.note({"time": now, "what": what, **more})

    def begin(self, missing: list[int]) -> None:
        """Note in the journal that it begins or goes on."""
        self._note(
            "resumed" if self.manifest.done else "begun", done=len(self.manifest.done), missing=len(missing)
        )
        for line in self.how.say:
            self._note(line)
        self.enter()
        self.show()

    def tidy(self) -> None:
        """Take away parts that are not of this run: half-written ones, or beyond where a precision stopped."""
        batches = set(self.manifest.done)
        owned = {kind: batches for kind in KINDS if kind == "outcomes" or self.manifest.events}
        for stranger in self.folder.strangers(owned):
            stranger.unlink()


def answer_run(question: Question, model: Model, how: How) -> Answer:
    """Answer a question with a run on disk, from where it stands; raises AllohistoryError, or `Stopped`."""
    assert question.out is not None
    started = time.monotonic()
    maker = Maker.of(question, model, events=how.events)
    path = Path(question.out)
    manifest = open_manifest(path, maker)  # complains before anything is touched
    folder = Folder(path)
    with folder.locked():
        manifest = open_manifest(path, maker) or manifest or new_manifest(maker)
        run = Run(folder, manifest, maker, how)
        missing = run.missing()
        run.begin(missing)
        remember(path.resolve())
        make_missing(run, missing)
        run.tidy()
        kept = _kept(path)
        if kept is not None:
            return as_now(kept, question, started)
        return _answer(run, started)


def new_manifest(maker: Maker) -> Manifest:
    """The manifest of a run that begins."""
    from allohistory.questions.runs.opened import versions_of

    question = maker.question
    return Manifest(
        scenario=maker.worlds.model.name,
        versions=versions_of(maker.worlds.model),
        question=question.as_json(),
        seed=question.seed,
        arms=tuple(name for name, _ in maker.layout.arms if name != OTHER),
        timelines=None if question.precision is not None else question.timelines,
        events=maker.events,
    )


def make_missing(run: Run, missing: list[int]) -> None:
    """Make what is missing; what is finished when it is stopped, or when the disk is full, is entered."""
    run.settle()
    if run.manifest.settled and not missing:
        run.enter()
        return
    source = _source(run)
    try:
        with closing(source.make(run.wanted(missing), run.how.stop)) as making:
            for made in making:
                run.take(made)
                if run.manifest.finished:
                    break
    finally:
        for line in source.retries:
            run.how.say.append(line)
            run._note(line)
        run.enter()
    if not run.manifest.finished:
        raise stopped(run)


def _source(run: Run) -> Processes | Cluster:
    if run.how.cluster is None:
        return Processes(run.maker, workers_of(run.question.workers))
    from allohistory.questions.runs.cluster import Cluster

    return Cluster(run.maker, run.how.cluster)


def stopped(run: Run) -> Stopped:
    """What a stop leaves, in words."""
    manifest = run.manifest
    of = "" if manifest.batches is None else f" of {manifest.batches:,}"
    found = Stopped(LABEL)
    found.kept = (
        f"{len(manifest.done):,}{of} batches of {BATCH:,} timelines are kept in {run.folder.path}; "
        "the same command goes on from there"
    )
    return found


def _answer(run: Run, started: float) -> Answer:
    """The answer, from what the run holds; side runs are made in memory."""
    manifest, maker, how = run.manifest, run.maker, run.how
    assert manifest.timelines is not None
    store = Store(run.folder, maker.layout, manifest.timelines, BATCH)
    workers = workers_of(run.question.workers)
    model = maker.worlds.model
    total = max(total_work(maker.worlds), len(maker.layout.arms) * manifest.timelines)
    runner = RunRunner(model, workers, total, how.progress, how.stop, store=store)
    answer = as_now(ask(run.question, model, stop=how.stop, runner=runner), run.question, started)
    if answer.stopped:
        return answer
    write_whole(run.folder.path / ANSWER_FILE, answer.to_json().encode())
    write_whole(run.folder.path / KEPT_FILE, text_of(answer).encode())
    run._note("answered", seconds=round(time.monotonic() - started, 3))
    run.folder.clear_work()
    object.__setattr__(answer, "_work", None)  # its timelines are in the parts now
    return answer


def _kept(path: Path) -> Answer | None:
    """The answer of a run that is finished."""
    try:
        return answer_in((path / KEPT_FILE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return None
