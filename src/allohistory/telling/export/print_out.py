"""A history as PDF, set by Typst: one wheel with its fonts in it, and the maps as drawings, not as dots."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from allohistory.results.optional import optional
from allohistory.telling.export.pictures import Picture
from allohistory.telling.history.sentence import Entry, History

OURS = "In our history"
HEAD = """#set page(paper: "a4", margin: (x: 24mm, y: 24mm), numbering: "1")
#set text(font: "Libertinus Serif", size: 10.5pt, lang: "en")
#set par(justify: true, leading: 0.62em)
#show heading.where(level: 1): set text(size: 17pt)
#show heading.where(level: 2): set block(above: 1.6em, below: 0.8em)
#let entry(when, body) = grid(columns: (24mm, 1fr), gutter: 3mm, text(weight: "semibold", when), body)
"""


def pdf(history: History, pictures: Sequence[Picture] = ()) -> bytes:
    """The document; raises AllohistoryError where Typst is not installed."""
    typst = optional("typst", "allohistory tell --as pdf")
    with tempfile.TemporaryDirectory() as folder:
        for one in pictures:
            Path(folder, f"{one.name}.svg").write_text(one.svg, encoding="utf-8")
        source = Path(folder, "history.typ")
        source.write_text(typeset(history, pictures), encoding="utf-8")
        set_in_type: bytes = typst.compile(str(source), format="pdf", timestamp=0)
    return set_in_type


def typeset(history: History, pictures: Sequence[Picture]) -> str:
    """The source that Typst sets."""
    return HEAD + "\n".join(_lines(history, pictures)) + "\n"


def _lines(history: History, pictures: Sequence[Picture]) -> Iterator[str]:
    yield f"#set document(title: {quoted(history.about[0])})"
    yield f"#heading(level: 1, {quoted(history.about[0])})"
    for words in (*history.about[1:], history.fades):
        yield f"#emph({quoted(words)})\n"
    left = list(pictures)
    for chapter in history.chapters:
        yield f"#heading(level: 2, {quoted(chapter.title)})"
        year = ""
        for entry in chapter.entries:
            if entry.date[:4] != year:
                year = entry.date[:4]
                yield f"#heading(level: 3, {quoted(year)})"
            yield _entry(entry)
            while left and left[0].date.isoformat() <= entry.date:
                yield _figure(left.pop(0))
    yield f"#heading(level: 2, {quoted(history.closes)})"
    for title, text in history.closing:
        yield f"#strong({quoted(title + '.')}) #{quoted(' ' + text)}\n"
    yield from map(_figure, left)
    yield f"#text(size: 8pt, {quoted('The timeline: ' + history.address)})"


def _entry(entry: Entry) -> str:
    if entry.absent:
        words = f"{OURS}, and not here: {entry.text}"
        return f"#entry({quoted(entry.when)}, text(fill: luma(90), emph({quoted(words)})))"
    said = quoted(entry.text)
    ours = f" [{OURS}: {' / '.join(entry.ours)}]" if entry.ours else ""
    return f"#entry({quoted(entry.when)}, {{ text({said}); text(fill: luma(90), emph({quoted(ours)})) }})"


def _figure(one: Picture) -> str:
    words = f"{one.number}. {one.caption}, {one.date.isoformat()}"
    image = f"image({quoted(one.name + '.svg')}, width: 100%, alt: {quoted(one.instead)})"
    return f"#figure({image}, caption: {quoted(words)})"


def quoted(text: str) -> str:
    """A text that Typst takes as it is: nothing in it is a command."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
