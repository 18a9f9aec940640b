"""Terms and who is given what: America's word on throne and zone, the army's obedience, the award of each land."""

from allohistory.luck.arithmetic import NEVER
from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.rules.bargains import (
    CAPITULATION,
    LIMITED_TERMS,
    SOVIET_GAINS,
)
from allohistory.timeline.rule import rule

MANCHURIA, NORTHERN_KOREA, SOUTHERN_KOREA, KARAFUTO, KURILS = 0, 1, 2, 3, 4  # regions: book/entities.toml
NORTH_SAKHALIN, MARITIME, MONGOLIA = 5, 6, 7


@rule(
    "washington.throne-clause",
    draws="choice",
    options=("unnamed", "named"),
    silent="unnamed",
    facts=("decision.usa.potsdam", "regime.morale.emperor-support"),
    leaves_out="Grew, Stimson, Byrnes and Hull as separate voices; what London and Chungking thought",
)
def throne_clause(bomb_at_hand, p):
    """Does the demand to surrender, some eleven weeks after Germany's, say that the dynasty may stay?

    Grew and Stimson had it in their draft; Byrnes, with Hull's advice and the voters in mind, took it out.

    bomb_at_hand  0 or 1  the weapon that may make terms needless is ready
    p                     in noise units: book/parameters/peace.toml
    returns               utilities of unnamed, named
    """
    return 0.0, p.named - p.bomb * bomb_at_hand


@rule(
    "army.obeys-ruling",
    draws="choice",
    options=("obeys", "defies"),
    silent="obeys",
    facts=("close-run.kyujo-success", "decision.japan.kyujo", "calculus.end.umezu"),
    leaves_out="armies abroad that hear of it last; the hours of the night",
)
def army_obeys_ruling(forward_cabinet, soldiers_rule, throne_discredited, p):
    """When the throne has ruled for surrender: does the army at home obey, or stop the voice?

    A general killed and a palace held for seven hours: the plotters of August 1945 had no chief with them, and in
    Umezu's word no chance. Historians give such a defiance one chance in twenty.

    forward_cabinet     0 or 1  the cabinet's temper is forward
    soldiers_rule       0 or 1  soldiers alone rule in Tokyo
    throne_discredited  0..2    the throne: 1 discredited or fled, 2 gone
    p                           in noise units: book/parameters/peace.toml
    returns                     utilities of obeys, defies
    """
    bold = p.forward * forward_cabinet + p.soldiers * soldiers_rule + p.throne * throne_discredited
    return 0.0, p.defies + bold


@rule(
    "washington.zone",
    draws="choice",
    options=("none", "hokkaido", "more"),
    silent="none",
    facts=(
        "decision.usa.refuse-hokkaido",
        "decision.ussr.hokkaido-request",
        "calculus.occupation.jwpc-zones",
        "calculus.occupation.first-force",
        "regime-change.rate.soviet.peer-veto",
    ),
    leaves_out="what Moscow offers in Europe for it; the Chinese and British zones of the staff's plan",
)
def washington_zone(soviets_ashore, bombed, invaded, entered_long_ago, p):
    """At Japan's surrender: what of the main islands does Washington let the Soviet Union occupy?

    Stalin asked for Hokkaido north of Kushiro and Rumoi on 16 August 1945 and was refused on the 18th. A paper of
    the Joint Staff had drawn a Soviet zone as far as Tohoku, but nobody of rank signed it: with the bomb, the fleet and
    Manila at hand, Washington wanted Japan for itself. A Russia that is needed, or already there, is another matter.

    soviets_ashore    0 or 1  Soviet troops hold ground on the main islands
    bombed            0 or 1  atomic bombs have been dropped
    invaded           0..2    American landings on the main islands: 1 Kyushu, 2 the Kanto plain
    entered_long_ago  0..1    the Soviet Union has fought Japan for half a year or more
    p                         in noise units: book/parameters/peace.toml
    returns                   utilities of none, hokkaido, more
    """
    owed = p.ashore * soviets_ashore - p.bombed * bombed + p.long_war * entered_long_ago
    return 0.0, p.hokkaido + owed, p.more + owed + p.invaded * invaded


@kernel
def limited_award(region, soviet_here, japan_here, p):
    """Limited terms: each keeps of the islands what its arms hold, of the mainland seldom anything."""
    if region == KARAFUTO or region == KURILS:
        return 0.0, p.kept if soviet_here > 0.0 else NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER
    to_japan = NEVER
    if japan_here > 0.0:
        to_japan = p.kept if region == NORTH_SAKHALIN else p.kept_mainland
    return 0.0, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, to_japan


@kernel
def soviet_award(region, soviet_here, p):
    """Large Soviet gains: Manchuria to China with Soviet railways, or a people's republic; islands; Korea."""
    if region == MANCHURIA:
        return 0.0, NEVER, NEVER, p.to_china, p.to_yanan, p.peoples_republic, NEVER, NEVER
    if region == NORTHERN_KOREA or region == SOUTHERN_KOREA:
        korea = p.korea + p.held * soviet_here
        return 0.0, NEVER, NEVER, NEVER, NEVER, korea, NEVER, NEVER
    island = p.karafuto if region == KARAFUTO else p.kurils
    return 0.0, island + p.held * soviet_here, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER


@kernel
def japanese_award(region, japan_here, p):
    """Large Japanese gains: Okha's oil, the Maritime Province or a Vladivostok without forts, Mongolia."""
    to_japan = p.okha
    if region == MARITIME:
        to_japan = p.maritime
    elif region == MONGOLIA:
        to_japan = p.mongolia
    return 0.0, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, to_japan + p.held * japan_here


@kernel
def surrender_award(region, soviet_here, soviet_war, america, p):
    """Japan has given itself up: its empire goes to those who beat it, each on the side from which he came.

    Cairo and Potsdam left it four islands and such small ones as the victors named: where America is among them,
    southern Sakhalin and the Kurils are gone, to the Soviet Union where that has entered, else under American rule.
    """
    soviet = p.entered + p.held * soviet_here if soviet_war > 0.0 else NEVER
    american = 0.0 if america > 0.0 else NEVER
    if region == MANCHURIA:
        return NEVER, soviet, NEVER, 0.0, NEVER, NEVER, NEVER, NEVER
    if region == NORTHERN_KOREA:
        return (0.0 if america == 0.0 else NEVER), soviet, american, NEVER, NEVER, NEVER, NEVER, NEVER
    if region == SOUTHERN_KOREA:
        parallel = american + p.parallel
        return (
            (0.0 if america == 0.0 else NEVER),
            soviet - p.entered,
            parallel,
            NEVER,
            NEVER,
            NEVER,
            NEVER,
            NEVER,
        )
    as_before = p.left if america == 0.0 else NEVER
    return as_before, soviet, american, NEVER, NEVER, NEVER, NEVER, NEVER


@rule(
    "peace.awards",
    draws="choice",
    per="region",
    options=(
        "as-before",
        "soviet",
        "american",
        "nationalist-china",
        "communist-china",
        "peoples-republic",
        "local-government",
        "japanese",
    ),
    silent="as-before",
    facts=(
        "decision.ussr.yalta",
        "peace.general-order-1",
        "escalation.end.soviet-limited",
        "calculus.plan.1932.reserve",
    ),
    leaves_out="demilitarised belts, fisheries, railways and bases as articles of their own; populations moved",
)
def awards(region, kind, soviet_here, japan_here, soviet_war, america, p):
    """Who is given a land when a general war ends?

    On limited terms the old line comes back and each keeps of the islands what he holds. Large gains are Manchuria and
    the islands on one side, Okha and the Maritime Province on the other. A Japan that surrenders loses its empire: in
    1945 by what had been written at Yalta and in the first general order, with Korea cut at the thirty-eighth parallel.

    region       0..7    its number: book/entities.toml
    kind         1..5    limited, Soviet gains, Japanese gains, Japan capitulates, the Soviet side gives up
    soviet_here  0 or 1  Soviet troops hold its chief place
    japan_here   0 or 1  Japanese troops do
    soviet_war   0 or 1  Japan and the Soviet Union are at war as it ends
    america      0 or 1  America is at war with Japan
    p                    in noise units: book/parameters/peace.toml
    returns              utilities of the eight rulers, as-before first
    """
    if kind == LIMITED_TERMS:
        return limited_award(region, soviet_here, japan_here, p)
    if kind == SOVIET_GAINS:
        return soviet_award(region, soviet_here, p)
    if kind == CAPITULATION:
        return surrender_award(region, soviet_here, soviet_war, america, p)
    return japanese_award(region, japan_here, p)
