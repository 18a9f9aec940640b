"""The application: guards, routes, errors, the page."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from starlette.middleware.gzip import GZipMiddleware

from allohistory.studio import (
    catalogue,
    evidence,
    failing,
    guard,
    line,
    pages,
    playing,
    presets,
    questions,
    timelines,
)
from allohistory.studio.jobs import Jobs
from allohistory.studio.kept_lists import LEAST_TO_PACK, Lists
from allohistory.studio.settings import Settings
from allohistory.version import VERSION

ABOUT = "Questions about the past, answered with numbers that anyone can check. The same answers as the command line's."


def create_app(settings: Settings | None = None) -> FastAPI:
    """The studio as an ASGI application."""
    settings = settings or Settings()
    app = FastAPI(
        title="Allohistory",
        version=VERSION,
        description=ABOUT,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lived,
    )
    app.state.settings = settings
    app.state.jobs = Jobs(settings)
    app.state.lists = Lists()
    app.add_middleware(GZipMiddleware, minimum_size=LEAST_TO_PACK, compresslevel=5)
    guard.add(app, settings)
    failing.add(app)
    api = APIRouter(prefix="/api/v1")
    for part in (catalogue, evidence, presets, line, questions, timelines, playing):
        api.include_router(part.router)
    app.include_router(api)
    pages.add(app)
    return app


@asynccontextmanager
async def lived(app: FastAPI) -> AsyncIterator[None]:
    """Load the scenario while the first page is on its way; stop all work when the studio ends."""
    if app.state.settings.warm:
        threading.Thread(target=warm, name="warm", daemon=True).start()
    yield
    app.state.jobs.close()


def warm() -> None:
    """Everything that the first question would otherwise wait for: tables read, kernels compiled, libraries loaded."""
    from allohistory.errors import AllohistoryError
    from allohistory.questions.question import Question
    from allohistory.questions.scenario import scenario

    where = scenario()
    first = next(iter(where.pods))
    try:
        where.answer(Question(pods=(first,), timelines=2), anew=True)
    except AllohistoryError as error:
        failing.log.warning("%s", error)
