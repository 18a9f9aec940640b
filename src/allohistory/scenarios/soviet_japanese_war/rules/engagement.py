"""The week's main battle on a front: who is the better man for man, does the attack succeed, what does it cost.

Chance and losses come from the engagements of 1900 to 1973 in CDB90, reduced to what a front knows of itself
(book/parameters/engagement.toml); what that table does not hold comes from book/parameters/battle.toml.
"""

from allohistory.luck.arithmetic import exp, log
from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.rules.units import (
    DIVISION,
    FEWEST_GUNS,
    HASTY_WORKS,
    MOST_GUNS,
    MOST_TANKS,
    PREPARED_WORKS,
    TWO_TO_ONE,
    USUAL_DAYS,
    USUAL_GUNS,
    USUAL_TANKS,
    WON_ON_RECORD,
    fading,
    within,
)
from allohistory.timeline.rule import rule


@kernel
def armour(tanks):
    """Tanks per thousand men as the fit counts them: a logarithm, 0 at the usual two."""
    return log((1.0 + within(tanks, 0.0, MOST_TANKS)) / (1.0 + USUAL_TANKS))


@kernel
def artillery(guns):
    """Guns per thousand men as the fit counts them: a logarithm, 0 at the usual two and a half."""
    return log(within(guns, FEWEST_GUNS, MOST_GUNS) / USUAL_GUNS)


@kernel
def hasty_and_fortified(works, delaying):
    """How far works of this strength are a hasty line, and how far a fortress zone; the rest is a prepared line."""
    if delaying > 0.0:
        return 0.0, 0.0
    hasty = within((PREPARED_WORKS - works) / (PREPARED_WORKS - HASTY_WORKS), 0.0, 1.0)
    fortified = within((works - PREPARED_WORKS) / (1.0 - PREPARED_WORKS), 0.0, 1.0)
    return hasty, fortified


@kernel
def who_attacks_whom(second_attacks, late, finnish, p):
    """The level of the pair that meets: each has its own, from its battles and from its side's in other wars."""
    if finnish > 0.0:
        return p.finland_soviet if second_attacks > 0.0 else p.soviet_finland
    if second_attacks > 0.0:
        return p.japan_early + late * (p.japan_late - p.japan_early)
    return p.soviet_early + late * (p.soviet_late - p.soviet_early)


@kernel
def fitted(
    ratio, size, attacker_tanks, defender_tanks, attacker_guns, defender_guns, works, delaying,
    flat, rugged, bare, wooded, wet, winter, second_attacks, late, finnish, p,
):  # fmt: skip
    """What the engagements on record say: one straight line for each outcome, its slope on force ratio by works."""
    hasty, fortified = hasty_and_fortified(works, delaying)
    prepared = 1.0 - hasty - fortified - delaying
    slope = p.ratio_hasty * hasty + p.ratio_prepared * prepared
    slope += p.ratio_fortified * fortified + p.ratio_delaying * delaying
    said = who_attacks_whom(second_attacks, late, finnish, p) + slope * (ratio - TWO_TO_ONE) + p.scale * size
    said += p.attacker_tanks * attacker_tanks + p.defender_tanks * defender_tanks
    said += p.attacker_guns * attacker_guns + p.defender_guns * defender_guns
    said += p.hasty * hasty + p.fortified * fortified + p.delaying * delaying
    said += p.flat_ground * flat + p.rugged * rugged + p.bare * bare + p.wooded * wooded
    return said + p.wet * wet + p.winter * winter


@rule(
    "battle.engaged",
    draws="nothing",
    facts=(
        "combat.verity.size",
        "combat.army.loss-rate",
        "combat.division.loss-rate",
        "battle.manchuria.decision.kwantung-plan",
    ),
    leaves_out="which divisions fight, and which stand behind them",
)
def engaged(attacker_men, defender_men, following, p):
    """Share of the men on an axis who are in the week's main battle.

    A battle on record is an affair of hours to days for a division, of a week or more for an army. Here each week holds
    one main battle. A division is in it as a whole; of an army a part, the smaller the larger it is, the rest being
    beside or behind it. So weekly losses fall with size to what army-sized forces lose. An army that goes back by
    order leaves a rearguard to fight, and the battle is the rearguard's: the others are on the march, and those who
    come after them meet nobody else.

    attacker_men  >0      thousand men on the axis, attacker's
    defender_men  >0      the defender's
    following     0 or 1  the defender was ordered back
    p                     book/parameters/battle.toml
    returns       0..1    the same share of both sides, so that odds stay what they are
    """
    size = 0.5 * log(attacker_men * defender_men / (DIVISION * DIVISION))
    return min(exp(-p.falls * size), 1.0) * (1.0 - (1.0 - p.rearguard) * following)


@rule(
    "battle.room",
    draws="nothing",
    facts=("battle.winter-war.raate", "battle.sakhalin.koton.days", "combat.verity.attack-ratio"),
    leaves_out="bridges, causeways, single defiles",
)
def room(ratio, ground, cover, p):
    """The odds at which armies of these odds meet: on one road through wooded hills only the heads of columns fight.

    ratio    natural logarithm of men, attacker over defender
    ground   0..2  flat, rolling, rugged
    cover    0..2  bare, mixed, wooded
    p              book/parameters/battle.toml
    returns  natural logarithm of men who find room to fight, attacker over defender
    """
    closed = 0.5 * 0.5 * (ground + cover)
    most = p.open + (p.closed - p.open) * closed
    return within(ratio, -most, most)


@rule(
    "battle.shortage",
    draws="nothing",
    facts=("battle.khalkhin-gol.logistics.japan.distance", "battle.manchuria.6gta.fuel-halt"),
    leaves_out="which of shells, fuel and food is short",
)
def shortage(days, supplied, p):
    """How far an army lacks what a battle eats: not at all while stock lasts or all comes up.

    days      >=0   days that its stock lasts
    supplied  0..1  share of what it needs that came up this week
    p               book/parameters/battle.toml
    returns   0..1  1 with empty dumps and nothing coming
    """
    return within(1.0 - days / p.enough, 0.0, 1.0) * (1.0 - supplied)


@kernel
def breaking_point(second, finnish, p):
    """Share of its men with whose loss an army is half as effective: Japanese troops break late."""
    return p.breaking_japan if second > 0.0 and finnish == 0.0 else p.breaking


@rule(
    "battle.edge",
    draws="nothing",
    facts=(
        "forces.quality.prior.japan-1937",
        "forces.quality.prior.sov-1939",
        "forces.quality.prior.sov-1945",
        "forces.quality.prior.finland-1939",
        "battle.khalkhin-gol.23div.loss-percent",
        "combat.breakpoint.40-percent",
        "combat.verity.surprise",
        "combat.verity.fatigue",
    ),
    leaves_out="morale apart from losses; units, staffs and codes",
)
def edge(
    attacker_worth,
    defender_worth,
    attacker_short,
    defender_short,
    attacker_worn,
    defender_worn,
    surprise,
    weeks_of_war,
    air,
    commander,
    river,
    second_attacks,
    late,
    finnish,
    beyond,
    p,
):
    """By how much the attacker is the better man for man, beyond what the engagements on record say of his state.

    Worth counts only where it differs from what was usual in the battles on record (the states' levels hold that):
    so nothing is counted twice. Japanese troops break late, at two thirds lost where others break at a third.
    A commander counts in prepared offensives only, and no more than a quarter. An attack thins as it goes on: posts on
    its line, flanks and towns, the more the farther it has gone from its own border.

    attacker_worth  >0     worth man for man, the Soviet side at Khalkhin Gol being 1
    defender_worth  >0
    attacker_short  0..1   how far it lacks supply
    defender_short  0..1
    attacker_worn   >=0    share of its men lost lately
    defender_worn   >=0
    surprise        -2..2  stages of surprise at the outbreak, for the attacker or (below 0) against him
    weeks_of_war    >=0    weeks since the war began: surprise fades
    air             logarithm of the attacker's over the defender's air strength
    commander       logarithm: what the man in command is worth in a prepared attack (command.worth)
    river           0..1   he must cross a defended river that bears no troops
    second_attacks  0 or 1 the side against the Soviet one attacks
    late            0..1   1942 and after
    finnish         0 or 1 that side is Finland
    beyond          >=0    hundred kilometres that the attacker stands past his own border
    p                      logarithms: book/parameters/battle.toml
    returns                natural logarithm of effectiveness, attacker over defender
    """
    soviet = p.usual_soviet_early + late * (p.usual_soviet_late - p.usual_soviet_early)
    second = p.usual_japan_early + late * (p.usual_japan_late - p.usual_japan_early)
    if finnish > 0.0:
        second = p.usual_finland
    usual = second / soviet if second_attacks > 0.0 else soviet / second
    attacker_breaks = breaking_point(second_attacks, finnish, p)
    defender_breaks = breaking_point(1.0 - second_attacks, finnish, p)
    said = p.worth * log(attacker_worth / (defender_worth * usual))
    said += p.defender_short * defender_short - p.attacker_short * attacker_short
    said += p.worn * (defender_worn / defender_breaks - attacker_worn / attacker_breaks)
    said += p.surprise * surprise * fading(weeks_of_war, p.surprise_weeks)
    said += p.air * within(air, -p.air_most, p.air_most) + commander
    return said - p.river * river - p.thins * min(beyond, p.most_beyond)


@rule(
    "battle.result",
    draws="choice",
    per="front",
    options=("fails", "succeeds"),
    silent="fails",
    facts=("combat.cdb90.fit", "combat.three-to-one.verdict", "combat.causes.artillery"),
    leaves_out="plans of attack; corps and divisions; draws, which count as failures",
)
def result(
    ratio, size, attacker_tanks, defender_tanks, attacker_guns, defender_guns, works, delaying,
    flat, rugged, bare, wooded, wet, winter, second_attacks, late, finnish, edge, p,
):  # fmt: skip
    """Does the week's attack succeed, the attacker holding what he went for?

    ratio           natural logarithm of men engaged, attacker over defender
    size            of their geometric mean over a division of 20,000
    attacker_tanks  per thousand men, logarithm of one more than that over the usual: 0 at two
    defender_tanks
    attacker_guns   per thousand men, logarithm of that over the usual: 0 at two and a half
    defender_guns
    works           0..1    where the defender stands: 0.3 a hasty line, 0.6 a prepared one, 1 a fortress zone
    delaying        0 or 1  he only delays, on his way back
    flat, rugged    0 or 1  ground; neither is rolling
    bare, wooded    0 or 1  cover; neither is mixed
    wet, winter     0..1    rain or thaw; frost; neither is a dry summer
    second_attacks  0 or 1  the side against the Soviet one attacks
    late            0..1    1942 and after
    finnish         0 or 1  that side is Finland
    edge            natural logarithm of effectiveness beyond the record: `battle.edge`
    p                       log-odds: book/parameters/engagement.toml, battle.toml
    returns                 utilities of fails, succeeds
    """
    said = fitted(
        ratio, size, attacker_tanks, defender_tanks, attacker_guns, defender_guns, works, delaying,
        flat, rugged, bare, wooded, wet, winter, second_attacks, late, finnish, p,
    )  # fmt: skip
    return 0.0, said + p.per_edge * edge


@rule(
    "battle.attacker-losses",
    draws="shock",
    per="front",
    facts=("combat.cdb90.fit", "combat.division.loss-rate", "combat.army.loss-rate", "combat.verity.winner"),
    latent=True,
    leaves_out="killed apart from wounded; a link between both sides' luck",
)
def attacker_losses(
    ratio, size, attacker_tanks, defender_tanks, attacker_guns, defender_guns, works, delaying,
    flat, rugged, bare, wooded, wet, winter, second_attacks, late, finnish, edge, gas, won, days, p,
):  # fmt: skip
    """What the week's attack costs the attacker: killed, wounded and missing among the men engaged.

    Inputs as in `battle.result`. The engagements are fitted whatever their result; who wins loses less than that
    fit says, and who attacks in vain more. They lasted two days in the middle; a battle that is fought longer costs
    more, though less than in proportion.

    gas      0 or 1  the defender uses gas
    won      0 or 1  the attack succeeded
    days     >0      days of the week that are fought
    p                logarithms: book/parameters/engagement.toml, battle.toml
    returns          mean and spread of the natural logarithm of the share lost
    """
    said = fitted(
        ratio, size, attacker_tanks, defender_tanks, attacker_guns, defender_guns, works, delaying,
        flat, rugged, bare, wooded, wet, winter, second_attacks, late, finnish, p,
    )  # fmt: skip
    lasted = p.days * log(days / USUAL_DAYS)
    return said - p.per_edge * edge + p.gas * gas + p.won * (won - WON_ON_RECORD) + lasted, p.scatter


@rule(
    "battle.defender-losses",
    draws="shock",
    per="front",
    facts=("combat.cdb90.fit", "combat.division.loss-rate", "combat.army.loss-rate", "combat.verity.winner"),
    latent=True,
    leaves_out="killed apart from wounded; a link between both sides' luck",
)
def defender_losses(
    ratio, size, attacker_tanks, defender_tanks, attacker_guns, defender_guns, works, delaying,
    flat, rugged, bare, wooded, wet, winter, second_attacks, late, finnish, edge, gas, won, days, p,
):  # fmt: skip
    """What the week's attack costs the defender: killed, wounded and missing among the men engaged.

    Inputs as in `battle.result`; prisoners of a pocket come on top. Who is driven out of his line loses near twice
    what he loses who holds it. A battle that is fought longer costs more, though less than in proportion.

    gas      0 or 1  the attacker uses gas
    won      0 or 1  the attack succeeded
    days     >0      days of the week that are fought
    p                logarithms: book/parameters/engagement.toml, battle.toml
    returns          mean and spread of the natural logarithm of the share lost
    """
    said = fitted(
        ratio, size, attacker_tanks, defender_tanks, attacker_guns, defender_guns, works, delaying,
        flat, rugged, bare, wooded, wet, winter, second_attacks, late, finnish, p,
    )  # fmt: skip
    lasted = p.days * log(days / USUAL_DAYS)
    return said + p.per_edge * edge + p.gas * gas + p.won * (won - WON_ON_RECORD) + lasted, p.scatter
