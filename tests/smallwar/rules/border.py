"""Clashes on a frontier, and what is done about them."""

from allohistory.luck.arithmetic import exp
from allohistory.timeline.rule import rule


@rule("frontier.clash", draws="clock", per="sector", facts=("clashes.a-year",), leaves_out="weather")
def clash(temper, p):
    """Clashes come more often the worse the temper."""
    return p.rate * exp(p.per_temper * temper)


@rule("capital.answers", draws="choice", per="sector", options=("yield", "hold", "strike"), silent="hold")
def answers(temper, p):
    """The capital answers each clash; a bad temper strikes."""
    return (p.soft, 0.0, p.hard + 0.5 * temper)


@rule("yearly.harvest", draws="shock")
def harvest(temper):
    """Once a year the harvest comes in."""
    return (-0.1 * temper, 1.0)
