"""The log of one timeline, its outcomes, and why a world is set aside."""

import numpy as np

from allohistory.luck.compiled import kernel, rarely

ONE = np.int64(1)
DAYS = np.int64(7)


@rarely
def note(c, rule, entity, occasion, day, option, value, ours, covered, chance):
    """Write one event of the timeline: what came, what our history has there, and the chance it had.

    Events for which there is no room are still counted, so that a reader knows when a log is not complete.
    """
    n = c.logged
    c.logged = n + ONE
    if n >= np.int64(c.log_rule.shape[0]):
        return
    c.log_rule[n] = rule
    c.log_entity[n] = entity
    c.log_week[n] = c.week
    c.log_day[n] = day
    c.log_occasion[n] = occasion
    c.log_option[n] = option
    c.log_value[n] = value
    c.log_ours[n] = ours
    c.log_recorded[n] = 1 if covered else 0
    c.log_differs[n] = 1 if (covered and value != ours) else 0
    c.log_chance[n] = chance


@rarely
def set_aside(c, reason, rule, entity):
    """This world has left what the engine can handle: keep the first reason, and where it arose."""
    if c.aside == 0:
        c.aside = reason
        c.aside_rule = rule
        c.aside_entity = entity
        c.aside_week = c.week


@kernel
def came_true(c, outcome):
    """A yes outcome became true today; only the first time counts."""
    if c.outcome_day[outcome] < 0:
        c.outcome[outcome] = 1.0
        c.outcome_day[outcome] = c.week * DAYS + c.day
        c.outcome_logged[outcome] = c.logged


@kernel
def came_true_since(c, outcome):
    """The same for an outcome that is counted only from the week of the question on."""
    if c.week >= c.since:
        came_true(c, outcome)


@kernel
def which(c, outcome, option):
    """A which outcome takes one of its options today; the first one stands."""
    if c.outcome_day[outcome] < 0:
        c.outcome[outcome] = np.float64(option)
        c.outcome_day[outcome] = c.week * DAYS + c.day
        c.outcome_logged[outcome] = c.logged


@kernel
def amount(c, outcome, value):
    """An amount outcome reaches a value; the greatest is kept, with the day it was first reached."""
    if c.outcome_day[outcome] < 0 or value > c.outcome[outcome]:
        c.outcome[outcome] = value
        c.outcome_day[outcome] = c.week * DAYS + c.day
        c.outcome_logged[outcome] = c.logged
