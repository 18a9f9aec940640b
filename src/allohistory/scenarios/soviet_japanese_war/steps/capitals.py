"""The capitals' answers to an open crisis: Moscow, its commander, the throne, Tokyo and the instrument of its word.

Each function draws for one sector and carries out what was decided. War ends every crisis, and so the asking.
"""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    GENERAL_STAFF_INSTRUMENT,
    MOSCOW_ANSWERS_CLASH,
    MOSCOW_SENDS_COMMANDER,
    SECTORS,
    THRONE_SPEAKS,
    TOKYO_ANSWERS_CLASH,
)
from allohistory.scenarios.soviet_japanese_war.rules.crisis import (
    general_staff_instrument,
    moscow_answers_clash,
    moscow_sends_commander,
    throne_speaks,
    tokyo_answers_clash,
)
from allohistory.scenarios.soviet_japanese_war.rules.ladder import ADVICE, BATTALION, COMPANY, DIVISION
from allohistory.scenarios.soviet_japanese_war.steps.dates import lately
from allohistory.scenarios.soviet_japanese_war.steps.frontier import (
    COUNTER_STROKE,
    JAPAN_WON,
    QUARTER,
    SOVIET_WON,
    YEAR_AND_A_HALF,
    china_share,
    division_destroyed,
    europe_shock,
    far_steppe,
    flag,
    forces_at_hand,
    islands,
    japan_struck,
    key_of,
    moscow_cautious,
    place,
    pledged_ground,
    purge_at_work,
    purgers_in_east,
    railway_ready,
    throne_displeased,
    true_balance,
    weeks_open,
)
from allohistory.scenarios.soviet_japanese_war.steps.outbreak import (
    grown_to_general_war,
    grown_to_theatre_war,
)
from allohistory.timeline.drawing import choice

ZERO = np.int64(0)
MOSCOW, COMMANDER, THRONE = np.int64(5), np.int64(6), np.int64(7)  # places in the week
TOKYO, INSTRUMENT = np.int64(8), np.int64(9)
RAID = 2.0
YIELD, HOLD, WIDER = 0.0, 1.0, 3.0
REFUSES = 2.0
STOP, RESTRAIN, TOLERATE, REINFORCE, GENERAL = 0.0, 1.0, 2.0, 3.0, 4.0
SOUTH, NORTH = 2.0, 3.0


@kernel
def capitals(c, w, p):
    """One week of the capitals, for every crisis whose turn it is."""
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
        w.ussr.stocks_short,
        moscow_cautious(c, w, p),
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
    if took >= COUNTER_STROKE:
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
    took = np.float64(
        choice(c, MOSCOW_SENDS_COMMANDER, s, key_of(w, s), place(c, w, s, COMMANDER), utilities)
    )
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
        flag(
            b.last_result[s] == SOVIET_WON and b.soviet_stance[s] >= COUNTER_STROKE and b.rung[s] >= DIVISION
        ),
        b.soviet_reinforced[s],
        flag(b.rung[s] >= DIVISION),
        throne_displeased(c, w),
        flag(b.throne[s] >= REFUSES),
        flag(b.last_result[s] == JAPAN_WON),
        w.japan.northern_opinion,
        flag(w.japan.policy == NORTH),
        flag(w.japan.policy == SOUTH),
        w.japan.prepared_north,
        forces_at_hand(w),
        w.japan.fighting_america,
        np.float64(weeks_open(c, w, s)),
        w.japan.shells_lead,
        w.japan.cabinet_temper,
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
