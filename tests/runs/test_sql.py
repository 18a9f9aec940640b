"""`runs` and `sql`: what is listed, what the views say; the cookbook's queries all run on a tiny run with events."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import allohistory
from allohistory.cli.main import main
from allohistory.results.runs.folder import Folder
from allohistory.results.runs.views import query

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how_to" / "keep_a_run.md"
RECIPES = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
WAR = ["--scenario", "smallwar"]


@pytest.fixture
def run(small, capsys):
    def command(*words):
        code = main(list(words))
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.fixture
def folder(small, tmp_path):
    """A run of the small scenario, with events."""
    allohistory.scenario("smallwar").ask(
        pods="struck-in-1932", timelines=60, outcomes=("war", "clashes"), out=tmp_path / "run", events=True
    )
    return tmp_path / "run"


def test_runs__lists_what_was_begun_the_newest_last(run, folder, tmp_path):
    allohistory.scenario("smallwar").ask(timelines=30, out=tmp_path / "second")
    code, out, _ = run("runs", *WAR, "--json")
    listed = json.loads(out)["runs"]
    assert code == 0
    assert [Path(one["path"]).name for one in listed] == ["run", "second"]
    assert set(listed[0]) == {"path", "question", "state", "timelines", "of", "bytes"}
    assert (listed[0]["state"], listed[0]["timelines"], listed[0]["of"]) == ("answered", 60, 60)
    assert listed[0]["question"]["pods"] == ["struck-in-1932"] and listed[0]["bytes"] > 1000
    text = run("runs", *WAR)[1]
    assert "answered" in text and "pods struck-in-1932" in text
    assert len(json.loads(run("runs", *WAR, "--json", "--in", str(folder))[1])["runs"]) == 1


def test_runs__says_which_is_being_written(run, folder):
    with Folder(folder).locked():
        assert json.loads(run("runs", *WAR, "--json")[1])["runs"][0]["state"] == "running"


def test_runs__none_is_known(run):
    code, out, _ = run("runs", *WAR)
    assert code == 0 and out.startswith("No run is known here.")


def test_sql__asks_the_run_last_written_to(run, folder):
    text = "SELECT arm, count(*) AS n, sum(o_war::INT) AS wars FROM outcomes GROUP BY arm ORDER BY n, arm"
    code, out, _ = run("sql", text, *WAR, "--json")
    answer = json.loads(out)
    assert code == 0 and answer["columns"] == ["arm", "n", "wars"]
    with_change = next(row for row in answer["rows"] if row["arm"] == "with")
    assert with_change == {"arm": "with", "n": 60, "wars": 60}
    code, out, _ = run("sql", text, *WAR, "--run", str(folder))
    assert code == 0 and re.search(r"with\s+60\s+60", out)


def test_sql__numbers_of_events_have_names(run, folder):
    text = (
        "SELECT rules.rule, entities.entity, count(*) AS n FROM events JOIN rules ON events.rule = rules.number "
        "LEFT JOIN entities ON entities.rule = rules.rule AND entities.number = events.entity GROUP BY ALL"
    )
    rows = json.loads(run("sql", text, *WAR, "--json")[1])["rows"]
    assert {("frontier.clash", "north"), ("yearly.harvest", None)} <= {
        (row["rule"], row["entity"]) for row in rows
    }


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["SELEC 1"], "error: sql: "),
        (["SELECT nothing FROM outcomes"], "error: sql: "),
        (["SELECT 1", "--run", "nowhere"], "error: --run nowhere: there is no run in this folder"),
    ],
)
def test_sql__mistakes_are_one_line(run, folder, words, says):
    code, out, err = run("sql", *words, *WAR)
    assert (code, out) == (2, "")
    assert err.startswith(says) and "Traceback" not in err and len(err.splitlines()) <= 5


def test_sql__a_run_without_events_says_so(run, folder, tmp_path):
    allohistory.scenario("smallwar").ask(timelines=30, out=tmp_path / "second")
    _, _, err = run("sql", "SELECT * FROM events", *WAR)
    assert "has no events; nearest: outcomes" in err.splitlines()[0]


def test_sql__a_run_of_another_version_can_be_read(run, folder, small, monkeypatch):
    monkeypatch.setitem(small.__dict__, "digest", "f" * 64)
    code, out, err = run("sql", "SELECT count(*) AS n FROM outcomes", *WAR)
    assert code == 0 and "180" in out
    assert err.startswith("note: the run was made by version") and len(err.splitlines()) == 1


# ---------------------------------------------------------------- the cookbook, on the scenario itself


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """Forty timelines of the cookbook's own question: its parts alone, for no query needs the answer."""
    from allohistory.questions.question import Question
    from allohistory.questions.runs.making import Batch, Maker
    from allohistory.questions.runs.names import names_of
    from allohistory.timeline.model import load

    model = load()
    place = Folder(tmp_path_factory.mktemp("cookbook") / "run")
    made = Maker.of(Question(pods=("no-clash-at-marco-polo",)), model, events=True).make(Batch(0, 0, 40))
    place.write_part("outcomes", 0, made.outcomes)
    place.write_part("events", 0, made.events)
    return place.path, names_of(model)


def test_cookbook__has_ten():
    assert len(RECIPES) == 10


@pytest.mark.parametrize("number", range(len(RECIPES)))
def test_cookbook__each_query_runs_and_finds_something(tiny, number):
    found = query(tiny[0], RECIPES[number], tiny[1])
    assert len(found.columns) >= 2
    assert found.rows, RECIPES[number]
