"""`studio`: Allohistory in the browser, until Ctrl-C."""

from __future__ import annotations

import argparse
import errno
import json
import os
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Callable
from typing import TYPE_CHECKING

from allohistory.errors import AllohistoryError

if TYPE_CHECKING:
    from allohistory.cli.endings import Watch
    from allohistory.studio.settings import Settings

LOOPBACK = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = "0.0.0.0"
MOST_PORT = 65_535
WAITING = 128  # connections that wait to be taken
GRACE_SECONDS = 2
MOST_AT_ONCE = 200  # connections of a public studio
TICK_SECONDS = 0.05


def run(options: argparse.Namespace) -> int:
    """Listen, say where, and serve until a signal comes."""
    settings = settings_of(options)
    door = listen(settings)
    host, port = door.getsockname()[:2]
    address = f"http://{shown(settings.host, host)}:{port}/"
    with door:
        serve(settings, door, options.watch, lambda: say(address, options))
    return 0


def settings_of(options: argparse.Namespace) -> Settings:
    """Where it listens and what it allows; raises AllohistoryError for what cannot be."""
    from allohistory.studio import settings

    port = settings.DEFAULT_PORT if options.port is None else options.port
    if not 0 <= port <= MOST_PORT:
        problem = f"{port} is not a port from 0 to {MOST_PORT}"
        raise AllohistoryError("--port", problem, given=port, closest=str(settings.DEFAULT_PORT))
    if options.public:
        return settings.public(options.host or EVERYWHERE, port)
    host = options.host or settings.LOOPBACK
    if host not in LOOPBACK:
        problem = f"at {host} others could reach the studio"
        raise AllohistoryError("--host", problem, given=host, closest=f"--public --host {host}")
    return settings.Settings(host, port)


def listen(settings: Settings) -> socket.socket:
    """The door that requests come through; raises AllohistoryError where it cannot be opened."""
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        door = socket.socket(found[0], socket.SOCK_STREAM)
    except OSError as error:
        problem = f"there is no {settings.host} on this machine ({error.strerror})"
        raise AllohistoryError("--host", problem, given=settings.host, closest=LOOPBACK[0]) from None
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(found[4])
        door.listen(WAITING)
    except OSError as error:
        door.close()
        raise closed(settings, error) from None
    return door


def closed(settings: Settings, error: OSError) -> AllohistoryError:
    """Why the door cannot be opened."""
    if error.errno == errno.EADDRINUSE:
        problem = f"something listens on port {settings.port} already, perhaps another studio"
        closest = str(settings.port + 1 if settings.port < MOST_PORT else 0)
        return AllohistoryError("--port", problem, given=settings.port, closest=closest)
    if error.errno == errno.EACCES:
        problem = f"port {settings.port} may not be used"
        return AllohistoryError("--port", problem, given=settings.port, closest="8765")
    problem = f"cannot listen at {settings.host} ({error.strerror})"
    return AllohistoryError("--host", problem, given=settings.host, closest=LOOPBACK[0])


def shown(asked: str, host: str) -> str:
    """The name by which a reader on this machine finds it."""
    if asked in (EVERYWHERE, "::"):
        return LOOPBACK[0]
    return f"[{host}]" if ":" in host else asked


def say(address: str, options: argparse.Namespace) -> None:
    """One line with the address; a note where there is no page to show."""
    from allohistory.studio.pages import BUILT, INDEX

    if options.json:
        print(json.dumps({"address": address, "public": options.public}), flush=True)
    else:
        print(f"The studio is open at {address} (Ctrl-C ends it)", flush=True)
    if not (BUILT / INDEX).is_file():
        print("note: the page is not built here; make studio builds it", file=sys.stderr, flush=True)
    if options.open and has_screen():
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def has_screen() -> bool:
    """Could a browser be seen here? Else a browser of letters might take the terminal."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def serve(settings: Settings, door: socket.socket, watch: Watch, ready: Callable[[], None]) -> None:
    """Serve on a thread until a signal comes; then end whatever is under way."""
    import uvicorn

    from allohistory.studio.app import create_app

    app = create_app(settings)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        limit_concurrency=MOST_AT_ONCE if settings.public else None,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([door],), name="studio", daemon=True)
    watch.stoppable, watch.finished, watch.kept = True, 1, "the studio is closed"  # a signal only sets `stop`
    thread.start()
    said = False
    while thread.is_alive() and not watch.stop.is_set():
        if server.started and not said:
            said = True
            ready()
        time.sleep(TICK_SECONDS)
    app.state.jobs.close()
    server.should_exit = True
    thread.join(GRACE_SECONDS + 1)
