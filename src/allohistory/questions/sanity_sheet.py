"""The sanity sheet as one table: every line's figure beside its range, from free running and from the wars.

The figures are those of `check free-running` and `check sense`; this module puts them in the sheet's order, with what
the rules have no figure for (`sheet.toml`) and a word on each that is outside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from allohistory.book.rows import Key, Keys, read_file, read_values, text, whole
from allohistory.errors import AllohistoryError
from allohistory.questions.free_running import Line, free_running
from allohistory.questions.sense import sense
from allohistory.results.schema import Interval

if TYPE_CHECKING:
    from allohistory.questions.sense_figures import Found
    from allohistory.timeline.model import Model

FILE = "sheet.toml"
TIMELINES = 1000
FEW = 10  # cases below which a figure is not judged
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Unread:
    """Something that the sheet asks and the rules have no figure for."""

    sheet: int
    says: str
    expected: str
    word: str


@dataclass(frozen=True)
class SheetLine:
    """One figure of the sheet.

    sheet     its number; 0 for expectations that the sheet does not have
    unit      share, or what the figure counts
    value     None where nothing could show it, or a median beyond all that was run; interval 95 %, for chance; n:
              what it rests on
    expected  in words, where the rules have no figure; met: None there, and where too few could show it
    source    the check that gives it
    """

    sheet: int
    id: str
    says: str
    unit: str
    value: float | None
    interval: Interval | None
    n: int
    expect: float | None
    low: float | None
    high: float | None
    expected: str
    mark: str
    met: bool | None
    word: str
    source: str

    @property
    def off(self) -> bool:
        """Does a figure lie outside its range?"""
        return self.met is False

    @property
    def few(self) -> bool:
        """Do too few cases show it for the figure to say anything?"""
        return self.low is not None and self.n < FEW

    @property
    def within_chance(self) -> bool:
        """Outside, but with an interval that reaches into the range."""
        if self.interval is None or self.low is None or self.high is None:
            return False
        return self.off and self.interval[0] <= self.high and self.interval[1] >= self.low


@dataclass(frozen=True)
class SanitySheet:
    """All lines, by number, those without one last; subjects: what each number is about."""

    subjects: Mapping[int, str]
    lines: tuple[SheetLine, ...]

    @property
    def without_word(self) -> tuple[str, ...]:
        """Ids of the lines that are off and have no word yet."""
        return tuple(one.id for one in self.lines if one.off and not one.word)


_SUBJECT: Keys = {"number": Key(whole), "says": Key(text)}
_UNREAD: Keys = {"sheet": Key(whole), "says": Key(text), "expected": Key(text), "word": Key(text)}


def subjects_of(folder: Path) -> tuple[dict[int, str], tuple[Unread, ...]]:
    """What each number is about, and what the rules have no figure for; raises AllohistoryError for a mistake."""
    path = folder / "book" / FILE
    if not path.is_file():
        raise AllohistoryError("check sheet", f"this scenario has no {FILE}", given=FILE, status=404)
    subjects: dict[int, str] = {}
    unread = []
    for raw in read_file(path, FILE, ("subject", "unread")):
        if raw.table == "unread":
            unread.append(Unread(**read_values(raw.values, _UNREAD, raw.where, "what is not read")))
            continue
        values = read_values(raw.values, _SUBJECT, raw.where, "a subject")
        if values["number"] in subjects:
            raise AllohistoryError(
                raw.where, f"number {values['number']} stands here twice", given=values["number"]
            )
        subjects[values["number"]] = values["says"]
    return subjects, tuple(unread)


def sanity_sheet(
    model: Model,
    *,
    timelines: int = TIMELINES,
    seed: int = 1,
    workers: int | None = None,
    tell: Tell | None = None,
) -> SanitySheet:
    """Run both checks and put their lines in the sheet's order. timelines: of each world, and of wars a year."""
    subjects, unread = subjects_of(model.folder)
    free = free_running(model, timelines=timelines, seed=seed, workers=workers, tell=tell)
    wars = sense(model, timelines=timelines, seed=seed, workers=workers, tell=tell)
    return put_together(subjects, unread, free, wars.lines)


def put_together(
    subjects: Mapping[int, str], unread: Sequence[Unread], free: Sequence[Line], wars: Sequence[Found]
) -> SanitySheet:
    """Every line under its number; a number without a subject is a mistake of the book."""
    lines = [
        *(_of_free(one) for one in free),
        *(_of_wars(one) for one in wars),
        *(_of_unread(one) for one in unread),
    ]
    for line in lines:
        if line.sheet and line.sheet not in subjects:
            raise AllohistoryError(
                FILE, f"number {line.sheet} has no subject", given=line.sheet, closest=line.id
            )
    lines.sort(key=lambda line: (line.sheet == 0, line.sheet))
    return SanitySheet(subjects, tuple(lines))


def _of_free(one: Line) -> SheetLine:
    row = one.expectation
    counted = row.measure.kind in ("per-year", "middle")
    unit = "ratio" if row.over is not None else "number" if counted else "share"
    met = None if one.value is None or one.n < FEW else one.met
    interval = None if one.value is None else one.interval
    return SheetLine(
        row.sheet or 0, row.id, row.says, unit, one.value, interval, one.n, row.value, row.low, row.high, "",
        row.mark, met, row.word, "check free-running",
    )  # fmt: skip


def _of_wars(one: Found) -> SheetLine:
    row = one.line
    return SheetLine(
        row.sheet, row.id, row.says, row.unit, one.value, one.interval, one.n, row.value, row.low, row.high, "",
        row.mark, one.met if one.n >= FEW else None, row.word, "check sense",
    )  # fmt: skip


def _of_unread(one: Unread) -> SheetLine:
    return SheetLine(
        one.sheet, "", one.says, "", None, None, 0, None, None, None, one.expected, "", None, one.word, ""
    )
