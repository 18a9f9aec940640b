"""A real studio and a real browser: `studio` is the address of a server, `page` a page that watches what it does.

Without the built page or Chromium these tests are skipped, and say so; with ALLOHISTORY_REQUIRE_BROWSER=1 they fail.
Pictures go to out/studio/ (or ALLOHISTORY_PICTURES), where they are looked at.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from allohistory.studio.pages import BUILT, INDEX

ROOT = Path(__file__).resolve().parents[3]
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
DESKTOP, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
START_SECONDS = 120
AXE = ROOT / "page" / "node_modules" / "axe-core" / "axe.min.js"


def chromium_path() -> str | None:
    """ALLOHISTORY_BROWSER, or the Chromium of this machine."""
    given = os.environ.get("ALLOHISTORY_BROWSER")
    if given:
        return given if Path(given).is_file() else shutil.which(given)
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def missing(what: str):
    """Fail where a browser is required, else skip with a reason that nobody overlooks."""
    if os.environ.get("ALLOHISTORY_REQUIRE_BROWSER") == "1":
        pytest.fail(f"ALLOHISTORY_REQUIRE_BROWSER=1, but {what}", pytrace=False)
    pytest.skip(f"NO BROWSER TEST: {what}")


@pytest.fixture(scope="session")
def chromium():
    """A Chromium for the whole run."""
    path = chromium_path()
    if path is None:
        missing("no Chromium was found; install one, or name it with ALLOHISTORY_BROWSER")
    if not (BUILT / INDEX).is_file():
        missing("the page is not built; run `make page`")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def studio(chromium):
    """The address of a studio of its own, without the slash at the end."""
    words = [sys.executable, "-m", "allohistory.cli.main", "studio", "--port", "0", "--json"]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])}
    server = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=env)
    try:
        address = json.loads(server.stdout.readline())["address"].rstrip("/")
        ready(address)
        yield address
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def ready(address: str) -> None:
    """Wait until one question was answered, so that what is measured is hot."""
    import httpx

    with httpx.Client(base_url=address, timeout=START_SECONDS) as client:
        first = client.get("/api/v1/pods").json()["items"][0]["id"]
        body = {"what_if": 1, "pods": [first], "timelines": 20}
        job = client.post("/api/v1/ask", json=body).json()["job"]
        with client.stream("GET", f"/api/v1/jobs/{job}/events") as told:
            assert any(line == "event: done" for line in told.iter_lines())


@pytest.fixture
def desktop(chromium, studio):
    """A context of a desktop's size, in light."""
    yield from contexts(chromium, studio, viewport=DESKTOP)


@pytest.fixture
def phone(chromium, studio):
    """A context of a phone's size that is touched."""
    yield from contexts(chromium, studio, viewport=PHONE, has_touch=True, device_scale_factor=2)


def contexts(chromium, studio, **wanted):
    """One context; `base_url` is the studio, so that pages go to paths."""
    context = chromium.new_context(base_url=studio, color_scheme="light", locale="en-GB", **wanted)
    yield context
    context.close()


@pytest.fixture
def page(desktop, studio):
    """A page at desktop size; after the test nothing has left the machine and nothing has broken."""
    yield from watched(desktop, studio)


@pytest.fixture
def small_page(phone, studio):
    """The same at a phone's size."""
    yield from watched(phone, studio)


def watched(context, studio):
    """A page whose errors and foreign requests fail the test at its end."""
    host = urlsplit(studio).netloc
    broken, foreign = [], []
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", lambda said: said.type == "error" and broken.append(said.text))

    def strange(route):
        foreign.append(route.request.url)
        route.abort()

    page.route(lambda url: not url.startswith(("data:", "blob:")) and urlsplit(url).netloc != host, strange)
    yield page
    page.close()
    assert foreign == [], "no request leaves the machine"
    assert broken == [], "the page says of no mistake in its console"


@pytest.fixture(scope="session")
def pictures():
    """Where screenshots are put."""
    folder = Path(os.environ.get("ALLOHISTORY_PICTURES") or ROOT / "out" / "studio")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def barred():
    """A function of a page: what axe finds on it that would bar somebody, as "rule: the element it is about"."""
    if not AXE.is_file():
        missing("axe-core is not installed; run `npm ci` in page/")
    script = AXE.read_text(encoding="utf-8")

    def found_on(page) -> list[str]:
        page.evaluate(script)  # not as a script of the page, which its guards would refuse
        found = page.evaluate("async () => (await axe.run()).violations")
        grave = [one for one in found if one["impact"] in ("serious", "critical")]
        return [f"{one['id']}: {node['html'][:120]}" for one in grave for node in one["nodes"][:3]]

    return found_on
