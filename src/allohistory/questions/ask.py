"""What follows from these points of divergence? Runs the worlds that answer it and puts the numbers together.

The order of the work is the order of what a reader needs first, so that an answer stopped half-way still says the
most, and one that is waited for shows itself as it comes (STAGES): a few hundred timelines with and without the change,
all of them, the other luck with what is run beside it (mechanism band, influence); then the change's own surprise, the
bare rules, first contacts and disputed entries.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from allohistory.questions import defaults, pieces
from allohistory.questions.arms import Progress, Runner, Stopped, beside, enough_memory
from allohistory.questions.chain import chain
from allohistory.questions.columns import Asked, Columns, asked_of
from allohistory.questions.contacts import PAIRS, contacts
from allohistory.questions.debate.judge import tested
from allohistory.questions.estimates import wilson
from allohistory.questions.flips import flip, read_otherwise, readings
from allohistory.questions.influence import cuts, influence
from allohistory.questions.question import CLOCKS, COUPLINGS, Question, workers_of
from allohistory.questions.surprise import Surprise
from allohistory.questions.weights import Weights, weights_for
from allohistory.questions.worlds import Worlds, pod_alone, read_worlds
from allohistory.results.schema import ClaimAnswer, Contact, Flip, Influence, Interval, Link, PodAnswer
from allohistory.timeline.plan import END, START, position

if TYPE_CHECKING:
    from allohistory.ensemble.gathered import Ensemble
    from allohistory.questions.answer import Answer
    from allohistory.timeline.model import Model
    from allohistory.timeline.plan import Plan

BATCH = 1000
FIRST_FIGURES = 200  # timelines with and without the change before the first figures are shown
FIRST, FRESH, SAME = "first figures", "all timelines", "the other luck"
WITH, WITHOUT, RULES = "with the change", "without the change", "nothing but the rules"
STAGES = (FIRST, FRESH, SAME)
Partly = Callable[["Answer"], None]
MOST_FOR_PRECISION = 1 << 20


@dataclass
class Work:
    """What has been run so far for one question. Arms that were not reached stay None."""

    worlds: Worlds
    runner: Runner
    asked: tuple[Asked, ...]
    started: float
    changed: Columns | None = None
    baseline: Columns | None = None
    other: Columns | None = None
    rules: Columns | None = None
    pods: tuple[PodAnswer, ...] = ()
    surprise: Surprise | None = None
    bands: dict[str, Interval] = field(default_factory=dict)
    curves: dict[str, Influence] = field(default_factory=dict)
    contacts: tuple[Contact, ...] = ()
    flips: dict[str, list[Flip]] = field(default_factory=dict)
    misfits: list[str] = field(default_factory=list)
    claims: tuple[ClaimAnswer, ...] = ()
    stopped: bool = False
    weights: Weights | None = None

    @property
    def question(self) -> Question:
        """The question being answered."""
        return self.worlds.question

    def columns(self, ensemble: Ensemble) -> Columns:
        """The columns of an ensemble, under the question's condition."""
        columns = Columns(self.worlds.model, ensemble, self.question.custom, weights=self.weights)
        return columns.where(self.question.given, self.question.without)

    def run(self, label: str, plan: Plan, count: int | None = None) -> Columns:
        """Run an arm and read it."""
        return self.columns(self.runner.run(label, plan, self.question.timelines if count is None else count))


def ask(
    question: Question,
    model: Model,
    *,
    progress: Progress | None = None,
    stop: threading.Event | None = None,
    partly: Partly | None = None,
    runner: Runner | None = None,
) -> Answer:
    """Answer a question; raises AllohistoryError before anything is run if it cannot be understood.

    progress  called with what is run, timelines finished and timelines in all
    stop      set it to end early: the answer is made of what is finished (`Stopped` where nothing is)
    partly    called with the answer so far whenever a stage is finished; `stage` says which
    runner    runs the arms; default: all of them in memory, on threads
    """
    for answer in answers(
        question, model, progress=progress, stop=stop, partly=partly is not None, runner=runner
    ):
        if answer.stage is None:
            return answer
        if partly is not None:
            partly(answer)
    raise AssertionError("the last answer is the whole one")


def answers(
    question: Question,
    model: Model,
    *,
    progress: Progress | None = None,
    stop: threading.Event | None = None,
    partly: bool = True,
    runner: Runner | None = None,
) -> Iterator[Answer]:
    """The answer as it comes: one a stage, each of more than the one before, the whole answer last."""
    started = time.monotonic()
    worlds = read_worlds(question, model)
    asked = asked_outcomes(question, model)
    if runner is None:
        enough_memory(question.timelines, len(model.outcomes))
        total = total_work(worlds)
        runner = Runner(model, workers_of(question.workers), total, progress, stop or threading.Event())
    work = Work(worlds, runner, asked, started, weights=weights_for(question, model))
    try:
        for stage in arms(work):
            if partly and not runner.stop.is_set():
                yield replace(pieces.answer_of(work), stage=stage)
        work.claims = tested(work)
    except Stopped:
        work.stopped = True
        if work.changed is None:
            raise
    work.stopped = work.stopped or runner.stop.is_set()
    yield pieces.answer_of(work)


def asked_outcomes(question: Question, model: Model) -> tuple[Asked, ...]:
    """What is asked: the question's outcomes, else the file's own, else the scenario's usual ones."""
    names = question.outcomes or tuple(one.id for one in question.custom)
    if not names:
        usual = defaults.defaults_of(model.folder).outcomes
        names = tuple(name for name in usual if name in model.book.outcomes) or tuple(model.book.outcomes)
    for condition in (question.given, question.without):
        if condition is not None:
            asked_of(condition, model, question.custom)
    return tuple(asked_of(name, model, question.custom) for name in names)


def total_work(worlds: Worlds) -> int:
    """How many timelines the whole answer runs, for the progress bar (a precision may need more)."""
    n = worlds.question.timelines
    side = beside(n)
    tests = n * sum(1 + isinstance(part.than, str) for one in worlds.question.claims for part in one.part)
    if not worlds.items:
        return tests + (n if worlds.freed == START else 2 * n)
    alone = len(worlds.pods) if len(worlds.pods) > 1 or worlds.question.do else 0
    conventions = len(COUPLINGS) * len(CLOCKS) - 1
    return (
        tests
        + 4 * n
        + 2 * min(PAIRS, n)
        + side * (1 + alone + conventions + 1 + len(cuts(worlds)) + len(readings(worlds)))
    )


def arms(work: Work) -> Iterator[str]:
    """Run every arm in the order of its use; says which stage is finished, and goes on when asked to."""
    worlds, question = work.worlds, work.question
    yield from _chosen_arms(work)
    if not worlds.items:
        if worlds.freed != START and question.luck == "fresh":
            work.rules = work.run(RULES, worlds.plan(changed=False, horizon=START))
        elif question.luck == "fresh":
            work.rules = work.changed
        return
    assert work.changed is not None
    n = len(work.changed.ensemble.timeline)
    other = worlds.freed if question.luck == "same" else END
    label = "the change with fresh luck" if question.luck == "same" else "the change with history's own luck"
    work.other = work.run(label, worlds.plan(horizon=other), n)
    _beside(work)
    yield SAME
    _surprises(work)
    work.rules = work.run(RULES, worlds.plan(changed=False, horizon=START), n)
    _contacts(work)
    _flips(work)


def _chosen_arms(work: Work) -> Iterator[str]:
    """The worlds asked for and, where something is changed, the same without it: a few of both first, then all."""
    worlds, question = work.worlds, work.question
    label, plan = WITH if worlds.items else "the worlds asked for", worlds.plan()
    without = worlds.plan(changed=False) if worlds.items else None
    if question.precision is None or work.runner.settled is not None:
        if work.runner.settled is None:
            yield from _few_first(work, label, plan, without)
        count = work.runner.settled or question.timelines
        _set(work, work.runner.rest(label, plan, _held(work.changed), count))
    else:
        _until_precise(work, label, question.precision)
    if without is not None:
        assert work.changed is not None
        n = len(work.changed.ensemble.timeline)
        work.baseline = work.columns(work.runner.rest(WITHOUT, without, _held(work.baseline), n))
    yield FRESH


def _few_first(work: Work, label: str, plan: Plan, without: Plan | None) -> Iterator[str]:
    """Enough timelines for first figures, unless all of them are at hand."""
    count = work.question.timelines
    known = work.runner.kept(plan, count)
    if known is not None or count <= FIRST_FIGURES:
        if known is not None:
            _set(work, known)
        return
    _set(work, work.runner.run(label, plan, FIRST_FIGURES, whole=False))
    if without is not None:
        held = work.runner.kept(without, count)
        held = held or work.runner.run(WITHOUT, without, FIRST_FIGURES, whole=False)
        work.baseline = work.columns(held)
    yield FIRST


def _set(work: Work, ensemble: Ensemble) -> None:
    """The worlds asked for, so far; without a change they are their own baseline."""
    work.changed = work.columns(ensemble)
    if not work.worlds.items:
        work.baseline = work.changed


def _held(columns: Columns | None) -> Ensemble | None:
    return None if columns is None else columns.ensemble


def _until_precise(work: Work, label: str, precision: float) -> None:
    """Batch after batch, until every interval is as narrow as was asked."""
    from allohistory.ensemble.gathered import join

    plan = work.worlds.plan()
    ensemble = work.runner.run(label, plan, BATCH)
    _set(work, ensemble)
    while (
        widest(work)[0] > 2.0 * precision
        and ensemble.kept.any()
        and len(ensemble.timeline) < MOST_FOR_PRECISION
        and not work.runner.stop.is_set()
    ):
        more = work.runner.run(label, plan, BATCH, first=len(ensemble.timeline))
        ensemble = join(ensemble, more)
        _set(work, ensemble)
        work.runner.total = max(work.runner.total, 4 * len(ensemble.timeline))


def widest(work: Work) -> tuple[float, str]:
    """The width of the widest chance interval asked for, and whose it is."""
    assert work.changed is not None
    found = (0.0, "")
    for one, count in shares(work.changed, work.asked):
        low, high = wilson(count, len(work.changed.draw))
        found = max(found, (high - low, one.title), key=lambda pair: pair[0])
    return found


def shares(columns: Columns, asked: tuple[Asked, ...]) -> Iterator[tuple[Asked, int]]:
    """Each share that a precision is about, as a count of timelines: of an outcome, or of one of its options."""
    for one in asked:
        column = columns.read(one)
        for shown in (
            [column.shown] if one.kind != "which" else [column.value == i for i in range(len(one.options))]
        ):
            yield one, int(shown.sum())


def _surprises(work: Work) -> None:
    """The surprise of the set, and of each point of divergence alone."""
    worlds, side = work.worlds, beside(work.question.timelines)
    work.surprise = pieces.surprise_of(worlds, work.runner, side)
    single = len(worlds.pods) == 1 and not work.question.do
    found = []
    for asked in worlds.pods:
        own = work.surprise if single else pieces.surprise_of(pod_alone(worlds, asked), work.runner, side)
        found.append(pieces.pod_answer(asked, own))
    work.pods = tuple(found)


def _beside(work: Work) -> None:
    """Same luck under every convention and with hindsight cut short, over fewer timelines, all in one pass."""
    worlds, question = work.worlds, work.question
    side, weeks = beside(question.timelines), cuts(worlds)
    standard = (question.coupling, question.clocks)
    others = [pair for pair in product(COUPLINGS, CLOCKS) if pair != standard]
    plans = [worlds.plan(horizon=END)]
    plans += [worlds.plan(horizon=END, coupling=coupling, clocks=clocks) for coupling, clocks in others]
    plans += [worlds.plan(horizon=position(week, 0)) for week in weeks]
    found = work.runner.run_together("conventions of luck, and its influence", plans, side)
    conventions = found[: 1 + len(others)]
    _bands(work, [work.columns(ensemble) for ensemble in conventions])
    cut_short = [found[0], *found[len(conventions) :]]
    everything = [Columns(worlds.model, ensemble, question.custom) for ensemble in cut_short]
    work.curves = influence(worlds, work.asked, everything[0], everything[1:], weeks)


def _bands(work: Work, conventions: list[Columns]) -> None:
    """What each convention differs by from the one asked for (the first), added to the full estimate."""
    same = work.changed if work.question.luck == "same" else work.other
    assert same is not None
    for one in work.asked:
        if one.kind in ("yes", "day"):
            full, first = _share(same, one), _share(conventions[0], one)
            moves = [_share(columns, one) - first for columns in conventions]
            work.bands[one.id] = (max(0.0, full + min(moves)), min(1.0, full + max(moves)))


def _contacts(work: Work) -> None:
    """When the change first touches what its own rules do not write: pairs of the answer's own timelines, traced."""
    with work.runner.counting("first contacts") as tell:
        work.contacts = contacts(work.worlds, pairs=min(PAIRS, work.question.timelines), tell=tell)


def _flips(work: Work) -> None:
    """The answer under each disputed entry's other reading, moved by what that reading changes in fewer timelines."""
    worlds, side = work.worlds, beside(work.question.timelines)
    tried = readings(worlds)
    if not tried or work.changed is None:
        return
    label = "disputed entries"
    few = work.columns(work.changed.ensemble.only(work.changed.ensemble.timeline < side))
    for entry, variant in tried:
        model = read_otherwise(worlds, entry, variant)
        if model is None:
            continue
        variants = {**work.question.variants, entry: variant}
        ensemble = work.runner.run(label, worlds.plan(), side, model=model, variants=variants)
        columns = work.columns(ensemble)
        if not ensemble.kept.any():
            work.misfits.append(f"{entry}={variant}")
        for one in work.asked:
            if one.kind in ("yes", "day") and len(columns.draw):
                found = flip(f"{entry}={variant}", _share(work.changed, one), columns, few, one, len(tried))
                work.flips.setdefault(one.id, []).extend([] if found is None else [found])


def _share(columns: Columns, asked: Asked) -> float:
    shown = columns.read(asked).shown
    return float(np.average(shown, weights=columns.weight)) if len(shown) else 0.0


def opening_links(work: Work) -> tuple[Link, ...]:
    """The first links of the chain: the points of divergence themselves."""
    return tuple(
        Link(
            "",
            pod.id,
            pod.title,
            pod.date,
            None if pod.surprise_bits is None else 2.0**-pod.surprise_bits,
            "",
            0,
        )
        for pod in work.pods
    )


def chain_of(work: Work) -> tuple[Link, ...]:
    """The whole chain, over the changed worlds."""
    assert work.changed is not None
    ways = defaults.defaults_of(work.worlds.model.folder).ways
    return chain(work.changed, ways, opening_links(work))


def seconds_of(work: Work) -> float:
    """Wall-clock seconds since the question was put."""
    return round(time.monotonic() - work.started, 3)


def first_true(columns: Columns, asked: Asked, count: int) -> list[int]:
    """The first timelines that show an outcome; the first of all where none does."""
    shown = columns.timeline[columns.read(asked).shown]
    return [int(timeline) for timeline in (shown if len(shown) else columns.timeline)[:count]]


def distinct_draws(columns: Columns) -> int:
    """How many parameter draws have timelines."""
    return len(np.unique(columns.draw))
