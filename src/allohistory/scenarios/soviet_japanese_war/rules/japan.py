"""Japan at home: divisions for the north, opinion in the army, cabinets, coups, and the surrender."""

from allohistory.luck.arithmetic import exp, log, log1p
from allohistory.scenarios.soviet_japanese_war.rules.units import fading, weekly, within
from allohistory.timeline.rule import rule

WON = 2.0  # how a coup ended: 0 fizzled, 1 shook the state, 2 won
TRIALS, PURGED = 1.0, 2.0  # how the army punished: 0 amnesty, 1 limited, 2 wholesale


@rule(
    "japan.build-up",
    draws="shock",
    facts=(
        "calculus.ratio.divisions.1936",
        "forces.kwantung.1939.divisions",
        "calculus.kwantung.divisions.1945",
    ),
    leaves_out="brigades and garrisons; the sinking worth of divisions after 1943",
)
def japan_build_up(
    divisions_north,
    believed_soviet,
    divisions_china,
    army_expands,
    policy_north,
    fights_america,
    soviet_war_near,
    army_share,
    p,
):
    """How many divisions does Japan add in Manchuria and Korea in a half-year?

    The General Staff wanted a fixed share of what it counted across the border, and got part of the gap each
    year while China took the rest; next to nothing while the whole army stood at its seventeen divisions. With
    America to fight, the north gives divisions to the south, until the last year, when whatever can carry a
    rifle is called up on the spot.

    divisions_north  divisions in Manchuria and Korea
    believed_soviet  Soviet rifle divisions east of Baikal as Tokyo counts them
    divisions_china  divisions held by China
    army_expands     1 once the army has gone beyond the seventeen divisions of 1925 to 1937
    policy_north     1 while national policy puts the north first
    fights_america   1 while at war with America
    soviet_war_near  1 once Germany is beaten: nobody doubts where the Red Army turns next
    army_share       -1, 0, 1: steel goes to the Navy first, to both, to the Army first
    returns          (mean, spread) in divisions

    Rests on    calculus.ratio.divisions.1932 .. 1941, calculus.kwantung.divisions.1942 .. 1945
    """
    gap = p.share_wanted * believed_soviet - divisions_north
    closed = p.share_of_gap * (army_expands + p.before_expansion * (1.0 - army_expands))
    added = closed * gap - p.china_takes * divisions_china + p.policy_north * policy_north
    added += p.army_share * army_share
    if fights_america == 0.0:
        return added, p.spread
    return added - p.south_takes + p.last_levy * soviet_war_near, p.spread_in_great_war


@rule(
    "army.northern-opinion",
    draws="shock",
    latent=True,
    facts=("calculus.faction.north-1934", "calculus.faction.north-1937", "calculus.faction.north-1939"),
    leaves_out="names: who holds which desk",
)
def army_northern_opinion(
    opinion, germany_fights_soviets, years_since_defeat, fights_america, purge_fresh, p
):
    """What share of senior officers is for an early war in the north?

    Opinion drifts back to a quarter. A lost border battle sobers, a German war on the Soviet Union intoxicates,
    a purge of the Red Army tempts a few, and with America on hand the question is closed.

    opinion                 0..1, the last reading
    germany_fights_soviets  1 while it does and has not been stopped
    years_since_defeat      years since the Soviets last won a battle on the border; -1 if never
    fights_america          1 while at war with America
    purge_fresh             1 while the Red Army is being purged
    returns                 (mean, spread) of the share

    Rests on    calculus.faction.north-1934 .. north-1941-09
    """
    mean = opinion + p.pull * (p.usual - opinion)
    mean += p.german_war * germany_fights_soviets + p.purge * purge_fresh
    mean -= p.defeat * fading(years_since_defeat, p.years_of_memory) + p.america * fights_america
    return within(mean, 0.0, 1.0), p.spread


@rule(
    "japan.cabinet-falls",
    draws="clock",
    facts=(
        "regime.event.may-15",
        "regime.event.feb-26",
        "decision.japan.pact-shock",
        "decision.japan.matsuoka-out",
    ),
    leaves_out="who brings it down and who is named; the war minister's veto by name",
)
def japan_cabinet_falls(
    weeks_since_uproar,
    weeks_since_lost_battle,
    weeks_since_turn_in_europe,
    weeks_since_great_defeat,
    fights_america,
    weeks_since_surrender,
    p,
):
    """How soon does one cabinet give way to the next?

    Between 1931 and 1945 the median cabinet lasted eight months, at a rate that hardly changed. A rising in the
    capital ends one within weeks; a lost battle or a shock from Europe shortens its life; in the great war men cling
    to office. A surrender brings down two within two months; then coalitions under an occupier come and go at the
    rate of the thirties.

    weeks_since_uproar          weeks since a coup shook the capital; -1 if none
    weeks_since_lost_battle     weeks since the Soviets last won on the border; -1 if never
    weeks_since_turn_in_europe  weeks since Europe's latest turn; -1 if none
    fights_america              1 while at war with America
    weeks_since_great_defeat    weeks since the Red Army won over ten thousand dead, or a war; -1 if never
    weeks_since_surrender       weeks since the surrender; -1 if there was none
    returns                     expected falls this week (on the day it resigns, or loses the throne's word)

    Rests on    the nineteen premierships of April 1931 to October 1948
    """
    hazard = weekly(p.per_year)
    hazard *= 1.0 + p.after_uproar * fading(weeks_since_uproar, p.uproar_weeks)
    hazard *= 1.0 + p.after_defeat * fading(weeks_since_lost_battle, p.defeat_weeks)
    hazard *= 1.0 + p.after_turn_in_europe * fading(weeks_since_turn_in_europe, p.turn_weeks)
    hazard *= 1.0 + p.after_great_defeat * fading(weeks_since_great_defeat, p.great_defeat_weeks)
    if weeks_since_surrender >= 0.0:
        return hazard * (1.0 + p.after_surrender * fading(weeks_since_surrender, p.surrender_weeks))
    return hazard * p.in_great_war if fights_america > 0.0 else hazard


@rule(
    "japan.coup-attempt",
    draws="clock",
    facts=("regime.coup.rate", "regime.event.october-incident", "regime.event.may-15", "regime.event.kyujo"),
    leaves_out="single assassinations, the Navy's young officers apart from the Army's",
)
def japan_coup_attempt(
    imperial_way, china_at_war, fighting_both, hardship, weeks_since_lost_war, occupied, p
):
    """How soon do officers and their friends try to seize the state?

    Six serious plots in five years from 1931, and none after the purge of the Imperial Way in 1936 until the last
    night of the war: the rate follows the strength of the radical faction, and a war being lost on two fronts
    wakes what is left of it. A lost war makes new ones, unless an occupier sits in Tokyo.

    imperial_way   0..1, strength of the Imperial Way and its young officers
    china_at_war   1 while the army is at war in China: regiments are at the front, and ranks close
    fighting_both  1 while at war with America and the Soviet Union
    hardship       -1..1, hunger in the villages that the recruits come from; 0 as usual
    weeks_since_lost_war  weeks since the last war was lost; -1 if none was
    occupied       1 while an American occupier stands in Tokyo
    returns        expected attempts this week

    Rests on    regime.coup.rate
    """
    hazard = weekly(p.per_year) * (p.others + imperial_way) * (1.0 + p.hardship * hardship)
    if china_at_war > 0.0:
        hazard *= p.during_china_war
    if fighting_both > 0.0:
        hazard *= p.at_the_end
    if 0.0 <= weeks_since_lost_war < p.lost_war_weeks:
        hazard += weekly(p.after_lost_war)
    return hazard * p.when_occupied if occupied > 0.0 else hazard


@rule(
    "coup.outcome",
    draws="choice",
    options=("fizzles", "shakes", "succeeds"),
    facts=("close-run.february-26-success", "regime.coup.feb26.rebels", "close-run.kyujo-success"),
    leaves_out="the emperor's and the generals' part hour by hour",
)
def coup_outcome(imperial_way, fights_america, lost_war, p):
    """Does the plot fizzle, shake the state, or win?

    Most were betrayed or melted away. The rising of February 1936, the greatest, had one chance in ten: the throne
    would not have its ministers murdered, and 24,000 men stood against 1,500.

    imperial_way    0..1, strength of the Imperial Way
    fights_america  1 in the great war, when police and army are wide awake
    lost_war        1 within a year of a lost war, when few will die for those who lost it
    returns         utilities of (fizzles, shakes, succeeds)

    Rests on    close-run.february-26-success, close-run.kyujo-success
    """
    reach = p.per_imperial_way * (imperial_way - 0.5) - p.wartime_police * fights_america
    shakes, succeeds = p.shakes + reach, p.succeeds + reach
    return 0.0, shakes + p.lost_war_shakes * lost_war, succeeds + p.lost_war_succeeds * lost_war


@rule(
    "army.punishes",
    draws="choice",
    options=("amnesty", "limited", "wholesale"),
    silent="amnesty",
    facts=("regime.coup.feb26.executed", "decision.japan.fall-of-imperial-way"),
    leaves_out="the courts-martial themselves",
)
def army_punishes(shook_the_state, imperial_way, p):
    """How hard does the Army punish those who rose and were put down?

    Plotters who only talked went free with a smile. When ministers lay dead and the emperor was angry, in 1936, the
    Control group used the occasion to sweep a whole faction out of the army.

    shook_the_state  1 if the rising shook the state, 0 if it fizzled
    imperial_way     0..1: a strong faction protects its own
    returns          utilities of (amnesty, limited, wholesale)

    Rests on    decision.japan.fall-of-imperial-way, regime.coup.feb26.executed
    """
    protected = p.protection * imperial_way
    limited = p.limited + p.limited_if_shaken * shook_the_state - protected
    return 0.0, limited, p.wholesale + p.wholesale_if_shaken * shook_the_state - protected


@rule(
    "japan.imperial-way",
    draws="nothing",
    facts=("decision.japan.nagata-murder", "decision.japan.fall-of-imperial-way"),
    leaves_out="generals and captains apart; the slow work of postings",
)
def imperial_way(strength, outcome, punishment, p):
    """How strong is the Imperial Way after an attempt has run its course?

    A win makes it master of the army; an amnesty emboldens it, limited trials clip it, a wholesale purge ends it.

    strength    0..1 before
    outcome     0 fizzled, 1 shook the state, 2 won
    punishment  0 amnesty, 1 limited, 2 wholesale
    returns     0..1
    """
    if outcome == WON:
        return p.after_victory
    if punishment == PURGED:
        return strength * p.kept_after_purge
    if punishment == TRIALS:
        return strength * p.kept_after_trials
    return min(strength + p.gained_by_amnesty, 1.0)


@rule(
    "japan.surrenders",
    draws="clock",
    facts=(
        "decision.japan.seidan",
        "decision.japan.surrender",
        "calculus.end.suzuki",
        "close-run.surrender-without-soviets",
        "close-run.surrender-without-bombs",
        "close-run.surrender-without-either",
    ),
    leaves_out="the six of the council by name; the cables to Moscow; raids and blockade but for food",
)
def japan_surrenders(
    years_of_war,
    weeks_since_bomb,
    later_bomb,
    bombs,
    weeks_since_soviet_entry,
    throne_named,
    hunger,
    chiefs_against,
    premier_asks,
    invaded,
    for_peace,
    coup_rules,
    p,
):
    """How soon does the throne rule that a Japan at war with America surrenders, and the voice go out?

    A council split three to three could not say that the war was lost. The bomb gave the throne an enemy whom no army
    could have met; Soviet entry killed mediation through Moscow, the Army's only road; the two together, within four
    days, left no road at all. Historians give either alone an even chance by November, and neither one in four. A war
    that is young has not exhausted Japan, but bombs by the dozen do what years do.

    years_of_war              of war with America
    weeks_since_bomb          weeks since the first atomic bomb; -1 if none
    later_bomb                0 or 1  another within a fortnight
    bombs                     atomic bombs fallen so far
    weeks_since_soviet_entry  weeks of war with the Soviet Union; -1 if none
    throne_named              0 or 1  the terms say that the dynasty may stay
    hunger                    0..1    food between 2,000 and 1,700 kilocalories a head a day, or less
    chiefs_against            0 or 1  the chiefs of the Army stand together against it
    premier_asks              0 or 1  a premier who will ask the throne to rule
    invaded                   0..2    American landings on the main islands
    for_peace                 0 or 1  a cabinet of peace, or revolutionaries, rule
    coup_rules                0 or 1  men who seized the state to fight on hold it
    p                         in log-odds a week: book/parameters/japan.toml, peace.toml
    returns                   expected surrenders this week
    """
    lean = p.leaning + p.throne_named * throne_named + p.hunger * hunger + p.later_bomb * later_bomb
    lean += p.premier_asks * premier_asks - p.chiefs_against * chiefs_against + p.invaded * invaded
    lean += p.for_peace * for_peace - p.coup_rules * coup_rules
    if years_of_war + bombs / p.bombs_a_year < p.years_to_exhaustion:
        lean -= p.before_exhaustion
    lean += p.bomb * fading(weeks_since_bomb, p.bomb_weeks)
    lean += p.per_doubling * max(log(max(bombs, 1.0) / p.usual_bombs) / log(2.0), 0.0)
    if weeks_since_soviet_entry >= 0.0:
        lean += p.soviets_last + p.soviet_shock * fading(weeks_since_soviet_entry, p.soviet_weeks)
        if weeks_since_bomb >= 0.0:
            lean += p.both
    return log1p(exp(lean))
