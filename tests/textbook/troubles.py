"""A world that goes wrong on purpose: the parameter `fault.kind` says which of the engine's reasons it gives.

0 is a sound world. Each fault comes in week 5, but for a variable's range, which is looked at every thirteenth week.
"""

from numpy import inf, int64

from allohistory.luck.compiled import entry, kernel
from allohistory.timeline.blueprint import VariableFacts
from allohistory.timeline.drawing import amount, at_most, choice, clock, shock
from allohistory.timeline.rule import rule
from allohistory.timeline.world import close_week, close_world, open_week, open_world

WEEKS, FAULTY_WEEK, RANGE_WEEK = 27, 5, 13
ORDER = ("level.moves", "bell.rings", "quiet.pick", "strict.pick", "loose.pick")
UNCOVERED = ("level.moves", "loose.pick")
OUTCOMES = ("level", "bells")
VARIABLES = (
    VariableFacts("state.level", (0.0,), -50.0, 50.0),
    VariableFacts("state.bells", (0.0,), 0.0, 99.0),
)
PARAMETERS = {"fault.kind": 0.0}
NAMED = {
    1: "loose.pick",
    2: "loose.pick",
    3: "quiet.pick",
    4: "strict.pick",
    5: "quiet.pick",
    6: "bell.rings",
    7: "state.level",
    8: "bell.rings",
    9: "bell.rings",
}
"""The rule or variable that each reason must name."""
BELONGS_TO_THE_RECORD = (3, 4, 5)
"""Reasons that only a replay of the record can give."""
LEVEL, BELL, QUIET, STRICT, LOOSE = int64(1), int64(2), int64(3), int64(4), int64(5)
NONE, TOO_FAR, MANY = int64(0), int64(512), 70
CEILING, ABOVE = 0.2, 50.0


@rule("level.moves", draws="shock")
def level_moves():
    """A level wanders."""
    return (0.0, 1.0)


@rule("bell.rings", draws="clock")
def bell_rings():
    """A bell rings one week in ten."""
    return 0.1


@rule("quiet.pick", draws="choice", options=("a", "b", "c"), silent="a")
def quiet_pick(level):
    """A weekly choice that history never made but one way."""
    return (1.0, 0.1 * level, 0.0)


@rule("strict.pick", draws="choice", options=("a", "b"))
def strict_pick():
    """A choice of which every occasion is in the record."""
    return (0.0, 0.0)


@rule("loose.pick", draws="choice", options=("a", "b"))
def loose_pick():
    """A choice that the record does not cover."""
    return (0.0, 0.0)


RULES = {1: level_moves, 2: bell_rings, 3: quiet_pick, 4: strict_pick, 5: loose_pick}


@kernel
def fault(c, s, kind):
    """Do what the engine cannot handle."""
    if kind == 1:
        choice(c, LOOSE, NONE, c.week, NONE, (-inf, -inf))
    if kind == 2:
        choice(c, LOOSE, NONE, c.week, TOO_FAR, loose_pick())
    if kind == 3:
        choice(c, QUIET, NONE, c.week, int64(1), (-inf, 0.0, 0.0))
    if kind == 4:
        choice(c, STRICT, NONE, c.week, NONE, strict_pick())
    if kind == 5:
        for step in range(1, MANY):
            choice(c, QUIET, NONE, c.week, int64(step), quiet_pick(0.0))
    if kind == 7:
        s.level = 1000.0
    if kind == 8:
        clock(c, BELL, NONE, bell_rings())


@kernel
def week(c, w, p):
    """A level, a bell, a choice; in one week the fault."""
    s = w.state
    faulty = c.week == FAULTY_WEEK
    s.level += shock(c, LEVEL, NONE, c.week, NONE, *level_moves())
    hazard = bell_rings()
    if faulty and p.fault.kind == 6:
        hazard = -1.0
    if faulty and p.fault.kind == 9:
        hazard = ABOVE
    if clock(c, BELL, NONE, hazard) > 0:
        s.bells += 1.0
    s.level += float(choice(c, QUIET, NONE, c.week, NONE, quiet_pick(s.level)))
    if faulty:
        fault(c, s, p.fault.kind)
    amount(c, int64(0), s.level)
    amount(c, int64(1), s.bells)


@entry
def run_worlds(contexts, worlds, numbers, parameters, parameter_numbers, start, drawn):
    """The loop of this scenario; fault 9 is a bell that rings oftener than the ceiling it declares."""
    c, w, p = contexts[0], worlds[0], parameters[0]
    for world in range(c.worlds):
        open_world(c, world, numbers, parameter_numbers, start, drawn)
        if p.fault.kind == 9:
            at_most(c, BELL, NONE, CEILING)
        for number in range(c.weeks):
            open_week(c, numbers, parameter_numbers, number)
            week(c, w, p)
            close_week(c, numbers)
            if c.aside != 0:
                break
        close_world(c, world)
