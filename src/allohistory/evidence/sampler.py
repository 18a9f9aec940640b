"""Chains over parameters and latent luck: elliptical slices of one block of parameters after another (BlackJAX).

A chain's state is a point in standard normal coordinates and a latent seed. One sweep gives each block of coordinates
an elliptical slice, and then chooses the latent seed anew among several. Both moves leave the posterior as it is, so
the parameters' share of it has the likelihood that is the mean over latent luck.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from allohistory.errors import AllohistoryError
from allohistory.evidence.nearby import LogLikelihood, Nearby
from allohistory.luck.address import uniform

if TYPE_CHECKING:
    from types import ModuleType

BLOCK = 64  # coordinates of a block: 16 and 128 give fewer effective draws for the same likelihoods
POOL = 16  # latent seeds among which one is chosen, the present one included
SEEDS = 2**31  # latent seeds are numbers below this
STREAM_SEARCH = np.int64(3)
FRESH_SEED, WHICH_SEED = np.int64(0), np.int64(1)  # slots


@dataclass
class State:
    """Where a chain stands: coordinates, latent seed, and the log-likelihood there."""

    z: np.ndarray
    seed: int
    log_likelihood: float


def blackjax() -> tuple[ModuleType, Any]:
    """BlackJAX and JAX in double precision; an error that names the extra where they are missing."""
    try:
        import blackjax as library
        import jax
    except ImportError:
        raise AllohistoryError(
            "calibrate",
            'the sampler is not installed: python -m pip install "allohistory[calibrate]"',
        ) from None
    jax.config.update("jax_enable_x64", True)  # type: ignore[no-untyped-call]
    return library, jax


def blocks_of(active: np.ndarray, size: int = BLOCK) -> list[np.ndarray]:
    """Places of the coordinates in blocks: the active ones in order, so that a rule's stand together; then the rest."""
    touched, rest = np.flatnonzero(active), np.flatnonzero(~active)
    parts = [touched[first : first + size] for first in range(0, len(touched), size)]
    return [*parts, rest] if len(rest) else parts


class Chain:
    """One chain. `sweep()` moves it once; the luck of sweep n of chain k is the same wherever it is computed.

    log_likelihood   of coordinates and latent seed
    near             a normal distribution near the posterior
    start            coordinates and latent seed to begin at
    number           tells chains apart
    luck             tells runs apart
    """

    def __init__(
        self,
        log_likelihood: LogLikelihood,
        near: Nearby,
        start: tuple[np.ndarray, int],
        number: int = 0,
        luck: int = 1,
        block: int = BLOCK,
        pool: int = POOL,
    ) -> None:
        self.log_likelihood, self.near, self.number, self.luck, self.pool = (
            log_likelihood,
            near,
            number,
            luck,
            pool,
        )
        self.block = block
        self.begin(near, start, number)
        self.step = slices(self.against_near)

    def begin(self, near: Nearby, start: tuple[np.ndarray, int], number: int) -> None:
        """Begin anew, as another chain: what has been compiled stays."""
        self.near, self.number = near, number
        self.blocks = blocks_of(near.active, self.block)
        z, seed = start
        self.state = State(z.copy(), seed, self.log_likelihood(z, seed))
        self.sweeps = 0

    def against_near(self, w: np.ndarray, places: np.ndarray, z: np.ndarray, seed: np.ndarray) -> np.ndarray:
        """Log of posterior over the approximation, for a block's coordinates in units of the approximation."""
        places, w = np.asarray(places), np.asarray(w)  # JAX hands over arrays of its own, slow to pick from
        here = places >= 0
        at, w = places[here], w[here]
        moved = np.array(z)
        moved[at] = self.near.mean[at] + self.near.spread[at] * w
        found = self.log_likelihood(moved, int(seed))
        return np.asarray(found + 0.5 * float(w @ w) - 0.5 * float(moved[at] @ moved[at]))

    def sweep(self) -> State:
        """Move every block once, then the latent seed."""
        key = chain_key(self.luck, self.number, self.sweeps)
        for turn, places in enumerate(self.blocks):
            self.move(places, (*key, turn))
        if self.pool > 1:
            self.choose_seed()
        self.sweeps += 1
        return self.state

    def move(self, places: np.ndarray, key: tuple[int, ...]) -> None:
        """An elliptical slice of one block, the others held."""
        size = BLOCK * -(-len(places) // BLOCK)
        padded = np.full(size, -1)
        padded[: len(places)] = places
        w = np.zeros(size)
        near = self.near
        w[: len(places)] = (self.state.z[places] - near.mean[places]) / near.spread[places]
        at = self.state.z[places]
        inside = w[: len(places)]
        density = self.state.log_likelihood + 0.5 * float(inside @ inside) - 0.5 * float(at @ at)
        moved, found = self.step(key, w, density, padded, self.state.z, self.state.seed)
        inside = moved[: len(places)]
        self.state.z[places] = near.mean[places] + near.spread[places] * inside
        at = self.state.z[places]
        self.state.log_likelihood = found - 0.5 * float(inside @ inside) + 0.5 * float(at @ at)

    def choose_seed(self) -> None:
        """One latent seed of several, the present one among them, in proportion to the likelihood each gives."""
        sweep, number = np.int64(self.sweeps), np.int64(self.number)

        def luck(step: int, slot: np.int64) -> float:
            return float(uniform(np.int64(self.luck), STREAM_SEARCH, sweep, number, np.int64(step), slot))

        seeds = [self.state.seed, *(int(luck(i, FRESH_SEED) * SEEDS) for i in range(1, self.pool))]
        scores = np.array(
            [self.state.log_likelihood, *(self.log_likelihood(self.state.z, seed) for seed in seeds[1:])]
        )
        shares = np.exp(scores - scores.max())
        which = int(np.searchsorted(np.cumsum(shares) / shares.sum(), luck(0, WHICH_SEED)))
        self.state.seed, self.state.log_likelihood = seeds[which], float(scores[which])


def chain_key(luck: int, number: int, sweep: int) -> tuple[int, int, int]:
    """What the luck of a sweep hangs on, and nothing else: a chain that is taken up again goes on as it would have."""
    return luck, number, sweep


def slices(density: Callable[..., np.ndarray]) -> Callable[..., tuple[np.ndarray, float]]:
    """A compiled elliptical slice of a standard normal block under a Python log-density."""
    library, jax = blackjax()
    number = jax.ShapeDtypeStruct((), np.float64)

    def step(words: Any, w: Any, here: Any, places: Any, z: Any, seed: Any) -> tuple[Any, Any]:
        key = jax.random.key(words[0])
        for i in range(1, words.shape[0]):
            key = jax.random.fold_in(key, words[i])
        kernel = library.mcmc.elliptical_slice.build_kernel(
            jax.numpy.ones(w.shape[0]), jax.numpy.zeros(w.shape[0])
        )
        state = library.mcmc.elliptical_slice.EllipSliceState(w, here)

        def log_density(position: Any) -> Any:
            return jax.pure_callback(density, number, position, places, z, seed)

        moved, _ = kernel(key, state, log_density)
        return moved.position, moved.logdensity

    compiled = jax.jit(step)

    def once(
        words: Sequence[int], w: np.ndarray, here: float, places: np.ndarray, z: np.ndarray, seed: int
    ) -> tuple[np.ndarray, float]:
        position, found = compiled(np.array(words, np.int64), w, here, places, z, seed)
        return np.asarray(position), float(found)

    return once
