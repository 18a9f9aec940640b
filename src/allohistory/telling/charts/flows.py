"""How histories branch: the states of the world at a few year's ends, and from which to which the timelines flow.

A bar stands for each checkpoint, its parts for the states; a ribbon between two bars is as wide as the share of the
timelines that pass from the one state to the other. Nothing is smoothed but the ribbons' edges.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from allohistory.results.optional import optional
from allohistory.telling.charts.states import HIGH, NONE, WIDE, by_year, colour, states

if TYPE_CHECKING:
    from allohistory.questions.answer import Answer

CHECKPOINTS = 5
POINTS = 16  # along a ribbon
BAR, GAP = 0.12, 0.015  # of the space between two bars; of the whole height, between two states

Ribbon = dict[str, Any]


def checkpoints(first: int, last: int, count: int = CHECKPOINTS) -> list[int]:
    """So many years, evenly spread, the last among them."""
    step = max((last - first) // count, 1)
    return sorted({last - step * back for back in range(count) if last - step * back >= first})


def ways(answer: Answer, years: Sequence[int]) -> Counter[tuple[str, ...]]:
    """How many timelines of the changed world stand in which state at each year's end."""
    titles, every, held = by_year(answer)
    stands = [held[every.index(year)] for year in years]
    return Counter(tuple(titles[place] for place in one) for one in zip(*stands, strict=True))


def ribbons(ways: Counter[tuple[str, ...]], order: Sequence[str]) -> Iterator[Ribbon]:
    """Every ribbon: between which bars, from and to which state, its share, and where it begins and ends in height."""
    total = max(sum(ways.values()), 1)
    for place in range(len(next(iter(ways), ())) - 1):
        flows: Counter[tuple[str, str]] = Counter()
        for way, count in ways.items():
            flows[way[place], way[place + 1]] += count
        left = _floors(Counter({s: _total(ways, place, s) for s in order}), order, total)
        right = _floors(Counter({s: _total(ways, place + 1, s) for s in order}), order, total)
        for before in order:
            for after in order:
                share = flows[before, after] / total
                if share > 0.0:
                    yield {
                        "place": place,
                        "from": before,
                        "to": after,
                        "share": share,
                        "left": left[before],
                        "right": right[after],
                    }
                    left[before] += share
                    right[after] += share


def _total(ways: Counter[tuple[str, ...]], place: int, state: str) -> int:
    return sum(count for way, count in ways.items() if way[place] == state)


def _floors(counts: Counter[str], order: Sequence[str], total: int) -> dict[str, float]:
    """Where each state's part of a bar begins."""
    floor, found = 0.0, {}
    for state in order:
        found[state] = floor
        if counts[state]:
            floor += counts[state] / total + GAP
    return found


def bars(
    ways: Counter[tuple[str, ...]], order: Sequence[str], years: Sequence[int]
) -> Iterator[dict[str, Any]]:
    """Every part of every bar, with its share."""
    total = max(sum(ways.values()), 1)
    for place, year in enumerate(years):
        counts = Counter({state: _total(ways, place, state) for state in order})
        floors = _floors(counts, order, total)
        for state in order:
            if counts[state]:
                share = counts[state] / total
                low = floors[state]
                yield {
                    "place": place,
                    "year": year,
                    "state": state,
                    "share": share,
                    "low": low,
                    "high": low + share,
                }


def edges(ribbon: Ribbon) -> Iterator[dict[str, Any]]:
    """A ribbon's lower and upper edge, from the one bar to the other."""
    start, end = ribbon["place"] + BAR / 2, ribbon["place"] + 1 - BAR / 2
    for point in range(POINTS + 1):
        t = point / POINTS
        eased = t * t * (3.0 - 2.0 * t)
        low = ribbon["left"] + (ribbon["right"] - ribbon["left"]) * eased
        yield {
            "x": start + (end - start) * t,
            "low": low,
            "high": low + ribbon["share"],
            "state": ribbon["from"],
            "flow": f"{ribbon['place']} {ribbon['from']} {ribbon['to']}",
            "to": ribbon["to"],
            "share": ribbon["share"],
        }


def chart(answer: Answer) -> Any:
    """Bars and ribbons; raises AllohistoryError where Altair is not installed."""
    altair = optional("altair", "Answer.plot_flows()")
    calendar = answer.worlds.model.book.calendar
    years = checkpoints(calendar.date_of(0).year, calendar.last.year)
    order = (NONE, *states(answer).values())
    held = ways(answer, years)
    drawn = [row for ribbon in ribbons(held, order) for row in edges(ribbon)]
    parts = [
        {**one, "x": one["place"] - BAR / 2, "x2": one["place"] + BAR / 2} for one in bars(held, order, years)
    ]
    shade = colour(altair, answer)
    height = altair.Y("low:Q", axis=None, scale=altair.Scale(nice=False))
    across = altair.X("x:Q", axis=None, scale=altair.Scale(domain=[-0.2, len(years) - 0.8], nice=False))
    tips = ["state:N", altair.Tooltip("share:Q", format=".1%")]
    flowing = (
        altair.Chart(altair.Data(values=drawn))
        .mark_area(opacity=0.45)
        .encode(x=across, y=height, y2="high:Q", color=shade, detail="flow:N", tooltip=[*tips, "to:N"])
    )
    standing = (
        altair.Chart(altair.Data(values=parts))
        .mark_rect()
        .encode(x=across, x2="x2:Q", y=height, y2="high:Q", color=shade, tooltip=tips)
    )
    heads = (
        altair.Chart(
            altair.Data(values=[{"x": place, "year": str(year)} for place, year in enumerate(years)])
        )
        .mark_text(baseline="top", dy=4)
        .encode(x=across, y=altair.value(HIGH), text="year:N")
    )
    return altair.layer(flowing, standing, heads).properties(
        width=WIDE,
        height=HIGH,
        title="How the timelines branch: states of the world at the end of these years",
    )
