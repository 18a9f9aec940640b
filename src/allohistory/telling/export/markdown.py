"""A history as Markdown: chapters as headings, dates in bold, our history's in italics, maps beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allohistory.telling.export.pictures import Picture
from allohistory.telling.history.sentence import Entry, History

OURS = "In our history"


def markdown(history: History, pictures: Sequence[Picture] = (), folder: str = "") -> str:
    """The whole of it."""
    return "\n".join(_lines(history, pictures, folder)) + "\n"


def _lines(history: History, pictures: Sequence[Picture], folder: str) -> Iterator[str]:
    yield f"# {history.about[0]}"
    for words in (*history.about[1:], history.fades):
        yield ""
        yield escaped(words)
    for chapter in history.chapters:
        yield from ("", f"## {escaped(chapter.title)}")
        year = ""
        for entry in chapter.entries:
            if entry.date[:4] != year:
                year = entry.date[:4]
                yield from ("", f"### {year}")
            yield from ("", _entry(entry))
    yield from ("", f"## {history.closes}")
    for title, text in history.closing:
        yield from ("", f"**{escaped(title)}.** {escaped(text)}")
    for one in pictures:
        yield from (
            "",
            f"![{one.instead}]({folder}{one.name}.svg)",
            "",
            f"*{one.number}. {one.caption}, {one.date}*",
        )
    yield from ("", f"The timeline: `{history.address}`")


def _entry(entry: Entry) -> str:
    if entry.absent:
        return f"*{entry.when}: {OURS}, and not here: {escaped(entry.text)}*"
    ours = f" *[{OURS}: {escaped(' / '.join(entry.ours))}]*" if entry.ours else ""
    return f"**{entry.when}**: {escaped(entry.text)}{ours}"


def escaped(text: str) -> str:
    """Text in which no sign means anything to Markdown."""
    for sign in ("\\", "*", "_", "`", "[", "]", "<"):
        text = text.replace(sign, f"\\{sign}")
    return text
