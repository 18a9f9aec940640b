"""`play`: line by line from a pipe, a step with --choose, the state as JSON; a slip says what could be typed."""

from __future__ import annotations

import io
import json

import pytest

from allohistory.cli.main import main


@pytest.fixture
def play(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")

    def command(*words, typed=""):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = main(["play", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def test_a_game_is_played_from_a_pipe_and_taken_up_again_from_its_address(play):
    code, out, _ = play("--as", "moscow", "--from", "1938-07-01", typed="?\no\nhold\n1\nnonsense\nq\n")
    assert code == 0
    assert "29 July 1938. Fighting between Posyet and the Tumen. What does Moscow order?" in " ".join(
        out.split()
    )
    assert "against:  it is ground that Moscow has bound itself to defend" in out
    assert "Our history: hold the line." in out
    assert '"nonsense" is none of the answers' in out
    address = next(line.split()[-1] for line in out.splitlines() if line.startswith("address:"))
    again = next(line for line in out.splitlines() if line.startswith("go on:"))
    assert again.split()[1:4] == ["on:", "allohistory", "play"] and address in again
    code, later, _ = play(address, "--as", "moscow", "--from", "1938-06-27", "--json")
    state = json.loads(later)
    assert code == 0 and state["address"] == address and len(state["past"]) == 2
    assert state["again"].endswith(f"{address} --as moscow --from 1938-06-27")


def test_pages_fit_the_window(play):
    out = play("--as", "tokyo", "--from", "1939-06-20", typed="?\n2\na 1941-06-01\nq\n")[1]
    assert max(len(line) for line in out.splitlines() if "ah1" not in line) <= 80


def test_one_step_with_choose_prints_what_follows(play):
    code, out, _ = play("--as", "tokyo", "--from", "1939-06-20", "--choose", "until=end")
    assert code == 0
    assert "nothing more comes to your desk" in out and "Surrender" in out


def test_the_end_of_the_input_ends_the_game_with_its_address(play):
    code, out, _ = play("--as", "berlin", typed="")
    assert code == 0 and "address:   ah1-sjw-" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--as", "toky"], 'error: actor: nobody called "toky" can be played; nearest: tokyo'),
        (["--from", "1066"], "error: from:"),
        (["--choose", "nort"], 'error: choose: "nort" is none of the options; nearest: north'),
        (["nonsense"], "error: address:"),
    ],
)
def test_a_mistake_is_one_line_and_exit_code_2(play, words, said):
    code, out, err = play(*words)
    assert (code, out) == (2, "")
    assert err.startswith(said)
