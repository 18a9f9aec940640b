"""Chains in processes of their own, kept on disk as they go, so that a calibration can be stopped and taken up again.

A chain's file holds where it stands and what it has kept. It is replaced whole, never written into: whatever stops a
run, the file is that of the last step that was finished.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from allohistory.errors import AllohistoryError
from allohistory.evidence.likelihood import Likelihood
from allohistory.evidence.nearby import Nearby, nearby
from allohistory.evidence.observations import Observed
from allohistory.evidence.sampler import BLOCK, POOL, SEEDS, Chain
from allohistory.luck.address import uniform
from allohistory.luck.arithmetic import normal_quantile
from allohistory.timeline.model import load

SAVED_EVERY = 10  # sweeps
FIRST_SEED = 1  # latent luck under which the approximation is made
STREAM_SEARCH = np.int64(3)
START, START_SEED = np.int64(2), np.int64(3)  # slots
TRIES = 20  # starts that may have to be set aside before a chain gives up


@dataclass(frozen=True)
class Chains:
    """How a posterior is sampled.

    chains, warm_up, sweeps   how many chains, sweeps left out, sweeps kept of each
    every                     one sweep in so many is kept
    luck                      tells runs apart
    last_week                 the last week whose record counts; None for the whole record
    soft                      whether soft observations count: counts of cases, historians' judgements
    """

    chains: int = 4
    warm_up: int = 150
    sweeps: int = 1500
    every: int = 4
    luck: int = 1931
    last_week: int | None = None
    soft: bool = True
    block: int = BLOCK
    pool: int = POOL

    @property
    def name(self) -> str:
        """Names the folder of a run: runs of other settings do not go on where this one stopped."""
        until = "" if self.last_week is None else f"-until-{self.last_week}"
        hard = "" if self.soft else "-record-alone"
        return f"{self.chains}x{self.warm_up}+{self.sweeps}-every-{self.every}-luck-{self.luck}{until}{hard}"


@dataclass(frozen=True)
class Sampled:
    """What chains found.

    z                  (chains, kept, parameters) standard normal coordinates
    seeds              (chains, kept) latent seeds
    log_likelihood     (chains, kept)
    replays, seconds   what it took: replays asked for, processor seconds of the chains
    """

    z: np.ndarray
    seeds: np.ndarray
    log_likelihood: np.ndarray
    replays: int
    seconds: float


@dataclass
class Written:
    """A chain's file in memory."""

    z: np.ndarray
    seed: int
    sweeps: int
    kept: list[np.ndarray] = field(default_factory=list)
    seeds: list[int] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    replays: int = 0
    seconds: float = 0.0


def run(
    scenario: str, asked: Chains, folder: Path, workers: int, tell: Callable[[int, int], object]
) -> Sampled:
    """Sample, or go on where an earlier run with the same settings stopped.

    folder   where chains are kept; made if it is not there
    tell     is told sweeps done and sweeps in all
    """
    folder.mkdir(parents=True, exist_ok=True)
    with alone_in(folder):
        near_by(likelihood_of(scenario, asked), folder)
        sample(scenario, asked, folder, workers, tell)
    return gathered(folder, asked)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold a folder against a second run; an AllohistoryError where another holds it. Gone with the process."""
    import fcntl

    with (folder / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AllohistoryError(
                "calibrate", f"another run is at work in {folder}", given=str(folder)
            ) from None
        yield


def sample(
    scenario: str, asked: Chains, folder: Path, workers: int, tell: Callable[[int, int], object]
) -> None:
    """Run all chains, each in a process of its own, as many at a time as there are workers."""
    context = multiprocessing.get_context("spawn")
    total = asked.chains * (asked.warm_up + asked.sweeps)
    with ProcessPoolExecutor(min(workers, asked.chains), mp_context=context) as pool:
        running = {
            pool.submit(in_process, scenario, asdict(asked), str(folder), number)
            for number in range(asked.chains)
        }
        while running:
            done, running = wait(running, timeout=1.0)
            for each in done:
                each.result()
            tell(sum(sweeps_done(folder, number) for number in range(asked.chains)), total)


def in_process(scenario: str, settings: dict[str, Any], folder: str, number: int) -> None:
    """What a process of its own does: one chain over a scenario's record, until whoever asked for it is gone."""
    asked, parent = Chains(**settings), os.getppid()
    one_chain(likelihood_of(scenario, asked), asked, Path(folder), number, lambda: os.getppid() == parent)


def likelihood_of(scenario: str, asked: Chains) -> Likelihood:
    """What the chains of a run climb."""
    model = load(scenario)
    return Likelihood(model, asked.last_week, Observed(model) if asked.soft else None)


def near_by(likelihood: Likelihood, folder: Path) -> Nearby:
    """The approximation that all chains of a run share, computed once."""
    path = folder / "nearby.npz"
    if not path.exists():
        found = nearby(likelihood, likelihood.coordinates.count, FIRST_SEED)
        replace_file(path, mean=found.mean, spread=found.spread, active=found.active)
    with np.load(path) as held:
        return Nearby(held["mean"], held["spread"], held["active"])


def one_chain(
    likelihood: Likelihood,
    asked: Chains,
    folder: Path,
    number: int,
    wanted: Callable[[], bool] = lambda: True,
) -> None:
    """Run one chain to its end, from where its file left it.

    wanted   asked before each sweep: whether to go on
    """
    from time import process_time

    path = folder / f"chain-{number}.npz"
    held = read_chain(path)
    start = (held.z, held.seed) if held else first_point(likelihood, asked, number)
    chain = Chain(likelihood, near_by(likelihood, folder), start, number, asked.luck, asked.block, asked.pool)
    kept = held or Written(*start, sweeps=0)
    chain.sweeps = kept.sweeps
    seconds, replays, since = kept.seconds, kept.replays - likelihood.asked, process_time()
    while chain.sweeps < asked.warm_up + asked.sweeps and wanted():
        state = chain.sweep()
        if chain.sweeps > asked.warm_up and (chain.sweeps - asked.warm_up) % asked.every == 0:
            kept.kept.append(state.z.copy())
            kept.seeds.append(state.seed)
            kept.scores.append(state.log_likelihood)
        if chain.sweeps % SAVED_EVERY == 0 or chain.sweeps == asked.warm_up + asked.sweeps:
            kept.z, kept.seed, kept.sweeps = state.z, state.seed, chain.sweeps
            kept.replays, kept.seconds = replays + likelihood.asked, seconds + process_time() - since
            write_chain(path, kept)


def first_point(likelihood: Likelihood, asked: Chains, number: int) -> tuple[np.ndarray, int]:
    """A draw from the prior, with a latent seed: chains begin far apart. The first that need not be set aside."""
    for turn in range(TRIES):

        def luck(step: int, slot: np.int64, turn: int = turn) -> float:
            key = np.int64(turn * TRIES + number)
            return float(uniform(np.int64(asked.luck), STREAM_SEARCH, np.int64(step), key, np.int64(0), slot))

        z = np.array([normal_quantile(luck(i, START)) for i in range(likelihood.coordinates.count)])
        seed = int(luck(0, START_SEED) * SEEDS)
        if np.isfinite(likelihood(z, seed)):
            return z, seed
    raise RuntimeError(f"chain {number}: {TRIES} draws from the priors were all set aside in replay")


def sweeps_done(folder: Path, number: int) -> int:
    """How far a chain has come."""
    path = folder / f"chain-{number}.npz"
    if not path.exists():
        return 0
    with np.load(path) as held:
        return int(held["sweeps"])


def gathered(folder: Path, asked: Chains) -> Sampled:
    """The finished chains of a folder as one."""
    chains = [read_chain(folder / f"chain-{number}.npz") for number in range(asked.chains)]
    found: Sequence[Written] = [chain for chain in chains if chain is not None]
    return Sampled(
        np.array([chain.kept for chain in found]),
        np.array([chain.seeds for chain in found], np.int64),
        np.array([chain.scores for chain in found]),
        sum(chain.replays for chain in found),
        sum(chain.seconds for chain in found),
    )


def read_chain(path: Path) -> Written | None:
    """A chain's file, or None where there is none yet."""
    if not path.exists():
        return None
    with np.load(path) as held:
        return Written(
            held["z"],
            int(held["seed"]),
            int(held["sweeps"]),
            list(held["kept"]),
            [int(seed) for seed in held["seeds"]],
            [float(score) for score in held["scores"]],
            int(held["replays"]),
            float(held["seconds"]),
        )


def write_chain(path: Path, chain: Written) -> None:
    """Put a chain's file in place of the last one."""
    replace_file(path, **{name: np.array(value) for name, value in vars(chain).items()})


def replace_file(path: Path, **arrays: np.ndarray) -> None:
    """Write beside the file and rename: a reader sees the old one or the new one, never half of either."""
    beside = path.with_suffix(".part")
    with beside.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)
    beside.replace(path)
