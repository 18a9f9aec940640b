"""The answer to a question of roads, as it is shown, kept and asked again (design: interfaces, section 8)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from allohistory.questions.rare.chance import SPLITTING, Chance
from allohistory.questions.rare.histories import address_of
from allohistory.questions.rare.question import FEWEST, STABLE, RoadsFound
from allohistory.questions.rare.signs import words_of
from allohistory.questions.restate import restated
from allohistory.results.files import canonical
from allohistory.results.schema import Head, plain
from allohistory.results.words import percent, percent_or_odds
from allohistory.version import VERSION

if TYPE_CHECKING:
    from allohistory.questions.rare.described import Need, Road, RoadStep
    from allohistory.questions.rare.question import Stability
    from allohistory.questions.rare.roads import Turn

SHORT_OF = 0.001


@dataclass(frozen=True)
class Roads:
    """By which roads an outcome is reached: its probability, how it was come by, and a list of roads."""

    _found: RoadsFound = field(repr=False)
    by: tuple[str, ...] = ()
    timelines: int | None = None

    @property
    def roads(self) -> tuple[Road, ...]:
        """The roads, the commonest first."""
        return self._found.roads

    @property
    def chance(self) -> Chance:
        """The probability of the outcome and how it was come by."""
        return self._found.chance

    @property
    def probability(self) -> float:
        """Of the outcome."""
        return self.chance.probability

    @property
    def standard_error(self) -> float:
        """Of the probability."""
        return self.chance.standard_error

    @property
    def method(self) -> str:
        """`brute force` or `splitting`."""
        return self.chance.method

    @property
    def stability(self) -> Stability:
        """How far the roads would be the same with other luck."""
        return self._found.stability

    @property
    def title(self) -> str:
        """The outcome's."""
        return self._found.asked.title

    @property
    def reached(self) -> int:
        """How many timelines that reach the outcome were divided into roads."""
        return self._found.reached

    @property
    def short(self) -> bool:
        """More than one timeline in a thousand was set aside."""
        return self._found.aside > SHORT_OF * max(self.chance.timelines, 1)

    @cached_property
    def restated(self) -> tuple[str, ...]:
        """The question in plain words, with exact definitions."""
        return tuple(restated(self._found.worlds, (self._found.asked,), self.chance.timelines))

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """What a reader should know before leaning on the roads."""
        found = []
        if self.reached < FEWEST:
            found.append(
                f"Only {self.reached} timelines reach the outcome: too few to tell roads apart. "
                "More --timelines would help."
            )
        elif self.stability.rand_index is None:
            found.append(
                f"Only {self.reached} timelines reach the outcome: how stable the roads are was not measured."
            )
        elif not self.stability.stable:
            found.append(
                "The roads are not stable: with other luck timelines would be sorted otherwise (adjusted Rand index "
                f"{self.stability.rand_index:.2f}, below {STABLE:g})."
            )
        if self._found.question.luck == "same" and self.chance.probability < 0.02:
            found.append("Splitting draws fresh luck; with history's own luck brute force was used.")
        return tuple(found)

    @property
    def again(self) -> str:
        """The command that asks this once more."""
        words = self._found.question.again.replace("allohistory ask", "allohistory roads", 1)
        words += "" if self.timelines is None or "--timelines" in words else f" --timelines {self.timelines}"
        return words + "".join(f" --by '{one}'" for one in self.by)

    def addresses(self, road: Road) -> list[str]:
        """The addresses of a road's typical timelines, the most typical first."""
        return [address_of(self._found.worlds, self._found.names[i]) for i in road.typical]

    def road_of(self, address: str) -> str | None:
        """The name of the road that a timeline is on, run and sorted anew; None where it misses the outcome."""
        return self._found.road_of(address)

    def date(self, day: int) -> str | None:
        """A day counted from the scenario's first, as ISO text; None where there is none."""
        calendar = self._found.worlds.model.book.calendar
        last = calendar.day_of(calendar.last)
        return calendar.date_of(day).isoformat() if day <= last else None

    def as_dict(self) -> dict[str, Any]:
        """The JSON form as a dict."""
        found, question = self._found, self._found.question
        head = Head(
            command="roads",
            scenario=found.worlds.model.name,
            version=VERSION,
            model=found.worlds.model.digest[:16],
            question={**question.as_json(), "by": list(self.by)},
            timelines=self.chance.timelines,
            seed=question.seed,
            luck=question.luck,
            seconds=found.seconds,
            again=self.again,
            warnings=self.warnings,
        )
        return {
            **head.as_json(),
            "restated": list(self.restated),
            "outcome": {"id": found.asked.id, "title": found.asked.title},
            "probability": plain(self.probability),
            "standard_error": plain(self.standard_error),
            "chance_interval": plain(self.chance.interval),
            "method": self.method,
            "reason": self.chance.reason,
            "splitting": self._splitting(),
            "reached": self.reached,
            "stability": {
                "rand_index": plain(self.stability.rand_index),
                "made_of": self.stability.made_of,
                "sorted": self.stability.sorted_,
            },
            "roads": [self._road(road) for road in self.roads],
        }

    def _road(self, road: Road) -> dict[str, Any]:
        return {
            "name": road.name,
            "share": plain(road.share),
            "turns": [self._turn(turn) for turn in road.turns],
            "steps": [self._step(step) for step in road.steps],
            "needs": [_need(one) for one in road.needs],
            "ends": [_need(one) for one in road.ends],
            "addresses": self.addresses(road),
        }

    def _turn(self, turn: Turn) -> dict[str, Any]:
        what = words_of(turn.step, self._found.worlds.model)
        return {"what": what, **vars(turn.step), "taken": turn.taken}

    def _step(self, step: RoadStep) -> dict[str, Any]:
        return {
            "what": step.what,
            **vars(step.step),
            "date": [self.date(day) for day in step.days],
            "probability": plain(step.probability),
            "otherwise": plain(step.else_),
        }

    def _splitting(self) -> dict[str, Any] | None:
        chance = self.chance
        if chance.splitting is None or chance.ladder is None:
            return None
        return {
            "levels": plain(chance.ladder.levels),
            "milestones": [
                {"what": list(what), "height": plain(float(height))}
                for what, height in zip(chance.ladder.milestones, chance.ladder.heights, strict=True)
            ],
            "survivors": [plain(float(row.mean())) for row in chance.splitting.survivors],
            "repeats": len(chance.splitting.estimates),
            "died_out": int((chance.splitting.estimates == 0.0).sum()),
            "distinct_ancestors": plain(float(chance.splitting.ancestors.mean())),
            "gain": plain(chance.gain),
            "ideal_gain": plain(chance.ideal),
        }

    def plot(self) -> Any:
        """A chart (Altair): the steps of every road with the days by which 5, 50 and 95 in 100 took them."""
        from allohistory.results.roads_chart import chart_of

        return chart_of(self.as_dict()["roads"], self.title)

    def to_json(self) -> str:
        """The JSON form as text."""
        return canonical(self.as_dict())

    def _repr_html_(self) -> str:
        """Roads with their shares, for a notebook."""
        rows = "".join(
            f"<tr><td>{escape(one.name)}</td><td>{percent(one.share)}</td></tr>" for one in self.roads
        )
        head = f"<p>{escape(self.title)}: {percent_or_odds(self.probability)} ({self.method})</p>"
        return f"{head}<table>{rows}</table><p>again: <code>{escape(self.again)}</code></p>"


def _need(one: Need) -> dict[str, Any]:
    return {"what": one.what, "probability": plain(one.probability), "otherwise": plain(one.else_)}


def by_splitting(chance: Chance) -> bool:
    """Was the probability come by by splitting?"""
    return chance.method == SPLITTING
