"""Changes at work inside a running timeline: which one applies to a draw, and what it cost.

The kinds are those of engine-notes, section 5: each item adds up the log probability that the rules gave it
at the moment it was imposed. Changes of variables and parameters take effect at the start of a week.
"""

import numpy as np

from allohistory.luck.compiled import kernel

CHOICE = np.int64(1)
FIRES = np.int64(2)
NEVER = np.int64(3)
HAZARD = np.int64(4)
SHOCK_SET = np.int64(5)
SHOCK_SHIFT = np.int64(6)
VARIABLE_SET = np.int64(7)
VARIABLE_SCALE = np.int64(8)
VARIABLE_ADD = np.int64(9)
PARAMETER_SET = np.int64(10)
PARAMETER_SCALE = np.int64(11)
PARAMETER_ADD = np.int64(12)

ANY = np.int64(-1)
NONE = np.int64(-1)


@kernel
def change_of_clock(c, rule, entity):
    """The firing or silence asked of this clock this week, or -1."""
    for i in range(c.changes):
        if c.change_rule[i] == rule and (c.change_kind[i] == FIRES or c.change_kind[i] == NEVER):
            if (c.change_entity[i] == ANY or c.change_entity[i] == entity) and in_window(c, i):
                if not (c.change_kind[i] == FIRES and c.applied[i] > 0):
                    return np.int64(i)
    return NONE


@kernel
def change_of_hazard(c, rule, entity):
    """The scaling of this clock's hazard asked for this week, or -1."""
    for i in range(c.changes):
        if c.change_rule[i] == rule and c.change_kind[i] == HAZARD:
            if (c.change_entity[i] == ANY or c.change_entity[i] == entity) and in_window(c, i):
                return np.int64(i)
    return NONE


@kernel
def change_of_occasion(c, rule, entity, key, step, kind):
    """The change of this kind asked of a choice or shock at this occasion, or -1."""
    for i in range(c.changes):
        if c.change_rule[i] == rule and c.change_kind[i] == kind:
            if (c.change_entity[i] == ANY or c.change_entity[i] == entity) and in_window(c, i):
                if (c.change_key[i] == ANY or c.change_key[i] == key) and (
                    c.change_step[i] == ANY or c.change_step[i] == step
                ):
                    return np.int64(i)
    return NONE


@kernel
def in_window(c, i):
    """Does this week lie in the change's window?"""
    return c.change_from[i] <= c.week <= c.change_until[i]


@kernel
def charge(c, i, log_probability):
    """Add to a change's cost: the rules gave what it imposes this probability."""
    c.log_probability[i] += log_probability
    c.applied[i] += np.int64(1)


@kernel
def apply_to_numbers(c, i, numbers):
    """Set, scale or shift the positions that a change of variable or parameter names."""
    first, until = c.change_first[i], c.change_first[i] + c.change_count[i]
    kind = c.change_kind[i]
    for position in range(first, until):
        if kind == VARIABLE_SET or kind == PARAMETER_SET:
            numbers[position] = c.change_value[i]
        elif kind == VARIABLE_SCALE or kind == PARAMETER_SCALE:
            numbers[position] *= c.change_value[i]
        else:
            numbers[position] += c.change_value[i]
    c.applied[i] += np.int64(1)


@kernel
def change_numbers(c, world, parameters):
    """Carry out this week's changes of variables and parameters.

    A change of a single date acts once, at the start of its week; one with a window holds in each week of
    it (a variable that is set) or acts at its start. A parameter is put back when its window has passed.
    """
    for i in range(c.changes):
        kind = c.change_kind[i]
        if kind >= PARAMETER_SET:
            if c.week == c.change_from[i]:
                c.change_kept[i] = parameters[c.change_first[i]]
                apply_to_numbers(c, i, parameters)
            elif c.week == c.change_until[i] + np.int64(1):
                parameters[c.change_first[i]] = c.change_kept[i]
        elif kind >= VARIABLE_SET and in_window(c, i):
            held = c.change_held[i] == 1 and kind == VARIABLE_SET
            if c.week == c.change_from[i] or held:
                apply_to_numbers(c, i, world)
