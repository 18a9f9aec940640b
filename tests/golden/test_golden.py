"""The scenario's timelines have not moved, and are the same whatever runs them."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from allohistory.ensemble.golden import digests

pytestmark = pytest.mark.property(n=5)

KEPT = Path(__file__).parent / "digests.toml"
FEW = 2
CODE = f"from allohistory.ensemble.golden import digests; print(digests(workers=1, count={FEW}, only='fresh luck'))"


def test_results_have_not_moved():
    """`make golden` rewrites the file, when answers were meant to change."""
    kept = tomllib.loads(KEPT.read_text())["digests"]
    assert dict(digests()) == kept


def test_threads_change_nothing():
    assert digests(workers=1) == digests(workers=3)


@pytest.mark.parametrize(
    "environment",
    [{"NUMBA_DISABLE_JIT": "1"}, {"NUMBA_CPU_NAME": "generic"}],
    ids=["compiler off", "generic processor"],
)
def test_the_compiler_and_the_processor_change_nothing(environment):
    """A few timelines of each plan that needs hindsight, in a process of their own."""
    found = subprocess.run(
        [sys.executable, "-c", CODE],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr[-2000:]
    assert found.stdout.strip() == str(digests(workers=1, count=FEW, only="fresh luck"))
