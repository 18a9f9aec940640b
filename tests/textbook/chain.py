"""A chain: one choice, a second that hangs on it, and a clock beside them; small enough to work out by hand."""

from numpy import int64

from allohistory.luck.compiled import entry, kernel
from allohistory.timeline.blueprint import VariableFacts
from allohistory.timeline.drawing import came_true, choice, clock, shock
from allohistory.timeline.rule import rule
from allohistory.timeline.world import close_week, close_world, open_week, open_world

OFFER, ANSWER, ALARM, PRICE = int64(1), int64(2), int64(3), int64(4)
OUTCOMES = ("deal",)
WEEKS = 104
ORDER = ("offer", "answer", "alarm", "price")
VARIABLES = (
    VariableFacts("talks.offered", (0.0,), 0.0, 1.0),
    VariableFacts("talks.alarms", (0.0,), 0.0, 500.0),
)
PARAMETERS = {"offer.will": 0.4, "answer.trust": 1.5, "alarm.rate": 0.1, "price.spread": 2.0}


@rule("offer", draws="choice", options=("none", "offer"), silent="none")
def offer(p):
    """Every half-year an offer may be made."""
    return (0.0, p.will)


@rule("answer", draws="choice", options=("no", "yes", "war"), silent="no")
def answer(offered, p):
    """An answer follows, warmer after an offer; war is never open."""
    return (0.0, p.trust * offered, -float("inf"))


@rule("alarm", draws="clock")
def alarm(p):
    """Alarms at a constant rate."""
    return p.rate


@rule("price", draws="shock")
def price(p):
    """Once a year a price is set."""
    return (10.0, p.spread)


@kernel
def week(c, w, p):
    """Offer in the 5th and 31st week of a year, answer a week later, alarms always, the price in the 20th."""
    if c.week_of_year % int64(26) == 4:
        w.talks.offered = float(choice(c, OFFER, int64(0), c.week, int64(0), offer(p.offer)))
    if c.week_of_year % int64(26) == 5:
        took = choice(c, ANSWER, int64(0), c.week, int64(0), answer(w.talks.offered, p.answer))
        if took == 1:
            came_true(c, int64(0))
    if clock(c, ALARM, int64(0), alarm(p.alarm)) > 0:
        w.talks.alarms += 1.0
    if c.week_of_year == 19:
        shock(c, PRICE, int64(0), c.week, int64(0), *price(p.price))


RULES = {1: offer, 2: answer, 3: alarm, 4: price}


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
