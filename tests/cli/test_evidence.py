"""The commands of the evidence: what they print of what is kept, and what they refuse."""

import argparse
import json

import pytest

from allohistory.cli.commands import scoreboard
from allohistory.cli.main import main
from allohistory.evidence.posterior import read_learnt
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


def test_board__names_what_is_not_measured_and_where_outside_data_are(run):
    _, out, _ = run("check")
    words = " ".join(out.split())
    board = {row.check for row in read_board(load("soviet-japanese-war"))}
    for check in scoreboard.MEASURED:
        assert (f"Not measured: {check}." in words) == (check not in board)
    assert "SHA-256" in words
    assert "jrnold/CDB90" in words


def test_board__a_full_run_goes_on_where_it_was_broken_off(tmp_path, monkeypatch, capsys):
    """The second of two checks stops the first run; the next run measures that one alone, and then forgets."""
    model, asked = load("soviet-japanese-war"), []
    monkeypatch.setattr(scoreboard, "folder", lambda name: tmp_path)
    monkeypatch.setattr(scoreboard, "MEASURED", ("sense", "sheet"))
    monkeypatch.setattr("allohistory.evidence.scoreboard.kept_folder", lambda _: tmp_path)

    def command(words):
        asked.append(words[1])
        if words[1] == "sheet" and len(asked) == 2:
            raise KeyboardInterrupt
        print(json.dumps({"scores": [{"name": "a", "met": True}]}))

    monkeypatch.setattr("allohistory.cli.main.main", command)
    options = argparse.Namespace(scenario=model.name, data=None)
    with pytest.raises(KeyboardInterrupt):
        scoreboard.measure(options, model)
    scoreboard.measure(options, model)
    assert asked == ["sense", "sheet", "sheet"]
    assert {row.check for row in read_board(model)} == {"sense", "sheet"}
    assert scoreboard.finished(model) == []
    assert "done by the run that was broken off" in capsys.readouterr().err


def test_board__a_check_that_prints_no_scores_leaves_its_rows_alone():
    assert scoreboard.scores_in("12 of 200 replicates are done") is None
    assert scoreboard.scores_in('{"scores": []}') == []


def test_sources__of_a_parameter_has_what_the_record_did_to_it(run):
    learnt = read_learnt(load("soviet-japanese-war"))[0]
    moved = max(learnt.values(), key=lambda one: one.shrinkage)
    still = min(
        learnt.values(), key=lambda one: abs(one.shrinkage) + one.shift**2 + max(one.r_hat - 1.0, 0.0)
    )
    for one, words in ((moved, "the record moved this"), (still, "it is still the prior")):
        found = json.loads(run("sources", one.id, "--json")[1])
        assert {"q05", "q50", "q95", "shift", "shrinkage", "r_hat", "effective", "says"} == set(
            found["posterior"]
        )
        assert found["posterior"]["q50"] == pytest.approx(one.posterior[1], rel=1e-3, abs=1e-6)
        assert found["prior"]["q05"] <= found["prior"]["q50"] <= found["prior"]["q95"]
        assert words in " ".join(run("sources", one.id)[1].split())


@pytest.mark.parametrize("subject", ["predictive", "posterior"])
def test_check__prints_what_is_kept(run, subject):
    code, out, err = run("check", subject)
    assert code in (0, 3)
    assert not err
    assert f"again: allohistory check {subject} --full" in out
    scores = json.loads(run("check", subject, "--json")[1])["scores"]
    assert {"name", "value", "interval", "baseline", "bar", "met", "again"} <= set(scores[0])
