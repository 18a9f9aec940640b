"""Step 1 of the week, first half: Europe takes its turns, and claims its share of Soviet strength.

The order of preconditions is the order of our history; within it each turn is a clock of its own (rules/europe.py).
"""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    EUROPE_TURNS,
    EUROPEAN_EVENT__ANSCHLUSS,
    EUROPEAN_EVENT__BARBAROSSA,
    EUROPEAN_EVENT__CZECH_CRISIS,
    EUROPEAN_EVENT__FINLAND,
    EUROPEAN_EVENT__FRANCE_FALLS,
    EUROPEAN_EVENT__GERMAN_SOVIET_PACT,
    EUROPEAN_EVENT__GERMANY_DEFEATED,
    EUROPEAN_EVENT__MOSCOW_HOLDS,
    EUROPEAN_EVENT__MOSCOW_STRIKES,
    EUROPEAN_EVENT__RHINELAND,
    EUROPEAN_EVENT__STALINGRAD,
    EUROPEAN_EVENT__WAR_POLAND,
    MUNICH_OUTCOME,
    MUNICH_OUTCOME__FIGHT,
)
from allohistory.scenarios.soviet_japanese_war.rules import europe as rules
from allohistory.scenarios.soviet_japanese_war.steps.almanac import yes
from allohistory.scenarios.soviet_japanese_war.steps.dates import weeks_since
from allohistory.scenarios.soviet_japanese_war.steps.frontier import moscow_cautious, nobody_in_moscow
from allohistory.scenarios.soviet_japanese_war.steps.settlement import settlement
from allohistory.timeline.drawing import choice, clock

ZERO = np.int64(0)
HITLER = 108.0  # the week of 30 January 1933
APRIL, SEPTEMBER = 4, 9
CEDED, FOUGHT = 1.0, 2.0
THEATRE_WAR = 6.0
# Stages of the road to war, as the rule for Europe's temper counts them.
RHINELAND, AUSTRIA, PRAGUE, WAR_IN_THE_WEST, WAR_IN_THE_EAST, OVER = 1.0, 2.0, 3.0, 4.0, 5.0, 6.0


@kernel
def turn(c, w, event, hazard):
    """One clock of Europe: draws it, notes its week, and says whether it has come."""
    if clock(c, EUROPE_TURNS, event, hazard) == ZERO:
        return False
    w.europe.happened_week[event] = np.float64(c.week)
    w.europe.last_turn_week = np.float64(c.week)
    if shakes_the_world(event):
        w.europe.shaken_week = np.float64(c.week)
    return True


@kernel
def shakes_the_world(event):
    """Does this turn change what Japan can do?"""
    return (
        event == EUROPEAN_EVENT__GERMAN_SOVIET_PACT
        or event == EUROPEAN_EVENT__WAR_POLAND
        or event == EUROPEAN_EVENT__FRANCE_FALLS
        or event == EUROPEAN_EVENT__BARBAROSSA
        or event == EUROPEAN_EVENT__MOSCOW_STRIKES
    )


@kernel
def road_to_munich(c, w, p):
    """Rhineland, Austria, the Czech crisis and how it ends."""
    turns = p.europe_turns
    if w.europe.rhineland == 0.0:
        if np.float64(c.week) >= HITLER:
            hazard = rules.rhineland(np.float64(c.week) - HITLER, turns)
            w.europe.rhineland = yes(turn(c, w, EUROPEAN_EVENT__RHINELAND, hazard))
    elif w.europe.anschluss == 0.0:
        hazard = rules.anschluss(weeks_since(c, w.europe.happened_week[EUROPEAN_EVENT__RHINELAND]), turns)
        w.europe.anschluss = yes(turn(c, w, EUROPEAN_EVENT__ANSCHLUSS, hazard))
    elif w.europe.munich == 0.0:
        hazard = rules.czech_crisis(weeks_since(c, w.europe.happened_week[EUROPEAN_EVENT__ANSCHLUSS]), turns)
        if turn(c, w, EUROPEAN_EVENT__CZECH_CRISIS, hazard):
            munich(c, w, p)


@kernel
def munich(c, w, p):
    """The Czech crisis ends: by cession or by war."""
    east_burns = yes(w.war.rung >= THEATRE_WAR)
    utilities = rules.munich_outcome(east_burns, w.ussr.image_in_europe, p.munich_outcome)
    if choice(c, MUNICH_OUTCOME, ZERO, c.key, ZERO, utilities) == MUNICH_OUTCOME__FIGHT:
        w.europe.munich = FOUGHT
        w.europe.at_war = 1.0
        w.europe.war_week = np.float64(c.week)
    else:
        w.europe.munich = CEDED


@kernel
def pact_and_war(c, w, p):
    """The German-Soviet pact, the war over Poland, Finland, France."""
    if w.europe.munich == 0.0 or w.europe.germany_beaten > 0.0:
        return
    turns = p.europe_turns
    crisis = weeks_since(c, w.europe.happened_week[EUROPEAN_EVENT__CZECH_CRISIS])
    moscow = not nobody_in_moscow(w)
    if moscow and w.europe.german_soviet_pact == 0.0 and w.europe.eastern_front == 0.0:
        hazard = rules.german_soviet_pact(crisis, w.europe.at_war, w.ussr.divisions_felt_in_europe, turns)
        w.europe.german_soviet_pact = yes(turn(c, w, EUROPEAN_EVENT__GERMAN_SOVIET_PACT, hazard))
    if w.europe.at_war == 0.0:
        hazard = rules.war_over_poland(crisis, w.europe.german_soviet_pact, turns)
        if turn(c, w, EUROPEAN_EVENT__WAR_POLAND, hazard):
            w.europe.at_war = 1.0
            w.europe.war_week = np.float64(c.week)
        return
    war = weeks_since(c, w.europe.war_week)
    quiet = w.europe.finland == 0.0 and w.europe.eastern_front == 0.0
    if moscow and quiet and w.europe.german_soviet_pact > 0.0:
        w.europe.finland = yes(turn(c, w, EUROPEAN_EVENT__FINLAND, rules.finland(war, turns)))
    if w.europe.france_fallen == 0.0 and w.europe.stalingrad == 0.0:
        hazard = rules.france_falls(war, yes(w.europe.munich == FOUGHT), w.europe.eastern_front, turns)
        w.europe.france_fallen = yes(turn(c, w, EUROPEAN_EVENT__FRANCE_FALLS, hazard))


@kernel
def western_quiet(c, w):
    """Weeks since France fell, or since the war began where it still stands."""
    west = w.europe.happened_week[EUROPEAN_EVENT__FRANCE_FALLS]
    return weeks_since(c, west if w.europe.france_fallen > 0.0 else w.europe.war_week)


@kernel
def eastern_front_opens(c, w):
    """Germany and the Soviet Union are at war, whoever began it."""
    w.europe.eastern_front = 1.0
    w.ussr.german_war_week = np.float64(c.week)
    w.japan.believed_before_transfers = w.japan.believed_soviet_divisions


@kernel
def german_attack(c, w, p, east_burns):
    """Does Germany turn east this week?"""
    season = yes(APRIL <= c.month <= SEPTEMBER)
    image = w.ussr.image_in_europe
    hazard = rules.barbarossa(
        western_quiet(c, w), w.europe.france_fallen, season, east_burns, image, p.europe_turns
    )
    if turn(c, w, EUROPEAN_EVENT__BARBAROSSA, hazard):
        eastern_front_opens(c, w)


@kernel
def soviet_attack(c, w, p, east_burns):
    """Or does Moscow strike first? A Germany that France holds has no army left for a march on Moscow."""
    turns = p.europe_turns
    finland = weeks_since(c, w.europe.happened_week[EUROPEAN_EVENT__FINLAND])
    massing = yes(w.europe.france_fallen > 0.0 and western_quiet(c, w) >= turns.barbarossa_delay)
    hazard = rules.moscow_strikes(
        weeks_since(c, w.europe.war_week),
        w.europe.france_fallen,
        w.europe.german_soviet_pact,
        massing,
        w.ussr.command_loss,
        max(yes(0.0 <= finland < p.europe_claims.finland_weeks), east_burns),
        moscow_cautious(c, w, p),
        turns,
    )
    if turn(c, w, EUROPEAN_EVENT__MOSCOW_STRIKES, hazard):
        eastern_front_opens(c, w)
        w.europe.moscow_struck = 1.0
        if w.europe.france_fallen == 0.0:
            w.europe.moscow_held = 1.0
            w.europe.happened_week[EUROPEAN_EVENT__MOSCOW_HOLDS] = np.float64(c.week)


@kernel
def front_opened(w):
    """The week in which Germany and the Soviet Union went to war, whoever began it; -1 before."""
    if w.europe.moscow_struck > 0.0:
        return w.europe.happened_week[EUROPEAN_EVENT__MOSCOW_STRIKES]
    return w.europe.happened_week[EUROPEAN_EVENT__BARBAROSSA]


@kernel
def two_fronts(w):
    """1 where Germany fights an unbeaten France and the Soviet Union at once."""
    return yes(w.europe.eastern_front > 0.0 and w.europe.france_fallen == 0.0)


@kernel
def german_soviet_war(c, w, p):
    """Germany turns east, is stopped, loses an army, is beaten."""
    if w.europe.at_war == 0.0 or w.europe.germany_beaten > 0.0:
        return
    turns = p.europe_turns
    east_burns = yes(w.war.rung >= THEATRE_WAR)
    if w.europe.eastern_front == 0.0:
        german_attack(c, w, p, east_burns)
        if w.europe.eastern_front == 0.0 and not nobody_in_moscow(w):
            soviet_attack(c, w, p, east_burns)
    elif nobody_in_moscow(w):  # what is left of the Red Army stops nobody and turns nothing
        return
    elif w.europe.moscow_held == 0.0:
        weeks = weeks_since(c, front_opened(w))
        hazard = rules.moscow_holds(weeks, east_burns, w.ussr.stripped, w.europe.moscow_struck, turns)
        w.europe.moscow_held = yes(turn(c, w, EUROPEAN_EVENT__MOSCOW_HOLDS, hazard))
    elif w.europe.stalingrad == 0.0:
        hazard = rules.stalingrad(weeks_since(c, w.europe.happened_week[EUROPEAN_EVENT__MOSCOW_HOLDS]), turns)
        if turn(c, w, EUROPEAN_EVENT__STALINGRAD, hazard):
            w.europe.stalingrad = 1.0
            w.ussr.stalingrad_week = np.float64(c.week)


@kernel
def end_of_germany(c, w, p):
    """Germany goes down, sooner or later."""
    if w.europe.at_war == 0.0 or w.europe.germany_beaten > 0.0:
        return
    turned = w.europe.stalingrad
    tide = w.europe.happened_week[EUROPEAN_EVENT__STALINGRAD] if turned > 0.0 else w.europe.war_week
    if turned == 0.0 and two_fronts(w) > 0.0:
        tide = front_opened(w)
    hazard = rules.germany_defeated(
        weeks_since(c, tide),
        turned,
        two_fronts(w),
        w.america.fights_germany,
        w.america.supply,
        p.europe_turns,
    )
    if turn(c, w, EUROPEAN_EVENT__GERMANY_DEFEATED, hazard):
        w.europe.germany_beaten = 1.0
        w.europe.eastern_front = 0.0
        w.europe.at_war = 0.0


@kernel
def stage_of(w):
    """How far Europe has gone on its road to war."""
    if w.europe.germany_beaten > 0.0:
        return OVER
    if w.europe.eastern_front > 0.0:
        return WAR_IN_THE_EAST
    if w.europe.at_war > 0.0:
        return WAR_IN_THE_WEST
    if w.europe.munich > 0.0:
        return PRAGUE
    if w.europe.anschluss > 0.0:
        return AUSTRIA
    return RHINELAND if w.europe.rhineland > 0.0 else 0.0


@kernel
def europe_is_read(c, w, p):
    """How Europe reads from the Far East, and what it claims of Soviet strength."""
    weeks = weeks_since(c, w.europe.last_turn_week)
    w.europe.tension = rules.europe_temper(stage_of(w), weeks, w.europe.breaches, p.europe_temper)
    w.ussr.tied_in_europe = rules.europe_claims(
        w.europe.tension,
        w.europe.at_war,
        weeks_since(c, w.europe.happened_week[EUROPEAN_EVENT__FINLAND]),
        w.powers.allies_fight_moscow,
        w.europe.eastern_front,
        weeks_since(c, w.europe.happened_week[EUROPEAN_EVENT__MOSCOW_HOLDS]),
        w.europe.stalingrad,
        p.europe_claims,
    )
    w.ussr.image_in_europe = rules.red_army_image(
        w.ussr.image_in_europe,
        w.ussr.command_quality,
        weeks_since(c, w.border.division_lost_week),
        weeks_since(c, w.border.division_won_week),
        p.europe_red_army_image,
    )
    w.ussr.divisions_felt_in_europe = rules.feels_east(
        w.ussr.divisions_felt_in_europe, w.ussr.divisions_east, p.europe_feels_east
    )
    barbarossa = -1.0
    if w.europe.eastern_front > 0.0:
        barbarossa = weeks_since(c, front_opened(w))
    w.europe.german_progress = rules.german_progress(
        barbarossa,
        w.europe.moscow_held,
        w.europe.moscow_struck * two_fronts(w),
        p.europe_german_progress,
    )


@kernel
def europe(c, w, p):
    """One week of Europe."""
    if w.europe.settlement == 0.0:
        road_to_munich(c, w, p)
        pact_and_war(c, w, p)
        german_soviet_war(c, w, p)
        end_of_germany(c, w, p)
        settlement(c, w, p)
    europe_is_read(c, w, p)
