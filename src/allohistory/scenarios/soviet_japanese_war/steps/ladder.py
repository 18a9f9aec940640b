"""Moving a crisis on the ladder: it opens, it grows, it closes; and the outcomes that its size brings."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    OUTCOME__ARMY_BATTLE,
    OUTCOME__BATTALION_CLASH,
    OUTCOME__BORDER_BATTLE_WON_BY,
    OUTCOME__DIVISION_BATTLE,
    OUTCOME__LARGEST_CLASH,
)
from allohistory.scenarios.soviet_japanese_war.rules.ladder import ARMY, BATTALION, DIVISION
from allohistory.timeline.drawing import amount, came_true_since, which

HOLD, TOLERATE = 1.0, 2.0


@kernel
def open_crisis(c, w, s):
    """A clash has begun: a clean sheet for this sector, under the key of this week."""
    b = w.border
    b.open[s], b.turn[s] = 1.0, 1.0
    b.key[s], b.opened_week[s] = np.float64(c.key), np.float64(c.week)
    b.rung[s], b.top_rung[s] = 0.0, 0.0
    b.holder[s], b.guards[s] = 0.0, 1.0
    b.soviet_blow_week[s], b.japanese_blow_week[s] = -1.0, -1.0
    b.last_result[s] = 0.0
    b.soviet_stance[s], b.tokyo_stance[s] = HOLD, TOLERATE
    b.soviet_reinforced[s], b.soviet_ready_from[s], b.soviet_commander[s] = 0.0, -1.0, 0.0
    b.reinforced[s], b.leash[s], b.throne[s] = 0.0, 0.0, 0.0
    b.defied[s], b.army_weeks[s] = 0.0, 0.0


@kernel
def raise_to(c, w, s, rung):
    """The crisis reaches a rung, if it was below it."""
    b = w.border
    if rung <= b.rung[s]:
        return
    b.rung[s] = rung
    b.something_new[s] = 1.0
    b.top_rung[s] = max(b.top_rung[s], rung)
    if rung >= BATTALION:
        b.clash_week = np.float64(c.week)
    mark_size(c, rung)


@kernel
def mark_size(c, rung):
    """The outcomes that a clash of this size brings, if the question counts from this week on."""
    if c.week < c.since:
        return
    amount(c, OUTCOME__LARGEST_CLASH, rung)
    if rung >= BATTALION:
        came_true_since(c, OUTCOME__BATTALION_CLASH)
    if rung >= DIVISION:
        came_true_since(c, OUTCOME__DIVISION_BATTLE)
    if rung >= ARMY:
        came_true_since(c, OUTCOME__ARMY_BATTLE)


@kernel
def grow(c, w, s, at_most):
    """One rung up by an attack, never past `at_most`."""
    if w.border.rung[s] < at_most:
        raise_to(c, w, s, w.border.rung[s] + 1.0)


@kernel
def grow_by_large_attack(c, w, s):
    """A prepared blow is a division battle, or, where one is on already, an army's."""
    raise_to(c, w, s, ARMY if w.border.rung[s] >= DIVISION else DIVISION)


@kernel
def close_crisis(c, w, s):
    """The crisis is over; what it leaves behind stays (top_rung, last_result, dominance)."""
    b = w.border
    if b.top_rung[s] >= DIVISION and b.last_result[s] > 0.0 and c.week >= c.since:
        which(c, OUTCOME__BORDER_BATTLE_WON_BY, np.int64(b.last_result[s]))
    b.open[s], b.turn[s], b.rung[s] = 0.0, 0.0, 0.0
    b.leash[s], b.army_weeks[s] = 0.0, 0.0
    b.soviet_reinforced[s], b.reinforced[s] = 0.0, 0.0
    b.key[s], b.opened_week[s], b.soviet_ready_from[s] = -1.0, -1.0, -1.0
    b.last_closed_week[s] = np.float64(c.week)


@kernel
def close_all(c, w):
    """War swallows every open crisis."""
    for s in range(w.border.open.shape[0]):
        if w.border.open[s] > 0.0:
            close_crisis(c, w, np.int64(s))
