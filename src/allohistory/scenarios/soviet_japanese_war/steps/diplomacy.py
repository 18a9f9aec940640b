"""Step 3 of the week, its second half: the pact that Moscow offered, the railway, Berlin, Indochina, neutrality."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    BERLIN_TELLS_TOKYO,
    INDOCHINA__NORTH,
    INDOCHINA__SOUTH,
    KEY__PACT_OFFER,
    NEUTRALITY_PACT,
    TOKYO_ANSWERS_PACT_OFFER,
    TOKYO_ANSWERS_PACT_OFFER__SIGN,
    TOKYO_ANTI_COMINTERN,
    TOKYO_ENTERS_INDOCHINA,
    TOKYO_RAILWAY,
    TOKYO_RAILWAY__BUY,
    TOKYO_RAILWAY__SEIZE,
    TOKYO_TRIPARTITE,
)
from allohistory.scenarios.soviet_japanese_war.rules import diplomacy as rules
from allohistory.scenarios.soviet_japanese_war.steps.almanac import (
    quarter_begins,
    quarter_ends,
    years_after,
    yes,
)
from allohistory.scenarios.soviet_japanese_war.steps.frontier import nobody_in_moscow, red
from allohistory.timeline.drawing import choice, clock

ZERO, ONE = np.int64(0), np.int64(1)
YEAR_1935 = np.int64(1935)
PACT_ANSWERED = np.int64(101)  # the week of 13 December 1932
RAILWAY_OFFERED, RAILWAY_DECAYED = np.int64(121), np.int64(312)  # May 1933 to the end of 1936
QUARTER = 13.0
BOTH_ON_PAPER, SOUTH, NORTH = 1.0, 2.0, 3.0  # of japan.policy
BOUGHT, SEIZED = 1.0, 2.0
NORTH_HELD, SOUTH_HELD = 1.0, 2.0
THEATRE_WAR = 6.0


@kernel
def diplomacy(c, w, p):
    """One week of Japan's treaties and occupations, in the order in which history came to them."""
    pact_offer(c, w, p)
    if red(w):
        return
    railway(c, w, p)
    anti_comintern(c, w, p)
    tripartite(c, w, p)
    berlin(c, w, p)
    indochina(c, w, p)
    if not nobody_in_moscow(w):
        neutrality(c, w, p)


@kernel
def anti_comintern(c, w, p):
    """Berlin and Tokyo bind themselves against the Comintern."""
    if w.japan.anti_comintern > 0.0 or w.europe.germany_beaten > 0.0:
        return
    hazard = rules.tokyo_anti_comintern(
        years_after(c, YEAR_1935), w.ussr.pledged_mongolia, p.tokyo_anti_comintern
    )
    w.japan.anti_comintern = yes(clock(c, TOKYO_ANTI_COMINTERN, ZERO, hazard) > ZERO)


@kernel
def tripartite(c, w, p):
    """The alliance with Germany, open to question once Europe is at war."""
    if w.japan.tripartite > 0.0 or w.europe.at_war == 0.0:
        return
    hazard = rules.tokyo_tripartite(
        w.europe.france_fallen,
        w.europe.german_soviet_pact * (1.0 - w.europe.eastern_front),
        yes(w.japan.policy == SOUTH),
        w.japan.anti_comintern,
        p.tokyo_tripartite,
    )
    w.japan.tripartite = yes(clock(c, TOKYO_TRIPARTITE, ZERO, hazard) > ZERO)


@kernel
def berlin(c, w, p):
    """At the start of each quarter, before its attack: what does Berlin tell its ally? What it tells shakes Tokyo."""
    if w.japan.tripartite == 0.0 or w.japan.berlin_word > 0.0 or not quarter_begins(c):
        return
    if w.europe.at_war == 0.0 or w.europe.france_fallen == 0.0 or w.europe.eastern_front > 0.0:
        return
    utilities = rules.berlin_tells_tokyo(
        w.ussr.image_in_europe,
        yes(w.war.rung >= THEATRE_WAR),
        yes(w.japan.policy == SOUTH),
        p.berlin_tells_tokyo,
    )
    w.japan.berlin_word = np.float64(choice(c, BERLIN_TELLS_TOKYO, ZERO, c.week, ZERO, utilities))
    if w.japan.berlin_word > 0.0:
        w.japan.berlin_word_week = np.float64(c.week)


@kernel
def indochina(c, w, p):
    """The north once France has fallen, the south once the north is held; not once France is free again."""
    if w.europe.france_fallen == 0.0 or w.europe.germany_beaten > 0.0:
        return
    occupation = p.tokyo_enters_indochina
    if w.japan.indochina == 0.0:
        if enters(c, w, p, INDOCHINA__NORTH, rules.northern_indochina(occupation)):
            w.japan.indochina = NORTH_HELD
    elif w.japan.indochina == NORTH_HELD:
        if enters(c, w, p, INDOCHINA__SOUTH, rules.southern_indochina(occupation)):
            w.japan.indochina = SOUTH_HELD


@kernel
def enters(c, w, p, part, per_year):
    """One part's clock."""
    hazard = rules.tokyo_enters_indochina(
        per_year,
        yes(w.japan.policy == SOUTH),
        w.china.at_war,
        w.europe.eastern_front,
        yes(w.war.rung >= THEATRE_WAR),
        p.tokyo_enters_indochina,
    )
    return clock(c, TOKYO_ENTERS_INDOCHINA, part, hazard) > ZERO


@kernel
def pact_offer(c, w, p):
    """The answer to Moscow's offer of a pact of non-aggression."""
    if c.week != PACT_ANSWERED:
        return
    utilities = rules.tokyo_answers_pact_offer(
        w.japan.northern_opinion, w.japan.imperial_way, p.tokyo_answers_pact_offer
    )
    answer = choice(c, TOKYO_ANSWERS_PACT_OFFER, ZERO, KEY__PACT_OFFER, ZERO, utilities)
    w.relations.pact_offered_answer = np.float64(answer + ONE)
    w.relations.nonaggression = yes(answer == TOKYO_ANSWERS_PACT_OFFER__SIGN)


@kernel
def railway(c, w, p):
    """The Chinese Eastern Railway, at the end of each quarter of haggling."""
    open_question = RAILWAY_OFFERED <= c.week <= RAILWAY_DECAYED and w.relations.railway_settled == 0.0
    if not open_question or w.war.rung >= THEATRE_WAR or not quarter_ends(c):
        return
    utilities = rules.tokyo_railway(
        np.float64(c.week - RAILWAY_OFFERED) / QUARTER,
        w.japan.northern_opinion,
        yes(w.japan.policy == NORTH),
        p.tokyo_railway,
    )
    took = choice(c, TOKYO_RAILWAY, ZERO, c.week, ZERO, utilities)
    if took == TOKYO_RAILWAY__BUY:
        w.relations.railway_settled = BOUGHT
    elif took == TOKYO_RAILWAY__SEIZE:
        w.relations.railway_settled = SEIZED


@kernel
def neutrality(c, w, p):
    """The pact of neutrality, while neither fights the other."""
    if w.relations.neutrality_pact > 0.0 or w.war.rung >= THEATRE_WAR:
        return
    hazard = rules.neutrality_pact(
        w.europe.german_soviet_pact,
        w.japan.tripartite,
        w.europe.eastern_front,
        yes(w.japan.policy == SOUTH),
        w.japan.berlin_word,
        p.neutrality_pact,
    )
    w.relations.neutrality_pact = yes(clock(c, NEUTRALITY_PACT, ZERO, hazard) > ZERO)
