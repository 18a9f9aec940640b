"""The armies on the spot: Soviet frontier guards and theatre command, Korea Army, Kwantung Army and its rules."""

from allohistory.luck.arithmetic import exp
from allohistory.scenarios.soviet_japanese_war.rules.ladder import BATTALION, PATROL, of_leash
from allohistory.timeline.rule import rule


@rule(
    "guards.answer",
    draws="choice",
    per="sector",
    options=("pull-back", "hold", "push"),
    silent="hold",
    facts=(
        "incident.khasan.occupation",
        "incident.khasan.decode",
        "incident.kanchazu.1937.seizure",
        "incident.decision.soviet-restraint-1935",
        "incident.khasan.frinovsky",
    ),
    leaves_out="Mongolian cavalry as a party of its own",
)
def guards_answer(islands, bare_heights, purge_at_work, soviet_yielded, tied_in_europe, live_quarrels, p):
    """What the Soviet or Mongolian frontier guards do in the week of the clash.

    The guards stand under the security police, not under the army: they hold their post by habit, and now and then
    occupy the ground in dispute on their own chain of command, the more when vigilance is demanded of them.

    islands         0 or 1  the ground is river islands with two channels (Amur, Argun)
    bare_heights    0 or 1  the ground is an unoccupied crest (Posyet)
    purge_at_work   0 or 1  the purge is under way: vigilance is safer than restraint
    soviet_yielded  0 or 1  Moscow gave way within a year and a half
    tied_in_europe  0..1    share of Soviet forces and attention that Europe claims
    live_quarrels   >=0     sum of the heat of quarrels off the border: they set the temper in which a clash is read
    p                       in noise units: book/parameters/field_armies.toml
    returns                 utilities of pull-back, hold, push
    """
    push = p.push + p.islands * islands + p.bare_heights * bare_heights + p.purge_at_work * purge_at_work
    push += p.soviet_yielded * soviet_yielded - p.tied_in_europe * tied_in_europe
    push += p.per_quarrel * live_quarrels
    return p.pull_back + p.orders_not_to_provoke * tied_in_europe, 0.0, push


@rule(
    "far-east-command.readiness",
    draws="nothing",
    facts=(
        "incident.khalkhin-gol.secrecy",
        "incident.khasan.counteroffensive",
        "log.khalkhin-gol.truck-yield.long",
    ),
    leaves_out="shells and trucks as stocks: preparation is counted in weeks",
)
def readiness(weeks, far_steppe, p):
    """How far a prepared blow has come, by the weeks since Moscow ordered one.

    weeks       weeks since the order; below 0 where there is none
    far_steppe  0 or 1  600 km from the railway: six weeks of trucks; else half of that
    p                   weeks: book/parameters/field_armies.toml
    returns     0..1
    """
    needed = p.weeks_by_railway + (p.weeks_on_steppe - p.weeks_by_railway) * far_steppe
    return min(max(weeks, 0.0) / needed, 1.0)


@rule(
    "far-east-command.acts",
    draws="choice",
    per="sector",
    options=("wait", "attack", "set-piece"),
    silent="wait",
    facts=(
        "incident.khasan.alert",
        "incident.khasan.piecemeal",
        "incident.khasan.counteroffensive",
        "incident.khalkhin-gol.tank-counter",
        "incident.khalkhin-gol.secrecy",
        "incident.khalkhin-gol.august-offensive",
        "purge.effect.khasan.command",
    ),
    leaves_out="shells and trucks as stocks: preparation is counted in weeks",
)
def far_east_command_acts(
    rung,
    struck,
    japan_on_the_ground,
    ordered,
    trust,
    able,
    favourite,
    readiness,
    far_steppe,
    just_attacked,
    railway_ready,
    winter,
    p,
):
    """What the Soviet theatre command does in a week of an open crisis.

    Ordered by wire to clear the ground at once, a command that Moscow does not trust throws in what has arrived;
    one that is trusted, or led by a man strong enough to refuse, brings up men, guns and shells first. On the far
    steppe that takes five or six weeks, by a railway in a few days.

    rung                 1..5    size of the crisis
    struck               0 or 1  Japan attacked here this week or last
    japan_on_the_ground  0 or 1  Japan holds what the Soviet side claims
    ordered              0..2    Moscow's last word: 1 a counter-stroke, 2 to widen, else 0
    trust                0..1    Moscow's trust in the theatre command
    able, favourite      0 or 1  the commander whom Moscow sent
    readiness            0..1    weeks of preparation since the order, as a share of a full preparation
    far_steppe           0 or 1  600 km from the railway
    just_attacked        0 or 1  the Soviet side attacked here within a fortnight
    railway_ready        0..1    pairs of trains a day east of Baikal, as a share of a line that can feed a war
    winter               0 or 1  November to March
    p                            in noise units: book/parameters/field_armies.toml
    returns                      utilities of wait, attack, set-piece
    """
    reason = p.struck * struck + p.japan_on_the_ground * japan_on_the_ground
    by_wire = ordered * (1.0 - trust)
    attack = (
        p.attack
        + reason
        + p.ordered * ordered
        + p.by_wire * by_wire
        - p.able * able
        + p.favourite * favourite
    )
    prepared = p.readiness * readiness + p.by_wire_set_piece * by_wire * (1.0 - far_steppe)
    set_piece = p.set_piece + p.ordered_set_piece * ordered + prepared + p.able_prepares * able * readiness
    if rung >= BATTALION:
        attack += p.in_battle
        set_piece += p.in_battle
    rest = p.just_attacked * just_attacked
    far = p.far_steppe * far_steppe + p.railway_unready * (1.0 - railway_ready) + p.winter * winter
    return 0.0, attack - rest, set_piece - rest - far


@rule(
    "korea-army.attacks",
    draws="choice",
    per="sector",
    options=("refrain", "attack", "offensive"),
    silent="refrain",
    facts=(
        "incident.khasan.shachaofeng",
        "incident.khasan.night-attack",
        "incident.khasan.concentrate",
        "incident.khasan.emperor-refuses",
        "calculus.autonomy.defy-prob",
        "escalation.soviet-japan.gekokujo",
    ),
    leaves_out="the difference between the army commander and the commander of the division on the spot",
)
def korea_army_attacks(
    rung,
    soviets_on_the_ground,
    soviets_struck,
    leash,
    throne_refused,
    humiliated,
    relieved_before,
    stronger,
    reinforced,
    just_attacked,
    forces_at_hand,
    winter,
    p,
):
    """Does the division on the Tumen attack on its own word?

    It acts when Soviet troops stand on what it thinks its own ground and it has not been forbidden this very thing:
    at Khasan a ban on the hill was read as no ban on the next one. An imperial order binds it.

    rung                   1..5    size of the crisis
    soviets_on_the_ground  0 or 1  Soviet troops stand on ground that Japan claims
    soviets_struck         0 or 1  the Soviet side attacked here this week or last
    leash                  0..3    none, advice, directive, imperial order
    throne_refused         0 or 1  the throne has refused leave in this crisis
    humiliated             0 or 1  a lost clash of size within a year
    relieved_before        0 or 1  its staff was once relieved for going beyond orders
    stronger               doublings by which Japan seems the stronger on the spot
    reinforced             0 or 1  Tokyo has sent troops
    just_attacked          0 or 1  Japan attacked here within a fortnight
    forces_at_hand         0..1    divisions in Manchuria and Korea, as a share of those that could open a war
    winter                 0 or 1  November to March: divisions are not marched onto the steppe or the hills then
    p                              in noise units: book/parameters/field_armies.toml
    returns                        utilities of refrain, attack, offensive
    """
    lean = p.soviets_on_the_ground * soviets_on_the_ground + p.soviets_struck * soviets_struck
    lean += p.humiliated * humiliated + p.per_doubling * stronger
    lean -= p.relieved_before * relieved_before + p.throne_refused * throne_refused
    lean -= of_leash(leash, p.advice, p.directive, p.imperial_order)
    offensive = p.offensive + p.reinforced * reinforced - p.rest * just_attacked
    offensive -= p.too_few * (1.0 - forces_at_hand) + p.winter * winter
    if rung <= PATROL:
        lean -= p.patrol_only
    if rung >= BATTALION:
        offensive += p.in_battle
    return 0.0, p.attack + lean - p.rest * just_attacked, offensive + lean


@rule(
    "kwantung.attacks",
    draws="choice",
    per="sector",
    options=("refrain", "attack", "raid", "offensive"),
    silent="refrain",
    facts=(
        "incident.kanchazu.1937.shoot",
        "incident.khalkhin-gol.komatsubara",
        "incident.khalkhin-gol.may28",
        "incident.khalkhin-gol.kwantung-plan",
        "incident.khalkhin-gol.tamsag-raid",
        "incident.khalkhin-gol.july-offensive",
        "incident.control.tokyo-overrides",
        "calculus.autonomy.defy-prob",
        "incident.orahodoga.1936.itagaki",
    ),
    leaves_out="who drafts the order; the Manchukuo army as a party that can be used or blamed",
)
def kwantung_attacks(
    rung,
    soviets_on_the_ground,
    soviets_struck,
    leash,
    hawks,
    humiliated,
    harsh_rules,
    strict_commander,
    far_steppe,
    tokyo_busy,
    stronger,
    reinforced,
    just_attacked,
    forces_at_hand,
    winter,
    p,
):
    """Does the Kwantung Army attack in this week, and how large?

    Its standing mandate to defend Manchukuo covers most local action, and it reads advice from Tokyo as a suggestion:
    in all three great crises it acted ahead of Tokyo's wish. Hawks in its operations section, a defeat to avenge and
    its own rules of fire push it; a strict commander, or an order in the emperor's name, stops it.

    rung                   1..5    size of the crisis
    soviets_on_the_ground  0 or 1  Soviet or Mongolian troops stand on ground that Japan claims
    soviets_struck         0 or 1  the Soviet side attacked here this week or last
    leash                  0..3    none, advice, directive, imperial order
    hawks                  0..1    strength of the hawks in its operations section
    humiliated             0 or 1  a lost clash of size within a year, anywhere on the line
    harsh_rules            0 or 1  its own rules of fire like Order 1488 are in force
    strict_commander       0 or 1  a commander sent to enforce restraint
    far_steppe             0 or 1  Halha and Buir, far from consuls and railways
    tokyo_busy             0..1    Japanese divisions in China, as a share of twenty
    stronger               doublings by which Japan seems the stronger on the spot
    reinforced             0 or 1  troops have been brought up for this clash
    just_attacked          0 or 1  Japan attacked here within a fortnight
    forces_at_hand         0..1    divisions in Manchuria and Korea, as a share of those that could open a war
    winter                 0 or 1  November to March: divisions are not marched onto the steppe or the hills then
    p                              in noise units: book/parameters/field_armies.toml
    returns                        utilities of refrain, attack, raid, offensive
    """
    lean = p.soviets_on_the_ground * soviets_on_the_ground + p.soviets_struck * soviets_struck
    lean += p.hawks * hawks + p.humiliated * humiliated + p.harsh_rules * harsh_rules
    lean += p.far_steppe * far_steppe + p.tokyo_busy * tokyo_busy + p.per_doubling * stronger
    lean -= p.strict_commander * strict_commander
    lean -= of_leash(leash, p.advice, p.directive, p.imperial_order)
    attack = p.attack - p.rest * just_attacked
    larger = -p.rest * just_attacked
    if rung <= PATROL:
        lean -= p.patrol_only
    if rung >= BATTALION:
        larger += p.in_battle
    offensive = p.offensive + larger + p.reinforced * reinforced
    offensive -= p.too_few * (1.0 - forces_at_hand) + p.winter * winter
    return 0.0, attack + lean, p.raid + larger + lean, offensive + lean


@rule(
    "kwantung.harsher-rules",
    draws="clock",
    facts=(
        "incident.decision.tsuji-principles-1939",
        "calculus.autonomy.order-1488",
        "decision.japan.border-principles",
    ),
    leaves_out="milder orders of earlier years; rules of fire on the Soviet side",
)
def harsher_rules(humiliated, hawks, strict_commander, manned, p):
    """How soon the Kwantung Army writes its own harsher rules of fire.

    A humiliation suffered by a neighbour army bred Order 1488: local commanders draw the line where it is unclear, and
    fight until they win. It needs hawks to draft it and a commander who signs.

    humiliated        0 or 1  the Japanese side lost a clash of size within a year
    hawks             0..1    strength of the hawks in its operations section
    strict_commander  0 or 1  a commander sent to enforce restraint
    manned            0..1    how far the line is manned (border.crowding)
    p                         log multipliers of the rate: book/parameters/field_armies.toml
    returns           >=0     orders a week
    """
    lean = p.humiliated * humiliated + p.hawks * hawks - p.strict_commander * strict_commander
    return p.per_week * manned * exp(lean)


@rule(
    "tokyo.vetoes-rules",
    draws="choice",
    options=("let-stand", "veto"),
    silent="let-stand",
    facts=("incident.decision.tsuji-principles-1939", "calculus.autonomy.order-1488"),
    leaves_out="the weeks between the order and Tokyo's reading of it",
)
def tokyo_vetoes_rules(throne_displeased, china_share, p):
    """Does the General Staff strike down the Kwantung Army's new rules of fire?

    In 1939 it read them, thought them forward, and let them stand: to correct a field army's order was to lose face
    on both sides. An angry throne, or a war in China that wants quiet in the north, would help.

    throne_displeased  0 or 1  the throne has been displeased with the army within half a year
    china_share        0..1    Japanese divisions in China, as a share of twenty
    p                          in noise units: book/parameters/field_armies.toml
    returns                    utilities of let-stand, veto
    """
    return 0.0, p.veto + p.throne_displeased * throne_displeased + p.china_share * china_share
