"""Questions that take a while: queued, followed, stopped.

A job is worked at on a thread and followed from the server's loop. What it tells lies in one place, newest over older:
who listens late or slowly gets the present state, not a heap of old news. Finished jobs are kept for a while, and their
answers a while longer, so that the same question asked again is answered at once.
"""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from allohistory.errors import AllohistoryError
from allohistory.questions.arms import Stopped
from allohistory.studio.failing import our_fault
from allohistory.studio.kept_lists import text_of
from allohistory.studio.settings import Settings

WAITING, RUNNING, DONE, STOPPED, FAILED = "waiting", "running", "done", "stopped", "failed"
ENDED = (DONE, STOPPED, FAILED)
AT_WORK = 2  # jobs at a time: each takes all cores
MOST_FINISHED = 64
MOST_NAMES = 10_000  # of jobs that are gone
MOST_WAITING = 64  # of all clients
MOST_KEPT_BYTES = 50_000_000
MOST_LISTENERS = 16
PATIENCE_SECONDS = 30.0  # after which a job that nobody listens to any more is stopped
TIME_UP = "the time that this studio gives one question was up"

Found = tuple[Mapping[str, Any], bool]  # the answer, and whether it was stopped short


@dataclass
class Job:
    """One question under way. Its thread writes, the server's loop reads; `news` wakes those who listen.

    digest   of the question: the same for the same question
    closing  the studio ends: nobody is to listen any longer
    news     how many answers have come, so that none is told twice
    beside   what was made beside the answer, for its pictures
    """

    name: str
    kind: str
    client: str
    digest: str
    state: str = WAITING
    doing: dict[str, Any] | None = None
    answer: bytes | None = None
    news: int = 0
    beside: bytes | None = None
    error: dict[str, Any] | None = None
    why: str = ""
    closing: bool = False
    stop: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    listeners: dict[asyncio.Event, asyncio.AbstractEventLoop] = field(default_factory=dict)
    alarms: list[threading.Timer] = field(default_factory=list)

    @property
    def ended(self) -> bool:
        """Will nothing more come?"""
        return self.state in ENDED

    def progress(self, what: str, done: int, of: int) -> None:
        """How far it is; called from any thread, often."""
        with self.lock:
            self.doing = {"what": what, "done": done, "of": of}
        self.wake()

    def partly(self, answer: Mapping[str, Any]) -> None:
        """The answer from fewer timelines."""
        self.tell(text_of(answer))

    def tell(self, answer: bytes) -> None:
        """An answer, in place of the one before."""
        with self.lock:
            self.answer = answer
            self.news += 1
        self.wake()

    def end(self, state: str, error: AllohistoryError | None = None) -> None:
        """Nothing more will come."""
        with self.lock:
            self.state = state
            self.error = None if error is None else error.to_json()
        for alarm in self.alarms:
            alarm.cancel()
        self.wake()

    def wake(self) -> None:
        """Tell all who listen that there is news."""
        for heard, loop in list(self.listeners.items()):
            if not loop.is_closed():
                loop.call_soon_threadsafe(heard.set)

    def listen(self) -> asyncio.Event:
        """An event that is set whenever there is news; raises AllohistoryError where too many listen."""
        if len(self.listeners) >= MOST_LISTENERS:
            problem = f"{MOST_LISTENERS} listen to this job already"
            raise AllohistoryError(f"job {self.name}", problem, status=429)
        heard = asyncio.Event()
        self.listeners[heard] = asyncio.get_running_loop()
        return heard

    def leave(self, heard: asyncio.Event) -> None:
        """Listen no more; what nobody listens to for a while is stopped."""
        self.listeners.pop(heard, None)
        if not self.listeners and not self.ended:
            self.alarm(PATIENCE_SECONDS, self.abandoned)

    def abandoned(self) -> None:
        """Stop if still nobody listens."""
        if not self.listeners:
            self.stop.set()

    def alarm(self, seconds: float, what: Callable[[], None]) -> None:
        """Do something later, unless the job has ended by then."""
        timer = threading.Timer(seconds, what)
        timer.daemon = True
        self.alarms.append(timer)
        timer.start()

    def as_json(self) -> bytes:
        """The present state."""
        with self.lock:
            head = {"job": self.name, "kind": self.kind, "state": self.state, "progress": self.doing}
            answer, error = self.answer or b"null", self.error
        return b'%s,"answer":%s,"error":%s}' % (text_of(head)[:-1], answer, text_of(error))


Work = Callable[[Job], Found]


class Jobs:
    """All jobs of one studio."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._pool = ThreadPoolExecutor(AT_WORK, thread_name_prefix="question")
        self._lock = threading.Lock()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._gone: OrderedDict[str, None] = OrderedDict()
        self._answers: OrderedDict[str, bytes] = OrderedDict()
        self._beside: dict[str, bytes] = {}  # what was made beside them
        self._count = 0

    def start(self, kind: str, digest: str, client: str, work: Work) -> Job:
        """Begin a job, or end it at once where the same question was answered before."""
        with self._lock:
            known = self._answers.get(digest)
            if known is None:
                self._room(client)
            self._count += 1
            job = Job(f"{self._count}-{digest[:12]}", kind, client, digest, beside=self._beside.get(digest))
            self._jobs[job.name] = job
            self._forget()
        if known is not None:
            job.tell(known)
            job.end(DONE)
        else:
            self._pool.submit(self._carry_out, job, work)
        return job

    def find(self, name: str) -> Job:
        """The job of that name; raises AllohistoryError where it never was (404) or is forgotten (409)."""
        job = self._jobs.get(name)
        if job is not None:
            return job
        if name in self._gone:
            problem = "the job is gone; ask the question again"
            raise AllohistoryError(f"job {name}", problem, given=name, status=409)
        raise AllohistoryError("jobs", f'there is no job "{name[:60]}"', given=name[:60], status=404)

    def stop(self, name: str, client: str) -> Job:
        """Ask a job to stop; only who began it may, where others can reach the studio."""
        job = self.find(name)
        if self.settings.public and job.client != client:
            raise AllohistoryError(f"job {name}", "only who asked may stop it", given=name, status=403)
        job.stop.set()
        return job

    def close(self) -> None:
        """Stop everything."""
        for job in list(self._jobs.values()):
            job.closing = True
            job.stop.set()
            job.wake()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _room(self, client: str) -> None:
        under_way = [job for job in self._jobs.values() if not job.ended and not job.stop.is_set()]
        own = sum(job.client == client for job in under_way)
        if own >= self.settings.most_jobs:
            problem = f"{own} of your questions are under way already; wait for one, or stop it"
            raise AllohistoryError("jobs", problem, given=own, closest="", status=429)
        if len(under_way) >= MOST_WAITING:
            raise AllohistoryError("jobs", "too many questions are waiting; come again later", status=503)

    def _forget(self) -> None:
        """Let go of the oldest finished jobs, and of the oldest answers."""
        finished = [name for name, job in self._jobs.items() if job.ended]
        for name in finished[: max(0, len(finished) - MOST_FINISHED)]:
            del self._jobs[name]
            self._gone[name] = None
        while len(self._gone) > MOST_NAMES:
            self._gone.popitem(last=False)
        while sum(map(len, self._answers.values())) > MOST_KEPT_BYTES:
            self._beside.pop(self._answers.popitem(last=False)[0], None)

    def _carry_out(self, job: Job, work: Work) -> None:
        """On a thread of the pool: the whole life of a job."""
        if job.stop.is_set():
            job.end(STOPPED)
            return
        job.state = RUNNING
        job.wake()

        def time_up() -> None:
            job.why = TIME_UP
            job.stop.set()

        job.alarm(self.settings.most_seconds, time_up)
        try:
            answer, short = work(job)
            text = text_of(answer)
        except Stopped:
            job.end(STOPPED)
        except AllohistoryError as error:
            job.end(FAILED, error)
        except MemoryError:
            problem = "there is not memory enough for so many timelines"
            job.end(FAILED, AllohistoryError("question: timelines", problem, closest="fewer", status=503))
        except BaseException as error:
            job.end(FAILED, our_fault(f"job {job.name} ({job.kind})", error))
        else:
            job.tell(text)
            if not short:
                with self._lock:
                    self._answers[job.digest] = text
                    if job.beside is not None:
                        self._beside[job.digest] = job.beside
            job.end(STOPPED if short else DONE)
