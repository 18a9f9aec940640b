"""The week of the small scenario."""

from numpy import int64

from allohistory.luck.compiled import kernel
from allohistory.timeline.drawing import amount, came_true, choice, clock, shock, which
from smallwar.rules.border import answers, clash, harvest

ORDER = ("yearly.harvest", "frontier.clash", "capital.answers")
CLASH, ANSWERS, HARVEST = int64(1), int64(2), int64(3)
WAR, ROAD, CLASHES, FIRST = int64(0), int64(1), int64(2), int64(3)
NONE, GROWN = int64(0), int64(1)


@kernel
def week(c, w, p):
    """Harvest, clashes with their answers, tallies."""
    s = w.state
    if c.week_of_year == 30:
        s.food = shock(c, HARVEST, int64(0), c.week, int64(0), *harvest(s.temper))
    for side in range(2):
        e = int64(side)
        if s.war == 0.0 and clock(c, CLASH, e, clash(s.temper, p.frontier_clash)) > 0:
            s.clashes += 1.0
            came_true(c, FIRST)
            took = choice(c, ANSWERS, e, c.key, int64(0), answers(s.temper, p.capital_answers))
            s.temper += float(took) - 0.5
            if took == 2:
                s.war = 1.0
                came_true(c, WAR)
                which(c, ROAD, GROWN)
    s.temper *= 0.99
    amount(c, CLASHES, s.clashes)
