"""The answers to an open crisis, in the order of its week: those on the spot, then the capitals.

Each function goes through the sectors whose turn it is, draws, and carries out what was decided.
"""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    BORDER_BATTLE,
    FAR_EAST_COMMAND_ACTS,
    GENERAL_STAFF_INSTRUMENT,
    GUARDS_ANSWER,
    KOREA_ARMY_ATTACKS,
    KWANTUNG_ATTACKS,
    MOSCOW_ANSWERS_CLASH,
    MOSCOW_SENDS_COMMANDER,
    SECTOR__POSYET_TUMEN,
    SECTORS,
    THRONE_SPEAKS,
    TOKYO_ANSWERS_CLASH,
)
from allohistory.scenarios.soviet_japanese_war.rules.border import battle
from allohistory.scenarios.soviet_japanese_war.rules.crisis import (
    general_staff_instrument,
    moscow_answers_clash,
    moscow_sends_commander,
    throne_speaks,
    tokyo_answers_clash,
)
from allohistory.scenarios.soviet_japanese_war.rules.field_armies import (
    far_east_command_acts,
    guards_answer,
    korea_army_attacks,
    kwantung_attacks,
)
from allohistory.scenarios.soviet_japanese_war.rules.ladder import ADVICE, BATTALION, COMPANY, DIVISION
from allohistory.scenarios.soviet_japanese_war.steps.dates import lately
from allohistory.scenarios.soviet_japanese_war.steps.frontier import (
    ABLE,
    COUNTER_STROKE,
    FAVOURITE,
    FORTNIGHT,
    QUARTER,
    SOVIET_WON,
    JAPAN_WON,
    YEAR,
    YEAR_AND_A_HALF,
    believed_balance,
    china_share,
    division_destroyed,
    europe_shock,
    far_steppe,
    flag,
    forces_at_hand,
    islands,
    japan_struck,
    key_of,
    place,
    pledged_ground,
    purge_at_work,
    purgers_in_east,
    railway_ready,
    soviet_readiness,
    soviets_struck,
    throne_displeased,
    true_balance,
    weeks_open,
)
from allohistory.scenarios.soviet_japanese_war.steps.ladder import grow, grow_by_large_attack, raise_to
from allohistory.scenarios.soviet_japanese_war.steps.outbreak import grown_to_general_war, grown_to_theatre_war
from allohistory.timeline.drawing import choice

ZERO = np.int64(0)
GUARDS, COMMAND, ARMIES, BATTLE, MOSCOW, COMMANDER, THRONE, TOKYO, INSTRUMENT = (
    np.int64(1),
    np.int64(2),
    np.int64(3),
    np.int64(4),
    np.int64(5),
    np.int64(6),
    np.int64(7),
    np.int64(8),
    np.int64(9),
)
PULL_BACK, PUSH = 0.0, 2.0
ATTACK, RAID, OFFENSIVE, SET_PIECE = 1.0, 2.0, 3.0, 2.0
KOREA_OFFENSIVE = 2.0  # the Korea Army has no raid among its options
YIELD, HOLD, COUNTER, WIDER = 0.0, 1.0, 2.0, 3.0
ASKS, REFUSES = 1.0, 2.0
STOP, RESTRAIN, TOLERATE, REINFORCE, GENERAL = 0.0, 1.0, 2.0, 3.0, 4.0
NORTH = 3.0


@kernel
def answers(c, w, p):
    """One week of every crisis whose turn it is."""
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
    for sector in range(SECTORS):
        if w.border.turn[sector] > 0.0:
            moscow(c, w, p, np.int64(sector))
    for sector in range(SECTORS):
        s = np.int64(sector)
        if w.border.turn[s] > 0.0 and w.border.rung[s] >= BATTALION and w.border.soviet_commander[s] == 0.0:
            commander(c, w, p, s)
    for sector in range(SECTORS):
        if w.border.turn[sector] > 0.0 and w.border.rung[sector] >= COMPANY:
            throne(c, w, p, np.int64(sector))
    for sector in range(SECTORS):
        if w.border.turn[sector] > 0.0:
            tokyo(c, w, p, np.int64(sector))
    for sector in range(SECTORS):
        if w.border.turn[sector] > 0.0:
            w.border.turn[sector] = 0.0


@kernel
def guards(c, w, p, s):
    """Frontier guards, in the week of the clash; a push is a company's affair at least."""
    utilities = guards_answer(
        islands(s),
        flag(s == SECTOR__POSYET_TUMEN),
        purge_at_work(w),
        lately(c, w.ussr.last_yield_week, YEAR_AND_A_HALF),
        w.ussr.tied_in_europe,
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
        p.border_battle,
    )
    result = np.float64(choice(c, BORDER_BATTLE, s, key_of(w, s), place(c, w, s, BATTLE), utilities)) + 1.0
    week = np.float64(c.week)
    b.battle[s], b.last_result[s], b.battle_week[s] = result, result, week
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


@kernel
def moscow(c, w, p, s):
    """Moscow's word; an order to strike stands until it is carried out."""
    b = w.border
    utilities = moscow_answers_clash(
        b.rung[s],
        b.something_new[s],
        pledged_ground(w, s),
        islands(s),
        w.ussr.tied_in_europe,
        flag(w.europe.german_soviet_pact > 0.0 and w.europe.eastern_front == 0.0),
        true_balance(w, p, s),
        lately(c, w.ussr.last_yield_week, YEAR_AND_A_HALF),
        lately(c, w.ussr.purge_week, QUARTER),
        purgers_in_east(w),
        china_share(w),
        japan_struck(c, w, s),
        flag(b.holder[s] > 0.0),
        flag(b.last_result[s] == SOVIET_WON),
        flag(b.soviet_stance[s] >= COUNTER_STROKE),
        railway_ready(w),
        p.moscow_answers_clash,
    )
    took = np.float64(choice(c, MOSCOW_ANSWERS_CLASH, s, key_of(w, s), place(c, w, s, MOSCOW), utilities))
    if took == HOLD and b.soviet_stance[s] >= COUNTER_STROKE and b.last_result[s] != SOVIET_WON:
        return
    b.soviet_stance[s] = took
    if took == YIELD:
        w.ussr.last_yield_week = np.float64(c.week)
        b.holder[s] = 0.0
        b.dominance[s], b.dominance_week[s] = 1.0, np.float64(c.week)
    if took >= COUNTER:
        b.soviet_reinforced[s] = 1.0
        if b.soviet_ready_from[s] < 0.0:
            b.soviet_ready_from[s] = np.float64(c.week)
    if took == WIDER:
        grown_to_theatre_war(c, w)


@kernel
def commander(c, w, p, s):
    """A man sent by Moscow comes with troops."""
    utilities = moscow_sends_commander(
        w.border.rung[s], w.ussr.trust_in_command, purge_at_work(w), far_steppe(s), p.moscow_sends_commander
    )
    took = np.float64(choice(c, MOSCOW_SENDS_COMMANDER, s, key_of(w, s), place(c, w, s, COMMANDER), utilities))
    w.border.soviet_commander[s] = took
    if took > 0.0:
        w.ussr.able_commander = took
        w.border.soviet_reinforced[s] = 1.0


@kernel
def throne(c, w, p, s):
    """The throne's word is remembered for half a year."""
    b = w.border
    utilities = throne_speaks(
        b.rung[s],
        flag(b.reinforced[s] > 0.0 or b.tokyo_stance[s] == RESTRAIN),
        b.defied_now[s],
        flag(b.japanese_blow[s] == RAID),
        throne_displeased(c, w),
        china_share(w),
        p.throne_speaks,
    )
    took = np.float64(choice(c, THRONE_SPEAKS, s, key_of(w, s), place(c, w, s, THRONE), utilities))
    if took > 0.0:
        b.throne[s] = max(b.throne[s], took)
        w.japan.throne_displeased_week = np.float64(c.week)


@kernel
def tokyo(c, w, p, s):
    """Tokyo's word, and where it wants quiet, the instrument that carries it."""
    b = w.border
    utilities = tokyo_answers_clash(
        b.rung[s],
        b.something_new[s],
        china_share(w),
        europe_shock(c, w),
        division_destroyed(c, w, s),
        flag(b.last_result[s] == SOVIET_WON and b.soviet_stance[s] >= COUNTER_STROKE and b.rung[s] >= DIVISION),
        b.soviet_reinforced[s],
        flag(b.rung[s] >= DIVISION),
        throne_displeased(c, w),
        flag(b.throne[s] >= REFUSES),
        flag(b.last_result[s] == JAPAN_WON),
        w.japan.northern_opinion,
        flag(w.japan.policy == NORTH),
        w.japan.prepared_north,
        forces_at_hand(w),
        np.float64(weeks_open(c, w, s)),
        p.tokyo_answers_clash,
    )
    took = np.float64(choice(c, TOKYO_ANSWERS_CLASH, s, key_of(w, s), place(c, w, s, TOKYO), utilities))
    if took == TOLERATE and b.tokyo_stance[s] <= RESTRAIN:
        return
    b.tokyo_stance[s] = took
    if took == REINFORCE:
        b.reinforced[s] = 1.0
    elif took <= RESTRAIN:
        instrument(c, w, p, s, flag(took == STOP))
    elif took == GENERAL:
        grown_to_general_war(c, w)


@kernel
def instrument(c, w, p, s, wants_stop):
    """What Tokyo's word binds the field army with."""
    b = w.border
    utilities = general_staff_instrument(
        wants_stop,
        b.leash[s],
        b.defied[s],
        throne_displeased(c, w),
        europe_shock(c, w),
        b.rung[s],
        np.float64(weeks_open(c, w, s)),
        p.general_staff_instrument,
    )
    took = choice(c, GENERAL_STAFF_INSTRUMENT, s, key_of(w, s), place(c, w, s, INSTRUMENT), utilities)
    b.leash[s] = ADVICE + np.float64(took)
