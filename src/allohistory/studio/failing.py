"""Every error in one shape: the one the command line prints with `--json`. No trace of the inside ever leaves."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from allohistory.errors import AllohistoryError

log = logging.getLogger("allohistory.studio")
OUR_FAULT = "the studio made a mistake of its own; what it was doing stands in its terminal"
ENDING = {
    404: "there is nothing at this path",
    405: "this path is not asked in this way",
}


def add(app: FastAPI) -> None:
    """Answer every error in that shape."""

    @app.exception_handler(AllohistoryError)
    async def _mistake(_request: Request, error: AllohistoryError) -> JSONResponse:
        return said(error)

    @app.exception_handler(RequestValidationError)
    async def _unread(_request: Request, error: RequestValidationError) -> JSONResponse:
        return said(in_our_words(error))

    @app.exception_handler(HTTPException)
    async def _ended(request: Request, error: HTTPException) -> JSONResponse:
        problem = ENDING.get(error.status_code, HTTPStatus(error.status_code).phrase.lower())
        where = request.url.path
        return said(AllohistoryError(where, problem, status=error.status_code), dict(error.headers or {}))

    @app.exception_handler(Exception)
    async def _fault(request: Request, error: Exception) -> JSONResponse:
        return said(our_fault(request.url.path, error))


def said(error: AllohistoryError, headers: dict[str, str] | None = None) -> JSONResponse:
    """An error as an answer."""
    return JSONResponse(error.to_json(), status_code=error.status, headers=headers)


def our_fault(where: str, error: BaseException) -> AllohistoryError:
    """What a reader hears of a fault of ours; the rest goes to the terminal."""
    log.error("%s: %s", where, error, exc_info=error)
    return AllohistoryError(where, OUR_FAULT, status=500, exit_code=1)


def in_our_words(error: RequestValidationError) -> AllohistoryError:
    """What the framework finds wrong with a path or a query, as one of our errors."""
    first = error.errors()[0]
    where = " ".join(str(part) for part in first.get("loc", ()))
    given = first.get("input")
    status = 400 if first.get("type") == "json_invalid" else 422
    plain = given if isinstance(given, str | int | float) else None
    return AllohistoryError(
        where or "the request", str(first.get("msg", "cannot be read")), given=plain, status=status
    )
