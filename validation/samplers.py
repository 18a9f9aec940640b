"""Which sampler? Effective draws a second for the same posterior, from the same start, for as many likelihoods each.

    python validation/samplers.py [--likelihoods N]

Three ways over the whole scenario: elliptical slices of blocks (BlackJAX; what `allohistory calibrate` uses), a random
walk of the same blocks (BlackJAX's Metropolis), and an ensemble of walkers in all dimensions at once (emcee, where it
is installed: python -m pip install emcee). All start near the posterior, with latent luck held.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from allohistory.evidence.likelihood import Likelihood
from allohistory.evidence.nearby import Nearby
from allohistory.evidence.observations import Observed
from allohistory.evidence.running import near_by
from allohistory.evidence.sampler import Chain, blackjax, blocks_of
from allohistory.results.home import home
from allohistory.timeline.model import load

SEED = 1
LIKELIHOODS = 20_000
STEP = 2.38  # Roberts and Rosenthal 2001: spread of a random walk's step, over the root of its dimensions


@dataclass(frozen=True)
class Way:
    """What one sampler did: points in standard normal coordinates, likelihoods asked for, processor seconds."""

    name: str
    points: np.ndarray
    asked: int
    seconds: float


def main() -> int:
    """Run all three and print a line each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--likelihoods", type=int, default=LIKELIHOODS)
    wanted = parser.parse_args().likelihoods
    model = load("soviet-japanese-war")
    likelihood = Likelihood(model, observed=Observed(model))
    folder: Path = home() / "calibrations" / "samplers"
    folder.mkdir(parents=True, exist_ok=True)
    near = near_by(likelihood, folder)
    ways = [timed(name, way, likelihood, near, wanted) for name, way in WAYS.items()]
    print("way, likelihoods, processor seconds, effective draws (5 %, median) and a second")
    for way in ways:
        if way is not None:
            print(line(way, near))
    return 0


Sampler = Callable[[Likelihood, Nearby, int], np.ndarray]


def timed(name: str, way: Sampler, likelihood: Likelihood, near: Nearby, wanted: int) -> Way | None:
    """Run one sampler; None where its library is missing."""
    since, asked = time.process_time(), likelihood.asked
    try:
        points = way(likelihood, near, wanted)
    except ImportError as missing:
        print(f"{name}: left out, {missing.name} is not installed", file=sys.stderr)
        return None
    return Way(name, points, likelihood.asked - asked, time.process_time() - since)


def line(way: Way, near: Nearby) -> str:
    """Effective draws of the active coordinates."""
    library, jax = blackjax()
    draws = jax.numpy.asarray(way.points[None, :, near.active])
    found = np.asarray(jax.jit(jax.vmap(library.diagnostics.ess_bulk, in_axes=2))(draws))
    few, middle = np.quantile(found, 0.05), np.median(found)
    return (
        f"{way.name}: {way.asked:,}, {way.seconds:.0f} s, {few:.1f}, {middle:.1f}, "
        f"{few / way.seconds:.3f}, {middle / way.seconds:.3f}"
    )


def slices(likelihood: Likelihood, near: Nearby, wanted: int) -> np.ndarray:
    """Elliptical slices, as the calibration has them, without the choice of a latent seed."""
    chain = Chain(likelihood, near, (near.mean, SEED), pool=1)
    end, points = likelihood.asked + wanted, []
    while likelihood.asked < end:
        points.append(chain.sweep().z.copy())
    return np.array(points)


def random_walk(likelihood: Likelihood, near: Nearby, wanted: int) -> np.ndarray:
    """Random-walk Metropolis of the same blocks, steps in proportion to the approximation's spreads."""
    library, jax = blackjax()
    kernel = library.mcmc.random_walk.build_additive_step()
    number = jax.ShapeDtypeStruct((), np.float64)

    def density(at: np.ndarray, places: np.ndarray, z: np.ndarray) -> np.ndarray:
        tried = np.array(z)
        tried[np.asarray(places)] = np.asarray(at)
        return np.asarray(likelihood(tried, SEED) - 0.5 * float(tried @ tried))

    def step(key: Any, at: Any, height: Any, places: Any, z: Any, scale: Any) -> Any:
        state = library.mcmc.random_walk.RWState(at, height)
        moved, _ = kernel(
            key,
            state,
            lambda to: jax.pure_callback(density, number, to, places, z),
            lambda luck, here: scale * jax.random.normal(luck, here.shape),
        )
        return moved.position, moved.logdensity

    compiled, key = jax.jit(step), jax.random.key(SEED)
    z, points, blocks = near.mean.copy(), [], blocks_of(near.active)
    height = likelihood(z, SEED) - 0.5 * float(z @ z)
    end = likelihood.asked + wanted
    while likelihood.asked < end:
        for places in blocks:
            key, now = jax.random.split(key)
            scale = STEP / np.sqrt(len(places)) * near.spread[places]
            at, height = compiled(now, z[places], height, places, z, scale)
            z[places] = np.asarray(at)
        points.append(z.copy())
    return np.array(points)


def walkers(likelihood: Likelihood, near: Nearby, wanted: int) -> np.ndarray:
    """emcee over all active coordinates at once: at least twice as many walkers as dimensions."""
    import emcee

    active = np.flatnonzero(near.active)
    count = 2 * len(active) + 2

    def height(inside: np.ndarray) -> float:
        z = near.mean.copy()
        z[active] = inside
        return likelihood(z, SEED) - 0.5 * float(z @ z)

    luck = np.random.RandomState(SEED)
    start = near.mean[active] + near.spread[active] * luck.normal(size=(count, len(active)))
    sampler = emcee.EnsembleSampler(count, len(active), height)
    sampler.random_state = luck.get_state()
    steps = max(wanted // count, 8)
    sampler.run_mcmc(start, steps)
    points = np.tile(near.mean, (steps, 1))
    points[:, active] = sampler.get_chain()[:, 0, :]
    return points


WAYS: dict[str, Sampler] = {
    "elliptical slices of blocks": slices,
    "random walk of blocks": random_walk,
    "emcee, all at once": walkers,
}


if __name__ == "__main__":
    sys.exit(main())
