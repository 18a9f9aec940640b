"""The air over the war: worth of crews, superiority, losses, blows at airfields and railways, raids on cities."""

from allohistory.luck.arithmetic import exp, log
from allohistory.scenarios.soviet_japanese_war.rules.units import within
from allohistory.timeline.rule import rule


@rule(
    "air.worth",
    draws="nothing",
    facts=(
        "incident.claims.aircraft.july-1939",
        "forces.sov-fe.1939-08.khalkhin-gol.aircraft",
        "forces.kwantung.1945-08.aircraft-combat",
    ),
    leaves_out="types of aircraft",
)
def worth(command_loss, seasoned, japan_worn, p):
    """What is a Soviet aircraft with its crew worth against a Japanese one?

    Less in the thirties, and least after the purge, as over the Halha in May 1939. The German war makes veterans; the
    American war uses up Japan's.

    command_loss  0..1  share of command quality lost to the purge
    seasoned      0..1  how far the turned war with Germany has made veterans
    japan_worn    0..1  how far the war with America has used up Japan's crews
    p                   book/parameters/air.toml
    returns             natural logarithm of the ratio
    """
    return p.usual - p.purge * command_loss + p.seasoned * seasoned + p.worn * japan_worn


@rule(
    "air.superiority",
    draws="nothing",
    facts=("forces.sov-fe.1941-06-22.aircraft", "forces.kantokuen.aircraft", "forces.kwantung.1940.aircraft"),
    leaves_out="weather and the length of the day; one sky for all fronts",
)
def superiority(soviet, japanese, worth_of_soviet, p):
    """Who rules the air over the theatre?

    Numbers count, but fields near the front hold only so many.

    soviet, japanese  >=0  combat aircraft
    worth_of_soviet        logarithm, from air.worth
    p                      book/parameters/air.toml
    returns                natural logarithm of Soviet over Japanese strength, -4 to 4 or so
    """
    ours = soviet / (1.0 + soviet / p.fields) + p.few
    theirs = japanese / (1.0 + japanese / p.fields) + p.few
    return log(ours / theirs) + worth_of_soviet


@rule(
    "air.attrition",
    draws="nothing",
    facts=("forces.ija.1939-08.nomonhan.aircraft", "forces.sov-fe.1939-08.khalkhin-gol.aircraft"),
    leaves_out="accidents apart from combat",
)
def attrition(superiority, intensity, p):
    """What share of its aircraft does a side lose in a week?

    superiority           logarithm of its own over the other's strength
    intensity       0..1  1 in general war
    p                     book/parameters/air.toml
    returns         0..1  share a week
    """
    return within(p.a_week * intensity * exp(-p.per_logarithm * superiority), 0.0, p.most)


@rule(
    "air.replacement",
    draws="nothing",
    facts=("forces.prod.ussr.aircraft.1939", "forces.prod.japan.aircraft.1939", "forces.kantokuen.aircraft"),
    leaves_out="crews apart from aircraft",
)
def replacement(lost, to_come, distracted, intensity, p):
    """How many aircraft reach a side in a week?

    lost        >=0   lost in that week
    to_come     >=0   promised from elsewhere and not yet there
    distracted  0..1  how far another war claims what is built
    intensity   0..1  1 in general war
    p                 book/parameters/air.toml
    returns     (those that make good losses, those from elsewhere), aircraft
    """
    return p.made_good * (1.0 - distracted) * lost, p.arriving * intensity * to_come


@rule(
    "air.committed",
    draws="nothing",
    facts=("forces.kantokuen.aircraft", "forces.rkka-est.1939-02.aircraft", "forces.sov-fe.1945-08.aircraft"),
    leaves_out="training and transport aircraft",
)
def committed(on_the_books, elsewhere, free, p):
    """What does a side have in the air as war opens, and what can it still bring?

    on_the_books  >=0   aircraft counted in the theatre
    elsewhere     0..1  1 for Japan, whose home and China squadrons and Navy are near; 0 for the Soviet Union
    free          0..1  share of forces elsewhere that no other war holds
    p                   book/parameters/air.toml
    returns       (combat aircraft fit to fly, aircraft to come)
    """
    return p.fit * on_the_books, free * (elsewhere * p.japanese + (1.0 - elsewhere) * p.soviet)


@rule(
    "air.first-strike",
    draws="shock",
    per="side",
    facts=("incident.khalkhin-gol.tamsag-raid", "sea.ijn.north.1936-41"),
    latent=True,
    leaves_out="airfields told apart",
)
def first_strike(surprise, p):
    """What share of the aircraft of the side attacked is lost on its fields on the first day?

    surprise  0..2  0 none, 1 the date surprised, 2 all of it did
    p               book/parameters/air.toml
    returns   (mean, spread) of the logarithm of the share
    """
    return log(p.share) + p.surprise * (surprise - 1.0), p.spread


@rule(
    "air.interdiction",
    draws="nothing",
    facts=("sea.bomb.db3.far-east", "sea.us.third-fleet-north"),
    leaves_out="which bridge; guerrillas on the line",
)
def interdiction(enemy_aircraft, superiority_of_enemy, p):
    """What share of a side's railway work do the other's aircraft cost it?

    enemy_aircraft        >=0   the other's combat aircraft
    superiority_of_enemy        logarithm of the other's over its own strength
    p                           book/parameters/air.toml
    returns               0..1  share, never over a half
    """
    rule_of_the_air = 1.0 / (1.0 + exp(-superiority_of_enemy))
    return min(p.full * rule_of_the_air * enemy_aircraft / (enemy_aircraft + p.half_at), 0.5)


@rule(
    "air.bombs-cities",
    draws="choice",
    per="side",
    options=("no", "yes"),
    silent="no",
    facts=(
        "sea.bomb.tb3.reach",
        "sea.bomb.japan.fire-risk",
        "sea.bomb.fe-effort",
        "calculus.plan.1936",
        "forces.kantokuen.aircraft",
    ),
    leaves_out="ports and works told apart from houses; what neutral opinion says",
)
def bombs_cities(japanese, struck, losing, able, hostages, america_bombs, p):
    """Does a capital order raids on the other's cities? Asked of each every four weeks of a general war until it has.

    Moscow's bombers near Vladivostok were the great fear of Tokyo; Vladivostok, Khabarovsk and Chita lay within reach
    of Manchuria. Both staffs had railways and airfields to bomb first, and each had towns that the other could burn.
    Who is bombed answers.

    japanese       0 or 1  Tokyo is asked; else Moscow
    struck         0 or 1  the other has bombed this side's cities
    losing         0 or 1  the enemy stands deep in its land
    able           0..1    bombers within reach, over those of a heavy raid
    hostages       0..1    how far the other could answer
    america_bombs  0 or 1  America bombs Japan already
    p                      in noise units: book/parameters/air.toml
    returns                utilities of no, yes
    """
    lean = p.tokyo * japanese + p.moscow * (1.0 - japanese) + p.answer * struck + p.losing * losing
    lean -= p.unable * (1.0 - able) + p.reprisal * hostages * (1.0 - struck)
    return 0.0, lean - p.america * america_bombs


@rule(
    "air.raids",
    draws="clock",
    per="side",
    facts=("sea.bomb.tb3.reach", "sea.bomb.db3.far-east", "sea.bomb.japan.fire-risk"),
    leaves_out="which city",
)
def raids(bombers, bases, fights_america, p):
    """How often does a side raid the other's cities in a general war, once its capital has ordered it to?

    As long as there are bombers and their fields stand. Where America bombs Japan already, Soviet bombers come seldom.

    bombers         >=0     bombers able to reach the other's cities
    bases           0..1    share of their fields still in use
    fights_america  0 or 1  America does this work already
    p                       book/parameters/air.toml
    returns         >=0     raids a week
    """
    if bombers < p.least:
        return 0.0
    return p.a_week * bases * bombers / (bombers + p.half_at) * (1.0 - p.america * fights_america)


@rule(
    "air.raid-effect",
    draws="nothing",
    facts=("sea.bomb.fe-effort", "sea.bomb.tb3.range", "sea.bomb.b29.dead", "sea.bomb.b29.tons"),
    leaves_out="fire storms; ports and works told apart from houses",
)
def raid_effect(bombers, p):
    """What does one raid drop, cost and kill?

    bombers  >=0  bombers able to reach Honshu
    p             book/parameters/air.toml
    returns  (tons dropped, bombers lost, thousand dead)
    """
    flying = min(p.flying * bombers, p.most)
    tons = p.tons * flying
    return tons, min(p.lost * flying, bombers), p.dead * tons
