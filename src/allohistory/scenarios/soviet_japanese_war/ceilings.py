"""Ceilings: the highest hazard that a clock's rule can state under this world's parameters, whatever happens.

Nearly every week of these clocks is silent, and their rules are long: a week whose luck lies above a ceiling needs
none. A ceiling is the formula of its rule with every input at the end of its range that raises it most; a rule that
gains a term needs it here too (a hazard above its ceiling sets the world aside and names the clock).
"""

import numpy as np

from allohistory.luck.arithmetic import exp
from allohistory.luck.compiled import kernel, rarely
from allohistory.scenarios.soviet_japanese_war.names import (
    AMERICAN_STEP__MORAL_EMBARGO,
    AMERICAN_STEP__TREATY_NOTICE,
    BORDER_INCIDENT,
    CHINA_INCIDENT,
    DEFECTOR_CROSSES,
    KWANTUNG_HARSHER_RULES,
    MONGOLIA_LEADERS_FALL,
    MOSCOW_CORPS_IN_MONGOLIA,
    MOSCOW_PLEDGES_MONGOLIA,
    MOSCOW_REMOVES_COMMANDER,
    NEUTRALITY_PACT,
    PURGE_BEGINS,
    QUARREL__CONCESSIONS,
    QUARREL__CONSULATES,
    QUARREL__FISHERIES,
    QUARREL__RAILWAY,
    QUARREL_FLARES,
    QUARRELS,
    SECTORS,
    STALIN_DIES,
    TOKYO_ANTI_COMINTERN,
    WASHINGTON_STEPS,
)
from allohistory.scenarios.soviet_japanese_war.rules.ladder import of_sector
from allohistory.scenarios.soviet_japanese_war.rules.units import WEEKS_A_YEAR, weekly
from allohistory.timeline.drawing import at_most

ZERO = np.int64(0)
ROUNDS = 3.0  # of arrests among Mongolia's leaders, at the most


@rarely
def ceilings(c, p):
    """Declare every ceiling, once a world."""
    for s in range(SECTORS):
        at_most(c, BORDER_INCIDENT, np.int64(s), most_incidents(np.int64(s), p.border_incident))
    rate = p.kwantung_harsher_rules
    lean = up(rate.humiliated) + up(rate.hawks) + up(-rate.strict_commander)
    at_most(c, KWANTUNG_HARSHER_RULES, ZERO, rate.per_week * exp(lean))
    purge = p.purge_begins
    lean = up(-purge.war_in_europe) + up(-purge.stalin_gone)
    at_most(c, PURGE_BEGINS, ZERO, purge.per_week * exp(lean))
    at_most(
        c, DEFECTOR_CROSSES, ZERO, p.defector_crosses.per_week * exp(up(p.defector_crosses.purge_at_work))
    )
    removal = p.moscow_removes_commander
    lean = up(removal.purgers_in_east) + up(removal.battle_lately) + up(-removal.trust)
    at_most(c, MOSCOW_REMOVES_COMMANDER, ZERO, removal.per_week * exp(lean))
    corps = p.moscow_corps_in_mongolia
    lean = up(corps.pledged) + up(corps.china_at_war) + up(-corps.reluctant)
    at_most(c, MOSCOW_CORPS_IN_MONGOLIA, ZERO, corps.per_week * exp(lean))
    pledge = p.moscow_pledges_mongolia
    at_most(
        c, MOSCOW_PLEDGES_MONGOLIA, ZERO, pledge.per_week * exp(up(pledge.recent_clash) + up(-pledge.europe))
    )

    fall = p.mongolia_leaders_fall
    lean = up(fall.purge) + up(fall.pledged) + up(fall.clash) + ROUNDS * up(-fall.fallen)
    at_most(c, MONGOLIA_LEADERS_FALL, ZERO, fall.per_week * exp(lean))
    death = p.stalin_dies
    yearly = up(death.at_first) + up(death.per_year) * c.weeks / WEEKS_A_YEAR
    at_most(c, STALIN_DIES, ZERO, weekly(yearly + up(death.plot) + up(death.in_danger)))
    quarrels(c, p.quarrel_flares)
    pacts(c, p)
    first_steps(c, p.washington_steps)
    incidents = p.china_incident
    most = max(incidents.per_year, incidents.per_year_before_1935) * atop(incidents.after_peace)
    at_most(c, CHINA_INCIDENT, ZERO, weekly(most))


@kernel
def first_steps(c, p):
    """`washington.steps`: the two that stand open for years; the others come late and soon."""
    lean = atop(1.0 - p.isolation) * atop(p.without_china_war) * atop(max(p.ally_attacked, p.northern_war))
    lean = weekly(lean) * atop(p.ahead_of_time) * atop(p.as_policy)
    at_most(c, WASHINGTON_STEPS, AMERICAN_STEP__MORAL_EMBARGO, p.moral_per_year * lean)
    at_most(c, WASHINGTON_STEPS, AMERICAN_STEP__TREATY_NOTICE, p.treaty_per_year * lean)


@kernel
def quarrels(c, p):
    """`quarrel.flares` in the season of each quarrel, none of it hot."""
    lean = atop(1.0 - p.while_hot) * atop(1.0 - p.europe_cools) * atop(p.under_pact)
    at_most(c, QUARREL_FLARES, QUARREL__RAILWAY, weekly(p.railway_per_year) * lean)
    at_most(
        c, QUARREL_FLARES, QUARREL__FISHERIES, weekly(p.fisheries_per_year) * atop(p.out_of_season) * lean
    )
    at_most(c, QUARREL_FLARES, QUARREL__CONCESSIONS, weekly(p.concessions_per_year) * lean)
    at_most(c, QUARREL_FLARES, QUARREL__CONSULATES, weekly(p.consulates_per_year) * lean)


@kernel
def pacts(c, p):
    """Tokyo's pacts with Berlin and with Moscow, with all that speaks for them."""
    rate = p.tokyo_anti_comintern
    at_most(
        c,
        TOKYO_ANTI_COMINTERN,
        ZERO,
        weekly(rate.per_year) * atop(rate.after_pledge) * atop(rate.ahead_of_time),
    )
    rate = p.neutrality_pact
    lean = atop(rate.without_german_deal) * atop(rate.after_alliance) * atop(rate.policy_south)
    at_most(c, NEUTRALITY_PACT, ZERO, weekly(rate.per_year) * lean * atop(rate.during_german_war))


@kernel
def up(weight):
    """The most that an input from 0 to 1 adds to a log rate."""
    return max(weight, 0.0)


@kernel
def atop(factor):
    """The most that a rate is multiplied by, where a factor may come in or not."""
    return max(factor, 1.0)


@kernel
def most_incidents(s, p):
    """`border.incident` on a fully manned line: one season, all quarrels live, either a recent clash or a defeat."""
    share = of_sector(
        s, p.share_posyet_tumen, p.share_ussuri_khanka, p.share_amur, p.share_argun, p.share_halha_buir
    )
    lean = max(up(p.winter), p.early_summer, p.late_summer) + up(p.frozen_river)
    lean += QUARRELS * up(p.per_quarrel)
    lean += max(up(p.recent_clash), p.beaten_here)
    lean += up(p.soviet_yielded) + up(p.harsh_rules) + up(p.neutrality_pact)
    lean += up(p.strict_commander) + up(p.battle_elsewhere) + up(p.great_war)
    return p.per_week * share * exp(lean)
