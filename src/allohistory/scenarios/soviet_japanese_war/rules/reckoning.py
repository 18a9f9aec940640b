"""What Tokyo counts: its oil, the divisions and the worth of its enemy as it believes them, the mobilised balance."""

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.rules.units import WEEKS_A_YEAR, fading, weekly, within
from allohistory.timeline.rule import rule

PURGE_BEGUN, PURGE_HALTED = 1.0, 3.0  # stages of ussr.purge
NO_OIL = 4.0  # the last of the American steps


@rule(
    "japan.oil",
    draws="nothing",
    facts=("sea.oil.stock.1937", "sea.oil.stock.1941", "sea.oil.stock.1945", "sea.oil.northern-war"),
    leaves_out="kinds of oil; tankers; what the Indies give month by month",
)
def japan_oil(
    stock, embargo, war_in_europe, fights_america, fights_soviets, army_share, own_wells, fights_allies, p
):
    """How much oil lies in Japan's tanks a week later?

    In peace the Navy fills its tanks; with Europe at war imports only just keep up. Cut off, Japan burns more than a
    million barrels a month out of stock; the Indies slow the fall but do not stop it. A northern war burns some
    twenty million barrels a year on top. What wells in Manchuria give is so much less to buy or to miss.

    stock           million barrels now
    embargo         0..4, steps taken by Washington; 4 is no oil
    war_in_europe   1 while it goes on
    fights_america  1 while at war with America (and holding the Indies)
    fights_soviets  1 in a general war
    army_share      -1, 0, 1: steel goes to the Navy first, to both, to the Army first
    own_wells       million barrels a year out of Manchuria
    fights_allies   1 while Britain and France fight Japan, and sell it nothing of the Indies
    returns         million barrels next week, never below an unusable rest

    Rests on    sea.oil.stock.1937 .. 1945, sea.oil.northern-war
    """
    change = p.gain_in_peace - p.squeeze_of_european_war * war_in_europe - p.navy_fills * army_share
    if fights_america > 0.0:
        change = -p.loss_in_great_war
    elif embargo == NO_OIL:
        change = -p.loss_cut_off
    else:
        change -= p.without_the_indies * fights_allies
    change += own_wells - p.northern_war * fights_soviets
    return within(stock + weekly(change), p.rest, p.tanks)


@rule(
    "japan.manchurian-oil",
    draws="nothing",
    facts=("oil.manchuria.search", "oil.daqing.start", "oil.daqing.depth", "sea.oil.us-share.1939"),
    leaves_out="refineries for a waxy oil, pipes, the steel and drillers that they take from elsewhere",
)
def manchurian_oil(weeks_since_found, held, p):
    """How many million barrels a year do wells in Manchuria give, where the oil under its northern plain is found?

    The great field was found in 1959, a thousand metres down, and gave three million tons in its fourth year to a
    country that put all it had into it. Japan had fewer deep rigs for an oil that sets like candle wax; but the
    railway ran beside the field.

    weeks_since_found  weeks since the first good well; -1 if none
    held               0 or 1  Japan holds the plain
    p                  book/parameters/japan.toml
    returns            million barrels a year

    Rests on    oil.daqing.start, oil.daqing.depth
    """
    if weeks_since_found < 0.0 or held == 0.0:
        return 0.0
    return p.at_most * within(
        (weeks_since_found / WEEKS_A_YEAR - p.years_to_first) / p.years_to_full, 0.0, 1.0
    )


@kernel
def needs_met(barrels, p):
    """0..1, share of Japan's needs that so many million barrels a year meet."""
    return within(barrels / p.need, 0.0, 1.0)


@rule(
    "japan.beliefs-divisions",
    draws="nothing",
    facts=(
        "calculus.ratio.divisions.1936",
        "calculus.ratio.lyushkov-soviet-divisions",
        "forces.sov-fe.1938-01.plan-divisions",
    ),
    leaves_out="second-line divisions",
)
def believed_divisions(
    believed, true_divisions, weeks_since_defector, soviets_fight_germany, germany_beaten, p
):
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
    facts=(
        "purge.assess.japan.error-tanks",
        "forces.quality.prior.sov-1938",
        "calculus.kantokuen.diary-22-july",
    ),
    leaves_out="the difference between the staff in Tokyo and the men who were beaten",
)
def believed_quality(
    believed,
    purge_stage,
    weeks_since_defector,
    weeks_since_defeat,
    weeks_since_victory,
    german_progress,
    weeks_since_finland,
    p,
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
    weeks_since_finland   weeks since the attack on Finland; -1 if none
    returns               worth next week

    Rests on    purge.assess.japan.error-tanks, forces.quality.prior.sov-1938
    """
    target = p.usual - (p.purge if PURGE_BEGUN <= purge_stage < PURGE_HALTED else 0.0)
    target -= p.defector * fading(weeks_since_defector, p.months_of_tales) + p.finland * fading(
        weeks_since_finland, p.finland_memory
    )
    target += p.defeat * fading(weeks_since_defeat, p.memory) - p.victory * fading(
        weeks_since_victory, p.memory
    )
    target -= p.germans_advance * max(german_progress, 0.0) + p.germans_stopped * min(german_progress, 0.0)
    return believed + (target - believed) * p.pace


@rule(
    "japan.beliefs-reach",
    draws="nothing",
    facts=("calculus.plan.1936.duration", "calculus.plan.1931.kasahara", "log.khalkhin-gol.ija.haul"),
    leaves_out="which axis; the season; what the railway section thinks against the operations section",
)
def believed_reach(believed, rail_lead, p):
    """How far does Tokyo think that its own supply carries an army beyond its railheads, a week later?

    Its plans gave three months to the Maritime Province and a year or more to the road to Lake Baikal: rails had to
    be laid and trucks were few, and Nomonhan, two hundred kilometres from the line, taught it again. The reckoning of
    our history is the zero; more railway in Manchuria stretches it, and what was believed without cause fades.

    believed   doublings of that reach now
    rail_lead  -1..1  doublings by which Manchuria has more railway than was usual
    p          book/parameters/japan.toml
    returns    doublings next week

    Rests on    calculus.plan.1936.duration, calculus.plan.1931.kasahara
    """
    return believed + (p.by_rail * rail_lead - believed) * p.pace


@rule(
    "japan.mobilisable",
    draws="nothing",
    facts=(
        "calculus.plan.1934.japan-mobilisable",
        "calculus.plan.1938.minimum",
        "calculus.kantokuen.tanaka-wish",
    ),
    leaves_out="shells, horses and ships",
)
def japan_mobilisable(divisions_north, divisions_china, years_after_1937, japan_fights_america, p):
    """How many divisions does Tokyo think it could have in the north after mobilising?

    Thirty by the plan of 1934; China takes its share of that and more than its share of shells; the army grows by
    a few divisions a year from 1937, for as long as steel and officers last; a Pacific war takes the rest.

    divisions_north       divisions in Manchuria and Korea
    divisions_china       divisions held by China
    years_after_1937      years since the start of 1937 (0 before)
    japan_fights_america  1 while it does
    returns               divisions

    Rests on    calculus.plan.1934.japan-mobilisable, calculus.kantokuen.plan-25
    """
    mobilised = (
        p.in_peace
        - p.china_share * divisions_china
        + p.growth_a_year * within(years_after_1937, 0.0, p.years_of_growth)
    )
    return max(mobilised - p.south_takes * japan_fights_america, divisions_north)


@rule(
    "japan.soviet-mobilisable",
    draws="nothing",
    facts=(
        "calculus.plan.1934.soviet-mobilisable",
        "log.tsr.train-need.sov-rd",
        "calculus.soviet.plan-east.rifle",
    ),
    leaves_out="stocks laid up in the East",
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
