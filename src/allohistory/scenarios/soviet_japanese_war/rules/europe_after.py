"""Europe after the German war: how the victors fall out, and what order comes of it."""

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.rules.units import weekly, within
from allohistory.timeline.rule import rule

CLOSED = -float("inf")  # an option that is not open
ALL_BREACHES = 3.0


@rule(
    "europe.breaks",
    draws="clock",
    per="cold-war-step",
    facts=("after.europe.doctrine", "after.europe.prague", "after.europe.blockade"),
    leaves_out="conferences, loans, the German zones, Greece and Iran, Yugoslavia's break",
)
def europe_breaks(per_year, weeks_since, delay, p):
    """How soon do the victors over Germany take the next step apart?

    America takes up the containment of its ally; the East is closed to all but communists; Berlin is cut off. Each step
    answers the one before it.

    per_year     steps a year expected once the time is ripe
    weeks_since  weeks since Germany's defeat or the step before
    delay        weeks until the time is ripe
    p            book/parameters/after.toml
    returns      expected steps this week
    """
    hazard = weekly(per_year)
    return hazard if weeks_since >= delay else hazard * p.ahead_of_time


@kernel
def containment(isolationist, p):
    """Money and a promise for whoever resists: America's turn, in which an isolationist president believes less."""
    return p.containment_per_year * (1.0 - p.isolation * isolationist)


@kernel
def closing(east_bound, p):
    """All power to the communists where the Red Army stands; a Moscow with its hands full in the East goes gently."""
    return p.closing_per_year * (1.0 - p.gently * east_bound)


@rule(
    "europe.bound",
    draws="nothing",
    facts=("calculus.soviet.two-front-1938", "log.1945.rate", "after.ussr.demobilised"),
    leaves_out="money and goods that the East takes beside divisions",
)
def bound(divisions_felt, p):
    """How far are Moscow's hands full in the East, as Europe feels it after the German war?

    divisions_felt  Soviet divisions in the East as they weigh on Europe, europe.feels-east
    p               book/parameters/after.toml
    returns         0 (no more than the usual peace strength) .. 1 (a great army)
    """
    return within((divisions_felt - p.usual) / p.great_army, 0.0, 1.0)


@rule(
    "europe.settles",
    draws="choice",
    options=("open", "divided", "joint", "german", "soviet", "ballots"),
    silent="open",
    facts=(
        "after.europe.alliance",
        "after.europe.prague",
        "after.europe.percentages",
        "after.europe.italy",
        "after.europe.maisky",
    ),
    leaves_out="treaties with the lesser enemies; Austria, Finland and Trieste, which were settled by themselves",
)
def europe_settles(
    years_after_defeat, breaches, soviet_armies, america_in, france_stood, east_bound, stalin_gone, p
):
    """What order does a Europe come to in which Germany is beaten?

    Two camps, each armed by its great power; a concert of guarantors; a continent that follows Moscow by force, or
    one that Moscow wins by elections, coalitions and money. With American and Soviet armies face to face in Germany the
    first was likely from the start and came when the breaches had added up. A Moscow whose army is wanted in the East
    must bargain, and seek its sphere with softer means; without America nobody could have held it.

    years_after_defeat  >=0     years since Germany was beaten
    breaches            0..3    steps apart that the victors have taken
    soviet_armies       0 or 1  the Red Army has beaten the German army and stands in Europe
    america_in          0 or 1  America fought, and has no isolationist president
    france_stood        0 or 1  France never fell: a western army of its own
    east_bound          0..1    how far Moscow's hands are full in the East
    stalin_gone         0 or 1  Stalin is dead
    p                           in noise units: book/parameters/after.toml
    returns                     utilities of (open, divided, joint, german, soviet, ballots), asked each quarter
    """
    apart = breaches / ALL_BREACHES
    ripe = p.per_year * within(years_after_defeat - p.years, -p.years, p.years)
    divided = p.divided + p.divided_by_breaches * apart + ripe
    if america_in == 0.0 and france_stood == 0.0:
        divided -= p.nobody_to_hold
    joint = (
        p.joint - p.joint_by_breaches * apart + p.joint_when_bound * east_bound + p.joint_heirs * stalin_gone
    )
    joint += p.joint_western_army * france_stood
    if soviet_armies == 0.0:
        return 0.0, CLOSED, joint + p.joint_no_red_army, CLOSED, CLOSED, CLOSED
    soviet = p.soviet + p.soviet_alone * (1.0 - america_in) - p.soviet_when_bound * east_bound
    soviet -= p.western_army * france_stood
    ballots = p.ballots + p.ballots_when_bound * east_bound - p.ballots_by_breaches * apart
    ballots += p.ballots_alone * (1.0 - america_in)
    return 0.0, divided, joint, CLOSED, soviet, ballots


@kernel
def german_peace(years_of_war, france_fallen, moscow_not_held, america_in, p):
    """And where Germany is still unbeaten after six years of war: does the continent settle under it?

    years_of_war     years since it began to fight in the West
    france_fallen    0 or 1
    moscow_not_held  0 or 1  at war in the East, and its advance was never stopped
    america_in       0 or 1  America fights, and has no isolationist president
    """
    if france_fallen == 0.0:
        return 0.0, CLOSED, CLOSED, CLOSED, CLOSED, CLOSED
    german = p.german + p.german_per_year * (years_of_war - p.german_years)
    german += p.german_east * moscow_not_held - p.german_against_america * america_in
    return 0.0, CLOSED, CLOSED, german, CLOSED, CLOSED
