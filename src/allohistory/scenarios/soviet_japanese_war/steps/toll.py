"""What a war on land came to: reach, losses, cities, marked as outcomes."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    OUTCOME__HAILAR_TAKEN,
    OUTCOME__HARBIN_TAKEN,
    OUTCOME__JAPANESE_LOSSES,
    OUTCOME__JAPANESE_REACH_KM,
    OUTCOME__KHABAROVSK_TAKEN,
    OUTCOME__MANCHUKUO_MUTINY,
    OUTCOME__MUKDEN_TAKEN,
    OUTCOME__MUTANCHIANG_TAKEN,
    OUTCOME__REACH_KM,
    OUTCOME__SERIOUS_WAR,
    OUTCOME__SOVIET_LOSSES,
    OUTCOME__VLADIVOSTOK_FALLS,
    OUTCOME__VOROSHILOV_TAKEN,
    OUTCOME__WAR_LASTS,
    PLACE__HAILAR,
    PLACE__HARBIN,
    PLACE__KHABAROVSK,
    PLACE__MUKDEN,
    PLACE__MUTANCHIANG,
    PLACE__VOROSHILOV,
)
from allohistory.timeline.drawing import amount, came_true

SOVIET, JAPANESE = np.int64(0), np.int64(1)
LAST_YEAR = np.int64(1945)
HUNDRED_THOUSAND = 100.0


@kernel
def toll(c, w):
    """Mark, at the end of a week of war, how far each side has come and what it cost."""
    amount(c, OUTCOME__REACH_KM, w.side.reach[SOVIET])
    amount(c, OUTCOME__JAPANESE_REACH_KM, w.side.reach[JAPANESE])
    soviet = w.side.losses[SOVIET] + w.side.captured[SOVIET]
    japanese = w.side.losses[JAPANESE] + w.side.captured[JAPANESE]
    amount(c, OUTCOME__SOVIET_LOSSES, soviet)
    amount(c, OUTCOME__JAPANESE_LOSSES, japanese)
    amount(c, OUTCOME__WAR_LASTS, np.float64(c.week) - w.war.began_week + 1.0)
    late = c.year >= LAST_YEAR and w.america.at_war > 0.0
    if soviet + japanese >= HUNDRED_THOUSAND and not late:
        came_true(c, OUTCOME__SERIOUS_WAR)
    if w.side.deserted[JAPANESE] > 0.0:
        came_true(c, OUTCOME__MANCHUKUO_MUTINY)
    cities(c, w)


@kernel
def cities(c, w):
    """Cities that have changed hands."""
    if w.place.holder[PLACE__HAILAR] == 0.0:
        came_true(c, OUTCOME__HAILAR_TAKEN)
    if w.place.holder[PLACE__MUTANCHIANG] == 0.0:
        came_true(c, OUTCOME__MUTANCHIANG_TAKEN)
    if w.place.holder[PLACE__HARBIN] == 0.0:
        came_true(c, OUTCOME__HARBIN_TAKEN)
    if w.place.holder[PLACE__MUKDEN] == 0.0:
        came_true(c, OUTCOME__MUKDEN_TAKEN)
    if w.place.holder[PLACE__VOROSHILOV] == 1.0:
        came_true(c, OUTCOME__VOROSHILOV_TAKEN)
    if w.place.holder[PLACE__KHABAROVSK] == 1.0:
        came_true(c, OUTCOME__KHABAROVSK_TAKEN)
    if w.land.vladivostok_fallen > 0.0:
        came_true(c, OUTCOME__VLADIVOSTOK_FALLS)
