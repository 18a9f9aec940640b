"""Reference pages: each shows what the tables and the rule book say, and a page that lies is found."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

import reference
from allohistory.book.tables import (
    Book,
    Coverage,
    Entry,
    Fact,
    JudgedBits,
    Outcome,
    Parameter,
    Pod,
    Prior,
    Variable,
    Variant,
)


@dataclass(frozen=True)
class Card:
    """As much of a rule's card as a page reads."""

    id: str = "lamp.flickers"
    draws: str = "choice"
    per: str | None = "room"
    options: tuple[str, ...] = ("dark", "bright")
    silent: str | None = "dark"
    facts: tuple[str, ...] = ("lamp.history",)
    leaves_out: str = "the wick"
    latent: bool = False
    decides: str = "Does the lamp flicker?\n\n    oil   0..1  how full\n    air   0..1  how fresh\n"
    module: str = "allohistory.scenarios.lamp.rules.lamp"


@pytest.fixture
def book():
    fact = Fact(
        id="lamp.history", what="Lamps flicker | often", source="A keeper", grade="A", value=3, unit="times"
    )
    parameter = Parameter(
        id="lamp.flickers.oil",
        what="weight of oil",
        unit="log-odds",
        prior=Prior("normal", {"mean": 0.5, "sd": 0.25}),
        in_words="one half, give or take",
        grade="B",
        facts=("lamp.history",),
        low=0.0,
    )
    variable = Variable(
        id="lamp.light",
        what="light",
        unit="share",
        type="number",
        low=0.0,
        high=1.0,
        start=0.5,
        written_by=("lamp.flickers",),
    )
    entry = Entry(
        id="lamp.first-night",
        date=date(1931, 2, 3),
        rule="lamp.flickers",
        took="bright",
        what="it shone",
        why="there was oil",
        source="The keeper's log",
        grade="A",
        entity="hall",
        variants=(Variant("log-b", "Another log", took="dark"),),
    )
    covered = Coverage(
        rule="lamp.flickers", first=date(1931, 1, 5), last=date(1945, 9, 2), because="the log is whole"
    )
    pod = Pod(
        id="no-oil",
        title="No oil",
        what="the can is empty",
        date=date(1931, 2, 1),
        changes=("lamp.first-night=dark",),
        source="",
        judged_bits=JudgedBits(1.0, 2.0, "cans are seldom empty"),
    )
    outcome = Outcome(id="night_seen", title="A bright night", definition="the lamp shone once", kind="yes")
    return Book(
        folder=Path("lamp"),
        facts={fact.id: fact},
        parameters={parameter.id: parameter},
        variables={variable.id: variable},
        entries={entry.id: entry},
        coverage=(covered,),
        pods={pod.id: pod},
        outcomes={outcome.id: outcome},
    )


@pytest.fixture
def made(book):
    return reference.all_pages({"lamp.flickers": Card()}, book, {"allohistory": "usage: allohistory"})


def test_pages__a_rule_shows_all_that_is_known_of_it(made):
    text = made["reference/rules/lamp.flickers.md"]
    for words in (
        "Does the lamp flicker?",
        "asked for each room",
        "1. `dark` (where the record is silent)",
        "2. `bright`",
        "[lamp.history](../facts.md#lamp.history)",
        "The wick.",
        "normal (mean 0.5, sd 0.25)",
        "[`lamp.light`](../variables.md#lamp.light)",
        "1945-09-02",
        "[lamp.first-night](../record.md#lamp.first-night)",
    ):
        assert words in text


def test_pages__columns_of_a_docstring_stay_columns(made):
    assert (
        "```text\noil   0..1  how full\nair   0..1  how fresh\n```"
        in made["reference/rules/lamp.flickers.md"]
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("parameters", "at least 0; one half, give or take."),
        ("record", "Variant `log-b`: dark (Another log)."),
        ("divergences", "Judged at 1 to 2 bits: Cans are seldom empty."),
        ("outcomes", "**A bright night** (yes). The lamp shone once."),
        ("facts", "Lamps flicker | often. **3 times**"),
        ("variables", "| 0 to 1 | – | 0.5 | lamp.flickers |"),
        ("commands", "usage: allohistory"),
    ],
)
def test_pages__tables_are_shown(made, name, words):
    assert words in made[f"reference/{name}.md"]


def test_pages__every_link_to_an_anchor_has_its_anchor(made):
    anchors = {
        f'<a id="{name}"></a>'
        for name in ("lamp.history", "lamp.flickers.oil", "lamp.light", "lamp.first-night")
    }
    whole = "".join(made.values())
    assert {anchor for anchor in anchors if anchor in whole} == anchors


def test_check__fresh_pages_pass_and_a_lie_is_named(made, tmp_path):
    reference.write(tmp_path, made)
    assert reference.offenders(tmp_path, made) == []
    (tmp_path / "reference/outcomes.md").write_text("a lie")
    (tmp_path / "reference/record.md").unlink()
    (tmp_path / "reference/rules/old.rule.md").write_text("gone")
    assert reference.offenders(tmp_path, made) == [
        "docs/reference/outcomes.md is stale",
        "docs/reference/record.md is missing",
        "docs/reference/rules/old.rule.md is left over",
    ]
    reference.write(tmp_path, made)
    assert reference.offenders(tmp_path, made) == []


def test_pages__a_rule_that_the_record_does_not_cover_says_so(book):
    card = Card(id="lamp.hums", draws="shock", options=(), silent=None, per=None)
    text = reference.all_pages({card.id: card}, book, {})[f"reference/rules/{card.id}.md"]
    assert "The record does not cover it." in text
    assert SimpleNamespace(**vars(card)).draws in text


def test_pages__every_public_name_has_its_heading(made):
    import allohistory

    names = [name for name in allohistory.__all__ if not name.startswith("__")]
    assert names
    assert [name for name in names if f"\n## {name}\n" not in made["reference/python.md"]] == []
    assert "### Scenario.ask" in made["reference/python.md"]
