"""Europe from the Rhineland to Berlin: its turns, one after the other, and what they claim of Soviet strength.

In this stage Europe is a covered background: it keeps its order and its seasons, and answers the Far East only
where the literature sees a path (a war in the East, forces drawn east). Each turn has its own small rule
below; all give the hazard of `europe.turns`.
"""

from allohistory.luck.arithmetic import exp
from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.rules.units import fading, weekly
from allohistory.timeline.rule import rule

# Stages of the road to war, as `europe.tension` counts them.
QUIET, RHINELAND, AUSTRIA, PRAGUE, WAR_IN_THE_WEST, WAR_IN_THE_EAST, OVER = 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0


@rule(
    "europe.turns",
    draws="clock",
    per="european-event",
    facts=(
        "decision.germany.rhineland",
        "decision.germany.poland",
        "close-run.barbarossa-1941",
        "europe.soviet-strike.plan-1941",
        "close-run.soviet-strike-1939-41",
    ),
    leaves_out="the choices of Berlin, Paris and London one by one: docs/limits.md#europe",
)
def europe_turns(weeks_since, delay, per_year, p):
    """How soon does Europe take its next turn?

    Each turn needs the one before it and some time to digest it; then it waits for an occasion. A turn may come
    ahead of its time, at a small share of the later rate: nothing in Europe kept a timetable.

    weeks_since  >= 0  weeks since the turn that had to come first
    delay        weeks until the time is ripe
    per_year     firings a year that are then expected
    returns      expected firings this week

    Rests on    the dates of our history (facts of the record), close-run.* for their odds
    """
    if weeks_since >= delay:
        return weekly(per_year)
    return weekly(per_year) * p.ahead_of_time


@kernel
def rhineland(weeks_since_hitler, p):
    """Hitler marches into the Rhineland once rearmament is in the open and the Soviet-French pact gives a pretext."""
    return europe_turns(weeks_since_hitler, p.rhineland_delay, p.rhineland_per_year, p)


@kernel
def anschluss(weeks_since_rhineland, p):
    """Austria follows when Italy is no longer its guardian, some two years after the Rhineland."""
    return europe_turns(weeks_since_rhineland, p.anschluss_delay, p.anschluss_per_year, p)


@kernel
def czech_crisis(weeks_since_anschluss, p):
    """With Austria gone Bohemia is outflanked, and Hitler sets a date: the crisis comes within the year."""
    return europe_turns(weeks_since_anschluss, p.czech_delay, p.czech_per_year, p)


@kernel
def german_soviet_pact(weeks_since_czech_crisis, west_at_war, divisions_felt, p):
    """Stalin deals with Hitler when he sees the West yield or dawdle; hardly once the West already fights.

    A division that stands on the Amur does not stand on the Dnieper: the more of them are bound in the East, the
    more is quiet in the West worth to him, and the less is his alliance worth to London and Paris.

    divisions_felt  Soviet divisions in the East as they weigh on Europe, europe.feels-east

    Rests on    close-run.triple-alliance, calculus.soviet.two-front-1938
    """
    per_year = p.pact_per_year * exp(p.pact_per_division_east * (divisions_felt - p.usual_divisions_east))
    if west_at_war > 0.0:
        per_year *= p.pact_when_west_fights
    return europe_turns(weeks_since_czech_crisis, p.pact_delay, per_year, p)


@kernel
def war_over_poland(weeks_since_czech_crisis, dealt_with_moscow, p):
    """Hitler wants his war with Poland in the autumn of 1939; a deal with Moscow takes away the last brake."""
    per_year = p.poland_per_year
    if dealt_with_moscow > 0.0:
        per_year *= p.poland_after_deal
    return europe_turns(weeks_since_czech_crisis, p.poland_delay, per_year, p)


@kernel
def finland(weeks_since_war, p):
    """With Germany's leave Moscow turns on Finland once the Baltic states have given way."""
    return europe_turns(weeks_since_war, p.finland_delay, p.finland_per_year, p)


@kernel
def france_falls(weeks_since_war, fought_in_1938, eastern_front, p):
    """The campaign in the West was a gamble that few staffs expected to end France in six weeks.

    A Germany that had to fight in 1938, with half the tanks and no pact, was much further from it; one that has to
    hold a front in the East at the same time is further still.
    """
    per_year = p.france_per_year
    if fought_in_1938 > 0.0:
        per_year *= p.france_if_war_in_1938
    if eastern_front > 0.0:
        per_year *= p.france_with_two_fronts
    return europe_turns(weeks_since_war, p.france_delay, per_year, p)


@kernel
def barbarossa(weeks_since_west, france_fallen, campaigning_season, soviets_fight_japan, red_army_image, p):
    """Germany turns on the Soviet Union in the first summer in which its western front is quiet.

    weeks_since_west       weeks since France fell, or since the war began where France still stands
    france_fallen          1 if it has
    campaigning_season     1 from April to September
    soviets_fight_japan    1 while a theatre war or more ties the Red Army in the East: it tempts Berlin
    red_army_image         what Europe thinks of the Red Army, 0 as in 1936; a beaten or purged one tempts Berlin too

    Rests on    close-run.barbarossa-1941, decision.germany.barbarossa-date
    """
    per_year = p.barbarossa_per_year
    if france_fallen == 0.0:
        per_year *= p.barbarossa_with_france_standing
    if campaigning_season == 0.0:
        per_year *= p.barbarossa_out_of_season
    if soviets_fight_japan > 0.0:
        per_year *= p.barbarossa_while_east_burns
    per_year *= exp(-p.barbarossa_per_image * red_army_image)
    return europe_turns(weeks_since_west, p.barbarossa_delay, per_year, p)


@kernel
def moscow_strikes(
    weeks_since_war, france_fallen, bound_by_pact, germans_massing, command_loss, hands_full, caution, p
):
    """Moscow strikes at Germany first: while France still stands, or before the blow that it sees coming.

    Nothing shows that Stalin meant to. He had been paid for standing aside, had seen his army in Finland, and sent
    his staff away when it put an attack on the massing Germans to him in May 1941. Without a pact, and with an army
    that the purge had spared, the war between two enemies would have tempted him more.

    weeks_since_war  weeks since Germany began to fight in the West
    france_fallen    1 once Germany has its hands free
    bound_by_pact    1 after the German-Soviet pact
    germans_massing  1 once a German attack is ripe
    command_loss     0..1, quality of command lost to the purge
    hands_full       1 while Moscow fights Finland, or Japan in more than a clash
    caution          0..1, Stalin's heirs think of each other

    Rests on    close-run.soviet-strike-1939-41, europe.soviet-strike.plan-1941, close-run.triple-alliance
    """
    per_year = p.strike_per_year * exp(-p.strike_per_loss * command_loss - p.strike_caution * caution)
    if bound_by_pact > 0.0:
        per_year *= p.strike_against_pact
    if france_fallen > 0.0:
        per_year *= p.strike_after_france
    if germans_massing > 0.0:
        per_year *= p.strike_while_massing
    if hands_full > 0.0:
        per_year *= p.strike_hands_full
    return europe_turns(weeks_since_war, p.strike_delay, per_year, p)


@kernel
def moscow_holds(weeks_since_front, soviets_fight_japan, divisions_came, struck_first, p):
    """The German advance is stopped before Moscow in the first winter; a second war in the East makes it harder.

    divisions_came  0..1, share of the trained divisions of the East that have come west
    struck_first    1 where Moscow opened the war: its armies were not surprised in their camps
    """
    per_year = p.moscow_per_year * exp(p.moscow_by_siberians * (divisions_came - p.usual_siberians))
    if struck_first > 0.0:
        per_year *= p.moscow_if_it_struck
    if soviets_fight_japan > 0.0:
        per_year *= p.moscow_while_east_burns
    return europe_turns(weeks_since_front, p.moscow_delay, per_year, p)


@kernel
def stalingrad(weeks_since_moscow_held, p):
    """A second German summer ends with an army lost on the Volga."""
    return europe_turns(weeks_since_moscow_held, p.stalingrad_delay, p.stalingrad_per_year, p)


@kernel
def germany_defeated(weeks_since_turning_point, turned_in_the_east, two_fronts, america_fights, supply, p):
    """Germany goes down two years after the tide has turned; without an eastern defeat the end is far off.

    An America at peace with Germany lands nobody in France; one that is at peace, or that Japan shuts out of
    Vladivostok, sends less. Where France still stands nobody need be landed there, and two fronts wear Germany down.

    two_fronts  1 where it fights an unbeaten France and the Soviet Union at once
    supply      million tons a year that America sends to the Soviet Union

    Rests on    log.lendlease.far-east.total
    """
    per_year = p.germany_per_year
    if turned_in_the_east == 0.0:
        per_year *= p.germany_between_fronts if two_fronts > 0.0 else p.germany_without_the_east
    if america_fights == 0.0 and two_fronts == 0.0:
        per_year *= p.germany_without_america
    per_year *= exp(p.germany_per_supply * (supply - p.usual_supply))
    return europe_turns(weeks_since_turning_point, p.germany_delay, per_year, p)


@rule(
    "munich.outcome",
    draws="choice",
    options=("cede", "fight"),
    facts=("close-run.munich-war", "decision.uk-france.munich", "decision.ussr.munich"),
    leaves_out="who fights beside whom: whether Moscow marches for Prague is not asked",
)
def munich_outcome(soviets_fight_japan, red_army_image, p):
    """Do London and Paris cede the Sudetenland, or does the Czech crisis end in war?

    Historians put war in 1938 at about one in four. Red Army divisions tied in the East take away the ally
    whom Paris hardly trusted anyway.

    soviets_fight_japan  1 while a theatre war or more goes on in the East
    red_army_image       what Europe thinks of the Red Army, 0 as in 1936
    returns              utilities of (cede, fight)

    Rests on    close-run.munich-war
    """
    fight = p.fight + p.fight_while_east_burns * soviets_fight_japan
    return 0.0, fight + p.fight_per_image * (red_army_image - p.usual_image)


@rule(
    "europe.temper",
    draws="nothing",
    facts=("calculus.soviet.two-front-1938",),
    leaves_out="the difference between the two capitals' readings",
)
def europe_temper(stage, weeks_since_turn, breaches, p):
    """How tense is Europe, as both capitals of the Far East read it?

    A level for each stage of the road to war, a little more for each step apart of those who won it, and on top the
    shock of the latest turn, which wears off in a few months. Only this reading, not the events themselves, reaches
    the staffs on the Amur.

    stage             0 quiet, 1 Rhineland, 2 Austria, 3 after the Czech crisis, 4 war in the West, 5 war in the East,
                      6 Germany beaten
    weeks_since_turn  weeks since the latest turn; -1 before the first
    breaches          0..3  steps apart that those who beat Germany have taken
    returns           0 (calm) .. 1
    """
    level = p.quiet + p.per_breach * breaches
    if stage == RHINELAND:
        level = p.after_rhineland
    elif stage == AUSTRIA:
        level = p.after_anschluss
    elif stage == PRAGUE:
        level = p.after_czech_crisis
    elif stage == WAR_IN_THE_WEST:
        level = p.war_in_the_west
    elif stage == WAR_IN_THE_EAST:
        level = p.war_in_the_east
    return min(level + p.shock_of_turn * fading(weeks_since_turn, p.shock_weeks), 1.0)


@rule(
    "europe.claims",
    draws="nothing",
    facts=(
        "calculus.soviet.two-front-1938",
        "calculus.soviet.two-front-1940",
        "forces.red-army.1941-06.divisions",
    ),
    leaves_out="kinds of forces: divisions, tanks, aircraft and trains are claimed alike",
)
def europe_claims(
    tension, west_at_war, finland_weeks, allies_fight_moscow, eastern_front, weeks_since_moscow_held,
    stalingrad_won, p,
):  # fmt: skip
    """What share of the strength that Moscow could send east does Europe claim?

    The West is the main theatre in every Soviet plan. Tension claims a part; the Winter War takes half for as long
    as it lasts; against Germany everything goes west, and only after Stalingrad is something to spare.

    tension                  0..1, europe.tension
    west_at_war              1 while Germany fights in the West
    finland_weeks            weeks since the attack on Finland; -1 if none
    allies_fight_moscow      1 while Britain and France are at war with the Soviet Union
    eastern_front            1 while Germany and the Soviet Union fight
    weeks_since_moscow_held  -1 while it is not decided
    stalingrad_won           1 after it
    returns                  0 (the East has first call) .. 1 (nothing left for it)

    Rests on    calculus.soviet.two-front-1938, calculus.soviet.two-front-1940
    """
    if eastern_front > 0.0:
        if stalingrad_won > 0.0:
            return p.after_stalingrad
        return p.fighting_germany if weeks_since_moscow_held < 0.0 else p.moscow_held
    share = p.per_tension * tension + p.west_at_war * west_at_war
    if 0.0 <= finland_weeks < p.finland_weeks:
        share = max(share, p.fighting_finland)
    if allies_fight_moscow > 0.0:
        share = max(share, p.fighting_allies)
    return min(share, 1.0)


@rule(
    "europe.red-army-image",
    draws="nothing",
    facts=("purge.model.quality-factor", "escalation.event.soviet-offensive-1939"),
    leaves_out="the Winter War, which Europe reads by itself; who believed what in London, Warsaw and Berlin",
)
def red_army_image(image, command_quality, weeks_since_japan_beaten, weeks_since_japan_won, p):
    """What does Europe think of the Red Army, against what it thought before the purge?

    The trial of the High Command was taken as proof that nothing could be expected of the rest; a battle won or
    lost against Japan was heard of late and believed less, for it was far away.

    image                     last week's opinion, 0 as in 1936
    command_quality           0..1, 1 = no loss to the purge
    weeks_since_japan_beaten  weeks since the Red Army last won a division battle; -1 if never
    weeks_since_japan_won     weeks since it last lost one; -1 if never
    returns                   this week's opinion
    """
    seen = p.won * fading(weeks_since_japan_beaten, p.memory) - p.lost * fading(
        weeks_since_japan_won, p.memory
    )
    seen -= p.purge * (1.0 - command_quality)
    return image + (seen - image) / p.weeks_to_believe


@rule(
    "europe.feels-east",
    draws="nothing",
    facts=("calculus.soviet.two-front-1938", "log.tsr.train-need.sov-rd"),
    leaves_out="what the attaches of Berlin, Paris and London reported of it",
)
def feels_east(felt, divisions_east, p):
    """How many of the Soviet divisions in the East are missed in Europe by now?

    Drawing divisions east takes trains for weeks, and it takes Moscow's plans and its neighbours' staffs some
    months to reckon without them: what Europe feels follows what stands in the East at a distance.

    felt            divisions, as felt last week
    divisions_east  divisions that stand there
    returns         divisions
    """
    return felt + (divisions_east - felt) / p.weeks_to_feel


@rule(
    "europe.german-progress",
    draws="nothing",
    facts=("calculus.kantokuen.sorge-condition",),
    leaves_out="what Oshima wrote and Tokyo believed",
)
def german_progress(weeks_since_barbarossa, moscow_held, two_fronts, p):
    """How does the German campaign look from Tokyo: -1 stopped, 0 open, 1 at the gates of Moscow?

    Three weeks of triumph, a halt at Smolensk that Tokyo's attaches reported at once, the great encirclements of
    October, and the check before Moscow. The stages are those of 1941, counted from the first day.

    weeks_since_barbarossa  -1 if Germany is not at war with the Soviet Union
    moscow_held             1 once the advance has been stopped
    two_fronts              1 where Moscow struck at a Germany that France still holds: a front that moves little
    """
    if weeks_since_barbarossa < 0.0:
        return 0.0
    if two_fronts > 0.0:
        return -p.halt
    if moscow_held > 0.0:
        return -1.0
    if weeks_since_barbarossa < p.first_pause:
        return 0.0
    if weeks_since_barbarossa < p.second_wind:
        return -p.halt
    return 1.0
