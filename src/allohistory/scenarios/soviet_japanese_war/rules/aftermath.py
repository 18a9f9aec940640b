"""What follows the week's battle on a front: how far the line moves, who is cut off, and what both armies have lost."""

from allohistory.luck.arithmetic import exp, log
from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.rules.units import DAYS_A_WEEK, within
from allohistory.timeline.rule import rule


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
def advance(mobile, strength, works, following, ground, cover, going, wet, short, gas, p):
    """How far the line moves in a week whose attack succeeded, or behind an enemy who withdraws.

    The paces are those of the fact book, taken before any campaign was fought again by these rules.

    mobile     0..1    share of the advancing army that moves on tracks and wheels
    strength   natural logarithm of men engaged, and of effectiveness, advancing over resisting
    works      0..1    where the enemy stood
    following  0 or 1  he withdraws, and is followed
    ground     0..2    flat, rolling, rugged
    cover      0..2    bare, mixed, wooded
    going      0..1    1 with good roads
    wet        0..1    rain or thaw stops wheels
    short      0..1    how far the advancing army lacks supply
    gas        0 or 1  gas is used by anybody
    p                  logarithms of km a day: book/parameters/battle.toml
    returns            mean and spread of the natural logarithm of km in the week
    """
    said = p.infantry + p.mobile * mobile + p.strength * within(strength, -p.most, p.most)
    said += p.following * following - p.works * works * (1.0 - following)
    said -= 0.5 * (p.rugged * ground + p.wooded * cover)
    said -= p.no_roads * (1.0 - going) + p.wet * wet + p.short * short + p.gas * gas
    return said + log(DAYS_A_WEEK), p.scatter


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
def on_wheels(tanks, in_corps, p):
    """Share of those who lead an army that moves on tracks and wheels, from its tanks per thousand men.

    in_corps  0 or 1  tanks are gathered in corps that lead it, and not spread over the foot
    """
    return within(tanks / (p.all_mobile * (1.0 - p.gathered * in_corps)), 0.0, 1.0)
