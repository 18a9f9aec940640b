"""The Soviet programme: what is sent east by the half-year, the purge, Mongolia, arms for China, what goes west."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    DEFECTOR_CROSSES,
    MOSCOW_ARMS_CHINA,
    MOSCOW_CORPS_IN_MONGOLIA,
    MOSCOW_MOVES_DIVISIONS,
    MOSCOW_PLEDGES_MONGOLIA,
    MOSCOW_REMOVES_COMMANDER,
    PURGE_BEGINS,
    PURGE_HALTS,
    PURGE_REACHES_EAST,
    PURGE_SEVERITY,
    SECTOR__HALHA_BUIR,
    USSR_BOMBERS,
    USSR_BUILD_UP,
    USSR_RAILWAY,
)
from allohistory.scenarios.soviet_japanese_war.rules.ladder import BATTALION
from allohistory.scenarios.soviet_japanese_war.rules.purge import (
    command_loss,
    defector_crosses,
    purge_begins,
    purge_halts,
    purge_severity,
    reaches_east,
    removes_commander,
    trust,
)
from allohistory.scenarios.soviet_japanese_war.rules.units import fading, within
from allohistory.scenarios.soviet_japanese_war.rules.ussr import (
    arms_china,
    bombers,
    build_up,
    corps_in_mongolia,
    division_worth,
    moves_divisions,
    pledges_mongolia,
    railway,
    redeploys,
    transfers,
    victory_in_sight,
)
from allohistory.scenarios.soviet_japanese_war.steps.arms import soviet_arms
from allohistory.scenarios.soviet_japanese_war.steps.dates import (
    JANUARY,
    JULY,
    first_week_of,
    lately,
    weeks_since,
    years,
)
from allohistory.scenarios.soviet_japanese_war.steps.demobilisation import (
    let_go,
    make_good,
    stands_down,
    weeks_since_defeat,
)
from allohistory.scenarios.soviet_japanese_war.steps.frontier import (
    HALF_YEAR,
    PURGE_BEGUN,
    PURGE_IN_EAST,
    QUARTER,
    YEAR,
    flag,
    nobody_in_moscow,
    purge_at_work,
    purgers_in_east,
)
from allohistory.scenarios.soviet_japanese_war.steps.kremlin import mongolian_leaders, stalin
from allohistory.timeline.drawing import choice, clock, shock, sleeps

ZERO, ONE = np.int64(0), np.int64(1)
FOUR_WEEKS = np.int64(4)
PURGE_HALTED = 3.0
SOUTH = 2.0
LEAST_TRAINS = 4.0
EXPANSION_BEGINS, EXPANSION_ENDS = 5.45, 8.45  # years since the start of 1931: the summers of 1936 and 1939
MOST_DIVISIONS, MOST_BOMBERS, MOST_TRAINS = 160.0, 1200.0, 80.0


@kernel
def soviet_week(c, w, p):
    """The Soviet side's own affairs, week by week, while somebody rules there."""
    if nobody_in_moscow(w):
        falls_apart(c, w, p)
        return
    programme(c, w, p)
    soviet_arms(c, w, p, trains_run_east(c, w, p))
    stalin(c, w, p)
    purge(c, w, p)
    command(c, w, p)
    mongolian_leaders(c, w, p)
    mongolia_and_china(c, w, p)
    divisions_for_the_west(c, w, p)


@kernel
def falls_apart(c, w, p):
    """Nobody rules: no programme, no arms for China, and each half-year more of the army of the East goes home."""
    w.ussr.arms_china = 0.0
    if first_week_of(c, JANUARY) or first_week_of(c, JULY):
        let_go(w, p)


@kernel
def in_sight(c, w, p):
    """Does Moscow see the end of the German war?"""
    weeks = weeks_since(c, w.ussr.stalingrad_week)
    return victory_in_sight(w.europe.germany_beaten, weeks, p.ussr_victory_in_sight)


@kernel
def trains_run_east(c, w, p):
    """Does the army of the German war come east?"""
    weeks = weeks_since(c, w.ussr.stalingrad_week) - p.ussr_victory_in_sight.weeks_after_stalingrad
    return redeploys(in_sight(c, w, p), weeks, weeks_since_defeat(c, w), p.ussr_redeploys)


@kernel
def programme(c, w, p):
    """Divisions and bombers each half-year, the railway each year; after the wars they go home."""
    new_year = first_week_of(c, JANUARY)
    if not (new_year or first_week_of(c, JULY)):
        return
    if stands_down(c, w, p):
        let_go(w, p)
    else:
        build(c, w, p)
    if new_year:
        mean, sd = railway(w.ussr.trains_a_day, p.ussr_railway)
        gained = shock(c, USSR_RAILWAY, ZERO, c.week, ZERO, mean, sd)
        w.ussr.trains_a_day = within(w.ussr.trains_a_day + gained, LEAST_TRAINS, MOST_TRAINS)


@kernel
def build(c, w, p):
    """A half-year of building up: divisions, and bombers that reach Honshu."""
    u, victory = w.ussr, trains_run_east(c, w, p)
    german_war = flag(w.europe.eastern_front > 0.0 and w.europe.germany_beaten == 0.0)
    mean, sd = build_up(
        flag(EXPANSION_BEGINS <= years(c) < EXPANSION_ENDS),
        lately(c, w.border.clash_week, YEAR),
        u.tied_in_europe,
        german_war,
        victory,
        p.ussr_build_up,
    )
    added = shock(c, USSR_BUILD_UP, ZERO, c.week, ZERO, mean, sd)
    if w.war.rung == 0.0:
        added += make_good(w, p)
    u.divisions_east = within(u.divisions_east + added, 0.0, MOST_DIVISIONS)
    opens = fading(weeks_since(c, u.german_war_week), HALF_YEAR)
    mean, sd = bombers(u.bombers_in_reach, opens, victory, p.ussr_bombers)
    added = shock(c, USSR_BOMBERS, ZERO, c.week, ZERO, mean, sd)
    u.bombers_in_reach = within(u.bombers_in_reach + added, 0.0, MOST_BOMBERS)


@kernel
def purge(c, w, p):
    """The purge begins, reaches the East, halts; each once. A man of rank may cross to Japan."""
    u, week = w.ussr, np.float64(c.week)
    gone = flag(u.stalin_dead_week >= 0.0)
    if u.purge == 0.0 and not sleeps(c, PURGE_BEGINS, ZERO):
        hazard = purge_begins(years(c), w.europe.at_war, gone, p.purge_begins)
        if clock(c, PURGE_BEGINS, ZERO, hazard) > ZERO:
            u.purge, u.purge_week = PURGE_BEGUN, week
            utilities = purge_severity(u.tied_in_europe, p.purge_severity)
            u.purge_severity = np.float64(choice(c, PURGE_SEVERITY, ZERO, c.key, ZERO, utilities))
    elif 0.0 < u.purge < PURGE_HALTED:
        if u.purge_in_east == 0.0:
            lean = lately(c, u.defector_week, QUARTER)
            hazard = reaches_east(
                u.purge_severity, lean, flag(w.border.top >= BATTALION), p.purge_reaches_east
            )
            if clock(c, PURGE_REACHES_EAST, ZERO, hazard) > ZERO:
                u.purge, u.purge_in_east, u.purge_east_week = PURGE_IN_EAST, 1.0, week
        hazard = purge_halts(week - u.purge_week, u.purge_severity, w.europe.tension, gone, p.purge_halts)
        if clock(c, PURGE_HALTS, ZERO, hazard) > ZERO:
            u.purge, u.purge_halt_week = PURGE_HALTED, week
    if u.defector == 0.0 and not sleeps(c, DEFECTOR_CROSSES, ZERO):
        if clock(c, DEFECTOR_CROSSES, ZERO, defector_crosses(purge_at_work(w), p.defector_crosses)) > ZERO:
            u.defector, u.defector_week = 1.0, week


@kernel
def command(c, w, p):
    """The commander of the East, Moscow's trust, and what the army is worth."""
    u = w.ussr
    if u.commander_removed == 0.0 and not sleeps(c, MOSCOW_REMOVES_COMMANDER, ZERO):
        battle_lately = lately(c, w.border.division_battle_week, QUARTER)
        hazard = removes_commander(
            purgers_in_east(w), battle_lately, u.trust_in_command, p.moscow_removes_commander
        )
        if clock(c, MOSCOW_REMOVES_COMMANDER, ZERO, hazard) > ZERO:
            u.commander_removed = 1.0
    u.command_loss = command_loss(
        u.command_loss, purge_at_work(w), u.purge_in_east, u.purge_severity, p.purge_command_loss
    )
    u.command_quality = 1.0 - u.command_loss
    u.trust_in_command = trust(
        u.trust_in_command, purge_at_work(w), purgers_in_east(w), u.commander_removed, p.moscow_trust
    )
    u.division_worth = division_worth(
        years(c), u.command_quality, u.stripped, in_sight(c, w, p), p.ussr_division_worth
    )


@kernel
def mongolia_and_china(c, w, p):
    """A pledge, a corps, arms for China; each once."""
    u, s = w.ussr, SECTOR__HALHA_BUIR
    if u.pledged_mongolia == 0.0 and not sleeps(c, MOSCOW_PLEDGES_MONGOLIA, ZERO):
        lately_clashed = max(w.border.open[s], lately(c, w.border.last_closed_week[s], HALF_YEAR))
        hazard = pledges_mongolia(lately_clashed, u.tied_in_europe, p.moscow_pledges_mongolia)
        if clock(c, MOSCOW_PLEDGES_MONGOLIA, ZERO, hazard) > ZERO:
            u.pledged_mongolia = 1.0
    if (
        u.pledged_mongolia > 0.0
        and u.corps_in_mongolia == 0.0
        and not sleeps(c, MOSCOW_CORPS_IN_MONGOLIA, ZERO)
    ):
        reluctant = flag(w.mongolia.falls == 0.0)
        hazard = corps_in_mongolia(u.pledged_mongolia, w.china.at_war, reluctant, p.moscow_corps_in_mongolia)
        if clock(c, MOSCOW_CORPS_IN_MONGOLIA, ZERO, hazard) > ZERO:
            u.corps_in_mongolia = 1.0
    if u.arms_china == 0.0 and w.china.at_war > 0.0:
        weeks = weeks_since(c, w.china.war_week)
        hazard = arms_china(weeks, u.tied_in_europe, p.moscow_arms_china)
        if clock(c, MOSCOW_ARMS_CHINA, ZERO, hazard) > ZERO:
            u.arms_china = 1.0


@kernel
def divisions_for_the_west(c, w, p):
    """Every four weeks of the German war Moscow looks at the trained divisions of the East."""
    if w.europe.eastern_front == 0.0 or w.europe.germany_beaten > 0.0:
        return
    weeks = c.week - np.int64(w.ussr.german_war_week)
    if weeks % FOUR_WEEKS != ZERO:
        return
    u = w.ussr
    capital = max(w.europe.german_progress, 0.0) if w.europe.moscow_held == 0.0 else 0.0
    utilities = moves_divisions(
        capital,
        w.japan.prepared_north,
        flag(w.japan.policy == SOUTH),
        u.stripped,
        w.europe.stalingrad,
        p.moscow_moves_divisions,
    )
    took = choice(c, MOSCOW_MOVES_DIVISIONS, ZERO, c.week, ZERO, utilities)
    if took == ZERO:
        return
    gone, factor = transfers(u.stripped, flag(took > ONE), p.ussr_transfers)
    u.stripped += gone
    u.divisions_east *= factor
