"""Which campaigns of the record were fought in a war of limited aims, and why one says so.

`book/campaigns/wars/limited.toml`; a campaign that it does not name was fought in a general war.
"""

from __future__ import annotations

from pathlib import Path

from allohistory.book.campaigns import FOLDER
from allohistory.book.rows import Key, Keys, read_file, read_values, text
from allohistory.errors import AllohistoryError

LIMITED: Keys = {"campaign": Key(text), "because": Key(text)}


def limited_wars(folder: Path) -> dict[str, str]:
    """Campaign to why its war was one of limited aims; empty where the scenario says nothing of it."""
    path = folder / "book" / FOLDER / "wars" / "limited.toml"
    found: dict[str, str] = {}
    if not path.is_file():
        return found
    known = sorted(one.stem for one in (folder / "book" / FOLDER).glob("*.toml"))
    for raw in read_file(path, f"{FOLDER}/wars/{path.name}", ("limited",)):
        values = read_values(raw.values, LIMITED, raw.where, "a war of limited aims")
        id = values["campaign"]
        if id not in known or id in found:
            problem = f'"{id}" is no campaign, or stands here twice'
            raise AllohistoryError(raw.where, problem, given=id, possible=known)
        found[id] = values["because"]
    return found
