"""Regime crisis in Japan: how near it is, how it begins, what follows, and whether a revolution lasts."""

from allohistory.luck.arithmetic import NEVER, exp, log1p
from allohistory.scenarios.soviet_japanese_war.rules.units import MONTHS_A_YEAR, fading, weekly
from allohistory.timeline.rule import rule

MUTINY, OFFICERS, PARTY = 3.0, 4.0, 5.0  # of japan.rising


@rule(
    "home.crisis-odds",
    draws="nothing",
    facts=(
        "regime-change.rate.months-to-revolution",
        "regime-change.rate.no-revolution-under-strict-control",
        "regime-change.rate.fall-given-dead10",
    ),
    leaves_out="persons; what is said in the capital",
)
def crisis_odds(
    known_per_thousand, hunger, bombing, beaten, throne_hurt, nobody_rules, control, early, spent, p
):
    """How near is the regime to a crisis that shakes or fells it, in log-odds a month?

    Fitted on thirty wars from 1866 to 1949 (the calibration of the project): what brings a regime down is the
    beaten army at home and a discredited throne, then hunger. No mass war brought revolution before its
    thirty-first month, and none of the three great states with complete police control fell to one.

    known_per_thousand          known dead for each thousand people
    hunger              >=0     hundreds of kilocalories below 1,900 a day
    bombing             0..1    cities are bombed, 1 as in July 1945
    beaten              0..1    a beaten army stands at home
    throne_hurt         0 or 1  the throne is discredited or gone
    nobody_rules        0 or 1  no government is obeyed
    control             0..1    grip of police and gendarmerie
    early               0 or 1  fewer than 31 months of war
    spent               0..1    a crisis has just run its course
    p                           log-odds: book/parameters/upheaval.toml
    returns                     log-odds of a crisis within a month
    """
    odds = p.at_rest + p.dead * max(known_per_thousand - p.few_dead, 0.0) + p.hunger * hunger
    odds += p.bombing * bombing + p.beaten * beaten + p.throne * throne_hurt + p.nobody * nobody_rules
    return odds - p.control * control - p.early * early - p.spent * spent


@rule(
    "home.crisis-occupied",
    draws="nothing",
    facts=("regime.union.general-strike", "regime.unrest.food-may-day"),
    leaves_out="what an occupier wants of whom: see the peace",
)
def crisis_occupied(american, soviet, p):
    """What does an occupier add to the odds of a crisis?

    The American shut the door: a quarter of a million hungry people before the palace in May 1946 went home, and one
    order stopped a general strike. A Soviet one would hold it open for his friends.

    american, soviet  0 or 1  who occupies the islands
    p                         log-odds: book/parameters/upheaval.toml
    returns                   log-odds a month
    """
    return p.soviet * soviet - p.american * american


@rule(
    "tokyo.crisis",
    draws="clock",
    facts=("regime.unrest.collective", "regime.rural.rice-riots", "counted.leader.loser-forced"),
    leaves_out="the many small changes of cabinet, which have a clock of their own",
)
def crisis(odds, p):
    """How soon does the regime come to a crisis?

    odds     log-odds of one within a month
    p        book/parameters/upheaval.toml
    returns  expected crises this week
    """
    return weekly(MONTHS_A_YEAR * log1p(exp(odds))) * p.scale


@rule(
    "tokyo.rising",
    draws="choice",
    options=("none", "peace-riots", "food-riots", "depot-mutiny", "officers-to-moscow", "party-rising"),
    silent="none",
    facts=(
        "regime.rural.rice-riots",
        "regime.event.konoe-memorial",
        "regime.unrest.unit-mutiny",
        "regime-change.support.hungary.pows",
    ),
    leaves_out="strikes of miners, Koreans and Chinese, which come first and are put down first; Hibiya in 1905",
)
def rising(bad_peace, hunger, discipline, beaten, soviet_war, losing_to_both, cadres, control, p):
    """By which road does the crisis come into the street or the barracks, if it does?

    A bad peace brings out the patriots, as in September 1905, dear rice the towns, as in 1918. A depot that
    will not embark is the hinge of 1917 and 1918. Konoe feared officers who would call it renovation and turn
    to Moscow; a rising of the party itself wants men whom it did not have.

    bad_peace       0 or 1  a war was lost, or ended on bad terms, within half a year
    hunger          >=0     hundreds of kilocalories below 1,900 a day
    discipline      0..1    discipline of army and depots
    beaten          0..1    a beaten army stands at home
    soviet_war      0 or 1  at war with the Soviet Union, or just beaten by it
    losing_to_both  0 or 1  at war with America and the Soviet Union
    cadres          0..1    readiness of a communist leadership
    control         0..1    grip of police and gendarmerie
    p                       in noise units: book/parameters/upheaval.toml
    returns                 utilities of none, peace riots, food riots, depot mutiny, officers to Moscow, party rising
    """
    patriots = p.peace_riots + p.bad_peace * bad_peace
    hungry = p.food_riots + p.hunger * hunger
    depots = p.depot_mutiny + p.indiscipline * (1.0 - discipline) + p.beaten * beaten
    officers = p.officers + p.soviet_war * soviet_war + p.losing_to_both * losing_to_both
    party = p.party + p.cadres * cadres - p.control * control
    return 0.0, patriots, hungry, depots, officers, party


@rule(
    "tokyo.crisis-ends",
    draws="choice",
    options=("new-cabinet", "military-rule", "imperial-ruling", "collapse", "revolution"),
    silent="new-cabinet",
    facts=(
        "regime-change.rate.revolution-given-mutiny2",
        "regime-change.rate.revolution-given-no-mutiny",
        "regime.morale.emperor-support",
        "regime.fear.konoe.signs-home",
    ),
    leaves_out="persons; regencies; a throne that changes its occupant",
)
def crisis_ends(road, at_war, throne_hurt, cadres, occupied, p):
    """What follows the crisis?

    In Japan most likely another cabinet, as in 1905 and 1918; the soldiers alone; or peace by the throne's
    word. Where the garrison of the capital has gone over all is open: eight of eleven such mutinies ended in
    revolution.

    road         0..5    how it began, as japan.rising counts
    at_war       0 or 1  a war goes on that a ruling of the throne could end
    throne_hurt  0 or 1  the throne is discredited or gone
    cadres       0..1    readiness of a communist leadership
    occupied     0 or 1  an occupier stands in Tokyo
    p                    in noise units: book/parameters/upheaval.toml
    returns              utilities of new cabinet, military rule, imperial ruling, collapse, revolution
    """
    soldiers, throne = p.military_rule, p.imperial_ruling - p.throne_hurt * throne_hurt
    collapse, revolution = p.collapse, p.revolution + p.cadres * cadres
    if road == MUTINY:
        soldiers, throne = soldiers + p.mutiny_soldiers, throne + p.mutiny_throne
        collapse, revolution = collapse + p.mutiny_collapse, revolution + p.mutiny_revolution
    if road == OFFICERS:
        soldiers += p.officers
    if road == PARTY:
        collapse, revolution = collapse + p.party_collapse, revolution + p.party_revolution
    if occupied > 0.0:
        return 0.0, NEVER, NEVER, NEVER, NEVER
    return 0.0, soldiers, throne if at_war > 0.0 else NEVER, collapse, revolution


@rule(
    "revolution.holds",
    draws="choice",
    options=("put-down", "others-rule", "commune", "communists-hold"),
    silent="put-down",
    facts=(
        "regime-change.lit.communist-paths.urban",
        "regime-change.lit.communist-paths.urban-tries",
        "regime-change.rate.commune-survival",
        "regime-change.rate.communist-lasting-given-lost",
    ),
    leaves_out="civil war; the islands apart from Tokyo",
)
def revolution_holds(cadres, leader, soviet_near, control, p):
    """Who has Tokyo when the revolution is over?

    Of some eight bids of communists for a capital after a lost war one lasted, Petrograd's; it had leaders at
    hand, cells in works and barracks, and no foreign army near that would put it down. The rest were communes
    of weeks.

    cadres       0..1     readiness of a communist leadership
    leader       0, 1, 2  nobody, one man in hiding, the leaders at liberty
    soviet_near  0 or 1   Soviet troops stand on a main island
    control      0..1     grip of police and gendarmerie
    p                     in noise units: book/parameters/upheaval.toml
    returns               utilities of put down, others rule, a commune of weeks, communists hold
    """
    reach = p.cadres * cadres + p.leader * leader / 2
    commune = p.commune + reach
    hold = p.communists_hold + reach + p.soviet_near * soviet_near
    return p.put_down + p.control * control, 0.0, commune, hold


@rule(
    "home.beaten",
    draws="nothing",
    facts=("regime-change.lit.fate-of-regimes.losers", "counted.leader.loser-forced.big-war"),
    leaves_out="garrisons that stay abroad for years",
)
def beaten(weeks_since_lost_war, war_months, p):
    """How far does a beaten army that has come home weigh on the state?

    Wholly where a mass war was lost; a war of months, fought by the standing army far away, weighs about half.

    weeks_since_lost_war  weeks since the last war was lost; -1 if none was
    war_months            months that it had lasted
    p                     book/parameters/upheaval.toml
    returns               0..1, 1 just now
    """
    mass = min(war_months / p.months_of_mass_war, 1.0)
    return fading(weeks_since_lost_war, p.weeks) * (p.short_war + (1.0 - p.short_war) * mass)
