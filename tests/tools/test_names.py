"""tools/names.py: fresh, and two things can not share a constant."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import names as tool
from allohistory.scenarios.soviet_japanese_war import names
from written import finish, stale

SCENARIO = Path(names.__file__).parent.parent


def test_package__is_fresh():
    """In a process of its own: rules stand in the order in which they are registered, other tests import some first."""
    tool_path = Path(tool.__file__)
    done = subprocess.run([sys.executable, tool_path, "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_constants__are_what_the_package_holds():
    rules = tool.registered_rules("allohistory.scenarios.soviet_japanese_war")
    modules = tool.constants(SCENARIO, tool.numbered(SCENARIO, rules), rules)
    wrong = [row.name for rows in modules.values() for row in rows if getattr(names, row.name) != row.number]
    assert wrong == []


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
