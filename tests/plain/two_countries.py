"""The two countries once more, for the plain twin."""

import math

from plain.engine import World

CLASH, REPLY, POLICY, HARVEST, COUP = 1, 2, 3, 4, 5
PLACES = {HARVEST: 1, CLASH: 2, REPLY: 3, POLICY: 4, COUP: 5}


def run(world: World, parameters: dict[str, float], weeks: int, worse_from: int = -1) -> list[float]:
    """The temper at the end of each week."""
    temper, food, war, coup, found = 0.0, 0.0, False, False, []
    p = parameters
    for week in range(weeks):
        world.week = week
        if week == worse_from:
            temper += 2.0
        if week % 52 == 30:
            food = world.shock(HARVEST, 0, week, 0, -0.1 * temper, 1.0)
        for side in range(2):
            hazard = p["clash.rate"] * math.exp(p["clash.per_temper"] * temper)
            if not war and world.clock(CLASH, side, hazard):
                firm = p["reply.firm"]
                temper += world.choice(REPLY, side, week, 0, (0.0, firm, firm + 0.5 * temper - 1.0)) - 0.5
        if week % 52 % 26 == 10 and not war:
            hard = p["policy.hard"]
            weights = (0.0, hard + 0.2 * temper, hard - 0.3 * food, hard - 3.0 + 0.6 * temper)
            took = world.choice(POLICY, 0, week, 0, weights)
            temper += 0.4 * took
            war = war or took == 3
        hazard = p["coup.rate"] * math.exp(0.3 * temper - 0.5 * food)
        if not coup and world.clock(COUP, 0, hazard):
            coup = True
            temper -= 1.0
        temper *= 0.99
        found.append(temper)
    return found
