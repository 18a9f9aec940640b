"""Japan's temper at home: what kind of cabinet follows, how the harvest turns out, how hungry the villages are."""

from allohistory.scenarios.soviet_japanese_war.rules.units import fading
from allohistory.timeline.rule import rule


@rule(
    "cabinet.temper",
    draws="choice",
    options=("cautious", "middle", "forward"),
    silent="middle",
    facts=(
        "home.cabinets",
        "decision.japan.matsuoka-out",
        "decision.japan.pact-shock",
        "regime.event.feb-26",
    ),
    leaves_out="ministers one by one: a cabinet is one temper here, its premier's and his war minister's together",
)
def cabinet_temper(uproar, lost_battle, german_tide, fights_america, p):
    """Of what temper is the cabinet that follows a fallen one?

    The last genro and the senior statesmen named men whom the Army would bear and the throne could trust; a lost
    battle or a shock from Europe brought men of caution, a German tide men who would not miss the bus.

    uproar          0 or 1  a rising shook the capital within half a year
    lost_battle     0 or 1  the Soviets won on the border within half a year
    german_tide     0 or 1  France has fallen, or Germany is on the march east, and is not yet stopped
    fights_america  0 or 1  at war with America
    p                       in noise units: book/parameters/home.toml
    returns                 utilities of cautious, middle, forward
    """
    cautious = p.cautious + p.lost_battle * lost_battle + p.war_weary * fights_america
    forward = p.forward + p.german_tide * german_tide - p.uproar * uproar - p.war_weary * fights_america
    return cautious, 0.0, forward


@rule(
    "japan.harvest",
    draws="choice",
    options=("good", "poor", "failed"),
    silent="good",
    facts=("home.harvest.tohoku", "home.harvest.1939", "regime.food.rice-crop.1945"),
    leaves_out="prices, imports and rations; Hokkaido and Korea apart from the main islands",
)
def harvest(fights_america, p):
    """How does the rice harvest of Japan and Korea turn out?

    About one year in seven was bad: cold summers in the north-east in 1931, 1934, 1935 and 1941, drought in Korea
    and the west in 1939, everything at once in 1945. Without fertiliser and men a bad summer becomes a failure.

    fights_america  0 or 1  in the great war: fertiliser, horses and men are gone
    p                       in noise units: book/parameters/home.toml
    returns                 utilities of good, poor, failed
    """
    return 0.0, p.poor + p.great_war * fights_america, p.failed + p.great_war * fights_america


@rule(
    "japan.hardship",
    draws="nothing",
    facts=("home.harvest.tohoku", "regime.event.feb-26"),
    leaves_out="silk, debts and rents; towns",
)
def hardship(weeks_since_bad_harvest, p):
    """How hungry the villages are that the regiments' recruits come from, against the usual.

    Daughters sold and brothers at the front made the young officers' case: the regiments of February 1936 drew
    their conscripts from villages that two bad summers had ruined.

    weeks_since_bad_harvest  weeks since a poor or failed harvest; -1 if none
    p                        book/parameters/home.toml
    returns                  -1..1, 0 as usual
    """
    return fading(weeks_since_bad_harvest, p.weeks) - p.usual
