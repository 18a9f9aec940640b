"""How much memory timelines need: the peak of a process that runs a few, then many more of them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass

FEW = 200
CODE = """
import resource
from allohistory.ensemble.run import run
from allohistory.timeline.model import load
from allohistory.timeline.plan import START, Plan

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

blueprint, memories = load({scenario!r}).blueprint, []
run(blueprint, Plan(horizon=START), count={few}, workers={workers}, memories=memories)
before = peak()
found = run(blueprint, Plan(horizon=START), count={many}, workers={workers}, memories=memories)
arrays = sum(column.nbytes for column in vars(found).values()) / 2**20
print(before, peak(), arrays)
"""


@dataclass(frozen=True)
class MemoryUse:
    """Megabytes: the peak after few timelines and after many, and what the many leave in arrays."""

    timelines: int
    before: float
    after: float
    arrays: float


def memory_use(scenario: str, many: int, workers: int) -> MemoryUse | None:
    """Measured in a process of its own; None on a system that does not tell."""
    code = CODE.format(scenario=scenario, few=FEW, many=many, workers=workers)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return None
    before, after, arrays = map(float, done.stdout.split())
    return MemoryUse(many, before, after, arrays)
