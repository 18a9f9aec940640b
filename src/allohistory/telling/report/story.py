"""One timeline in a report: told as a post, with a map of the week in which the armies stood farthest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from allohistory.telling.export.page import entry_as_html, figure
from allohistory.telling.export.pictures import FARTHEST, pictures
from allohistory.telling.history.write import history
from allohistory.telling.report.parts import command, paragraphs, section

if TYPE_CHECKING:
    from allohistory.questions.timelines import Timeline

FULL = 40  # entries that a report has room for


def story(address: str, title: str = "One timeline of it") -> str:
    """The section of one timeline."""
    from allohistory.questions.timelines import timeline_at

    return section(title, *_parts(timeline_at(address)))


def _parts(timeline: Timeline) -> Iterator[str]:
    told = history(timeline, "post")
    yield paragraphs(["It was picked because it comes first, not because it is likely.", told.fades], "about")
    maps = pictures(timeline)
    yield figure(next((one for one in maps if one.caption == FARTHEST), maps[0])) if maps else ""
    entries = [entry for entry in told.entries if not entry.absent]
    yield "\n".join(f"{entry_as_html(one, year=True)}" for one in entries[:FULL])
    yield paragraphs(f"{heading}. {text}" for heading, text in told.closing)
    yield command(f"allohistory tell {timeline.address}")
