"""The sea: Japan's fleet in the north, Soviet submarines, mines, lift, and the oil of Okha."""

from allohistory.luck.arithmetic import exp, log
from allohistory.scenarios.soviet_japanese_war.rules.units import within
from allohistory.timeline.rule import rule


@rule(
    "sea.northern-fleet",
    draws="nothing",
    facts=(
        "sea.ijn.north.1936-41",
        "sea.ijn.1941-12",
        "sea.ijn.tonnage.1944-01-31",
        "sea.ijn.1945-08.destroyers-usable",
        "sea.ijn.1945-08.cruisers-usable",
    ),
    leaves_out="ships by class; refits; who commands",
)
def northern_fleet(fights_america, years_of_that, oil, fights_allies, p):
    """What part of Japan's fleet could put to sea against the Soviet Union in the Japan Sea and off the Kurils?

    Undistracted it closes the straits within days. At war with America the most of it goes south; what is left in the
    north stays a fleet for two years, then wastes away, and at the end has neither ships nor oil.

    fights_america  0 or 1  Japan is at war with America
    years_of_that   >=0     years since that war began
    oil             >=0     million barrels in store
    fights_allies   0 or 1  it is at war with Britain and France, whose fleets are bound in Europe
    p                       book/parameters/sea.toml
    returns         0..1
    """
    fuelled = within(oil / p.oil_needed, 0.0, 1.0)
    if fights_america == 0.0:
        return fuelled * (p.kept_from_allies if fights_allies > 0.0 else 1.0)
    left = within((p.gone_after - years_of_that) / (p.gone_after - p.whole_for), p.rest, 1.0)
    return p.kept_north * left * max(fuelled, p.rest)


@rule(
    "sea.submarines-lost",
    draws="nothing",
    facts=("sea.calc.sov-sub-life", "sea.ijn.north.1936-41", "sea.sov-pf.subs.1941"),
    leaves_out="which boats; bases bombed or overrun",
)
def submarines_lost(fleet, p):
    """What share of the Soviet submarines in the Pacific is lost in a week of general war?

    With the Japanese fleet undistracted half are gone in half a year, to escorts, aircraft and mines.

    fleet    0..1  share of Japan's fleet that can put to sea in the north
    p              book/parameters/sea.toml
    returns  0..1  share a week
    """
    return 1.0 - exp(-log(2.0) / p.half_life * max(fleet, p.least))


@rule(
    "sea.submarine-sinkings",
    draws="nothing",
    facts=("sea.calc.sov-sub-sinkings", "sea.sov-pf.subs.1941", "sea.merchant.subs-on-patrol"),
    leaves_out="convoys; the ferry from Shimonoseki to Fusan, which is never cut",
)
def submarine_sinkings(submarines, ice, mines, p):
    """How much Japanese shipping do Soviet submarines sink in a week of general war?

    Half of them are small boats fit for the coast only; ice lays those up, and minefields close the straits to the
    rest. Fear of them exceeds what they do.

    submarines  >=0   boats alive
    ice         0..1  how far ice shuts Vladivostok in
    mines       0..1  how far the straits are mined
    p                 book/parameters/sea.toml
    returns     >=0   thousand gross register tons a week
    """
    at_sea = (1.0 - p.laid_up * ice) * (1.0 - p.mines * mines)
    return p.per_boat * submarines * at_sea


@rule(
    "sea.mines",
    draws="nothing",
    facts=("sea.ijn.north.1936-41", "sea.mine.mines"),
    leaves_out="whose fields they are; American mining of Japan's own ports",
)
def mines(laid, p):
    """How far the straits and the approaches of ports are mined a week later: nearly all within two months.

    laid     0..1  this week
    p              book/parameters/sea.toml
    returns  0..1  next week
    """
    return laid + p.a_week * (1.0 - laid)


@rule(
    "sea.soviet-lift",
    draws="nothing",
    facts=("sea.amphib.1938.lift", "sea.amphib.hokkaido.lift", "sea.sov-merchant.1936"),
    leaves_out="guns, tanks and horses; escorts as a limit of their own",
)
def soviet_lift(years, p):
    """How many men can craft of the Soviet Union's own carry in a first wave, steamers and warships included?

    years    >=0  years since January 1931
    p             book/parameters/sea.toml
    returns  >=0  thousand men
    """
    return min(p.a_year * years, p.most)


@rule(
    "sea.lent-craft",
    draws="nothing",
    facts=("sea.hula.lift-men", "sea.hula.first-transfers", "sea.hula.lci", "sea.amphib.request.1944-10"),
    leaves_out="crews still learning; frigates and minesweepers",
)
def lent_craft(weeks_since_germany_beaten, america_at_war, p):
    """How many men can the landing craft carry that America has lent by now?

    They are lent for the entry that was promised: from a month after Germany's end, over four months.

    weeks_since_germany_beaten  weeks; -1 while Germany stands
    america_at_war  0 or 1      America is at war with Japan
    p                           book/parameters/sea.toml
    returns  >=0    thousand men
    """
    if weeks_since_germany_beaten < 0.0 or america_at_war == 0.0:
        return 0.0
    return p.men * within((weeks_since_germany_beaten - p.from_week) / p.weeks, 0.0, 1.0)


@rule(
    "sea.okha-oil",
    draws="nothing",
    facts=("sea.oil.northern-war", "sea.oil.sakhalin.1939"),
    leaves_out="winter ice on the tankers' road",
)
def okha_oil(weeks_held, p):
    """What do the wells of Okha give Japan in a week, once it holds them?

    They are wrecked on leaving and take most of a year to restore.

    weeks_held  >=0  weeks since Okha fell to Japan
    p                book/parameters/sea.toml
    returns     >=0  million barrels a week
    """
    return p.a_week * within((weeks_held - p.wrecked_for) / p.restoring, 0.0, 1.0)
