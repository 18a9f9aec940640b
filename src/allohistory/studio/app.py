"""The application: guards, routes, errors, the page."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI

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
from allohistory.studio.settings import Settings
from allohistory.version import VERSION


def create_app(settings: Settings | None = None) -> FastAPI:
    """The studio as an ASGI application."""
    settings = settings or Settings()
    app = FastAPI(
        title="Allohistory",
        version=VERSION,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.settings = settings
    app.state.jobs = Jobs(settings)
    guard.add(app, settings)
    failing.add(app)
    api = APIRouter(prefix="/api/v1")
    for part in (catalogue, evidence, presets, line, questions, timelines, playing):
        api.include_router(part.router)
    app.include_router(api)
    pages.add(app)
    return app
