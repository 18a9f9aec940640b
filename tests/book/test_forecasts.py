"""The protocol of the forecasts: read as it is written, and mistakes named with what would have been right."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from allohistory.book.forecasts import FILE, Protocol, check_rules, protocol_of
from allohistory.errors import AllohistoryError
from allohistory.timeline.model import load

MISTAKES = [
    ("last_week = 208", "last_week = 207", "the last week that begins in 1934 is week 208"),
    ('form = "recent"', 'form = "lately"', "expected one of value, log-ratio, recent, own"),
    ('form = "recent"', 'form = "log-ratio"', "the form log-ratio reads 2 variables"),
    ('variables = ["china.at_war"]', 'variables = ["china.war"]', 'there is no variable "china.war"'),
    ('variables = ["china.at_war"]', 'variables = ["border.open"]', "border.open is one number a "),
    (
        '"border.incident.winter=0"',
        '"border.incident.wintr=0"',
        'there is no parameter "border.incident.wintr"',
    ),
    ('"border.incident.winter=0"', '"border.incident.winter"', "expected a list of parameters and values"),
    ("bins = [0.0, 0.02", "bins = [0.01, 0.02", "expected rising shares from 0.0 to 1.0"),
    ("spreads = [0.1, 0.3", "spreads = [0.3, 0.1", "expected rising numbers above 0"),
    ("floor = 0.0001", "floor = 0", "expected a number above 0"),
    ('id = "pooled-rate"', 'id = "pooled"', "expected one of uniform"),
    ('id = "next-three-years"', 'id = "next-year"', '"next-year" stands here twice'),
    ("[[change]]\nday", "[[changed]]\nday", '"changed" is not a table of this file'),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "book").mkdir()
    shutil.copy(load().folder / "book" / FILE, tmp_path / "book" / FILE)
    return tmp_path


def read() -> Protocol:
    return protocol_of(load().book, load().folder)


def test_protocol__the_protocol_is_read_and_knows_every_covered_rule():
    protocol = read()
    check_rules(protocol, frozenset(span.rule for span in load().blueprint.coverage))
    assert [cut.year for cut in protocol.cut_offs] == list(range(1934, 1945))
    assert [one.years for one in protocol.horizons] == [1, 3]
    assert protocol.country_of["kwantung.attacks"] == "field-army"


@pytest.mark.parametrize(("right", "wrong", "said"), MISTAKES)
def test_protocol__a_mistake_is_named(folder: Path, right: str, wrong: str, said: str):
    path = folder / "book" / FILE
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(AllohistoryError) as mistake:
        protocol_of(load().book, folder)
    assert said in str(mistake.value)


def test_protocol__a_rule_without_a_country_or_unknown_is_named():
    protocol = read()
    covered = frozenset(protocol.country_of)
    with pytest.raises(AllohistoryError, match="no country has the rule new.rule"):
        check_rules(protocol, covered | {"new.rule"})
    with pytest.raises(AllohistoryError, match="is not a rule that the record covers"):
        check_rules(protocol, covered - {"border.incident"})


def test_protocol__a_scenario_without_the_file_says_so(tmp_path: Path):
    with pytest.raises(AllohistoryError, match="this scenario has no forecasts.toml"):
        protocol_of(load().book, tmp_path)


def test_protocol__switching_a_part_off_keeps_to_what_its_parameters_may_be():
    book = load().book
    for part in read().parts:
        for id, value in part.off:
            parameter = book.parameters[id]
            low = -float("inf") if parameter.low is None else parameter.low
            high = float("inf") if parameter.high is None else parameter.high
            assert low <= value <= high, (part.id, id)
