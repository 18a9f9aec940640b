"""How the world divides among its states, year by year: what share of timelines stands in each at a year's end.

A timeline is in the last of the scenario's states ([states] in `history.toml`) whose outcome has come to be, and
flows from one to the next on the day on which it does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from allohistory.results.optional import optional
from allohistory.telling.history.words import words_of

if TYPE_CHECKING:
    from allohistory.questions.answer import Answer

WIDE, HIGH = 560, 260
COLOURS = ("#b9b2a3", "#c8a03c", "#2b6a8f", "#b4472e", "#6f8f5a", "#4d5a9e", "#8a6d8f", "#3f3a33")
ARM = "with"
NONE = "none of these"


def states(answer: Answer) -> Mapping[str, str]:
    """Outcome -> what a timeline is called once it has come; those that the answer asked for."""
    folder = answer.worlds.model.folder
    return {id: title for id, title in words_of(folder).states.items() if id in answer.outcomes}


def rows(answer: Answer) -> Iterator[dict[str, Any]]:
    """A row for each year and state: the share of the changed world's timelines."""
    titles, years, held = by_year(answer)
    for year, stands in zip(years, held, strict=True):
        count = Counter(stands)
        for place, title in enumerate(titles):
            yield {"year": year, "state": title, "order": place, "share": count[place] / max(len(stands), 1)}


def flows(answer: Answer) -> Iterator[dict[str, Any]]:
    """From which state to which, how many timelines in a hundred, over the whole scenario."""
    many, dates = _dates(answer)
    count: Counter[tuple[str, str]] = Counter()
    for came in _together(many, dates):
        dated = sorted((day, title) for title, day in zip(dates, came, strict=True) if day)
        count.update(pairwise([NONE, *(title for _, title in dated)]))
    for (before, after), number in count.most_common():
        yield {"from": before, "to": after, "share": number / max(many, 1)}


def branches(answer: Answer) -> dict[str, Any]:
    """How the world branches: between each year's end and the next, what share goes from which state to which.

    states   titles, the first being none of the others
    years    at whose ends the timelines are counted
    flows    [place of the earlier year, state there, state a year later, share]; states by their place
    """
    titles, years, held = by_year(answer)
    found = []
    for place, (before, after) in enumerate(pairwise(held)):
        count = Counter(zip(before, after, strict=True))
        found += [
            [place, *pair, round(number / max(len(before), 1), 4)] for pair, number in sorted(count.items())
        ]
    return {"states": titles, "years": years, "flows": found}


def by_year(answer: Answer) -> tuple[list[str], list[int], list[list[int]]]:
    """The states' titles, the years, and the state of every timeline at each year's end."""
    (many, dates), calendar = _dates(answer), answer.worlds.model.book.calendar
    years = list(range(calendar.date_of(0).year, calendar.last.year + 1))
    came = _together(many, dates)
    held = [[_state(one, f"{year}-12-31") for one in came] for year in years]
    return [NONE, *dates], years, held


def _dates(answer: Answer) -> tuple[int, dict[str, list[str]]]:
    """How many timelines of the changed world; title -> the day on which each came to that state, or nothing."""
    frame = answer.timelines
    frame = frame[(frame["arm"] == ARM) & ~frame["set_aside"]]
    found = {}
    for id, title in states(answer).items():
        column = frame.get(f"{id}_date")
        texts = [str(day)[:10] for day in ([None] * len(frame) if column is None else column)]
        found[title] = [text if text[:1].isdigit() else "" for text in texts]
    return len(frame), found


def _together(many: int, dates: Mapping[str, list[str]]) -> list[tuple[str, ...]]:
    """The days of each timeline; nothing where the scenario names no states."""
    return list(zip(*dates.values(), strict=True)) if dates else [()] * many


def _state(came: Sequence[str], day: str) -> int:
    """The place of the last state that has come by a day; 0: none has."""
    return max((place for place, date in enumerate(came, start=1) if date and date <= day), default=0)


def colour(altair: Any, answer: Answer) -> Any:
    """The colours of the states, the same in every chart of them."""
    order = (NONE, *states(answer).values())
    return altair.Color(
        "state:N",
        title=None,
        scale=altair.Scale(domain=list(order), range=[COLOURS[i % len(COLOURS)] for i in range(len(order))]),
        legend=altair.Legend(orient="bottom", columns=3, symbolOpacity=1),
    )


def chart(answer: Answer) -> Any:
    """Bands of one, year by year."""
    altair = optional("altair", "Answer.plot_states()")
    held = list(rows(answer))
    return (
        altair.Chart(altair.Data(values=held))
        .mark_area()
        .encode(
            x=altair.X("year:O", title=None),
            y=altair.Y("share:Q", stack="normalize", axis=altair.Axis(format="%"), title="of timelines"),
            color=colour(altair, answer),
            order="order:Q",
            tooltip=["state:N", "year:O", altair.Tooltip("share:Q", format=".1%")],
        )
        .properties(width=WIDE, height=HIGH, title="States of the world at each year's end")
    )
