"""What a war and its peace came to, marked as outcomes: who won, who holds what, which part of Japan is communist."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    FRONT__SAKHALIN,
    ISLAND__HONSHU_ISLAND,
    ISLANDS,
    OUTCOME__COMMUNIST_JAPAN,
    OUTCOME__COMMUNIST_JAPAN_OCCUPATION,
    OUTCOME__COMMUNIST_JAPAN_REVOLUTION,
    OUTCOME__COMMUNIST_JAPAN_SETTLEMENT,
    OUTCOME__COMMUNIST_PART,
    OUTCOME__JAPAN_SURRENDERS,
    OUTCOME__JAPANESE_VICTORY,
    OUTCOME__NEARNESS_COMMUNIST,
    OUTCOME__PARTITIONED_JAPAN,
    OUTCOME__SOVIET_VICTORY,
    OUTCOME__SOVIET_ZONE,
    OUTCOME__STALEMATE,
    OUTCOME__WAR_ENDS,
    OUTCOME__WAR_ENDS_HOW,
)
from allohistory.scenarios.soviet_japanese_war.rules import bargains as kinds
from allohistory.scenarios.soviet_japanese_war.rules.ladder import GENERAL_WAR, THEATRE_WAR
from allohistory.timeline.drawing import amount, came_true, which

ONE, TRUCE = np.int64(1), np.int64(6)
REVOLUTION = 4.0  # of japan.regime
BY_OCCUPATION, BY_REVOLUTION, BY_SETTLEMENT = 1.0, 2.0, 3.0
HALF = 0.5
THREE_ISLANDS = 3.0
CLEARLY = 50.0  # kilometres by which one line stands deeper than the other
WAR_NEAR, PEACE_NEAR, HOLD_NEAR, PART_NEAR = (
    0.25,
    0.5,
    0.7,
    0.85,
)  # nearness to a communist Japan, by what there is


@kernel
def tally_peace(c, w):
    """Mark the week in which a war ends, and on the last day what holds."""
    if w.peace.week == np.float64(c.week):
        the_end(c, w)
    elif w.war.truce_week == np.float64(c.week):
        came_true(c, OUTCOME__WAR_ENDS)
        which(c, OUTCOME__WAR_ENDS_HOW, TRUCE)
    near(c, w)
    if c.week == c.weeks - ONE:
        victory(c, w)
        communism(c, w)


@kernel
def the_end(c, w):
    """A general war has ended, or Japan has given itself up."""
    if w.peace.soviet_war > 0.0:
        came_true(c, OUTCOME__WAR_ENDS)
        which(c, OUTCOME__WAR_ENDS_HOW, np.int64(w.peace.kind))
    if w.peace.kind == kinds.CAPITULATION:
        came_true(c, OUTCOME__JAPAN_SURRENDERS)


@kernel
def near(c, w):
    """How near this world has come to a communist Japan: steps that a rare-event search can climb."""
    nearness = 0.0
    if w.war.rung == GENERAL_WAR:
        nearness = WAR_NEAR
    if w.peace.soviet_war > 0.0 and (
        w.peace.kind == kinds.SOVIET_GAINS or w.peace.kind == kinds.CAPITULATION
    ):
        nearness = PEACE_NEAR
    held = 0.0
    for i in range(ISLANDS):
        held += w.island.soviet_share[i]
    if held > 0.0 or w.peace.coalition > 0.0:
        nearness = HOLD_NEAR
    communist = 0.0
    for i in range(ISLANDS):
        communist += w.island.communist[i]
    if communist > 0.0:
        nearness = PART_NEAR
    if whole(w):
        nearness = 1.0
    if nearness > 0.0:
        amount(c, OUTCOME__NEARNESS_COMMUNIST, nearness)


@kernel
def whole(w):
    """A communist government rules Tokyo and three of the four main islands."""
    count = 0.0
    for i in range(ISLANDS):
        count += w.island.communist[i]
    honshu = w.island.communist[ISLAND__HONSHU_ISLAND] > 0.0
    by_zone = w.peace.communist_road == BY_OCCUPATION and w.island.soviet_share[ISLAND__HONSHU_ISLAND] < HALF
    return honshu and not by_zone and count >= THREE_ISLANDS


@kernel
def communism(c, w):
    """On the last day: a part, the whole, by which road, and whether the islands are cut in two."""
    count, held = 0.0, 0.0
    for i in range(ISLANDS):
        count += w.island.communist[i]
        held = max(held, w.island.soviet_share[i])
    if held > 0.0:
        came_true(c, OUTCOME__SOVIET_ZONE)
    if count > 0.0:
        came_true(c, OUTCOME__COMMUNIST_PART)
    if not whole(w):
        if count > 0.0 or held > 0.0:
            came_true(c, OUTCOME__PARTITIONED_JAPAN)
        return
    came_true(c, OUTCOME__COMMUNIST_JAPAN)
    if w.peace.communist_road == BY_OCCUPATION:
        came_true(c, OUTCOME__COMMUNIST_JAPAN_OCCUPATION)
    elif w.peace.communist_road == BY_REVOLUTION:
        came_true(c, OUTCOME__COMMUNIST_JAPAN_REVOLUTION)
    elif w.peace.communist_road == BY_SETTLEMENT:
        came_true(c, OUTCOME__COMMUNIST_JAPAN_SETTLEMENT)


@kernel
def victory(c, w):
    """Who won: by the terms of the last war that ended, or by who holds ground where one still goes on."""
    if w.war.rung >= THEATRE_WAR and w.japan.surrendered == 0.0:
        soviet, japanese = 0.0, 0.0
        for f in range(FRONT__SAKHALIN):
            soviet = max(soviet, w.front.km[f])
            japanese = max(japanese, -w.front.km[f])
        won(c, soviet - japanese > CLEARLY, japanese - soviet > CLEARLY)
    elif w.peace.week >= 0.0 and w.peace.soviet_war > 0.0 and w.war.truce_week <= w.peace.week:
        kind = w.peace.kind
        soviets = kind == kinds.SOVIET_GAINS or kind == kinds.CAPITULATION
        won(c, soviets, kind == kinds.JAPANESE_GAINS or kind == kinds.SOVIETS_GIVE_UP)
    elif w.war.truce_week >= 0.0:
        came_true(c, OUTCOME__STALEMATE)


@kernel
def won(c, soviets, japan):
    """Mark the one, the other, or neither."""
    if soviets:
        came_true(c, OUTCOME__SOVIET_VICTORY)
    elif japan:
        came_true(c, OUTCOME__JAPANESE_VICTORY)
    else:
        came_true(c, OUTCOME__STALEMATE)
