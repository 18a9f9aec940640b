"""The Makefile: what it says when it cannot go on, in one line; and that each promised target is there."""

import os
import re
import stat
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = {
    "install",
    "run",
    "studio",
    "page",
    "test",
    "bench",
    "validate",
    "docs",
    "check",
    "new-rule",
    "golden",
    "wheel",
    "clean",
}

OLD = """#!/bin/sh
case "$*" in
  -V) echo "Python 3.9.2" ;;
  *version_info*) exit 1 ;;
esac
"""
WITHOUT_VENV = """#!/bin/sh
case "$*" in
  *ensurepip*) echo "ModuleNotFoundError: No module named 'ensurepip'" >&2; exit 1 ;;
esac
"""


def install_with(tmp_path, script):
    python = tmp_path / "python3"
    python.write_text(script)
    python.chmod(python.stat().st_mode | stat.S_IXUSR)
    return make(tmp_path, python)


def make(tmp_path, python):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(
        ["make", "install", f"PYTHON={python}", f"VENV={tmp_path / '.venv'}"],
        cwd=ROOT,
        env=clean,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def said(done):
    """What was said, without make's own last word."""
    return [line for line in done.stderr.splitlines() if not line.startswith("make")]


def test_install__a_missing_venv_module_gets_one_line_that_names_the_package(tmp_path):
    done = install_with(tmp_path, WITHOUT_VENV)
    assert done.returncode != 0
    assert len(said(done)) == 1
    assert "install the package python3-venv" in said(done)[0]
    assert not (tmp_path / ".venv").exists()


def test_install__an_old_python_gets_one_line_that_names_the_version(tmp_path):
    done = install_with(tmp_path, OLD)
    assert done.returncode != 0
    assert len(said(done)) == 1
    assert "Python 3.11 or newer is needed, this is Python 3.9.2" in said(done)[0]


def test_install__a_missing_python_gets_one_line(tmp_path):
    done = make(tmp_path, tmp_path / "nowhere")
    assert done.returncode != 0
    assert len(said(done)) == 1
    assert "no such command" in said(done)[0]


def test_targets__are_all_there_and_explained():
    assert set(re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE)) >= TARGETS


def test_ci__calls_what_the_readme_says():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    commands = [line for line in script.splitlines() if line.startswith("make ")]
    assert commands == ["make test", "make check"]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_constraints__pin_every_package_that_is_asked_for():
    pinned = re.findall(
        r"^([a-z0-9-]+)==", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE
    )
    asked = re.findall(
        r'^  "([a-z0-9-]+)>=', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(asked) > 15
    assert sorted(set(asked) - set(pinned)) == []


@pytest.mark.parametrize("word", ["sudo", "read -p", "curl ", "wget "])
def test_make__neither_asks_nor_fetches_by_itself(word):
    assert word not in MAKEFILE


def test_dependencies__each_has_its_line_on_the_page():
    asked = re.findall(
        r'^  "([a-z0-9-]+)>=', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE
    )
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    spelt = {"mkdocs-material": "material for mkdocs"}
    assert [name for name in asked if spelt.get(name, name) not in page] == []
