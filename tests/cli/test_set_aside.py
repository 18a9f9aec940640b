"""Property 9 as users meet it: the count, the command that shows the fault again, exit code 3, the rest unharmed."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import replace

import numpy as np
import pytest

import allohistory
from allohistory.cli.main import main
from allohistory.timeline import model as models

pytestmark = pytest.mark.property(n=9)

WAR = ["--scenario", "smallwar"]
TOLD = re.compile(r"The first: (.*)\. To see it: allohistory (tell \S+)")
WILD = "frontier.clash.per_temper=40"  # tempers that rise a little drive the hazard beyond all bounds


@pytest.fixture
def run(small, capsys):
    def command(*words):
        code = main(list(words))
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.mark.parametrize(
    "words",
    [
        ["--do", WILD],
        ["--do", WILD, "--luck", "same", "--from", "1932-01-04"],
        ["--pod", "struck-in-1932", "--do", WILD],
        ["--do", "state.temper@1932-02-01+=1000000"],
        ["--do", "state.temper@1932-02-01+=1000000", "--luck", "same", "--coupling", "maximal"],
    ],
)
def test_one_command_shows_the_fault_again(run, words):
    code, out, _ = run("ask", *WAR, "--timelines", "300", "--json", *words)
    assert code == 3
    warning = next(text for text in json.loads(out)["warnings"] if "set aside" in text)
    assert re.match(r"[\d,]+ of [\d,]+ timelines were set aside", warning)
    why, command = TOLD.search(warning).groups()
    assert re.search(r"(frontier\.clash\[(north|south)\]|state\.temper) .*in week \d+", why)
    code, told, _ = run(*shlex.split(command), "--json")
    assert code == 3
    assert json.loads(told)["warnings"] == [f"This world was set aside: {why}."]


def test_a_bad_reading_of_the_rules_before_any_change_is_shown_too(run, small, monkeypatch):
    """Where the factual world itself breaks, every timeline of its draw is set aside, and `tell` says so."""
    spoil(small, monkeypatch, draw=3)
    code, out, _ = run(
        "ask", *WAR, "--pod", "struck-in-1932", "--timelines", "100", "--draws", "10", "--json"
    )
    assert code == 3
    warning = next(text for text in json.loads(out)["warnings"] if "set aside" in text)
    why, command = TOLD.search(warning).groups()
    assert "a hazard, mean or spread is not a number: frontier.clash" in why
    assert why in " ".join(run(*shlex.split(command))[1].split())


def test_the_other_timelines_are_as_they_would_have_been(small, monkeypatch):
    question = {"pods": "struck-in-1932", "timelines": 100, "draws": 10}
    sound = allohistory.scenario("smallwar").ask(**question).timelines
    spoil(small, monkeypatch, draw=3)
    answer = allohistory.scenario("smallwar").ask(**question)
    found = answer.timelines
    assert answer.aside > 0 and answer.short
    assert np.array_equal(found.set_aside, found.draw == 3)
    good = found.draw != 3
    assert found[good].equals(sound[good])


def test_exit_code_3_begins_above_one_in_a_thousand(small):
    answer = allohistory.scenario("smallwar").ask(timelines=20)
    assert not answer.short
    assert not replace(answer, aside=2, run=2000).short
    assert replace(answer, aside=3, run=2000).short


def test_nothing_is_said_where_nothing_is_set_aside(run):
    code, out, _ = run("ask", *WAR, "--timelines", "100", "--json")
    assert code == 0
    assert not any("set aside" in text for text in json.loads(out)["warnings"])


def spoil(small, monkeypatch, draw):
    """Make one parameter draw of the small scenario impossible to run."""
    draws = np.array(small.blueprint.parameter_draws)
    draws[draw, small.blueprint.parameters.index("frontier.clash.rate")] = np.nan
    bad = replace(small, blueprint=replace(small.blueprint, parameter_draws=draws))
    bad.__dict__["digest"] = "bad00" + "0" * 59
    monkeypatch.setattr(models, "load", lambda name="smallwar": bad)


def test_every_arm_of_an_answer_has_addresses(small):
    """The fault may come in the baseline, in a point of divergence alone, or under another convention or reading."""
    from allohistory.questions.addresses import address_in, read_timeline
    from allohistory.questions.question import Question
    from allohistory.questions.worlds import pod_alone, read_worlds
    from allohistory.timeline.plan import END, START

    worlds = read_worlds(
        Question(scenario="smallwar", pods=("no-first-clash", "struck-in-1932@1932-04-04")), small
    )
    second = pod_alone(worlds, worlds.pods[1])
    plans = [
        worlds.plan(),
        worlds.plan(changed=False),
        worlds.plan(changed=False, horizon=START),
        worlds.plan(horizon=END, coupling="maximal", clocks="redraw"),
        worlds.plan(horizon=worlds.first),
        second.plan(horizon=second.first),
    ]
    for plan in plans:
        read = read_timeline(address_in(worlds, plan, 7))
        assert read.named.timeline == 7
        assert replace(read.plan, since=0) == replace(plan, since=0)
    other = address_in(worlds, worlds.plan(), 7, {"north.first-clash": "a-week-later"})
    assert read_timeline(other).named.variants == {"north.first-clash": "a-week-later"}


def test_the_headline_shows_the_first_too(small, monkeypatch):
    from allohistory.cli.headline import show
    from allohistory.questions.headline import headline

    spoil(small, monkeypatch, draw=3)
    found = headline(models.load("smallwar"), timelines=100)
    assert found.aside > 0
    why, command = TOLD.search(" ".join(show(found).split())).groups()
    assert "frontier.clash" in why and command.startswith("tell ah1")
