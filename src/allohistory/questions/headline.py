"""The headline question: by which roads does the scenario's chief outcome come about, and how likely is each?

What is asked stands in the scenario's `telling.toml`: the outcome, the lines of the first table (the roads), the worlds
that each is told apart by (with America, without), what else is shown of a change, and the chief points of divergence.
First the bare rules; then each change by itself, all with the same timelines and draws, so that rows differ by the
change and not by luck.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allohistory.questions.arms import Runner, Stopped
from allohistory.questions.chain import chain
from allohistory.questions.columns import Columns, asked_of
from allohistory.questions.defaults import Defaults, Line, defaults_of
from allohistory.questions.estimates import estimate, paired_difference
from allohistory.questions.pieces import silenced, surprise_in
from allohistory.questions.question import Question, workers_of
from allohistory.questions.warn import first_aside
from allohistory.questions.worlds import Worlds, read_worlds
from allohistory.results.schema import Difference, Estimate, Link
from allohistory.timeline.plan import START

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

Progress = Callable[[str, int, int], None]
TIMELINES = 1000
FREE = 4  # the bare rules are asked over so many times as many timelines as a change


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
    worlds: tuple[Estimate, ...]
    also: tuple[Estimate, ...]
    road: str | None
    road_share: float | None


@dataclass(frozen=True)
class RoadLine:
    """One line of the first table: how often, in all timelines and in each of the worlds told apart."""

    title: str
    whole: Estimate
    worlds: tuple[Estimate, ...]


@dataclass(frozen=True)
class Headline:
    """The whole answer: the bare rules by road, every way link by link, and a row a point of divergence."""

    title: str
    outcome: str
    definition: str
    rules_only: Estimate
    free_timelines: int
    lines: tuple[RoadLine, ...]
    worlds: tuple[Line, ...]
    world_shares: tuple[float, ...]
    also: tuple[Line, ...]
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
    calibrated: bool


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
    work = timelines * (FREE + 3 * len(pods))
    runner = Runner(model, workers_of(workers), work, progress, stop or threading.Event())
    asked = asked_of(defaults.headline_outcome or next(iter(model.book.outcomes)), model)
    bare = read_worlds(question, model)
    free = Columns(
        model, runner.run("nothing but the rules", bare.plan(changed=False, horizon=START), FREE * timelines)
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
        free_timelines=len(free.draw),
        lines=tuple(_line(free, line, defaults.headline_worlds) for line in defaults.headline_lines),
        worlds=defaults.headline_worlds,
        world_shares=tuple(float(free.truth(world.expression).mean()) for world in defaults.headline_worlds),
        also=defaults.headline_also,
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
        calibrated=bool(model.draws.basis),
    )


def _line(columns: Columns, line: Line, worlds: tuple[Line, ...]) -> RoadLine:
    """One road among all timelines, and among those of each world."""
    return RoadLine(line.title, _share(columns, line.expression), _apart(columns, line.expression, worlds))


def _share(columns: Columns, expression: str) -> Estimate:
    return estimate(columns.truth(expression), columns.draw)


def _apart(columns: Columns, expression: str, worlds: tuple[Line, ...]) -> tuple[Estimate, ...]:
    """How often it comes in each of the worlds told apart."""
    return tuple(_share(columns.where(world.expression, None), expression) for world in worlds)


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
        worlds.plan(horizon=worlds.first),
    ]
    found = runner.run_together(pod.pod.id, plans, n)
    changed, baseline = (Columns(model, ensemble) for ensemble in found[:2])
    own = surprise_in(worlds, found[2], silenced(worlds, runner, n))
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
        worlds=_apart(changed, asked.id, defaults.headline_worlds),
        also=tuple(_share(changed, line.expression) for line in defaults.headline_also),
        road=road,
        road_share=share,
    )


def _commonest_road(columns: Columns, outcome: str, defaults: Defaults) -> tuple[str | None, float | None]:
    """The road by which the outcome most often came, and its share, where the scenario names one to tell."""
    if defaults.headline_road is None:
        return None, None
    shown = columns.read(asked_of(outcome, columns.model)).shown
    road = asked_of(defaults.headline_road, columns.model)
    value = columns.read(road).value[shown]
    if len(value) == 0:
        return None, None
    counts = {name: int((value == place).sum()) for place, name in enumerate(road.options)}
    name = max(counts, key=lambda one: counts[one])
    titles = {way.id: way.title for way in defaults.ways}
    return titles.get(name, name.replace("-", " ")), counts[name] / len(value)
