"""The answers to an open crisis by those on the spot; the capitals follow (capitals.py).

Each function draws for one sector and carries out what was decided.
"""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    BORDER_BATTLE,
    FAR_EAST_COMMAND_ACTS,
    GUARDS_ANSWER,
    KOREA_ARMY_ATTACKS,
    KWANTUNG_ATTACKS,
    SECTOR__POSYET_TUMEN,
    SECTORS,
)
from allohistory.scenarios.soviet_japanese_war.rules.border import battle
from allohistory.scenarios.soviet_japanese_war.rules.field_armies import (
    far_east_command_acts,
    guards_answer,
    korea_army_attacks,
    kwantung_attacks,
)
from allohistory.scenarios.soviet_japanese_war.rules.ladder import ADVICE, BATTALION, COMPANY, DIVISION
from allohistory.scenarios.soviet_japanese_war.steps.capitals import capitals
from allohistory.scenarios.soviet_japanese_war.steps.dates import in_winter, lately
from allohistory.scenarios.soviet_japanese_war.steps.frontier import (
    ABLE,
    FAVOURITE,
    FORTNIGHT,
    JAPAN_WON,
    SOVIET_WON,
    YEAR,
    YEAR_AND_A_HALF,
    believed_balance,
    china_share,
    far_steppe,
    flag,
    forces_at_hand,
    islands,
    japan_struck,
    key_of,
    live_quarrels,
    place,
    purge_at_work,
    railway_ready,
    soviet_readiness,
    soviets_struck,
    true_balance,
    weeks_open,
)
from allohistory.scenarios.soviet_japanese_war.steps.ladder import grow, grow_by_large_attack, raise_to
from allohistory.timeline.drawing import choice

ZERO = np.int64(0)
GUARDS, COMMAND, ARMIES, BATTLE = np.int64(1), np.int64(2), np.int64(3), np.int64(4)  # places in the week
PULL_BACK, PUSH = 0.0, 2.0
ATTACK, RAID, OFFENSIVE, SET_PIECE = 1.0, 2.0, 3.0, 2.0
KOREA_OFFENSIVE = 2.0  # the Korea Army has no raid among its options
RESTRAIN, REFUSES = 1.0, 2.0
HOLD = 1.0


@kernel
def answers(c, w, p):
    """One week of every crisis whose turn it is; in most weeks there is none."""
    turns = 0.0
    for s in range(SECTORS):
        turns += w.border.turn[s]
    if turns == 0.0:
        return
    on_the_spot(c, w, p)
    capitals(c, w, p)
    for s in range(SECTORS):
        w.border.turn[s] = 0.0


@kernel
def on_the_spot(c, w, p):
    """Guards (in the opening week), Soviet theatre command, Korea or Kwantung Army, and the battle that comes of it."""
    for sector in range(SECTORS):
        s = np.int64(sector)
        if w.border.turn[s] > 0.0 and weeks_open(c, w, s) == ZERO:
            guards(c, w, p, s)
    for sector in range(SECTORS):
        if w.border.turn[sector] > 0.0:
            theatre_command(c, w, p, np.int64(sector))
    for sector in range(SECTORS):
        if w.border.turn[sector] > 0.0:
            field_army(c, w, p, np.int64(sector))
    for sector in range(SECTORS):
        if w.border.turn[sector] > 0.0 and fighting(c, w, np.int64(sector)):
            fight(c, w, p, np.int64(sector))


@kernel
def guards(c, w, p, s):
    """Frontier guards, in the week of the clash; a push is a company's affair at least."""
    utilities = guards_answer(
        islands(s),
        flag(s == SECTOR__POSYET_TUMEN),
        purge_at_work(w),
        lately(c, w.ussr.last_yield_week, YEAR_AND_A_HALF),
        w.ussr.tied_in_europe,
        live_quarrels(w),
        p.guards_answer,
    )
    took = np.float64(choice(c, GUARDS_ANSWER, s, key_of(w, s), GUARDS, utilities))
    w.border.guards[s] = took
    if took == PUSH:
        w.border.holder[s] = -1.0
        raise_to(c, w, s, COMPANY)
    elif took == PULL_BACK:
        w.border.holder[s] = 1.0


@kernel
def theatre_command(c, w, p, s):
    """The Soviet theatre command waits, attacks off the march, or strikes with preparation."""
    b = w.border
    utilities = far_east_command_acts(
        b.rung[s],
        japan_struck(c, w, s),
        flag(b.holder[s] > 0.0),
        max(b.soviet_stance[s] - HOLD, 0.0),
        w.ussr.trust_in_command,
        flag(b.soviet_commander[s] == ABLE),
        flag(b.soviet_commander[s] == FAVOURITE),
        soviet_readiness(c, w, p, s),
        far_steppe(s),
        lately(c, b.soviet_blow_week[s], FORTNIGHT),
        railway_ready(w),
        in_winter(c),
        p.far_east_command_acts,
    )
    took = np.float64(choice(c, FAR_EAST_COMMAND_ACTS, s, key_of(w, s), place(c, w, s, COMMAND), utilities))
    b.soviet_blow[s] = took
    if took == 0.0:
        return
    b.soviet_blow_week[s] = np.float64(c.week)
    b.something_new[s] = 1.0
    if took == SET_PIECE:
        grow_by_large_attack(c, w, s)
    else:
        grow(c, w, s, BATTALION)


@kernel
def field_army(c, w, p, s):
    """The Korea Army on the Tumen, the Kwantung Army elsewhere."""
    blow = korea_army(c, w, p, s) if s == SECTOR__POSYET_TUMEN else kwantung_army(c, w, p, s)
    b = w.border
    b.japanese_blow[s] = blow
    if blow == 0.0:
        return
    b.japanese_blow_week[s] = np.float64(c.week)
    b.something_new[s] = 1.0
    if b.leash[s] >= ADVICE or b.tokyo_stance[s] <= RESTRAIN or b.throne[s] >= REFUSES:
        b.defied[s], b.defied_now[s] = 1.0, 1.0
    if blow == OFFENSIVE:
        grow_by_large_attack(c, w, s)
    elif blow == RAID:
        raise_to(c, w, s, BATTALION)
    else:
        grow(c, w, s, BATTALION)


@kernel
def korea_army(c, w, p, s):
    """What the Korea Army does; an offensive counts as the Kwantung Army's does."""
    b = w.border
    utilities = korea_army_attacks(
        b.rung[s],
        flag(b.holder[s] < 0.0),
        soviets_struck(c, w, s),
        b.leash[s],
        flag(b.throne[s] >= REFUSES),
        lately(c, b.japan_lost_week, YEAR),
        b.korea_relieved,
        -believed_balance(w, p, s),
        b.reinforced[s],
        lately(c, b.japanese_blow_week[s], FORTNIGHT),
        forces_at_hand(w),
        in_winter(c),
        p.korea_army_attacks,
    )
    took = np.float64(choice(c, KOREA_ARMY_ATTACKS, s, key_of(w, s), place(c, w, s, ARMIES), utilities))
    return OFFENSIVE if took == KOREA_OFFENSIVE else took


@kernel
def kwantung_army(c, w, p, s):
    """What the Kwantung Army does."""
    b = w.border
    utilities = kwantung_attacks(
        b.rung[s],
        flag(b.holder[s] < 0.0),
        soviets_struck(c, w, s),
        b.leash[s],
        w.japan.hawks_in_field_army,
        lately(c, b.japan_lost_week, YEAR),
        b.harsh_rules,
        w.japan.strict_commander,
        far_steppe(s),
        china_share(w),
        -believed_balance(w, p, s),
        b.reinforced[s],
        lately(c, b.japanese_blow_week[s], FORTNIGHT),
        forces_at_hand(w),
        in_winter(c),
        p.kwantung_attacks,
    )
    return np.float64(choice(c, KWANTUNG_ATTACKS, s, key_of(w, s), place(c, w, s, ARMIES), utilities))


@kernel
def fighting(c, w, s):
    """Is there a battle this week? After any blow; and a division battle goes on into a second week."""
    b = w.border
    if b.soviet_blow[s] > 0.0 or b.japanese_blow[s] > 0.0:
        return True
    return b.rung[s] >= DIVISION and max(japan_struck(c, w, s), soviets_struck(c, w, s)) > 0.0


@kernel
def fight(c, w, p, s):
    """The battle's result, and what it leaves: ground, dominance, pride."""
    b = w.border
    utilities = battle(
        true_balance(w, p, s),
        flag(b.japanese_blow[s] > 0.0),
        flag(b.soviet_blow[s] == ATTACK),
        flag(b.soviet_blow[s] == SET_PIECE),
        soviet_readiness(c, w, p, s),
        flag(b.soviet_commander[s] == ABLE),
        flag(b.soviet_commander[s] == FAVOURITE),
        b.japan_able[s],
        b.japan_armour[s],
        p.border_battle,
    )
    result = np.float64(choice(c, BORDER_BATTLE, s, key_of(w, s), place(c, w, s, BATTLE), utilities)) + 1.0
    week = np.float64(c.week)
    b.battle_result[s], b.last_result[s], b.battle_week[s] = result, result, week
    b.something_new[s] = 1.0
    if b.rung[s] >= DIVISION:
        b.division_battle_week = week
    if result == JAPAN_WON:
        japan_wins(w, s, week)
    elif result == SOVIET_WON:
        soviets_win(w, s, week)


@kernel
def japan_wins(w, s, week):
    """Japan stands on the ground; a lost clash of size waits for Moscow's answer."""
    b = w.border
    b.holder[s], b.dominance[s], b.dominance_week[s] = 1.0, 1.0, week
    if b.rung[s] >= BATTALION:
        b.japan_won_week, b.clash_to_answer = week, 1.0
    if b.rung[s] >= DIVISION:
        b.division_won_week, b.beaten_week[s] = week, week


@kernel
def soviets_win(w, s, week):
    """The Soviet side stands on the ground; a lost clash of size is a humiliation."""
    b = w.border
    b.holder[s], b.dominance[s], b.dominance_week[s] = -1.0, -1.0, week
    if b.rung[s] >= BATTALION:
        b.japan_lost_week, b.clash_to_answer = week, 0.0
    if b.rung[s] >= DIVISION:
        b.division_lost_week, b.beaten_week[s] = week, week
