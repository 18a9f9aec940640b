"""The search's race against no race: pairs of divergences run at length, and how well a search ranked them.

    python tools/search_reference.py --outcome serious_war --pairs 200 --timelines 1000 -o FILE

200 pairs drawn by seed among all that do not clash, and every set of one or two on the front of a search, are run over
the same number of timelines on luck of their own: the reference. The file keeps their shares, what the race's first
rounds (12 and 48 timelines on the search's luck) said of the same pairs, and how the two orders agree.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import threading
from itertools import combinations
from pathlib import Path

import numpy as np

from allohistory.luck.address import uniform
from allohistory.questions.question import Question
from allohistory.questions.search.field import Run, ScenarioField
from allohistory.questions.search.race import Known
from allohistory.questions.search.sets import Sets
from allohistory.questions.search.tally import PodSet, apart, set_of
from allohistory.timeline.model import Model, load
from allohistory.version import VERSION

REFERENCE_SEED = 7_777_777
DRAWN_BY = 20_260
RACE = (12, 48)


def main() -> int:
    """Draw the pairs, run them both ways, write the file."""
    options = read_options()
    model = load()
    long = ground(model, options.outcome, REFERENCE_SEED, options.workers)
    short = ground(model, options.outcome, 1, options.workers)
    drawn = pairs_drawn(short.sets, options.pairs)
    front = front_of(options.front)
    everyone = [*drawn, *(names for names in front if names not in drawn)]
    reference, race = Known(long), Known(short)
    for count in range(100, options.timelines + 1, 100):
        reference.look(everyone, count)
        print(f"{count} of {options.timelines} timelines", file=sys.stderr, flush=True)
    rows = {names: {"reference": reference.share(names), "front": names in front} for names in everyone}
    agreement = {}
    for count in RACE:
        race.look(everyone, count)
        for names in everyone:
            rows[names][f"race_{count}"] = race.share(names)
        agreement[str(count)] = agree(reference, race, everyone)
    found = {
        "what": "pairs of divergences run at length, and what the first rounds of a race said of them",
        "again": f"python tools/search_reference.py --outcome {options.outcome} --pairs {options.pairs} "
        f"--timelines {options.timelines}",
        "version": VERSION,
        "model": model.digest[:16],
        "outcome": options.outcome,
        "timelines": options.timelines,
        "reference_seed": REFERENCE_SEED,
        "pairs_drawn_by": DRAWN_BY,
        "agreement": agreement,
        "sets": [{"pods": list(names), **row} for names, row in sorted(rows.items())],
    }
    Path(options.out).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(agreement))
    return 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--outcome", default="serious_war")
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--timelines", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--front", help="a file of `allohistory search --json`, whose front is run too")
    parser.add_argument("-o", "--out", required=True)
    return parser.parse_args()


def ground(model: Model, outcome: str, seed: int, workers: int) -> ScenarioField:
    """Sets of a scenario on one luck."""
    question = Question(scenario=model.name, outcomes=(outcome,), seed=seed)
    return ScenarioField(Sets(model, question), Run(workers, threading.Event()))


def pairs_drawn(sets: Sets, count: int) -> list[PodSet]:
    """So many pairs that do not clash, drawn by the addressed luck that everything here is drawn by."""
    pairs = [set_of(pair) for pair in combinations(sets.singles(), 2)]
    zero, drawn_by = np.int64(0), np.int64(DRAWN_BY)
    keys = [uniform(drawn_by, zero, np.int64(place), zero, zero, zero) for place in range(len(pairs))]
    ordered = [pairs[int(place)] for place in np.argsort(keys)]
    found: list[PodSet] = []
    for names in ordered:
        if len(found) == count:
            break
        found += sets.possible([names])
    return found


def front_of(file: str | None) -> list[PodSet]:
    """The sets on a kept front."""
    if file is None:
        return []
    held = json.loads(Path(file).read_text(encoding="utf-8"))
    return [set_of(pod["id"] for pod in line["pods"]) for line in held["front"]]


def agree(reference: Known, race: Known, sets: list[PodSet]) -> dict[str, float]:
    """How two rankings agree: Kendall's tau, and over pairs of sets that the race tells apart, how often it is right.

    beyond    pairs of sets that the race puts apart by more than three standard errors of their paired difference
    reversed  of those, the share that the reference puts apart the other way by more than three
    chi       root mean square of (race less reference) in standard errors of that difference; 1 where all is luck
    """
    from scipy.stats import kendalltau

    tau = kendalltau(
        [race.share(names) for names in sets], [reference.share(names) for names in sets]
    ).statistic
    beyond = backwards = 0
    for one, other in combinations(sets, 2):
        gap = apart(race.seen[one], race.seen[other])
        if abs(gap.value) > 3.0 * gap.error:
            beyond += 1
            long = apart(reference.seen[one], reference.seen[other])
            backwards += long.value * math.copysign(1.0, gap.value) < -3.0 * long.error
    z = []
    for names in sets:
        n, m, p = race.seen[names].n, reference.seen[names].n, reference.share(names)
        z.append((race.share(names) - p) / math.sqrt(max(p * (1.0 - p), 0.25 / m) * (1.0 / n + 1.0 / m)))
    chi = math.sqrt(float(np.mean(np.square(z))))
    return {"tau": float(tau), "beyond": beyond, "reversed": backwards / max(beyond, 1), "chi": chi}


if __name__ == "__main__":
    raise SystemExit(main())
