"""The headline question: how could it have become a war, and how improbable is each way?

Each chief point of divergence is asked by itself, all with the same timelines and draws, so that rows differ by the
change and not by luck. The ways of the scenario's `telling.toml` say how the wars came.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allohistory.questions.arms import Runner, Stopped
from allohistory.questions.chain import chain
from allohistory.questions.columns import Columns, asked_of
from allohistory.questions.defaults import Defaults, defaults_of
from allohistory.questions.estimates import estimate, paired_difference
from allohistory.questions.pieces import silenced, surprise_in
from allohistory.questions.question import Question, workers_of
from allohistory.questions.warn import first_aside
from allohistory.questions.worlds import Worlds, read_worlds
from allohistory.results.schema import Difference, Estimate, Link
from allohistory.timeline.plan import END, START

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

Progress = Callable[[str, int, int], None]
TIMELINES = 500


@dataclass(frozen=True)
class Row:
    """One point of divergence: its surprise, and what follows from it."""

    id: str
    title: str
    date: str
    surprise_bits: float | None
    judged: tuple[float, float] | None
    chosen: Estimate
    baseline: Estimate
    difference: Difference
    same_luck: Estimate
    road: str | None
    road_share: float | None


@dataclass(frozen=True)
class Headline:
    """The whole answer: the bare rules, every way to war link by link, and a row a point of divergence."""

    title: str
    outcome: str
    definition: str
    rules_only: Estimate
    links: tuple[Link, ...]
    ways: tuple[tuple[str, str, float], ...]
    rows: tuple[Row, ...]
    timelines: int
    seed: int
    seconds: float
    aside: int
    first_aside: str
    run: int
    stopped: bool
    note: str | None


def chief_pods(model: Model, defaults: Defaults) -> tuple[str, ...]:
    """The points of divergence of the headline question: those named, else all of the catalogue."""
    named = tuple(id for id in defaults.headline_pods if id in model.book.pods)
    return named or tuple(model.book.pods)


def headline(
    model: Model,
    *,
    timelines: int = TIMELINES,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
    stop: threading.Event | None = None,
) -> Headline:
    """Answer the headline question; a stop leaves out the rows that were not reached."""
    import time

    started = time.monotonic()
    defaults = defaults_of(model.folder)
    question = Question(scenario=model.name, timelines=timelines, seed=seed, workers=workers)
    pods = chief_pods(model, defaults)
    work = timelines * (1 + 4 * len(pods))
    runner = Runner(model, workers_of(workers), work, progress, stop or threading.Event())
    asked = asked_of(defaults.headline_outcome or next(iter(model.book.outcomes)), model)
    bare = read_worlds(question, model)
    free = Columns(
        model, runner.run("nothing but the rules", bare.plan(changed=False, horizon=START), timelines)
    )
    rows = []
    stopped, first = False, _first_aside(bare, runner)
    for id in pods:
        worlds = read_worlds(question.but(pods=(id,)), model)
        try:
            rows.append(_row(worlds, runner, defaults))
            first = first or _first_aside(worlds, runner)
        except Stopped:
            stopped = True
            break
    column = free.read(asked)
    links = chain(free, defaults.ways)
    return Headline(
        title=defaults.headline_title,
        outcome=asked.title,
        definition=asked.definition,
        rules_only=estimate(column.shown, free.draw),
        links=links,
        ways=tuple((way.id, way.title, _whole(links, way.id)) for way in defaults.ways),
        rows=tuple(sorted(rows, key=lambda row: -(row.chosen.probability or 0.0))),
        timelines=timelines,
        seed=seed,
        seconds=round(time.monotonic() - started, 1),
        aside=runner.aside,
        first_aside=first,
        run=runner.run_so_far,
        stopped=stopped or runner.stop.is_set(),
        note=defaults.note,
    )


def _first_aside(worlds: Worlds, runner: Runner) -> str:
    """Why the first world so far was set aside, with the command that shows it; nothing where none was."""
    return first_aside(worlds, runner.first_aside) if runner.first_aside is not None else ""


def _whole(links: tuple[Link, ...], way: str) -> float:
    """The chance that a whole way is walked: its links multiplied."""
    share = 1.0
    for link in links:
        if link.way == way:
            share *= link.probability or 0.0
    return share


def _row(worlds: Worlds, runner: Runner, defaults: Defaults) -> Row:
    model, n = worlds.model, worlds.question.timelines
    asked = asked_of(defaults.headline_outcome, model)
    pod = worlds.pods[0]
    plans = [
        worlds.plan(),
        worlds.plan(changed=False),
        worlds.plan(horizon=END),
        worlds.plan(horizon=worlds.first),
    ]
    found = runner.run_together(pod.pod.id, plans, n)
    changed, baseline, same = (Columns(model, ensemble) for ensemble in found[:3])
    own = surprise_in(worlds, found[3], silenced(worlds, runner, n))
    road, share = _commonest_road(changed, asked.id, defaults)
    judged = pod.pod.judged_bits
    shown, base = changed.read(asked).shown, baseline.read(asked).shown
    both = min(len(shown), len(base))
    return Row(
        id=pod.pod.id,
        title=pod.pod.title,
        date=pod.date.isoformat(),
        surprise_bits=own.bits,
        judged=None if judged is None else (judged.low, judged.high),
        chosen=estimate(shown, changed.draw),
        baseline=estimate(base, baseline.draw),
        difference=paired_difference(shown[:both], base[:both]),
        same_luck=estimate(same.read(asked).shown, same.draw),
        road=road,
        road_share=share,
    )


def _commonest_road(columns: Columns, outcome: str, defaults: Defaults) -> tuple[str | None, float | None]:
    """The way by which most of the wars came, and its share among them."""
    if defaults.headline_road is None:
        return None, None
    road = asked_of(defaults.headline_road, columns.model)
    shown = columns.read(asked_of(outcome, columns.model)).shown
    value = columns.read(road).value[shown]
    if len(value) == 0:
        return None, None
    counts = {name: int((value == place).sum()) for place, name in enumerate(road.options)}
    name = max(counts, key=lambda one: counts[one])
    titles = {way.id: way.title for way in defaults.ways}
    return titles.get(name, name), counts[name] / len(value)
