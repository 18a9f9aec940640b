"""National policy: when Tokyo thinks again, what it puts on paper, and whether it strikes north or south."""

from allohistory.luck.arithmetic import NEVER, exp, log, log1p, ratio
from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.rules.units import TENTH, fading, weekly, within
from allohistory.timeline.rule import rule


@kernel
def tenths_above(share, usual):
    """By how many tenths a share lies above the usual one; 0 below it."""
    return max(share - usual, 0.0) / TENTH


@kernel
def doublings(theirs, ours):
    """By how many doublings they outnumber us (below 0: we them)."""
    return log(ratio(theirs, ours, 1.0)) / log(2.0)


@kernel
def nested(prepare, attack):
    """Utilities of (wait, prepare, attack) under which to strike and to make ready are two separate questions.

    prepare  log-odds of making ready, given that war is not decided on
    attack   log-odds of deciding for war
    """
    wait = -log1p(exp(prepare))  # so that exp(wait) + exp(prepare + wait) = 1
    return wait, prepare + wait, attack


@rule(
    "tokyo.reviews-policy",
    draws="clock",
    facts=(
        "decision.japan.five-ministers-1933",
        "decision.japan.fundamentals-national-policy",
        "decision.japan.southern-turn-1940",
        "decision.japan.july-2-1941",
    ),
    leaves_out="the many liaison conferences that decided nothing",
)
def tokyo_reviews_policy(
    weeks_since_review,
    weeks_since_cabinet,
    weeks_since_lost_battle,
    weeks_since_world_shaken,
    oil_stopped,
    p,
):
    """How soon do Army, Navy and cabinet sit down to decide where Japan is going?

    Once in a few years of their own accord; within weeks when a new cabinet takes office, when the Red Army has won
    a battle, or when the powers of Europe change sides or fall; and every month or two once the oil has stopped.
    What has just been settled between the services is not opened again for some weeks.

    weeks_since_review        weeks since the last review; -1 if there was none
    weeks_since_cabinet       weeks since the last cabinet took over; -1 if none did
    weeks_since_lost_battle   weeks since the Soviets last won on the border; -1 if never
    weeks_since_world_shaken  weeks since the last turn in Europe that changed what Japan could do: a German-Soviet
                              pact, war, the fall of France, war between Germany and the Soviet Union; -1 if none
    oil_stopped               1 under a total embargo, until it has led to war
    returns                   expected reviews this week

    Rests on    the dates of the reviews of 1933 to 1942
    """
    lean = p.new_cabinet * fading(weeks_since_cabinet, p.cabinet_weeks)
    lean += p.lost_battle * fading(weeks_since_lost_battle, p.battle_weeks)
    lean += p.world_shaken * fading(weeks_since_world_shaken, p.shaken_weeks)
    lean = max(lean, p.oil_stopped * oil_stopped)
    rested = 1.0 - fading(weeks_since_review, p.rest_weeks)
    return weekly(p.per_year) * exp(lean) * rested


@rule(
    "tokyo.national-policy",
    draws="choice",
    options=("consolidate", "both-on-paper", "south", "north"),
    facts=(
        "decision.japan.defence-policy-1936",
        "decision.japan.fundamentals-national-policy",
        "decision.japan.southern-turn-1940",
    ),
    leaves_out="shipping and foreign exchange, which the words were also about",
)
def tokyo_national_policy(
    years_after_1935,
    france_fallen,
    germany_fights_soviets,
    years_since_defeat,
    china_share,
    embargo,
    northern_opinion,
    army_share,
    berlin_asks,
    p,
):
    """What does a review put on paper: consolidate first, both enemies at once, south, or north?

    Army and Navy write budgets, not strategy: with money short they consolidate, with money both get their enemy.
    A victorious Germany opens the south; only a German war on the Soviet Union brings the north back.

    years_after_1935        years since the start of 1935 (below 0 before): rearmament has begun
    france_fallen           1 once the Indies and Indochina are orphaned
    germany_fights_soviets  1 while it does
    years_since_defeat      years since the Soviets last won on the border; -1 if never
    china_share             divisions held by China as a share of twenty
    embargo                 0..4, steps taken by Washington; fewer where oil of Japan's own takes their sting
    northern_opinion        0..1, share of senior officers for an early northern war
    army_share              -1, 0, 1: steel goes to the Navy first, to both, to the Army first
    berlin_asks             0, 1/2, 1: Berlin is silent, has told of its attack, asks Tokyo to strike too
    returns                 utilities of (consolidate, both-on-paper, south, north)

    Rests on    decision.japan.defence-policy-1936, decision.japan.southern-turn-1940
    """
    remembered = fading(years_since_defeat, p.years_of_memory)
    both = p.both + p.both_with_money * within(years_after_1935, 0.0, 1.0)
    south = p.south + p.south_orphaned * france_fallen + p.south_for_oil * embargo
    south += p.defeat_turns_south * remembered - p.quota * army_share
    north = p.north + p.german_war * germany_fights_soviets - p.china_against_north * china_share
    north += p.per_tenth_of_opinion * tenths_above(northern_opinion, p.usual_opinion) + p.quota * army_share
    north += p.for_berlin * berlin_asks - p.defeat_against_north * remembered
    return 0.0, both + p.both_in_german_war * germany_fights_soviets, south, north


@rule(
    "tokyo.strikes-north",
    draws="choice",
    options=("wait", "prepare", "attack"),
    silent="wait",
    facts=(
        "close-run.kantokuen",
        "close-run.kantokuen-if-halved",
        "close-run.kantokuen-no-embargo",
        "calculus.kantokuen.trigger.divisions",
        "calculus.kantokuen.decide-by",
        "calculus.faction.cabinet-veto",
        "calculus.plan.1936.duration",
    ),
    leaves_out="the axis of attack, the Navy's aircraft on the first day, surprise",
)
def tokyo_strikes_north(
    alone, years_after_1937, outnumbered, east_left, german_progress, fortnights_late, china_share, navy_against,
    embargo, years_since_defeat, neutrality_pact, assembled, fights_america, northern_opinion, bombers,
    policy_north, renovation, berlin_asks, coalition, reach, fresh_peace, p,
):  # fmt: skip
    """Does Tokyo wait, make ready in secret, or decide for war with the Soviet Union?

    Every staff study counted the same things: Soviet divisions, trains, bombers, days to winter, and who else would
    fight. Tokyo waited each time but in July 1941, when it made ready for a Soviet collapse that did not come.

    alone               1 while nobody else fights the Soviet Union
    years_after_1937    years since the start of 1937, when the army's industrial plan began (below 0 before)
    outnumbered         doublings by which Tokyo thinks the Soviets stronger, both mobilised
    east_left           believed Soviet divisions in the East as a share of those before the German attack
    german_progress     -1 stopped, 0 open, 1 at the gates of Moscow
    fortnights_late     fortnights past 10 August, until March: no campaign before winter
    china_share         0..1, divisions held by China as a share of twenty
    navy_against        0..1, how far the Navy stands against it; it can fell the cabinet
    embargo             1 under a total oil embargo; less where oil of its own takes its sting
    years_since_defeat  years since the Soviets last won on the border; -1 if never
    neutrality_pact     1 once signed
    assembled           1 while the divisions stand ready
    fights_america      1 while at war with America
    northern_opinion    0..1, share of senior officers for an early northern war
    bombers             Soviet bombers that can reach Honshu
    policy_north        1 while national policy puts the north first
    renovation          1 while men who won by a coup rule
    berlin_asks         0, 1/2, 1: Berlin is silent, has told of its attack, asks Tokyo to strike too
    coalition           1 while Moscow fights Germany beside an unbeaten France: to strike is to fight them all
    reach               doublings by which Tokyo thinks its own supply reaches farther than its staffs reckoned
    fresh_peace         0..1, a war of the two has just ended; fades in three years
    returns             utilities of (wait, prepare, attack)

    Rests on    close-run.kantokuen and its two variants, calculus.kantokuen.*, calculus.faction.*
    """
    unready = within(1.0 - years_after_1937 / p.plan_years, 0.0, p.least_ready)
    late = min(fortnights_late, p.latest)
    mood = p.per_tenth_of_opinion * tenths_above(northern_opinion, p.usual_opinion)
    mood += p.renovation * renovation - p.fights_america * fights_america
    emptied = p.east_emptied * max(p.east_full - east_left, 0.0)
    attack = p.attack + mood + emptied + p.assembled * assembled + p.policy_north * policy_north
    attack -= p.alone * alone + p.unready * unready + p.per_doubling * outnumbered
    attack += p.germans_advance * max(german_progress, 0.0) + p.germans_stopped * min(german_progress, 0.0)
    attack -= p.per_fortnight_late * late + p.china * china_share + p.navy * navy_against
    attack -= (
        p.embargo * embargo
        + p.neutrality * neutrality_pact
        + p.bombers * (1.0 if bombers > p.many_bombers else 0.0)
    )
    attack += p.for_berlin * berlin_asks - p.coalition * coalition
    attack += p.per_doubling_of_reach * reach - p.fresh_peace * fresh_peace
    attack -= p.defeat * fading(years_since_defeat, p.years_of_memory)
    prepare = p.prepare + mood + p.keep_ready * assembled + p.ready_for_north * policy_north
    prepare += p.german_war * (1.0 - alone) + p.ready_if_germans * min(german_progress, 0.0)
    prepare += p.ready_for_berlin * berlin_asks - p.ready_without_oil * embargo - p.ready_late * late
    return nested(prepare, attack)


@rule(
    "tokyo.strikes-south",
    draws="choice",
    options=("wait", "prepare", "attack"),
    silent="wait",
    facts=(
        "decision.japan.september-6-1941",
        "decision.japan.pearl-harbor",
        "close-run.pacific-war-avoided",
        "calculus.oil.stock-months",
    ),
    leaves_out="the talks in Washington; an attack on the Dutch or British alone",
)
def tokyo_strikes_south(
    at_review, embargo, oil_stock, weeks_ready, indochina, france_fallen, german_progress, german_war, policy_south,
    fights_soviets, monsoon, own_oil, p,
):  # fmt: skip
    """Does Tokyo wait, make ready for war, or decide to attack America and the European colonies?

    Nobody wanted that war until the oil stopped. Then the stock became a clock: the Navy burnt four hundred tons an
    hour, the forces would be ready in late autumn, and each month of talk cost strength. One chance in four that
    the war would have been put off past the spring. Making ready is ordered, and ended, by a conference; between
    two of them the only question is whether to strike.

    at_review        1 at a review of policy, 0 in the fortnights between while Japan stands ready
    embargo          0..1, share of the American steps taken; 1 is no oil
    oil_stock        million barrels in store
    weeks_ready      weeks of preparation so far
    indochina        0..1, share of Indochina held
    france_fallen    1 once it has
    german_progress  -1 stopped, 0 open, 1 at the gates of Moscow
    german_war       1 while Germany ties the Red Army down
    policy_south     1 while national policy puts the south first
    fights_soviets   1 in a theatre war or more in the north
    monsoon          1 in the months in which landings in Malaya and the Philippines are feasible
    own_oil          0..1, share of its needs that Japan draws from wells in Manchuria
    returns          utilities of (wait, prepare, attack)

    Rests on    decision.japan.september-6-1941, close-run.pacific-war-avoided, calculus.oil.stock-months
    """
    wanting = 1.0 - own_oil
    cut_off = wanting if embargo == 1.0 else 0.0
    ready = min(weeks_ready / p.weeks_to_readiness, 1.0)
    chance = p.indochina * indochina + p.orphaned_colonies * france_fallen + p.policy_south * policy_south
    chance += p.germans * german_progress + p.northern_flank * german_war - p.northern_war * fights_soviets
    short = max(p.comfortable_years * wanting - oil_stock / p.oil_a_year, 0.0)
    thirst = cut_off * (p.cut_off + p.per_year_of_oil_short * short)
    attack = p.attack + chance + thirst + p.readiness * ready + p.season * monsoon
    if at_review == 0.0:
        return 0.0, NEVER, attack
    started = 1.0 if weeks_ready > 0.0 else 0.0
    prepare = p.prepare + p.prepare_cut_off * cut_off + p.prepare_step * embargo + p.keep_ready * started
    prepare += p.prepare_south * policy_south - p.prepare_northern_war * fights_soviets
    return nested(prepare, attack)
