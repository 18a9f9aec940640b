"""What splitting gains over brute force on the rare outcomes of `outcomes.toml`, beside the ideal.

python benchmarks/rare/outcomes.py [PILOT, default 10000] [EACH, default 200] [NUMBER of one outcome]
"""

from __future__ import annotations

import sys
import time
import tomllib
from pathlib import Path
from typing import Any

import numpy as np

from allohistory.questions.arms import Runner
from allohistory.questions.columns import Columns, asked_of
from allohistory.questions.question import Question, workers_of
from allohistory.questions.rare.chance import REPEATS, brute_force, by_splitting
from allohistory.questions.rare.histories import Histories
from allohistory.questions.worlds import read_worlds
from allohistory.timeline.model import load

HERE = Path(__file__).resolve().parent
PILOT, EACH = 10_000, 200


def main() -> int:
    """Print a block for each outcome."""
    asked = tomllib.loads((HERE / "outcomes.toml").read_text(encoding="utf-8"))["outcome"]
    given = [int(word) for word in sys.argv[1:]]
    pilot, each, one = (given + [PILOT, EACH, 0][len(given) :])[:3]
    for number, outcome in enumerate(asked, start=1):
        if one in (0, number):
            measured(outcome, pilot, each)
    return 0


def measured(outcome: dict[str, Any], pilot: int, each: int) -> None:
    """Brute force first, of which milestones are chosen where none are given; then splitting, in other timelines."""
    started, used = time.perf_counter(), time.process_time()
    question = Question(outcomes=(outcome["is"],))
    worlds = read_worlds(question, load(question.scenario))
    asked = asked_of(outcome["is"], worlds.model)
    runner = Runner(worlds.model, workers_of(None), 1 << 40)
    columns = Columns(worlds.model, runner.run("pilot", worlds.plan(), pilot))
    brute = brute_force(columns, asked)
    print(f"{outcome['is']}: {outcome['because']}")
    low, high = brute.interval
    print(f"  brute force  {brute.probability:.3g} ({low:.3g} to {high:.3g}), {brute.timelines:,} timelines")
    histories = Histories(worlds.model, worlds.plan(), runner.workers)
    chance = by_splitting(
        worlds, asked, columns, histories, tuple(outcome.get("by", ())), runner, repeats=REPEATS, each=each
    )
    if chance is None or chance.splitting is None or chance.ladder is None:
        print("  no milestones")
        return
    low, high = chance.interval
    shares = ", ".join(f"{one:.2g}" for one in np.nanmean(chance.splitting.survivors, axis=1))
    print(
        f"  splitting    {chance.probability:.3g} ({low:.3g} to {high:.3g}), {chance.timelines:,} timelines"
    )
    gained, ideal = chance.gain or 0.0, chance.ideal or float("nan")
    print(f"  gain {gained:,.2f}, ideal {ideal:,.1f}, share of it {gained / ideal:.2f}")
    print(f"  survivors of {len(chance.ladder.levels)} levels: {shares}")
    died = int((chance.splitting.estimates == 0.0).sum())
    ancestors = float(chance.splitting.ancestors.mean())
    print(
        f"  distinct ancestors {ancestors:.1%}; {died} of {REPEATS} repeats in vain; found {len(chance.found)}"
    )
    wall, processor = time.perf_counter() - started, time.process_time() - used
    print(f"  {wall:.0f} s, {processor:.0f} s of processor", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
