"""The loop of a timeline: every week of the scenario, first to last.

It stands at module level and calls its week by name, so that Numba can keep the compiled loop in its cache.
"""

from allohistory.luck.compiled import entry
from allohistory.scenarios.soviet_japanese_war.ceilings import ceilings
from allohistory.scenarios.soviet_japanese_war.week import week
from allohistory.timeline.world import close_week, close_world, open_week, open_world


@entry
def run_worlds(contexts, worlds, numbers, parameters, parameter_numbers, start, drawn):
    """Run so many worlds (c.worlds), each from the first week to the last or until it is set aside.

    contexts, worlds, parameters      arrays of one record each
    numbers, parameter_numbers        the same world and parameters as flat float64
    start, drawn                      first values of world and parameters, flat float64
    """
    c, w, p = contexts[0], worlds[0], parameters[0]
    for world in range(c.worlds):
        open_world(c, world, numbers, parameter_numbers, start, drawn)
        ceilings(c, p)
        for number in range(c.weeks):
            open_week(c, numbers, parameter_numbers, number)
            week(c, w, p)
            close_week(c, numbers)
            if c.aside != 0:
                break
        close_world(c, world)
