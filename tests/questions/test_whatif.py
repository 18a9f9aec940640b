"""What-if files: read, overridden by options, refused with file and key."""

from __future__ import annotations

import pytest

import allohistory
from allohistory.errors import AllohistoryError

GOOD = """
what_if = 1
title = "A calmer frontier"
pods = ["calm-temper"]
do = ["frontier.clash[north]@1932=never"]
luck = "fresh"
ask = ["early_war", "war"]
timelines = 60
seed = 3
[priors]
"capital.answers.hard" = {mean = -1.0, sd = 0.1}
[variants]
"north.first-clash" = "a-week-later"
[[outcome]]
id = "early_war"
title = "War before 1933"
is = "war before 1933"
"""


@pytest.fixture
def war(small):
    return allohistory.scenario("smallwar")


def written(tmp_path, text):
    path = tmp_path / "mine.toml"
    path.write_text(text)
    return path


def test_a_file_is_a_question(war, tmp_path):
    question = war.read(written(tmp_path, GOOD))
    assert question.pods == ("calm-temper",)
    assert question.outcomes == ("early_war", "war")
    assert question.timelines == 60
    assert question.priors["capital.answers.hard"]["mean"] == -1.0
    assert question.again == f"allohistory ask --scenario smallwar --file {tmp_path / 'mine.toml'}"


def test_options_override_the_file(war, tmp_path):
    question = war.read(written(tmp_path, GOOD), seed=9, pods=("struck-in-1932",))
    assert question.seed == 9
    assert question.pods == ("struck-in-1932",)
    assert "--seed 9" in question.again
    assert "--pod struck-in-1932" in question.again


def test_precision_and_timelines_override_each_other(war, tmp_path):
    assert war.read(written(tmp_path, GOOD), precision=0.05).precision == 0.05


def test_it_is_answered_with_its_priors_and_readings(war, tmp_path):
    answer = war.answer(war.read(written(tmp_path, GOOD), fresh_draws=True))
    assert answer.question.title == "A calmer frontier"
    assert list(answer.outcomes) == ["early_war", "war"]
    plain = war.ask(
        pods="calm-temper", do="frontier.clash[north]@1932=never", timelines=60, seed=3, outcomes="war"
    )
    assert answer.outcomes["war"].chosen.probability > plain.outcomes["war"].chosen.probability


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("what_if = 1", "what_if = 2"), "form"),
        (("title =", "titel ="), "titel"),
        (('"calm-temper"', '"calm-tempr"'), "calm-tempr"),
        (("seed = 3", 'seed = "three"'), "seed"),
        (('is = "war before 1933"', 'is = "wr before 1933"'), "wr"),
        (('"a-week-later"', '"a-year-later"'), "a-year-later"),
        (('"capital.answers.hard"', '"capital.answers.harder"'), "harder"),
        (("[priors]", "[prior"), "TOML"),
    ],
)
def test_mistakes_name_the_file(war, tmp_path, change, says):
    with pytest.raises(AllohistoryError) as caught:
        war.read(written(tmp_path, GOOD.replace(*change)))
    assert "mine.toml" in caught.value.where
    assert says in caught.value.lines()[0] or says in str(caught.value.given)


def test_no_such_file(war, tmp_path):
    written(tmp_path, GOOD)
    with pytest.raises(AllohistoryError, match="no such file") as caught:
        war.read(tmp_path / "mne.toml")
    assert caught.value.closest == str(tmp_path / "mine.toml")


def test_another_scenario(war, tmp_path):
    with pytest.raises(AllohistoryError, match="asks the scenario"):
        war.read(written(tmp_path, GOOD.replace("title", 'scenario = "x"\ntitle', 1)))
