"""Occupation: how soon troops come, what government they leave behind, and when they go."""

from allohistory.scenarios.soviet_japanese_war.rules.units import fading, weekly
from allohistory.timeline.rule import rule

SOVIET, AMERICAN = 1.0, 2.0  # who rules a region
MANCHURIA = 0


@rule(
    "occupation.comes",
    draws="nothing",
    facts=("peace.occupation-begins", "sea.amphib.hokkaido.lift"),
    leaves_out="single ships, harvests to feed the troops, Japanese shipping handed over",
)
def occupation_comes(weeks, lift_men, p):
    """How far has a victor's occupation come so many weeks after a surrender: none, its first island, all?

    America's fleet and airborne division were in Tokyo Bay in a fortnight. A Soviet Union alone has a handful of craft,
    and ferries its first divisions over to Hokkaido in weeks and an army to Honshu in years: no ships, no occupation.

    weeks     >=0  since the surrender
    lift_men  >=0  thousand men whom its craft can carry at once; what America has is not counted
    p              weeks, thousand men: book/parameters/peace.toml
    returns        1 once American troops would stand in Tokyo; 1 once Soviet ones would on Hokkaido; 1 once on Honshu
    """
    american = 1.0 if weeks >= p.american_weeks else 0.0
    first = 1.0 if weeks >= p.hokkaido_weeks else 0.0
    return american, first, 1.0 if weeks * lift_men >= p.honshu_weeks * p.honshu_lift else 0.0


@rule(
    "occupation.ends",
    draws="nothing",
    facts=("peace.occupation-ends",),
    leaves_out="the treaty, the bases that stay, a peace with some and not with others",
)
def occupation_ends(years, by_america, p):
    """Has the government under occupation become one of its own? 1 where it has.

    years       >=0     of occupation
    by_america  0 or 1  the occupier is America, else the Soviet Union
    p                   years: book/parameters/peace.toml
    returns     0 or 1
    """
    wanted = p.american_years if by_america > 0.0 else p.soviet_years
    return 1.0 if years >= wanted else 0.0


@rule(
    "island.government",
    draws="choice",
    per="island",
    options=("as-it-is", "freed", "communist"),
    silent="as-it-is",
    facts=(
        "regime-change.rate.soviet.full",
        "regime-change.rate.soviet.part",
        "regime-change.rate.soviet.contested",
        "regime-change.rate.soviet.uncontested",
        "regime-change.rate.soviet.peer-veto",
        "regime-change.rate.soviet.months-median",
        "regime-change.soviet.stalin-dictum",
    ),
    leaves_out="elections, land reform, who sits in which committee; the troops' own conduct",
)
def island_government(share, contested, consented, years, coalition, cadres, p):
    """What comes of Soviet power on an island, asked each quarter: nothing new, is it given up, is a regime installed?

    With half a country or more under Soviet troops a communist regime lasted in 13 cases of 13; with a part in 4 of 16;
    where an able great power objected in none of 9. It came at once or after three to five years. A government
    that had only been made to take communists in could also throw them out again.

    share      0..1    of the country's land that Soviet troops hold
    contested  0 or 1  America occupies the rest and has not agreed
    consented  0 or 1  America has agreed to a zone
    years      >=0     since troops, or communist ministers, came
    coalition  0 or 1  there are no troops, only communists in the government
    cadres     0..1    how ready a communist leadership is
    p                  in noise units: book/parameters/peace.toml
    returns            utilities of as-it-is, freed, communist
    """
    soon = p.soon * fading(years, p.soon_years)
    late = p.late if years >= p.late_after else 0.0
    communist = p.communist + soon + late + p.cadres * cadres
    communist += p.half if share >= 0.5 else 0.0
    communist -= p.objected * contested + p.ministers_only * coalition
    freed = p.freed + p.driven_out * contested - p.agreed * consented + p.thrown_out * coalition
    return 0.0, freed, communist


@rule(
    "region.turns",
    draws="clock",
    per="region",
    facts=(
        "regime-change.soviet.manchuria-1945.withdrawal",
        "regime-change.soviet.north-korea-1945.months-to-state",
        "peace.korea-south-1948",
    ),
    leaves_out="the joint commission, the election of 1948, what China's civil war makes of the North-East",
)
def region_turns(region, ruler, years, p):
    """How soon does an occupier leave Manchuria, or hand a part of Korea to a government of his own colour?

    Soviet troops were bound by treaty to leave Manchuria in three months and took nine, with its machines. In Korea
    each occupier ruled for three years and left a state behind.

    region   0..7  its number: book/entities.toml
    ruler    1, 2  Soviet Union, America
    years    >=0   since it came under him
    p              rates a year, years: book/parameters/peace.toml
    returns  >=0   expected firings this week
    """
    if ruler != SOVIET and ruler != AMERICAN:
        return 0.0
    if region == MANCHURIA:
        return weekly(p.leaves) if years >= p.leaves_after else 0.0
    return weekly(p.founds) if years >= p.founds_after else 0.0
