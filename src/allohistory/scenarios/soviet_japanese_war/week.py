"""The order of the week, and the only place that knows it.

     1  Europe and America: orders of last week come due, Europe turns, or settles after its war, Washington acts
     2  the Soviet programme: what is sent east, Stalin, the purge, command, Mongolia, China, what goes west
     3  Japan at home: what Tokyo counts, steel, harvest, army, coups, cabinets, pacts, Indochina
     4  China: incidents, answers, war, mediation, Xi'an; once Japan has gone, its own war
     5  quarrels off the border
     6  the border: clashes, those on the spot, the capitals, endings; what battles eat
     7  high policy: reviews, north, south
     8  Moscow's choice of war
     9  war: a clash that spreads, an order that falls due, a limited war; stances, who joins, the Pacific, surrender
    10  the war fought: the order of its own week is in steps/land.py
    11  peace and the home fronts: bargains, terms; the people, crises of both regimes; occupiers and their governments
    12  tallies

A rule's place is its position in ORDER; luck can be freed at any place of any week.
"""

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.outcomes import tally
from allohistory.scenarios.soviet_japanese_war.steps.after import after_the_war
from allohistory.scenarios.soviet_japanese_war.steps.america import american_stance, europe_and_america
from allohistory.scenarios.soviet_japanese_war.steps.arms import battles_eat
from allohistory.scenarios.soviet_japanese_war.steps.atomic import atomic_bombs
from allohistory.scenarios.soviet_japanese_war.steps.bargains import bargaining
from allohistory.scenarios.soviet_japanese_war.steps.border import border_week
from allohistory.scenarios.soviet_japanese_war.steps.china import china
from allohistory.scenarios.soviet_japanese_war.steps.japan import japan_at_home
from allohistory.scenarios.soviet_japanese_war.steps.land import war_on_land
from allohistory.scenarios.soviet_japanese_war.steps.occupation import aftermath
from allohistory.scenarios.soviet_japanese_war.steps.pacific import pacific
from allohistory.scenarios.soviet_japanese_war.steps.policy import policy
from allohistory.scenarios.soviet_japanese_war.steps.powers import entries
from allohistory.scenarios.soviet_japanese_war.steps.quarrels import quarrels
from allohistory.scenarios.soviet_japanese_war.steps.surrender import surrender
from allohistory.scenarios.soviet_japanese_war.steps.upheaval import home_fronts
from allohistory.scenarios.soviet_japanese_war.steps.ussr import soviet_week
from allohistory.scenarios.soviet_japanese_war.steps.war import (
    limited_war,
    moscow_may_choose_war,
    ordered_attack,
    spreading,
)

ORDER = (
    # 1 Europe and America
    "europe.turns",
    "munich.outcome",
    "europe.breaks",
    "europe.settles",
    "america.elects",
    "washington.steps",
    # 2 the Soviet programme
    "ussr.build-up",
    "ussr.bombers",
    "ussr.railway",
    "ussr.tanks",
    "ussr.aircraft",
    "ussr.submarines",
    "stalin.dies",
    "purge.begins",
    "purge.severity",
    "purge.reaches-east",
    "purge.halts",
    "defector.crosses",
    "moscow.removes-commander",
    "mongolia.leaders-fall",
    "moscow.pledges-mongolia",
    "moscow.corps-in-mongolia",
    "moscow.arms-china",
    "moscow.moves-divisions",
    # 3 Japan at home
    "tokyo.shares-steel",
    "japan.harvest",
    "japan.build-up",
    "japan.railway",
    "army.northern-opinion",
    "japan.coup-attempt",
    "coup.outcome",
    "army.punishes",
    "japan.cabinet-falls",
    "cabinet.temper",
    "tokyo.answers-pact-offer",
    "tokyo.railway",
    "tokyo.anti-comintern",
    "tokyo.tripartite",
    "berlin.tells-tokyo",
    "tokyo.enters-indochina",
    "neutrality.pact",
    # 4 China
    "berlin.recalls-mission",
    "china.incident",
    "nanjing.answers",
    "tokyo.answers-china",
    "china.local-truce",
    "nanjing.opens-shanghai",
    "china.mediation",
    "tokyo.mediation-terms",
    "china.long-march",
    "xian.kidnap",
    "xian.fate",
    "washington.helps-china",  # China's own war, once Japan has gone
    "china.turns",
    "china.campaigns",
    # 5 quarrels off the border
    "quarrel.flares",
    # 6 the border
    "kwantung.harsher-rules",
    "tokyo.vetoes-rules",
    "border.incident",
    "border.first-rung",
    "guards.answer",
    "far-east-command.acts",
    "korea-army.attacks",
    "kwantung.attacks",
    "border.battle",
    "moscow.answers-clash",
    "moscow.sends-commander",
    "throne.speaks",
    "tokyo.answers-clash",
    "general-staff.instrument",
    "border.ceasefire",
    "tokyo.relieves-staff",
    # 7 high policy
    "tokyo.reviews-policy",
    "tokyo.national-policy",
    "tokyo.strikes-north",
    "tokyo.strikes-south",
    # 8 Moscow's choice of war
    "moscow.war-of-choice",
    # 9 war
    "moscow.war-aims",
    "tokyo.war-aims",
    "war.truce",
    "washington.stance",
    "powers.enter",  # America in the Pacific, and the bombs of both powers
    "pacific.stage",
    "pacific.sinkings",
    "washington.invades",
    "atomic.step",
    "america.bombs",
    "washington.throne-clause",
    "japan.surrenders",
    "army.obeys-ruling",
    "washington.zone",
    # 10 the war fought
    "war.surprise",
    "moscow.main-effort",
    "tokyo.main-effort",
    "moscow.orders",
    "tokyo.orders",
    "war.gas",
    # behind the fronts
    "rear.shifts-men",
    "manchukuo.mutinies",
    "army.falls-back",
    "battle.result",
    "battle.attacker-losses",
    "battle.defender-losses",
    "battle.advance",
    "battle.encirclement",
    "battle.columns",
    "army.surrenders",
    "siege.vladivostok",
    "air.first-strike",
    "air.bombs-cities",
    "air.raids",
    "landing.result",
    "landing.losses",
    "landing.decision",
    # 11 peace and the home fronts
    "moscow.bargains",
    "tokyo.bargains",
    "peace.awards",
    "tokyo.takes-in-communists",
    "tokyo.crisis",
    "tokyo.rising",
    "tokyo.crisis-ends",
    "revolution.holds",
    "kremlin.crisis",
    "kremlin.who-rules",
    "island.government",
    "region.turns",
)
"""The rules that draw, in the order in which a week asks them."""


@kernel
def week(c, w, p):
    """One week of the world: the numbered order above."""
    europe_and_america(c, w, p)  # 1
    soviet_week(c, w, p)  # 2
    japan_at_home(c, w, p)  # 3
    china(c, w, p)  # 4
    quarrels(c, w, p)  # 5
    border_week(c, w, p)  # 6
    battles_eat(w, p)
    policy(c, w, p)  # 7
    moscow_may_choose_war(c, w, p)  # 8
    spreading(c, w, p)  # 9
    ordered_attack(c, w, p)
    limited_war(c, w, p)
    american_stance(c, w, p)
    entries(c, w, p)
    pacific(c, w, p)
    atomic_bombs(c, w, p)
    surrender(c, w, p)
    after_the_war(c, w)
    war_on_land(c, w, p)  # 10
    bargaining(c, w, p)  # 11
    home_fronts(c, w, p)
    aftermath(c, w, p)
    tally(c, w)  # 12
