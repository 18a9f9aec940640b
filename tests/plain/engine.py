"""A plain twin of the engine: luck by address, the ledger, hindsight and changes, with dictionaries and `math`.

It shares no code with the engine: its own Philox on Python's integers, the C library's exp and log, the record as
a dictionary from address to what was taken. Slow and short; what it says is what the compiled engine must do.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from statistics import NormalDist

MASK = 0xFFFFFFFF
NORMAL = NormalDist()


def philox(counter: list[int], key: list[int]) -> list[int]:
    """Philox-4x32, ten rounds."""
    for _ in range(10):
        product0, product1 = 0xD2511F53 * counter[0], 0xCD9E8D57 * counter[2]
        counter = [
            (product1 >> 32) ^ counter[1] ^ key[0],
            product1 & MASK,
            (product0 >> 32) ^ counter[3] ^ key[1],
            product0 & MASK,
        ]
        key = [(key[0] + 0x9E3779B9) & MASK, (key[1] + 0xBB67AE85) & MASK]
    return counter


def uniform(seed: int, stream: int, timeline: int, rule: int, occasion: int, slot: int) -> float:
    """52 bits of the first two words, and a half."""
    words = philox([timeline, rule, occasion, slot], [seed, stream])
    return (((words[0] << 20) | (words[1] >> 12)) + 0.5) / 2**52


@dataclass
class World:
    """One world being run: its luck, the record it knows, and the ledger of the factual world.

    record   (rule, occasion) -> what was taken (a day from 1 for a clock)
    covered  rules whose record is complete over all weeks
    ledger   (rule, occasion) -> the factual inputs; None while the factual world itself is run
    """

    seed: int
    timeline: int
    record: dict[tuple[int, int], float] = field(default_factory=dict)
    covered: frozenset[int] = frozenset()
    silent: dict[int, int] = field(default_factory=dict)
    ledger: dict[tuple[int, int], tuple[float, ...]] = field(default_factory=dict)
    replaying: bool = False
    horizon: tuple[int, int] = (0, 0)
    place: dict[int, int] = field(default_factory=dict)
    forbidden: set[tuple[int, int, int]] = field(default_factory=set)
    week: int = 0
    score: float = 0.0
    events: list[tuple[int, int, float]] = field(default_factory=list)

    def luck(self, rule: int, occasion: int, slot: int) -> float:
        return uniform(self.seed, 0, self.timeline, rule, occasion, slot)

    def hindsight(self, rule: int) -> bool:
        return rule in self.covered and (self.week, self.place[rule]) < self.horizon

    def clock(self, rule: int, entity: int, hazard: float) -> int:
        """0, or the day (1 to 7)."""
        occasion = (self.week << 21) | (entity << 9)
        ours = int(self.record.get((rule, occasion), 0))
        if self.replaying:
            self.ledger[rule, occasion] = (hazard,)
            self.score += math.log(slice_of(hazard, ours - 1)) if ours else -hazard
            day = ours
        elif (rule, entity, self.week) in self.forbidden:
            day = 0
        else:
            day = self.lucky_day(rule, occasion, hazard, ours)
        if day:
            self.events.append((rule, occasion, float(day)))
        return day

    def lucky_day(self, rule: int, occasion: int, hazard: float, ours: int) -> int:
        chance, v = -math.expm1(-hazard), self.luck(rule, occasion, 0)
        if not self.hindsight(rule):
            return 1 + day_within(hazard, self.luck(rule, occasion, 1)) if v < chance else 0
        (factual,) = self.ledger.get((rule, occasion), (0.0,))
        if factual == hazard:
            return ours
        p = -math.expm1(-factual)
        if not (v * p if ours else p + v * (1.0 - p)) < chance:
            return 0
        which = self.luck(rule, occasion, 1)
        if ours:
            low, high = edge(factual, ours - 1), edge(factual, ours)
            which = low + which * (high - low)
        return 1 + day_within(hazard, which)

    def choice(self, rule: int, entity: int, key: int, step: int, utilities: tuple[float, ...]) -> int:
        """The number of the option taken."""
        occasion = (key << 21) | (entity << 9) | step
        listed = (rule, occasion) in self.record
        ours = int(self.record.get((rule, occasion), self.silent.get(rule, -1)))
        if self.replaying:
            self.ledger[rule, occasion] = utilities
            self.score += utilities[ours] - log_sum(utilities)
            took = ours
        elif self.hindsight(rule) and (rule, occasion) in self.ledger:
            took = self.carried(rule, occasion, self.ledger[rule, occasion], utilities, ours)
        else:
            noise = [-math.log(-math.log(self.luck(rule, occasion, i))) for i in range(len(utilities))]
            took = max(range(len(utilities)), key=lambda i: utilities[i] + noise[i])
        if listed or took != self.silent.get(rule, -1):
            self.events.append((rule, occasion, float(took)))
        return took

    def carried(
        self, rule: int, occasion: int, then: tuple[float, ...], now: tuple[float, ...], k: int
    ) -> int:
        """Top-down truncated Gumbels."""
        if then == now:
            return k
        top = log_sum(then) - math.log(-math.log(self.luck(rule, occasion, k)))
        values = []
        for i in range(len(now)):
            if i == k:
                values.append(top - then[k] + now[k])
            else:
                below = math.exp(then[i] - top) - math.log(self.luck(rule, occasion, i))
                values.append(then[i] - math.log(below) - then[i] + now[i])
        return max(range(len(now)), key=lambda i: values[i])

    def shock(self, rule: int, entity: int, key: int, step: int, mean: float, sd: float) -> float:
        """A normal value."""
        occasion = (key << 21) | (entity << 9) | step
        ours = self.record.get((rule, occasion))
        if self.replaying:
            assert ours is not None
            self.ledger[rule, occasion] = (mean, sd)
            z = [(ours + side * 1e-3 - mean) / sd for side in (-1, 1)]
            self.score += math.log(NORMAL.cdf(z[1]) - NORMAL.cdf(z[0]))
            value = ours
        elif self.hindsight(rule) and (rule, occasion) in self.ledger:
            then = self.ledger[rule, occasion]
            assert ours is not None
            value = mean + sd * (ours - then[0]) / then[1]
        else:
            value = mean + sd * NORMAL.inv_cdf(self.luck(rule, occasion, 0))
        self.events.append((rule, occasion, value))
        return value


def log_sum(values: tuple[float, ...]) -> float:
    top = max(values)
    return top + math.log(sum(math.exp(v - top) for v in values))


def edge(hazard: float, day: int) -> float:
    return math.expm1(-hazard * day / 7.0) / math.expm1(-hazard)


def slice_of(hazard: float, day: int) -> float:
    return math.exp(-hazard * day / 7.0) - math.exp(-hazard * (day + 1) / 7.0)


def day_within(hazard: float, v: float) -> int:
    return min(int(-math.log1p(v * math.expm1(-hazard)) / hazard * 7.0), 6)
