"""America at peace: its steps of pressure on Japan, its stance in a war of the other two, elections, supplies."""

from allohistory.luck.arithmetic import NEVER
from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.rules.units import fading, weekly, within
from allohistory.timeline.rule import rule

NORTH_OCCUPIED, SOUTH_OCCUPIED = 1.0, 2.0  # stages of japan.indochina


@rule(
    "washington.steps",
    draws="clock",
    per="american-step",
    facts=(
        "decision.usa.moral-embargo",
        "decision.usa.treaty-abrogation",
        "decision.usa.export-control",
        "decision.usa.scrap-embargo",
        "decision.usa.freeze",
        "close-run.embargo-total",
    ),
    leaves_out="the quarrel of Hull, Hornbeck, Morgenthau and Stimson; the licences that leaked",
)
def washington_steps(
    per_year, china_at_war, japan_fights_soviets, germany_fights_soviets, isolationist, pressing, p
):
    """How soon does Washington take its next step of pressure on Japan?

    The embargo was the goal of the friends of China, but trade, law and caution held it back: each step waited for a
    Japanese one, and nobody asks before there is a war, in China, in the north or in Europe. Without the China war the
    same steps come years later. A Japanese war on the Soviet Union moves Washington little before 1941, and at once
    when Moscow is fighting Germany.

    per_year                firings a year expected of this step in its circumstances, with China at war
    china_at_war            1 while the China war goes on
    japan_fights_soviets    1 in a general war
    germany_fights_soviets  1 while it does
    isolationist            1 under a president elected to keep out of the world's quarrels
    pressing                1 while Washington has made pressure, or aid to Moscow, its policy in that war
    returns                 expected firings this week

    Rests on    calculus.us.poll-1939-embargo, calculus.us.china-lobby
    Leaves out  the fleet at Hawaii, loans to China
    """
    hazard = weekly(per_year) * (1.0 - p.isolation * isolationist)
    if china_at_war == 0.0:
        hazard *= p.without_china_war
    if japan_fights_soviets > 0.0:
        hazard *= p.ally_attacked if germany_fights_soviets > 0.0 else p.northern_war
    return hazard * p.as_policy if pressing > 0.0 else hazard


@kernel
def moral_embargo(weeks_of_china_war, p):
    """Aircraft makers are asked not to sell to those who bomb cities: a year into the China war."""
    return p.moral_per_year if weeks_of_china_war >= p.moral_delay else p.moral_per_year * p.ahead_of_time


@kernel
def treaty_notice(weeks_of_china_war, tension_in_europe, p):
    """The trade treaty of 1911 is denounced when the China war drags on and Europe grows dark."""
    per_year = p.treaty_per_year * tension_in_europe
    return per_year if weeks_of_china_war >= p.treaty_delay else per_year * p.ahead_of_time


@kernel
def export_licences(france_fallen, p):
    """Licences for aviation fuel and good scrap come with rearmament, which the fall of France sets going."""
    return p.licences_per_year * (p.licences_after_france if france_fallen > 0.0 else 1.0)


@kernel
def scrap_embargo(indochina, japan_allied, p):
    """The scrap embargo answers the march into northern Indochina and the talk of the three-power pact."""
    per_year = p.scrap_per_year
    if indochina >= NORTH_OCCUPIED:
        per_year *= p.scrap_after_indochina
    return per_year * (p.scrap_after_alliance if japan_allied > 0.0 else 1.0)


@kernel
def asset_freeze(indochina, weeks_since_southward_policy, p):
    """The freeze, and with it the end of oil, answers the march into southern Indochina.

    Washington reads Tokyo's cables and acts on the decision as well as on the deed. That the freeze became total
    was the work of officials, a matter of three chances in five: the rate below is that of a total embargo.

    indochina                     0, 1 (north) or 2 (south occupied)
    weeks_since_southward_policy  weeks since a review in Tokyo named the south among its aims; -1 if none
    """
    per_year = p.freeze_per_year
    if indochina == SOUTH_OCCUPIED:
        return per_year * p.freeze_after_south
    if indochina == NORTH_OCCUPIED:
        per_year *= 1.0 + p.freeze_on_decision * fading(weeks_since_southward_policy, p.decision_weeks)
    return per_year


@rule(
    "washington.stance",
    draws="choice",
    options=("neutral", "pressure", "aid", "war"),
    silent="neutral",
    facts=(
        "calculus.us.nov-5-memo-russia",
        "calculus.us.poll-1938-ussr-japan",
        "calculus.us.cash-and-carry",
    ),
    leaves_out="pressure on Moscow once Soviet troops stand in Korea or on Hokkaido; war, which is powers.enter's",
)
def washington_stance(mood, germany_fights_soviets, p):
    """What does Washington do while Japan and the Soviet Union fight each other and it stays out?

    The public prefers Russia to Japan and peace to both. Embargoes and loans to China are pressure enough for most;
    only a Russia that holds Germany is worth aid. Whether America fights is another question (powers.enter).

    mood                    noise units  opinion at home, `mood` below
    germany_fights_soviets  0 or 1       while it does
    p                       in noise units: book/parameters/america.toml
    returns                 utilities of (neutral, pressure, aid, war); the last is never taken here

    Rests on    calculus.us.nov-5-memo-russia, calculus.us.poll-1938-ussr-japan
    """
    pressure = p.pressure + mood + p.pressure_against_germany * germany_fights_soviets
    aid = p.aid + mood + p.aid_against_germany * germany_fights_soviets
    return 0.0, pressure, aid, NEVER


@kernel
def mood(
    years_after_1931, japan_began_it, china_at_war, weeks_since_finland, weeks_since_purge, isolationist, p
):
    """How ready is America to do something against Japan, in noise units, 0 as in 1939?

    years_after_1931        years since the scenario began
    japan_began_it          0 or 1  Japan chose this war
    china_at_war            0 or 1  the China war goes on
    weeks_since_finland     weeks since the Soviet attack on Finland; -1 if none
    weeks_since_purge       weeks since the purge of the Red Army began; -1 if it did not
    isolationist            0 or 1  under a president elected to keep out of the world's quarrels
    """
    lean = p.per_year * min(years_after_1931 - p.neutral_year, p.years_it_grows)
    lean += p.aggressor * japan_began_it + p.china * china_at_war - p.isolation * isolationist
    return (
        lean
        + p.finland * fading(weeks_since_finland, p.memory)
        + p.purge * fading(weeks_since_purge, p.memory)
    )


@rule(
    "america.supplies",
    draws="nothing",
    facts=(
        "log.lendlease.far-east.total",
        "log.lendlease.far-east.1942",
        "log.lendlease.far-east.1944",
        "calculus.us.recognition",
    ),
    leaves_out="what it was: trucks, food, rails; ice and convoys; British aid",
)
def america_supplies(war_years, friendly, pacific_shut, p):
    """How many tons does America send to a Soviet Union that fights Germany, in a year?

    A thin stream at first, four times that when the yards and the Persian road were ready. Half went under the Soviet
    flag past Japan to Vladivostok, and does not go when Japan fights; part of that then finds room in Persia.

    war_years     years of the German-Soviet war; below 0 before it
    friendly      0 or 1  America is at war with Germany, or has chosen aid
    pacific_shut  0 or 1  Japan stops ships for Vladivostok
    p                     book/parameters/america.toml
    returns       >=0     million tons a year
    """
    if war_years < 0.0 or friendly == 0.0:
        return 0.0
    stream = p.at_most * within((war_years + p.head_start) / p.years_to_full, 0.0, 1.0)
    return stream * (1.0 - p.by_vladivostok * (1.0 - p.other_roads) * pacific_shut)


@rule(
    "america.elects",
    draws="choice",
    options=("isolationist", "internationalist"),
    facts=(
        "america.election.1936",
        "america.election.1940",
        "america.election.1944",
        "america.election.1948",
    ),
    leaves_out="the ten weeks to the oath; Congress; men, beyond this one trait",
)
def america_elects(third_term, fights_america, p):
    """Does America elect a president who will keep out of the world's quarrels, in 1936, 1940, 1944 and 1948?

    Roosevelt won the first three. In 1940 he stood for a third term against a man of his own views on the war; an
    isolationist would have had to win a convention first, in 1948 no less.

    third_term      0 or 1  the president asks for more than the two terms of custom
    fights_america  0 or 1  at war with Japan
    p                       in noise units: book/parameters/america.toml
    returns                 utilities of (isolationist, internationalist)
    """
    return p.isolationist + p.third_term * third_term - p.at_war * fights_america, 0.0
