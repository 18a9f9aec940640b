"""One timeline: as the command line tells it, its chronicle, series, map, exports, forks.

A timeline is recomputed from its address; the last few are kept. All of it is work for a thread, none for the loop.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from allohistory.studio.carrying import parcel
from allohistory.studio.kept import Kept, Lately

if TYPE_CHECKING:
    from allohistory.questions.timelines import Timeline

router = APIRouter(tags=["timelines"])
KEPT = Kept()
BASES = Lately(2)

Address = Annotated[
    str, Path(max_length=2000, description="a timeline's address: ah1-sjw-…", examples=["ah1-sjw-…"])
]
Length = Annotated[Literal["post", "essay", "annals"], Query(description="how much is told")]
Told = Annotated[Literal["json", "html", "markdown", "bbcode"], Query(alias="as")]
Carried = Annotated[Literal["markdown", "bbcode", "html", "pdf", "json", "geojson", "csv"], Query(alias="as")]
Picture = Annotated[Literal["svg", "png"], Query(alias="as")]
Day = Annotated[str, Query(max_length=10, description="a day of the week that is drawn: YYYY-MM-DD")]
Change = Annotated[str, Field(max_length=200)]
POST_LIMIT = Query(ge=1000, le=100_000, description="characters that the forum allows in a post")


class Fork(BaseModel):
    """What to change in a timeline, and from when on."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    from_: str = Field(
        alias="from", max_length=10, description="a day of the first week that may differ: YYYY-MM-DD"
    )
    pods: list[Change] = Field(default_factory=list, max_length=16)
    do: list[Change] = Field(default_factory=list, max_length=16)
    luck: Literal["same", "fresh"] = "same"


@router.get("/timelines")
def some() -> Response:
    """A few timelines to begin with."""
    from allohistory.studio.examples import examples

    return as_json(compact({"items": examples()}))


@router.get("/timelines/{address}")
def tell(address: Address, length: Length = "essay") -> Response:
    """The whole timeline, as `allohistory tell --json` has it."""
    return as_json(KEPT.made(("tell", length), address, lambda timeline: told_bytes(timeline, length)))


@router.get("/timelines/{address}/chronicle")
def chronicle(
    address: Address,
    length: Length = "essay",
    form: Told = "json",
    post: Annotated[int | None, Query(ge=1, description="of BBCode: this post alone")] = None,
    limit: Annotated[int, POST_LIMIT] = 10_000,
) -> Response:
    """The timeline told as history; of BBCode every post, or one of them (their number is in the header `Posts`)."""
    from allohistory.telling.export.bbcode import posts

    if form == "json":
        return as_json(
            KEPT.made(("history", length), address, lambda one: chief(carried_files(one, "json", length)))
        )
    if form == "html":
        body = KEPT.made(("html", length), address, lambda one: chief(carried_files(one, "html", length)))
        return Response(
            body, media_type="text/html; charset=utf-8", headers={"Content-Security-Policy": "sandbox"}
        )
    timeline = KEPT.timeline(address)
    if form == "markdown":
        body = KEPT.made(("plain markdown", length), address, lambda one: plain_markdown(one, length))
        return Response(body, media_type="text/markdown; charset=utf-8")
    several = posts(timeline.chronicle(length), map_captions(timeline), limit)
    shown = several if post is None else several[post - 1 : post]
    headers = {"Posts": str(len(several))}
    return Response("\n\n".join(shown), media_type="text/plain; charset=utf-8", headers=headers)


@router.get("/timelines/{address}/series")
def series(address: Address, group: Annotated[str | None, Query(max_length=40)] = None) -> Response:
    """The main series, week by week, with our history's beside; of one group, or all."""
    from allohistory.telling.charts.weekly import weekly_series

    def made(timeline: Timeline) -> bytes:
        return compact(weekly_series(timeline, our_timeline(timeline), group))

    return as_json(KEPT.made(("series", group), address, made))


@router.get("/timelines/{address}/map")
def drawn_map(address: Address, date: Day, form: Picture = "svg") -> Response:
    """The sheet of one week, as `allohistory map` draws it."""
    from allohistory.telling.atlas.plate import as_png, plate

    timeline = KEPT.timeline(address)
    day = timeline.model.book.calendar.day(date, "date")
    svg = KEPT.made(("map", day), address, lambda one: plate(one, day).encode("utf-8"))
    headers = {"Content-Disposition": f'inline; filename="map-{day.isoformat()}.{form}"'}
    if form == "png":
        dots = KEPT.made(("png", day), address, lambda _: as_png(svg.decode("utf-8")))
        return Response(dots, media_type="image/png", headers=headers)
    return Response(svg, media_type="image/svg+xml", headers=headers)


@router.get("/timelines/{address}/map/frames")
def map_frames(address: Address) -> Response:
    """What changes on the map from week to week, to lay over `map/base`; `ours` is our history's address."""
    from allohistory.telling.atlas.frames import frames

    def made(timeline: Timeline) -> bytes:
        return compact({**frames(timeline), "ours": our_address(timeline)})

    return as_json(KEPT.made("frames", address, made))


@router.get("/map/base")
def map_base() -> Response:
    """The map without a timeline: coast, waters, borders, railways, places and names, with their days."""
    from allohistory.questions.question import DEFAULT_SCENARIO
    from allohistory.telling.atlas.base import base
    from allohistory.timeline.model import load

    return as_json(BASES.get(DEFAULT_SCENARIO, lambda: compact(base(load(DEFAULT_SCENARIO)))))


@router.get("/timelines/{address}/export")
def export(
    address: Address, form: Carried, length: Length = "essay", limit: Annotated[int, POST_LIMIT] = 10_000
) -> Response:
    """The timeline to carry away, as `allohistory tell --as` writes it: one file, or several in an archive."""
    key = ("export", form, length, limit)
    files = KEPT.made(key, address, lambda one: carried_files(one, form, length, limit))
    return parcel(files, form, KEPT.timeline(address).address)


@router.get("/timelines/{address}/decisions")
def could_be_forked(address: Address, since: Annotated[str, Query(alias="from", max_length=10)]) -> Response:
    """What was decided from the week of a date on, with what else might have been: the changes that a fork takes."""
    from allohistory.telling.forking import decisions

    made = KEPT.made(("decisions", since), address, lambda one: compact({"items": decisions(one, since)}))
    return as_json(made)


@router.post("/timelines/{address}/fork")
def fork(address: Address, asked: Fork) -> Response:
    """The timeline up to a week, and another from there on, as `allohistory fork --json` has it."""
    from allohistory.questions.heads import headed
    from allohistory.telling.answers import asides, forked

    one = KEPT.timeline(address)
    other = one.fork(asked.from_, pods=asked.pods, do=asked.do, luck=asked.luck)
    other = KEPT.timelines.get(other.address, lambda: other)
    question = {"address": one.address, **asked.model_dump(by_alias=True)}
    body = forked(one, other, asked.from_)
    again = again_of(one, asked)
    return as_json(
        compact(headed("fork", one.model, question, body, again=again, warnings=asides(one, other)))
    )


# ---------------------------------------------------------------- what the routes are made of


def told_bytes(timeline: Timeline, length: str) -> bytes:
    """`tell --json`, as bytes."""
    from allohistory.questions.heads import headed
    from allohistory.telling.answers import aside, told

    question = {"address": timeline.address, "length": length}
    again = f"allohistory tell {timeline.address}"
    body = told(timeline, length)
    return compact(headed("tell", timeline.model, question, body, again=again, warnings=aside(timeline)))


def carried_files(timeline: Timeline, form: str, length: str, limit: int = 10_000) -> Mapping[str, bytes]:
    """File names and contents of a format, the chief one first."""
    from allohistory.telling.export.deliver import made

    return made(timeline, form, length, limit)


def chief(files: Mapping[str, bytes]) -> bytes:
    """The first of several files."""
    return next(iter(files.values()))


def plain_markdown(timeline: Timeline, length: str) -> bytes:
    """Markdown without maps, to paste."""
    from allohistory.telling.export.markdown import markdown

    return markdown(timeline.chronicle(length)).encode("utf-8")


def map_captions(timeline: Timeline) -> list[Any]:
    """The maps of a history; none is drawn until its picture is asked for."""
    from allohistory.telling.export.pictures import pictures

    return pictures(timeline)


def our_address(timeline: Timeline) -> str | None:
    """Our own history's address, with this timeline's parameters; None where this is our history."""
    from dataclasses import replace

    from allohistory.questions.addresses import address_of
    from allohistory.questions.worlds import read_worlds

    if timeline.faded is None:
        return None
    asked = timeline._worlds.question
    ours = replace(asked, pods=(), do=(), from_=None, luck="same", given=None, without=None)
    return address_of(read_worlds(ours, timeline.model), timeline.number)


def our_timeline(timeline: Timeline) -> Timeline | None:
    """Our own history beside a timeline."""
    address = our_address(timeline)
    return KEPT.timeline(address) if address is not None else None


def again_of(one: Timeline, asked: Fork) -> str:
    """The command that makes the same fork."""
    import shlex

    words = ["allohistory", "fork", one.address, "--from", asked.from_]
    for option, values in (("--pod", asked.pods), ("--do", asked.do)):
        words += [word for value in values for word in (option, value)]
    return shlex.join([*words, "--luck", asked.luck] if asked.luck != "same" else words)


def compact(value: Mapping[str, Any]) -> bytes:
    """JSON as the wire has it."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")


def as_json(body: bytes) -> Response:
    """An answer in JSON."""
    return Response(body, media_type="application/json")
