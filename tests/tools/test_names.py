"""tools/names.py: fresh, and two things can not share a constant."""

from __future__ import annotations

from pathlib import Path

import names as tool
from allohistory.scenarios.soviet_japanese_war import names
from written import finish, stale

SCENARIO = Path(names.__file__).parent.parent


def test_package__is_fresh():
    rules = tool.registered_rules("allohistory.scenarios.soviet_japanese_war")
    numbers = tool.numbered(SCENARIO, rules)
    modules = tool.constants(SCENARIO, numbers, rules)
    texts = {"numbers.toml": tool.numbers_text(numbers)} | tool.names_texts(SCENARIO.name, modules)
    assert stale(SCENARIO, texts) == []
    for row in (row for rows in modules.values() for row in rows):
        assert getattr(names, row.name) == row.number


def test_clashes__of_two_constants_are_named():
    rules = [tool.Constant("CHINA_TURNS", 7, 'the rule "china.turns"')]
    entities = [tool.Constant("CHINA_TURNS", 2, 'the count of the kind "china-turn"')]
    (said,) = tool.clashes({"rules": rules, "entities": entities})
    assert 'CHINA_TURNS would name both the rule "china.turns" and the count of the kind' in said
    assert tool.clashes({"rules": rules, "entities": []}) == []


def test_finish__writes_and_takes_away_what_is_left_over(tmp_path, capsys):
    texts = {"names/__init__.py": "one\n", "numbers.toml": "two\n"}
    (tmp_path / "names.py").write_text("of an earlier layout")
    assert finish(tmp_path, texts, "names.py", check=True) == 1
    assert "names/__init__.py is stale: run python tools/names.py" in capsys.readouterr().out
    assert finish(tmp_path, texts, "names.py", check=False) == 0
    assert not (tmp_path / "names.py").exists()
    (tmp_path / "names" / "old.py").write_text("left")
    assert stale(tmp_path, texts) == ["names/old.py"]
    assert finish(tmp_path, texts, "names.py", check=False) == 0
    assert stale(tmp_path, texts) == []
