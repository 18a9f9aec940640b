"""Pictures of the studio, taken in a real Chromium.

    python tools/studio_pictures.py              write docs/pictures/studio/*.webp, the few that the pages show
    python tools/studio_pictures.py --all DIR    every view, wide and narrow, light and dark, to be looked at

The studio that is pictured runs on this machine on a port of its own for as long as it takes. The browser is the one
that ALLOHISTORY_BROWSER names, else the system's Chromium.
"""

from __future__ import annotations

import argparse
import base64
import os
import shutil
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures" / "studio"
MOST_BYTES = 150_000
SIZES = {"desk": (1280, 860), "phone": (390, 844)}
SCHEMES = ("light", "dark")
PATIENCE_MS = 600_000
WHOLE = """() => {
  const said = [...document.querySelectorAll("main button")].map((one) => one.textContent.trim());
  return said.includes("Copy link") && !said.includes("Stop");
}"""
FEW = "&timelines=200"  # enough to look at; the pages show the answer that readers get
QUESTION = "pod=no-clash-at-marco-polo" + FEW


def answered(page: Page) -> None:
    """Wait until a question has its whole answer: there is something to carry away, and nothing left to stop."""
    page.wait_for_function(WHOLE, timeout=PATIENCE_MS)


def opened(page: Page) -> None:
    """Wait until a page stands: it has a heading, and its first lists have come."""
    page.wait_for_selector("main h1, main h2", timeout=PATIENCE_MS)
    page.wait_for_load_state("networkidle", timeout=PATIENCE_MS)


def told(page: Page) -> None:
    """Wait until a timeline has its chronicle."""
    page.locator("main .told").first.wait_for(timeout=PATIENCE_MS)
    opened(page)


def decided(page: Page) -> None:
    """Wait until a decision lies on the desk."""
    page.get_by_role("region", name="Answers").wait_for(timeout=PATIENCE_MS)


@dataclass(frozen=True)
class Shot:
    """A view of the studio: its name, its link (ADDRESS stands for a timeline's), and when it is ready."""

    name: str
    link: str
    ready: Callable[[Page], None] = opened


SHOTS = (
    Shot("ask", "/"),
    Shot("answer", f"/?{QUESTION}", answered),
    Shot("timeline", "/timeline/ADDRESS?date=1941-09-28", told),
    Shot("roads", f"/roads?{QUESTION}&outcome=serious_war", answered),
    Shot("search", "/search"),
    Shot("hinges", "/hinges"),
    Shot("explain", "/explain"),
    Shot("claims", "/claims"),
    Shot("play", "/play"),
    Shot("sheet", "/play?as=tokyo&from=1941-06-30", decided),
    Shot("evidence", "/evidence"),
)
KEPT = ("ask", "answer", "timeline", "sheet")  # on the pages: wide and light
TIMELINE_POD = "strike-north-july-1941"


def chromium() -> str | None:
    """The browser to use, if there is one."""
    return (
        os.environ.get("ALLOHISTORY_BROWSER") or shutil.which("chromium") or shutil.which("chromium-browser")
    )


@contextmanager
def studio() -> Iterator[str]:
    """A studio of this process; its address, for as long as the block lasts."""
    import uvicorn

    from allohistory.studio.app import create_app
    from allohistory.studio.settings import Settings

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    app = create_app(Settings(port=port))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise SystemExit("the studio did not start")
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=30)


@contextmanager
def browser() -> Iterator[Browser]:
    """A Chromium without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        yield play.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])


def address() -> str:
    """A timeline of this version with a war in it."""
    import allohistory

    answer = allohistory.scenario().ask(pods=TIMELINE_POD, outcomes="general_war", timelines=20)
    return answer.addresses("general_war", 1)[0]


def page_of(machine: Browser, size: str, scheme: str) -> Page:
    """An empty page of that width and colour scheme, in which nothing moves by itself."""
    width, height = SIZES[size]
    looks: Any = scheme
    context = machine.new_context(
        viewport={"width": width, "height": height}, color_scheme=looks, reduced_motion="reduce"
    )
    return context.new_page()


def webp(page: Page, quality: int = 80) -> bytes:
    """What the window shows, as WebP, made by the browser itself."""
    session = page.context.new_cdp_session(page)
    taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": quality})
    return base64.b64decode(taken["data"])


def show(page: Page, root: str, shot: Shot, timeline: str) -> None:
    """Open a view and wait until it stands."""
    page.goto(root + shot.link.replace("ADDRESS", timeline))
    shot.ready(page)
    page.wait_for_timeout(500)


def for_pages(root: str, machine: Browser, timeline: str) -> None:
    """The pictures that the pages show."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for shot in SHOTS:
        if shot.name not in KEPT:
            continue
        page = page_of(machine, "desk", "light")
        show(page, root, replace(shot, link=shot.link.replace(FEW, "")), timeline)
        held = next(one for quality in (80, 60, 40, 20) if len(one := webp(page, quality)) <= MOST_BYTES)
        (FOLDER / f"{shot.name}.webp").write_bytes(held)
        page.context.close()
        print(f"{shot.name}.webp  {len(held):,} bytes")


def every_view(root: str, machine: Browser, timeline: str, folder: Path) -> list[Path]:
    """Each view, whole, in each width and scheme."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for size in SIZES:
        for scheme in SCHEMES:
            page = page_of(machine, size, scheme)
            for shot in SHOTS:
                show(page, root, shot, timeline)
                files.append(folder / f"{shot.name}-{size}-{scheme}.png")
                page.screenshot(path=str(files[-1]), full_page=True)
            page.context.close()
    return files


def main() -> int:
    """Take them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--all", metavar="DIR", help="every view, in every width and scheme, into this folder"
    )
    parser.add_argument("--at", metavar="URL", help="a studio that runs already")
    options = parser.parse_args()
    if chromium() is None:
        print("no Chromium here; name one in ALLOHISTORY_BROWSER", file=sys.stderr)
        return 2
    timeline = address()
    running = nullcontext(options.at.rstrip("/")) if options.at else studio()
    with running as root, browser() as machine:
        if options.all:
            for file in every_view(root, machine, timeline, Path(options.all)):
                print(file)
        else:
            for_pages(root, machine, timeline)
    return 0


if __name__ == "__main__":
    sys.exit(main())
