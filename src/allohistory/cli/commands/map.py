"""`map`: one week of a timeline, drawn."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from allohistory.cli.heads import with_head
from allohistory.cli.progress import progress
from allohistory.errors import AllohistoryError

if TYPE_CHECKING:
    from allohistory.questions.timelines import Timeline

ENDINGS, MOVING = (".svg", ".png"), (".svg", ".gif")
OPTION = "allohistory map -o"


def run(options: argparse.Namespace) -> int:
    """Recompute the timeline, draw the week or the weeks and write the file."""
    from allohistory.questions.timelines import timeline_at
    from allohistory.results.files import write_whole

    moves = ".." in options.date
    target = writable(options.output, endings=MOVING if moves else ENDINGS)
    timeline = timeline_at(options.address)
    write_whole(target, filmed(timeline, options, target) if moves else drawn(timeline, options, target))
    if options.json:
        words = ["allohistory", "map", timeline.address, options.date, "-o", options.output]
        words += ["--every", str(options.every)] if options.every != 1 else []
        date = options.date if moves else timeline.model.book.calendar.day(options.date).isoformat()
        body = {"address": timeline.address, "date": date, "files": [str(target)]}
        sys.stdout.write(with_head("map", options, timeline.model, body, again=shlex.join(words)))
    else:
        sys.stdout.write(f"{target}\n")
    return 0


def drawn(timeline: Timeline, options: argparse.Namespace, target: Path) -> bytes:
    """One week's map."""
    from allohistory.telling.atlas.plate import as_png, plate

    sheet = plate(timeline, timeline.model.book.calendar.day(options.date, "allohistory map DATE"))
    return as_png(sheet) if target.suffix.lower() == ".png" else sheet.encode("utf-8")


def filmed(timeline: Timeline, options: argparse.Namespace, target: Path) -> bytes:
    """A map that moves."""
    from allohistory.telling.atlas.film import film

    dots = target.suffix.lower() == ".gif"
    with progress() as bar:
        found = film(timeline, options.date, options.every, lambda done, of: bar("maps", done, of))
        return found.gif if dots else found.svg.encode("utf-8")


def writable(name: str, option: str = OPTION, endings: tuple[str, ...] = ENDINGS) -> Path:
    """The file to write; raises AllohistoryError for an ending that is not drawn, or a folder that is not to be had."""
    target = Path(name)
    if target.suffix.lower() not in endings:
        stem = target.name.removesuffix(target.suffix) or "map"
        raise AllohistoryError(
            option,
            f'"{target.name}" ends neither in {" nor in ".join(endings)}',
            given=name,
            possible=endings,
            closest=str(target.with_name(f"{stem}.svg")),
        )
    if target.is_dir():
        raise AllohistoryError(
            option, f'"{name}" is a folder', given=name, closest=str(target / f"map{target.suffix}")
        )
    folder = target.parent
    if not folder.is_dir():
        raise AllohistoryError(
            option,
            f'there is no folder "{folder}"',
            given=name,
            closest=str(nearest_folder(folder) / target.name),
        )
    if not os.access(folder, os.W_OK | os.X_OK):
        raise AllohistoryError(
            option,
            f'the folder "{folder}" cannot be written to',
            given=name,
            closest="",
            see="give a folder that you may write to",
        )
    return target


def nearest_folder(folder: Path) -> Path:
    """The lowest folder on the way that is there."""
    return next((one for one in folder.parents if one.is_dir()), Path())
