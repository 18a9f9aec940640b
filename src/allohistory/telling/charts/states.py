"""How the world divides among its states, year by year: what share of timelines stands in each at a year's end.

A timeline is in the last of the scenario's states ([states] in `history.toml`) whose outcome has come to be, and
flows from one to the next on the day on which it does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from allohistory.results.optional import optional
from allohistory.telling.history.words import words_of

if TYPE_CHECKING:
    from allohistory.questions.answer import Answer

WIDE, HIGH = 560, 260
COLOURS = ("#b9b2a3", "#c8a03c", "#2b6a8f", "#b4472e", "#6f8f5a", "#4d5a9e", "#8a6d8f", "#3f3a33")
ARM = "with"
NEITHER = "none of these"


def states(answer: Answer) -> Mapping[str, str]:
    """Outcome -> what a timeline is called once it has come; those that the answer asked for."""
    folder = answer.worlds.model.folder
    return {id: title for id, title in words_of(folder).states.items() if id in answer.outcomes}


def rows(answer: Answer) -> Iterator[dict[str, Any]]:
    """A row for each year and state: the share of the changed world's timelines."""
    named, calendar = states(answer), answer.worlds.model.book.calendar
    frame = answer.timelines
    frame = frame[(frame["arm"] == ARM) & ~frame["set_aside"]]
    first, last = calendar.date_of(0).year, calendar.last.year
    for year in range(first, last + 1):
        count: Counter[str] = Counter()
        for _, one in frame.iterrows():
            count[state_of(one, named, f"{year}-12-31")] += 1
        for place, title in enumerate((NEITHER, *named.values())):
            yield {"year": year, "state": title, "order": place, "share": count[title] / max(len(frame), 1)}


def state_of(row: Any, named: Mapping[str, str], day: str) -> str:
    """The state of one timeline on a day."""
    found = NEITHER
    for id, title in named.items():
        date = row.get(f"{id}_date")
        if date is not None and str(date)[:10] <= day and str(date)[:1].isdigit():
            found = title
    return found


def flows(answer: Answer) -> Iterator[dict[str, Any]]:
    """From which state to which, how many timelines in a hundred, over the whole scenario."""
    named = states(answer)
    frame = answer.timelines
    frame = frame[(frame["arm"] == ARM) & ~frame["set_aside"]]
    count: Counter[tuple[str, str]] = Counter()
    for _, one in frame.iterrows():
        came = sorted(
            (str(one[f"{id}_date"])[:10], title)
            for id, title in named.items()
            if str(one.get(f"{id}_date"))[:1].isdigit()
        )
        way = [NEITHER, *(title for _, title in came)]
        count.update(pairwise(way))
    for (before, after), number in count.most_common():
        yield {"from": before, "to": after, "share": number / max(len(frame), 1)}


def colour(altair: Any, answer: Answer) -> Any:
    """The colours of the states, the same in every chart of them."""
    order = (NEITHER, *states(answer).values())
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
