"""From a format's name to files: one file where it can be one, a folder where there is more to carry."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from allohistory.errors import AllohistoryError
from allohistory.results.files import write_whole
from allohistory.telling.export.bbcode import LIMIT, posts
from allohistory.telling.export.geojson import fronts
from allohistory.telling.export.markdown import markdown
from allohistory.telling.export.page import html
from allohistory.telling.export.pictures import pictures
from allohistory.telling.export.print_out import pdf
from allohistory.telling.export.tables import tables
from allohistory.telling.history.basis import noted
from allohistory.telling.history.write import history

if TYPE_CHECKING:
    from allohistory.questions.timelines import Timeline

FORMATS = ("markdown", "bbcode", "html", "pdf", "json", "geojson", "csv")
OPTION = "allohistory tell -o"


def made(timeline: Timeline, format: str, length: str = "essay", limit: int = LIMIT) -> Mapping[str, bytes]:
    """File name -> contents; the first is the chief one. Formats that are one file have one name."""
    if format == "geojson":
        return {"fronts.geojson": as_json(fronts(timeline))}
    if format == "csv":
        return {name: text.encode("utf-8") for name, text in tables(timeline).items()}
    told = history(timeline, length)
    if format == "json":
        sentences = [noted(one, timeline.model) for one in told.sentences]
        return {"history.json": as_json({**told.as_json(), "sentences": sentences})}
    maps = pictures(timeline)
    if format == "html":
        return {"history.html": html(told, maps).encode("utf-8")}
    if format == "pdf":
        return {"history.pdf": pdf(told, maps)}
    if format == "markdown":
        found = {"history.md": markdown(told, maps).encode("utf-8")}
        return found | {f"{one.name}.svg": one.svg.encode("utf-8") for one in maps}
    several = posts(told, maps, limit)
    found = {f"post-{number}.txt": f"{text}\n".encode() for number, text in enumerate(several, start=1)}
    return found | {f"{one.name}.png": one.png for one in maps}


def deliver(
    timeline: Timeline, format: str, target: str, length: str = "essay", limit: int = LIMIT
) -> list[Path]:
    """Write it; returns the files. A name with an ending is a file, else a folder."""
    checked(format)
    files = made(timeline, format, length, limit)
    path = Path(target)
    if path.suffix and format != "csv":
        first = next(iter(files))
        files = {path.name if name == first else name: held for name, held in files.items()}
        path = path.parent
    if path.exists() and not path.is_dir():
        raise AllohistoryError(
            OPTION, f'"{path}" is a file, not a folder', given=target, closest=f"{path}-told"
        )
    path.mkdir(parents=True, exist_ok=True)
    for name, held in files.items():
        write_whole(path / name, held)
    return [path / name for name in files]


def checked(format: str) -> str:
    """A format's name; raises AllohistoryError for one that there is not."""
    if format not in FORMATS:
        raise AllohistoryError("--as", f'there is no format "{format}"', given=format, possible=FORMATS)
    return format


def as_json(value: Mapping[str, object]) -> bytes:
    """JSON as a file has it."""
    return (json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode("utf-8")
