"""Independent little models side by side, each with a counterfactual known in closed form or by quadrature.

line        y is x times a slope plus noise; x is set                             y moves by slope times the step
chain       a choice, and a second that depends on it; the first is turned         two-option posterior
confounded  a recorded quantity drives two choices, one of which drives the other  the same, given the quantity
hidden      an unrecorded quantity drives a recorded choice, whose weight is moved quadrature over the quantity
rivals      two clocks in competition: one clock of the total hazard, then a choice
repeats     a clock asked every week under a hazard that is scaled                 min(1, q/p), max(0, (q-p)/(1-p))
four        a choice among four whose weights are moved                            Gumbel-max closed form
"""

from numpy import int64

from allohistory.luck.arithmetic import log
from allohistory.luck.compiled import entry, kernel
from allohistory.timeline.blueprint import VariableFacts
from allohistory.timeline.drawing import amount, choice, clock, shock, which
from allohistory.timeline.rule import rule
from allohistory.timeline.world import close_week, close_world, open_week, open_world

WEEKS = 12
RULE_IDS = (
    "line.x",
    "line.y",
    "chain.first",
    "chain.second",
    "confounded.cause",
    "confounded.act",
    "confounded.end",
    "hidden.cause",
    "hidden.act",
    "rivals.either",
    "rivals.which",
    "repeats.fires",
    "four.takes",
)
OUTCOMES = ("y", "second", "end", "act", "rival", "repeats", "took")
Y, SECOND, END, ACT, RIVAL, REPEATS, TOOK = (int64(i) for i in range(7))
X_, Y_, FIRST_, SECOND_, CAUSE_, ACT_, END_, HIDDEN_, HIDDEN_ACT_, EITHER_, WHICH_, FIRES_, TAKES_ = (
    int64(i + 1) for i in range(13)
)
VARIABLES = (VariableFacts("state.fired", (0.0,), 0.0, 100.0),)
PARAMETERS = {
    "line.slope": 1.5,
    "chain.pull": 1.2,
    "confounded.pull": -1.0,
    "hidden.shift": 0.0,
    "rivals.one": 0.2,
    "rivals.two": 0.3,
    "repeats.rate": 0.3,
    "four.zero": 0.0,
    "four.one": 0.5,
    "four.two": -0.3,
    "four.three": 0.2,
}
NONE = int64(0)


@rule("line.x", draws="shock")
def line_x():
    """A cause."""
    return (0.0, 1.0)


@rule("line.y", draws="shock")
def line_y(x, p):
    """Its effect, linear."""
    return (p.slope * x, 0.5)


@rule("chain.first", draws="choice", options=("no", "yes"))
def chain_first():
    """A coin weighed by a third."""
    return (0.0, 0.3)


@rule("chain.second", draws="choice", options=("no", "yes"))
def chain_second(first, p):
    """Made likelier by the first."""
    return (0.0, p.pull * first - 0.4)


@rule("confounded.cause", draws="shock")
def confounded_cause():
    """What drives both."""
    return (0.0, 1.0)


@rule("confounded.act", draws="choice", options=("no", "yes"))
def confounded_act(cause):
    """Driven by the cause."""
    return (0.0, 2.0 * cause)


@rule("confounded.end", draws="choice", options=("no", "yes"))
def confounded_end(cause, act, p):
    """Driven by the cause, and held back by the act."""
    return (0.0, 2.0 * cause + p.pull * act)


@rule("hidden.cause", draws="shock", latent=True)
def hidden_cause():
    """What the record leaves open."""
    return (0.0, 1.0)


@rule("hidden.act", draws="choice", options=("no", "yes"))
def hidden_act(cause, p):
    """Recorded, and driven by what is not."""
    return (0.0, 2.0 * cause + p.shift)


@rule("rivals.either", draws="clock")
def rivals_either(p):
    """One of the two comes."""
    return p.one + p.two


@rule("rivals.which", draws="choice", options=("one", "two"))
def rivals_which(p):
    """Which of the two it was."""
    return (log(p.one), log(p.two))


@rule("repeats.fires", draws="clock")
def repeats_fires(p):
    """Every week anew."""
    return p.rate


@rule("four.takes", draws="choice", options=("zero", "one", "two", "three"))
def four_takes(p):
    """One of four."""
    return (p.zero, p.one, p.two, p.three)


RULES = {
    i + 1: found
    for i, found in enumerate(
        (
            line_x,
            line_y,
            chain_first,
            chain_second,
            confounded_cause,
            confounded_act,
            confounded_end,
            hidden_cause,
            hidden_act,
            rivals_either,
            rivals_which,
            repeats_fires,
            four_takes,
        )
    )
}


@kernel
def lines(c, p):
    """The linear pair, in week 0."""
    x = shock(c, X_, NONE, c.week, NONE, *line_x())
    y = shock(c, Y_, NONE, c.week, NONE, *line_y(x, p.line))
    amount(c, Y, y)


@kernel
def choices(c, p):
    """The chain, the confounded pair, the hidden cause and the four, in week 1."""
    first = choice(c, FIRST_, NONE, c.week, NONE, chain_first())
    which(c, SECOND, choice(c, SECOND_, NONE, c.week, NONE, chain_second(float(first), p.chain)))
    cause = shock(c, CAUSE_, NONE, c.week, NONE, *confounded_cause())
    act = choice(c, ACT_, NONE, c.week, NONE, confounded_act(cause))
    which(c, END, choice(c, END_, NONE, c.week, NONE, confounded_end(cause, float(act), p.confounded)))
    hidden = shock(c, HIDDEN_, NONE, c.week, NONE, *hidden_cause())
    which(c, ACT, choice(c, HIDDEN_ACT_, NONE, c.week, NONE, hidden_act(hidden, p.hidden)))
    which(c, TOOK, choice(c, TAKES_, NONE, c.week, NONE, four_takes(p.four)))


@kernel
def week(c, w, p):
    """The week of the blocks."""
    if c.week == 0:
        lines(c, p)
    if c.week == 1:
        choices(c, p)
    if c.week == 2:
        if clock(c, EITHER_, NONE, rivals_either(p.rivals)) > 0:
            which(c, RIVAL, choice(c, WHICH_, NONE, c.week, NONE, rivals_which(p.rivals)))
    if c.week >= 3:
        if clock(c, FIRES_, NONE, repeats_fires(p.repeats)) > 0:
            w.state.fired += 1.0
        amount(c, REPEATS, w.state.fired)


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
