"""The page itself, built from page/ and shipped in the wheel; every view's path gives the same page."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse

BUILT = Path(__file__).parent / "built"


def add(app: FastAPI) -> None:
    """Serve the built page."""

    @app.get("/{path:path}", include_in_schema=False)
    def _page(path: str) -> FileResponse:
        wanted = (BUILT / path).resolve()
        inside = wanted.is_relative_to(BUILT) and wanted.is_file()
        return FileResponse(wanted if inside else BUILT / "index.html")
