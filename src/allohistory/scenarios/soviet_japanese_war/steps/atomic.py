"""Step 9 of the week: the atomic programmes of both powers, their bombs, and the use of them on Japan."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    AMERICA_BOMBS,
    ATOMIC_STEP,
    ATOMIC_STEP__AMERICAN_BOMB,
    ATOMIC_STEP__AMERICAN_PROGRAMME,
    ATOMIC_STEP__SOVIET_BOMB,
    ATOMIC_STEP__SOVIET_PROGRAMME,
    ATOMIC_STEP__SOVIET_USE,
    OUTCOME__ATOMIC_BOMBS_BY,
    OUTCOME__ATOMIC_BOMBS_ON_JAPAN,
    PACIFIC_STAGE__SAIPAN,
)
from allohistory.scenarios.soviet_japanese_war.rules import atomic as rules
from allohistory.scenarios.soviet_japanese_war.steps.almanac import years_after, yes
from allohistory.scenarios.soviet_japanese_war.steps.dates import weeks_since
from allohistory.scenarios.soviet_japanese_war.steps.frontier import nobody_in_moscow
from allohistory.timeline.drawing import amount, came_true, clock

ZERO = np.int64(0)
YEAR_1931, YEAR_1939 = np.int64(1931), np.int64(1939)
GENERAL_WAR = 7.0
FISSION = 417.0  # the first week of 1939: physicists hear that uranium splits
AMERICA, SOVIET, BOTH = 1.0, 2.0, 3.0  # of the outcome atomic_bombs_by
MARIANAS = 0.5  # of pacific.progress: within reach of Japan
MOST_BOMBS, MOST_USED = 1000.0, 200.0


@kernel
def atomic_bombs(c, w, p):
    """One week of both programmes; nothing before 1939, when fission was found."""
    if c.year < YEAR_1939:
        return
    american_use(c, w, p)  # what was ready when the week began
    american_programme(c, w, p)
    soviet_programme(c, w, p)
    soviet_use(c, w, p)


@kernel
def taken(c, w, step, hazard):
    """One clock of a programme: draws it, notes its week."""
    if hazard > 0.0 and clock(c, ATOMIC_STEP, step, hazard) > ZERO:
        w.atomic.step_week[step] = np.float64(c.week)


@kernel
def american_programme(c, w, p):
    """The decision, the work, the test; then bombs week by week."""
    at, fights = w.atomic.step_week, max(w.america.at_war, w.america.fights_germany)
    if at[ATOMIC_STEP__AMERICAN_PROGRAMME] < 0.0:
        europe = min(weeks_since(c, w.europe.war_week), np.float64(c.week) - FISSION)
        hazard = rules.american_programme(europe, fights, w.america.isolationist, p.atomic_step)
        taken(c, w, ATOMIC_STEP__AMERICAN_PROGRAMME, hazard)
        return
    if at[ATOMIC_STEP__AMERICAN_BOMB] < 0.0:
        work = weeks_since(c, at[ATOMIC_STEP__AMERICAN_PROGRAMME])
        taken(c, w, ATOMIC_STEP__AMERICAN_BOMB, rules.american_bomb(work, fights, p.atomic_step))
        return
    weeks = weeks_since(c, at[ATOMIC_STEP__AMERICAN_BOMB])
    unbeaten = yes(w.japan.fighting_america > 0.0 and w.japan.surrendered == 0.0)
    w.america.bombs_at_hand = min(
        w.america.bombs_at_hand + rules.atomic_output(weeks, unbeaten, p.atomic_output), MOST_BOMBS
    )


@kernel
def american_use(c, w, p):
    """The first atomic bombs on a Japan at war with America; after them what is ready, as fast as it can be carried."""
    if w.japan.fighting_america == 0.0 or w.japan.surrendered > 0.0:
        return
    if w.america.bomb_week < 0.0:
        test = w.atomic.step_week[ATOMIC_STEP__AMERICAN_BOMB]
        if test < 0.0 or w.pacific.progress < MARIANAS:
            return
        landed = w.pacific.stage_week[PACIFIC_STAGE__SAIPAN]
        bases = weeks_since(c, landed) if landed >= 0.0 else p.america_bombs.weeks_to_bases
        hazard = rules.america_bombs(weeks_since(c, test) - 1.0, bases, p.america_bombs)
        if hazard <= 0.0 or clock(c, AMERICA_BOMBS, ZERO, hazard) == ZERO:
            return
        w.america.bomb_week = np.float64(c.week)
        dropped(c, w, AMERICA)
        w.america.bombs_at_hand = max(w.america.bombs_at_hand, 1.0)
    fall = np.float64(np.int64(rules.america_drops(w.america.bombs_at_hand, p.america_bombs)))
    w.america.bombs_at_hand -= fall
    w.america.bombs_used = min(w.america.bombs_used + fall, MOST_USED)


@kernel
def soviet_programme(c, w, p):
    """While a state is there: the decision, the work as far as a war in the East leaves room, the test, the stock."""
    at, steps = w.atomic.step_week, p.atomic_step
    if nobody_in_moscow(w):
        return
    if at[ATOMIC_STEP__SOVIET_PROGRAMME] < 0.0:
        hazard = rules.soviet_programme(
            yes(at[ATOMIC_STEP__AMERICAN_PROGRAMME] >= 0.0),
            yes(at[ATOMIC_STEP__AMERICAN_BOMB] >= 0.0),
            yes(w.america.bomb_week >= 0.0),
            w.europe.eastern_front * (1.0 - w.europe.moscow_struck),
            steps,
        )
        taken(c, w, ATOMIC_STEP__SOVIET_PROGRAMME, hazard)
        return
    if at[ATOMIC_STEP__SOVIET_BOMB] < 0.0:
        spies_read = yes(at[ATOMIC_STEP__AMERICAN_PROGRAMME] >= 0.0)
        fighting = yes(w.war.rung == GENERAL_WAR and w.japan.surrendered == 0.0)
        w.ussr.bomb_work += rules.soviet_work(spies_read, fighting, steps)
        hazard = rules.atomic_step(
            w.ussr.bomb_work, steps.soviet_bomb_delay, steps.soviet_bomb_per_year, steps
        )
        taken(c, w, ATOMIC_STEP__SOVIET_BOMB, hazard)
        w.ussr.bomb_week = at[ATOMIC_STEP__SOVIET_BOMB]
        return
    stock = rules.soviet_stock(weeks_since(c, w.ussr.bomb_week), p.atomic_soviet_stock)
    w.ussr.bombs = max(np.float64(np.int64(stock)) - w.ussr.bombs_used, 0.0)


@kernel
def soviet_use(c, w, p):
    """A Soviet bomb on a Japan that is still at war with Moscow."""
    if w.ussr.bombs < 1.0 or w.war.rung != GENERAL_WAR or w.japan.surrendered > 0.0 or nobody_in_moscow(w):
        return
    hazard = rules.soviet_use(w.ussr.bombs, years_after(c, YEAR_1931), p.atomic_step)
    if hazard > 0.0 and clock(c, ATOMIC_STEP, ATOMIC_STEP__SOVIET_USE, hazard) > ZERO:
        w.atomic.step_week[ATOMIC_STEP__SOVIET_USE] = np.float64(c.week)
        w.ussr.bombs -= 1.0
        w.ussr.bombs_used += 1.0
        dropped(c, w, SOVIET)


@kernel
def dropped(c, w, whose):
    """An atomic bomb has fallen on Japan: mark it, and whose."""
    came_true(c, OUTCOME__ATOMIC_BOMBS_ON_JAPAN)
    other = w.ussr.bombs_used if whose == AMERICA else w.america.bombs_used
    amount(c, OUTCOME__ATOMIC_BOMBS_BY, BOTH if other > 0.0 else whose)
