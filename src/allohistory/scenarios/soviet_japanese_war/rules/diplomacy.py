"""Japan abroad: the pact that Moscow offered, the railway, Berlin, Indochina, neutrality."""

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.rules.units import weekly
from allohistory.timeline.rule import rule


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
    germany_dealt_with_moscow  1 after the German-Soviet pact, while it holds
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
    "berlin.tells-tokyo",
    draws="choice",
    options=("hides", "confides", "asks-to-strike"),
    silent="hides",
    facts=(
        "decision.germany.hide-barbarossa",
        "calculus.axis.barbarossa-warning",
        "calculus.axis.joint-planning",
        "decision.germany.ask-japan-north",
        "europe.berlin-talks-1941",
    ),
    leaves_out="what Oshima guessed; what Moscow would have learnt of it from Tokyo; joint staffs",
)
def berlin_tells_tokyo(red_army_image, japan_fights_soviets, policy_south, p):
    """Does Berlin hide its attack on the Soviet Union from Tokyo, tell it in time, or ask it to strike too?

    Hitler wanted Singapore from Japan and the East for himself. Matsuoka sat in Berlin for a week twelve weeks before
    the attack, heard that relations were bad, and went home by way of Moscow with a pact; Vladivostok was asked for
    only when the war was a week old. A Red Army that Berlin feared would have been worth an ally.

    red_army_image        what Europe thinks of the Red Army, 0 as in 1936
    japan_fights_soviets  1 in a theatre war or more
    policy_south          1 while Tokyo's policy puts the south first, where Berlin wants it to go
    returns               utilities of (hides, confides, asks-to-strike), asked of an ally each quarter from the fall of
                          France until Germany attacks or has told

    Rests on    decision.germany.hide-barbarossa, calculus.axis.joint-planning
    """
    lean = p.per_image * red_army_image + p.japan_fights * japan_fights_soviets - p.singapore * policy_south
    return 0.0, p.confides + lean, p.asks + lean


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
def neutrality_pact(
    germany_dealt_with_moscow, japan_allied, germany_fights_soviets, policy_south, berlin_word, p
):
    """How soon do Tokyo and Moscow sign a pact of neutrality?

    Once Germany had dealt with Moscow, Matsuoka wanted the north quiet for the way south, and Stalin wanted the
    east quiet before Germany came. Without that deal there was little to bring them together.

    germany_dealt_with_moscow  1 after the German-Soviet pact
    japan_allied               1 after the three-power pact
    germany_fights_soviets     1 once it does: then Tokyo keeps its hands free
    policy_south               1 while national policy puts the south first
    berlin_word                1, 2 where Berlin has told Tokyo that it will attack, or asked it to strike too
    returns                    expected signatures this week

    Rests on    decision.japan.neutrality-pact, decision.ussr.neutrality-1941
    """
    hazard = weekly(p.per_year) * (p.when_told if berlin_word > 0.0 else 1.0)
    hazard *= 1.0 if germany_dealt_with_moscow > 0.0 else p.without_german_deal
    hazard *= p.after_alliance if japan_allied > 0.0 else 1.0
    hazard *= p.policy_south if policy_south > 0.0 else 1.0
    return hazard * p.during_german_war if germany_fights_soviets > 0.0 else hazard
