"""A timeline in a form to carry away: one file as it is, several in an archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from fastapi import Response

TYPES = {
    ".md": "text/markdown; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".pdf": "application/pdf",
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".zip": "application/zip",
}
BEGINNING = (1980, 1, 1, 0, 0, 0)  # the earliest date an archive knows: the same files give the same archive


def parcel(files: Mapping[str, bytes], form: str, address: str) -> Response:
    """The answer that carries the files of a format, under a name that says which timeline it is."""
    name, content = next(iter(files.items()))
    ending = "." + name.rsplit(".", 1)[1]
    if len(files) > 1:
        content, ending = archive(files), ".zip"
    said = f"{short(address)}-{form}{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{said}"', "X-Content-Type-Options": "nosniff"}
    return Response(content, media_type=TYPES[ending], headers=headers)


def short(address: str) -> str:
    """An address as part of a file's name."""
    return address if len(address) <= 60 else f"{address[:24]}-{address[-4:]}"


def archive(files: Mapping[str, bytes]) -> bytes:
    """Several files in one, with no clock in it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for name, content in files.items():
            packed.writestr(zipfile.ZipInfo(name, BEGINNING), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()
