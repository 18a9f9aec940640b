"""Supply on land: what an army eats, what a railway brings, what trucks carry beyond it, and when it must stop."""

from allohistory.luck.arithmetic import exp, log
from allohistory.scenarios.soviet_japanese_war.rules.units import within
from allohistory.timeline.rule import rule

DAYS = 7.0
KILOGRAMS_A_TON = 1000.0
MARCH, APRIL, MAY, JULY, AUGUST, NOVEMBER = 3, 4, 5, 7, 8, 11


@rule(
    "supply.need",
    draws="nothing",
    facts=(
        "log.supply.sov.slice",
        "log.supply.sov.rd.light",
        "log.supply.ija.div.light",
        "log.supply.ija.div.heavy",
        "log.khalkhin-gol.sov.per-man",
    ),
    leaves_out="fuel, shells and food apart; horses, which eat by the head and not by the shot",
)
def need(thousand_men, attacking, attacked, moved, japanese, p):
    """Thousand tons that an army eats in a week.

    Shells and fuel make the difference between a quiet line and a battle: three to one and more. A Soviet division with
    the army and front troops behind it took 290 tons a day in the plans of 1944; a Japanese one fought on less. Who
    goes after an enemy who has given way burns fuel, and fires little.

    thousand_men  >=0     men on the front
    attacking     0 or 1  it attacks this week
    attacked      0 or 1  it is attacked this week
    moved         >=0     kilometres that its line went forward last week
    japanese      0 or 1  the side that is frugal
    p                     kilograms a man and day: book/parameters/supply.toml
    returns       >=0
    """
    fires = 1.0 - p.in_pursuit * within(moved / p.pursuit_km, 0.0, 1.0)
    a_man = p.quiet_kg + p.attacked_kg * attacked * (1.0 - attacking) + p.attacking_kg * attacking * fires
    return thousand_men * a_man * (1.0 - p.frugal * japanese) * DAYS / KILOGRAMS_A_TON


@rule(
    "supply.railway",
    draws="nothing",
    facts=("log.tsr.1936.pairs", "log.tsr.1941.pairs", "log.tsr.1944.civil-share", "log.1945.railcars"),
    leaves_out="locomotives, water, coal; trains that wait at the unloading",
)
def railway(tons_a_day, programme, interdiction, damage, p):
    """Thousand tons that a stretch of railway can carry one way for the army in a week.

    Three trains in ten feed the country and the line itself. A bombed or broken stretch carries less.

    tons_a_day    >=0   what all its trains could carry, by the standing programme of that year
    programme     >0    trains of this world over the trains of ours
    interdiction  0..1  share that the enemy's aircraft and guns stop
    damage        0..1  share that lies broken
    p                   book/parameters/supply.toml
    returns       >=0
    """
    whole = within(1.0 - interdiction, 0.0, 1.0) * within(1.0 - damage, 0.0, 1.0)
    return tons_a_day * programme * p.for_the_army * whole * DAYS / KILOGRAMS_A_TON


@rule(
    "supply.programme",
    draws="nothing",
    facts=("log.tsr.1931.pairs", "log.tsr.1936.pairs", "log.tsr.1941.pairs", "log.tsr.1944.pairs"),
    leaves_out="single stretches: a line late by two years is late everywhere",
)
def programme(trains_a_day, years, p):
    """Trains of this world over those of ours on the railway east of Lake Baikal.

    trains_a_day  >0   pairs of trains a day now
    years         >=0  years since January 1931
    p                  the course that the line took in our history: book/parameters/supply.toml
    returns       >0
    """
    usual = p.ceiling - (p.ceiling - p.at_first) * exp(-p.share_of_gap * years)
    return trains_a_day / usual


@rule(
    "supply.columns",
    draws="nothing",
    facts=(
        "log.khalkhin-gol.truck-yield.short",
        "log.khalkhin-gol.truck-yield.long",
        "log.khalkhin-gol.sov.tons",
        "log.khalkhin-gol.ija.tons",
        "log.1945.fuel.6gta-crisis",
    ),
    leaves_out="breakdowns by make and age; camels, carts on a road of their own; what is flown in",
)
def columns(thousand_trucks, kilometres, going, season, p):
    """Thousand tons that truck columns bring in a week from the railhead to the line.

    At 180 km a truck brought three quarters of a ton a day, at 700 km a third: it burns its load, waits and breaks.
    Close to the railhead carts and horses do the work and the trucks are hardly missed.

    thousand_trucks  >=0  in the columns of this army
    kilometres       >=0  from the railhead to the line
    going            0..1 1 on good roads
    season           0..1 1 in dry or frozen weather
    p                     book/parameters/supply.toml
    returns          >=0
    """
    far = max(kilometres, p.shortest_km)
    yield_of_one = p.tons_at_180_km * exp(p.falls_with_distance * log(p.measured_at_km / far))
    return thousand_trucks * yield_of_one * (p.worst_going + (1.0 - p.worst_going) * going) * season * DAYS


@rule(
    "supply.reach",
    draws="nothing",
    facts=(
        "log.khalkhin-gol.truck-yield.short",
        "log.khalkhin-gol.truck-yield.long",
        "battle.manchuria.6gta.three-days",
        "log.1945.fuel.6gta-crisis",
        "battle.khalkhin-gol.logistics.japan-belief",
    ),
    leaves_out="what is taken from the enemy or flown in",
)
def reach(share, measured, falls, mobile, days, p):
    """How far beyond its railhead an army's line can be led: a tether of trucks, and what men and vehicles carry.

    On the march it fires little, and makes do with part of what a battle eats. Where the columns bring less than that,
    it lives on what it has with it: a tank army went 350 km on its own fuel, and stood still on the fourth day.

    share     >=0   of what it eats in battle, what its trucks would bring at the measured distance
    measured  >0    kilometres at which it was measured
    falls     >0    the power by which the yield falls with distance
    mobile    0..1  share of those who lead that moves on tracks and wheels
    days      >=0   days that its stock lasts
    p               book/parameters/supply.toml
    returns   >=0   kilometres
    """
    tether = measured * exp(log(max(share, p.hardly) / p.least) / falls)
    carried = within(days / p.days_carried, 0.0, 1.0)
    return tether + carried * (p.dash_on_foot + (p.dash_on_tracks - p.dash_on_foot) * mobile)


@rule(
    "supply.line-under-fire",
    draws="nothing",
    facts=("log.tsr.iman", "log.tsr.vulnerability", "log.manchuria.forts.works"),
    leaves_out="which bridge or culvert; agents in peace; the loops built behind the line from 1939 on",
)
def line_under_fire(attacked, works, border_km, line_km, damage, p):
    """How far a railway that runs along a front lies broken once the enemy attacks there.

    For six hundred kilometres the Ussuri railway runs within a day's ride of the border, at Iman within range of guns:
    raiding parties, horse artillery and saboteurs break it at many places, heavy guns in concrete close one for good.

    attacked   0 or 1  the enemy attacked on that front last week
    works      0..1    strength of the enemy's fortress zone there, where his heavy guns stand
    border_km  >=0     where the railway comes nearest to the border
    line_km    >=0     how far the front has moved away from it, on the enemy's land
    damage     0..1    share broken already
    p                  book/parameters/supply.toml
    returns    0..1    share that lies broken
    """
    near = within(1.0 - (border_km + line_km) / p.reach_km, 0.0, 1.0)
    return max(damage, within(attacked * near * (p.raids + p.guns * works), 0.0, 1.0))


@rule(
    "supply.line-repair",
    draws="nothing",
    facts=(
        "log.tsr.amur-bridge",
        "log.rail-repair.wesel",
        "log.rail-repair.warsaw",
        "log.rail-repair.velikiye-luki",
    ),
    leaves_out="which bridge it is; steel, pontoons and ice; what each side's railway troops are worth",
)
def line_repair(damage, p):
    """What is left of the damage on a railway after a week without an enemy on it.

    Railway troops relay track by the day; a great bridge takes them two weeks to cross by a makeshift and more until
    all its trains run again.

    damage   0..1  share that lies broken
    p              book/parameters/supply.toml
    returns  0..1
    """
    return max(damage - p.share_a_week, 0.0)


@rule(
    "supply.carts",
    draws="nothing",
    facts=("log.supply.ija.cart", "log.supply.horse.fodder"),
    leaves_out="fodder on the steppe: horses stop without grass from October to May",
)
def carts(thousand_men, kilometres, p):
    """Thousand tons a week that horses, carts and backs bring from a railhead close behind the line.

    thousand_men  >=0  men on the front
    kilometres    >=0  from the railhead to the line
    p                  book/parameters/supply.toml
    returns       >=0
    """
    near = within(1.0 - kilometres / p.reach_km, 0.0, 1.0)
    return thousand_men * p.kg_a_man * near * DAYS / KILOGRAMS_A_TON


@rule(
    "supply.season",
    draws="nothing",
    facts=("sea.season.rain",),
    leaves_out="the weather of the single year",
)
def season(month, p):
    """What is left of the roads' worth in a month: rain from mid-July, mud in April and May, frozen ground in winter.

    month    1..12
    p        book/parameters/supply.toml
    returns  0..1
    """
    if month == JULY or month == AUGUST:
        return p.rain
    if month == APRIL or month == MAY:
        return p.mud
    if month <= MARCH or month >= NOVEMBER:
        return p.frost
    return 1.0


@rule(
    "supply.stock",
    draws="nothing",
    facts=("log.khalkhin-gol.sov.stock", "log.milepost.total"),
    leaves_out="depots lost to the enemy",
)
def wanted(needed, p):
    """Thousand tons that an army wants in its depots: so many days of what it eats.

    needed   >=0  thousand tons a week
    p             book/parameters/supply.toml
    returns  >=0
    """
    return needed * p.days_wanted / DAYS


@rule(
    "supply.railhead",
    draws="nothing",
    facts=("log.khalkhin-gol.railway", "log.manchuria.cer.gauge.harbin"),
    leaves_out="bridges: a blown one stops the relaying for weeks",
)
def railhead(at, line, last_safe, forward, rails, p):
    """Where the railhead stands after this week: relaid behind an advance, given up before a retreat.

    Broad gauge and standard gauge do not mix: a captured line is relaid at eight to twelve kilometres a day, and where
    there is none a new one grows half as fast.

    at         kilometres on the axis
    line       kilometres on the axis: the line of contact
    last_safe  kilometres behind the line that a railhead keeps
    forward    1 or -1: which way is forward on the axis
    rails      0 or 1  a railway runs there, of whatever gauge
    p          book/parameters/supply.toml
    returns    kilometres on the axis
    """
    may_reach = forward * line - last_safe
    now = forward * at
    if may_reach < now:
        return forward * may_reach
    pace = p.km_a_day * (p.new_line + (1.0 - p.new_line) * rails)
    return forward * min(now + pace * DAYS, may_reach)


@rule(
    "supply.works",
    draws="nothing",
    facts=("log.manchuria.forts.works",),
    leaves_out="concrete, which takes years",
)
def works(now, moved, p):
    """How well an army is dug in after this week: a hasty line in days, a prepared one in a month; left by moving.

    A position is some fifteen kilometres deep: so much of it as the line has passed is lost, and who was on the move so
    long had no time to dig.

    now      0..1  works where it stands
    moved    >=0   kilometres that the line moved this week
    p              book/parameters/supply.toml
    returns  0..1
    """
    still = max(1.0 - moved / p.depth, 0.0)
    kept = now * still
    if kept >= p.prepared:
        return kept
    return kept + p.share_a_week * (p.prepared - kept) * still


@rule(
    "siege.vladivostok",
    draws="clock",
    facts=("log.fe.food-stock", "log.fe.grain"),
    leaves_out="the civilians; what submarines and single ships bring in",
)
def vladivostok_falls(days_left, enemy_near, weeks_cut_off, p):
    """How soon a Vladivostok that is cut off by land falls.

    Port Arthur held five months, Sevastopol eight. Hunger and want of shells end it; an army at its gates hastens it.

    days_left      >=0     days of food and shells
    enemy_near     0 or 1  the line stands within reach of the fortress
    weeks_cut_off  >=0     weeks since the railway was cut
    p                      book/parameters/supply.toml
    returns        >=0     falls a week
    """
    starved = 1.0 if days_left <= 0.0 else 0.0
    tired = within(weeks_cut_off / p.tired_after, 0.0, 1.0)
    return p.per_week * exp(p.starved * starved + p.enemy_near * enemy_near + p.tired * tired)


@rule(
    "army.surrenders",
    draws="clock",
    per="army",
    facts=("combat.breakpoint.40-percent",),
    leaves_out="the part that breaks out",
)
def surrenders(days_left, worn, japanese, late, p):
    """How soon an army that no railway reaches lays down its arms or is destroyed.

    days_left  >=0     days of stock
    worn       >=0     share of its men lost lately
    japanese   0 or 1  an army that does not surrender until told to
    late       0 or 1  from 1945 on
    p                  book/parameters/supply.toml
    returns    >=0     a week
    """
    starved = 1.0 if days_left < 1.0 else 0.0
    return p.per_week * exp(p.starved * starved + p.worn * worn - p.japanese * japanese * (1.0 - late))


@rule(
    "war.laying-down",
    draws="nothing",
    facts=("battle.manchuria.japan.ceasefire-order", "battle.manchuria.fell.mukden"),
    leaves_out="armies that fight on, and Manchukuo troops who go home or turn on their officers",
)
def laying_down(weeks_since_surrender, p):
    """How Tokyo's surrender reaches the field: what is still fought in a week, and the share that lays down its arms.

    weeks_since_surrender  >=0  0 in the week of the surrender itself
    p                           book/parameters/supply.toml
    returns                     share of a week that is fought, and share of every army that goes into captivity, 0..1
    """
    if weeks_since_surrender <= 0.0:
        return p.fought, 0.0
    return 0.0, p.share_a_week
