"""The page itself, built from page/ and shipped in the wheel; every view's path gives the same page.

Nothing of a request's path is ever looked up on disk: what may be given out is a table, read when it is first needed
and again when the page was built anew.
"""

from __future__ import annotations

import mimetypes
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from allohistory.studio.kept_lists import Kept

BUILT = Path(__file__).parent / "built"
INDEX = "index.html"
ASSETS = "assets/"  # named by their content: they never change
FOR_EVER = "public, max-age=31536000, immutable"
EACH_TIME = "no-cache"
NOT_BUILT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Allohistory</title>
<p>The studio's page is not built in this folder. Stop the studio and run <code>make studio</code>: it builds the page
and starts again. The interface under <code>/api/v1</code> answers already.</p></html>
"""
KINDS = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
}


class Built:
    """The files of the built page, in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made = 0.0
        self.files: dict[str, Kept] = {}

    def now(self) -> dict[str, Kept]:
        """The files as they are now; none where the page is not built."""
        try:
            made = (self.folder / INDEX).stat().st_mtime
        except OSError:
            return {}
        if made != self.made:
            self.files = read_all(self.folder)
            self.made = made
        return self.files


def read_all(folder: Path) -> dict[str, Kept]:
    """Every file below a folder, by its path from there."""
    return {
        path.relative_to(folder).as_posix(): Kept(path.read_bytes(), kind_of(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink() and not path.name.startswith(".")
    }


def kind_of(path: Path) -> str:
    """What a browser is told that a file is."""
    return KINDS.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def add(app: FastAPI) -> None:
    """Serve the built page."""
    built = Built(BUILT)

    @app.get("/{path:path}", include_in_schema=False)
    def _page(request: Request, path: str) -> Response:
        if path == "api" or path.startswith("api/"):
            raise HTTPException(404)
        files = built.now()
        if path in files and path != INDEX:
            return files[path].given(request, FOR_EVER if path.startswith(ASSETS) else EACH_TIME)
        if path.startswith(ASSETS):
            raise HTTPException(404)
        if INDEX not in files:
            return HTMLResponse(NOT_BUILT, headers={"Cache-Control": EACH_TIME})
        return files[INDEX].given(request, EACH_TIME)
