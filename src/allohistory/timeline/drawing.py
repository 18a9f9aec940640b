"""Drawing: how a clock, a choice or a shock takes its luck in the world that is being run.

This is where the four modes become one. Replay imposes what the record says, scores it, and writes the
factual inputs into the ledger. Every other world looks at the horizon: at a recorded address before it, luck
is the posterior under the ledger's inputs (what history's luck would have made of these inputs); from it on,
luck is the prior. A change imposes itself on either.

    clock(c, rule, entity, hazard)                   0, or the day of the week (1 to 7) on which it fires
    choice(c, rule, entity, key, step, utilities)    the number of the option taken
    shock(c, rule, entity, key, step, mean, sd)      the value

    at_most(c, rule, entity, hazard)                 once a world: a clock's hazard never exceeds this
    sleeps(c, rule, entity)                          then: need its rule be asked at all this week?
    sleeps_below(c, rule, entity, share)             the same, where a factor of the hazard is known already

c is the context record. key is the week key of the occasion: this week (c.week) for a standing decision, the
week in which the event began for what hangs on an event, a frozen number for a decision that history took
once. A world that leaves what can be handled is set aside with a reason, never repaired.
"""

from allohistory.timeline.choices import choice
from allohistory.timeline.clocks import at_most, clock, sleeps, sleeps_below
from allohistory.timeline.log import amount, came_true, came_true_since, which
from allohistory.timeline.shocks import shock

__all__ = [
    "amount",
    "at_most",
    "came_true",
    "came_true_since",
    "choice",
    "clock",
    "shock",
    "sleeps",
    "sleeps_below",
    "which",
]
