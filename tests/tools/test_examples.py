"""The runner of the pages' examples: what a command prints is kept, and what a page makes up is found."""

import pytest

import examples

PAGE = """\
# A page

<!-- first 2 lines -->
```console
$ make run
shown, not run
$ allohistory --help
a lie
```

```python
x = 1
```

words

```python
assert x == 1
```
"""


def test_sessions__show_what_the_command_prints():
    text = examples.renewed(PAGE)
    assert "shown, not run\n$ allohistory --help\nusage: allohistory" in text
    assert "a lie" not in text
    assert "\n...\n```" in text
    assert examples.renewed(text) == text


def test_sessions__errors_are_shown_too():
    text = examples.renewed("```console\n$ allohistory askk\n```\n")
    assert "error: " in text
    assert "nearest: ask" in text


def test_sessions__an_address_stands_for_the_last_one_printed(monkeypatch):
    asked = []

    def run(command, folder):
        asked.append(command)
        return "address ah1-sjw-0123abc-9xyz\n"

    monkeypatch.setattr(examples, "run", run)
    examples.renewed("```console\n$ allohistory ask\n$ allohistory tell ah1-sjw-old-old\n```\n")
    assert asked == ["allohistory ask", "allohistory tell ah1-sjw-0123abc-9xyz"]


def test_sessions__a_named_file_is_there(monkeypatch):
    seen = []
    monkeypatch.setattr(
        examples, "run", lambda command, folder: seen.append((folder / "q.toml").read_text()) or ""
    )
    examples.renewed(
        "```toml\n# q.toml\nwhat_if = 1\n```\n\n```console\n$ allohistory ask --file q.toml\n```\n"
    )
    assert seen == ["# q.toml\nwhat_if = 1\n"]


@pytest.mark.parametrize("clock", ["3.2 s", "15 ms", "0.9 seconds", "12,000 timelines/s"])
def test_clocks__are_the_only_thing_that_may_differ(clock):
    assert examples.without_clock(f"took {clock}") == "took # s"
    assert examples.without_clock("31 of 2000 timelines, 1.6 %") == "31 of 2000 timelines, 1.6 %"


def test_python__stands_on_the_lines_of_the_page():
    program = examples.python_of(PAGE)
    assert program.splitlines()[PAGE.splitlines().index("x = 1")] == "x = 1"
    exec(compile(program, "page", "exec"), {})
