"""Texts that are made once and given out many times: kept in memory, with a tag by which a reader has them already."""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from fastapi import Request, Response

JSON = "application/json"
LEAST_TO_PACK = 1000  # bytes: less gains nothing


@dataclass(frozen=True)
class Kept:
    """A body with its kind, its tag, and packed once where that helps."""

    body: bytes
    kind: str = JSON

    @cached_property
    def tag(self) -> str:
        """A digest of the body, in the quotation marks that HTTP wants."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:24]}"'

    @cached_property
    def packed(self) -> bytes | None:
        """With gzip; None where that would not be smaller by much."""
        if len(self.body) < LEAST_TO_PACK:
            return None
        small = gzip.compress(self.body, compresslevel=6, mtime=0)
        return small if len(small) < 0.9 * len(self.body) else None

    def given(self, request: Request, cache: str) -> Response:
        """The answer to a request: nothing new, packed or plain."""
        headers = {"ETag": self.tag, "Cache-Control": cache, "Vary": "Accept-Encoding"}
        if has_it(request, self.tag):
            return Response(status_code=304, headers=headers)
        if self.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            return Response(self.packed, media_type=self.kind, headers=headers)
        return Response(self.body, media_type=self.kind, headers=headers)


def has_it(request: Request, tag: str) -> bool:
    """Does the reader say that it has this very body?"""
    held = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    return tag in held or "*" in held


class Lists:
    """What was made, by name. Making is done once, also where several readers come at the same time."""

    def __init__(self) -> None:
        self._held: dict[str, Kept] = {}
        self._lock = threading.Lock()
        self._making: dict[str, threading.Lock] = {}

    def get(self, name: str, make: Callable[[], Mapping[str, Any]]) -> Kept:
        """The text of that name, made now if it is asked for the first time."""
        held = self._held.get(name)
        if held is not None:
            return held
        with self._lock:
            making = self._making.setdefault(name, threading.Lock())
        with making:
            if name not in self._held:
                self._held[name] = Kept(text_of(make()))
            return self._held[name]


def text_of(value: Any) -> bytes:
    """JSON without spaces or line ends; NaN is a fault and not written."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
