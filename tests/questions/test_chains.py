"""Chains of the debate: each link is reckoned among the timelines that took the links before it."""

from __future__ import annotations

import itertools
import json

import numpy as np
import pytest

from allohistory.errors import AllohistoryError
from allohistory.questions.chains import chains, chains_of
from allohistory.questions.columns import Columns
from allohistory.questions.logged import run_logged
from allohistory.questions.question import Question
from allohistory.questions.worlds import read_worlds


def test_every_link_counts_among_those_who_came_so_far(small):
    links = chains(small, timelines=200)["struck-early"]
    worlds = read_worlds(Question(scenario=small.name, pods=("struck-in-1932",), timelines=200), small)
    columns = Columns(small, run_logged(small, worlds.plan(), 200).ensemble)
    clash = columns.truth("first_clash")
    assert links[0].probability == clash.mean() and links[0].n == len(clash)
    for before, after in itertools.pairwise(links):
        assert after.n == round(before.so_far * len(clash))
        assert after.so_far <= before.so_far
    both = clash & columns.truth("war before 1933-01-01")
    assert links[2].so_far == np.mean(both)
    assert links[3].so_far == 0.0, "a war cannot both have come and not have come"
    assert links[4].probability is None and links[4].n == 0


def test_the_same_step_without_the_change_stands_beside(small):
    links = chains(small, timelines=200)["struck-early"]
    worlds = read_worlds(Question(scenario=small.name, pods=("struck-in-1932",), timelines=200), small)
    columns = Columns(small, run_logged(small, worlds.plan(changed=False), 200).ensemble)
    assert links[2].without == columns.truth("war before 1933-01-01").mean()


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ('[{title = "a"}]', 'the step "a" needs either an outcome or events'),
        ('[{title = "a", outcome = "war", events = ["x.y"]}]', "needs either"),
        ('[{titel = "a"}]', '"titel" is not a key of a step'),
    ],
)
def test_a_mistake_of_form_is_one_line(tmp_path, steps, said):
    (tmp_path / "book").mkdir()
    row = f'[[chain]]\nid = "c"\ntitle = "t"\nsays = "s"\nsteps = {steps}\n'
    (tmp_path / "book" / "chains.toml").write_text(row)
    with pytest.raises(AllohistoryError, match=said):
        chains_of(tmp_path)


def test_a_scenario_without_chains_says_so(tmp_path):
    with pytest.raises(AllohistoryError, match="no chains.toml"):
        chains_of(tmp_path)


def test_an_unknown_option_of_a_step_names_the_options(small):
    from dataclasses import replace

    from allohistory.questions import chains as module

    one = chains_of(small.folder)["struck-early"]
    wrong = replace(one, steps=(replace(one.steps[1], events=("capital.answers=flees",)),))
    with pytest.raises(AllohistoryError) as error:
        module.walked(small, wrong, 20, 1)
    assert "strike" in error.value.possible
    assert error.value.where == "chains.toml"


def test_an_event_may_be_of_one_entity(small):
    from dataclasses import replace

    from allohistory.questions import chains as module

    one = chains_of(small.folder)["struck-early"]
    step = replace(one.steps[0], outcome="", events=("frontier.clash",))
    entities = small.book_rules["frontier.clash"].entities
    anywhere, here = (
        module.walked(small, replace(one, steps=(replace(step, events=(events,)),)), 100, 1)[0].probability
        for events in ("frontier.clash", f"frontier.clash[{entities[0]}]")
    )
    assert 0.0 < here <= anywhere
    with pytest.raises(AllohistoryError) as error:
        module.walked(small, replace(one, steps=(replace(step, events=("frontier.clash[moon]",)),)), 20, 1)
    assert tuple(error.value.possible) == entities


def test_printed_and_as_json(small, capsys, monkeypatch):
    from allohistory.cli.main import main

    monkeypatch.setenv("COLUMNS", "80")
    words = ["check", "chains", "--scenario", "smallwar", "--timelines", "100"]
    assert main(words) == 0
    out = capsys.readouterr().out
    assert "-> the capital strikes" in out and "not reached" in out
    assert "The whole chain: in none of 100 timelines, so at most 2.6 %." in out
    assert max(map(len, out.splitlines())) <= 80
    assert main([*words, "--json"]) == 0
    (score,) = json.loads(capsys.readouterr().out)["scores"]
    assert score["name"] == "struck-early" and len(score["steps"]) == 5
