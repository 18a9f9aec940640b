"""The desk: which of an actor's decisions reach it, which are past, and which comes next.

Most weeks ask for nothing that a person would be asked. A decision reaches the desk while the rules leave it open, when
luck would have the actor do something unusual, and always where the player has decided it; a proposal (a clock of the
actor's own) when it is brought. The last of the player's choices in the address says how far the game has come.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from allohistory.book.resolve import resolve_all

if TYPE_CHECKING:
    from allohistory.questions.play.listening import Occasion
    from allohistory.questions.play.tables import Actor, Decision, Tables
    from allohistory.timeline.model import Model
    from allohistory.timeline.named import Named

FIRES, NEVER = "fires", "never"


@dataclass(frozen=True)
class Choice:
    """A choice of the player's that stands in the address.

    text    as it is written there; first, last: the weeks in which it acts
    option  of the rule; "never" for a proposal that was shelved
    """

    text: str
    rule: str
    entity: str
    first: int
    last: int
    option: str
    place: int

    @property
    def question(self) -> tuple[str, str, int]:
        """The question that it answered last."""
        return self.rule, self.entity, self.first if self.option == NEVER else self.last

    def covers(self, one: Occasion) -> bool:
        """Does it impose itself on this occasion?"""
        same = (self.rule, self.entity) == (one.rule, one.entity)
        return same and self.option != NEVER and self.first <= one.week <= self.last


@dataclass(frozen=True)
class Asked:
    """A decision that reached the desk: when, what was taken, at what chance, and whether the player imposed it."""

    rule: str
    entity: str
    week: int
    day: int
    option: str
    chance: float | None
    occasion: Occasion | None
    choice: Choice | None

    @property
    def question(self) -> tuple[str, str, int]:
        """The question that was asked."""
        return self.rule, self.entity, self.week


@dataclass(frozen=True)
class Desk:
    """An actor's decisions in one timeline, in order: those past, and those to come as things stand."""

    past: tuple[Asked, ...]
    coming: tuple[Asked, ...]

    @property
    def next(self) -> Asked | None:
        """What lies on the desk now; None where the game is over."""
        return self.coming[0] if self.coming else None


def belongs(actor: Actor, rule: str, entity: str) -> bool:
    """Is this decision the actor's?"""
    return rule in actor.decides or f"{rule}[{entity}]" in actor.decides


def rules_of(actor: Actor) -> list[str]:
    """The rules that the actor decides, each once."""
    return list(dict.fromkeys(name.partition("[")[0] for name in actor.decides))


def choices_in(model: Model, named: Named, actor: Actor, since: int) -> list[Choice]:
    """The player's choices in an address, in the order in which they were made.

    Points of divergence and changes of other things are none, nor is what acts before the game began.
    """
    found: list[Choice] = []
    for text in named.changes:
        for change in resolve_all([text], model.book, model.book_rules):
            facts = model.blueprint.rule_numbered.get(change.rule)
            if facts is None or change.first_week < since or change.step >= 0:
                continue
            entity = facts.entities[max(change.entity, 0)]
            option = _option_of(facts.options, change.kind, change.option)
            if option and belongs(actor, facts.id, entity):
                weeks = (change.first_week, change.last_week)
                found.append(Choice(text, facts.id, entity, *weeks, option, facts.place))
    return found


def _option_of(options: Sequence[str], kind: str, option: int) -> str:
    if kind == "choice":
        return options[option]
    return {"clock-fires": FIRES, "clock-never": NEVER}.get(kind, "")


def desk_of(
    tables: Tables,
    actor: Actor,
    heard: Iterable[Occasion],
    choices: Sequence[Choice],
    since: int,
    shelved: Mapping[str, float],
) -> Desk:
    """What reached the desk and what will, from every decision of the actor's that the timeline asks.

    shelved  the probability of the silence, by the text of the choice that imposed it
    """
    ours = [one for one in heard if belongs(actor, one.rule, one.entity)]
    asked = _reaching(tables.decisions, ours, choices, since)
    asked += [
        Asked(one.rule, one.entity, one.first, 7 * one.first + 3, NEVER, shelved.get(one.text), None, one)
        for one in choices
        if one.option == NEVER
    ]
    last = _cursor(ours, choices)
    inorder = _dated(sorted(asked, key=lambda one: _order(one, ours)))
    past = tuple(one for one in inorder if _order(one, ours) <= last)
    return Desk(past, tuple(inorder[len(past) :]))


def _dated(asked: list[Asked]) -> list[Asked]:
    """The same, none dated before the one that was asked before it."""
    day, found = 0, []
    for one in asked:
        day = max(day, one.day)
        found.append(replace(one, day=day))
    return found


def _reaching(
    decisions: Mapping[str, Decision],
    ours: list[Occasion],
    choices: Sequence[Choice],
    since: int,
) -> list[Asked]:
    """Those occasions that reach the desk; what is asked again in the same week is decided with the first."""
    found: list[Asked] = []
    seen: set[tuple[str, str, int]] = set()
    last: dict[tuple[str, str], tuple[int, str]] = {}
    for one in ours:
        if one.week < since or one.question in seen:
            continue
        seen.add(one.question)
        choice = next((mine for mine in choices if mine.covers(one)), None)
        decision = decisions[one.rule]
        decided = choice is not None and one.week in (choice.first, choice.last)
        if not decided and not _is_put(decision, one, last.get((one.rule, one.entity))):
            continue
        last[one.rule, one.entity] = one.week, one.option
        found.append(Asked(one.rule, one.entity, one.week, one.day, one.option, one.chance, one, choice))
    return found


def _is_put(decision: Decision, one: Occasion, last: tuple[int, str] | None) -> bool:
    """Is this occasion put to the player? The usual answer of a settled question is not."""
    if one.option == FIRES:
        return True
    usual = one.silent or (last is not None and last[1] == one.option)
    if not usual:
        return one.chance < SETTLED or not one.silent
    if last is not None and one.week - last[0] < decision.rest:
        return False
    return one.chance < decision.open


SETTLED = 0.98  # of a rule without a usual answer: as good as decided


def _cursor(ours: list[Occasion], choices: Sequence[Choice]) -> tuple[int, float]:
    """Where the last choice stands: (week, place among what was drawn)."""
    if not choices:
        return -1, 0.0
    last = choices[-1]
    return last.question[2], _place(last.question, last.place, ours)


def _order(one: Asked, ours: list[Occasion]) -> tuple[int, float]:
    if one.occasion is not None:
        return one.week, one.occasion.place
    place = 0 if one.choice is None else one.choice.place
    return one.week, _place(one.question, place, ours)


def _place(question: tuple[str, str, int], place: int, ours: list[Occasion]) -> float:
    """The place of a question among all draws; of one that came to nothing, just before what its week asks later."""
    found = [one.place for one in ours if one.question == question]
    return float(found[0]) if found else -1.0 + place / 128.0
