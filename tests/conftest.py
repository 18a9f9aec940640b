"""For all tests: answers are worked out, not shown from what an earlier test kept."""

from __future__ import annotations

import os


def pytest_configure():
    """Also for the processes that tests start."""
    os.environ.setdefault("ALLOHISTORY_NO_KEPT_ANSWERS", "1")
