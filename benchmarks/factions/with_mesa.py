"""The toy model "border and factions" as one writes it with Mesa."""

from __future__ import annotations

import math

import mesa
from declared import ACTORS, DECLARED, WEEKS, roads

PROVOCATION, RUMOUR, TRADE = DECLARED["provocation"], DECLARED["rumour"], DECLARED["trade"]
MOOD, ANSWER = DECLARED["mood"], DECLARED["answer"]
CALM, PRESS, RAID = range(3)


class Actor(mesa.Agent):
    """A border district: its anger, and how hawkish its faction is."""

    def __init__(self, model: Factions) -> None:
        super().__init__(model)
        self.anger = 0.0
        self.hawk = 0.0
        self.neighbours: list[Actor] = []

    def mood(self) -> None:
        """Anger fades, and moves with the news."""
        shock = self.random.gauss(0.0, MOOD["spread"])
        self.anger = max(self.anger * MOOD["fading"] + shock, 0.0)

    def answer(self) -> None:
        """Calm, press or raid."""
        weights = [
            1.0,
            math.exp(ANSWER["press"] + self.anger),
            math.exp(ANSWER["raid"] + self.anger + self.hawk),
        ]
        took = self.random.choices((CALM, PRESS, RAID), weights)[0]
        if took == CALM:
            self.hawk *= ANSWER["hawk_after_calm"]
        elif took == PRESS:
            self.hawk = min(self.hawk + ANSWER["hawk_after_press"], 2.0)
        else:
            self.model.note_raid()
            self.anger *= ANSWER["anger_after_raid"]
            for neighbour in self.neighbours:
                neighbour.anger += ANSWER["anger_of_raided"]


class Road:
    """What joins two actors."""

    def __init__(self, one: Actor, other: Actor) -> None:
        self.ends = (one, other)
        self.trust = 0.0


class Factions(mesa.Model):
    """The model."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed=seed)
        actors = [Actor(self) for _ in range(ACTORS)]
        self.roads = [Road(actors[a], actors[b]) for a, b in roads()]
        for road in self.roads:
            one, other = road.ends
            one.neighbours.append(other)
            other.neighbours.append(one)
        self.raids, self.first_raid, self.highest = 0, WEEKS, 0.0

    def note_raid(self) -> None:
        """Count a raid."""
        self.first_raid = min(self.first_raid, self.steps - 1)
        self.raids += 1

    def fires(self, hazard: float) -> bool:
        """Does a clock of this hazard fire this week?"""
        return self.random.random() < -math.expm1(-hazard)

    def step(self) -> None:
        """One week."""
        for road in self.roads:
            for a, b in (road.ends, road.ends[::-1]):
                if self.fires(PROVOCATION["per_week"] * math.exp(a.hawk - road.trust)):
                    b.anger += PROVOCATION["anger"]
                    road.trust = max(road.trust + PROVOCATION["trust"], -1.0)
        for road in self.roads:
            for a, b in (road.ends, road.ends[::-1]):
                if self.fires(RUMOUR["per_week"] * a.anger):
                    b.anger += RUMOUR["anger"]
        for road in self.roads:
            a, b = road.ends
            if self.fires(TRADE["per_week"] * math.exp(-a.anger - b.anger)):
                road.trust = min(road.trust + TRADE["trust"], 1.0)
        self.agents.do("mood")
        self.agents.do("answer")
        self.highest = max(self.highest, *self.agents.get("anger"))


def run(seed: int) -> tuple[float, float, float]:
    """One timeline: raids, highest anger, week of the first raid."""
    model = Factions(seed)
    for _ in range(WEEKS):
        model.step()
    return float(model.raids), model.highest, float(model.first_raid)
