"""From what is wanted to what was found: reads the question, sets the search up, runs it, puts the answer together."""

from __future__ import annotations

import shlex
import threading
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from allohistory.errors import AllohistoryError
from allohistory.questions.addresses import address_of
from allohistory.questions.arms import Stopped
from allohistory.questions.columns import Asked, asked_of
from allohistory.questions.estimates import Z90, estimate
from allohistory.questions.question import MOST_SEED, workers_of
from allohistory.questions.search.answer import Fallen, FrontLine, SearchAnswer, Tried
from allohistory.questions.search.field import Run, ScenarioField
from allohistory.questions.search.front import OnFront
from allohistory.questions.search.grow import grower
from allohistory.questions.search.race import Known
from allohistory.questions.search.search import NEW_LUCK, Search, Sight, Wanted, Watcher, run_search
from allohistory.questions.search.sets import MOST_PODS, Sets
from allohistory.questions.search.tally import Apart, PodSet
from allohistory.questions.search.unprompted import TIMELINES, Unprompted, unprompted
from allohistory.questions.worlds import read_worlds
from allohistory.results.schema import Difference, Estimate, Head, PodAnswer
from allohistory.version import VERSION

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

EXAMPLES = 3
SECONDS_A_MINUTE = 60.0


def find(
    wanted: Wanted, model: Model, *, watcher: Watcher | None = None, stop: threading.Event | None = None
) -> SearchAnswer:
    """Search; raises AllohistoryError before anything is run where the question cannot be understood.

    watcher  told of the front whenever it may have moved
    stop     set it to end early: the answer is made of what is finished (`Stopped` where nothing is)
    """
    started = time.monotonic()
    asked = checked(wanted, model)
    stop = stop or threading.Event()
    clock = _alarm(wanted.minutes, stop)
    run = Run(workers_of(wanted.question.workers), stop)
    old = Sets(model, wanted.question, wanted.judged, wanted.among)
    seed = (wanted.question.seed + NEW_LUCK) % (MOST_SEED + 1)
    new = Sets(model, wanted.question.but(seed=seed), wanted.judged, wanted.among)
    search = Search(
        old=Known(ScenarioField(old, run)),
        new=Known(ScenarioField(new, run)),
        singles=old.singles(),
        most_bits=wanted.most_bits,
        new_timelines=wanted.new_timelines,
        freed=lambda name: _freed(old, name),
    )
    way: Unprompted | None = None
    try:
        _tell(search, run, watcher, started)
        finished = run_search(search, wanted.largest, grower(old, wanted.largest, wanted.question.seed))
        if finished:
            search.show("the way with nothing changed")
            way = _way(wanted, model, asked, run.workers)
    finally:
        if clock is not None:
            clock.cancel()
    if not search.old.seen:
        raise Stopped("search")
    return _answer(wanted, search, asked, way, run, started, finished)


def checked(wanted: Wanted, model: Model) -> Asked:
    """The outcome, if all that is wanted can be had."""
    if not 1 <= wanted.largest <= MOST_PODS:
        near = str(min(max(wanted.largest, 1), MOST_PODS))
        problem = f"{wanted.largest} is not a size of sets from 1 to {MOST_PODS}"
        raise AllohistoryError("--largest", problem, given=wanted.largest, closest=near)
    if wanted.minutes is not None and wanted.minutes <= 0.0:
        raise AllohistoryError(
            "--minutes", f"{wanted.minutes:g} is no time at all", given=wanted.minutes, closest="10"
        )
    asked = asked_of(wanted.question.outcomes[0], model)
    if asked.kind in ("which", "amount"):
        example = f"{asked.id}={asked.options[0]}" if asked.options else f"{asked.id}>0"
        problem = f"{asked.id} is no yes or no: a search needs something that holds or does not"
        raise AllohistoryError("--outcome", problem, given=asked.id, closest=example)
    for option, condition in (("--given", wanted.question.given), ("--without", wanted.question.without)):
        if condition is not None:
            asked_of(condition, model, where=option)
    return asked


def _alarm(minutes: float | None, stop: threading.Event) -> threading.Timer | None:
    """Sets `stop` when the time is up."""
    if minutes is None:
        return None
    timer = threading.Timer(minutes * SECONDS_A_MINUTE, stop.set)
    timer.daemon = True
    timer.start()
    return timer


def _freed(sets: Sets, name: str) -> int:
    worlds = sets.worlds((name,))
    return 0 if worlds is None else worlds.freed


def _way(wanted: Wanted, model: Model, asked: Asked, workers: int) -> Unprompted:
    """The least surprising way, on the luck that was searched."""
    worlds = read_worlds(wanted.question, model)
    return unprompted(worlds, asked, timelines=TIMELINES, workers=workers)


def _tell(search: Search, run: Run, watcher: Watcher | None, started: float) -> None:
    """Show the front whenever something was run."""
    doing = ["single divergences"]

    def show(what: str | None = None) -> None:
        if what is not None:
            doing[0] = what
        if watcher is not None:
            seconds = time.monotonic() - started
            watcher(Sight(doing[0], search.front_so_far(), len(search.old.seen), run.timelines, seconds))

    search.show = show
    search.old.told = show
    search.new.told = show


# ---------------------------------------------------------------- putting the answer together


def _answer(
    wanted: Wanted,
    search: Search,
    asked: Asked,
    way: Unprompted | None,
    run: Run,
    started: float,
    finished: bool,
) -> SearchAnswer:
    field = search.old.ground
    assert isinstance(field, ScenarioField)
    sets, question = field.sets, wanted.question
    decided = search.decided
    if decided is not None:
        front = tuple(_line(search, one, z=Z90) for one in decided.front)
        fallen = tuple(_fallen(search, names, why) for names, why in decided.fallen.items())
    else:
        seen = [OnFront(names, None, {}) for names, *_ in search.front_so_far()]
        front, fallen = tuple(_line(search, one, z=Z90) for one in seen), ()
    head = Head(
        command="search",
        scenario=sets.model.name,
        version=VERSION,
        model=sets.model.digest[:16],
        question={
            **question.as_json(),
            "largest": wanted.largest,
            "judged": wanted.judged,
            "among": list(wanted.among),
            "most_bits": wanted.most_bits,
            "minutes": wanted.minutes,
            "timelines": wanted.new_timelines,
        },
        timelines=wanted.new_timelines,
        seed=question.seed,
        luck=question.luck,
        seconds=round(time.monotonic() - started, 3),
        again=again(wanted),
        warnings=tuple(_warnings(wanted, search, sets, front, finished)),
    )
    return SearchAnswer(
        head=head,
        restated=_restated(wanted, asked),
        outcome=asked.id,
        title=asked.title,
        definition=asked.definition,
        front=front,
        fallen=fallen,
        tried=_tried(wanted, search, run),
        unprompted=way,
        stopped=not finished,
        aside=run.aside,
    )


def _line(search: Search, one: OnFront, z: float) -> FrontLine:
    on_new = one.names in search.new.seen and search.decided is not None
    known = search.new if on_new else search.old
    field = known.ground
    assert isinstance(field, ScenarioField)
    bits, seen = known.bits[one.names], known.seen[one.names]
    first = [int(i) for i in (seen.shown & seen.counted).nonzero()[0][:EXAMPLES]]
    worlds = field.sets.worlds(one.names)
    assert worlds is not None
    return FrontLine(
        pods=tuple(_pod(search, field, name) for name in one.names),
        surprise_bits=bits.value,
        surprise_interval=(max(0.0, bits.value - z * bits.error), bits.value + z * bits.error),
        estimate=_estimate(search.old, one.names),
        again_on_new_luck=_estimate(search.new, one.names) if on_new else None,
        above=None if one.above is None else _difference(one.above, z),
        needs={name: _difference(gap, z) for name, gap in one.needs.items()},
        address_example=tuple(address_of(worlds, i) for i in first),
    )


def _pod(search: Search, field: ScenarioField, name: str) -> PodAnswer:
    pod, worlds = field.sets.pod(name), field.sets.worlds((name,))
    assert worlds is not None
    judged = pod.judged_bits
    shown = None if judged is None else {"low": judged.low, "high": judged.high, "because": judged.because}
    own = search.old.bits.get((name,))
    bits = None if own is None or field.sets.outside(name) else own.value
    return PodAnswer(name, pod.title, worlds.pods[0].date.isoformat(), bits, shown)


def _estimate(known: Known, names: PodSet) -> Estimate:
    """Shown among counted, with both intervals."""
    seen = known.seen[names]
    field = known.ground
    assert isinstance(field, ScenarioField)
    draws = field.sets.question.draws
    numbers = seen.counted.nonzero()[0]
    return estimate(seen.shown[seen.counted], numbers % draws)


def _difference(gap: Apart, z: float) -> Difference:
    return Difference(gap.value, gap.interval(z))


def _fallen(search: Search, names: PodSet, why: str) -> Fallen:
    bits = search.new.bits[names].value
    return Fallen(names, bits, _estimate(search.old, names), _estimate(search.new, names), why)


def _tried(wanted: Wanted, search: Search, run: Run) -> Tried:
    sizes: dict[str, int] = {}
    for names in search.old.seen:
        sizes[str(len(names))] = sizes.get(str(len(names)), 0) + 1
    decided = search.decided
    field = search.new.ground
    assert isinstance(field, ScenarioField)
    return Tried(
        sets=len(search.old.seen),
        by_size=sizes,
        clashing=search.clashing,
        timelines=run.timelines,
        on_new_luck=len(search.new.seen),
        new_timelines=wanted.new_timelines,
        new_seed=field.sets.question.seed,
        comparisons=0 if decided is None else decided.tests,
        standard_errors=0.0 if decided is None else decided.z,
        optimiser=search.optimiser,
    )


def _restated(wanted: Wanted, asked: Asked) -> tuple[str, ...]:
    """The question in plain words."""
    question = wanted.question
    words = [f"What would it take for this: {asked.title}? {asked.definition}"]
    if question.given:
        words.append(f"Only timelines in which this holds count: {question.given}.")
    if question.without:
        words.append(f"Only timelines in which this does not hold count: {question.without}.")
    size = "one divergence" if wanted.largest == 1 else f"one to {wanted.largest} divergences"
    words.append(
        f"Sets of {size} of the catalogue are imposed on our history; luck is fresh from just after the last of them. "
        "A set is on the front if, on luck the search had not seen, it makes this likelier beyond error than every "
        "less surprising set of the front, and than the same worlds without any one of its members."
    )
    return tuple(words)


def _warnings(
    wanted: Wanted, search: Search, sets: Sets, front: tuple[FrontLine, ...], finished: bool
) -> list[str]:
    found = []
    if not finished:
        found.append("the search was stopped before its end: sets not yet tried may be better")
    if search.decided is None:
        found.append("nothing was run again on new luck yet: these shares are those of the luckiest")
    left = sets.left_out()
    if left:
        found.append(
            f"{len(left)} divergences change the state and have no chance by the rules; --judged tries them"
        )
    if any(pod.judged for line in front for pod in line.pods if pod.surprise_bits is None):
        found.append("a set of the front counts with judged bits")
    thin = [line for line in front if line.chosen.n < wanted.new_timelines // 10]
    if thin:
        found.append(
            f"the condition holds in few timelines: in {min(line.chosen.n for line in thin)} for one set"
        )
    return found


def again(wanted: Wanted) -> str:
    """The command that searches once more."""
    from allohistory.questions.question import DEFAULT_DRAWS, DEFAULT_SCENARIO

    question = wanted.question
    words = ["allohistory", "search", "--outcome", question.outcomes[0]]
    standard = Wanted(question)
    options: Mapping[str, tuple[object, object]] = {
        "--scenario": (question.scenario, DEFAULT_SCENARIO),
        "--given": (question.given, None),
        "--without": (question.without, None),
        "--largest": (wanted.largest, standard.largest),
        "--timelines": (wanted.new_timelines, standard.new_timelines),
        "--bits": (wanted.most_bits, standard.most_bits),
        "--minutes": (wanted.minutes, None),
        "--draws": (question.draws, DEFAULT_DRAWS),
        "--seed": (question.seed, 1),
    }
    for option, (value, usual) in options.items():
        if value != usual:
            words += [option, f"{value:g}" if isinstance(value, float) else str(value)]
    for name in wanted.among:
        words += ["--among", name]
    return shlex.join(words + (["--judged"] if wanted.judged else []))
