"""Examples are executed: each session shows what the command prints today, each Python block runs."""

import sys

import pytest

import examples

PAGES = {page.relative_to(examples.ROOT).as_posix(): page for page in examples.pages()}
TEXTS = {name: page.read_text(encoding="utf-8") for name, page in PAGES.items()}
WITH_SESSIONS = [name for name, text in TEXTS.items() if examples.has_sessions(text)]
WITH_PYTHON = [name for name, text in TEXTS.items() if examples.python_of(text).strip()]
SCRIPTS = sorted((examples.ROOT / "examples").glob("*.py"))


@pytest.mark.parametrize("name", WITH_SESSIONS)
def test_sessions__show_what_the_command_prints(name):
    found = examples.difference(PAGES[name])
    assert not found, f"stale; `make docs` mends it\n{found}"


@pytest.mark.parametrize("name", WITH_PYTHON)
def test_python__runs(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    exec(compile(examples.python_of(TEXTS[name]), name, "exec"), {"__name__": "example"})


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_scripts__run(script, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ALLOHISTORY_EXAMPLE_TIMELINES", "200")
    monkeypatch.setattr(sys, "argv", [str(script)])
    with pytest.raises(SystemExit) as ended:
        exec(compile(script.read_text(encoding="utf-8"), str(script), "exec"), {"__name__": "__main__"})
    assert ended.value.code in (0, None)
    assert capsys.readouterr().out.strip()


def test_examples__the_pages_people_start_with_have_some():
    assert {"README.md", "docs/tutorial.md", "docs/how_to/ask_a_question.md"} <= set(WITH_SESSIONS)
    assert "docs/tutorial.md" in WITH_PYTHON
    assert SCRIPTS
