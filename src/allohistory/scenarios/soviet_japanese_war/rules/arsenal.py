"""What the armies have: guns, trucks, days of stock in the depots behind the fronts and in a besieged province."""

from allohistory.scenarios.soviet_japanese_war.rules.deployment import by_year
from allohistory.timeline.rule import rule

THOUSAND = 1000.0


@rule(
    "forces.arms",
    draws="nothing",
    facts=(
        "forces.sov-fe.1932-12.guns",
        "forces.sov-fe.1936-01.zabvo.guns",
        "forces.sov-fe.1939-08.khalkhin-gol.guns",
        "forces.sov-fe.1941-06-22.guns",
        "forces.sov-fe.1945-08.guns",
        "forces.toe.ija-23div.guns",
        "forces.kwantung.1931-09.guns",
        "forces.kwantung.1945-08.guns",
        "forces.sov-fe.1936-01.zabvo.trucks",
        "forces.kantokuen.motor-vehicles",
        "log.khalkhin-gol.sov.trucks-final",
        "log.khalkhin-gol.ija.trucks",
        "log.1945.trucks.transbaikal",
    ),
    leaves_out="calibres: before 1941 light mortars are hardly counted, from 1941 on they are",
)
def arms(years, japanese, p):
    """Guns, tanks and trucks of the columns that belong to a thousand men, by year.

    years     >=0     years since the start of 1931
    japanese  0 or 1  the Japanese side; else the Soviet
    p                 book/parameters/forces.toml
    returns           (guns, tanks that come with men sent later, thousand trucks), a thousand men
    """
    if japanese > 0.0:
        guns = by_year(
            years,
            p.japanese_guns_1932,
            p.japanese_guns_1936,
            p.japanese_guns_1939,
            p.japanese_guns_1941,
            p.japanese_guns_1945,
        )
        trucks = by_year(
            years,
            p.japanese_trucks_1932,
            p.japanese_trucks_1936,
            p.japanese_trucks_1939,
            p.japanese_trucks_1941,
            p.japanese_trucks_1945,
        )
        return guns, p.japanese_tanks, trucks / THOUSAND
    guns = by_year(
        years,
        p.soviet_guns_1932,
        p.soviet_guns_1936,
        p.soviet_guns_1939,
        p.soviet_guns_1941,
        p.soviet_guns_1945,
    )
    trucks = by_year(
        years,
        p.soviet_trucks_1932,
        p.soviet_trucks_1936,
        p.soviet_trucks_1939,
        p.soviet_trucks_1941,
        p.soviet_trucks_1945,
    )
    return guns, p.soviet_tanks, trucks / THOUSAND


@rule(
    "forces.depots",
    draws="nothing",
    facts=(
        "log.supply.kwantung.kantokuen",
        "log.supply.kwantung.1945",
        "log.supply.ija.kaisenbun.tons",
        "log.fe.food-stock",
        "log.khalkhin-gol.sov.stock",
        "log.supply.sov.slice",
    ),
    leaves_out="food apart from shells and fuel; depots that lie on one front only",
)
def depots(shell_days, fuel_days, units_a_division, far, planned, japanese, p):
    """Days of battle that lie in the depots close behind a front, and thousand tons of a day for a thousand men.

    Part of the theatre's stores lies forward; on the Mongolian steppe, six hundred kilometres from the railway, half
    as much. Japanese shells are counted in battle units: planners gave one to a division for eighty days of battle, the
    heaviest fighting uses it up in ten.

    Where a war is opened by choice, all of it has been brought behind the main blow in the months before. For the
    offensive of August 1939 some fifty thousand tons went 650 km over the steppe by truck, for 57,000 men: as much for
    each of them as the whole East had in store for each of its own.

    shell_days, fuel_days  >=0     of the Soviet East, in days of heavy fighting of the whole army
    units_a_division       >=0     Japanese battle units for each division
    far                    0 or 1  the Mongolian steppe
    planned                0 or 1  this side opens the war by choice, and strikes its main blow here
    japanese               0 or 1  the Japanese side; else the Soviet
    p                              book/parameters/forces.toml
    returns                        (days, thousand tons a day for a thousand men)
    """
    days, kilograms = 0.5 * (shell_days + fuel_days), p.kilograms_a_man
    if japanese > 0.0:
        days, kilograms = units_a_division * p.days_a_unit, p.kilograms_a_man * p.frugal
    forward = 1.0 if planned > 0.0 else p.forward * (1.0 - p.far * far)
    return max(days * forward, p.least_days), kilograms / THOUSAND


@rule(
    "forces.siege-stocks",
    draws="nothing",
    facts=("log.fe.food-stock", "log.fe.grain"),
    leaves_out="the town's own people",
)
def siege_stocks(food_months, shell_days, p):
    """Days for which the Maritime Province could eat and fire once it is cut off; the shorter of the two.

    food_months  >=0  months of food in the depots of the Soviet East
    shell_days   >=0  days of shells in heavy fighting; in a siege they last longer
    p                 book/parameters/forces.toml
    returns      >=0  days
    """
    return min(food_months * p.days_a_month, shell_days * p.eked_out)
