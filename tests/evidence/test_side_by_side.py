"""Lanes that move side by side: where one lane's new place shuts out all others, the move is given up and counted."""

import numpy as np

from allohistory.evidence.side_by_side import Lanes, Scored, SideBySide

LANES = Lanes(places=np.array([0, 1]), lane=np.array([0, 1]), rules=np.array([0, 1]))


def move(score, number):
    side = SideBySide(score, LANES)
    found = side.move(np.zeros(2), 1, np.zeros(2), np.ones(2), (7, number))
    return found, side.crossed


def apart(z, seed):
    """Each rule's term hangs on its own parameter."""
    terms = -0.5 * (z - 1.0) ** 2
    return Scored(float(terms.sum()), terms, -1)


def shut_out(z, seed):
    """Wherever the first parameter goes, the second rule's entry finds no occasion."""
    terms = np.zeros(2)
    failed = 1 if z[0] != 0.0 else -1
    return Scored(-np.inf if failed >= 0 else 0.0, terms, failed)


def test_move__ends_where_lanes_are_apart():
    for number in range(50):
        found, crossed = move(apart, number)
        assert found is not None and crossed == 0
        assert found[1] == apart(found[0], 1).whole


def test_move__is_given_up_where_one_lane_shuts_another_out():
    """It once went on for ever: no angle of the second lane mends what the first one's place has spoilt."""
    outcomes = [move(shut_out, number) for number in range(20)]
    given_up = [crossed for found, crossed in outcomes if found is None]
    assert given_up and all(crossed == 1 for crossed in given_up)
    assert all(found[0][0] == 0.0 for found, _ in outcomes if found is not None)
