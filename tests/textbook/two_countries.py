"""Two countries: clashes as a repeating clock, a reply to each, yearly harvests, and a coup that ends the matter.

It has every part that the engine has (a repeating clock with two entities, a choice hanging on an event, a
standing choice of four options, a yearly shock, a clock that fires once) and is small enough to run by the
hundred thousand.
"""

from numpy import int64

from allohistory.luck.arithmetic import exp
from allohistory.luck.compiled import entry, kernel
from allohistory.timeline.blueprint import VariableFacts
from allohistory.timeline.drawing import amount, came_true, choice, clock, shock
from allohistory.timeline.rule import rule
from allohistory.timeline.world import close_week, close_world, open_week, open_world

CLASH, REPLY, POLICY, HARVEST, COUP = int64(1), int64(2), int64(3), int64(4), int64(5)
WAR, TEMPER, COUPS = int64(0), int64(1), int64(2)
OUTCOMES = ("war", "temper", "coup")
WEEKS = 104
ORDER = ("harvest", "clash", "reply", "policy", "coup")
SIDES = ("north", "south")
VARIABLES = (
    VariableFacts("state.temper", (0.0,), -50.0, 500.0),
    VariableFacts("state.food", (0.0,), -50.0, 50.0),
    VariableFacts("state.war", (0.0,), 0.0, 1.0),
    VariableFacts("state.coup", (0.0,), 0.0, 1.0),
)
PARAMETERS = {
    "clash.rate": 0.04,
    "clash.per_temper": 0.15,
    "reply.firm": -0.3,
    "policy.hard": -0.5,
    "coup.rate": 0.004,
}


@rule("clash", draws="clock", per="side")
def clash(temper, p):
    """Clashes come more often the worse the temper."""
    return p.rate * exp(p.per_temper * temper)


@rule("reply", draws="choice", per="side", options=("yield", "hold", "strike"))
def reply(temper, p):
    """A clash is answered; a bad temper strikes."""
    return (0.0, p.firm, p.firm + 0.5 * temper - 1.0)


@rule("policy", draws="choice", options=("peace", "arm", "ally", "war"), silent="peace")
def policy(temper, food, p):
    """Every half-year policy is set."""
    return (0.0, p.hard + 0.2 * temper, p.hard - 0.3 * food, p.hard - 3.0 + 0.6 * temper)


@rule("harvest", draws="shock")
def harvest(temper):
    """Once a year the harvest comes in, worse where men stand under arms."""
    return (-0.1 * temper, 1.0)


@rule("coup", draws="clock")
def coup(food, temper, p):
    """Hunger and temper breed a coup."""
    return p.rate * exp(0.3 * temper - 0.5 * food)


@kernel
def week(c, w, p):
    """The week, in order: harvest, clashes with their replies, policy, coup."""
    s = w.state
    if c.week_of_year == 30:
        s.food = shock(c, HARVEST, int64(0), c.week, int64(0), *harvest(s.temper))
    for side in range(2):
        e = int64(side)
        if s.war == 0.0 and clock(c, CLASH, e, clash(s.temper, p.clash)) > 0:
            took = choice(c, REPLY, e, c.key, int64(0), reply(s.temper, p.reply))
            s.temper += float(took) - 0.5
    if c.week_of_year % int64(26) == 10 and s.war == 0.0:
        took = choice(c, POLICY, int64(0), c.week, int64(0), policy(s.temper, s.food, p.policy))
        s.temper += 0.4 * float(took)
        if took == 3:
            s.war = 1.0
            came_true(c, WAR)
    if s.coup == 0.0 and clock(c, COUP, int64(0), coup(s.food, s.temper, p.coup)) > 0:
        s.coup = 1.0
        s.temper -= 1.0
        came_true(c, COUPS)
    s.temper *= 0.99
    amount(c, TEMPER, s.temper)


RULES = {1: clash, 2: reply, 3: policy, 4: harvest, 5: coup}


@entry
def run_worlds(contexts, worlds, numbers, parameters, parameter_numbers, start, drawn):
    """The loop of this scenario."""
    c, w, p = contexts[0], worlds[0], parameters[0]
    for world in range(c.worlds):
        open_world(c, world, numbers, parameter_numbers, start, drawn)
        for number in range(c.weeks):
            open_week(c, numbers, parameter_numbers, number)
            week(c, w, p)
            close_week(c, numbers)
            if c.aside != 0:
                break
        close_world(c, world)
