"""Forces on land at the first shot: how many, how good, how many brought up before it, and which fronts open."""

from allohistory.luck.arithmetic import exp, log
from allohistory.scenarios.soviet_japanese_war.rules.deployment import by_year, of_front
from allohistory.scenarios.soviet_japanese_war.rules.ladder import GENERAL_WAR, THEATRE_WAR
from allohistory.scenarios.soviet_japanese_war.rules.units import fading, within
from allohistory.timeline.rule import rule


@rule(
    "forces.muster",
    draws="nothing",
    facts=("escalation.soviet-japan.incidents.1939",),
    leaves_out="the days between the first shot and the first battle of armies",
)
def muster_now(rung, mustered):
    """Are the armies set on the map this week? Once a war, in the week in which it becomes one of several armies.

    rung      0..7    0 peace, 6 an undeclared theatre war, 7 a general war
    mustered  0 or 1  they stand on it already
    returns   1 if they are, else 0
    """
    return 1.0 if rung >= THEATRE_WAR and mustered == 0.0 else 0.0


@rule(
    "forces.front-opens",
    draws="nothing",
    facts=("incident.khalkhin-gol.stop-at-border", "calculus.plan.1934-38.goldman"),
    leaves_out="raids and shelling on the fronts that stay shut",
)
def front_opens(rung, crisis_here, crisis_anywhere, usual):
    """Do the two sides fight on this front?

    A general war opens them all. A limited one is fought where the clash stood out of which it grew; where none did,
    at the two ends of the old railway.

    rung             6, 7    6 an undeclared theatre war, 7 a general war
    crisis_here      0 or 1  a clash of battalion size or more stood here when it began
    crisis_anywhere  0 or 1  one stood somewhere
    usual            0 or 1  an end of the railway: Manchouli, Grodekovo
    returns          1 if they do, else 0
    """
    if rung >= GENERAL_WAR:
        return 1.0
    return crisis_here if crisis_anywhere > 0.0 else usual


@rule(
    "forces.soviet-army",
    draws="nothing",
    facts=(
        "forces.sov-fe.1932-05.personnel",
        "forces.sov-fe.1932-12.personnel",
        "forces.jgs-sov-fe.1936.personnel",
        "forces.sov-fe.1936-01.zabvo.ground",
        "forces.sov-fe.1939.press",
        "forces.sov-fe.1941-06-22.personnel",
        "forces.sov-fe.1941-12-01.personnel",
        "forces.sov-fe.1941.regrowth",
        "forces.sov-fe.1944-01-01.personnel",
        "forces.sov-fe.1945-08.personnel",
    ),
    leaves_out="frontier guards, railway troops and the fleet's men ashore as parties of their own",
)
def soviet_army(years, divisions, weeks_of_german_war, p):
    """Thousand men of the Soviet East, and how many of them are armed as a standing army is.

    To each rifle division belong the cavalry, the tanks, the fortress troops, the airmen and the rear: seventeen
    thousand men in all in 1936, twice a division's own in 1941. In the German war the East called up whoever was
    left, so that men doubled while trained divisions went; these levies were given guns over four years.

    years                >=0  years since the start of 1931
    divisions            >=0  rifle divisions east of Lake Baikal
    weeks_of_german_war  >=0  weeks since Germany attacked; 0 where it has not, or is beaten
    p                         book/parameters/forces.toml
    returns                   (thousand men, thousand men armed)
    """
    slice_of_one = by_year(years, p.slice_1932, p.slice_1936, p.slice_1939, p.slice_1941, p.slice_1945)
    men = divisions * slice_of_one
    called = within(weeks_of_german_war / p.levy_weeks, 0.0, 1.0)
    levies = called * max(p.garrison - men, 0.0)
    armed = within(weeks_of_german_war / p.arming_weeks, 0.0, 1.0)
    return men + levies, men + armed * levies


@rule(
    "forces.japanese-army",
    draws="nothing",
    facts=(
        "forces.kwantung.1932.personnel",
        "forces.kwantung.1936.personnel",
        "forces.kwantung.1937.personnel",
        "forces.kwantung.1939.personnel",
        "calculus.kantokuen.base-divisions",
        "forces.kantokuen.actual-personnel",
        "forces.kwantung.1941-12",
        "forces.korea-army.1941-12",
        "forces.kwantung.1943.personnel",
        "forces.kwantung.1945-08.personnel",
    ),
    leaves_out="railway guards, police and settlers under arms; garrisons of the south of Korea",
)
def japanese_army(years, divisions, weeks_since_readied, a_week, p):
    """Thousand men of the Kwantung and Korea Armies.

    To each division belong the brigades, the guards, the artillery, the airmen and the rear. What was brought over to
    make ready for a northern war, as much as ports and railways could bring, stays for a year or two, and then goes to
    other fronts.

    years                >=0  years since the start of 1931
    divisions            >=0  in Manchuria and Korea
    weeks_since_readied       weeks since a northern war was made ready for; -1 if it never was
    a_week               >=0  thousand men that ports and railways bring in a week
    p                         book/parameters/forces.toml
    returns              >=0  thousand men
    """
    slice_of_one = by_year(years, p.slice_1932, p.slice_1936, p.slice_1939, p.slice_1941, p.slice_1945)
    coming = within(weeks_since_readied, 0.0, p.weeks_to_come)
    arrived = min(p.readied * coming / p.weeks_to_come, a_week * coming)
    return divisions * slice_of_one + arrived * fading(weeks_since_readied, p.weeks_kept)


@rule(
    "forces.railways",
    draws="nothing",
    facts=(
        "log.tsr.1936.pairs",
        "log.tsr.train-need.sov-rd",
        "log.tsr.train-need.ija-div",
        "log.1945.rate",
        "forces.kantokuen.actual-personnel",
    ),
    leaves_out="season; what else the trains carry",
)
def railways(years, trains_a_day, rail_lead, japanese, p):
    """Thousand men, with their arms, that a side can bring to the theatre in a week at the most.

    Soviet trains give four divisions a month in 1932 and nine in 1939. Japan is bound by its ports and by the lines
    east of Mutanchiang: four or five a month in 1936, ten and more in 1941.

    years         >=0     years since the start of 1931
    trains_a_day  >=0     pairs of trains a day east of Lake Baikal
    rail_lead             doublings by which Manchuria has more railway than was usual at that date
    japanese      0 or 1  the Japanese side; else the Soviet
    p                     book/parameters/forces.toml
    returns       >=0     thousand men a week
    """
    if japanese == 0.0:
        return trains_a_day * p.soviet_a_train
    usual = by_year(
        years, p.japanese_1932, p.japanese_1936, p.japanese_1939, p.japanese_1941, p.japanese_1945
    )
    return usual * exp(log(2.0) * rail_lead)


@rule(
    "forces.concentration",
    draws="nothing",
    facts=(
        "log.tsr.train-need.sov-rd",
        "log.tsr.train-need.ija-div",
        "calculus.kantokuen.start",
        "calculus.plan.1934.japan-mobilisable",
        "log.1945.buildup-time",
    ),
    leaves_out="which divisions, and from where",
)
def concentration(weeks, moscow_chose, a_week, opened, reserve, p):
    """Thousand men brought to the frontier before the first shot.

    Who chooses the war brings up trains and ships for two months; the other sees them after some weeks, and answers
    with part of what he could. A war that grows out of a clash finds both as they stood.

    weeks         >=0     weeks since Tokyo gave its order; 0 where it gave none
    moscow_chose  0 or 1  Moscow chose the war, and has not brought up its forces from a beaten Germany already
    a_week        >=0     thousand men that this side's railways bring in a week
    opened        0 or 1  this side chose the war
    reserve       >=0     thousand men that it could send
    p                     book/parameters/forces.toml
    returns       >=0     thousand men
    """
    took = p.soviet_weeks if moscow_chose > 0.0 else min(weeks, p.most_weeks)
    if opened > 0.0:
        return min(took * a_week, reserve)
    seen = max(took - p.unseen_weeks, 0.0)
    return min(p.answered * seen * a_week, reserve)


@rule(
    "forces.japanese-worth",
    draws="nothing",
    facts=(
        "forces.quality.prior.japan-1937",
        "forces.quality.prior.japan-1945-old",
        "forces.quality.prior.japan-1945-new",
        "forces.kwantung.1945-08.effective-equivalent",
        "forces.kwantung.drain.divisions-1943-44",
    ),
    leaves_out="which divisions are raw: all fronts have the same mixture",
)
def japanese_worth(weeks_of_pacific_war, p):
    """What the northern armies of Japan are worth man for man, the Soviet side at Khalkhin Gol being 1.

    Regular divisions of long service, until the Pacific war took them one by one and left levies in their place: the
    twenty-four divisions of August 1945 were rated at seven or eight of the old ones.

    weeks_of_pacific_war  >=0  weeks of war with America; 0 while at peace with it
    p                          book/parameters/forces.toml
    returns               >0
    """
    drained = within((weeks_of_pacific_war - p.drain_begins) / p.drain_lasts, 0.0, 1.0)
    return p.regular + drained * (p.levied - p.regular)


@rule(
    "forces.allies",
    draws="nothing",
    facts=(
        "forces.mongolia.1939",
        "forces.sov-fe.1945-08.mongolia",
        "forces.quality.prior.mongolia",
        "forces.manchukuo.1933",
        "forces.manchukuo.1938",
        "forces.manchukuo.1945",
        "forces.quality.prior.manchukuo",
    ),
    leaves_out="desertion and mutiny in the Manchukuo army; Inner Mongolian cavalry",
)
def allies(front, share, japanese, army_lost, p):
    """Thousand men of the Mongolian or Manchukuo army that stand on this front, and their worth.

    Mongolians guard their own border; Manchukuo troops stand beside the Japanese, most of them far behind.

    front      0..8    book/entities.toml
    share      0..1    of its side's men that stand there
    japanese   0 or 1  the Manchukuo army; else the Mongolian
    army_lost  0..1    share of the Mongolian army's worth lost to arrests
    p                  book/parameters/forces.toml
    returns            (thousand men, guns, worth man for man, the Soviet side at Khalkhin Gol being 1)
    """
    if japanese > 0.0:
        men = share * p.manchukuo_men * p.manchukuo_at_front
        return men, p.guns * men, p.manchukuo_worth
    men = of_front(front, 0.0, 0.0, 0.0, p.mongolian_men, 0.0, 0.0, 0.0, 0.0, p.gobi)
    return men, p.guns * men, p.mongolian_worth * (1.0 - army_lost)
