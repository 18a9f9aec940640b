"""Every error in one shape: the one the command line prints with `--json`."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from allohistory.errors import AllohistoryError


def add(app: FastAPI) -> None:
    """Answer every error in that shape."""

    @app.exception_handler(AllohistoryError)
    def _mistake(request: Request, error: AllohistoryError) -> JSONResponse:
        return JSONResponse(error.to_json(), status_code=error.status)
