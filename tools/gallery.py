"""The gallery: ten chronicles, three maps and a report, made anew from their seeds.

    python tools/gallery.py            write docs/gallery/
    python tools/gallery.py --check    write nothing; fail where something is missing

Which timelines they are stands below: by point of divergence, seed and number, so that they stay the same roads when
the model moves. They are picked for their roads, not for their endings.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "gallery"
SEED = 7
REPORT_POD, REPORT_TIMELINES = "strike-north-july-1941", 400


@dataclass(frozen=True)
class Piece:
    """A chronicle: its file, its title in the list, and which timeline it is."""

    file: str
    title: str
    pod: str
    number: int
    length: str = "essay"


PIECES = (
    Piece("free-luck-1944", "Nothing but the rules: a war in 1944", "", 2),
    Piece("free-luck-peace", "Nothing but the rules: no war in the north", "", 3),
    Piece("moscow-attacks-1939", "Moscow attacks in 1939", "soviet-war-of-choice-1939", 1),
    Piece("moscow-attacks-1938", "Moscow attacks in 1938", "soviet-war-of-choice-1938", 0),
    Piece("japan-strikes-north", "Japan strikes north in July 1941", "strike-north-july-1941", 3),
    Piece("japan-strikes-north-long", "Japan strikes north, and it lasts", "strike-north-july-1941", 5),
    Piece("no-marco-polo", "No clash at the Marco Polo Bridge", "no-clash-at-marco-polo", 1),
    Piece("no-pearl-harbor", "No Pearl Harbor", "no-pearl-harbor", 0),
    Piece("hokkaido-landing", "Hokkaido: the landing is ordered", "hokkaido-landing-ordered", 1),
    Piece("downfall", "The landing on Kyushu goes ahead", "downfall-goes-ahead", 0, "annals"),
)
MAPS = (
    ("moscow-attacks-1939", "1939-08-27"),
    ("japan-strikes-north", "1941-10-05"),
    ("free-luck-1944", "1944-03-05"),
)


def timeline_of(piece: Piece) -> Any:
    """Its timeline."""
    from allohistory.questions.timelines import timeline_at
    from allohistory.timeline.model import load
    from allohistory.timeline.named import Named, address_of

    pods = (piece.pod,) if piece.pod else ()
    horizon = "after-changes" if piece.pod else "start"
    return timeline_at(
        address_of(load(), Named(pods=pods, seed=SEED, timeline=piece.number, horizon=horizon))
    )


def pages() -> dict[str, str]:
    """File -> text of everything in the gallery."""
    import allohistory
    from allohistory.telling.export.markdown import markdown
    from allohistory.telling.report.answers import report

    found, timelines = {}, {}
    for piece in PIECES:
        timelines[piece.file] = timeline_of(piece)
        told = timelines[piece.file].chronicle(piece.length)
        found[f"{piece.file}.md"] = markdown(told)
    for name, date in MAPS:
        found[f"{name}-{date}.svg"] = timelines[name].map(date).svg
    answer = allohistory.scenario().ask(pods=REPORT_POD, timelines=REPORT_TIMELINES)
    found["report.html"] = report(answer)
    found["index.md"] = index()
    return found


def index() -> str:
    """The page that leads to all of it."""
    titles = {piece.file: piece.title for piece in PIECES}
    lines = [
        "# Gallery",
        "",
        "Timelines told, as `allohistory tell` tells them. None was mended by hand.",
        "",
    ]
    lines += [f"- [{piece.title}]({piece.file}.md)" for piece in PIECES]
    lines += [
        "",
        "An answer's [report](report.html), as `allohistory ask --report` writes it.",
        "",
        "## Maps",
    ]
    for name, date in MAPS:
        lines += [
            "",
            f"![{titles[name]}, week of {date}]({name}-{date}.svg)",
            "",
            f"{titles[name]}, week of {date}.",
        ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write, or see that all is there."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail where something is missing")
    if parser.parse_args().check:
        wanted = [f"{piece.file}.md" for piece in PIECES] + [f"{name}-{date}.svg" for name, date in MAPS]
        missing = [name for name in (*wanted, "report.html", "index.md") if not (FOLDER / name).is_file()]
        for name in missing:
            print(f"docs/gallery/{name} is missing; make docs writes it", file=sys.stderr)
        return 1 if missing else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    print(FOLDER)
    return 0


if __name__ == "__main__":
    sys.exit(main())
