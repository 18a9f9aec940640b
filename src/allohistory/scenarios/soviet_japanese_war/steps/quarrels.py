"""Step 5 of the week: quarrels off the border flare up and are forgotten."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    QUARREL__CONCESSIONS,
    QUARREL__CONSULATES,
    QUARREL__FISHERIES,
    QUARREL__RAILWAY,
    QUARREL_FLARES,
    QUARRELS,
)
from allohistory.scenarios.soviet_japanese_war.rules import quarrels as rules
from allohistory.timeline.drawing import clock, sleeps

ZERO = np.int64(0)
NOVEMBER, JUNE = 11, 6
THEATRE_WAR = 6.0


@kernel
def quarrels(c, w, p):
    """One week of the four quarrels; war ends them all."""
    for quarrel in range(QUARRELS):
        if w.quarrel.heat[quarrel] > 0.0:
            w.quarrel.heat[quarrel] = rules.quarrel_cools(w.quarrel.heat[quarrel], p.quarrel_cools)
    if w.war.rung >= THEATRE_WAR or w.japan.surrendered > 0.0:
        return
    flares = p.quarrel_flares
    if w.relations.railway_settled == 0.0:
        flare(c, w, p, QUARREL__RAILWAY, rules.railway_quarrel(flares))
    winter_or_spring = 1.0 if c.month >= NOVEMBER or c.month <= JUNE else 0.0
    flare(c, w, p, QUARREL__FISHERIES, rules.fisheries_quarrel(winter_or_spring, flares))
    flare(c, w, p, QUARREL__CONCESSIONS, rules.concessions_quarrel(flares))
    flare(c, w, p, QUARREL__CONSULATES, rules.consulates_quarrel(flares))


@kernel
def flare(c, w, p, quarrel, per_year):
    """One quarrel's clock."""
    if sleeps(c, QUARREL_FLARES, quarrel):
        return
    hazard = rules.quarrel_flares(
        per_year, w.quarrel.heat[quarrel], w.relations.neutrality_pact, w.europe.tension, p.quarrel_flares
    )
    if clock(c, QUARREL_FLARES, quarrel, hazard) > ZERO:
        w.quarrel.heat[quarrel] = 1.0
