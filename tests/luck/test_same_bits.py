"""The same bits compiled, plain, on a generic processor, without optimisation, and as published (golden)."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from luck import digests

pytestmark = pytest.mark.property(n=5)

TESTS = Path(__file__).resolve().parent.parent
GOLDEN = Path(__file__).with_name("golden_digests.json")

WAYS = {
    "compiled": {},
    "plain": {"NUMBA_DISABLE_JIT": "1"},
    "generic processor": {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": ""},
    "not optimised": {"NUMBA_OPT": "0"},
}


def run(way, cache):
    """The digests from a process of its own; an overflow in plain NumPy is an error."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("NUMBA_")}
    environment.pop("ALLOHISTORY_HOME", None)
    environment |= {
        "PYTHONPATH": os.pathsep.join([*sys.path, str(TESTS)]),
        "NUMBA_CACHE_DIR": str(cache),
    } | WAYS[way]
    command = [sys.executable, "-W", "error::RuntimeWarning", str(TESTS / "luck" / "digests.py")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.mark.parametrize("way", WAYS)
def test_bits__are_the_golden_ones(way, tmp_path):
    """The golden file was made by `python tests/luck/digests.py`; it shows that bits stay, not that they are right."""
    assert run(way, tmp_path) == json.loads(GOLDEN.read_text())


def test_bits__here_are_the_golden_ones():
    assert digests.digests() == json.loads(GOLDEN.read_text())


def test_bits__a_last_bit_would_show():
    assert digests.digest(digests.points()) != digests.digest(digests.points() * (1 + 2**-52))
