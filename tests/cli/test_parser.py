"""The command line: every mistake is one line that says all, names the nearest, and exits with 2."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from allohistory.cli import parser
from allohistory.cli.main import main


@pytest.mark.parametrize(
    ("words", "first", "nearest"),
    [
        ([], "no command given", "ask"),
        (["aks"], 'there is no command "aks"', "ask"),
        (["ASK"], 'there is no command "ASK"', "ask"),
        (["ask", "--pods", "x"], 'there is no option "--pods"', "--pod"),
        (["ask", "--timeline", "5"], 'there is no option "--timeline"', "--timelines"),
        (["ask", "--timelines", "many"], '"many" is not a whole number', "1"),
        (["ask", "--timelines", "2.7"], '"2.7" is not a whole number', "3"),
        (["ask", "--timelines", "-5"], "is not a whole number from 1", "1"),
        (["ask", "--seed", "1e3"], '"1e3" is not a whole number', "1000"),
        (["ask", "--precision", "fine"], '"fine" is not a number', "0.01"),
        (["ask", "--timelines"], "--timelines needs a value", None),
        (["ask", "--pod"], "--pod needs a value", None),
        (["ask", "--timelines", "5", "--precision", "0.1"], "exclude each other", None),
        (["ask", "--json=yes"], "takes no value", None),
        (["sources"], "ID is missing", None),
        (["tell"], "ADDRESS is missing", None),
        (["pods", "a", "b"], '"b" is one word too many', None),
        (["ask", "a"], '"a" is one word too many', None),
        (["ask", "--luck", "bad"], 'there is no "bad"', None),
        (["--verison"], 'there is no option "--verison"', "--version"),
    ],
)
def test_mistakes(words, first, nearest, capsys, small):
    words = [*words[:1], "--scenario", "smallwar", *words[1:]] if words and words[0] == "ask" else words
    assert main(words) == 2
    said = capsys.readouterr()
    lines = said.err.splitlines()
    assert said.out == ""
    assert lines[0].startswith("error: ")
    assert first in lines[0]
    assert len(lines) <= 5
    assert "Traceback" not in said.err
    if nearest:
        assert lines[0].endswith(f"; nearest: {nearest}")


def test_errors_as_json_are_one_line(capsys):
    assert main(["ask", "--json", "--timelines", "many"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    shape = json.loads(said.err)
    assert len(said.err.splitlines()) == 1
    assert list(shape) == ["ok", "status", "error", "where", "given", "possible", "closest", "see"]
    assert shape["ok"] is False
    assert shape["given"] == "many"


def test_repeatable_options_take_one_or_several():
    options = parser.read(["ask", "--pod", "a", "b", "--pod", "c", "--do", "x=1", "--outcome", "o"]).options
    assert options.pod == ["a", "b", "c"]
    assert options.do == ["x=1"]


def test_numbers_may_have_thousands_apart():
    assert parser.read(["ask", "--timelines", "20_000"]).options.timelines == 20000
    assert parser.read(["ask", "--timelines", "20,000"]).options.timelines == 20000


@pytest.mark.parametrize("command", ["", *parser.COMMANDS])
def test_help__loads_nothing_heavy(command):
    code = (
        "import sys\n"
        "from allohistory.cli.main import main\n"
        "try:\n"
        f"    main({[word for word in (command, '--help') if word]!r})\n"
        "except SystemExit as ended:\n"
        "    assert ended.code == 0\n"
        "heavy = {'numpy', 'numba', 'pandas', 'pyarrow', 'scipy', 'rich'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "usage: allohistory" in done.stdout


def test_import__loads_nothing_heavy():
    code = "import sys, allohistory; assert not {'numpy', 'numba', 'pandas'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_public_names():
    import allohistory

    for name in allohistory.__all__:
        assert getattr(allohistory, name) is not None
    with pytest.raises(AttributeError):
        _ = allohistory.nothing
