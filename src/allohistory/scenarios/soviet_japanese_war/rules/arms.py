"""Tanks and aircraft in the East: what Moscow sends, what Tokyo counts and answers with, who leads in arms."""

from allohistory.luck.arithmetic import log
from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.rules.units import fading, within
from allohistory.timeline.rule import rule


@kernel
def doublings_over(number, usual, few):
    """By how many doublings a number lies above the usual one; a few more or less of a few count for nothing."""
    return log((number + few) / (usual + few)) / log(2.0)


@rule(
    "ussr.tanks",
    draws="shock",
    facts=(
        "forces.sov-fe.1932-12.tanks",
        "forces.sov-fe.1934-01.afv",
        "forces.sov-fe.1941-06-22.tanks",
        "forces.sov-fe.1941-12-01.tanks",
        "forces.sov-fe.1945-08.afv",
    ),
    leaves_out="models, spares and trucks; which half of the East they stand in",
)
def ussr_tanks(stock, divisions, years, german_war, german_war_opens, victory_in_sight, p):
    """Armoured vehicles added to the Soviet East in a half-year.

    The new works began to deliver in 1932, and within two years the East had more armour to a division than any
    neighbour. The German war took the trained brigades at once and kept what was built; victory sent them back.

    stock             >=0     tanks, tankettes and self-propelled guns there now
    divisions         >=0     rifle divisions east of Lake Baikal
    years             >=0     years since January 1931
    german_war        0 or 1  Germany and the Soviet Union are fighting
    german_war_opens  0..1    1 when Germany has just attacked, fading to 0 within half a year
    victory_in_sight  0..1    Germany is beaten or will be within the half-year
    p                         vehicles a half-year: book/parameters/arms.toml
    returns                   (mean, spread), vehicles
    """
    delivering = within(years - p.works_deliver_after, 0.0, 1.0)
    gap = p.per_division * divisions - stock
    at_peace = (1.0 - german_war) * (1.0 - victory_in_sight)
    mean = p.share_of_gap * gap * delivering * at_peace + p.redeployed * victory_in_sight
    mean -= p.taken * stock * german_war_opens
    return mean, p.spread + p.spread_moved * max(german_war_opens, victory_in_sight)


@rule(
    "ussr.aircraft",
    draws="shock",
    facts=(
        "forces.sov-fe.1932-01.aircraft",
        "calculus.soviet.plan-east.aircraft",
        "forces.sov-fe.1941-06-22.aircraft",
        "forces.sov-fe.1941-12-01.aircraft",
        "forces.sov-fe.1945-08.aircraft",
    ),
    leaves_out="types, crews and airfields; the bombers that reach Honshu are counted apart as well",
)
def ussr_aircraft(stock, divisions, years, german_war_opens, victory_in_sight, p):
    """Combat aircraft, the Pacific Fleet's among them, added to the Soviet East in a half-year.

    They rose steadily for ten years, from eighty to four thousand. The German war took a quarter; by the end of 1943
    they had been made good, with older machines.

    stock             >=0   aircraft there now
    divisions         >=0   rifle divisions east of Lake Baikal
    years             >=0   years since January 1931
    german_war_opens  0..1  1 when Germany has just attacked, fading to 0 within half a year
    victory_in_sight  0..1  Germany is beaten or will be within the half-year
    p                       aircraft a half-year: book/parameters/arms.toml
    returns                 (mean, spread), aircraft
    """
    wanted = p.per_division * divisions * min(years / p.years_of_growth, 1.0)
    mean = p.share_of_gap * (wanted - stock) * (1.0 - victory_in_sight) + p.redeployed * victory_in_sight
    mean -= p.taken * stock * german_war_opens
    return mean, p.spread + p.spread_moved * max(german_war_opens, victory_in_sight)


@rule(
    "ussr.arms-lead",
    draws="nothing",
    facts=("forces.sov-fe.1934-01.afv", "forces.sov-fe.1941-06-22.tanks", "combat.causes.artillery"),
    leaves_out="guns and shells beside tanks and aircraft",
)
def soviet_arms_lead(tanks, aircraft, divisions, years, p):
    """By how many doublings Soviet divisions in the East are better armed than was usual at that date.

    What tanks and aircraft do for a division of their year stands in its worth; this is what more, or fewer, of them
    than in our history would add. Tanks and aircraft count alike.

    tanks, aircraft  >=0  in the East
    divisions        >=0  rifle divisions there
    years            >=0  years since January 1931
    p                     book/parameters/arms.toml
    returns          -1..1
    """
    usual_tanks = p.tanks_a_division * divisions * min(years / p.years_to_tanks, 1.0)
    usual_aircraft = p.aircraft_a_division * divisions * min(years / p.years_to_aircraft, 1.0)
    lead = doublings_over(tanks, usual_tanks, p.few) + doublings_over(aircraft, usual_aircraft, p.few)
    return within(0.5 * lead, -1.0, 1.0)


@rule(
    "japan.arms",
    draws="nothing",
    facts=(
        "forces.kwantung.1936.tanks",
        "forces.kwantung.1940.tanks",
        "forces.kwantung.1936.aircraft",
        "forces.kwantung.1940.aircraft",
        "forces.kwantung.1945-08.tanks",
        "forces.kwantung.1945-08.aircraft-combat",
    ),
    leaves_out="what is in repair; naval aircraft, which were to strike first",
)
def japan_arms(tanks, aircraft, divisions, years, years_since_defeat, army_share, fights_america, p):
    """Tanks and army aircraft in Manchuria and Korea a half-year later.

    Two to three hundred machines stood there against ten times as many; the lesson of a lost battle doubled them
    within the year. The Pacific war took the aircraft first.

    tanks, aircraft     >=0       there now
    divisions           >=0       divisions in Manchuria and Korea
    years               >=0       years since January 1931: the air force grew up with the decade
    years_since_defeat            years since the Soviets last won a battle on the border; -1 if never
    army_share          -1, 0, 1  steel goes to the Navy first, to both, to the Army first
    fights_america      0 or 1    at war with America
    p                             book/parameters/arms.toml
    returns                       (tanks, aircraft)
    """
    lesson = 1.0 + p.lesson * fading(years_since_defeat, p.years_of_memory)
    pace = p.share_of_gap * (1.0 + p.army_share * army_share)
    tanks += pace * (p.tanks_a_division * lesson * divisions - tanks)
    grown = min(years / p.years_of_growth, 1.0)
    aircraft += pace * (p.aircraft_a_division * grown * divisions - aircraft)
    return tanks, max(aircraft * (1.0 - p.south_takes * fights_america), 0.0)


@rule(
    "japan.arms-lead",
    draws="nothing",
    facts=("forces.kwantung.1936.tanks", "forces.kwantung.1939.aircraft"),
    leaves_out="guns; the quality of machines and crews",
)
def japanese_arms_lead(tanks, aircraft, divisions, years, p):
    """By how many doublings the divisions in Manchuria and Korea are better armed than was usual at that date.

    tanks, aircraft  >=0  there now
    divisions        >=0  divisions in Manchuria and Korea
    years            >=0  years since January 1931
    p                     book/parameters/arms.toml
    returns          -1..1
    """
    usual_aircraft = p.aircraft_a_division * divisions * min(years / p.years_to_aircraft, 1.0)
    lead = doublings_over(tanks, p.tanks_a_division * divisions, p.few)
    lead += doublings_over(aircraft, usual_aircraft, p.few)
    return within(0.5 * lead, -1.0, 1.0)


@rule(
    "japan.beliefs-arms",
    draws="nothing",
    facts=(
        "calculus.ratio.tanks-aircraft.1936",
        "purge.assess.japan.error-tanks",
        "purge.assess.japan.error-aircraft",
        "forces.jgs.error.tanks-fe-1934",
    ),
    leaves_out="what a defector tells of tanks; sections and types",
)
def believed_arms(believed_tanks, believed_aircraft, tanks, aircraft, p):
    """How many Soviet tanks and aircraft in the East does Tokyo count a half-year later?

    It saw half of the tanks of 1934 and a good three quarters of those of 1939, and came late to each rise: what
    drove up behind Chita it learnt in battle.

    believed_tanks, believed_aircraft  counted now
    tanks, aircraft                    there in truth
    p                                  book/parameters/arms.toml
    returns                            (tanks, aircraft) counted next
    """
    believed_tanks += p.pace * (p.share_of_tanks * tanks - believed_tanks)
    believed_aircraft += p.pace * (p.share_of_aircraft * aircraft - believed_aircraft)
    return believed_tanks, believed_aircraft


@rule(
    "japan.beliefs-lead",
    draws="nothing",
    facts=(
        "calculus.ratio.tanks-aircraft.1936",
        "forces.jgs-sov-fe.1940.tanks",
        "forces.jgs-sov-fe.1940.aircraft",
    ),
    leaves_out="guns and shells beside tanks and aircraft",
)
def believed_arms_lead(believed_tanks, believed_aircraft, believed_divisions, years, p):
    """By how many doublings Soviet divisions seem better armed to Tokyo than they seemed at that date in our history.

    believed_tanks, believed_aircraft  counted in Tokyo
    believed_divisions                 Soviet rifle divisions as Tokyo counts them
    years                              years since January 1931
    p                                  book/parameters/arms.toml
    returns                            -1..1
    """
    usual_tanks = p.tanks_a_division * believed_divisions * min(years / p.years_to_tanks, 1.0)
    usual_aircraft = p.aircraft_a_division * believed_divisions * min(years / p.years_to_aircraft, 1.0)
    lead = doublings_over(believed_tanks, usual_tanks, p.few)
    lead += doublings_over(believed_aircraft, usual_aircraft, p.few)
    return within(0.5 * lead, -1.0, 1.0)


@rule(
    "japan.reckons-arms",
    draws="nothing",
    facts=("calculus.plan.hachi-go.b.trucks", "log.supply.kwantung.kantokuen"),
    leaves_out="trucks, horses and bridging",
)
def reckons_arms(believed_soviet_lead, own_lead, shells_lead, rail_lead, submarines_lead, p):
    """Doublings that arms, shells, railways and submarines add to the enemy's weight as Tokyo reckons it.

    Divisions came first in every staff study, then trains, bombers and the submarines round Vladivostok; what
    stood beside the divisions shifted the answer by a shade.

    believed_soviet_lead  -1..1  Soviet lead in arms over the usual, as counted in Tokyo
    own_lead              -1..1  Japan's own, in Manchuria and Korea
    shells_lead           -1..1  shells to a division there over the usual
    rail_lead             -1..1  railways of Manchuria over the usual
    submarines_lead       -1..1  Soviet submarines in the Pacific over the usual
    p                            in doublings: book/parameters/arms.toml
    returns                      doublings against Japan
    """
    against = p.arms * (believed_soviet_lead - own_lead) + p.submarines * submarines_lead
    return against - p.shells * shells_lead - p.rail * rail_lead
