"""A history as BBCode for a forum: only tags that every XenForo forum has, in posts none longer than the forum allows.

Maps cannot be uploaded by a program: they go into a folder of numbered pictures, and a line in the post says where each
belongs. The writer attaches them and puts the tag there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allohistory.telling.export.pictures import Picture
from allohistory.telling.history.sentence import Entry, History

LIMIT = 10_000  # characters of a post, as XenForo comes
ROOM = 120  # kept free for "Part 1 of 3"
OURS = "In our history"


def posts(history: History, pictures: Sequence[Picture] = (), limit: int = LIMIT) -> list[str]:
    """The posts, in order; each closes every tag that it opens."""
    parts: list[str] = []
    for block in _blocks(history, pictures):
        for piece in _cut(block, limit - ROOM):
            if parts and len(parts[-1]) + len(piece) + 2 <= limit - ROOM:
                parts[-1] += f"\n\n{piece}"
            else:
                parts.append(piece)
    if len(parts) == 1:
        return parts
    return [f"[I]Part {number} of {len(parts)}[/I]\n\n{part}" for number, part in enumerate(parts, start=1)]


def _blocks(history: History, pictures: Sequence[Picture]) -> Iterator[str]:
    yield f"[HEADING=1]{plain(history.about[0])}[/HEADING]"
    yield "\n\n".join(f"[I]{plain(words)}[/I]" for words in (*history.about[1:], history.fades))
    left = list(pictures)
    for chapter in history.chapters:
        yield f"[HEADING=2]{plain(chapter.title)}[/HEADING]"
        year = ""
        for entry in chapter.entries:
            head = ""
            if entry.date[:4] != year:
                year = entry.date[:4]
                head = f"[HEADING=3]{year}[/HEADING]\n\n"
            yield head + _entry(entry)
            while left and left[0].date.isoformat() <= entry.date:
                yield _placeholder(left.pop(0))
    yield f"[HEADING=2]{plain(history.closes)}[/HEADING]"
    for title, text in history.closing:
        yield f"[B]{plain(title)}.[/B] {plain(text)}"
    yield from map(_placeholder, left)
    yield f"[SIZE=2]The timeline: {plain(history.address)}[/SIZE]"


def _entry(entry: Entry) -> str:
    if entry.absent:
        return f"[I]{entry.when}: {OURS}, and not here: {plain(entry.text)}[/I]"
    ours = f" [I]({OURS}: {plain(' / '.join(entry.ours))})[/I]" if entry.ours else ""
    return f"[B]{entry.when}:[/B] {plain(entry.text)}{ours}"


def _placeholder(picture: Picture) -> str:
    """Where a picture belongs: the writer attaches it here."""
    return (
        f"[CENTER][I]Map {picture.number} here ({picture.name}.png): {plain(picture.caption)}.[/I][/CENTER]"
    )


def plain(text: str) -> str:
    """Text in which no bracket opens a tag."""
    return text.replace("[", "(").replace("]", ")")


def _cut(block: str, limit: int) -> Iterator[str]:
    """A block that is too long for a post by itself, at its sentences; its bold head and its italics stay whole."""
    while len(block) > limit:
        cut = block.rfind(". ", 0, limit)
        while cut > 0 and _open_tags(block[: cut + 1]):
            cut = block.rfind(". ", 0, cut)
        if cut <= 0:
            break
        yield block[: cut + 1]
        block = block[cut + 2 :]
    yield block


def _open_tags(text: str) -> bool:
    return text.count("[") - text.count("[/") != text.count("[/")
