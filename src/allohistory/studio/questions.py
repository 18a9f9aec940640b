"""Questions as jobs: POST a what-if, follow the job, hear the answer narrow, stop it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from allohistory.errors import AllohistoryError
from allohistory.questions.scenario import scenario
from allohistory.studio import bodies, reading
from allohistory.studio.answering import KINDS
from allohistory.studio.described import asked_of, found_of
from allohistory.studio.jobs import DONE, FAILED, STOPPED, Job, Jobs
from allohistory.studio.kept_lists import JSON, text_of

router = APIRouter(tags=["questions"])
EVERY_SECONDS = 0.1  # between two tellings of progress
ALIVE_SECONDS = 10.0  # between two comments where nothing comes
NOT_KEPT = {"Cache-Control": "no-store"}


@router.post("/ask", status_code=202, openapi_extra=asked_of("ask"), responses=found_of("ask"))
async def ask(request: Request) -> dict[str, str]:
    """What follows from these points of divergence? The answer is that of `allohistory ask --json`."""
    return await begin("ask", request)


@router.post("/search", status_code=202, openapi_extra=asked_of("search"), responses=found_of("search"))
async def search(request: Request) -> dict[str, str]:
    """What would it take? The answer is that of `allohistory search --json`."""
    return await begin("search", request)


@router.post("/roads", status_code=202, openapi_extra=asked_of("roads"), responses=found_of("roads"))
async def roads(request: Request) -> dict[str, str]:
    """By which roads does a history get there? The answer is that of `allohistory roads --json`."""
    return await begin("roads", request)


@router.post("/hinges", status_code=202, openapi_extra=asked_of("hinges"), responses=found_of("hinges"))
async def hinges(request: Request) -> dict[str, str]:
    """When was it decided? The answer is that of `allohistory hinges --json`."""
    return await begin("hinges", request)


@router.post("/explain", status_code=202, openapi_extra=asked_of("explain"), responses=found_of("explain"))
async def explain(request: Request) -> dict[str, str]:
    """Why does it come about? The answer is that of `allohistory explain --json`."""
    return await begin("explain", request)


@router.get("/jobs/{name}", responses=found_of("job"))
def job(request: Request, name: str) -> Response:
    """The present state of a job, with the answer as far as it has come."""
    held = jobs_of(request).find(name)
    return Response(held.as_json(), media_type=JSON, headers=NOT_KEPT)


@router.get("/jobs/{name}/branches", responses=found_of("branches"))
def branches(request: Request, name: str) -> Response:
    """How the timelines of an answer to `ask` branch: flows between the states of the world, year by year."""
    held = jobs_of(request).find(name)
    if held.beside is None:
        problem = "it has none: only the whole answer to a question of `ask` shows how it branches"
        raise AllohistoryError(f"job {name}", problem, given=name, status=404)
    return Response(held.beside, media_type=JSON, headers=NOT_KEPT)


@router.delete("/jobs/{name}", responses=found_of("job"))
def stop(request: Request, name: str) -> Response:
    """Stop a job: what is finished becomes its answer."""
    held = jobs_of(request).stop(name, client_of(request))
    return Response(held.as_json(), media_type=JSON, headers=NOT_KEPT)


@router.get("/jobs/{name}/events", responses=found_of("events"))
async def events(request: Request, name: str) -> StreamingResponse:
    """The job as server-sent events: `progress`, `answer` while it narrows and when it is whole, `done` or `error`."""
    held = jobs_of(request).find(name)
    heard = held.listen()
    headers = {**NOT_KEPT, "X-Accel-Buffering": "no"}
    return StreamingResponse(told(held, heard), media_type="text/event-stream", headers=headers)


async def begin(kind: str, request: Request) -> dict[str, str]:
    """Read the question, look it through, and begin the job."""
    body = await bodies.read(request)
    return await run_in_threadpool(accept, kind, body, request)


def accept(kind: str, body: Mapping[str, Any], request: Request) -> dict[str, str]:
    """Raises AllohistoryError before a job begins where the question cannot be understood."""
    model = scenario().model
    answering = KINDS[kind]
    try:
        asked = reading.read(kind, body, model, request.app.state.settings)
        answering.look(asked)
    except RecursionError:
        raise reading.too_deep() from None
    started = jobs_of(request).start(
        kind, asked.digest(model), client_of(request), lambda job: answering.work(asked, job)
    )
    return {"job": started.name}


async def told(job: Job, heard: asyncio.Event) -> AsyncIterator[bytes]:
    """What a listener hears: the present state first, then what is new, at most ten times a second."""
    shown, news = None, 0
    try:
        while True:
            heard.clear()
            ended = job.ended
            with job.lock:
                doing, count, answer = job.doing, job.news, job.answer
            if doing is not None and doing != shown and not ended:
                shown = doing
                yield event("progress", text_of(doing))
            if answer is not None and count > news:
                news = count
                yield event("answer", answer)
            if ended:
                yield ending(job)
            if ended or job.closing:
                return
            try:
                await asyncio.wait_for(heard.wait(), ALIVE_SECONDS)
                await asyncio.sleep(EVERY_SECONDS)
            except TimeoutError:
                yield b": still at it\n\n"
    finally:
        job.leave(heard)


def ending(job: Job) -> bytes:
    """The last event."""
    if job.state == FAILED:
        return event("error", text_of(job.error))
    assert job.state in (DONE, STOPPED)
    return event("done", text_of({"state": job.state, **({"why": job.why} if job.why else {})}))


def event(name: str, data: bytes) -> bytes:
    """One server-sent event; the data is JSON on one line."""
    return b"event: %s\ndata: %s\n\n" % (name.encode(), data)


def jobs_of(request: Request) -> Jobs:
    """The jobs of this studio."""
    jobs: Jobs = request.app.state.jobs
    return jobs


def client_of(request: Request) -> str:
    """Who asks: an address."""
    return request.client.host if request.client is not None else ""
