"""What Tokyo has in mind: the balance in the north as it believes it. Read by several steps, written by one."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    EUROPEAN_EVENT__FINLAND,
    PLACE__TSITSIHAR,
    REGION__MANCHURIA,
    SIDE__SOVIET,
)
from allohistory.scenarios.soviet_japanese_war.rules import reckoning as rules
from allohistory.scenarios.soviet_japanese_war.rules.arms import reckons_arms
from allohistory.scenarios.soviet_japanese_war.rules.policy import doublings
from allohistory.scenarios.soviet_japanese_war.steps.almanac import years_after
from allohistory.scenarios.soviet_japanese_war.steps.dates import weeks_since

YEAR_1937 = np.int64(1937)
GENERAL_WAR = 7.0


@kernel
def outnumbered(c, w, p):
    """Doublings by which Tokyo thinks the Soviet side stronger in the north, both mobilised and weighed by worth."""
    theirs = rules.soviet_mobilisable(
        w.japan.believed_soviet_divisions,
        w.ussr.trains_a_day,
        w.ussr.tied_in_europe,
        p.japan_soviet_mobilisable,
    )
    ours = rules.japan_mobilisable(
        w.japan.divisions_north,
        w.japan.divisions_china,
        years_after(c, YEAR_1937),
        w.japan.fighting_america,
        p.japan_mobilisable,
    )
    arms = reckons_arms(
        w.japan.believed_arms_lead,
        w.japan.arms_lead,
        w.japan.shells_lead,
        w.japan.rail_lead,
        w.ussr.submarines_lead,
        p.japan_reckons_arms,
    )
    return doublings(max(theirs * w.japan.believed_soviet_quality, 1.0), max(ours, 1.0)) + arms


@kernel
def tokyo_counts(c, w, p):
    """A week of Tokyo's own accounts: oil, and what it believes of the Red Army."""
    held = 1.0 if w.region.ruler[REGION__MANCHURIA] == 0.0 and w.japan.surrendered == 0.0 else 0.0
    if w.place.holder[PLACE__TSITSIHAR] == np.float64(SIDE__SOVIET):
        held = 0.0
    found = weeks_since(c, w.japan.oil_found_week)
    w.japan.manchurian_oil = rules.manchurian_oil(found, held, p.japan_manchurian_oil)
    w.japan.oil_stock = rules.japan_oil(
        w.japan.oil_stock,
        w.america.embargo,
        w.europe.at_war,
        w.japan.fighting_america,
        1.0 if w.war.rung == GENERAL_WAR else 0.0,
        w.japan.army_share,
        w.japan.manchurian_oil,
        w.powers.allies_fight_japan,
        p.japan_oil,
    )
    w.japan.believed_soviet_divisions = rules.believed_divisions(
        w.japan.believed_soviet_divisions,
        w.ussr.divisions_east,
        weeks_since(c, w.ussr.defector_week),
        w.europe.eastern_front,
        w.europe.germany_beaten,
        p.japan_beliefs_divisions,
    )
    w.japan.believed_reach = rules.believed_reach(
        w.japan.believed_reach, w.japan.rail_lead, p.japan_beliefs_reach
    )
    w.japan.believed_soviet_quality = rules.believed_quality(
        w.japan.believed_soviet_quality,
        w.ussr.purge,
        weeks_since(c, w.ussr.defector_week),
        weeks_since(c, w.border.division_lost_week),
        weeks_since(c, w.border.division_won_week),
        w.europe.german_progress,
        weeks_since(c, w.europe.happened_week[EUROPEAN_EVENT__FINLAND]),
        p.japan_beliefs_quality,
    )
