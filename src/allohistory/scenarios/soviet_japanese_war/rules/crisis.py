"""The capitals at a clash: Moscow's answer, the throne, Tokyo, and the instrument that carries Tokyo's word."""

from allohistory.luck.arithmetic import NEVER
from allohistory.scenarios.soviet_japanese_war.rules.ladder import (
    ADVICE,
    ARMY,
    BATTALION,
    DIVISION,
    IMPERIAL_ORDER,
)
from allohistory.timeline.rule import rule


@rule(
    "moscow.answers-clash",
    draws="choice",
    per="sector",
    options=("yield", "hold", "counter-stroke", "widen"),
    silent="hold",
    facts=(
        "incident.kanchazu.1937.withdraw",
        "incident.khasan.stalin-blyukher",
        "incident.khasan.soviet-refuses",
        "incident.khalkhin-gol.stalin-sees-war",
        "incident.khalkhin-gol.stop-at-border",
        "decision.ussr.mongolia-pledge",
        "decision.ussr.khasan-fight",
        "escalation.end.soviet-limited",
        "escalation.event.soviet-offensive-1939",
    ),
    leaves_out="Stalin, Voroshilov and Litvinov as separate voices",
)
def moscow_answers_clash(
    rung,
    something_new,
    pledged_ground,
    islands,
    europe_opens,
    german_pact,
    stronger,
    yielded_recently,
    purge_fresh,
    purgers_on_the_spot,
    china_share,
    japan_struck,
    japan_on_the_ground,
    won,
    order_stands,
    railway_ready,
    short_of_stocks,
    caution,
    p,
):
    """What Moscow says to a clash in a week that it is open.

    On ground it has pledged to defend (Mongolia, the gap at Posyet) it strikes back at the line it claims and stops
    there; islands it gives up. It would rather not when Europe burns, and dares more once Germany is bought off. The
    trial of its own commanders made it yield in June 1937; a year later its purgers in the East had to show vigilance.

    rung                 1..5    size of the crisis
    something_new        0 or 1  a blow fell, or the clash grew, this week
    pledged_ground       0 or 1  ground that Moscow has bound itself to defend
    islands              0 or 1  river islands
    europe_opens         0..1    how far an open crisis in Europe claims Moscow
    german_pact          0 or 1  Moscow has a pact with Germany
    stronger             doublings by which the Soviet side seems the stronger on the spot
    yielded_recently     0 or 1  Moscow gave way within a year and a half
    purge_fresh          0 or 1  the high command was tried within three months
    purgers_on_the_spot  0 or 1  Moscow's purgers are at work in the East
    china_share          0..1    Japanese divisions in China, as a share of twenty
    japan_struck         0 or 1  Japan attacked here this week or last
    japan_on_the_ground  0 or 1  Japan holds what the Soviet side claims
    won                  0 or 1  the last battle here was won, and the line is restored
    order_stands         0 or 1  a counter-stroke has been ordered and not yet carried out
    railway_ready        0..1    pairs of trains a day east of Baikal, as a share of a line that can feed a wider war
    short_of_stocks      0..1    how far the depots of the East fall short
    caution              0..1    Stalin is dead and his heirs think of each other
    p                            in noise units: book/parameters/crisis.toml
    returns                      utilities of yield, hold, counter-stroke, widen
    """
    give_way = p.give_way + p.islands_yield * islands + p.purge_fresh_yield * purge_fresh
    give_way -= p.purgers * purgers_on_the_spot + p.won_yield * won + p.yielded_recently * yielded_recently
    give_way += p.caution * caution
    held_back = p.caution * caution + p.short_of_stocks * short_of_stocks
    counter = (
        p.counter + p.pledged_ground * pledged_ground - p.islands * islands + p.german_pact * german_pact
    )
    counter += (
        p.per_doubling * stronger + p.yielded_recently * yielded_recently + p.purgers * purgers_on_the_spot
    )
    counter -= p.purge_fresh * purge_fresh + p.europe_counter * europe_opens
    counter += p.china_counter * china_share + p.struck * japan_struck + p.on_the_ground * japan_on_the_ground
    counter -= p.won * won + p.order_stands * order_stands + held_back
    if rung < BATTALION:
        return give_way, 0.0, counter - p.small, NEVER
    widen = p.widen - p.europe_widen * europe_opens - p.china_widen * china_share + p.per_doubling * stronger
    widen += p.purgers * purgers_on_the_spot - p.won * won - p.railway_unready * (1.0 - railway_ready)
    widen += p.pledged_widen * pledged_ground - held_back
    widen += p.ground_widen * japan_on_the_ground
    if rung >= DIVISION:
        give_way -= p.blood
        widen += p.blood_widen
    quiet = p.quiet * (1.0 - something_new)
    return give_way - quiet, 0.0, counter - quiet, widen - quiet


@rule(
    "moscow.sends-commander",
    draws="choice",
    per="sector",
    options=("keep", "favourite", "able"),
    silent="keep",
    facts=(
        "incident.khalkhin-gol.zhukov-sent",
        "decision.ussr.zhukov-sent",
        "purge.replaced.1938-40.corps-div",
    ),
    leaves_out="names: a commander is a kind of man here, not a person",
)
def moscow_sends_commander(rung, trust, purge_at_work, far_from_moscow_wire, p):
    """Does Moscow send a new commander to the fight, and of what kind?

    At Khalkhin Gol it sent within four weeks a cavalryman who could mass armour, and gave him more than he asked;
    while the purge is at work a loyal favourite is the safer choice for those who choose.

    rung                  3..5    size of the crisis
    trust                 0..1    Moscow's trust in the theatre command
    purge_at_work         0 or 1  the purge is under way
    far_from_moscow_wire  0 or 1  the far steppe: no one there can be driven by telephone
    p                             in noise units: book/parameters/crisis.toml
    returns                       utilities of keep, favourite, able
    """
    need = p.distrust * (1.0 - trust) + p.far * far_from_moscow_wire
    if rung >= DIVISION:
        need += p.division
    return 0.0, p.favourite + need + p.purge_at_work * purge_at_work, p.able + need


@rule(
    "throne.speaks",
    draws="choice",
    per="sector",
    options=("silent", "asks", "refuses"),
    silent="silent",
    facts=(
        "incident.khasan.emperor-refuses",
        "incident.khalkhin-gol.emperor-rebuke",
        "decision.japan.khasan-restraint",
    ),
    leaves_out="the genro and the Lord Keeper as voices behind the throne",
)
def throne_speaks(rung, leave_sought, unordered_blow, raid, displeased_before, china_share, p):
    """Does the emperor ask who will answer for it, or refuse leave?

    He was told late and often wrongly. In July 1938 he refused sanction to a war minister who had misled him on the
    consent of others; in June 1939 he asked who would answer for an unordered raid, and let punishment wait.

    rung               2..5    size of the crisis
    leave_sought       0 or 1  troops have been brought up and leave to use them is sought
    unordered_blow     0 or 1  the field army attacked against Tokyo's word, this week
    raid               0 or 1  it bombed far beyond the line, this week
    displeased_before  0 or 1  the throne has been displeased with the army within half a year
    china_share        0..1    Japanese divisions in China, as a share of twenty
    p                          in noise units: book/parameters/crisis.toml
    returns                    utilities of silent, asks, refuses
    """
    anger = p.unordered_blow * unordered_blow + p.raid * raid + p.displeased_before * displeased_before
    asks = p.asks + anger
    refuses = (
        p.refuses
        + p.leave_sought * leave_sought
        + p.china_share * china_share
        + p.displeased_before * (displeased_before)
    )
    if rung >= DIVISION:
        asks += p.division
    return 0.0, asks, refuses


@rule(
    "tokyo.answers-clash",
    draws="choice",
    per="sector",
    options=("stop", "restrain", "tolerate", "reinforce", "general-war"),
    silent="tolerate",
    facts=(
        "incident.kanchazu.1937.tokyo-go",
        "incident.khasan.concentrate",
        "incident.khasan.escalation-weighed",
        "incident.khalkhin-gol.tokyo-lets",
        "incident.khalkhin-gol.directive-june29",
        "incident.khalkhin-gol.essentials",
        "incident.khalkhin-gol.imperial-stop",
        "decision.japan.nomonhan-stop",
        "decision.japan.khasan-truce",
    ),
    leaves_out="General Staff, War Ministry, cabinet and Navy as separate voices; the Navy enters by its lift",
)
def tokyo_answers_clash(
    rung,
    something_new,
    china_share,
    europe_shock,
    division_destroyed,
    soviets_beyond_line,
    soviets_massed,
    lift_needed,
    throne_displeased,
    throne_refused,
    local_win,
    northern_opinion,
    northern_policy,
    southern_policy,
    forces_assembled,
    forces_at_hand,
    fights_america,
    weeks_open,
    shells_lead,
    cabinet_temper,
    p,
):
    """What Tokyo says to a clash in a week that it is open.

    Its habit is to let a limited affair pass and to advise; it stops one when the throne refuses, when Europe breaks
    open, or when a division is gone. A local win makes it bolder on the border, not in Siberia. General war would be
    started from a clash only if Soviet troops stood deep inside Manchuria or the north was policy already.

    rung                 1..5    size of the crisis
    something_new        0 or 1  a blow fell, or the clash grew, this week
    china_share          0..1    Japanese divisions in China, as a share of twenty
    europe_shock         0 or 1  war or a pact in Europe upset Tokyo's reckoning within three months
    division_destroyed   0 or 1  a Soviet win at the size of a division within a month
    soviets_beyond_line  0 or 1  Soviet troops far past the line they claim
    soviets_massed       0 or 1  Soviet reinforcements for this clash are known
    lift_needed          0 or 1  going on needs the Navy's ships and aircraft
    throne_displeased    0 or 1  the throne has been displeased with the army within half a year
    throne_refused       0 or 1  the throne has refused leave in this crisis
    local_win            0 or 1  Japan won the last battle here
    northern_opinion     0..1    share of senior officers for an early northern war
    northern_policy      0 or 1  the north is adopted policy
    southern_policy      0 or 1  the south is
    forces_assembled     0 or 1  the forces for a northern war stand ready
    forces_at_hand       0..1    divisions in Manchuria and Korea, as a share of those that could open a war
    fights_america       0 or 1  at war with America: nothing is left for a second great war
    weeks_open           >=0     weeks since the crisis opened
    shells_lead          -1..1   doublings by which a division in the north has more shells than usual
    cabinet_temper       -1..1   cautious, middle, forward
    p                            in noise units: book/parameters/crisis.toml
    returns                      utilities of stop, restrain, tolerate, reinforce, general-war
    """
    caution = (
        p.china_caution * china_share
        + p.europe_shock * europe_shock
        + p.throne_displeased * throne_displeased
        + p.america_caution * fights_america
    )
    weary = p.per_week * weeks_open
    stop = p.stop + caution + p.throne_refused * throne_refused + p.division_stop * division_destroyed + weary
    restrain = p.restrain + caution
    reinforce = p.reinforce - caution + p.division_destroyed * division_destroyed - p.lift * lift_needed
    reinforce += p.beyond_line * soviets_beyond_line + p.soviets_massed * soviets_massed
    bolder = p.shells * shells_lead + p.temper * cabinet_temper
    reinforce += bolder
    tolerate = p.local_win * local_win
    if rung < BATTALION:
        return stop - p.small, restrain - p.small, tolerate, reinforce - p.small, NEVER
    general = p.general_war - p.china_general * china_share - p.europe_shock * europe_shock
    general -= (
        p.throne_displeased * throne_displeased + p.throne_refused * throne_refused + p.lift * lift_needed
    )
    general += p.beyond_line_general * soviets_beyond_line + p.local_win_general * local_win
    general += p.northern_opinion * (northern_opinion - p.opinion_middle)
    general += p.northern_policy * northern_policy - p.southern_policy * southern_policy
    general += p.forces_assembled * forces_assembled
    general += bolder
    general -= p.too_few * (1.0 - forces_at_hand) + p.america_general * fights_america
    if rung >= DIVISION:
        stop += p.blood
        reinforce += p.blood
        general += p.blood_general
    if rung >= ARMY:
        general += p.blood
    quiet = p.quiet * (1.0 - something_new)
    return stop - quiet, restrain - quiet, tolerate, reinforce - quiet, general - quiet


@rule(
    "general-staff.instrument",
    draws="choice",
    per="sector",
    options=("advice", "directive", "imperial-order"),
    silent="advice",
    facts=(
        "incident.khalkhin-gol.directive-june29",
        "incident.khalkhin-gol.essentials",
        "incident.khalkhin-gol.imperial-stop",
        "incident.khalkhin-gol.days-to-decision",
        "calculus.autonomy.essentials",
        "calculus.autonomy.direct-order",
    ),
    leaves_out="envoys, telephone calls and the private letters between classmates",
)
def general_staff_instrument(
    wants_stop, present_leash, defied, throne_displeased, europe_shock, rung, weeks_open, p
):
    """By what instrument Tokyo's word goes to the field army.

    Advice is kind and is read as a suggestion; a directive binds the willing; an order in the emperor's name works,
    and Tokyo pays for it in the pride of both sides, so that it comes late: after 116 days in 1939.

    wants_stop         0 or 1  Tokyo's word is to stop, not to restrain
    present_leash      0..3    what binds the army already (none, advice, directive, imperial order)
    defied             0 or 1  the field army went beyond Tokyo's word in this crisis
    throne_displeased  0 or 1  the throne has been displeased with the army within half a year
    europe_shock       0 or 1  war or a pact in Europe upset Tokyo's reckoning within three months
    rung               1..5    size of the crisis
    weeks_open         >=0     weeks since the crisis opened
    p                          in noise units: book/parameters/crisis.toml
    returns                    utilities of advice, directive, imperial-order
    """
    grave = p.throne_displeased * throne_displeased + p.per_week * weeks_open
    directive = p.directive + grave + p.defied_directive * defied
    order = (
        p.imperial_order
        + grave
        + p.wants_stop * wants_stop
        + p.defied * defied
        + p.europe_shock * europe_shock
    )
    if present_leash >= ADVICE:
        directive += p.next_step
    if present_leash >= IMPERIAL_ORDER:
        order += p.next_step
    if rung >= DIVISION:
        order += p.division
    return 0.0, directive, order


@rule(
    "tokyo.relieves-staff",
    draws="choice",
    per="sector",
    options=("keep", "relieve"),
    silent="keep",
    facts=(
        "incident.khalkhin-gol.ueda-out",
        "decision.japan.nomonhan-stop",
        "calculus.autonomy.direct-order",
    ),
    leaves_out="who is posted where, and that most came back within two years",
)
def tokyo_relieves_staff(rung, ending, imperial_order, defied, division_destroyed, throne_displeased, p):
    """Does Tokyo relieve the commander and his operations staff?

    It did so once, after an imperial order and a lost division: the heads changed and the line was quiet for years.

    rung                1..5    greatest size of the crisis
    ending              0 or 1  the crisis ends this week
    imperial_order      0 or 1  an order in the emperor's name binds the army
    defied              0 or 1  the field army went beyond Tokyo's word in this crisis
    division_destroyed  0 or 1  a Soviet win at the size of a division in this crisis
    throne_displeased   0 or 1  the throne has been displeased with the army within half a year
    p                           in noise units: book/parameters/crisis.toml
    returns                     utilities of keep, relieve
    """
    relieve = p.relieve + p.imperial_order * imperial_order + p.defied * defied + p.ending * ending
    relieve += p.division_destroyed * division_destroyed + p.throne_displeased * throne_displeased
    if rung < BATTALION:
        relieve -= p.small
    return 0.0, relieve
