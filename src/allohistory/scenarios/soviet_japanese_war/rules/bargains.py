"""Ending a general war before anybody is conquered: what each capital asks for, month by month, and who is bound."""

from allohistory.luck.arithmetic import log
from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.rules.units import within
from allohistory.timeline.rule import rule

FIGHTS_ON, LIMITED, GIVES_WAY, CAPITULATES = 0.0, 1.0, 2.0, 3.0  # what a capital may answer
NO_PEACE, LIMITED_TERMS, SOVIET_GAINS, JAPANESE_GAINS, CAPITULATION, SOVIETS_GIVE_UP = (
    0.0,
    1.0,
    2.0,
    3.0,
    4.0,
    5.0,
)


@rule(
    "peace.position",
    draws="nothing",
    facts=("escalation.end.negotiated", "escalation.duration.bs.balance"),
    leaves_out="what the ground is worth: a kilometre of desert counts as one before Voroshilov",
)
def position(soviet_km, japanese_km, p):
    """Whose line stands deeper in the other's land, from -1 (Japan's by far) to 1 (the Soviet side's by far).

    soviet_km    >=0   farthest that Soviet troops stand past the line of before the war
    japanese_km  >=0   the same of Japanese troops
    p                  kilometres and doublings: book/parameters/peace.toml
    returns      -1..1
    """
    doublings = log((soviet_km + p.near) / (japanese_km + p.near)) / log(2.0)
    return within(doublings / p.by_far, -1.0, 1.0)


@rule(
    "moscow.bargains",
    draws="choice",
    options=("fights-on", "limited", "gives-way"),
    silent="fights-on",
    facts=(
        "escalation.end.soviet-limited",
        "escalation.end.negotiated",
        "escalation.duration.median",
        "decision.ussr.ceasefire-poland",
        "decision.ussr.yalta",
    ),
    leaves_out="envoys, single articles, bluff; what Stalin thinks of the man across the table",
)
def moscow_bargains(
    weeks,
    position,
    stronger,
    quiet,
    winter,
    tied_in_europe,
    german_war,
    japan_beaten,
    mediated,
    broken,
    enemy_broken,
    fortress_lost,
    regime_shaken,
    p,
):
    """What does Moscow want of a general war in the East, asked every four weeks?

    Five of its wars between 1920 and 1945 ended by talks on limited terms: its habit is to stop when it holds the line
    that it claimed, sooner when Europe calls. It does not stop before an enemy whose army is broken, nor one whom
    America is beating for it.

    weeks           >=0     of general war
    position        -1..1   whose line stands deeper: 1 its own by far
    stronger        doublings by which the Soviet East is the stronger
    quiet           0..1    no army has attacked of late; 1 after two months
    winter          0 or 1  November to March
    tied_in_europe  0..1    share of Soviet forces and attention that Europe claims
    german_war      0 or 1  Germany and the Soviet Union are fighting
    japan_beaten    0 or 1  Japan fights America, and Germany has turned to defence or is beaten
    mediated        0 or 1  a great power that talks to both offers its services
    broken          0 or 1  its army in the East is broken
    enemy_broken    0 or 1  Japan's army there is
    fortress_lost   0 or 1  Vladivostok has fallen
    regime_shaken   0..1    the Soviet state: half for shaken, 1 for overthrown
    p                       in noise units: book/parameters/peace.toml
    returns                 utilities of fights-on, limited, gives-way
    """
    lean = p.tired * within(weeks / p.tired_after, 0.0, 2.0) + p.quiet * quiet + p.winter * winter
    lean += p.mediated * mediated + p.europe * tied_in_europe + p.german_war * german_war
    lean -= p.per_doubling * within(stronger, -2.0, 2.0) + p.japan_beaten * japan_beaten
    limited = p.limited + lean - p.ahead * position - p.victory * enemy_broken
    pressed = p.broken * broken + p.fortress * fortress_lost + p.shaken * regime_shaken
    return 0.0, limited + 0.5 * pressed, p.gives_way + pressed + 0.5 * lean - p.losing * position


@rule(
    "tokyo.bargains",
    draws="choice",
    options=("fights-on", "limited", "gives-way", "capitulates"),
    silent="fights-on",
    facts=(
        "escalation.end.negotiated",
        "escalation.end.absolute",
        "escalation.duration.median",
        "regime-change.lit.goemans-2000.result",
        "incident.khalkhin-gol.imperial-stop",
    ),
    leaves_out="Army, Navy and court as separate voices; ambassadors",
)
def tokyo_bargains(
    weeks,
    position,
    stronger,
    quiet,
    winter,
    in_china,
    german_war,
    fights_america,
    mediated,
    broken,
    mukden_lost,
    unrest,
    for_peace,
    turned_to_moscow,
    p,
):
    """What does Tokyo want of a general war in the North, asked every four weeks?

    The men who lose a war in Tokyo lose more than office, and so they gamble on; but China eats their divisions, and a
    second endless war was what the General Staff feared most. A great power gives up wholly only when it is occupied.

    weeks             >=0     of general war
    position          -1..1   whose line stands deeper: 1 Japan's by far
    stronger          doublings by which Japan is the stronger in the theatre
    quiet             0..1    no army has attacked of late; 1 after two months
    winter            0 or 1  November to March
    in_china          0..1    Japanese divisions in China, as a share of twenty
    german_war        0 or 1  Germany and the Soviet Union are fighting, and Germany has not been turned back
    fights_america    0 or 1  at war with America
    mediated          0 or 1  a great power that talks to both offers its services
    broken            0 or 1  its army on the mainland is broken
    mukden_lost       0 or 1  southern Manchuria is in Soviet hands
    unrest            0..1    the regime stands near a crisis
    for_peace         0 or 1  a cabinet of peace, or revolutionaries, rule
    turned_to_moscow  0 or 1  officers who look to Moscow have risen
    p                         in noise units: book/parameters/peace.toml
    returns                   utilities of fights-on, limited, gives-way, capitulates
    """
    lean = p.tired * within(weeks / p.tired_after, 0.0, 2.0) + p.quiet * quiet + p.winter * winter
    lean += p.mediated * mediated + p.china * in_china + p.america * fights_america
    lean -= p.german_war * german_war + p.per_doubling * within(stronger, -2.0, 2.0) + p.ahead * position
    lean += p.unrest * unrest + p.for_peace * for_peace + p.turned * turned_to_moscow
    pressed = p.broken * broken + p.mukden * mukden_lost
    gives_way = p.gives_way + pressed + 0.5 * lean - p.losing * position + p.turned * turned_to_moscow
    return 0.0, p.limited + lean + 0.5 * pressed, gives_way, p.capitulates + pressed + 0.5 * lean


@kernel
def reached(moscow, tokyo, moscow_bound, moscow_overthrown):
    """What comes of what both capitals want this month?

    Who gives way is taken at his word, unless the winner has promised an ally to fight to the end. Limited terms are
    had where both want them.

    moscow             0..2    fights on, limited terms, gives way
    tokyo              0..3    fights on, limited terms, gives way, capitulates
    moscow_bound       0 or 1  its allies are at war with Japan, and it has promised them no peace apart
    moscow_overthrown  0 or 1  the Soviet state is no more
    returns            0 nothing; 1 limited terms, 2 large Soviet gains, 3 large Japanese gains, 4 Japan capitulates,
                       5 the Soviet side gives up
    """
    if tokyo == CAPITULATES:
        return CAPITULATION
    if moscow == GIVES_WAY and tokyo != GIVES_WAY:
        return SOVIETS_GIVE_UP if moscow_overthrown > 0.0 else JAPANESE_GAINS
    if tokyo == GIVES_WAY and moscow != GIVES_WAY:
        return NO_PEACE if moscow_bound > 0.0 and moscow == FIGHTS_ON else SOVIET_GAINS
    return NO_PEACE if moscow == FIGHTS_ON or tokyo == FIGHTS_ON else LIMITED_TERMS


@rule(
    "tokyo.takes-in-communists",
    draws="choice",
    options=("no", "yes"),
    silent="no",
    facts=(
        "regime.event.konoe-memorial",
        "regime-change.rate.soviet.left-and-fell",
        "regime-change.soviet.austria-1945.turn",
        "regime-change.lit.communist-paths.urban-tries",
    ),
    leaves_out="who they are: men out of prison, from Yan'an, or officers with new convictions",
)
def takes_in_communists(turned_to_moscow, capitulated, america_watches, cadres, unrest, p):
    """After a peace on Moscow's terms: must Tokyo take communists into its government?

    What Konoe feared in 1945: not a rising of the party, but officers who look to Moscow and bring it in by the back
    door. Without troops in the country Moscow could ask for ministers, and seldom got them where another great power
    watched.

    turned_to_moscow  0 or 1  officers who look to Moscow have risen
    capitulated       0 or 1  Japan gave itself up to the Soviet Union alone
    america_watches   0 or 1  America fought Japan too
    cadres            0..1    how ready a communist leadership is
    unrest            0..1    the regime stands near a crisis
    p                         in noise units: book/parameters/peace.toml
    returns                   utilities of no, yes
    """
    asked = p.asked + p.turned * turned_to_moscow + p.capitulated * capitulated
    return 0.0, asked + p.cadres * cadres + p.unrest * unrest - p.america * america_watches
