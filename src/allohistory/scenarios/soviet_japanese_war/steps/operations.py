"""What the ten operations are: whose, after which, from where, when ice bars them, what they take.

Rows stand in the order of the operations in book/entities.toml: north Korean ports, south Sakhalin, northern Kurils,
southern Kurils, Rumoi, rest of Hokkaido, Honshu; Okha, Kamchatka, Maritime coast. Distances are those of
sea.dist.*, ice that of sea.ice.*.
"""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    ARMY__MARITIME_SOVIET,
    ARMY__POSYET_GAP_SOVIET,
    ARMY__SAKHALIN_SOVIET,
    PLACE__ALEXANDROVSK,
    PLACE__AOMORI,
    PLACE__ASAHIKAWA,
    PLACE__ETOROFU,
    PLACE__HAKODATE,
    PLACE__KUSHIRO,
    PLACE__MAOKA,
    PLACE__MATSUWA,
    PLACE__MURORAN,
    PLACE__NAKHODKA,
    PLACE__OKHA,
    PLACE__OTOMARI,
    PLACE__PARAMUSHIR,
    PLACE__PETROPAVLOVSK,
    PLACE__RASHIN,
    PLACE__RUMOI,
    PLACE__SAPPORO,
    PLACE__SEISHIN,
    PLACE__SHIKUKA,
    PLACE__SHUMSHU,
    PLACE__TOYOHARA,
    PLACE__WAKKANAI,
)

NOWHERE = np.int64(-1)

SIDE_OF = np.array([0, 0, 0, 0, 0, 0, 0, 1, 1, 1], dtype=np.int64)
STEP_BEFORE = np.array([-1, -1, -1, 2, 1, 4, 5, -1, -1, -1], dtype=np.int64)
SOURCE = np.array(  # the army that embarks; -1 the side's pool
    [
        ARMY__POSYET_GAP_SOVIET,
        ARMY__SAKHALIN_SOVIET,
        -1,
        ARMY__MARITIME_SOVIET,
        ARMY__MARITIME_SOVIET,
        ARMY__MARITIME_SOVIET,
        ARMY__MARITIME_SOVIET,
        -1,
        -1,
        -1,
    ],
    dtype=np.int64,
)
WEEKS_TO_RESULT = np.array([1, 1, 1, 1, 2, 6, 4, 2, 2, 2], dtype=np.int64)
ICE_FROM = np.array([1, 1, 1, 1, 1, 1, 1, 11, 1, 12], dtype=np.int64)  # months of the calendar
ICE_UNTIL = np.array([2, 3, 3, 4, 3, 3, 3, 5, 3, 3], dtype=np.int64)
ICE_HARD = np.array([0.2, 0.5, 0.6, 1.0, 0.6, 0.5, 0.2, 0.8, 0.3, 0.4])
KILOMETRES = np.array([176.0, 253.0, 326.0, 700.0, 579.0, 150.0, 250.0, 300.0, 326.0, 300.0])
KILOMETRES_AFTER = np.array([176.0, 253.0, 326.0, 350.0, 250.0, 50.0, 150.0, 300.0, 326.0, 300.0])  # once
# the step before it is done, and its airfields with it
WORKS = np.array([0.4, 0.2, 1.0, 0.5, 0.2, 0.3, 0.5, 0.2, 0.5, 1.0])
INTO_PORT = np.array([1.0, 0.5, 0.0, 0.0, 0.3, 0.0, 0.0, 0.0, 0.3, 0.0])
FOG = np.array([0.0, 0.0, 1.0, 0.7, 0.0, 0.0, 0.0, 0.0, 0.7, 0.2])
PRIZES = np.array(
    [
        [PLACE__RASHIN, PLACE__SEISHIN, -1, -1, -1, -1],
        [PLACE__MAOKA, PLACE__TOYOHARA, PLACE__OTOMARI, PLACE__SHIKUKA, -1, -1],
        [PLACE__SHUMSHU, PLACE__PARAMUSHIR, PLACE__MATSUWA, -1, -1, -1],
        [PLACE__ETOROFU, -1, -1, -1, -1, -1],
        [PLACE__RUMOI, -1, -1, -1, -1, -1],
        [
            PLACE__ASAHIKAWA,
            PLACE__SAPPORO,
            PLACE__WAKKANAI,
            PLACE__KUSHIRO,
            PLACE__MURORAN,
            PLACE__HAKODATE,
        ],
        [PLACE__AOMORI, -1, -1, -1, -1, -1],
        [PLACE__OKHA, PLACE__ALEXANDROVSK, -1, -1, -1, -1],
        [PLACE__PETROPAVLOVSK, -1, -1, -1, -1, -1],
        [PLACE__NAKHODKA, -1, -1, -1, -1, -1],
    ],
    dtype=np.int64,
)


@kernel
def ice_on_the_way(c, operation):
    """0..1, how far ice bars an operation this month."""
    first, last = ICE_FROM[operation], ICE_UNTIL[operation]
    inside = first <= c.month <= last if first <= last else (c.month >= first or c.month <= last)
    return ICE_HARD[operation] if inside else 0.0


@kernel
def something_to_take(w, o):
    """Is one of the operation's prizes not yet in its own side's hands?"""
    for i in range(PRIZES.shape[1]):
        if PRIZES[o, i] >= 0 and w.place.holder[PRIZES[o, i]] != np.float64(SIDE_OF[o]):
            return True
    return False
