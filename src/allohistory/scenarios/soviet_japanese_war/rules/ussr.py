"""The Soviet Union in the East: divisions, bombers, railway, Mongolia, arms for China, what war in the west takes."""

from allohistory.luck.arithmetic import exp
from allohistory.timeline.rule import rule


@rule(
    "ussr.build-up",
    draws="shock",
    facts=(
        "forces.sov-fe.1932-01.rifle-divisions",
        "forces.sov-fe.1938-01.plan-divisions",
        "forces.sov-fe.1941-06.divisions",
        "forces.sov-fe.1941.regrowth",
        "forces.sov-fe.1945-08.divisions",
        "decision.ussr.buildup-1932",
        "log.1945.rate",
    ),
    leaves_out="guns; which half of the East they go to",
)
def build_up(army_expands, recent_clash, tied_in_europe, german_war, victory_in_sight, p):
    """Rifle divisions added east of Lake Baikal in a half-year.

    In peace the East grew by a division or so each half-year, by two while the whole Red Army went over from
    militia to standing divisions, faster after a clash of size, slower when Europe drew on the same army. In
    the German war it held its number by raising raw divisions for those that left; once victory was in sight an
    army group came back with the trains.

    army_expands      0 or 1  the whole Red Army doubles, as from the summer of 1936 to that of 1939
    recent_clash      0 or 1  a clash of battalion size or more within a year
    tied_in_europe    0..1    share of Soviet forces and attention that Europe claims
    german_war        0 or 1  Germany and the Soviet Union are fighting
    victory_in_sight  0..1    Germany is beaten or will be within the half-year
    p                         divisions a half-year: book/parameters/ussr.toml
    returns                   (mean, spread), divisions
    """
    redeployed = p.redeployed * victory_in_sight
    spread = p.spread + p.spread_redeployed * victory_in_sight
    if german_war > 0.0:
        return p.in_german_war + redeployed, spread + p.spread_in_german_war
    added = p.in_peace + p.army_expands * army_expands + p.recent_clash * recent_clash
    return added - p.europe * tied_in_europe + redeployed, spread


@rule(
    "ussr.bombers",
    draws="shock",
    facts=(
        "sea.bomb.tb3.1932",
        "sea.bomb.tb3.far-east-1936",
        "sea.bomb.db3.far-east",
        "sea.bomb.tb3.reach",
        "forces.sov-fe.1941-12-01.aircraft",
    ),
    leaves_out="serviceability, bases and fuel; the change from TB-3 to DB-3",
)
def bombers(stock, german_war_opens, victory_in_sight, p):
    """Bombers able to reach Honshu that are added to the East in a half-year.

    The first came in 1932; by 1936 there were 170 and by 1939 some 330, new types making good what wore out. The
    German war took a third of them at once.

    stock             >=0   bombers in reach of Honshu now
    german_war_opens  0..1  1 when Germany has just attacked, fading to 0 within half a year
    victory_in_sight  0..1  Germany is beaten or will be within the half-year
    p                       aircraft a half-year: book/parameters/ussr.toml
    returns                 (mean, spread), aircraft
    """
    mean = p.sent - p.wear * stock - p.taken * stock * german_war_opens + p.redeployed * victory_in_sight
    return mean, p.spread + p.spread_moved * (german_war_opens + victory_in_sight)


@rule(
    "ussr.railway",
    draws="shock",
    facts=(
        "log.tsr.1931.pairs",
        "log.tsr.1936.pairs",
        "log.tsr.1938.pairs",
        "log.tsr.1941.pairs",
        "log.tsr.1944.pairs",
    ),
    leaves_out="single sections, bridges and sidings; the Baikal-Amur line",
)
def railway(trains_a_day, p):
    """Pairs of trains a day that the railway east of Lake Baikal gains in a year.

    The second track, laid by prisoners and railway troops from 1933, doubled the line by 1938; after that each
    further pair cost more.

    trains_a_day  >0   pairs of trains a day now
    p                  book/parameters/ussr.toml
    returns            (mean, spread), pairs a day
    """
    return p.share_of_gap * (p.ceiling - trains_a_day), p.spread


@rule(
    "ussr.victory-in-sight",
    draws="nothing",
    facts=("log.1945.rate", "decision.ussr.plan-1944", "decision.ussr.yalta"),
    leaves_out="the price: when Moscow promises what stands in the war's own rules",
)
def victory_in_sight(germany_beaten, weeks_since_stalingrad, p):
    """Does Moscow see the end of the German war near enough to send trains east?

    Planning began in the autumn of 1944, the trains in the new year; Germany fell in May.

    germany_beaten          0 or 1  Germany has surrendered
    weeks_since_stalingrad          weeks since the German war turned; -1 if it has not
    p                               book/parameters/ussr.toml
    returns                 0 or 1
    """
    if germany_beaten > 0.0 or weeks_since_stalingrad >= p.weeks_after_stalingrad:
        return 1.0
    return 0.0


@rule(
    "ussr.redeploys",
    draws="nothing",
    facts=("log.1945.rate", "decision.ussr.yalta"),
    leaves_out="what the trains of each month carry",
)
def redeploys(victory_in_sight, weeks_in_sight, weeks_since_defeat, p):
    """Do trains carry the army of the German war east?

    They begin when victory is in sight and run for some months after it: an army group was promised and came. What
    had not come by the turn of the year was not meant to. Where victory stays in sight for years, no more is spared.

    victory_in_sight    0 or 1  ussr.victory-in-sight
    weeks_in_sight              weeks for which it has been; below 0 where the German war was not turned
    weeks_since_defeat          weeks since Germany was beaten; -1 while it is not
    p                           book/parameters/ussr.toml
    returns             0 or 1
    """
    if weeks_since_defeat >= p.weeks or weeks_in_sight >= p.weeks_in_all:
        return 0.0
    return victory_in_sight


@rule(
    "ussr.division-worth",
    draws="nothing",
    facts=(
        "forces.quality.prior.sov-1938",
        "forces.quality.prior.sov-1939",
        "forces.quality.prior.sov-fe-1942",
        "forces.quality.prior.sov-1945",
    ),
    leaves_out="the difference between a rifle division and a tank brigade",
)
def division_worth(years, command_quality, stripped, veterans, p):
    """What a Soviet division in the East is worth, the army at Khalkhin Gol being 1.

    Tanks, guns and aircraft raised it through the 1930s, the loss of commanders lowered it, recruits in the place of
    the divisions sent west lowered it again, and the veterans of the German war brought it to its height.

    years            >=0   years since January 1931, when rearmament began
    command_quality  0..1  1 = no commander lost to the purge
    stripped         0..1  share of the trained divisions that have left
    veterans         0..1  share of veterans of the German war
    p                      book/parameters/ussr.toml
    returns          >0
    """
    equipment = min(years / p.years_of_rearmament, 1.0)
    worth = (p.untrained + p.rearmed * equipment) * command_quality
    return worth - p.stripped * stripped + p.veterans * veterans


@rule(
    "moscow.pledges-mongolia",
    draws="clock",
    facts=("decision.ussr.mongolia-pledge", "incident.protocol-mongolia.1936", "calculus.stalin.howard"),
    leaves_out="the gentlemen's agreement of 1934, made by word of mouth",
)
def pledges_mongolia(recent_mongolian_clash, tied_in_europe, p):
    """How soon Moscow pledges in public to defend Mongolia.

    It followed a winter of clashes on the Mongolian line, when a pledge was cheaper than a battle.

    recent_mongolian_clash  0 or 1  a clash on the Halha-Buir sector is open, or closed within half a year
    tied_in_europe          0..1    share of Soviet forces and attention that Europe claims
    p                               book/parameters/ussr.toml
    returns                 >=0     pledges a week
    """
    return p.per_week * exp(p.recent_clash * recent_mongolian_clash - p.europe * tied_in_europe)


@rule(
    "moscow.corps-in-mongolia",
    draws="clock",
    facts=(
        "forces.ev.57corps",
        "forces.sov-fe.1938.mongolia.57corps",
        "forces.sov-fe.1938.mongolia.57corps.personnel",
    ),
    leaves_out="the wording of Mongolia's request",
)
def corps_in_mongolia(pledged, china_at_war, reluctant, p):
    """How soon a Soviet corps goes into Mongolia.

    The pledge made it possible, and before it nobody asks; Japan's war in China, which could come round by Inner
    Mongolia, made it urgent.

    pledged       0 or 1  Moscow has pledged to defend Mongolia
    china_at_war  0 or 1  Japan and China are at war
    reluctant     0 or 1  Mongolia is led by men who will not ask for troops
    p                     book/parameters/ussr.toml
    returns       >=0     entries a week
    """
    return p.per_week * exp(p.pledged * pledged + p.china_at_war * china_at_war - p.reluctant * reluctant)


@rule(
    "moscow.arms-china",
    draws="clock",
    facts=("decision.ussr.china-treaty", "calculus.china.zet.aircraft"),
    leaves_out="the size of deliveries, and their end in 1941",
)
def arms_china(weeks_of_war, tied_in_europe, p):
    """How soon Moscow arms China once it is at war: a war that ties Japan down is worth its price.

    weeks_of_war    >=0   weeks since the China war began
    tied_in_europe  0..1  share of Soviet forces and attention that Europe claims
    p                     book/parameters/ussr.toml
    returns         >=0   treaties a week
    """
    return p.per_week * exp(-weeks_of_war / p.lasting - p.europe * tied_in_europe)


@rule(
    "moscow.moves-divisions",
    draws="choice",
    options=("keep-east", "part", "strip"),
    silent="keep-east",
    facts=(
        "decision.ussr.far-east-1941",
        "decision.ussr.transfers-1941",
        "forces.sov-fe.1941.sent-west.divisions",
        "close-run.transfers-without-sorge",
    ),
    leaves_out="single trains: what left in dribs and drabs from May 1941 on stands in the half-year's build-up",
)
def moves_divisions(capital_in_danger, japan_assembled, japan_goes_south, moved_before, war_turned, p):
    """Does Moscow send the trained divisions of the East to the German war, and how many?

    After the ring at Vyazma it took about ten at once, knowing the risk; word that Japan was turning south made it
    smaller but did not decide it. Raw divisions were raised in their place, so that numbers hardly fell.

    capital_in_danger  0 or 1  the Germans have come within reach of Moscow
    japan_assembled    0 or 1  Japan stands ready in Manchuria for a northern war
    japan_goes_south   0 or 1  Japan's policy is the south
    moved_before       0..1    share of the trained divisions that have left
    war_turned         0 or 1  Stalingrad is behind
    p                          in noise units: book/parameters/ussr.toml
    returns                    utilities of keep-east, part, strip
    """
    need = p.capital * capital_in_danger - p.war_turned * war_turned - p.moved_before * moved_before
    safety = p.goes_south * japan_goes_south - p.assembled * japan_assembled
    return 0.0, p.part + need + safety, p.strip + need + safety


@rule(
    "ussr.transfers",
    draws="nothing",
    facts=(
        "decision.ussr.transfers-1941",
        "forces.sov-fe.1941.sent-west.divisions",
        "forces.sov-fe.1941.regrowth",
    ),
    leaves_out="tanks and aircraft that go with them; the weeks on the rails",
)
def transfers(gone_before, everything, p):
    """What the East loses when Moscow sends part of its trained divisions west, or strips it.

    About ten of some 26 went in October 1941; raw divisions raised on the spot soon stood in the place of most, so
    that quality fell more than numbers.

    gone_before  0..1    share of the trained divisions that had left already
    everything   0 or 1  the East is stripped
    p                    book/parameters/ussr.toml
    returns              (share of the trained divisions that go now, factor on the count of divisions)
    """
    share = p.when_stripped if everything > 0.0 else p.when_part_goes
    gone = share * (1.0 - gone_before)
    return gone, 1.0 - gone * (1.0 - p.raised_in_place)
