"""The course of a war on land in words, week by week; weeks in which nothing changed are passed over.

Read from the worlds that a timeline's weeks left: who attacked and how far, which places changed hands, who was cut off
or taken, what was landed, what it cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from allohistory.book.theatre import Axis, Theatre
from allohistory.results.words import in_words
from allohistory.telling.atlas.geography import Geography, geography
from allohistory.telling.atlas.situation import (
    AS_AT_FIRST,
    GIVEN_UP,
    Front,
    Reader,
    Situation,
    people,
)
from allohistory.telling.atlas.theatre import holder_at_first, theatre_of
from allohistory.telling.deeds import HELD, SIDES, Deed, one_side, round_km
from allohistory.telling.grammar import sentence_of
from allohistory.telling.script import listed, script_of

if TYPE_CHECKING:
    from allohistory.questions.timelines import Timeline
    from allohistory.timeline.model import Model

ADJECTIVES = ("Soviet", "Japanese")
BREAKTHROUGH_KM = 30.0  # kilometres in a week: more than the depth of a prepared position with its reserves
GAIN_KM = 20.0  # kilometres in a week that are worth a word
MANY_PRISONERS = 1.0  # thousand
NEWS_PRISONERS = (10.0, 50.0)  # thousand: so many make a week news by themselves; in a disarming
MANY_LOST = 5.0  # thousand in a week
MOST_FRONTS = 3  # named in one week
MOST_PLACES = 5
LONG_STOCK = 7.0  # days: a longer stock is no news
GAS = {1: "the Japanese use gas", 2: "the Soviets use gas", 3: "gas is now used by both"}
SURPRISE = {1: ", sooner than the other side thought", 2: ", and find the other side unready"}
LANDING = {
    1: "a {0} landing begins {1}",
    2: "the {0} landing {1} succeeds",
    3: "the {0} landing {1} fails",
}
UNOPPOSED = "{0} troops come ashore {1}"  # after a capitulation
SAME_NEWS = 13  # weeks in which an attack that is held on an axis is no news after another there
AT_HAND = 40.0  # kilometres: as near as that an army is "at" a place


@dataclass(frozen=True)
class WarWeek:
    """One week of a war: its Monday (ISO) and what is to be said of it."""

    date: str
    text: str
    number: int = 0

    def as_json(self) -> dict[str, Any]:
        """The keys of the interface."""
        return {"date": self.date, "text": self.text}

    @property
    def line(self) -> str:
        """As a line of its own."""
        return f"Week of {in_words(self.date)}: {self.text}"


def war_weeks(timeline: Timeline) -> list[WarWeek]:
    """The weeks of a timeline's war on land that have something to say; none where the scenario knows no such war."""
    model = timeline.model
    if "front.open" not in model.blueprint.variable_place:
        return []
    chronicle = Chronicle(model, theatre_of(model), geography())
    return list(chronicle.weeks(timeline.weeks))


@dataclass(frozen=True)
class Week:
    """Two worlds a week apart, and what the situation was in each; `peace` is the last world before this war.

    held  (front, attacker) -> the week in which an attack there was last told to be held
    """

    number: int
    date: str
    peace: Any
    before: Any
    after: Any
    was: Situation
    now: Situation
    held: dict[tuple[int, int], int] = field(default_factory=dict)


@dataclass(frozen=True)
class Chronicle:
    """Puts weeks of one scenario's war into words."""

    model: Model
    theatre: Theatre
    lands: Geography

    @cached_property
    def reader(self) -> Reader:
        """Finds variables in a world."""
        return Reader(self.model)

    @cached_property
    def axes(self) -> tuple[Axis, ...]:
        """The axes in the order of the fronts."""
        return tuple(self.theatre.axes.values())

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Places and landings as they stand in a sentence."""
        return script_of(self.model.folder).names

    @cached_property
    def titles(self) -> dict[str, str]:
        """Titles of landings."""
        kind = self.model.book.entity_kinds.get("operation")
        members = kind.members if kind is not None else ()
        return {member.id: self.names.get(member.id, f"({member.title})") for member in members}

    def weeks(self, worlds: Any) -> Iterator[WarWeek]:
        """Every week that differs from the one before by something worth a line."""
        peace = worlds[0] if len(worlds) else None
        held: dict[tuple[int, int], int] = {}
        for number in range(1, len(worlds)):
            before, after = worlds[number - 1], worlds[number]
            peace = peace if self.fighting(before) else before
            if not (self.fighting(before) or self.fighting(after)):
                continue
            date = self.model.book.calendar.monday_of(number).isoformat()
            was, now = self.reader.situation(before), self.reader.situation(after)
            said = self.week(Week(number, date, peace, before, after, was, now, held))
            if said:
                yield WarWeek(date, said, number)

    def fighting(self, world: Any) -> bool:
        """Is any axis fought for, or the war on land not yet over?"""
        return any(self.reader.values(world, "front.open")) or self.reader.value(world, "land.mustered") > 0

    def week(self, week: Week) -> str:
        """What is to be said of a week; nothing where all goes on as it did."""
        deeds, more = self.battles(week)
        deeds += self.places(week)
        news = [
            *self.opening(week),
            *(one_side(side, [deed for deed in deeds if deed.side == side]) for side in (0, 1)),
            more,
            *self.cut_off(week),
            *self.marks(week),
            *self.landings(week),
        ]
        prisoners, many = self.prisoners(week)
        ending, year = self.ending(week), self.year(week)
        if not any(news) and not many and not ending:
            return sentence_of(year) if year else ""
        told = [words for words in [*news, *prisoners, *ending] if words]
        last = [year] if year else self.cost(week)
        return " ".join(sentence_of(words) for words in ["; ".join(told), *last])

    def year(self, week: Week) -> str:
        """At a year's end, what the war has cost by then."""
        following = self.model.book.calendar.monday_of(week.number + 1).isoformat()
        if following[:4] == week.date[:4] or not week.now.fighting or week.peace is week.before:
            return ""
        return f"By the year's end the war has cost, prisoners apart: {self.tally(week)}"

    def given_up(self, week: Week) -> int | None:
        """The side that has laid down its arms in this war and is being disarmed, or None."""
        peace, began = (int(self.reader.value(week.after, id, -1)) for id in ("peace.week", "war.began_week"))
        if not 0 <= began <= peace < week.number:
            return None
        return GIVEN_UP.get(int(self.reader.value(week.after, "peace.kind")))

    def opening(self, week: Week) -> list[str]:
        """The first week of fighting."""
        if any(front.open for front in week.was.fronts) or not any(front.open for front in week.now.fronts):
            return []
        opener = int(self.reader.value(week.after, "land.opener"))
        surprise = SURPRISE.get(int(self.reader.value(week.after, "land.surprise")), "")
        who = (
            f"{SIDES[opener - 1]} attack first{surprise}" if opener in (1, 2) else "both sides take the field"
        )
        return [who]

    def battles(self, week: Week) -> tuple[list[Deed], str]:
        """Breakthroughs, gains, and attacks that are new and fail; the farthest first, and how many more there were."""
        told = []
        for front in sorted(week.now.fronts, key=lambda one: (-abs(one.moved), one.number)):
            deed = self.battle(week, front)
            if deed is not None:
                told.append(deed)
        rest = len(told) - MOST_FRONTS
        more = f"{rest} more attack{'s' if rest > 1 else ''} on other axes" if rest > 0 else ""
        return told[:MOST_FRONTS], more

    def battle(self, week: Week, front: Front) -> Deed | None:
        """One axis in one week."""
        if front.attacker not in (1, 2):
            return None
        side, far = front.attacker - 1, abs(front.moved)
        started = week.was.fronts[front.number].km
        ahead = self.ahead(front, side, started, week.date)
        towards = f"towards {ahead} ({round_km(far)} km)" if ahead else f"for {round_km(far)} km"
        if front.won and far >= BREAKTHROUGH_KM:
            return Deed(side, "break through", towards)
        if front.won and far >= GAIN_KM:
            return Deed(side, "gain ground", towards)
        key = (front.number, side)
        fresh = week.number - week.held.get(key, -SAME_NEWS) >= SAME_NEWS
        if not front.won and fresh and week.was.fronts[front.number].attacker != front.attacker:
            week.held[key] = week.number
            return Deed(side, HELD, self.before(front, side, started, week.date))
        return None

    def near(self, front: Front, km: float, date: str) -> str:
        """The place of the axis that is nearest to a kilometre."""
        axis = self.axes[front.number]
        place = min(zip(axis.places, axis.km, strict=True), key=lambda one: abs(one[1] - km))[0]
        return self.called(place, date)

    def ahead(self, front: Front, side: int, km: float, date: str) -> str:
        """The next place that an attacker comes to, from a kilometre of the axis."""
        place = self.next(front, side, km)
        return self.called(place[0], date) if place else ""

    def before(self, front: Front, side: int, km: float, date: str) -> str:
        """Where an attack is held: at the next place of the enemy's, or on the way to it."""
        place = self.next(front, side, km)
        if place is None:
            return f"at {self.near(front, km, date)}"
        return f"{'at' if abs(place[1] - km) <= AT_HAND else 'towards'} {self.called(place[0], date)}"

    def next(self, front: Front, side: int, km: float) -> tuple[str, float] | None:
        """The next place beyond a kilometre, as a side goes, and its kilometre."""
        axis = self.axes[front.number]
        stops = list(zip(axis.places, axis.km, strict=True))
        found = (
            [one for one in stops if one[1] > km][:1]
            if side == 0
            else [one for one in stops if one[1] < km][-1:]
        )
        return found[0] if found else None

    def called(self, place: str, date: str) -> str:
        """A place's name on a day."""
        if place in self.names:
            return self.names[place]
        row = self.theatre.places[place]
        return self.lands.name_of(place, row.title, date) or row.title

    def places(self, week: Week) -> list[Deed]:
        """Places that changed hands; once the fighting is over they are given back."""
        found: dict[tuple[int, str], list[str]] = {}
        verb = "take" if self.given_up(week) is None else "occupy"
        stopped = week.was.fighting and not week.now.fighting
        for place, holder in week.now.holders.items():
            row = self.theatre.places.get(place)
            if row is None:
                continue
            first = holder_at_first(row, week.date)
            was = week.was.holders.get(place, AS_AT_FIRST)
            new, old = (first if held == AS_AT_FIRST else held for held in (holder, was))
            if new != old and new in (0, 1):
                returned = stopped and new == first
                found.setdefault((new, "get back" if returned else verb), []).append(place)
        return [
            Deed(side, done, listed(self.chief(places, week.date)))
            for (side, done), places in sorted(found.items())
        ]

    def chief(self, places: list[str], date: str) -> list[str]:
        """The greater ones of some places by name, the rest counted."""
        size = {place: self.theatre.places[place].population for place in places}
        named = sorted(places, key=lambda place: -size[place])[:MOST_PLACES]
        names = [self.called(place, date) for place in places if place in named]
        rest = len(places) - len(names)
        return [*names, f"{rest} smaller place{'s' if rest > 1 else ''}"] if rest else names

    def cut_off(self, week: Week) -> list[str]:
        """Armies to which no railway leads any longer; of those that lay down their arms it is no news."""
        told = []
        for side in (0, 1):
            where = [
                self.near(week.now.fronts[army.front], week.now.fronts[army.front].km, week.date)
                for was, army in zip(week.was.armies, week.now.armies, strict=True)
                if army.side == side and army.cut_off and not was.cut_off and army.men > 0
            ]
            if where and self.given_up(week) != side:
                told.append(f"{SIDES[side]} at {listed(list(dict.fromkeys(where)))} are cut off")
        return told

    def prisoners(self, week: Week) -> tuple[list[str], bool]:
        """Prisoners of the week, and whether they are so many that they are news by themselves."""
        told, many = [], False
        for side in (0, 1):
            men = self.gone(week, "side.captured", side)
            disarmed = self.given_up(week) == side
            many = many or men >= NEWS_PRISONERS[disarmed]
            if men >= MANY_PRISONERS and disarmed:
                told.append(f"{people(men)} {ADJECTIVES[side]} soldiers lay down their arms")
            elif men >= MANY_PRISONERS:
                told.append(f"{people(men)} {ADJECTIVES[side]} prisoners are taken")
        return told, many

    def marks(self, week: Week) -> list[str]:
        """Vladivostok, gas."""
        told = []
        if self.turned(week, "land.vladivostok_cut_week", -1):
            told.append("Vladivostok is cut off by land")
        if self.turned(week, "land.vladivostok_fallen", 0):
            told.append("Vladivostok falls")
        gas = int(self.reader.value(week.after, "land.gas"))
        if gas != int(self.reader.value(week.before, "land.gas")) and gas in GAS:
            told.append(GAS[gas])
        return told

    def turned(self, week: Week, id: str, from_: float) -> bool:
        """Did a variable leave this value in this week?"""
        was, now = self.reader.value(week.before, id, from_), self.reader.value(week.after, id, from_)
        return was == from_ != now

    def landings(self, week: Week) -> list[str]:
        """Landings begun, won and lost."""
        sides = {landing.id: landing.side for landing in self.lands.landings}
        beaten = self.given_up(week)
        return [
            (LANDING[state] if beaten != 1 - sides[id] or state > 2 else UNOPPOSED).format(
                ADJECTIVES[sides[id]], self.titles.get(id, id)
            )
            for id, state in week.now.landings.items()
            if state != (was := week.was.landings.get(id, 0)) and state in LANDING and id in sides
            if not (beaten == 1 - sides[id] and was == 1 and state == 2)
        ]

    def ending(self, week: Week) -> list[str]:
        """The last week, and what the war has cost by then."""
        stopped = week.was.fighting and not week.now.fighting
        if not (stopped or self.turned(week, "land.over", 0)):
            return []
        over = "the fighting on land ends" if self.given_up(week) is None else "the last of them are disarmed"
        return [f"{over}. Killed, wounded and missing since it began: {self.tally(week, prisoners=True)}"]

    def tally(self, week: Week, prisoners: bool = False) -> str:
        """The losses of either side since this war began."""
        sums = []
        for side in (0, 1):
            lost, held = (self.gone(week, id, side, week.peace) for id in ("side.losses", "side.captured"))
            more = f" and {people(held)} prisoners" if prisoners and held >= MANY_PRISONERS else ""
            sums.append(f"{ADJECTIVES[side]} {people(lost)}{more}")
        return ", ".join(sums)

    def cost(self, week: Week) -> list[str]:
        """Losses of either side, and how long the stocks of those who attacked last."""
        told = []
        losses = [self.gone(week, "side.losses", side) for side in (0, 1)]
        if max(losses) >= MANY_LOST:
            told.append(f"Losses of the week: Soviet {people(losses[0])}, Japanese {people(losses[1])}")
        attacking = [
            army.days
            for army in week.now.armies
            if week.now.fronts[army.front].attacker == army.side + 1 and army.men > 0
        ]
        if attacking and min(attacking) <= LONG_STOCK:
            days = round(min(attacking))
            told.append(
                f"The attacker has stocks for {days} day{'' if days == 1 else 's'}"
                if days
                else "The attacker's stocks are gone"
            )
        return told

    def gone(self, week: Week, id: str, side: int, since: Any = None) -> float:
        """By how much a tally of a side rose, in the week or since a world, in thousand men."""
        was = self.reader.values(week.before if since is None else since, id)
        now = self.reader.values(week.after, id)
        if len(now) <= side:
            return 0.0
        return now[side] - was[side] if now[side] >= was[side] else now[side]
