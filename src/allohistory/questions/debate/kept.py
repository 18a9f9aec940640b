"""The debate judged, and what came of it kept: with the model that it was made of, so that none passes for another's.

    kept(model)                 the best that is kept of each claim: this model's if there is one
    judged(model, claims, ...)  all of them judged anew, each world run once
    keep(...)                   into the user's own folder; `ship` into the package (a tool does that)

Verdicts of other parts than the table now has are no verdicts of its claims: they are left out.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allohistory.errors import AllohistoryError
from allohistory.questions.arms import Progress, Runner, Stopped
from allohistory.questions.debate.judge import Judge
from allohistory.questions.debate.table import Claim, folder_of
from allohistory.questions.question import Question, workers_of
from allohistory.results.files import canonical, write_whole
from allohistory.results.home import folder
from allohistory.results.schema import ClaimAnswer, ClaimPartAnswer, Difference, HangsOn, plain
from allohistory.timeline.plan import START, Plan
from allohistory.version import VERSION

if TYPE_CHECKING:
    from allohistory.book.what_if import OwnClaim
    from allohistory.timeline.model import Model

FILE = "claims.json"
TIMELINES = 3000  # of each world that is changed
FREE = 20_000  # of free luck, which conditions thin out most and many claims share
NOT_TESTABLE = "not testable"
NOT_JUDGED = "not judged yet"


@dataclass(frozen=True)
class Made:
    """What a verdict was made of: the model, and how many timelines of each world."""

    version: str
    model: str
    seed: int
    timelines: int
    free: int


@dataclass(frozen=True)
class Judged(ClaimAnswer):
    """A claim of the debate as it was judged.

    made     what the verdict was made of; None where there is none
    current  whether that is the present model
    reading, narrower, not_testable  as in the table
    """

    made: Made | None = None
    current: bool = False
    reading: str = ""
    narrower: str = ""
    not_testable: str = ""


def judged(
    model: Model,
    claims: Iterable[Claim],
    *,
    timelines: int | None = None,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
    stop: threading.Event | None = None,
    tell: Callable[[Judged], None] | None = None,
) -> tuple[Judged, ...]:
    """Judge claims of the table; every world that several need is run once. A stop ends it after the claims finished.

    timelines  of each changed world; free luck gets more, in proportion
    tell       called with each claim as it is judged
    """
    wanted = list(claims)
    question = Question(scenario=model.name, timelines=timelines or TIMELINES, seed=seed)
    made = Made(VERSION, model.digest[:16], seed, question.timelines, free_of(question.timelines))
    runner = Runner(model, workers_of(workers), 0, progress, stop or threading.Event())
    judge = Judge(question, model, lambda plan: runner.run("the debate", plan, count_of(plan, made)))
    runner.total = sum(count_of(plan, made) for plan in plans_of(judge, wanted))
    found: list[Judged] = []
    with suppress(Stopped):
        for one in wanted:
            found.append(with_words(judge.claim(one), one, made, current=True))
            if runner.stop.is_set():
                found.pop()  # its last world may have been cut short
                break
            if tell is not None:
                tell(found[-1])
    return tuple(found)


def free_of(timelines: int) -> int:
    """How many timelines of free luck go with so many of each changed world."""
    return max(1, timelines * FREE // TIMELINES)


def count_of(plan: Plan, made: Made) -> int:
    """How many timelines a world gets."""
    return made.free if plan.horizon == START and not plan.items else made.timelines


def plans_of(judge: Judge, claims: Sequence[OwnClaim]) -> set[Plan]:
    """The worlds that claims need, each once."""
    return {
        plan
        for claim in claims
        for part in claim.part
        for _, _, plan in judge.plans(judge.quantities(part, claim.id))
    }


def with_words(answer: ClaimAnswer, claim: Claim, made: Made | None, *, current: bool) -> Judged:
    """The verdict beside what the table says of the claim; a claim without parts is not testable."""
    own = {item.name: getattr(answer, item.name) for item in fields(ClaimAnswer)}
    if claim.not_testable:
        own.update(verdict=NOT_TESTABLE, probability=None)
        made, current = None, True
    return Judged(
        **own,
        made=made,
        current=current,
        reading=claim.reading,
        narrower=claim.narrower,
        not_testable=claim.not_testable,
    )


# ---------------------------------------------------------------- kept


def kept(model: Model, claims: Mapping[str, Claim]) -> tuple[Judged, ...]:
    """What is kept of each claim: the present model's verdict before an old one's; `not judged yet` where none is."""
    files = [place for place in (own_place(model.name), shipped(model.name)) if place is not None]
    tables = [read(path) for path in files]
    now = model.digest[:16]
    found = []
    for id, claim in claims.items():
        held = [table[id] for table in tables if id in table and parts_of(table[id][0]) == asked_parts(claim)]
        held.sort(key=lambda one: one[1].model != now)
        blank = ClaimAnswer(id, claim.says, claim.source, NOT_JUDGED, None, ())
        answer, made = held[0] if held else (blank, None)
        answer = replace(answer, says=claim.says, source=claim.source)
        found.append(with_words(answer, claim, made, current=made is not None and made.model == now))
    return tuple(found)


def asked_parts(claim: OwnClaim) -> list[tuple[object, ...]]:
    """What makes a verdict this claim's: its inequalities."""
    return [(part.quantity, part.relation, part.than, part.margin) for part in claim.part]


def parts_of(answer: ClaimAnswer) -> list[tuple[object, ...]]:
    """The same of an answer."""
    return [(part.quantity, part.relation, part.than, part.margin) for part in answer.parts]


def keep(model: Model, answers: Iterable[Judged]) -> Path | None:
    """Keep verdicts in the user's own folder, over those that are there; None where nothing can be written."""
    place = own_place(model.name)
    if place is None:
        return None
    try:
        write_whole(place, as_text(model.name, {**rows_of(place), **as_rows(answers)}))
    except AllohistoryError:
        return None
    return place


def ship(model: Model, answers: Iterable[Judged]) -> Path:
    """Write verdicts into the package, in place of those that came with it."""
    place = shipped(model.name)
    write_whole(place, as_text(model.name, as_rows(answers)))
    return place


def own_place(name: str) -> Path | None:
    """Where a user's own verdicts are kept."""
    place = folder("kept")
    return None if place is None else place / f"claims-{name}.json"


def shipped(name: str) -> Path:
    """Where the verdicts that come with the package are."""
    return folder_of(name) / FILE


def as_rows(answers: Iterable[Judged]) -> dict[str, dict[str, Any]]:
    """Verdicts as JSON holds them; those without a judgement are left out."""
    rows = {}
    for one in answers:
        if one.made is not None:
            row = {item.name: plain(getattr(one, item.name)) for item in fields(ClaimAnswer)}
            rows[one.id] = {**row, "made": asdict(one.made)}
    return rows


def as_text(name: str, rows: Mapping[str, Any]) -> bytes:
    """The kept file."""
    return canonical({"format": 1, "scenario": name, "claims": list(rows.values())}, indent=1).encode()


def rows_of(path: Path) -> dict[str, dict[str, Any]]:
    """The rows of a kept file by id; none where there is no file, or none that can be read."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return {row["id"]: row for row in held["claims"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def read(path: Path) -> dict[str, tuple[ClaimAnswer, Made]]:
    """Kept verdicts by id; a row that cannot be read is as good as none."""
    found = {}
    for id, row in rows_of(path).items():
        with suppress(KeyError, TypeError, ValueError):
            found[id] = (_answer(row), Made(**row["made"]))
    return found


def _answer(row: Mapping[str, Any]) -> ClaimAnswer:
    held = {item.name: row[item.name] for item in fields(ClaimAnswer)}
    held["parts"] = tuple(_part(part) for part in row["parts"])
    held["hangs_on"] = tuple(HangsOn(**one) for one in row["hangs_on"])
    return ClaimAnswer(**held)


def _part(row: Mapping[str, Any]) -> ClaimPartAnswer:
    held = dict(row)
    for name in ("chance_interval", "ignorance_interval", "than_interval"):
        held[name] = None if row[name] is None else tuple(row[name])
    if row["difference"] is not None:
        held["difference"] = Difference(
            row["difference"]["value"], tuple(row["difference"]["chance_interval"])
        )
    return ClaimPartAnswer(**held)
