"""`map`: one week of a timeline, drawn."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from pathlib import Path

from allohistory.cli.heads import with_head
from allohistory.errors import AllohistoryError

ENDINGS = (".svg", ".png")
OPTION = "allohistory map -o"


def run(options: argparse.Namespace) -> int:
    """Recompute the timeline, draw the week and write the file."""
    from allohistory.questions.timelines import timeline_at
    from allohistory.results.files import write_whole
    from allohistory.telling.atlas.plate import as_png, plate

    target = writable(options.output)
    timeline = timeline_at(options.address)
    day = timeline.model.book.calendar.day(options.date, "allohistory map DATE")
    drawn = plate(timeline, day)
    write_whole(target, as_png(drawn) if target.suffix.lower() == ".png" else drawn.encode("utf-8"))
    if options.json:
        again = shlex.join(["allohistory", "map", timeline.address, options.date, "-o", options.output])
        body = {"address": timeline.address, "date": day.isoformat(), "files": [str(target)]}
        sys.stdout.write(with_head("map", options, timeline.model, body, again=again))
    else:
        sys.stdout.write(f"{target}\n")
    return 0


def writable(name: str, option: str = OPTION) -> Path:
    """The file to write; raises AllohistoryError for an ending that is not drawn, or a folder that is not to be had."""
    target = Path(name)
    if target.suffix.lower() not in ENDINGS:
        stem = target.name.removesuffix(target.suffix) or "map"
        raise AllohistoryError(
            option,
            f'"{target.name}" ends neither in .svg nor in .png',
            given=name,
            possible=ENDINGS,
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
