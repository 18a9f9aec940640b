"""What a war at sea and in the air came to: landings tried and won, cities bombed, ships sunk, marked as outcomes."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    OPERATION__HONSHU,
    OPERATION__KAMCHATKA,
    OPERATION__MARITIME_COAST,
    OPERATION__NORTH_KOREAN_PORTS,
    OPERATION__NORTHERN_KURILS,
    OPERATION__OKHA_LANDING,
    OPERATION__REST_OF_HOKKAIDO,
    OPERATION__RUMOI_LANDING,
    OPERATION__SOUTH_SAKHALIN,
    OPERATION__SOUTHERN_KURILS,
    OUTCOME__BOMBS_ON_JAPAN,
    OUTCOME__HOKKAIDO_BARRED_BY,
    OUTCOME__HOKKAIDO_HELD,
    OUTCOME__HOKKAIDO_LANDING,
    OUTCOME__HOKKAIDO_TAKEN,
    OUTCOME__HONSHU_ENTERED,
    OUTCOME__JAPANESE_CITIES_BOMBED,
    OUTCOME__KAMCHATKA_LANDING,
    OUTCOME__KOREAN_PORTS_TAKEN,
    OUTCOME__KURILS_TAKEN,
    OUTCOME__MARITIME_LANDING,
    OUTCOME__OKHA_TAKEN,
    OUTCOME__SHIPPING_SUNK,
    OUTCOME__SOUTH_SAKHALIN_LANDING,
    OUTCOME__SOUTHERN_KURILS_TAKEN,
    OUTCOME__SOVIET_CITIES_BOMBED,
)
from allohistory.timeline.drawing import amount, came_true, which

WON = 2.0
NOTHING, FIRST_OF_THEM = np.int64(1), 1.0  # of the outcome hokkaido_barred_by: before it, not weighed


@kernel
def toll_at_sea(c, w):
    """Mark, at the end of a week of war, what came from the sea and the air."""
    amount(c, OUTCOME__BOMBS_ON_JAPAN, w.air.tons)
    amount(c, OUTCOME__SHIPPING_SUNK, w.sea.tonnage_sunk)
    if w.air.raids_flown > 0.0:
        came_true(c, OUTCOME__JAPANESE_CITIES_BOMBED)
    if w.air.raids_on_soviets > 0.0:
        came_true(c, OUTCOME__SOVIET_CITIES_BOMBED)
    barred(c, w)
    if w.operation.state[OPERATION__RUMOI_LANDING] > 0.0:
        came_true(c, OUTCOME__HOKKAIDO_LANDING)
    if w.operation.state[OPERATION__KAMCHATKA] > 0.0:
        came_true(c, OUTCOME__KAMCHATKA_LANDING)
    if w.operation.state[OPERATION__MARITIME_COAST] > 0.0:
        came_true(c, OUTCOME__MARITIME_LANDING)
    won(c, w, OPERATION__RUMOI_LANDING, OUTCOME__HOKKAIDO_HELD)
    won(c, w, OPERATION__REST_OF_HOKKAIDO, OUTCOME__HOKKAIDO_TAKEN)
    won(c, w, OPERATION__HONSHU, OUTCOME__HONSHU_ENTERED)
    won(c, w, OPERATION__SOUTH_SAKHALIN, OUTCOME__SOUTH_SAKHALIN_LANDING)
    won(c, w, OPERATION__NORTHERN_KURILS, OUTCOME__KURILS_TAKEN)
    won(c, w, OPERATION__SOUTHERN_KURILS, OUTCOME__SOUTHERN_KURILS_TAKEN)
    won(c, w, OPERATION__NORTH_KOREAN_PORTS, OUTCOME__KOREAN_PORTS_TAKEN)
    won(c, w, OPERATION__OKHA_LANDING, OUTCOME__OKHA_TAKEN)


@kernel
def won(c, w, operation, outcome):
    """A landing that holds its ground makes an outcome true."""
    if w.operation.state[operation] == WON:
        came_true(c, outcome)


@kernel
def barred(c, w):
    """What bound a landing on Hokkaido the most in the week in which it was first weighed."""
    if c.week < c.since:
        return
    binds = w.operation.binds[OPERATION__RUMOI_LANDING]
    if binds > 0.0:
        which(c, OUTCOME__HOKKAIDO_BARRED_BY, np.int64(binds + FIRST_OF_THEM))
    elif w.operation.state[OPERATION__RUMOI_LANDING] > 0.0:
        which(c, OUTCOME__HOKKAIDO_BARRED_BY, NOTHING)
