"""Do wars make sense? Every line of the sense sheet, and the course of each opening's wars, from the same timelines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from allohistory.book.sense import Line, Opening, lines_of, openings_of, shown_of
from allohistory.questions.sense_figures import Found, Names, figure_of, impossible, too_fast_for
from allohistory.questions.sense_rows import GOING, JAPANESE, OVERTHROWN, SOVIET, TALKS, War, joined, sheet_of
from allohistory.questions.sense_wars import (
    A_YEAR,
    WEEKS_A_MONTH,
    Fought,
    Tell,
    by_month,
    fight_all,
    months_of,
)

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

Three = tuple[float, float, float]
QUANTILES = (0.05, 0.5, 0.95)
BALANCES = {"over": "capacity", "eaten": "tons", "leak": "men", "arms": "ships and aircraft"}


@dataclass(frozen=True)
class Month:
    """After so many months: wars still fought, the line on each front shown, the trunk railway's work in that month.

    km      front to 5 %, median and 95 % km past the border, over the wars still fought
    tons    median thousand tons a month at the mouth of the Trans-Siberian, and of what it could have carried
    share   median and 95 % of their ratio
    """

    months: int
    wars: int
    km: Mapping[str, Three]
    tons: float
    room: float
    share: tuple[float, float]


@dataclass(frozen=True)
class Course:
    """The wars of one opening.

    months     5 %, median and 95 % of their length, those that go on counted so far
    ended      share ended by talks, by overthrow, and still going when the scenario ends
    losses     killed, wounded and missing, prisoners, by side: 5 %, median, 95 %, thousand men
    reach      farthest past the border, by side: 5 %, median, 95 %, km
    busiest    the highest share of the Trans-Siberian used in any week of any war
    fastest    km in the fastest week of any war, with armour and on foot
    breaches   what cannot be: name to wars, and the number of the first such timeline
    """

    opening: Opening
    wars: int
    otherwise: int
    aside: int
    months: Three
    ended: Mapping[str, float]
    losses: tuple[Three, Three]
    captured: tuple[Three, Three]
    reach: tuple[Three, Three]
    by_month: tuple[Month, ...]
    busiest: float
    fastest: tuple[float, float]
    breaches: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Report:
    """Lines in the file's order, and the courses of the years' wars."""

    lines: tuple[Found, ...]
    courses: tuple[Course, ...]
    timelines: int

    @property
    def broken(self) -> bool:
        """Is a line of mark F off?"""
        return any(one.broken for one in self.lines)


def sense(
    model: Model,
    *,
    timelines: int = A_YEAR,
    seed: int = 1,
    workers: int | None = None,
    tell: Tell | None = None,
) -> Report:
    """Fight the wars of every year and hold them against what is expected. timelines: wars a year."""
    openings, lines = openings_of(model.folder), lines_of(model.book, model.folder)
    fronts, months = shown_of(model.folder)
    sheet = sheet_of(model, sorted({name for line in lines.values() for name in line.figure.lines}))
    fought = fight_all(
        model, list(openings.values()), sheet, timelines=timelines, seed=seed, workers=workers, tell=tell
    )
    members = {kind: model.book.entities_of(kind) for kind in ("front", "place", "operation")}
    members["line"] = sheet.lines
    names = Names(
        {kind: {id: i for i, id in enumerate(ids)} for kind, ids in members.items()}, sheet.line_ends
    )
    found = tuple(figure_of(line, wars_of(line, fought), names) for line in lines.values())
    shown = {id: names.of["front"][id] for id in fronts}
    march = next((one.figure for one in lines.values() if one.figure.kind == "too-fast"), None)
    limits = (np.inf, np.inf) if march is None else (march.tanks or np.inf, march.rifle or np.inf)
    courses = tuple(
        course(one, shown, months, limits) for one in fought.values() if not one.opening.asked_only
    )
    return Report(found, courses, timelines)


def wars_of(line: Line, fought: Mapping[str, Fought]) -> list[War]:
    """The wars that a line is read from."""
    return [war for id in line.openings for war in fought[id].wars]


def course(
    one: Fought, fronts: Mapping[str, int], months: Sequence[int], limits: tuple[float, float]
) -> Course:
    """What became of one opening's wars."""
    wars = one.wars
    lost, taken = (
        np.array([getattr(war, name)[war.fought] for war in wars]).reshape(-1, 2)
        for name in ("losses", "captured")
    )
    reach = np.array([farthest(war) for war in wars]).reshape(-1, 2)
    used = [share_used(war) for war in wars]
    return Course(
        opening=one.opening,
        wars=len(wars),
        otherwise=one.otherwise,
        aside=one.aside,
        months=three([months_of(war.weeks) for war in wars]),
        ended={how: mean([war.ended == how for war in wars]) for how in (TALKS, OVERTHROWN, GOING)},
        losses=(three(lost[:, SOVIET]), three(lost[:, JAPANESE])),
        captured=(three(taken[:, SOVIET]), three(taken[:, JAPANESE])),
        reach=(three(reach[:, SOVIET]), three(reach[:, JAPANESE])),
        by_month=tuple(month(wars, used, fronts, number) for number in months),
        busiest=max((float(path.max(initial=0.0)) for path in used), default=0.0),
        fastest=(max(war.fast[0] for war in wars), max(war.fast[1] for war in wars)) if wars else (0.0, 0.0),
        breaches=breaches(wars, limits),
    )


def three(values: Sequence[float] | np.ndarray) -> Three:
    """5 %, median and 95 %."""
    if not len(values):
        return (0.0, 0.0, 0.0)
    low, middle, high = (float(one) for one in np.quantile(np.asarray(values, float), QUANTILES))
    return low, middle, high


def mean(values: Sequence[bool]) -> float:
    """A share."""
    return sum(values) / len(values) if values else 0.0


def farthest(war: War) -> tuple[float, float]:
    """Km that the line stood past the border at its farthest, on the Japanese side's land and on the Soviet side's."""
    km = war.km[1 : war.fought + 1]
    return float(km.max(initial=0.0)), -float(km.min(initial=0.0)) + 0.0


def share_used(war: War) -> np.ndarray:
    """(weeks,) of what the trunk railway could carry, the share that it carried."""
    room = war.room[1:, SOVIET]
    return np.asarray(np.where(room > 0.0, war.tons[1:, SOVIET] / np.maximum(room, 1e-9), 0.0))


def month(wars: Sequence[War], used: Sequence[np.ndarray], fronts: Mapping[str, int], number: int) -> Month:
    """How wars stand after so many months, and what the trunk railway did in the last of them."""
    last, first = by_month(number), by_month(number - 1)
    on = [war for war in wars if war.fought >= last]
    if not on:
        return Month(number, 0, {}, 0.0, 0.0, (0.0, 0.0))
    km = joined([war.km[last : last + 1] for war in on])[:, 0]
    weeks = slice(first, last)
    shares = [path[weeks].mean() for war, path in zip(wars, used, strict=True) if war.fought >= last]
    a_month = WEEKS_A_MONTH / (last - first)
    tons = [war.tons[1:][weeks, SOVIET].sum() * a_month for war in on]
    room = [war.room[1:][weeks, SOVIET].sum() * a_month for war in on]
    middle, high = (float(one) for one in np.quantile(shares, QUANTILES[1:]))
    return Month(
        months=number,
        wars=len(on),
        km={id: three(km[:, place]) for id, place in fronts.items()},
        tons=float(np.median(tons)),
        room=float(np.median(room)),
        share=(middle, high),
    )


def breaches(wars: Sequence[War], limits: tuple[float, float]) -> dict[str, tuple[int, int]]:
    """What cannot be and was: how many wars, and the number of the first such timeline."""
    found = {}
    for name, words in BALANCES.items():
        rows = [war.row for war in wars if impossible(war, name)]
        if rows:
            found[words] = (len(rows), rows[0])
    rows = [war.row for war in wars if too_fast_for(war, *limits)]
    if rows:
        found["march"] = (len(rows), rows[0])
    return found
