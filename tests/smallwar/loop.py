"""The loop of a timeline: every week of the scenario, first to last.

It stands at module level and calls its week by name, so that Numba can keep the compiled loop in its cache.
"""

from allohistory.luck.compiled import entry
from allohistory.timeline.world import close_week, open_ledger, open_week, open_world
from smallwar.week import week


@entry
def run_world(contexts, worlds, numbers, parameters, parameter_numbers, start):
    """Run one world from the first week to the last, or until it is set aside.

    contexts, worlds, parameters      arrays of one record each
    numbers, parameter_numbers        the same world and parameters as flat float64
    start                             the world's first values, flat float64
    """
    c, w, p = contexts[0], worlds[0], parameters[0]
    open_world(c, numbers, start)
    if c.replaying == 1:
        open_ledger(c)
    for number in range(c.weeks):
        open_week(c, numbers, parameter_numbers, number)
        week(c, w, p)
        close_week(c, numbers)
        if c.aside != 0:
            break
