"""A reader of BBCode of our own, written from the list of tags that every XenForo forum has: it shares no code with the
writer. Tags must be known, nest, and be closed; their options must be of the kind that XenForo takes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

TAG = re.compile(r"\[(/?)([A-Za-z]+)(?:=([^\]]*))?\]")
OPTIONS = {
    "B": None, "I": None, "U": None, "S": None, "CENTER": None, "LIST": r"1?", "QUOTE": r".*", "SPOILER": r".*",
    "TABLE": None, "TR": None, "TD": None, "TH": None, "URL": r"https?://\S+", "IMG": None, "ATTACH": r"full",
    "COLOR": r"#[0-9a-fA-F]{6}|[a-z]+", "SIZE": r"[1-7]", "HEADING": r"[1-3]",
}  # fmt: skip


@dataclass
class Node:
    """A tag with what stands in it: texts and further tags."""

    tag: str = ""
    option: str | None = None
    inside: list[Node | str] = field(default_factory=list)

    def text(self) -> str:
        """What a reader of the forum sees."""
        return "".join(one if isinstance(one, str) else one.text() for one in self.inside)

    def all(self, tag: str) -> list[Node]:
        """Every tag of one name, at any depth."""
        here = [one for one in self.inside if isinstance(one, Node)]
        return [one for one in here if one.tag == tag] + [deep for one in here for deep in one.all(tag)]


def read(text: str) -> Node:
    """Read a post; raises ValueError where a forum would show a tag as text or close it itself."""
    root = Node()
    open_ = [root]
    last = 0
    for found in TAG.finditer(text):
        open_[-1].inside.append(text[last : found.start()])
        last = found.end()
        closes, name, option = found.group(1), found.group(2).upper(), found.group(3)
        if name not in OPTIONS:
            raise ValueError(f"no forum knows [{name}]")
        if closes:
            if open_[-1].tag != name:
                raise ValueError(f"[/{name}] closes [{open_[-1].tag}]")
            open_.pop()
            continue
        wanted = OPTIONS[name]
        if option is not None and (wanted is None or not re.fullmatch(wanted, option)):
            raise ValueError(f"[{name}={option}] is not taken")
        if option is None and name in ("SIZE", "HEADING", "COLOR"):
            raise ValueError(f"[{name}] needs an option")
        node = Node(name, option)
        open_[-1].inside.append(node)
        open_.append(node)
    if len(open_) > 1:
        raise ValueError(f"[{open_[-1].tag}] is not closed")
    root.inside.append(text[last:])
    if "[" in root.text() or "]" in root.text():
        raise ValueError("a bracket that opens no tag")
    return root
