"""What is turned away before any work: foreign hosts and origins, requests that are too large.

A page of another site that a reader has open could otherwise ask this studio (its address is known), or name itself as
this machine (rebinding). So the host that a request names must be one of ours, and whatever changes something must come
from a page of ours or from no page at all.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from allohistory.errors import AllohistoryError
from allohistory.studio.failing import said
from allohistory.studio.settings import Settings

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")
ANY_HOST = ("0.0.0.0", "::", "[::]")
CHANGING = ("POST", "DELETE", "PUT", "PATCH")
FROM_HERE = ("same-origin", "none")
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def add(app: FastAPI, settings: Settings) -> None:
    """Put the guards before the application."""
    app.add_middleware(Guard, settings=settings)


class TooLarge(Exception):
    """A body went beyond what one request may have."""


class Guard:
    """The door: looks at hosts, origins and sizes, and writes the headers of safety on every answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def write(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = self.refusal(scope)
        if refused is not None:
            await said(refused)(scope, receive, write)
            return
        try:
            await self.app(scope, counted(receive, self.settings.most_bytes), write)
        except TooLarge:
            if not begun:
                await said(self.too_large())(scope, receive, write)

    def refusal(self, scope: Scope) -> AllohistoryError | None:
        """Why a request is turned away; None where it is not."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self.known(host):
            return AllohistoryError(
                "the request's host", "this studio does not go by that name", given=host[:100], status=403
            )
        if scope["method"] in CHANGING and not from_here(headers, host):
            problem = "only the studio's own page may ask"
            return AllohistoryError("the request's origin", problem, given=headers.get("origin"), status=403)
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length[:18]) > self.settings.most_bytes:
            return self.too_large()
        return None

    def known(self, host: str) -> bool:
        """Is this one of our names?"""
        name = name_in(host)
        own = self.settings.host
        if name in LOOPBACK_NAMES or name in (own.lower(), f"[{own.lower()}]"):
            return True
        return self.settings.public and own in ANY_HOST and name != ""

    def too_large(self) -> AllohistoryError:
        """For a body beyond the limit."""
        problem = f"a request may have {self.settings.most_bytes} bytes"
        return AllohistoryError(
            "the request's body", problem, closest=str(self.settings.most_bytes), status=413
        )


def counted(receive: Receive, most: int) -> Receive:
    """The body as it comes, up to so many bytes."""
    held = 0

    async def read() -> Message:
        nonlocal held
        message = await receive()
        if message["type"] == "http.request":
            held += len(message.get("body", b""))
            if held > most:
                raise TooLarge
        return message

    return read


def name_in(host: str) -> str:
    """The name in a Host header, without its port; empty where it is none."""
    host = host.strip().lower()
    if host.startswith("["):
        end = host.find("]")
        return host[: end + 1] if end > 0 else ""
    return host.split(":")[0]


def from_here(headers: Headers, host: str) -> bool:
    """Does a request come from a page of ours, or from no page at all?"""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in FROM_HERE:
        return False
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        return urlsplit(origin).netloc.lower() == host.strip().lower() != ""
    except ValueError:
        return False
