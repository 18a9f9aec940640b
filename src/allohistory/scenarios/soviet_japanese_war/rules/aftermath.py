"""What follows the week's battle on a front: how far the line moves, who is cut off, and what both armies have lost."""

from allohistory.luck.arithmetic import exp, log
from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.rules.units import DAYS_A_WEEK, FIRST_DAYS, within
from allohistory.timeline.rule import rule


@rule(
    "battle.broken",
    draws="nothing",
    facts=(
        "combat.division-front.defence",
        "combat.breakpoint.40-percent",
        "battle.manchuria.6gta.three-days",
        "battle.winter-war.isthmus.advance.december",
        "battle.manchuria.fell.hutou",
    ),
    leaves_out="reserves by name; which of a front's divisions gives way",
)
def broken(strength, worn, men, works, ground, cover, following, p):
    """How far the one who lost the week no longer holds a line: 0 he stands behind the next ridge, 1 the way is open.

    A beaten army that has depth and men to the kilometre falls back on a second line and a switch line, and the winner
    fights again for the next ten kilometres. It breaks where it is many times outmatched, worn down, or too thin:
    steppe lets columns past between divisions, wooded hills with one road can be held by few, concrete by fewer. Who
    withdraws in order delays, and is followed faster than one who stands.

    strength   natural logarithm of men and of effectiveness, winner over loser
    worn       >=0    loser's losses of late, as a share of what breaks his army
    men        >=0    loser's men on the axis, thousand
    works      0..1   where he stood
    ground     0..2   flat, rolling, rugged
    cover      0..2   bare, mixed, wooded
    following  0 or 1 the loser was ordered back
    p                 book/parameters/battle.toml
    returns    0..1
    """
    closed = 0.5 * 0.5 * (ground + cover)
    needed = p.men_in_the_open + (p.men_in_woods - p.men_in_the_open) * closed
    thin = within(1.0 - men / needed, 0.0, 1.0)
    said = (strength - p.stands) / (p.breaks - p.stands) + p.thin * thin + p.worn * worn - p.works * works
    return max(within(said, 0.0, 1.0), p.delaying * following)


@rule(
    "battle.advance",
    draws="shock",
    per="front",
    facts=(
        "combat.advance.infantry-opposed",
        "combat.advance.armour-opposed",
        "combat.advance.armour-pursuit",
        "battle.khalkhin-gol.aug.advance-rate",
        "battle.winter-war.isthmus.advance.february",
        "battle.nanking.advance-rate",
    ),
    latent=True,
    leaves_out="single roads and bridges; the tank army apart from the rifle armies of its axis",
)
def advance(mobile, open_way, works, ground, cover, going, wet, short, gas, p):
    """How far the line moves in a week whose attack succeeded, or behind an enemy who withdraws.

    Two paces: that of battle, on the days of a week that are fought forward, against one who stands; and that of
    pursuit, on all of them, where the way is open. Between them the pace is between. One who stands uses every hill and
    wood, so ground tells the more; and his luck varies more than a march does.

    mobile    0..1    share of the advancing army that moves on tracks and wheels
    open_way  0..1    how far the enemy no longer holds a line: `battle.broken`
    works     0..1    where the enemy stood
    ground    0..2    flat, rolling, rugged
    cover     0..2    bare, mixed, wooded
    going     0..1    1 with good roads
    wet       0..1    rain or thaw stops wheels
    short     0..1    how far the advancing army lacks supply
    gas       0 or 1  gas is used by anybody
    p                 logarithms of km a day: book/parameters/battle.toml
    returns           mean and spread of the natural logarithm of km in the week
    """
    standing = 1.0 - open_way
    days = 1.0 - (1.0 - p.days_forward) * standing
    said = p.infantry + p.mobile * mobile + p.pursuit * open_way - p.works * works * standing
    closed = 0.5 * (p.rugged * ground + p.wooded * cover) + p.no_roads * (1.0 - going) + p.wet * wet
    said -= closed * (p.ground_in_pursuit + (1.0 - p.ground_in_pursuit) * standing)
    said -= p.short * short + p.gas * gas
    return said + log(DAYS_A_WEEK * days), p.scatter * (1.0 - 0.5 * open_way)


@rule(
    "battle.march",
    draws="nothing",
    facts=(
        "battle.manchuria.6gta.total",
        "battle.manchuria.6gta.fuel-halt",
        "battle.manchuria.advance-rate.tank",
        "battle.sakhalin.advance-rate",
        "combat.advance.armour-pursuit",
    ),
    leaves_out="forward detachments by air",
)
def march(mobile, short, p):
    """The most kilometres that an army's line moves in a week, nobody in its way: what feet, horses and fuel allow.

    mobile   0..1  share of those who lead the advance that moves on tracks and wheels
    short    0..1  how far the army lacks supply: tanks stand still without fuel, hungry men march half as far
    p              km a day: book/parameters/battle.toml
    returns  km
    """
    return DAYS_A_WEEK * (
        p.on_foot * (1.0 - 0.5 * short) + (p.on_tracks - p.on_foot) * mobile * (1.0 - short)
    )


@rule(
    "battle.first-days",
    draws="nothing",
    facts=(
        "battle.manchuria.6gta.first-day",
        "battle.manchuria.6gta.three-days",
        "battle.manchuria.6gta.fuel-halt",
    ),
    leaves_out="fuel flown in to a spearhead that has stopped; how the later days of a week differ",
)
def first_days(gained, mobile, open_way, fresh, short, own_fuel, p):
    """How many of a week's kilometres the line gains in its first three days; the others follow evenly.

    A week's kilometres are as many as feet, tracks and fuel allow. Where tanks lead, nobody stands in the way and the
    blow is prepared, they run on what is in their tanks and on the trucks beside them until that is burnt, then wait
    for what comes after. Everybody else goes forward as evenly as the ground lets him.

    gained    >=0     kilometres of the week
    mobile    0..1    share of those who lead the advance that moves on tracks and wheels
    open_way  0..1    how far the enemy no longer holds a line
    fresh     0 or 1  this is the first week of an attack after quiet ones
    short     0..1    how far the army lacks supply
    own_fuel  >0      kilometres that tanks go on what they carry: `supply.reach`
    p                 book/parameters/battle.toml
    returns   >=0     kilometres
    """
    evenly = gained * FIRST_DAYS / DAYS_A_WEEK
    dash = min(gained, own_fuel, FIRST_DAYS * p.fastest)
    return evenly + max(dash - evenly, 0.0) * mobile * open_way * fresh * (1.0 - short)


@rule(
    "battle.encirclement",
    draws="choice",
    per="front",
    options=("escape", "part", "pocket"),
    silent="escape",
    facts=(
        "battle.khalkhin-gol.aug.encirclement",
        "battle.khalkhin-gol.23div.loss-percent",
        "battle.mutanchiang.advance",
    ),
    latent=True,
    leaves_out="rings that are broken open again",
)
def encirclement(mobile, strength, cut_off, following, cover, p):
    """Does a clear success cut off those who stood there? Asked only with tracked troops, or of an enemy cut off.

    mobile     0..1    share of the attacking army that moves on tracks and wheels
    strength   natural logarithm of men engaged, and of effectiveness, attacker over defender
    cut_off    0 or 1  no whole railway leads to the enemy
    following  0 or 1  he was on his way back already
    cover      0..2    bare, mixed, wooded
    p                  in noise units: book/parameters/battle.toml
    returns            utilities of escape, part, pocket
    """
    eased = p.mobile * mobile + p.strength * strength + p.cut_off * cut_off
    eased -= p.following * following + 0.5 * p.wooded * cover
    return 0.0, p.part + eased, p.pocket + eased + p.mobile * mobile


@rule(
    "battle.columns",
    draws="choice",
    per="front",
    options=("through", "part", "pocket"),
    silent="through",
    facts=("battle.winter-war.raate",),
    latent=True,
    leaves_out="strongpoints that held out for weeks; what is flown in",
)
def columns_cut(strength, going, winter, beyond, p):
    """Are an attacker's columns cut off on forest roads? Asked where he attacked in vain in wooded country.

    It takes no tanks: an army strung out on one road, with woods on both sides that it cannot enter, is cut to pieces
    by men on foot who can. The worse the roads, the deeper the snow, the longer the way from the railhead, the sooner.

    strength  natural logarithm of men engaged, and of effectiveness, attacker over defender
    going     0..1    1 with good roads
    winter    0 or 1  November to March
    beyond    >=0     hundred kilometres that the attacker stands past his railhead
    p                 in noise units: book/parameters/battle.toml
    returns           utilities of through, part, pocket
    """
    eased = p.tracks * (1.0 - going) + p.snow * winter + p.beyond * min(beyond, 2.0) - p.strength * strength
    return 0.0, p.part + eased, p.pocket + eased


@rule(
    "battle.cost",
    draws="nothing",
    facts=(
        "combat.tank-loss.attack-unsupported",
        "combat.kursk.tank-exchange",
        "battle.khalkhin-gol.soviet.tanks-lost",
        "battle.khalkhin-gol.soviet.guns-lost",
    ),
    leaves_out="repair; shells and trucks lost",
)
def cost(engaged, lost, driven_back, p):
    """What a week at the front takes of an army: shares of its men, guns and tanks.

    The men who are not in the main battle lose what a quiet sector loses. Who is driven back leaves guns behind.

    engaged      0..1    share of the men who were in the main battle; 0 in a quiet week
    lost         logarithm of the share of those who were hit
    driven_back  0 or 1  the enemy took the field
    p                    book/parameters/battle.toml
    returns              shares of men, guns and tanks lost, each 0..1
    """
    hit = min(exp(lost), p.most) * engaged
    guns = hit * (p.guns + p.guns_left * driven_back)
    return hit + p.quiet * (1.0 - engaged), min(guns, p.most), min(hit * p.tanks, p.most)


@rule(
    "battle.pocketed",
    draws="nothing",
    facts=("battle.khalkhin-gol.prisoner-exchange", "battle.khalkhin-gol.23div.loss-percent"),
    leaves_out="guns and tanks taken into use",
)
def pocketed(whole, engaged, japanese, told_to_yield, p):
    """What a beaten army loses to a ring: share of all its men, and how many of those are taken alive.

    whole         0 or 1  all who stood there were ringed, else a part of them
    engaged       0..1    share of its men who were in the main battle
    japanese      0 or 1  the beaten are Japanese: few are taken
    told_to_yield 0 or 1  Tokyo has ordered the end, and they are
    p                    book/parameters/battle.toml
    returns              share of men lost, and share of these who are prisoners, each 0..1
    """
    share = engaged * (p.share_part + whole * (p.share_pocket - p.share_part))
    alive = p.taken
    if japanese > 0.0 and told_to_yield == 0.0:
        alive = p.taken_japan
    return share, alive


@kernel
def on_wheels(tanks, men, in_corps, p):
    """Share of those who lead an army's advance that moves on tracks and wheels.

    Tanks lead it where there are enough for each thousand men, and enough together to go ahead of the foot as a body:
    what is left of a beaten army does not become a tank army by having few men.

    tanks     >=0     tanks of the army
    men       >0      thousand men
    in_corps  0..1    how far tanks are gathered in corps that lead it, and not spread over the foot
    p                 book/parameters/battle.toml
    returns   0..1
    """
    spread = within(tanks / men / (p.all_mobile * (1.0 - p.gathered * in_corps)), 0.0, 1.0)
    return spread * within((tanks - p.too_few) / (p.a_body - p.too_few), 0.0, 1.0)


@kernel
def scattered(open_way, ground, cover, p):
    """Share of a week's battle that neither side has to fight, because the defence is broken and can be passed.

    On the steppe columns go round those who still stand, and those who run are not in the battle. In wooded hills with
    one road nobody goes round: whoever sits on the road is fought off it, as the 5th Army was before Mutanchiang.

    open_way  0..1  how far the enemy no longer holds a line
    ground    0..2  flat, rolling, rugged
    cover     0..2  bare, mixed, wooded
    p               book/parameters/battle.toml
    returns   0..1
    """
    closed = 0.5 * 0.5 * (ground + cover)
    return p.scattered * open_way * (1.0 - closed)
