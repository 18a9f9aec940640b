"""The war of America and Japan in outline: how fast islands fall, ships sink, cities burn; whether Washington lands.

The campaigns themselves are not fought. Each stage of the advance is a clock that ripens after the stage before it;
what the rest of the model needs of that war (tonnage, bombing, how near the bombers stand) follows from the stages.
"""

from allohistory.luck.arithmetic import exp
from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.rules.units import weekly, within
from allohistory.timeline.rule import rule


@rule(
    "pacific.stage",
    draws="clock",
    per="pacific-stage",
    facts=(
        "decision.usa.germany-first-dog",
        "sea.ijn.1941-12",
        "pacific.event.midway",
        "pacific.event.guadalcanal",
        "pacific.event.gilberts",
        "pacific.event.marianas",
        "pacific.event.leyte",
        "pacific.event.iwo-jima",
        "pacific.event.okinawa",
    ),
    leaves_out="battles and losses of fleets; New Guinea and Burma; a stage stands for its neighbours too",
)
def pacific_stage(weeks_since_last, delay, per_year, pace, p):
    """How soon does the American war against Japan reach its next stage?

    Each stage needs the one before it, ships and men gathered again, and then a date. A stage may come ahead of its
    time, at a small share of the later rate.

    weeks_since_last  >=0  weeks since the stage that had to come first
    delay             >0   weeks of preparation at the pace of our history
    per_year          >0   landings a year that are then expected
    pace              >0   speed of the American war to that of our history, pacific.tempo
    p                      book/parameters/pacific.toml
    returns                expected firings this week

    Rests on    the dates of our history (facts of the record)
    """
    if weeks_since_last * pace >= delay:
        return weekly(per_year) * pace
    return weekly(per_year) * p.ahead_of_time


@kernel
def fleet_is_there(weeks_of_building, delay, p):
    """Are the carriers there that the march across the ocean needs: years after they were laid down?

    weeks_of_building  weeks since the two-ocean navy was voted
    delay              the preparation itself; until the fleet is built it is as if it had not begun
    returns            weeks of preparation asked for
    """
    return delay if weeks_of_building >= p.fleet_weeks else p.not_yet


@rule(
    "pacific.tempo",
    draws="nothing",
    facts=("decision.usa.germany-first-dog", "sea.oil.navy-burn.war", "sea.ijn.tonnage.1944-01-31"),
    leaves_out="the quarrel of MacArthur and Nimitz; Australia, China and Burma; losses in the stages before",
)
def pacific_pace(fights_germany, germany_beaten, japan_in_north, oil, p):
    """How fast does America's war on Japan go, beside our history's?

    Germany had first call on men and landing ships, and Japan met America with its whole fleet and half its aircraft.
    Without a German war the advance is faster; with Japan's aircraft and best divisions in Siberia faster too; and a
    fleet without oil cannot contest an island.

    fights_germany  0 or 1  America is at war with Germany
    germany_beaten  0 or 1
    japan_in_north  0 or 1  Japan is in a theatre war with the Soviet Union, or more
    oil             >=0     million barrels in store
    p                       in log units: book/parameters/pacific.toml
    returns         >0      1 as in our history
    """
    free = 1.0 if fights_germany == 0.0 or germany_beaten > 0.0 else 0.0
    dry = 1.0 - within(oil / p.oil_needed, 0.0, 1.0)
    return exp(p.germany_not_first * free + p.japan_in_north * japan_in_north + p.fleet_dry * dry)


@rule(
    "pacific.sinkings",
    draws="shock",
    facts=(
        "sea.merchant.japan.1941-12",
        "sea.merchant.losses-total",
        "sea.merchant.sunk-by-subs.1942",
        "sea.merchant.sunk-by-subs.1944",
        "sea.merchant.subs-on-patrol",
        "sea.mine.ships",
    ),
    leaves_out="tankers apart; convoys; torpedoes that did not explode; which ships carry what",
)
def pacific_sinkings(shipping, years_of_war, progress, mining, p):
    """How many tons of shipping does Japan lose to America in this half-year?

    Submarines at first, then aircraft from ever nearer bases, mines at the end. Each half-year takes a share of what is
    left, and the share grows with the years and with every stage of the advance.

    shipping      >=0     million tons left
    years_of_war  >=0     years of war with America
    progress      0..1.5  how far the advance has come
    mining        0 or 1  bombers mine the straits and harbours
    p                     book/parameters/pacific.toml
    returns               mean and spread, million tons in the half-year

    Rests on    yearly losses; the halves of a year are judgement
    """
    share = p.at_first + p.per_year * years_of_war + p.per_progress * progress + p.mines * mining
    mean = within(share, 0.0, p.most) * shipping
    return mean, p.spread * mean + p.least_spread


@rule(
    "pacific.shipyards",
    draws="nothing",
    facts=(
        "sea.merchant.japan.1930",
        "sea.merchant.japan.1939",
        "sea.merchant.built.1942",
        "sea.merchant.built.1943",
        "sea.merchant.built.1944",
        "sea.merchant.built.1945",
    ),
    leaves_out="quality of the ships; steel, ore and coal one by one",
)
def pacific_shipyards(shipping, weeks_of_war, p):
    """How much shipping does Japan gain in a year: built, bought and taken, less what is broken up?

    In peace the fleet grows slowly. War takes prizes, then standard ships by the hundred; but yards live on ore and
    coal that come by sea, and falter as the fleet shrinks.

    shipping      >=0  million tons now
    weeks_of_war       weeks of war with America; -1 in peace
    p                  book/parameters/pacific.toml
    returns       >=0  million tons a year
    """
    if weeks_of_war < 0.0:
        return p.in_peace
    gained = p.first_years + p.emergency * within(
        (weeks_of_war - p.emergency_from) / p.emergency_takes, 0.0, 1.0
    )
    return gained * within(shipping / p.ships_for_ore, 0.0, 1.0)


@rule(
    "pacific.raids",
    draws="nothing",
    facts=("sea.bomb.b29.tons", "sea.bomb.b29.cities", "pacific.event.fire-raids"),
    leaves_out="raids from China; carriers' aircraft; targets",
)
def pacific_bombing(weeks_since_marianas, fire, p):
    """What weight of American bombs falls on Japan?

    Airfields in the Marianas took half a year to build; the groups came month by month. From great height they hit
    little; low, at night and with fire they burnt the cities.

    weeks_since_marianas  weeks; -1 before
    fire                  0 or 1  the cities are burnt by night
    p                             book/parameters/pacific.toml
    returns               0..3    1 as in July 1945
    """
    if weeks_since_marianas < 0.0:
        return 0.0
    force = within((weeks_since_marianas - p.airfields) / p.groups_come, 0.0, p.most)
    return force if fire > 0.0 else force * p.from_high


@rule(
    "washington.invades",
    draws="choice",
    options=("wait", "land"),
    silent="wait",
    facts=(
        "decision.usa.olympic",
        "calculus.downfall.olympic-date",
        "calculus.downfall.coronet-date",
        "calculus.downfall.ultra",
        "calculus.downfall.jwpc",
        "calculus.blockade.collapse",
    ),
    leaves_out="the battle ashore and its losses; a landing elsewhere than on Kyushu and the Kanto plain; gas",
)
def washington_invades(second, bombs_used, soviets_at_war, shipping, p):
    """Once the forces are gathered, does Washington land on the main islands, or leave it to blockade and bombs?

    Kyushu was approved for 1 November 1945, but intercepts showed its beaches filling up, the Navy doubted, and new
    bombs came every ten days. The question is put anew each month; after Kyushu, for the plain of Tokyo.

    second          0 or 1  Kyushu has been done: now the Kanto plain
    bombs_used      >=0     atomic bombs dropped so far
    soviets_at_war  0 or 1  the Soviet Union fights Japan too
    shipping        >=0     million tons that Japan has left
    p                       in noise units: book/parameters/pacific.toml
    returns                 utilities of (wait, land)
    """
    starved = within((p.ships_to_live - shipping) / p.ships_to_live, 0.0, 1.0)
    land = p.land + p.second * second - p.per_bomb * min(bombs_used, p.bombs_that_count)
    return 0.0, land + p.race * soviets_at_war - p.blockade * starved
