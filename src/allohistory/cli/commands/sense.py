"""`check sense`: free wars of six years beside what a historian expects of wars, and what became of them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from allohistory.cli.endings import SHORT
from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, columns, listing, paragraph
from allohistory.cli.progress import progress

if TYPE_CHECKING:
    from allohistory.questions.sense import Course, Month, Report
    from allohistory.questions.sense_figures import Found
    from allohistory.timeline.model import Model

AGAIN = "allohistory check sense"
SIDES = ("soviet", "japanese")
NEVER = "never"


def run(options: argparse.Namespace, model: Model) -> int:
    """Fight the wars of every year and print the lines, then the course of the wars."""
    from allohistory.questions.sense import sense
    from allohistory.questions.sense_wars import A_YEAR

    with progress() as bar:
        found = sense(model, timelines=options.timelines or A_YEAR, workers=options.workers, tell=bar)
    if options.json:
        body = {
            "scores": [_score(one) for one in found.lines],
            "wars": [_course(one) for one in found.courses],
            "wars_a_year": found.timelines,
        }
        sys.stdout.write(with_head("check", options, model, body, again=_again(found)))
    else:
        sys.stdout.write("\n".join([*_lines(found), *_courses(found)]) + "\n")
    return SHORT if found.broken else 0


def _again(found: Report) -> str:
    """The command that gives the same figures."""
    from allohistory.questions.sense_wars import A_YEAR

    return AGAIN if found.timelines == A_YEAR else f"{AGAIN} --timelines {found.timelines}"


# ------------------------------------------------------------ the lines


def _lines(found: Report) -> list[str]:
    """The sheet: what is expected, what came out."""
    rows: list[tuple[str, ...]] = [("", "line", "expected", "range", "rules", "95 %", "mark", "")]
    for one in found.lines:
        line = one.line
        rows.append(
            (
                line.says,
                str(line.sheet),
                number_in(line.value, line.unit),
                span_in(line.low, line.high, line.unit),
                _value(one),
                "" if one.interval is None else span_in(*one.interval, line.unit),
                line.mark,
                {True: "", False: "OFF", None: "not read"}[one.met],
            )
        )
    met, read = (sum(one.met is True for one in found.lines), sum(one.met is not None for one in found.lines))
    firm = sum(one.broken for one in found.lines)
    words = (
        f"{met} of {read} lines lie in the range that judgement or counts leave open; {firm} of those that are off "
        "carry the mark F: counted, or certain. A line marked OFF is a question to the rules, and stays in sight "
        "until it is answered. Men are in thousands; 95 % is the interval for chance."
    )
    out = [bold("Wars beside what is expected of them"), *columns(rows, right=(1, 2, 3, 4, 5)), ""]
    return [*out, paragraph(words)]


def _value(one: Found) -> str:
    """The rules' figure; a median that half the wars never come to is told in words."""
    if one.value is None:
        return NEVER if one.n else "-"
    return number_in(one.value, one.line.unit)


def number_in(value: float, unit: str) -> str:
    """A share in per cent, else two or three figures; what lies beyond all that was run as never."""
    from allohistory.questions.sense_figures import LAST

    if unit == "share":
        return f"{_plain(100 * value)} %"
    return NEVER if value >= LAST else _plain(value)


def span_in(low: float, high: float, unit: str) -> str:
    """A range, its unit once."""
    if unit == "share":
        return f"{_plain(100 * low)}-{_plain(100 * high)} %"
    return f"{number_in(low, unit)}-{number_in(high, unit)}"


def _plain(value: float) -> str:
    """Two or three figures, and no noughts behind the point."""
    if abs(value) >= 20.0:
        return f"{value:,.0f}"
    return f"{value:.1f}".removesuffix(".0") if abs(value) >= 1.0 else f"{value:.2g}"


def _score(one: Found) -> dict[str, Any]:
    """One line for machines."""
    line = one.line
    return {
        "name": line.id,
        "sheet": line.sheet,
        "says": line.says,
        "unit": line.unit,
        "value": one.value,
        "interval": None if one.interval is None else list(one.interval),
        "baseline": line.value,
        "bar": [line.low, line.high],
        "met": one.met,
        "n": one.n,
        "mark": line.mark,
        "because": line.because,
        "openings": list(line.openings),
        "again": AGAIN,
    }


# ------------------------------------------------------------ the courses


def _courses(found: Report) -> list[str]:
    """How the wars of each opening went."""
    courses = found.courses
    out = ["", bold("How long, and how they ended"), *columns(_ends(courses), right=range(1, 6))]
    out += ["", bold("What they cost, thousand men"), *columns(_costs(courses), right=range(1, 5))]
    out += ["", bold("How far they went, km past the border"), *columns(_reach(courses), right=range(1, 3))]
    out += [
        "",
        bold("Where the line stood, km past the border"),
        *columns(_fronts(courses), right=range(1, 9)),
    ]
    out += ["", bold("The Trans-Siberian east of Irkutsk"), *columns(_rails(courses), right=range(1, 9))]
    return [*out, "", paragraph(WORDS), "", bold("What cannot be"), *_breaches(found)]


WORDS = (
    "Three numbers are 5 %, median and 95 % of the wars; prisoners, median and 95 %. The line is the median of the "
    "wars still fought after so many months, whose number stands above it; positive on the Japanese side's land. "
    "Of the railway: thousand tons for the army in that month, and of what it could have carried the share used, "
    "median and 95 %."
)


def _ends(courses: Sequence[Course]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [("", "wars", "months", "talks", "overthrow", "still going")]
    for one in courses:
        ends = (f"{100 * one.ended[how]:.0f} %" for how in ("talks", "overthrown", "going"))
        rows.append((one.opening.says, str(one.wars), _three(one.months, 1), *ends))
    return rows


def _costs(courses: Sequence[Course]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [("", "Soviet losses", "Japanese losses", "prisoners: Soviet", "Japanese")]
    for one in courses:
        rows.append(
            (one.opening.says, *map(_three, one.losses), *(_three(each[1:]) for each in one.captured))
        )
    return rows


def _reach(courses: Sequence[Course]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [("", "Soviet side", "Japanese side")]
    return rows + [(one.opening.says, *map(_three, one.reach)) for one in courses]


def _three(values: Sequence[float], places: int = 0) -> str:
    return "  ".join(f"{value:,.{places}f}" for value in values)


def _fronts(courses: Sequence[Course]) -> list[tuple[str, ...]]:
    months = courses[0].by_month if courses else ()
    rows: list[tuple[str, ...]] = [("after months", *(str(one.months) for one in months))]
    for one in courses:
        rows.append((one.opening.says, *(f"({each.wars})" for each in one.by_month)))
        for front in months[0].km:
            rows.append((f"  {front}", *(_line(each, front) for each in one.by_month)))
    return rows


def _line(month: Month, front: str) -> str:
    return f"{month.km[front][1]:+.0f}" if front in month.km else ""


def _rails(courses: Sequence[Course]) -> list[tuple[str, ...]]:
    months = courses[0].by_month if courses else ()
    rows: list[tuple[str, ...]] = [("in month", *(str(one.months) for one in months), "busiest week")]
    for one in courses:
        tons = (f"{each.tons:,.0f}" if each.wars else "" for each in one.by_month)
        shares = (_share(each) for each in one.by_month)
        rows.append((one.opening.says, *("" for _ in one.by_month), f"{100 * one.busiest:.0f} %"))
        rows += [("  thousand tons", *tons, ""), ("  share used", *shares, "")]
    return rows


def _share(month: Month) -> str:
    return f"{100 * month.share[0]:.0f}, {100 * month.share[1]:.0f} %" if month.wars else ""


def _breaches(found: Report) -> list[str]:
    """Wars in which something impossible happens, with the first of them by number."""
    rows = [("", "wars", "first", "fastest week, km: armour", "on foot")]
    for one in found.courses:
        fast = (f"{one.fastest[0]:.0f}", f"{one.fastest[1]:.0f}")
        rows.append((one.opening.says, "", "", *fast))
        for name, (wars, first) in one.breaches.items():
            rows.append((f"  {name}", f"{wars} of {one.wars}", str(first), "", ""))
    out = columns(rows, right=(1, 2, 3, 4))
    aside = [
        (one.opening.says, f"{one.otherwise} came otherwise, {one.aside} set aside") for one in found.courses
    ]
    gone = [row for row, one in zip(aside, found.courses, strict=True) if one.otherwise or one.aside]
    return [*out, *(["", bold("Timelines left out"), *listing(gone)] if gone else [])]


def _course(one: Course) -> dict[str, Any]:
    """One opening's wars for machines."""
    return {
        "opening": one.opening.id,
        "year": one.opening.year,
        "says": one.opening.says,
        "wars": one.wars,
        "came_otherwise": one.otherwise,
        "set_aside": one.aside,
        "months": list(one.months),
        "ended": dict(one.ended),
        "losses": {side: list(one.losses[place]) for place, side in enumerate(SIDES)},
        "prisoners": {side: list(one.captured[place]) for place, side in enumerate(SIDES)},
        "reach_km": {side: list(one.reach[place]) for place, side in enumerate(SIDES)},
        "by_month": [
            {
                "months": each.months,
                "wars": each.wars,
                "front_km": {front: list(km) for front, km in each.km.items()},
                "trunk_thousand_tons": each.tons,
                "trunk_room": each.room,
                "trunk_share": list(each.share),
            }
            for each in one.by_month
        ],
        "trunk_busiest_week": one.busiest,
        "fastest_week_km": {"armour": one.fastest[0], "on_foot": one.fastest[1]},
        "breaches": {name: {"wars": wars, "first": first} for name, (wars, first) in one.breaches.items()},
    }
