"""Whether chains agree, and how many independent draws they are worth (rank-normalised; BlackJAX's functions)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from allohistory.evidence.sampler import blackjax

DISAGREE = (
    1.05  # R-hat above which chains are said to disagree (Vehtari et al. 2021 ask for 1.01 on long chains)
)
FEWEST = 100  # effective draws below which a parameter's spread is said to be rough


@dataclass(frozen=True)
class Diagnosis:
    """What the chains say of themselves, a number a coordinate.

    r_hat        spread between chains against spread within them; 1 where they agree
    effective    effective number of independent draws, all chains together
    """

    r_hat: np.ndarray
    effective: np.ndarray

    @property
    def disagreeing(self) -> np.ndarray:
        """Places of the coordinates on which chains disagree."""
        return np.flatnonzero(~(self.r_hat <= DISAGREE))

    @property
    def rough(self) -> np.ndarray:
        """Places of the coordinates with fewer effective draws than asked for."""
        return np.flatnonzero(~(self.effective >= FEWEST))


def diagnose(chains: np.ndarray) -> Diagnosis:
    """(chains, draws, coordinates) -> R-hat and effective draws of each coordinate."""
    library, jax = blackjax()
    both = jax.jit(
        jax.vmap(lambda x: (library.diagnostics.rhat(x), library.diagnostics.ess_bulk(x)), in_axes=2)
    )
    r_hat, effective = both(jax.numpy.asarray(chains))
    return Diagnosis(np.asarray(r_hat), np.asarray(effective))
