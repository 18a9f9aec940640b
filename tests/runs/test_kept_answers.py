"""Answers that are kept: shown again to the last letter, only for the same question, model and code; bounded."""

from __future__ import annotations

import json
import os

import pytest

import allohistory
from allohistory.cli.main import main
from allohistory.cli.show_answer import show
from allohistory.questions import kept
from allohistory.questions.kept_answers import shelf
from allohistory.questions.kept_answers.codec import answer_in, text_of
from runs.folders import without_seconds

PRIORS = """\
what_if = 1
title = "Other priors"
pods = ["struck-in-1932"]
ask = ["often", "war", "clashes"]
timelines = 60
[priors]
"frontier.clash.rate" = {median = 0.02, sigma = 0.3}
[[outcome]]
id = "often"
title = "Often"
is = "clashes > 3"
"""


@pytest.fixture
def war(small, monkeypatch):
    monkeypatch.delenv(shelf.PASS_BY)
    kept.forget()
    yield allohistory.scenario("smallwar")
    kept.forget()


def stored(tmp_path):
    return sorted((tmp_path / "home" / "answers").glob("*.json"))


@pytest.fixture
def counted(monkeypatch):
    """How often an answer is worked out."""
    from allohistory.questions import ask as asking

    calls = []
    original = asking.ask

    def ask(question, model, **more):
        calls.append(question)
        return original(question, model, **more)

    monkeypatch.setattr(asking, "ask", ask)
    return calls


@pytest.mark.parametrize(
    "words",
    [
        {"pods": "struck-in-1932"},
        {
            "from_": "1932-06-06",
            "luck": "same",
            "outcomes": ("war", "clashes > 3", "war_road", "first_clash"),
        },
        {"outcomes": "war", "given": "clashes > 2"},
    ],
)
def test_the_same_question__is_answered_from_what_was_kept(war, counted, tmp_path, words):
    first = war.ask(**words, timelines=60)
    assert len(stored(tmp_path)) == len(counted) == 1
    again = war.ask(**words, timelines=60)
    assert len(counted) == 1
    assert without_seconds(again) == without_seconds(first)
    assert show(again) == show(first)
    assert (
        again.outcomes == first.outcomes and again.series == first.series
    )  # every bit, not only what is shown
    assert again.table().equals(first.table())
    assert again.sources == first.sources and again._repr_html_() == first._repr_html_()


def test_its_timelines__are_run_again_when_they_are_asked_for(war, counted):
    first = war.ask(pods="struck-in-1932", timelines=60)
    again = war.ask(pods="struck-in-1932", timelines=60)
    assert again.addresses("war", 2) == first.addresses("war", 2)
    assert len(counted) == 2
    assert again.timelines.equals(first.timelines)


def test_a_file_with_priors_and_outcomes_of_its_own__comes_back_whole(war, counted, tmp_path):
    (tmp_path / "a.toml").write_text(PRIORS)
    first = war.answer(war.read(tmp_path / "a.toml"))
    again = war.answer(war.read(tmp_path / "a.toml"))
    assert len(counted) == 1
    assert without_seconds(again) == without_seconds(first) and show(again) == show(first)
    (tmp_path / "a.toml").write_text(PRIORS.replace("0.02", "0.03"))
    assert without_seconds(war.answer(war.read(tmp_path / "a.toml"))) != without_seconds(first)


def test_the_command__prints_the_same_letters(war, capsys):
    words = ["ask", "--scenario", "smallwar", "--pod", "struck-in-1932", "--timelines", "60"]
    assert main(words) == 0
    first = capsys.readouterr().out
    assert main(words) == 0
    assert capsys.readouterr().out == first


def test_another_model__is_worked_out(war, counted, small, monkeypatch):
    war.ask(timelines=60)
    monkeypatch.setitem(small.__dict__, "digest", "f" * 64)
    war.ask(timelines=60)
    assert len(counted) == 2


def test_other_code__is_worked_out(war, counted, monkeypatch):
    war.ask(timelines=60)
    monkeypatch.setattr(shelf, "code_digest", lambda: "other")
    war.ask(timelines=60)
    assert len(counted) == 2


@pytest.mark.parametrize("words", [{"seed": 2}, {"timelines": 61}, {"outcomes": "war"}, {"draws": 50}])
def test_another_question__is_worked_out(war, counted, words):
    war.ask(timelines=60)
    war.ask(**{"timelines": 60, **words})
    assert len(counted) == 2


def test_anew_and_the_environment__pass_it_by(war, counted, monkeypatch, tmp_path):
    war.ask(timelines=60)
    war.ask(timelines=60, anew=True)
    assert len(counted) == 2
    monkeypatch.setenv(shelf.PASS_BY, "1")
    war.ask(timelines=60)
    assert len(counted) == 3 and len(stored(tmp_path)) == 1


def test_the_number_of_workers__is_no_other_question(war, counted):
    war.ask(timelines=60, workers=1)
    war.ask(timelines=60, workers=2)
    assert len(counted) == 1


@pytest.mark.parametrize(
    "text", ["", "nonsense", "{}", '{"form": 0}', '{"form": 1, "answer": ["record", "os", {}]}']
)
def test_a_spoilt_one__is_worked_out_and_kept_anew(war, counted, tmp_path, text):
    first = war.ask(timelines=60)
    stored(tmp_path)[0].write_text(text)
    assert without_seconds(war.ask(timelines=60)) == without_seconds(first)
    assert len(counted) == 2
    war.ask(timelines=60)
    assert len(counted) == 2


def test_a_planted_one__is_shown(war, tmp_path):
    """So it is the store that answers."""
    war.ask(timelines=60, outcomes="war")
    path = stored(tmp_path)[0]
    held = json.loads(path.read_text())
    held["answer"][2]["head"][2]["warnings"] = ["tuple", ["planted"]]
    path.write_text(json.dumps(held))
    assert war.ask(timelines=60, outcomes="war").head.warnings == ("planted",)


def test_there_is_a_bound__and_the_longest_unasked_go_first(war, tmp_path, monkeypatch):
    monkeypatch.setattr(shelf, "MOST_ANSWERS", 2)
    war.ask(timelines=20, seed=1)
    war.ask(timelines=20, seed=2)
    for age, path in enumerate(stored(tmp_path)):
        os.utime(path, (1000 + age, 1000 + age))
    war.ask(timelines=20, seed=1)  # asked for again: now the newest
    newest = max(stored(tmp_path), key=lambda path: path.stat().st_mtime)
    war.ask(timelines=20, seed=3)
    assert len(stored(tmp_path)) == 2 and newest in stored(tmp_path)


def test_a_home_that_cannot_be_written__does_no_harm(war, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ALLOHISTORY_HOME", str(tmp_path / "file"))
    assert war.ask(timelines=20).head.timelines == 20


def test_the_text__holds_every_bit(war):
    answer = war.ask(pods="struck-in-1932", timelines=60)
    found = answer_in(text_of(answer))
    assert found == answer and found is not answer
