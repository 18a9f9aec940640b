"""What kernels compile to: no fused multiply-add, no fast-math, nothing of the C library but the square root.

The same code is emitted for arm64 and looked at there, without an arm machine. Two controls, one fast-math and one
calling the C library, must be caught, so that a pass is not a pass on nothing.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from allohistory.luck.compiled import jit_disabled

pytestmark = [
    pytest.mark.property(n=5),
    pytest.mark.skipif(jit_disabled, reason="there is no machine code when the compiler is off"),
]

TESTS = Path(__file__).resolve().parent.parent
# Names from outside that kernels and their driver may use. The square root is exact by IEEE 754 wherever it comes
# from; all else belongs to Python, to Numba's runtime (arrays coming in) or to LLVM itself.
ALLOWED = re.compile(
    r"^(sqrt|reference_count|_?Py\w+|NRT_\w+|numba_\w+"
    r"|llvm\.(fabs|is\.fpclass|[su]min|[su]max|memset|memcpy|lifetime|experimental\.noalias|x86\.atomic)\.[\w.]+)$"
)


@pytest.fixture(scope="module", params=["", "generic"], ids=["host", "generic"])
def report(request):
    environment = dict(
        os.environ, NUMBA_CPU_NAME=request.param, PYTHONPATH=os.pathsep.join([*sys.path, str(TESTS)])
    )
    if not request.param:
        environment.pop("NUMBA_CPU_NAME")
    script = TESTS / "luck" / "machine_code.py"
    done = subprocess.run(
        [sys.executable, str(script)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def test_kernels__nothing_is_fused(report):
    kernels = report["kernels"]
    assert kernels["kernels"] >= 15  # the code looked at is there
    assert kernels["multiplications_on_arm"] > 200
    assert kernels["fused"] == []
    assert kernels["fused_on_arm"] == []
    assert kernels["fast_flags"] == []


def test_kernels__call_nothing_outside_the_list(report):
    assert [name for name in report["kernels"]["external"] if not ALLOWED.match(name)] == []


def test_controls__are_caught(report):
    assert report["control_fast"]["fast_flags"] != []
    assert report["control_fast"]["fused_on_arm"] != []
    strangers = [name for name in report["control_library"]["external"] if not ALLOWED.match(name)]
    assert strangers != []
