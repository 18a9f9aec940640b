"""The pages: they build without a warning, fetch nothing from outside, and the picture shows the folders there are."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import river

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
FETCHED = re.compile(
    r"""<(?:script|img|iframe|source|video|audio|embed)\b[^>]*\bsrc\s*=\s*["']?(?:https?:)?//"""
    r"""|<link\b(?=[^>]*\brel\s*=\s*["']?(?:stylesheet|preload|preconnect|dns-prefetch|icon))[^>]*\bhref\s*=\s*["']?(?:https?:)?//"""
    r"""|@import\s+(?:url\()?["']?(?:https?:)?//|url\(["']?(?:https?:)?//""",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    # Not --quiet: what mkdocs does not say it does not count either, and --strict would let every warning pass.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_site__builds_strictly_and_fetches_nothing_from_outside(site):
    pages = sorted([*site.rglob("*.html"), *site.rglob("*.css")])
    assert len(pages) > 20
    fetched = {
        page.relative_to(site).as_posix(): FETCHED.findall(page.read_text(encoding="utf-8")) for page in pages
    }
    assert {name: found for name, found in fetched.items() if found} == {}


@pytest.mark.parametrize(
    "text",
    [
        '<script src="https://elsewhere/x.js">',
        '<link rel="stylesheet" href="//elsewhere/x.css">',
        '<link href="https://elsewhere" rel="preconnect">',
        "<img alt='' src='https://elsewhere/x.png'>",
        "@import url(https://elsewhere/x.css)",
        "src: url('https://elsewhere/x.woff2')",
    ],
)
def test_site__what_is_fetched_from_outside_is_found(text):
    assert FETCHED.search(text)


@pytest.mark.parametrize(
    "text",
    ['<a href="https://elsewhere">', '<script src="../x.js">', '<link rel="canonical" href="https://x">'],
)
def test_site__a_link_is_not_a_fetch(text):
    assert not FETCHED.search(text)


def test_picture__shows_the_folders_that_there_are():
    package = ROOT / "src" / "allohistory"
    folders = {path.name for path in package.iterdir() if (path / "__init__.py").exists()} | {"errors"}
    picture = (DOCS / "pictures" / "river.svg").read_text(encoding="utf-8")
    assert set(re.findall(r'data-folder="(\w+)"', picture)) == folders


def test_picture__is_the_one_that_the_layers_give():
    assert (DOCS / "pictures" / "river.svg").read_text(encoding="utf-8") == river.picture()


def test_architecture__names_every_folder():
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    assert [name for name in river.layers() if f"`{name}" not in text] == []


def test_init__tells_the_same_order_as_the_layers():
    words = (ROOT / "src" / "allohistory" / "__init__.py").read_text(encoding="utf-8")
    told = words.split("further downstream:")[1].split("\n\n")[1]
    assert re.findall(r"\w+", told) == [name for name in river.layers() if name != "version"]


def test_readme__gives_the_two_commands_first():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert text.index("make run") < text.index("make test") < len(text) / 2


def test_picture__of_the_theatre_is_the_one_that_the_book_gives():
    import atlas_picture

    assert (DOCS / "pictures" / "theatre.svg").read_text(encoding="utf-8") == atlas_picture.picture()
