"""Landings: whether one is tried, what binds it, how it ends, and at what loss."""

from allohistory.luck.arithmetic import exp, log
from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.rules.units import within
from allohistory.timeline.rule import rule

FIRST_JAPANESE, RUMOI, HONSHU = 7, 4, 6  # operations, in the order of book/entities.toml
FLEET, LIFT, AIR_COVER, STEP_BEFORE, WASHINGTON, ICE = 1.0, 2.0, 3.0, 4.0, 5.0, 6.0


@kernel
def doublings(number, other):
    """By how many doublings one number exceeds another; both above 0."""
    return log(number / other) / log(2.0)


@kernel
def base_of(operation, japan_beaten, p):
    """What speaks for an operation before its obstacles are counted, in noise units."""
    if operation >= FIRST_JAPANESE:
        return (p.okha, p.kamchatka, p.coast)[int(operation) - FIRST_JAPANESE]
    base = p.early + (p.late - p.early) * japan_beaten
    return base if operation == RUMOI or operation == HONSHU else base + p.aim


@rule(
    "landing.decision",
    draws="choice",
    per="operation",
    options=("no", "go"),
    silent="no",
    facts=(
        "close-run.hokkaido-landing",
        "battle.hokkaido.plan.target",
        "sea.amphib.hokkaido.plan",
        "sea.ijn.1945-08.soviet-myth",
        "sea.sov-pf.orders.1945",
        "calculus.plan.1932.reserve",
    ),
    leaves_out="rival staffs; weather of the day",
)
def landing_decision(
    operation,
    japan_beaten,
    hostile_fleet,
    own_fleet,
    lift,
    cover,
    step_missing,
    washington,
    ceasefire_near,
    pressed,
    ice,
    p,
):
    """Is the landing ordered? Asked every four weeks of a general war, each week while Japan is going down.

    What the peace was to bring, or a foothold opens, is dared sooner. A fleet able to put to sea forbids it, and the
    staff fears more ships than there are; then count lift, fighters overhead, the step before, Washington, ice. A
    ceasefire at hand hurries it on.

    operation       0..9    its number: book/entities.toml
    japan_beaten    0 or 1  Japan is at war with America, and Germany is beaten
    hostile_fleet   0..1    share of the enemy's fleet that can put to sea there
    own_fleet       0..1    share of one's own
    lift            0..1    first wave over one and a half times those who can reach the beach in a day
    cover           0..1    fighters overhead
    step_missing    0 or 1  the operation before it is not done
    washington      0..2    America objects: 1 by its plans, 2 by its general order for the surrender
    ceasefire_near  0 or 1  the fighting is about to end
    pressed         0..1    the army on land is driven back and needs every division
    ice             0..1    ice on the way
    p                       in noise units: book/parameters/landings.toml
    returns                 utilities of no, go
    """
    lean = base_of(operation, japan_beaten, p)
    if operation >= FIRST_JAPANESE:
        lean -= p.fleet * (1.0 - own_fleet) + p.spent * japan_beaten
    else:
        lean -= p.fleet * (hostile_fleet + p.feared * (1.0 - hostile_fleet))
    lean += p.lift * lift - p.cover * (1.0 - cover) - p.step * step_missing
    lean += p.ceasefire * ceasefire_near - p.washington * washington
    return 0.0, lean - p.ice * ice - p.pressed * pressed


@rule(
    "landing.constraint",
    draws="nothing",
    facts=("sea.amphib.hokkaido.lift", "sea.ijn.1945-08.destroyers-usable"),
    leaves_out="two constraints that bind alike",
)
def constraint(fleet, lift, cover, step_missing, washington, ice, p):
    """Which constraint binds a landing the most? The first in the order of the list where two are alike.

    fleet         0..1    share of the enemy's fleet that can put to sea there
    lift          0..1    lift as in landing.decision
    cover         0..1    fighters overhead
    step_missing  0 or 1  the operation before it is not done
    washington    0..2    America objects
    ice           0..1    ice on the way
    p                     noise units, as in landing.decision: book/parameters/landings.toml
    returns       1 enemy fleet, 2 lift, 3 air cover, 4 the step before, 5 Washington, 6 ice; 0 none
    """
    binds, most = 0.0, p.least
    if p.fleet * fleet > most:
        binds, most = FLEET, p.fleet * fleet
    if p.lift * (1.0 - lift) > most:
        binds, most = LIFT, p.lift * (1.0 - lift)
    if p.cover * (1.0 - cover) > most:
        binds, most = AIR_COVER, p.cover * (1.0 - cover)
    if p.step * step_missing > most:
        binds, most = STEP_BEFORE, p.step * step_missing
    if p.washington * washington > most:
        binds, most = WASHINGTON, p.washington * washington
    if p.ice * ice > most:
        binds = ICE
    return binds


@rule(
    "landing.wave",
    draws="nothing",
    facts=(
        "sea.amphib.shumshu",
        "battle.sakhalin.maoka",
        "sea.amphib.hokkaido.lift",
        "sea.amphib.ija.ton-per-div",
    ),
    leaves_out="which ships lie where",
)
def wave(operation, lift_men, men_at_hand, p):
    """How many men go in the first wave?

    Soviet craft are shared out among three seas, and the long road to Hokkaido halves what they carry. Japan has
    shipping for what its army gives.

    operation    0..9  its number
    lift_men     >=0   thousand men that Soviet craft can carry at once
    men_at_hand  >=0   thousand men who could embark
    p                  shares and thousand men: book/parameters/landings.toml
    returns      >=0   thousand men
    """
    share = (p.korea, p.sakhalin, p.northern_kurils, p.southern_kurils, p.hokkaido, p.hokkaido, p.honshu)
    if operation >= FIRST_JAPANESE:
        return min((p.okha, p.kamchatka, p.coast)[int(operation) - FIRST_JAPANESE], men_at_hand)
    return min(share[int(operation)] * lift_men, men_at_hand)


@rule(
    "landing.lift",
    draws="nothing",
    facts=("battle.landing.first-day-loss", "sea.amphib.hokkaido.lift"),
    leaves_out="guns and tanks",
)
def enough_lift(first_wave, reach_the_beach, p):
    """How far is the first wave enough? Wholly at half as many again as can reach the beach in a day.

    first_wave       >=0   thousand men
    reach_the_beach  >=0   thousand men
    p                      book/parameters/landings.toml
    returns          0..1
    """
    return within(first_wave / (p.enough * reach_the_beach + p.few), 0.0, 1.0)


@rule(
    "landing.garrison",
    draws="nothing",
    facts=(
        "battle.shumshu.japan.personnel",
        "battle.hokkaido.japan.personnel",
        "sea.amphib.kurils.japan-low",
        "forces.5th-area-army.1945-08",
    ),
    leaves_out="guns; those who march from farther off",
)
def garrison(operation, readied, p):
    """How many men hold the place, those within some days' march among them?

    operation  0..9  its number
    readied    0..1  how far the war with America, or the Soviet build-up, has filled the coasts
    p                thousand men: book/parameters/landings.toml
    returns    >=0   thousand men
    """
    full = (
        p.korea,
        p.sakhalin,
        p.northern_kurils,
        p.southern_kurils,
        p.rumoi,
        p.hokkaido,
        p.honshu,
        p.okha,
        p.kamchatka,
        p.coast,
    )
    return full[int(operation)] * (p.at_first + (1.0 - p.at_first) * readied)


@rule(
    "landing.meets",
    draws="nothing",
    facts=("battle.shumshu.japan.personnel", "battle.hokkaido.japan.organisation"),
    leaves_out="roads cut from the air",
)
def meets(operation, garrison, weeks, p):
    """How many of them have come to the beach after so many weeks? Few on the first day, all in the second week.

    operation  0..9  its number
    garrison   >=0   thousand men
    weeks      >=0   since the landing
    p                book/parameters/landings.toml
    returns    >=0   thousand men
    """
    at_once = p.rumoi if operation == RUMOI or operation == HONSHU else p.elsewhere
    return garrison * within(at_once + p.a_week * weeks, 0.0, 1.0)


@rule(
    "landing.follow-up",
    draws="nothing",
    facts=("sea.amphib.hokkaido.lift", "sea.amphib.transport-load"),
    leaves_out="guns and stores, which come last",
)
def follow_up(first_wave, ice, hostile_fleet, p):
    """How many men follow in a week, once there is something ashore to follow to?

    first_wave     >=0   thousand men that the craft there carry at once
    ice            0..1  ice on the way
    hostile_fleet  0..1  share of the enemy's fleet that can put to sea there
    p                    book/parameters/landings.toml
    returns        >=0   thousand men a week
    """
    return p.a_week * first_wave * (1.0 - p.ice * ice) * (1.0 - hostile_fleet)


@rule(
    "landing.cover",
    draws="nothing",
    facts=("sea.dist.vladivostok-rumoi", "sea.dist.sovgavan-maoka", "sea.season.fog"),
    leaves_out="carriers; fighters of the fleet's own",
)
def landing_cover(distance, superiority, fog, p):
    """How well are the beaches covered by fighters?

    distance     km     from the nearest field of one's own
    superiority         logarithm of one's own over the other's strength in the air
    fog          0..1   fog over the Kurils, May to August
    p                   book/parameters/landings.toml
    returns      0..1
    """
    near = within(1.0 - (distance - p.reach) / p.beyond, 0.0, 1.0)
    return near / (1.0 + exp(-superiority)) * (1.0 - p.fog * fog)


@rule(
    "landing.result",
    draws="choice",
    per="operation",
    options=("repulsed", "held", "won"),
    silent="held",
    facts=(
        "battle.landing.first-day-loss",
        "battle.shumshu.soviet.personnel",
        "battle.sakhalin.maoka",
        "battle.merekyula.1944",
        "battle.tuloksa.1944",
    ),
    leaves_out="sea state; guns of ships counted one by one",
)
def landing_result(
    ashore, met_by, surprise_into_port, cover, works, hostile_fleet, own_guns, told_to_surrender, p
):
    """How does the landing stand? Asked when its time is up, and again each week while it is only held.

    Surprise into a port works; an open beach against an alert battalion costs a quarter of the first wave. A garrison
    that has been told by its emperor to lay down its arms does so within a week or two, though not at once; until then
    it may hold its ground, but does not go on to throw the landing back into the sea.

    ashore              >=0   thousand men landed
    met_by              >=0   thousand men against them
    surprise_into_port  0..1  boats into a harbour before it is alert
    cover               0..1  fighters overhead
    works               0..1  coast guns and dugouts
    hostile_fleet       0..1  share of the enemy's fleet that can put to sea there
    own_guns            0..1  share of one's own fleet that can bombard
    told_to_surrender   0..2  1 a week after the order to lay down arms, 2 two weeks after
    p                         in noise units: book/parameters/landings.toml
    returns                   utilities of repulsed, held, won
    """
    lean = p.won + p.per_doubling * doublings(ashore + p.few, met_by + p.few)
    lean += p.surprise * surprise_into_port + p.cover * cover - p.works * works
    lean += p.own_guns * own_guns - p.fleet * hostile_fleet + p.told * told_to_surrender
    return -p.stops * told_to_surrender, p.held + 0.5 * lean, lean


@rule(
    "landing.losses",
    draws="shock",
    per="operation",
    facts=(
        "battle.landing.first-day-loss",
        "battle.shumshu.loss-rate",
        "sea.amphib.kurils.forces",
        "battle.merekyula.1944",
    ),
    latent=True,
    leaves_out="men drowned told apart from men shot",
)
def landing_losses(ashore, met_by, garrison, repulsed, told_to_surrender, p):
    """What share of a side's men in a landing is killed, wounded or missing, prisoners not counted?

    ashore             >=0     thousand men of this side
    met_by             >=0     thousand men of the other
    garrison           0 or 1  this side holds the shore, in dugouts
    repulsed           0 or 1  this side came by sea and was thrown back
    told_to_surrender  0..2    the garrison has been told to lay down its arms
    p                          book/parameters/landings.toml
    returns            (mean, spread) of the logarithm of the share
    """
    mean = log(p.opposed) - p.per_doubling * doublings(ashore + p.few, met_by + p.few)
    mean -= p.garrison * garrison
    return mean + p.repulsed * repulsed - p.told * told_to_surrender, p.spread
