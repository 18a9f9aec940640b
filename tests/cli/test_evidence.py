"""The commands of the evidence: what they print of what is kept, and what they refuse."""

import json

import pytest

from allohistory.cli.main import main
from allohistory.evidence.scoreboard import Score, read_board, rows_of, write_board
from allohistory.timeline.model import load


@pytest.fixture
def run(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")

    def command(*words):
        code = main(list(words))
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.mark.parametrize(
    ("words", "where"),
    [
        (("calibrate", "--chains", "1"), "--chains: 1 is below 2"),
        (("calibrate", "--sweeps", "10"), "--sweeps: 10 is below 40"),
        (("check", "inference", "--replicates", "0"), "--replicates: 0 is not a whole number from 1 up"),
        (("check", "forecast"), 'there is no check "forecast"'),
    ],
)
def test_calibrate__refuses_what_says_nothing_in_one_line(run, words, where):
    code, out, err = run(*words)
    assert code == 2
    assert not out
    assert where in err


def test_calibrate__says_whether_the_kept_draws_were_made_of_these_rules(run):
    code, out, err = run("calibrate", "--check")
    assert (code, err) == (0, "")
    assert "calibrated on these rules, priors and record" in out


def test_calibrate__says_that_a_scenario_has_draws_from_its_priors_alone(run, small):
    code, out, err = run("calibrate", "--check", "--scenario", "smallwar")
    assert code == 3
    assert not out
    assert "draws from the priors" in err


def test_check__without_a_subject_prints_the_board_that_is_kept(run):
    code, out, _ = run("check")
    assert code in (0, 3)
    assert "Scoreboard" in out
    for one in {row.check for row in read_board(load("soviet-japanese-war"))}:
        assert one in out
    code, out, _ = run("check", "--json")
    assert {"check", "name", "value", "bar", "met", "again"} <= set(json.loads(out)["scores"][0])


def test_board__counts_the_lines_of_checks_that_have_many():
    scores = [{"name": "a", "met": True}, {"name": "b", "met": False}, {"name": "c", "met": None}]
    (row,) = rows_of("sense", scores, "0" * 16)
    assert (row.value, row.met) == ("1 of 2", False)


def test_board__comes_back_as_it_was_kept(tmp_path, monkeypatch):
    model = load("soviet-japanese-war")
    monkeypatch.setattr("allohistory.evidence.scoreboard.kept_folder", lambda _: tmp_path)
    rows = [
        Score(
            "campaigns", "middle-half", 0.45, (0.3, 0.6), None, 0.5, True, "allohistory check campaigns", "d"
        ),
        Score("sense", "lines met", "41 of 56", None, None, "56", False, "allohistory check sense", "d"),
    ]
    write_board(model, "0.0", rows)
    assert read_board(model) == rows


def test_judgements__stand_beside_whole_timelines(run):
    code, out, _ = run("check", "judgements", "--timelines", "10")
    assert code in (0, 3)
    assert "Khalkhin Gol" in " ".join(out.split())
    assert "historians" in out
