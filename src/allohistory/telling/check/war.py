"""A month of war in a text held against the worlds: who holds a place, how far a line moved, who was lost and taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from allohistory.telling.atlas.geography import geography
from allohistory.telling.atlas.situation import MEN, Reader
from allohistory.telling.atlas.theatre import holder_at_first, theatre_of
from allohistory.telling.check.templates import Sense
from allohistory.telling.script import script_of

if TYPE_CHECKING:
    from allohistory.questions.timelines import Timeline

SUNDAY = 6
ROUNDING = 0.06  # relative: two figures
KM = 12.0  # kilometres: rounding of both ends
SIDE_OF = {"the soviets": 0, "the japanese": 1, "soviet": 0, "japanese": 1}
LANDED = {"begins": (1, 2, 3), "wins": (2,), "fails": (3,), "unopposed": (1, 2)}


@dataclass(frozen=True)
class Month:
    """What a sentence says of the weeks from `since` to `week`: a key of [war], and what was filled in."""

    key: str
    given: Mapping[str, str]
    week: int
    since: int


@dataclass(frozen=True)
class Battles:
    """Reads the facts of a month of war against a timeline's weeks."""

    timeline: Timeline

    @cached_property
    def reader(self) -> Reader:
        """Finds variables in a world."""
        return Reader(self.timeline.model)

    def wrong(self, sense: Sense, week: int, since: int) -> str | None:
        """Why a fact does not fit the weeks from `since` to `week`; None where it does."""
        key = sense.rule.removeprefix("war ")
        given = {name: text for name, text in sense.given.items() if text}
        readers: dict[str, Callable[[Month], str | None]] = {
            "takes": self.held,
            "occupies": self.held,
            "gets": self.given_back,
            "breaks": self.moved,
            "gains": self.moved,
            "costs": self.lost,
            "prisoners": self.captured,
            "lays": self.captured,
            "ends": self.over,
            "landing": self.landed,
            "vladivostok": self.vladivostok,
            "gas": self.gassed,
            "stands": self.fought,
            "cut": self.fought,
            "stocks": self.fought,
            "opens": self.opened,
        }
        return readers[key.split("-", 1)[0]](Month(key, given, week, since))

    def value(self, week: int, id: str) -> float:
        """A variable that there is once, at a week's end."""
        return self.reader.value(self.timeline.weeks[week], id)

    def side_of(self, given: Mapping[str, str]) -> int:
        """The side that is named; of the other, the opposite one."""
        if "side" in given:
            return SIDE_OF[given["side"].lower()]
        if "adjective" in given:
            return SIDE_OF[given["adjective"].lower()]
        return 1 - SIDE_OF[given["other"].lower()]

    def held(self, said: Month) -> str | None:
        """Every place named must be in the hands of the side that is said to have taken it."""
        side = self.side_of(said.given)
        world = self.timeline.weeks[said.week]
        now = self.reader.situation(world).holders
        for place in self.places(said.given.get("places", "")):
            holder = now.get(place, 3)
            row = theatre_of(self.timeline.model).places[place]
            date = self.timeline.model.book.calendar.monday_of(said.week).isoformat()
            if (holder_at_first(row, date) if holder == 3 else holder) != side:
                return f"{row.title} is not held by side {side} in that week"
        return None

    def given_back(self, said: Month) -> str | None:
        """Places are given back once the fighting is over, to the side that had them before the war."""
        if self.reader.situation(self.timeline.weeks[said.week]).fighting:
            return "there is still fighting"
        side, date = (
            self.side_of(said.given),
            self.timeline.model.book.calendar.monday_of(said.week).isoformat(),
        )
        for place in self.places(said.given.get("places", "")):
            row = theatre_of(self.timeline.model).places[place]
            if holder_at_first(row, date) != side:
                return f"{row.title} was never held by side {side}"
        return self.held(said)

    @cached_property
    def names(self) -> list[tuple[str, str]]:
        """(name, place) of every name that a place may have, the longest first."""
        lands, theatre = geography(), theatre_of(self.timeline.model)
        words = script_of(self.timeline.model.folder).names
        found = {}
        for id, row in theatre.places.items():
            for date in ("1931-06-01", "1936-06-01", "1940-06-01", "1946-06-01", "1950-06-01"):
                found[words.get(id) or lands.name_of(id, row.title, date) or row.title] = id
        return sorted(found.items(), key=lambda one: -len(one[0]))

    def places(self, text: str) -> list[str]:
        """The places named in a list."""
        parts = re.split(r", | and ", text)
        known = dict(self.names)
        return [known[part] for part in parts if part in known]

    def moved(self, said: Month) -> str | None:
        """Some line must have moved so far, the right way."""
        side = self.side_of(said.given)
        sign = 1.0 if side == 0 else -1.0
        was = self.reader.values(self.timeline.weeks[said.since - 1], "front.km")
        now = self.reader.values(self.timeline.weeks[said.week], "front.km")
        far = [sign * (one - other) for one, other in zip(now, was, strict=True)]
        far += [sign * one for one in now]
        for name in ("km_1", "km_2"):
            if name in said.given:
                km = float(said.given[name].replace(",", ""))
                if not any(abs(one - km) <= KM for one in far):
                    return f"no line moved {km:g} km for side {side}"
        return None

    def tally(self, id: str, side: int, week: int, since: int) -> float:
        """By how many men a tally rose; it begins anew with a war."""
        was = self.reader.values(self.timeline.weeks[since - 1], id)[side]
        now = self.reader.values(self.timeline.weeks[week], id)[side]
        return (now - was if now >= was else now) * MEN

    def lost(self, said: Month) -> str | None:
        """Losses of the month, to two figures."""
        for side, name in enumerate(("soviet", "japanese")):
            if not near(said.given[name], self.tally("side.losses", side, said.week, said.since)):
                return f"{name} losses were {self.tally('side.losses', side, said.week, said.since):,.0f}"
        return None

    def captured(self, said: Month) -> str | None:
        """Prisoners of the month, to two figures."""
        side = (
            SIDE_OF[said.given["adjective"].lower()]
            if "adjective" in said.given
            else 1 - self.side_of_other(said.given)
        )
        taken = self.tally("side.captured", side, said.week, said.since)
        return None if near(said.given["men"], taken) else f"{taken:,.0f} men of side {side} were taken"

    def side_of_other(self, given: Mapping[str, str]) -> int:
        """The side that took them."""
        return SIDE_OF[given["other"].lower()]

    def over(self, said: Month) -> str | None:
        """At the end of a war: its losses since it began, and nothing fought for."""
        if self.reader.situation(self.timeline.weeks[said.week]).fighting:
            return "there is still fighting"
        for side, name in enumerate(("soviet", "japanese")):
            if not near(said.given[name], self.since_war("side.losses", side, said.week)):
                return f"{name} losses of the war were {self.since_war('side.losses', side, said.week):,.0f}"
        return None

    def since_war(self, id: str, side: int, week: int) -> float:
        """A tally since the war began: the whole of it where it begins anew with each war."""
        return self.tally(id, side, week, max(self.began(week), 1))

    def began(self, week: int) -> int:
        """The first week of the fighting that led up to this one."""
        back = week
        while back > 1 and self.busy(self.timeline.weeks[back - 1]):
            back -= 1
        return back

    def busy(self, world: Any) -> bool:
        """Is there an axis open, or an army under arms?"""
        return any(self.reader.values(world, "front.open")) or self.reader.value(world, "land.mustered") > 0

    def landed(self, said: Month) -> str | None:
        """A landing must stand as it is said to."""
        wanted = LANDED[said.key.removeprefix("landing-")]
        states = self.reader.situation(self.timeline.weeks[said.week]).landings.values()
        return None if any(state in wanted for state in states) else "no landing stands so"

    def vladivostok(self, said: Month) -> str | None:
        """Cut off, or fallen."""
        fallen = self.value(said.week, "land.vladivostok_fallen") > 0
        cut = self.value(said.week, "land.vladivostok_cut_week") >= 0
        return None if (fallen if said.key.endswith("falls") else cut) else "Vladivostok is neither"

    def gassed(self, said: Month) -> str | None:
        """Gas used by those who are said to."""
        gas = int(self.value(said.week, "land.gas"))
        wanted = (3,) if said.key == "gas-both" else ((self.side_of(said.given) == 0 and 2) or 1, 3)
        return None if gas in wanted else f"land.gas stands at {gas}"

    def fought(self, said: Month) -> str | None:
        """There must have been fighting."""
        weeks = self.timeline.weeks[said.since : said.week + 1]
        busy = any(any(self.reader.values(world, "front.open")) for world in weeks)
        return None if busy else "no axis is fought for"

    def opened(self, said: Month) -> str | None:
        """The war must have been opened by the side that is named."""
        if "side" not in said.given:
            return None
        opener = int(self.value(min(said.week + 1, len(self.timeline.weeks) - 1), "land.opener"))
        return (
            None if opener == SIDE_OF[said.given["side"].lower()] + 1 else f"land.opener stands at {opener}"
        )


def near(text: str, value: float) -> bool:
    """Is a figure in a text this value, to two figures?"""
    said = float(text.replace(",", ""))
    return abs(said - value) <= max(ROUNDING * max(said, value), 60.0)
