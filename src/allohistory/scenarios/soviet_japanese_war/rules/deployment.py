"""Where the forces stand: by front, and by date.

Numbers that changed with the years are told for five dates, January 1932, January 1936 and the summers of 1939, 1941
and 1945, and run straight between them.
"""

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.rules.units import within
from allohistory.timeline.rule import rule

# Half-years since the start of 1931.
JANUARY_1932, JANUARY_1936, SUMMER_1939, SUMMER_1941, SUMMER_1945 = 2.0, 10.0, 17.0, 21.0, 29.0
EAST, AMUR, WEST, ISLAND = 0, 1, 2, 3


@kernel
def between(at, first, last, low, high):
    """On the straight line from `low` at `first` to `high` at `last`; level outside."""
    return low + (high - low) * within((at - first) / (last - first), 0.0, 1.0)


@kernel
def by_year(years, in_1932, in_1936, in_1939, in_1941, in_1945):
    """A quantity told for the five dates, at so many years since the start of 1931."""
    at = 2.0 * years
    if at < JANUARY_1936:
        return between(at, JANUARY_1932, JANUARY_1936, in_1932, in_1936)
    if at < SUMMER_1939:
        return between(at, JANUARY_1936, SUMMER_1939, in_1936, in_1939)
    if at < SUMMER_1941:
        return between(at, SUMMER_1939, SUMMER_1941, in_1939, in_1941)
    return between(at, SUMMER_1941, SUMMER_1945, in_1941, in_1945)


@kernel
def effort_of(front):
    """To which effort a front belongs: 0 the east, 1 the Amur, 2 the west, 3 none (Sakhalin)."""
    if front <= 2:
        return WEST
    if front <= 4:
        return AMUR
    if front <= 7:
        return EAST
    return ISLAND


@kernel
def of_front(front, east, amur, manchouli, mongolia, island, hutou, posyet, sungari, gobi):
    """A front's share, from the shares of the groups and of the lesser fronts within their groups."""
    if front == 0:
        return manchouli
    if front == 1:
        return mongolia * (1.0 - gobi)
    if front == 2:
        return mongolia * gobi
    if front == 3:
        return amur * (1.0 - sungari)
    if front == 4:
        return amur * sungari
    if front == 5:
        return east * hutou
    if front == 6:
        return east * (1.0 - hutou - posyet)
    if front == 7:
        return east * posyet
    return island


@rule(
    "forces.soviet-deployment",
    draws="nothing",
    facts=(
        "calculus.plan.1934.soviet-initial",
        "forces.sov-fe.1936-01.zabvo.ground",
        "forces.sov-fe.1939.armies",
        "forces.sov-fe.1938.mongolia.57corps.personnel",
        "forces.sov-fe.1940-06.structure",
        "forces.sov-fe.1945-08.transbaikal.personnel",
        "forces.sov-fe.1945-08.1fef.personnel",
        "forces.sov-fe.1945-08.2fef.personnel",
    ),
    leaves_out="reserves behind more than one front",
)
def soviet_deployment(front, years, corps_in_mongolia, germany_beaten, p):
    """Share of the Soviet East that stands on this front.

    About half of it always guarded the Maritime Province. Troops stood in Mongolia only after 1937; the western mass
    of 1945 was brought for one offensive, when Germany was beaten.

    front              0..8    book/entities.toml
    years              >=0     years since the start of 1931
    corps_in_mongolia  0 or 1  Soviet troops stand in Mongolia
    germany_beaten     0 or 1  Germany has surrendered, and the trains have run east
    p                          book/parameters/forces.toml
    returns            0..1
    """
    amur_now = p.amur_1945 if germany_beaten > 0.0 else p.amur_1941
    amur = by_year(years, p.amur_1932, p.amur_1936, p.amur_1939, p.amur_1941, amur_now)
    west_now = p.west_1945 if germany_beaten > 0.0 else p.west_1941
    west = by_year(years, p.west_1932, p.west_1936, p.west_1939, p.west_1941, west_now)
    mongolia_now = p.mongolia_1945 if germany_beaten > 0.0 else p.mongolia_1941
    mongolia = by_year(
        years, p.mongolia_1932, p.mongolia_1936, p.mongolia_1939, p.mongolia_1941, mongolia_now
    )
    there = mongolia * corps_in_mongolia
    manchouli = west + mongolia - there
    east = max(1.0 - amur - west - mongolia - p.island, 0.0)
    return of_front(front, east, amur, manchouli, there, p.island, p.hutou, p.posyet, p.sungari, p.gobi)


@rule(
    "forces.soviet-armour",
    draws="nothing",
    facts=(
        "forces.sov-fe.1936-01.zabvo.afv",
        "forces.sov-fe.1945-08.transbaikal.afv",
        "forces.sov-fe.1945-08.1fef.afv",
    ),
    leaves_out="brigades and corps as such",
)
def soviet_armour(front, share, p):
    """A front's weight when the tanks of the Soviet East are shared out: the open west had more than its share.

    front    0..8  book/entities.toml
    share    0..1  of the men
    p              book/parameters/forces.toml
    returns  >=0
    """
    return share * p.west if effort_of(front) == WEST else share


@rule(
    "forces.japanese-deployment",
    draws="nothing",
    facts=(
        "calculus.plan.1932.amur",
        "calculus.plan.1932.khingan",
        "calculus.plan.1934.axis",
        "calculus.plan.1942.order-575",
        "forces.kwantung.1945-08.3rd-area-army-west",
        "forces.kwantung.1945-08.4th-army",
        "forces.5th-area-army.1945-08",
    ),
    leaves_out="reserves behind more than one front; what hunts guerrillas",
)
def japanese_deployment(front, years, germany_beaten, p):
    """Share of the Kwantung and Korea Armies that stands on this front.

    The Maritime Province was the first aim in every plan but one, and the weight lay before it; the west was held by a
    division or two until the Soviet mass gathered there.

    front           0..8    book/entities.toml
    years           >=0     years since the start of 1931
    germany_beaten  0 or 1  Germany has surrendered: nobody doubts where the Red Army turns next
    p                       book/parameters/forces.toml
    returns         0..1
    """
    amur_now = p.amur_1945 if germany_beaten > 0.0 else p.amur_1941
    amur = by_year(years, p.amur_1932, p.amur_1936, p.amur_1939, p.amur_1941, amur_now)
    west_now = p.west_1945 if germany_beaten > 0.0 else p.west_1941
    west = by_year(years, p.west_1932, p.west_1936, p.west_1939, p.west_1941, west_now)
    mongolia_now = p.mongolia_1945 if germany_beaten > 0.0 else p.mongolia_1941
    mongolia = by_year(
        years, p.mongolia_1932, p.mongolia_1936, p.mongolia_1939, p.mongolia_1941, mongolia_now
    )
    east = max(1.0 - amur - west - mongolia - p.island, 0.0)
    return of_front(front, east, amur, west, mongolia, p.island, p.hutou, p.posyet, p.sungari, p.gobi)
