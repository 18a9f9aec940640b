"""Place 11 of the week, second half: who comes to the main islands, what government he leaves, who rules elsewhere."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import (
    ISLAND__HOKKAIDO,
    ISLAND__HONSHU_ISLAND,
    ISLAND_GOVERNMENT,
    ISLAND_GOVERNMENT__COMMUNIST,
    ISLAND_GOVERNMENT__FREED,
    ISLANDS,
    OPERATION__HONSHU,
    OPERATION__REST_OF_HOKKAIDO,
    OPERATION__RUMOI_LANDING,
    REGION__MANCHURIA,
    REGION__NORTH_SAKHALIN,
    REGION__SOUTHERN_KOREA,
    REGION_TURNS,
    REGIONS,
)
from allohistory.scenarios.soviet_japanese_war.rules import occupation as rules
from allohistory.scenarios.soviet_japanese_war.rules.bargains import SOVIET_GAINS
from allohistory.scenarios.soviet_japanese_war.steps.almanac import quarter_begins, years_since, yes
from allohistory.scenarios.soviet_japanese_war.steps.dates import weeks_since
from allohistory.scenarios.soviet_japanese_war.steps.frontier import nobody_in_moscow
from allohistory.scenarios.soviet_japanese_war.steps.surrender import take_office
from allohistory.timeline.drawing import choice, clock

ZERO = np.int64(0)
WON, SOVIET, AMERICAN = 2.0, 1.0, 2.0
REVOLUTION, OCCUPIED, INDEPENDENT = 4.0, 5.0, 6.0
BY_OCCUPATION, BY_REVOLUTION, BY_SETTLEMENT = 1.0, 2.0, 3.0
CHINESE, YANAN, PEOPLES, LOCAL = 3.0, 4.0, 5.0, 6.0  # of region.ruler
COMMUNISTS_RULE = 2.0  # of china.ruler
HALF, AOMORI, TOHOKU = (
    0.5,
    0.1,
    0.3,
)  # of an island's land: north of Rumoi and Kushiro; about Aomori; six prefectures
LAND = (0.22, 0.61, 0.05, 0.12)  # of the four islands' land, by area
RACE = 13.0  # weeks after a surrender in which troops still take ground
FOLLOWS = 8.0  # weeks after which the other islands follow a revolution in Tokyo


@kernel
def aftermath(c, w, p):
    """The week of a Japan that has given itself up, has risen, or has communists in its government; else nothing."""
    revolution = w.japan.regime == REVOLUTION and w.occupation.week < 0.0
    if w.japan.surrendered > 0.0:
        occupy(c, w, p)
    if revolution:
        revolution_spreads(c, w)
    elif w.peace.communist_road == BY_REVOLUTION and w.japan.regime < REVOLUTION:
        falls_back(w)
    if quarter_begins(c):
        governments(c, w, p)
    if w.peace.week >= 0.0:
        lands(c, w, p)
        if w.peace.week == np.float64(c.week) and w.peace.kind == SOVIET_GAINS:
            keep_foothold(c, w)
    if nobody_in_moscow(w) and w.war.rung == 0.0:
        nobody_holds(w)
    if w.japan.regime == OCCUPIED:
        sovereign_again(c, w, p)


@kernel
def nobody_holds(w):
    """Nobody rules in Moscow: Soviet troops go home, and the lands of its rim and its spoils rule themselves."""
    for r in range(REGIONS):
        if w.region.ruler[r] == SOVIET:
            w.region.ruler[r] = CHINESE if r == REGION__MANCHURIA else LOCAL
        elif r >= REGION__NORTH_SAKHALIN and w.region.ruler[r] == 0.0:
            w.region.ruler[r] = LOCAL
    for i in range(ISLANDS):
        w.island.soviet_share[i] = 0.0
        if w.island.occupier[i] == SOVIET:
            w.island.occupier[i] = AMERICAN if w.peace.with_america > 0.0 else 0.0


@kernel
def keep_foothold(c, w):
    """Soviet troops who stand on Hokkaido when a war ends on their side's terms stay there."""
    share_of_hokkaido(w, 0.0)
    if w.island.soviet_share[ISLAND__HOKKAIDO] > 0.0:
        w.island.occupier[ISLAND__HOKKAIDO] = SOVIET
        w.occupation.week, w.occupation.zone = np.float64(c.week), 1.0


@kernel
def occupy(c, w, p):
    """Troops come: Soviet ones where they landed, were let in, or find nobody else; American ones everywhere else."""
    weeks = weeks_since(c, w.peace.week)
    if w.occupation.week >= 0.0 and weeks > RACE and w.peace.with_america > 0.0:
        return
    american, first, all_in = rules.occupation_comes(weeks, w.sea.lift_men, p.occupation_comes)
    share_of_hokkaido(w, first)
    share_of_honshu(w, all_in)
    if w.peace.with_america > 0.0 and american == 0.0:
        return
    if w.peace.with_america == 0.0 and w.island.soviet_share[ISLAND__HOKKAIDO] == 0.0:
        return
    if w.occupation.week < 0.0:
        w.occupation.week = np.float64(c.week)
        take_office(c, w, OCCUPIED)
        if w.peace.with_america > 0.0:
            put_down(w)
    zone = 0.0
    for i in range(ISLANDS):
        share = w.island.soviet_share[i]
        if share >= HALF:
            w.island.occupier[i] = SOVIET
        elif w.peace.with_america > 0.0:
            w.island.occupier[i] = AMERICAN
        if share > 0.0:
            zone = max(zone, 1.0 if i == ISLAND__HOKKAIDO else AMERICAN)
    w.occupation.zone = 3.0 if w.island.soviet_share[ISLAND__HONSHU_ISLAND] == 1.0 else zone


@kernel
def share_of_hokkaido(w, first):
    """What Soviet troops hold of Hokkaido: all by arms or where nobody else comes, half by a foothold or a zone."""
    share = w.island.soviet_share[ISLAND__HOKKAIDO]
    if w.operation.state[OPERATION__REST_OF_HOKKAIDO] == WON:
        share = 1.0
    elif w.operation.state[OPERATION__RUMOI_LANDING] == WON or w.america.zone > 0.0:
        share = max(share, HALF)
    if nobody_else(w) and first > 0.0:
        share = 1.0
    w.island.soviet_share[ISLAND__HOKKAIDO] = share


@kernel
def nobody_else(w):
    """The Soviet Union alone took the surrender, and has not given Hokkaido up since."""
    given_up = w.occupation.week >= 0.0 and w.island.occupier[ISLAND__HOKKAIDO] != SOVIET
    return w.peace.soviet_war > 0.0 and w.peace.with_america == 0.0 and not given_up


@kernel
def share_of_honshu(w, all_in):
    """What they hold of Honshu; with it of the islands beyond."""
    share = w.island.soviet_share[ISLAND__HONSHU_ISLAND]
    if w.operation.state[OPERATION__HONSHU] == WON:
        share = max(share, AOMORI)
    if w.america.zone > 1.0:
        share = max(share, TOHOKU)
    w.island.soviet_share[ISLAND__HONSHU_ISLAND] = share
    if nobody_else(w) and all_in > 0.0:
        for i in range(ISLANDS):
            w.island.soviet_share[i] = 1.0


@kernel
def revolution_spreads(c, w):
    """Who rules in Tokyo rules on Honshu, and after two months on the islands where no other army stands."""
    if w.peace.communist_road != BY_SETTLEMENT:
        w.peace.communist_road = BY_REVOLUTION
    for i in range(ISLANDS):
        if i == ISLAND__HONSHU_ISLAND or weeks_since(c, w.japan.regime_week) >= FOLLOWS:
            if w.island.occupier[i] != AMERICAN:
                w.island.communist[i] = 1.0


@kernel
def put_down(w):
    """American occupation ends a revolution, or the rule of ministers who took the state, wherever it comes."""
    if w.peace.communist_road > BY_OCCUPATION:
        falls_back(w)


@kernel
def falls_back(w):
    """What a revolution held is lost to it."""
    w.peace.communist_road = 0.0
    for i in range(ISLANDS):
        w.island.communist[i] = 0.0


@kernel
def country_share(w):
    """0..1, of the four islands' land, what Soviet troops hold."""
    share = 0.0
    for i in range(ISLANDS):
        share += w.island.soviet_share[i] * LAND[i]
    return share


@kernel
def governments(c, w, p):
    """Each quarter: what Soviet troops, or ministers taken in, make of the island they are on."""
    share = country_share(w)
    if share > 0.0 and weeks_since(c, w.peace.week) > RACE:
        for i in range(ISLANDS):
            if w.island.soviet_share[i] > 0.0 and w.island.communist[i] == 0.0:
                by_troops(c, w, p, np.int64(i), share)
    if w.peace.coalition > 0.0 and w.island.communist[ISLAND__HONSHU_ISLAND] == 0.0:
        by_ministers(c, w, p)


@kernel
def by_troops(c, w, p, i, share):
    """A regime installed under an occupier, or the island given up."""
    america = yes(w.peace.with_america > 0.0)
    consented = yes(w.america.zone > 0.0)
    utilities = rules.island_government(
        share,
        america * (1.0 - consented),
        consented,
        max(years_since(c, w.occupation.week), 0.0),
        0.0,
        w.japan.cadres,
        p.island_government,
    )
    took = choice(c, ISLAND_GOVERNMENT, i, c.week, ZERO, utilities)
    if took == ISLAND_GOVERNMENT__COMMUNIST:
        w.island.communist[i] = 1.0
        w.peace.communist_road = BY_OCCUPATION
    elif took == ISLAND_GOVERNMENT__FREED:
        w.island.soviet_share[i] = 0.0
        w.island.occupier[i] = AMERICAN if america > 0.0 else 0.0


@kernel
def by_ministers(c, w, p):
    """Communists in the government take it, or are thrown out."""
    utilities = rules.island_government(
        0.0,
        0.0,
        0.0,
        max(years_since(c, w.peace.coalition_week), 0.0),
        1.0,
        w.japan.cadres,
        p.island_government,
    )
    took = choice(c, ISLAND_GOVERNMENT, ISLAND__HONSHU_ISLAND, c.week, ZERO, utilities)
    if took == ISLAND_GOVERNMENT__COMMUNIST:
        w.peace.communist_road = BY_SETTLEMENT
        for i in range(ISLANDS):
            w.island.communist[i] = 1.0
        if w.occupation.week < 0.0:
            take_office(c, w, REVOLUTION)  # in Tokyo they now rule as those of a rising would
    elif took == ISLAND_GOVERNMENT__FREED:
        w.peace.coalition = 0.0


@kernel
def lands(c, w, p):
    """Manchuria is left, Korea gets its governments; and in the end Japan its own."""
    years = years_since(c, w.peace.week)
    for r in range(REGION__SOUTHERN_KOREA + 1):
        ruler = w.region.ruler[r]
        if ruler != SOVIET and ruler != AMERICAN:
            continue
        hazard = rules.region_turns(np.float64(r), ruler, years, p.region_turns)
        if hazard > 0.0 and clock(c, REGION_TURNS, np.int64(r), hazard) > ZERO:
            if r == REGION__MANCHURIA:
                w.region.ruler[r] = YANAN if w.china.ruler == COMMUNISTS_RULE else CHINESE
            else:
                w.region.ruler[r] = PEOPLES if ruler == SOVIET else LOCAL


@kernel
def sovereign_again(c, w, p):
    """The occupation ends in time."""
    by_america = yes(w.island.occupier[ISLAND__HONSHU_ISLAND] == AMERICAN)
    if rules.occupation_ends(years_since(c, w.occupation.week), by_america, p.occupation_ends) > 0.0:
        take_office(c, w, INDEPENDENT)
