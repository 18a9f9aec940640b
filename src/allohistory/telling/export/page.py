"""A history as one HTML page with its maps in it."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from html import escape

from allohistory.telling.export.paper import page
from allohistory.telling.export.pictures import Picture
from allohistory.telling.history.sentence import Entry, History

OURS = "In our history"


def html(history: History, pictures: Sequence[Picture] = ()) -> str:
    """The whole page."""
    return page(history.about[0], "\n".join(_body(history, pictures)))


def _body(history: History, pictures: Sequence[Picture]) -> Iterator[str]:
    yield f"<h1>{escape(history.about[0])}</h1>"
    for words in history.about[1:]:
        yield f'<p class="about">{escape(words)}</p>'
    yield f'<p class="fades">{escape(history.fades)}</p>'
    left = list(pictures)
    for chapter in history.chapters:
        yield f"<section><h2>{escape(chapter.title)}</h2>"
        year = ""
        for entry in chapter.entries:
            if entry.date[:4] != year:
                year = entry.date[:4]
                yield f"<h3>{year}</h3>"
            yield entry_as_html(entry)
            while left and left[0].date.isoformat() <= entry.date:
                yield figure(left.pop(0))
        yield "</section>"
    yield f"<section><h2>{escape(history.closes)}</h2>"
    for title, text in history.closing:
        yield f"<p><strong>{escape(title)}.</strong> {escape(text)}</p>"
    yield from map(figure, left)
    yield f"</section><footer><p>The timeline: <code>{escape(history.address)}</code></p></footer>"


def entry_as_html(entry: Entry, year: bool = False) -> str:
    """A day, or the weeks up to it; with its year where no heading has it."""
    kind = "entry dated" if year else "entry"
    when = f'<span class="when">{entry.when}{f" {entry.date[:4]}" if year else ""}</span>'
    if entry.absent:
        return f'<p class="{kind} absent">{when} <span>{OURS}, and not here: {escape(entry.text)}</span></p>'
    ours = f' <span class="ours">[{OURS}: {escape(" / ".join(entry.ours))}]</span>' if entry.ours else ""
    return f'<p class="{kind}">{when} <span>{escape(entry.text)}{ours}</span></p>'


def figure(one: Picture) -> str:
    """A map as a picture of its own, so that two do not share the names of their parts."""
    drawn = base64.b64encode(one.svg.encode("utf-8")).decode("ascii")
    return (
        f'<figure><img class="map" alt="{escape(one.instead)}" src="data:image/svg+xml;base64,{drawn}">'
        f'<figcaption class="caption">{one.number}. {escape(one.caption)}, {one.date.isoformat()}</figcaption></figure>'
    )
