"""The small scenario for tests of questions."""

from __future__ import annotations

import pytest

from smallwar_model import install


@pytest.fixture
def small(monkeypatch, tmp_path):
    """The small scenario, found wherever a scenario is looked up; nothing is kept outside the test's folder."""
    monkeypatch.setenv("ALLOHISTORY_HOME", str(tmp_path / "home"))
    return install(monkeypatch)
