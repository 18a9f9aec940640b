"""Stocks: food, shells and fuel in the Soviet East, shells of the armies in Manchuria and Korea."""

from allohistory.luck.arithmetic import log
from allohistory.scenarios.soviet_japanese_war.rules.ladder import ARMY
from allohistory.scenarios.soviet_japanese_war.rules.units import within
from allohistory.timeline.rule import rule


@rule(
    "ussr.stocks",
    draws="nothing",
    facts=("log.fe.food-stock", "log.fe.grain", "log.fe.oil.need", "log.fe.oil.soviet-1940"),
    leaves_out="civilians and their harvest; which depot holds what",
)
def ussr_stocks(food, shells, fuel, trains_a_day, german_war, p):
    """What lies in the depots of the Soviet East a half-year later.

    The East could not live on its own grain and oil, and the Maritime Province would live on its depots once the
    line was cut; so a special fund was laid up from 1933, as fast as the railway allowed. The German war let it run
    down by a part.

    food          >=0     months of the army's food
    shells        >=0     days of shells in heavy fighting
    fuel          >=0     days of fuel in heavy fighting
    trains_a_day  >0      pairs of trains a day east of Lake Baikal
    german_war    0 or 1  Germany and the Soviet Union are fighting
    p                     book/parameters/stocks.toml
    returns               (months of food, days of shells, days of fuel)
    """
    pace = p.share_of_gap * min(trains_a_day / p.trains_of_full_pace, 1.0)
    left = 1.0 - p.war_takes * german_war
    food += pace * (p.months_of_food * left - food)
    shells += pace * (p.days_of_shells * left - shells)
    fuel += pace * (p.days_of_fuel * left - fuel)
    return food, shells, fuel


@rule(
    "ussr.stocks-eaten",
    draws="nothing",
    facts=("log.supply.sov.slice", "log.khalkhin-gol.truck-yield.long"),
    leaves_out="what is brought up from the west for the battle itself",
)
def ussr_stocks_eaten(shells, fuel, rung, p):
    """Days of shells and fuel left in the Soviet East after a week of division or army battle.

    shells, fuel  >=0     days of heavy fighting of the whole army of the East
    rung          4 or 5  size of the clash: a battle of divisions or of an army
    p                     days of the whole army a week: book/parameters/stocks.toml
    returns               (days of shells, days of fuel)
    """
    eaten = p.army_battle if rung >= ARMY else p.division_battle
    return max(shells - eaten, 0.0), max(fuel - eaten, 0.0)


@rule(
    "ussr.stocks-short",
    draws="nothing",
    facts=("log.fe.food-stock", "log.fe.oil.need"),
    leaves_out="the same by front: the Maritime Province runs short before Transbaikal",
)
def ussr_stocks_short(food, shells, fuel, p):
    """How far the depots fall short of what Moscow would want behind it before it lets a fight grow.

    The scarcest of the three decides.

    food     months, shells and fuel days in the depots
    p        the least that is wanted: book/parameters/stocks.toml
    returns  0..1, 0 where nothing is wanting
    """
    least = min(food / p.months_of_food, shells / p.days_of_shells, fuel / p.days_of_fuel)
    return within(1.0 - least, 0.0, 1.0)


@rule(
    "japan.shells",
    draws="nothing",
    facts=("log.supply.kwantung.kantokuen", "log.supply.kwantung.1945", "forces.kantokuen.stock-target"),
    leaves_out="fuel, horses and medical stores; the weight of a battle unit",
)
def japan_shells(shells, divisions, china_share, assembles, army_share, fights_america, p):
    """Shells in Manchuria and Korea a half-year later, in battle units of a division.

    The Army laid up five units a division when it could. China ate what should have gone north; the mobilisation of
    1941 had first call; the Pacific war took most of it away again, and thirteen units were left in 1945.

    shells          >=0       battle units there now
    divisions       >=0       divisions in Manchuria and Korea
    china_share     0..1      divisions in China as a share of twenty
    assembles       0 or 1    forces for a northern war stand ready, or gather
    army_share      -1, 0, 1  steel goes to the Navy first, to both, to the Army first
    fights_america  0 or 1    at war with America
    p                         book/parameters/stocks.toml
    returns                   battle units
    """
    spared = max(1.0 - p.china_takes * china_share, p.first_call * assembles)
    pace = p.share_of_gap * spared * (1.0 + p.army_share * army_share) * (1.0 - fights_america)
    shells += pace * (p.units_a_division * divisions - shells)
    return max(shells * (1.0 - p.south_takes * fights_america), 0.0)


@rule(
    "japan.shells-eaten",
    draws="nothing",
    facts=("incident.khalkhin-gol.july23", "log.supply.kwantung.kantokuen"),
    leaves_out="guns lost and worn out",
)
def japan_shells_eaten(shells, rung, p):
    """Battle units left in Manchuria and Korea after a week of division or army battle.

    shells   >=0     battle units there now
    rung     4 or 5  size of the clash: a battle of divisions or of an army
    p                battle units a week: book/parameters/stocks.toml
    returns          battle units
    """
    return max(shells - (p.army_battle if rung >= ARMY else p.division_battle), 0.0)


@rule(
    "japan.shells-lead",
    draws="nothing",
    facts=("log.supply.kwantung.kantokuen", "log.supply.kwantung.1945"),
    leaves_out="kinds of shell",
)
def japan_shells_lead(shells, divisions, p):
    """By how many doublings a division in the north has more shells behind it than was usual.

    shells     >=0  battle units in Manchuria and Korea
    divisions  >=0  divisions there
    p               book/parameters/stocks.toml
    returns    -1..1
    """
    lead = log((shells + 1.0) / (p.usual_units_a_division * divisions + 1.0)) / log(2.0)
    return within(lead, -1.0, 1.0)
