"""The atomic bombs of both powers: when a programme goes all out, when its first bomb is ready, how many there are."""

from allohistory.luck.arithmetic import exp
from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.rules.units import weekly, within
from allohistory.timeline.rule import rule


@rule(
    "atomic.step",
    draws="clock",
    per="atomic-step",
    facts=(
        "decision.atomic.usa-committee",
        "decision.atomic.usa-go",
        "decision.atomic.usa-trinity",
        "decision.atomic.ussr-start",
        "decision.atomic.ussr-special-committee",
        "decision.atomic.ussr-rds1",
    ),
    leaves_out="reactors and plants one by one; Britain, Germany and Japan; that a first bomb can fail",
)
def atomic_step(weeks_of_work, delay, per_year, p):
    """How soon does a power take its next step to the bomb, or with it?

    A programme is decided, then worked for, at the pace that its government gives it, then tested: each step needs the
    one before, and a time that no order can shorten much.

    weeks_of_work  >=0  weeks of work since the step before, at full pace
    delay          >=0  weeks of it that are needed
    per_year       >=0  firings a year that are then expected
    p                   book/parameters/atomic.toml
    returns             expected firings this week
    """
    return weekly(per_year) if weeks_of_work >= delay else weekly(per_year) * p.ahead_of_time


@kernel
def american_programme(weeks_of_european_war, fights_anybody, isolationist, p):
    """America goes all out: fear of a German bomb, a British report two years into that war, its own war.

    weeks_of_european_war  weeks since Europe went to war; -1 if it has not
    fights_anybody         0 or 1  America is itself at war
    isolationist           0 or 1  under a president elected to keep out
    """
    per_year = p.american_go_per_year * exp(p.america_at_war * fights_anybody - p.isolation * isolationist)
    if weeks_of_european_war < 0.0:
        return weekly(per_year) * p.no_german_danger
    return atomic_step(weeks_of_european_war, p.american_go_delay, per_year, p)


@kernel
def american_bomb(weeks_of_work, fights_anybody, p):
    """America's first bomb: three and a half years of work at the pace of war; at the pace of peace it can take ten."""
    per_year = p.american_bomb_per_year if fights_anybody > 0.0 else p.american_bomb_per_year * p.in_peace
    return atomic_step(weeks_of_work, p.american_bomb_delay, per_year, p)


@kernel
def soviet_programme(american_programme_runs, american_bomb_tested, american_bomb_used, invaded, p):
    """Moscow goes all out. It knew by its spies and gave little; what moved Stalin was a city gone.

    invaded  0 or 1  while Germany stands on Soviet soil
    """
    lean = (
        p.spies * american_programme_runs + p.tested * american_bomb_tested + p.hiroshima * american_bomb_used
    )
    return weekly(p.soviet_go_per_year) * exp(lean - p.invaded * invaded)


@kernel
def soviet_work(spies_read, general_war_in_east, p):
    """Weeks of Soviet work done in a week: less without American drawings, less in a heavy war in the East."""
    pace = 1.0 if spies_read > 0.0 else p.without_spying
    return pace * (1.0 - p.lost_to_war_in_east * general_war_in_east)


@kernel
def soviet_use(bombs, years_after_1931, p):
    """A Soviet bomb on a Japan still at war with it: once there is one, and an aircraft that carries it."""
    if bombs < 1.0 or years_after_1931 < p.carrier_year:
        return 0.0
    return weekly(p.soviet_use_per_year)


@kernel
def america_drops(at_hand, p):
    """How many atomic bombs fall in a week: what is at hand, as far as crews and assembly can bring it there.

    at_hand  >=0  bombs ready when the week began
    p             bombs a week: book/parameters/atomic.toml
    returns  >=0  bombs; whole ones fall
    """
    return min(at_hand, p.most_a_week)


@rule(
    "america.bombs",
    draws="clock",
    facts=(
        "decision.usa.bomb",
        "decision.atomic.usa-trinity",
        "calculus.bomb.rate-1945",
        "pacific.bases.tinian",
    ),
    leaves_out="a demonstration, targets, a ban on further bombs while Tokyo answers; bases in China",
)
def america_bombs(weeks_since_ready, weeks_in_marianas, p):
    """How soon does America drop an atomic bomb on a Japan that it fights?

    Nobody in authority meant to leave the weapon unused; it is used as soon as it, the island bases and the weather
    are ready, early in August 1945. Runways that carry a loaded bomber so far were half a year in the building.

    weeks_since_ready  weeks since the first bomb could stand ready (below 0: not yet)
    weeks_in_marianas  weeks since the landing on Saipan
    returns            expected firings this week

    Rests on    decision.usa.bomb, decision.atomic.usa-trinity
    """
    if weeks_since_ready < 0.0 or weeks_in_marianas < p.weeks_to_bases:
        return 0.0
    return weekly(p.per_year_when_ready)


@rule(
    "atomic.output",
    draws="nothing",
    facts=(
        "calculus.bomb.third",
        "calculus.bomb.rate-1945",
        "calculus.bomb.rate-december",
        "calculus.stockpile.usa.1946",
        "calculus.stockpile.usa.1948",
        "calculus.stockpile.usa.1949",
        "calculus.stockpile.usa.1950",
    ),
    leaves_out="gun and implosion bombs apart; aircraft fitted and crews trained for them",
)
def atomic_output(weeks_since_test, at_war, p):
    """How many atomic bombs does America add in a week?

    Two were ready three weeks after the test, the next ten days later; then three a month, seven by the end of the
    year. When peace came the plants nearly stopped, until the designs of 1948.

    weeks_since_test  >=0     weeks since its first test
    at_war            0 or 1  Japan still fights
    p                         book/parameters/atomic.toml
    returns           >=0     bombs a week
    """
    if weeks_since_test <= p.first_weeks:
        return p.first_a_week
    if at_war > 0.0:
        return weekly(p.war_rate if weeks_since_test < p.second_plant else p.war_rate_later)
    return weekly(p.peace_rate + min(p.growth * max(weeks_since_test - p.growth_from, 0.0), p.most_growth))


@rule(
    "atomic.soviet-stock",
    draws="nothing",
    facts=("calculus.stockpile.ussr.1949", "calculus.stockpile.ussr.1950"),
    leaves_out="the bomb that was tested; what a second reactor adds",
)
def soviet_stock(weeks_since_test, p):
    """How many atomic bombs does the Soviet Union have, so many weeks after its first test?

    weeks_since_test  weeks; -1 before it
    p                 book/parameters/atomic.toml
    returns           >=0  bombs; one at the end of 1949, five at the end of 1950
    """
    if weeks_since_test < 0.0:
        return 0.0
    return within(weekly(p.per_year) * weeks_since_test, 0.0, p.most)
