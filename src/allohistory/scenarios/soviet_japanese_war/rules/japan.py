"""Japan at home: cabinets, coups, factions, divisions, oil, beliefs about the Red Army, and its treaties."""

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.rules.units import fading, weekly, within
from allohistory.timeline.rule import rule

PURGE_BEGUN, PURGE_HALTED = 1.0, 3.0  # stages of ussr.purge
WON = 2.0  # how a coup ended: 0 fizzled, 1 shook the state, 2 won
TRIALS, PURGED = 1.0, 2.0  # how the army punished: 0 amnesty, 1 limited, 2 wholesale
NO_OIL = 4.0  # the last of the American steps


@rule(
    "japan.build-up",
    draws="shock",
    facts=("calculus.ratio.divisions.1936", "forces.kwantung.1939.divisions", "calculus.kwantung.divisions.1945"),
    leaves_out="brigades, garrisons, tanks and aircraft; the sinking worth of divisions after 1943",
)
def japan_build_up(divisions_north, believed_soviet, divisions_china, policy_north, fights_america, soviet_war_near, p):
    """How many divisions does Japan add in Manchuria and Korea in a half-year?

    The General Staff wanted a fixed share of what it counted across the border, and got part of the gap each year
    while China took the rest. With America to fight, the north gives divisions to the south, until the last year,
    when whatever can carry a rifle is called up on the spot.

    divisions_north  divisions in Manchuria and Korea
    believed_soviet  Soviet rifle divisions east of Baikal as Tokyo counts them
    divisions_china  divisions held by China
    policy_north     1 while national policy puts the north first
    fights_america   1 while at war with America
    soviet_war_near  1 once Germany is beaten: nobody doubts where the Red Army turns next
    returns          (mean, spread) in divisions

    Rests on    calculus.ratio.divisions.1932 .. 1941, calculus.kwantung.divisions.1942 .. 1945
    """
    gap = p.share_wanted * believed_soviet - divisions_north
    added = p.share_of_gap * gap - p.china_takes * divisions_china + p.policy_north * policy_north
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
def army_northern_opinion(opinion, germany_fights_soviets, years_since_defeat, fights_america, purge_fresh, p):
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
    facts=("regime.event.may-15", "regime.event.feb-26", "decision.japan.pact-shock", "decision.japan.matsuoka-out"),
    leaves_out="who brings it down and who is named; the war minister's veto by name",
)
def japan_cabinet_falls(
    weeks_since_uproar, weeks_since_lost_battle, weeks_since_turn_in_europe, fights_america, surrendered, p
):
    """How soon does one cabinet give way to the next?

    Between 1931 and 1945 the median cabinet lasted eight months, at a rate that hardly changed. A rising in the
    capital ends one within weeks; a lost battle, a shock from Europe or a surrender shortens its life; in the great
    war men cling to office.

    weeks_since_uproar          weeks since a coup shook the capital; -1 if none
    weeks_since_lost_battle     weeks since the Soviets last won on the border; -1 if never
    weeks_since_turn_in_europe  weeks since Europe's latest turn; -1 if none
    fights_america              1 while at war with America
    surrendered                 1 after the surrender
    returns                     expected falls this week (on the day the next cabinet takes office)

    Rests on    the fifteen premierships of April 1931 to October 1945
    """
    hazard = weekly(p.per_year)
    hazard *= 1.0 + p.after_uproar * fading(weeks_since_uproar, p.uproar_weeks)
    hazard *= 1.0 + p.after_defeat * fading(weeks_since_lost_battle, p.defeat_weeks)
    hazard *= 1.0 + p.after_turn_in_europe * fading(weeks_since_turn_in_europe, p.turn_weeks)
    if surrendered > 0.0:
        return hazard * p.after_surrender
    return hazard * p.in_great_war if fights_america > 0.0 else hazard


@rule(
    "japan.coup-attempt",
    draws="clock",
    facts=("regime.coup.rate", "regime.event.october-incident", "regime.event.may-15", "regime.event.kyujo"),
    leaves_out="single assassinations, the Navy's young officers apart from the Army's",
)
def japan_coup_attempt(imperial_way, fighting_both, p):
    """How soon do officers and their friends try to seize the state?

    Six serious plots in five years from 1931, and none after the purge of the Imperial Way in 1936 until the last
    night of the war: the rate follows the strength of the radical faction, and a war being lost on two fronts
    wakes what is left of it.

    imperial_way   0..1, strength of the Imperial Way and its young officers
    fighting_both  1 while at war with America and the Soviet Union
    returns        expected attempts this week

    Rests on    regime.coup.rate
    """
    hazard = weekly(p.per_year) * (p.others + imperial_way)
    return hazard * p.at_the_end if fighting_both > 0.0 else hazard


@rule(
    "coup.outcome",
    draws="choice",
    options=("fizzles", "shakes", "succeeds"),
    facts=("close-run.february-26-success", "regime.coup.feb26.rebels", "close-run.kyujo-success"),
    leaves_out="the emperor's and the generals' part hour by hour",
)
def coup_outcome(imperial_way, fights_america, p):
    """Does the plot fizzle, shake the state, or win?

    Most were betrayed or melted away. The rising of February 1936, the greatest, had one chance in ten: the throne
    would not have its ministers murdered, and 24,000 men stood against 1,500.

    imperial_way    0..1, strength of the Imperial Way
    fights_america  1 in the great war, when police and army are wide awake
    returns         utilities of (fizzles, shakes, succeeds)

    Rests on    close-run.february-26-success, close-run.kyujo-success
    """
    reach = p.per_imperial_way * (imperial_way - 0.5) - p.wartime_police * fights_america
    return 0.0, p.shakes + reach, p.succeeds + reach


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


@rule("japan.imperial-way", draws="nothing", facts=("decision.japan.nagata-murder", "decision.japan.fall-of-imperial-way"))
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
    "tokyo.answers-pact-offer",
    draws="choice",
    key="pact-offer",
    options=("sign", "leave-open", "decline"),
    facts=("decision.ussr.offer-pact-1931", "decision.japan.refuse-nonaggression-pact"),
    leaves_out="the Foreign Ministry's own division",
)
def tokyo_answers_pact_offer(northern_opinion, imperial_way, p):
    """Does Japan sign the non-aggression pact that Litvinov offered, leave it open, or decline?

    Tokyo let the offer lie for a year. The army wanted its hands free and feared for discipline if it befriended
    Bolsheviks; diplomats saw a cheap guard for Manchukuo's back.

    northern_opinion  0..1, share of senior officers for an early northern war
    imperial_way      0..1, strength of the Imperial Way, whose war minister held the veto
    returns           utilities of (sign, leave-open, decline)

    Rests on    decision.japan.refuse-nonaggression-pact
    """
    return p.sign - p.army_veto * (northern_opinion + imperial_way), p.leave_open, 0.0


@rule(
    "tokyo.railway",
    draws="choice",
    options=("drag", "buy", "seize"),
    silent="drag",
    facts=("decision.ussr.sell-cer", "decision.japan.cer-purchase"),
    leaves_out="the price",
)
def tokyo_railway(quarters_of_talk, northern_opinion, policy_north, p):
    """Does Tokyo let the talks on the Chinese Eastern Railway drag, buy the line, or seize it?

    It haggled for two years over a line that it could have taken in a week; a sale cheaply removed a strategic
    liability of both. Seizure was the wish of a part of the Kwantung Army, and would have meant a war scare.

    quarters_of_talk  quarters since Moscow offered the line
    northern_opinion  0..1, share of senior officers for an early northern war
    policy_north      1 while national policy puts the north first
    returns           utilities of (drag, buy, seize), asked each quarter until settled

    Rests on    decision.japan.cer-purchase, decision.ussr.sell-cer
    """
    seize = p.seize + p.hawks_seize * northern_opinion + p.policy_north * policy_north
    return 0.0, p.buy + p.per_quarter * quarters_of_talk, seize


@rule(
    "tokyo.anti-comintern",
    draws="clock",
    facts=("decision.japan.anti-comintern-pact", "calculus.axis.anti-comintern-secret"),
    leaves_out="Oshima and Ribbentrop behind their ministries",
)
def tokyo_anti_comintern(years_after_1935, mongolia_pledged, p):
    """How soon do Berlin and Tokyo bind themselves against the Comintern?

    A staff officer's idea of 1935, signed in November 1936, when Moscow had pledged itself to Mongolia and both
    wanted company more than obligations.

    years_after_1935  years since the start of 1935 (below 0 before)
    mongolia_pledged  1 once Moscow has publicly pledged Mongolia's defence
    returns           expected signatures this week
    """
    hazard = weekly(p.per_year) * (p.after_pledge if mongolia_pledged > 0.0 else 1.0)
    return hazard if years_after_1935 >= 0.0 else hazard * p.ahead_of_time


@rule(
    "tokyo.tripartite",
    draws="clock",
    facts=("decision.japan.tripartite-pact", "decision.japan.axis-alliance-1939"),
    leaves_out="the Navy's price for its consent",
)
def tokyo_tripartite(france_fallen, germany_dealt_with_moscow, policy_south, anti_comintern, p):
    """How soon does Japan sign an alliance with Germany?

    Seventy meetings of 1939 came to nothing while the Navy feared a war with Britain; with France gone and the
    south open it was a matter of weeks. Hitler's deal with Moscow is resented for a year, until victory heals it.

    france_fallen              1 once it has
    germany_dealt_with_moscow  1 after the German-Soviet pact
    policy_south               1 while national policy puts the south first
    anti_comintern             1 once that pact is signed
    returns                    expected signatures this week

    Rests on    decision.japan.axis-alliance-1939, decision.japan.tripartite-pact
    """
    hazard = weekly(p.per_year) * (1.0 if anti_comintern > 0.0 else p.without_anti_comintern)
    if france_fallen > 0.0:
        hazard *= p.after_france
    elif germany_dealt_with_moscow > 0.0:
        hazard *= p.after_betrayal
    return hazard * p.policy_south if policy_south > 0.0 else hazard


@rule(
    "tokyo.enters-indochina",
    draws="clock",
    per="indochina",
    facts=("decision.japan.southern-indochina", "decision.japan.southern-turn-1940"),
    leaves_out="what Hanoi and Vichy grant or refuse",
)
def tokyo_enters_indochina(per_year, policy_south, china_at_war, northern_flank_free, fights_soviets, p):
    """How soon does Japan occupy a part of French Indochina?

    The north was entered to close Chiang's railway, the south to have airfields within reach of Malaya. Both wait
    for a France that cannot resist, and are less urgent without a China war.

    per_year             firings a year expected of this part in quiet circumstances
    policy_south         1 while national policy names the south among its aims
    china_at_war         1 while the China war goes on
    northern_flank_free  1 while Germany ties the Red Army down
    fights_soviets       1 in a theatre war or more
    returns              expected entries this week
    """
    hazard = weekly(per_year)
    hazard *= 1.0 if china_at_war > 0.0 else p.without_china_war
    hazard *= p.policy_south if policy_south > 0.0 else 1.0
    hazard *= p.northern_flank_free if northern_flank_free > 0.0 else 1.0
    return hazard * p.while_north_burns if fights_soviets > 0.0 else hazard


@kernel
def northern_indochina(p):
    """The north, with the railway from Haiphong to Kunming."""
    return p.north_per_year


@kernel
def southern_indochina(p):
    """The south, with Saigon's airfields and Camranh Bay."""
    return p.south_per_year


@rule(
    "neutrality.pact",
    draws="clock",
    facts=("decision.japan.neutrality-pact", "decision.ussr.neutrality-1941"),
    leaves_out="the Sakhalin concessions as its price",
)
def neutrality_pact(germany_dealt_with_moscow, japan_allied, germany_fights_soviets, policy_south, p):
    """How soon do Tokyo and Moscow sign a pact of neutrality?

    Once Germany had dealt with Moscow, Matsuoka wanted the north quiet for the way south, and Stalin wanted the
    east quiet before Germany came. Without that deal there was little to bring them together.

    germany_dealt_with_moscow  1 after the German-Soviet pact
    japan_allied               1 after the three-power pact
    germany_fights_soviets     1 once it does: then Tokyo keeps its hands free
    policy_south               1 while national policy puts the south first
    returns                    expected signatures this week

    Rests on    decision.japan.neutrality-pact, decision.ussr.neutrality-1941
    """
    hazard = weekly(p.per_year)
    hazard *= 1.0 if germany_dealt_with_moscow > 0.0 else p.without_german_deal
    hazard *= p.after_alliance if japan_allied > 0.0 else 1.0
    hazard *= p.policy_south if policy_south > 0.0 else 1.0
    return hazard * p.during_german_war if germany_fights_soviets > 0.0 else hazard


@rule(
    "japan.oil",
    draws="nothing",
    facts=("sea.oil.stock.1937", "sea.oil.stock.1941", "sea.oil.stock.1945", "sea.oil.northern-war"),
    leaves_out="kinds of oil; tankers; what the Indies give month by month",
)
def japan_oil(stock, embargo, war_in_europe, fights_america, fights_soviets, p):
    """How much oil lies in Japan's tanks a week later?

    In peace the Navy fills its tanks; with Europe at war imports only just keep up. Cut off, Japan burns more than a
    million barrels a month out of stock; the Indies slow the fall but do not stop it. A northern war burns some
    twenty million barrels a year on top.

    stock           million barrels now
    embargo         0..4, steps taken by Washington; 4 is no oil
    war_in_europe   1 while it goes on
    fights_america  1 while at war with America (and holding the Indies)
    fights_soviets  1 in a general war
    returns         million barrels next week, never below an unusable rest

    Rests on    sea.oil.stock.1937 .. 1945, sea.oil.northern-war
    """
    change = p.gain_in_peace - p.squeeze_of_european_war * war_in_europe
    if fights_america > 0.0:
        change = -p.loss_in_great_war
    elif embargo == NO_OIL:
        change = -p.loss_cut_off
    change -= p.northern_war * fights_soviets
    return within(stock + weekly(change), p.rest, p.tanks)


@rule(
    "japan.beliefs-divisions",
    draws="nothing",
    facts=("calculus.ratio.divisions.1936", "calculus.ratio.lyushkov-soviet-divisions", "forces.sov-fe.1938-01.plan-divisions"),
    leaves_out="tanks and aircraft, which Tokyo undercounts by more",
)
def believed_divisions(believed, true_divisions, weeks_since_defector, soviets_fight_germany, germany_beaten, p):
    """How many Soviet rifle divisions does Tokyo count east of Baikal a week later?

    Its attaches and decrypts count a tenth too many until 1941 and see a change after a few months. A defector with
    the order of battle in his head corrects the count at once. In 1945 Tokyo counts far too few: it sees the trains
    late and hopes they are not there.

    believed              counted now
    true_divisions        there in truth
    weeks_since_defector  weeks since a high officer came over; -1 if none
    soviets_fight_germany 1 while they do: fewer eyes on the line, but the trains going west are seen
    germany_beaten        1 once it is
    returns               counted next week

    Rests on    calculus.ratio.divisions.1932 .. 1941, calculus.ratio.lyushkov-soviet-divisions
    """
    target = true_divisions * (p.blind_in_1945 if germany_beaten > 0.0 else p.overcount)
    pace = p.pace_in_war if soviets_fight_germany > 0.0 else p.pace
    pace = max(pace, p.defector_tells * fading(weeks_since_defector, p.defector_weeks))
    return believed + (target - believed) * min(pace, 1.0)


@rule(
    "japan.beliefs-quality",
    draws="nothing",
    facts=("purge.assess.japan.error-tanks", "forces.quality.prior.sov-1938", "calculus.kantokuen.diary-22-july"),
    leaves_out="the difference between the staff in Tokyo and the men who were beaten",
)
def believed_quality(
    believed, purge_stage, weeks_since_defector, weeks_since_defeat, weeks_since_victory, german_progress, finland_shame, p
):
    """What does Tokyo think a Soviet division is worth, in Japanese ones, a week later?

    An old contempt (1905 was won against odds), less so after each lost battle, more so while Stalin shoots his
    generals, after Finland, and in the first months of the German war. Defeat teaches for a few years only.

    believed              worth now
    purge_stage           0 none, 1 begun, 2 in the East, 3 halted
    weeks_since_defector  weeks since a high officer came over with tales of terror; -1 if none
    weeks_since_defeat    weeks since the Soviets last won on the border; -1 if never
    weeks_since_victory   weeks since Japan last won there; -1 if never
    german_progress       -1 stopped, 0 open, 1 at the gates of Moscow
    finland_shame         0..1, fresh memory of the Winter War
    returns               worth next week

    Rests on    purge.assess.japan.error-tanks, forces.quality.prior.sov-1938
    """
    target = p.usual - (p.purge if PURGE_BEGUN <= purge_stage < PURGE_HALTED else 0.0)
    target -= p.defector * fading(weeks_since_defector, p.months_of_tales) + p.finland * finland_shame
    target += p.defeat * fading(weeks_since_defeat, p.memory) - p.victory * fading(weeks_since_victory, p.memory)
    target -= p.germans_advance * max(german_progress, 0.0) + p.germans_stopped * min(german_progress, 0.0)
    return believed + (target - believed) * p.pace


@rule(
    "japan.mobilisable",
    draws="nothing",
    facts=("calculus.plan.1934.japan-mobilisable", "calculus.plan.1938.minimum", "calculus.kantokuen.tanaka-wish"),
)
def japan_mobilisable(divisions_north, divisions_china, years_after_1937, japan_fights_america, p):
    """How many divisions does Tokyo think it could have in the north after mobilising?

    Thirty by the plan of 1934; China takes its share of that and more than its share of shells; the army grows by
    a few divisions a year from 1937; a Pacific war takes the rest.

    divisions_north       divisions in Manchuria and Korea
    divisions_china       divisions held by China
    years_after_1937      years since the start of 1937 (0 before)
    japan_fights_america  1 while it does
    returns               divisions

    Rests on    calculus.plan.1934.japan-mobilisable, calculus.kantokuen.plan-25
    """
    mobilised = p.in_peace - p.china_share * divisions_china + p.growth_a_year * max(years_after_1937, 0.0)
    return max(mobilised - p.south_takes * japan_fights_america, divisions_north)


@rule(
    "japan.soviet-mobilisable",
    draws="nothing",
    facts=("calculus.plan.1934.soviet-mobilisable", "log.tsr.train-need.sov-rd", "calculus.soviet.plan-east.rifle"),
)
def soviet_mobilisable(believed_divisions, trains_a_day, tied_in_europe, p):
    """How many Soviet divisions does Tokyo think would stand against it after mobilisation?

    Those it counts in the East, and what the Siberian railway can bring in the first months, less what Europe ties.

    believed_divisions  Soviet rifle divisions in the East as Tokyo counts them
    trains_a_day        train pairs a day east of Baikal
    tied_in_europe      0..1, share of the rest that Europe claims
    returns             divisions

    Rests on    calculus.plan.1934.soviet-mobilisable
    """
    return believed_divisions + p.per_train_pair * trains_a_day * (1.0 - tied_in_europe)


@rule(
    "japan.surrenders",
    draws="clock",
    facts=("decision.japan.seidan", "decision.japan.surrender", "close-run.surrender-without-either"),
    leaves_out="the split of the Big Six, the terms, the throne's place in them",
)
def japan_surrenders(years_of_war, weeks_since_bomb, weeks_since_soviet_entry, coup_rules, p):
    """How soon does a Japan at war with America surrender?

    Bombs and blockade had beaten it by the summer of 1945, but a cabinet split three to three could not say so. The
    atomic bomb and the Soviet entry, which killed the last hope of mediation, together gave the emperor his moment
    within days; historians think either alone would have needed until the autumn.

    years_of_war              years of war with America
    weeks_since_bomb          weeks since the first atomic bomb; -1 if none
    weeks_since_soviet_entry  weeks of war with the Soviet Union; -1 if none
    coup_rules                1 while men who seized the state to fight on hold it
    returns                   expected surrenders this week

    Rests on    close-run.surrender-without-soviets, -without-bombs, -without-either, decision.japan.seidan
    """
    hazard = weekly(p.per_year) * (1.0 if years_of_war >= p.years_to_exhaustion else p.before_exhaustion)
    if weeks_since_bomb >= 0.0:
        hazard *= p.after_bomb
    if weeks_since_soviet_entry >= 0.0:
        hazard *= p.after_soviet_entry
    return hazard * p.under_coup if coup_rules > 0.0 else hazard
