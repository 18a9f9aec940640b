"""Tanks, aircraft and stocks by the half-year, and what a battle eats of them."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    JAPAN_RAILWAY,
    USSR_AIRCRAFT,
    USSR_SUBMARINES,
    USSR_TANKS,
)
from allohistory.scenarios.soviet_japanese_war.rules.arms import (
    believed_arms,
    believed_arms_lead,
    japan_arms,
    japanese_arms_lead,
    soviet_arms_lead,
    ussr_aircraft,
    ussr_tanks,
)
from allohistory.scenarios.soviet_japanese_war.rules.ladder import DIVISION
from allohistory.scenarios.soviet_japanese_war.rules.lines import (
    japan_rail_lead,
    japan_railway,
    submarines_lead,
    ussr_submarines,
)
from allohistory.scenarios.soviet_japanese_war.rules.stocks import (
    japan_shells,
    japan_shells_eaten,
    japan_shells_lead,
    ussr_stocks,
    ussr_stocks_eaten,
    ussr_stocks_short,
)
from allohistory.scenarios.soviet_japanese_war.rules.units import fading, within
from allohistory.scenarios.soviet_japanese_war.steps.almanac import years_since
from allohistory.scenarios.soviet_japanese_war.steps.dates import JANUARY, first_week_of, weeks_since, years
from allohistory.scenarios.soviet_japanese_war.steps.frontier import HALF_YEAR, china_share, flag
from allohistory.timeline.drawing import shock

ZERO = np.int64(0)
MOST_TANKS, MOST_AIRCRAFT, MOST_SUBMARINES = 12000.0, 12000.0, 400.0
LEAST_RAIL, MOST_RAIL = 3000.0, 30000.0


@kernel
def soviet_arms(c, w, p, victory):
    """Tanks, aircraft and stocks of the Soviet East, each half-year."""
    u = w.ussr
    german_war = flag(w.europe.eastern_front > 0.0 and w.europe.germany_beaten == 0.0)
    opens = fading(weeks_since(c, u.german_war_week), HALF_YEAR)
    mean, sd = ussr_tanks(u.tanks_east, u.divisions_east, years(c), german_war, opens, victory, p.ussr_tanks)
    added = shock(c, USSR_TANKS, ZERO, c.week, ZERO, mean, sd)
    u.tanks_east = within(u.tanks_east + added, 0.0, MOST_TANKS)
    mean, sd = ussr_aircraft(u.aircraft_east, u.divisions_east, years(c), opens, victory, p.ussr_aircraft)
    added = shock(c, USSR_AIRCRAFT, ZERO, c.week, ZERO, mean, sd)
    u.aircraft_east = within(u.aircraft_east + added, 0.0, MOST_AIRCRAFT)
    if first_week_of(c, JANUARY):
        submarines(c, w, p, german_war)
    u.arms_lead = soviet_arms_lead(
        u.tanks_east, u.aircraft_east, u.divisions_east, years(c), p.ussr_arms_lead
    )
    u.food_months, u.shell_days, u.fuel_days = ussr_stocks(
        u.food_months, u.shell_days, u.fuel_days, u.trains_a_day, german_war, p.ussr_stocks
    )
    u.stocks_short = ussr_stocks_short(u.food_months, u.shell_days, u.fuel_days, p.ussr_stocks_short)


@kernel
def submarines(c, w, p, german_war):
    """Submarines of the Pacific Fleet, each year."""
    u = w.ussr
    mean, sd = ussr_submarines(u.submarines_pacific, years(c), german_war, p.ussr_submarines)
    added = shock(c, USSR_SUBMARINES, ZERO, c.week, ZERO, mean, sd)
    u.submarines_pacific = within(u.submarines_pacific + added, 0.0, MOST_SUBMARINES)
    u.submarines_lead = submarines_lead(u.submarines_pacific, years(c), p.ussr_submarines_lead)


@kernel
def railways(c, w, p):
    """Railways of Manchuria, each year."""
    j = w.japan
    mean, sd = japan_railway(j.rail_km, years(c), p.japan_railway)
    built = shock(c, JAPAN_RAILWAY, ZERO, c.week, ZERO, mean, sd)
    j.rail_km = within(j.rail_km + built, LEAST_RAIL, MOST_RAIL)
    j.rail_lead = japan_rail_lead(j.rail_km, years(c), p.japan_rail_lead)


@kernel
def japanese_arms(c, w, p):
    """Tanks, aircraft and shells in Manchuria and Korea, and what Tokyo counts over there, each half-year."""
    j = w.japan
    if first_week_of(c, JANUARY):
        railways(c, w, p)
    j.tanks_north, j.aircraft_north = japan_arms(
        j.tanks_north,
        j.aircraft_north,
        j.divisions_north,
        years(c),
        years_since(c, w.border.division_lost_week),
        j.army_share,
        j.fighting_america,
        p.japan_arms,
    )
    j.shells_north = japan_shells(
        j.shells_north,
        j.divisions_north,
        china_share(w),
        j.prepared_north,
        j.army_share,
        j.fighting_america,
        p.japan_shells,
    )
    j.believed_soviet_tanks, j.believed_soviet_aircraft = believed_arms(
        j.believed_soviet_tanks,
        j.believed_soviet_aircraft,
        w.ussr.tanks_east,
        w.ussr.aircraft_east,
        p.japan_beliefs_arms,
    )
    j.believed_arms_lead = believed_arms_lead(
        j.believed_soviet_tanks,
        j.believed_soviet_aircraft,
        j.believed_soviet_divisions,
        years(c),
        p.japan_beliefs_lead,
    )
    j.arms_lead = japanese_arms_lead(
        j.tanks_north, j.aircraft_north, j.divisions_north, years(c), p.japan_arms_lead
    )
    j.shells_lead = japan_shells_lead(j.shells_north, j.divisions_north, p.japan_shells_lead)


@kernel
def battles_eat(w, p):
    """A week of division or army battle on the border empties depots on both sides."""
    if w.border.top < DIVISION:
        return
    u, j = w.ussr, w.japan
    u.shell_days, u.fuel_days = ussr_stocks_eaten(
        u.shell_days, u.fuel_days, w.border.top, p.ussr_stocks_eaten
    )
    u.stocks_short = ussr_stocks_short(u.food_months, u.shell_days, u.fuel_days, p.ussr_stocks_short)
    j.shells_north = japan_shells_eaten(j.shells_north, w.border.top, p.japan_shells_eaten)
    j.shells_lead = japan_shells_lead(j.shells_north, j.divisions_north, p.japan_shells_lead)
