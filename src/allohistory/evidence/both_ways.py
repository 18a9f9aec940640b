"""A chain that can be run backwards: each sweep's moves in the opposite order.

Every move (an elliptical slice of a block, slices side by side, the choice of a latent seed) is reversible: from
points of the posterior it goes from a to b as often as from b to a. A sweep, which makes them one after another, is
not; seen from its end it is the same moves from last to first. So a chain through a point of the posterior can be
drawn in both directions, and the point may stand anywhere in it (Besag and Clifford 1989).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from allohistory.evidence.nearby import LogLikelihood, Nearby
from allohistory.evidence.sampler import Chain, State
from allohistory.evidence.side_by_side import SideBySide


class BothWays(Chain):
    """The calibration's chain, each of whose sweeps has a number: sweep n lies between the points n and n + 1.

    side    the lanes that move at once, or None; they are in no block
    turns   sweeps among which the blocks are dealt: all in every sweep where it is 1
    """

    def __init__(
        self,
        log_likelihood: LogLikelihood,
        near: Nearby,
        start: tuple[np.ndarray, int],
        number: int,
        luck: int,
        block: int,
        pool: int,
        side: SideBySide | None = None,
    ) -> None:
        self.side, self.turns = side, 1
        super().__init__(log_likelihood, near, start, number, luck, block, pool)

    def begin(self, near: Nearby, start: tuple[np.ndarray, int], number: int) -> None:
        """Begin anew; blocks are made of the coordinates that are in no lane."""
        super().begin(near, start, number)
        inside = np.zeros(len(near.mean), bool)
        if self.side is not None:
            inside[self.side.lanes.places] = True
        places = np.flatnonzero(~inside)
        self.blocks = [places[first : first + self.block] for first in range(0, len(places), self.block)]

    def stand(self, z: np.ndarray, seed: int, log_likelihood: float) -> None:
        """Stand at a point whose log-likelihood is known."""
        self.state = State(z.copy(), seed, log_likelihood)

    def pass_sweep(self, number: int, backwards: bool) -> State:
        """Go over sweep `number`, from its beginning to its end or the other way."""
        self.sweeps = number
        moves = self.moves(number)
        for move in reversed(moves) if backwards else moves:
            move()
        return self.state

    def moves(self, number: int) -> list[Callable[[], None]]:
        """The moves of a sweep, first to last."""
        moves: list[Callable[[], None]] = []
        if self.side is not None:
            moves.append(self.lanes_at_once)
        for turn in range(number % self.turns, len(self.blocks), self.turns):
            moves.append(
                lambda turn=turn: self.move(self.blocks[turn], (self.luck, self.number, number, turn))  # type: ignore[misc]
            )
        if self.pool > 1:
            moves.append(self.choose_seed)
        return moves

    def lanes_at_once(self) -> None:
        """One slice in every lane."""
        assert self.side is not None
        state, near = self.state, self.near
        own_luck = (1 + (self.luck << 20) + self.number, self.sweeps)
        moved = self.side.move(state.z, state.seed, near.mean, near.spread, own_luck)
        if moved is not None:
            self.state = State(moved[0], state.seed, moved[1])
