"""A month of war on land as facts: how far, which places, who was cut off, landed, lost. No words but names yet.

The weeks of a month are taken together up to a peace, and from it on; `campaign.py` finds what changed between two
worlds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from allohistory.results.words import number_word
from allohistory.telling.atlas.situation import people
from allohistory.telling.campaign import (
    ADJECTIVES,
    GAIN_KM,
    LONG_STOCK,
    MANY_LOST,
    MANY_PRISONERS,
    NEWS_PRISONERS,
    Chronicle,
    Week,
)
from allohistory.telling.deeds import SIDES, round_km
from allohistory.telling.script import listed

SUNDAY = 6
FAR_KM = 60.0  # kilometres in a month that are a breakthrough
MOST_ADVANCES = 2  # axes named for each side
SURPRISED = ("expected", "early", "unready")


@dataclass(frozen=True)
class Fact:
    """One thing that a stretch of war brought: a key of [war], what fills its sentences in, and its weight."""

    key: str
    given: dict[str, str] = field(default_factory=dict)
    weight: int = 2


@dataclass(frozen=True)
class Stretch:
    """The weeks from `first` to `last` with their facts; `began`: the war on land opens in it."""

    first: int
    last: int
    facts: tuple[Fact, ...]
    began: bool = False


@dataclass(frozen=True)
class Months:
    """Takes the weeks of a war together by months."""

    teller: Chronicle

    def stretches(self, worlds: Any) -> list[Stretch]:
        """Every stretch of war with something to tell."""
        peace = worlds[0] if len(worlds) else None
        found = []
        for first, last in self.spans(worlds):
            if not self.teller.fighting(worlds[first - 1]):
                peace = worlds[first - 1]
            week = self.interval(worlds, first, last, peace)
            began = not self.teller.fighting(worlds[first - 1])
            facts = tuple(self.facts(week, began))
            if facts:
                found.append(Stretch(first, last, facts, began))
        return found

    def spans(self, worlds: Any) -> Iterator[tuple[int, int]]:
        """First and last week of each stretch: those of one month, cut at a peace and where a war begins or ends."""
        calendar = self.teller.model.book.calendar
        first: int | None = None
        key: tuple[Any, ...] = ()
        for number in range(1, len(worlds)):
            before, after = worlds[number - 1], worlds[number]
            at_war = self.teller.fighting(before) or self.teller.fighting(after)
            sunday = calendar.date_of(number * 7 + SUNDAY)
            now = (sunday.year, sunday.month, self.teller.reader.value(before, "peace.week", -1.0), at_war)
            starts = self.teller.fighting(after) and not self.teller.fighting(before)
            if first is not None and (now != key or starts):
                yield first, number - 1
                first = None
            if at_war and first is None:
                first = number
            key = now
        if first is not None:
            yield first, len(worlds) - 1

    def interval(self, worlds: Any, first: int, last: int, peace: Any) -> Week:
        """Two worlds a stretch apart, as `campaign.py` compares two of neighbouring weeks."""
        before, after = worlds[first - 1], worlds[last]
        reader = self.teller.reader
        date = self.teller.model.book.calendar.monday_of(last).isoformat()
        return Week(last, date, peace, before, after, reader.situation(before), reader.situation(after), {})

    def facts(self, week: Week, began: bool) -> Iterator[Fact]:
        """All of them, in the order in which they are told."""
        beaten = self.teller.given_up(week)
        yield from self.opening(week) if began else ()
        advances = list(self.advances(week)) if beaten is None else []
        yield from advances
        places, landings = list(self.places(week)), list(self.landings(week))
        yield from places
        if (
            not (advances or places or landings)
            and beaten is None
            and week.now.fighting
            and week.was.fighting
        ):
            yield from self.standstill(week)
        yield from self.cut_off(week)
        yield from self.marks(week)
        yield from landings
        yield from self.prisoners(week, beaten)
        yield from self.stocks(week)
        yield from self.cost(week, beaten)

    def opening(self, week: Week) -> Iterator[Fact]:
        """Who attacked first, and whether the other side was ready."""
        opener = int(self.teller.reader.value(week.after, "land.opener"))
        surprise = int(self.teller.reader.value(week.after, "land.surprise"))
        if opener in (1, 2):
            yield Fact(f"opens-{SURPRISED[surprise]}", sides(opener - 1), 3)
        else:
            yield Fact("opens-both", {}, 3)

    def advances(self, week: Week) -> Iterator[Fact]:
        """How far either side came on its farthest axes."""
        for side, sign in ((0, 1.0), (1, -1.0)):
            far = []
            for was, now in zip(week.was.fronts, week.now.fronts, strict=True):
                km = sign * (now.km - was.km)
                if now.open and was.open and km >= GAIN_KM:
                    far.append((km, now))
                elif now.open and not was.open and sign * now.km >= GAIN_KM:
                    far.append((sign * now.km, now))
            far.sort(key=lambda one: -one[0])
            if not far:
                continue
            ways = [
                (round_km(km), self.teller.near(front, front.km, week.date))
                for km, front in far[:MOST_ADVANCES]
            ]
            key = "breaks" if far[0][0] >= FAR_KM else "gains"
            if len({place for _, place in ways}) < len(ways):
                ways = ways[:1]
            yield Fact(f"{key}-{len(ways)}", sides(side) | ways_of(ways), 3 if far[0][0] >= 3 * FAR_KM else 2)

    def places(self, week: Week) -> Iterator[Fact]:
        """Places taken, occupied or given back; the greater ones by name."""
        for deed in self.teller.places(week):
            verb = {"take": "takes", "occupy": "occupies", "get back": "gets-back"}[deed.verb]
            many = "many" if "," in deed.where or " and " in deed.where else "one"
            yield Fact(f"{verb}-{many}", sides(deed.side) | {"places": deed.where})

    def standstill(self, week: Week) -> Iterator[Fact]:
        """A month in which no line moved much."""
        yield Fact("stands-still", {}, 1 if max(self.losses(week)) < MANY_LOST else 2)

    def cut_off(self, week: Week) -> Iterator[Fact]:
        """Armies to which no railway leads at the end of it."""
        for words in self.teller.cut_off(week):
            who, _, where = words.removesuffix(" are cut off").partition(" at ")
            yield Fact("cut-off", {"side": who, "places": where})

    def marks(self, week: Week) -> Iterator[Fact]:
        """Vladivostok, gas."""
        said = self.teller.marks(week)
        for words in said:
            if words.startswith("Vladivostok"):
                key = "vladivostok-falls" if words.endswith("falls") else "vladivostok-cut"
                if key == "vladivostok-cut" and "Vladivostok falls" in said:
                    continue
                yield Fact(key, {}, 3)
            else:
                yield Fact("gas-both" if "both" in words else "gas", {"side": gas_user(words)}, 3)

    def landings(self, week: Week) -> Iterator[Fact]:
        """Landings begun, won and lost; of several with one end, one sentence."""
        side_of = {landing.id: landing.side for landing in self.teller.lands.landings}
        beaten = self.teller.given_up(week)
        keys = {1: "landing-begins", 2: "landing-wins", 3: "landing-fails"}
        found: dict[tuple[str, int], list[str]] = {}
        for id, state in week.now.landings.items():
            if id not in side_of or state == week.was.landings.get(id, 0) or state not in keys:
                continue
            key = keys[state] if beaten != 1 - side_of[id] or state > 2 else "landing-unopposed"
            found.setdefault((key, side_of[id]), []).append(self.teller.titles.get(id, id))
        for (key, side), where in found.items():
            yield Fact(key, sides(side) | {"where": listed(where)}, 3 if key == "landing-wins" else 2)

    def prisoners(self, week: Week, beaten: int | None) -> Iterator[Fact]:
        """Prisoners, where they are many."""
        for side in (0, 1):
            men = self.teller.gone(week, "side.captured", side)
            disarmed = beaten == side
            if men >= max(MANY_PRISONERS, NEWS_PRISONERS[disarmed] / 2):
                key = "lays-down" if disarmed else "prisoners"
                yield Fact(key, {"men": people(men), "adjective": ADJECTIVES[side], "other": SIDES[1 - side]})

    def stocks(self, week: Week) -> Iterator[Fact]:
        """An attacker whose stocks run out."""
        low = [
            (army.days, army.side)
            for army in week.now.armies
            if week.now.fronts[army.front].attacker == army.side + 1
            and army.men > 0
            and army.days <= LONG_STOCK
        ]
        if low and week.now.fighting and self.teller.given_up(week) is None:
            days, side = min(low)
            key = "stocks-gone" if round(days) == 0 else "stocks-low"
            yield Fact(key, sides(side) | {"days": days_in_words(round(days))})

    def losses(self, week: Week) -> tuple[float, float]:
        """Killed, wounded and missing of either side in the stretch, in thousand men."""
        return self.teller.gone(week, "side.losses", 0), self.teller.gone(week, "side.losses", 1)

    def cost(self, week: Week, beaten: int | None) -> Iterator[Fact]:
        """The stretch's losses; at the end the war's."""
        if week.was.fighting and not week.now.fighting:
            mine, theirs = (self.teller.gone(week, "side.losses", side, week.peace) for side in (0, 1))
            held = [self.teller.gone(week, "side.captured", side, week.peace) for side in (0, 1)]
            given = {"soviet": people(mine), "japanese": people(theirs)}
            key = "ends"
            for side, name in ((0, "soviet"), (1, "japanese")):
                if held[side] >= MANY_PRISONERS:
                    given[f"{name}_prisoners"] = people(held[side])
                    key += f"-{name}"
            yield Fact(key, given, 3)
            return
        mine, theirs = self.losses(week)
        if max(mine, theirs) < MANY_LOST or beaten is not None:
            return
        given = {"soviet": people(mine), "japanese": people(theirs)}
        if mine >= 3 * theirs:
            yield Fact("costs-soviet", given)
        elif theirs >= 3 * mine:
            yield Fact("costs-japanese", given)
        else:
            yield Fact("costs", given)


def sides(side: int) -> dict[str, str]:
    """The names of a side and of the other."""
    return {"side": SIDES[side], "other": SIDES[1 - side], "adjective": ADJECTIVES[side]}


def ways_of(ways: list[tuple[int, str]]) -> dict[str, str]:
    """Kilometres and places, numbered."""
    given: dict[str, str] = {}
    for number, (km, place) in enumerate(ways, start=1):
        given |= {f"km_{number}": f"{km:,}", f"place_{number}": place}
    return given


def gas_user(words: str) -> str:
    """Who uses gas, of words of `campaign.py`."""
    return SIDES[0] if "Soviets" in words else SIDES[1]


def days_in_words(days: int) -> str:
    """Three days."""
    return f"{number_word(days)} day{'' if days == 1 else 's'}"
