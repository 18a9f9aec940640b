"""The small scenario for tests of runs, and what a folder holds."""

from __future__ import annotations

import pytest

from runs.folders import environment
from smallwar_model import install


@pytest.fixture
def small(monkeypatch, tmp_path):
    """The small scenario; nothing is kept outside the test's folder."""
    monkeypatch.setenv("ALLOHISTORY_HOME", environment(tmp_path)["ALLOHISTORY_HOME"])
    monkeypatch.setenv("ALLOHISTORY_WORKERS", "1")
    return install(monkeypatch)
