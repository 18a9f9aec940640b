"""A game from its address: what is past, what lies on the desk, what is known, and how surprising it all is.

    state(actor="tokyo")                                            a new game, in our history and with its luck
    state(actor="tokyo", address=..., choose={"option": "stop"})    one decision later
    state(actor="tokyo", address=..., choose={"until": "crisis"})   the advisers decide until the next crisis

Nothing is kept between two calls. The actor, the address and the day on which the game began say everything.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from allohistory.book.resolve import resolve_all
from allohistory.errors import AllohistoryError
from allohistory.questions.addresses import Read, read_timeline
from allohistory.questions.forks import fork_of
from allohistory.questions.play import advice, moves, papers, score, sheet
from allohistory.questions.play.desk import NEVER, Asked, Choice, Desk, choices_in, desk_of, rules_of
from allohistory.questions.play.listening import SHELF, TRACED, Heard, Occasion, occasions, taken_apart
from allohistory.questions.play.tables import Actor, Tables, tables_of
from allohistory.questions.question import LUCKS
from allohistory.timeline.model import load
from allohistory.timeline.named import Named, address_of, plan_of
from allohistory.timeline.plan import position
from allohistory.timeline.replay import trouble
from allohistory.timeline.tell import one_timeline

if TYPE_CHECKING:
    from allohistory.timeline.memory import Memory
    from allohistory.timeline.model import Model

NEXT, CRISIS, END = "next", "crisis", "end"


@dataclass(frozen=True)
class Game:
    """One actor's game in one timeline.

    since    the week in which it began
    heard    all that is drawn in the timeline; ours: the same in our history, under the same parameters
    shelved  the probability of each silence that the player imposed, by the text of the choice
    aside    why the world was set aside, in words, or None
    """

    read: Read
    tables: Tables
    actor: Actor
    since: int
    choices: tuple[Choice, ...]
    heard: tuple[Occasion, ...]
    ours: tuple[Occasion, ...]
    shelved: Mapping[str, float]
    aside: str | None

    @property
    def model(self) -> Model:
        """The loaded scenario."""
        return self.read.worlds.model

    @property
    def desk(self) -> Desk:
        """What reached the desk."""
        return desk_of(self.tables, self.actor, self.heard, self.choices, self.since, self.shelved)


# ---------------------------------------------------------------- a game opened


def begin(
    scenario: str,
    actor: str,
    *,
    address: str | None = None,
    from_: str | None = None,
    seed: int | None = None,
    luck: str | None = None,
) -> tuple[Tables, Actor, str, int]:
    """(tables, actor, address, week in which the game begins); raises AllohistoryError for what is not there."""
    model = read_timeline(address).worlds.model if address else load(scenario)
    tables = tables_of(model)
    who = tables.actor(actor)
    calendar = model.book.calendar
    since = calendar.week_of(calendar.day(str(from_ or who.starts), "from"))
    if address:
        if seed is not None or luck is not None:
            where = "seed" if luck is None else "luck"
            raise AllohistoryError(where, "the address has its own luck; leave out either of them")
        return tables, who, address, since
    whose = luck or ("same" if seed is None else "fresh")
    if whose not in LUCKS:
        raise AllohistoryError("luck", f'there is no "{whose}"', given=whose, possible=LUCKS)
    horizon: str | int = "end" if whose == "same" else (position(since, 0) or "start")
    return tables, who, address_of(model, Named(seed=1 if seed is None else seed, horizon=horizon)), since


def opened(tables: Tables, actor: Actor, address: str, since: int, before: Game | None = None) -> Game:
    """Run the timeline and our own, and listen to both; our own is that of the game before, if there is one."""
    read = read_timeline(address)
    model, number = read.worlds.model, read.named.timeline
    choices = tuple(choices_in(model, read.named, actor, since))
    with SHELF.memory(model) as memory:
        heard = tuple(occasions(model, memory, read.plan, number))
        shelved = _shelved(read, memory, choices)
        aside = trouble(model.blueprint, memory)
        factual = plan_of(model, Named(draws=read.named.draws, timeline=number, horizon="end"))
        ours = before.ours if before else tuple(occasions(model, memory, factual, number))
    return Game(read, tables, actor, since, choices, heard, ours, shelved, aside)


def _shelved(read: Read, memory: Memory, choices: tuple[Choice, ...]) -> dict[str, float]:
    """The probability of each silence that the player imposed, as the last run charged it."""
    mine = {choice.text for choice in choices if choice.option == NEVER}
    charged = memory.c.log_probability.tolist()
    return {item.text: math.exp(charged[i]) for i, item in enumerate(read.plan.items) if item.text in mine}


# ---------------------------------------------------------------- a choice made


def after(game: Game, choose: Mapping[str, Any]) -> str:
    """The address of the game after a choice, or after the advisers have decided for a while."""
    if game.desk.next is None:
        raise AllohistoryError(
            "choose", "the game is over: nothing more comes to this desk", see=game.read.text
        )
    unknown = [key for key in choose if key not in ("option", "until")]
    if unknown or len(choose) != 1:
        given = unknown[0] if unknown else ", ".join(choose)
        problem = "a choice is either an option or a day until which the advisers decide"
        raise AllohistoryError("choose", problem, given=given, possible=("option", "until"))
    if "option" in choose:
        return _imposed(game, game.desk.next, str(choose["option"]))
    left = _left_to_advisers(game, str(choose["until"]))
    return _imposed(game, left, left.option) if left else game.read.text


def _imposed(game: Game, asked: Asked, option: str) -> str:
    """The timeline in which this is chosen."""
    decision = game.tables.decisions[asked.rule]
    possible = sheet.options_of(game.model, asked.rule)
    if option not in possible:
        raise AllohistoryError(
            "choose", f'"{option}" is none of the options', given=option, possible=possible
        )
    change = moves.change_for(game.model, asked, option, decision)

    def unneeded(without: Named, choice: Choice) -> bool:
        return _luck_has(game, without, choice)

    named = moves.with_choice(
        game.model,
        game.read.named,
        game.choices,
        change,
        unneeded=unneeded,
        earlier=moves.same_before(game.choices, game.heard, asked, option),
        asked=asked,
    )
    bare, change = replace(named, changes=named.changes[:-1]), named.changes[-1]
    return address_of(game.model, fork_of(bare, game.model, _begins(game, change), do=change))


def _begins(game: Game, change: str) -> str:
    """The first day of the week in which a change begins to act."""
    resolved = resolve_all([change], game.model.book, game.model.book_rules)
    return game.model.book.calendar.monday_of(resolved[0].first_week).isoformat()


def _luck_has(game: Game, without: Named, choice: Choice) -> bool:
    """Would luck have it so, were it not imposed?"""
    model = game.model
    with SHELF.memory(model) as memory:
        heard = occasions(model, memory, plan_of(model, without), without.timeline, [choice.rule])
    found = [one for one in heard if one.question == choice.question]
    return bool(found) and found[0].option == choice.option


def _left_to_advisers(game: Game, until: str) -> Asked | None:
    """The last decision that the advisers take: this one alone, or all before a day, the next crisis or the end."""
    coming = game.desk.coming
    if until == CRISIS:
        grave = (i for i, one in enumerate(coming) if i and game.tables.decisions[one.rule].grave)
        taken = coming[: next(grave, len(coming))]
    elif until == END:
        taken = coming
    elif until == NEXT:
        taken = coming[:1]
    else:
        day = game.model.book.calendar.day_of(game.model.book.calendar.day(until, "until"))
        taken = tuple(one for one in coming if one.day < day)
    return taken[-1] if taken else None


# ---------------------------------------------------------------- the sheet


def state(
    actor: str,
    *,
    scenario: str = "soviet-japanese-war",
    address: str | None = None,
    from_: str | None = None,
    seed: int | None = None,
    luck: str | None = None,
    choose: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Everything that a page or a terminal shows of a game, after a choice where one is made."""
    game = opened(*begin(scenario, actor, address=address, from_=from_, seed=seed, luck=luck))
    if choose:
        now = game.desk.next
        game = opened(game.tables, game.actor, after(game, choose), game.since, game)
        _was_open(game, now, choose)
    return shown(game)


def _was_open(game: Game, asked: Asked | None, choose: Mapping[str, Any]) -> None:
    """An option to which the rule gives no chance at all cannot be imposed: then luck decided, and that is an error."""
    took = [one.option for one in game.desk.past if asked and one.question == asked.question]
    if "option" in choose and took and took[0] != choose["option"]:
        given = str(choose["option"])
        raise AllohistoryError("choose", f'"{given}" is not open today', given=given, possible=took)


def shown(game: Game) -> dict[str, Any]:
    """The keys of the answer."""
    desk, calendar = game.desk, game.model.book.calendar
    now = desk.next
    last = desk.past[-1].day + 1 if desk.past else max(0, 7 * game.since - papers.NEWS // 2)
    day = now.day if now else 7 * game.model.blueprint.weeks - 1
    with SHELF.memory(game.model) as memory:
        heard = _asked_now(game, memory, now) if now else None
        world = memory.world_numbers.copy()
        decision = _decision(game, now, heard, last) if now else None
        if now is None:
            memory.c.weeks = game.model.blueprint.weeks
    date = calendar.date_of(day).isoformat()
    return {
        "actor": game.actor.id,
        "address": game.read.text,
        "from": calendar.monday_of(game.since).isoformat(),
        "date": date,
        "title": game.actor.title,
        "who": game.actor.who(date, lambda id: papers.value_of(game.model, world, id) > 0.0),
        "figures": papers.figures(game.model, game.actor, world) if now else [],
        "decision": decision,
        "past": [sheet.past(game, one) for one in desk.past],
        "ended": now is None,
        "aside": game.aside,
        "became": papers.became(game.read.text) if now is None else [],
        "surprise": surprise(game, desk),
    }


def _decision(game: Game, now: Asked, heard: Heard | None, last: int) -> dict[str, Any]:
    model = game.model
    with TRACED.memory(model) as memory:
        log = one_timeline(model.blueprint, game.read.plan, game.read.named.timeline, memory)
        weeks = memory.trace[: now.week]
        news = papers.dispatches(game.read, game.actor, log, weeks, now.rule, last, now.day)
    return {
        **sheet.question(game, now, heard),
        "what_happened_since": news,
        "known": advice.known(heard, game.tables) if heard else [],
        "ours": sheet.ours(game, now),
    }


def _asked_now(game: Game, memory: Memory, asked: Asked) -> Heard | None:
    """The question as its rule was asked it, in the state in which the weeks before left the world."""
    named = game.read.named
    for one in taken_apart(game.model, memory, game.read.plan, named.timeline, asked.week):
        if (one.rule, one.entity) == (asked.rule, asked.entity):
            proposal = game.model.blueprint.rule_of[asked.rule].draws == "clock"
            return one.over(game.tables.decisions[asked.rule].shelved) if proposal else one
    return None


def surprise(game: Game, desk: Desk) -> dict[str, Any]:
    """The player's bits, the world's, and our history's for comparison."""
    now = desk.next
    until = now.week if now else game.model.blueprint.weeks
    mine = {one.question for one in desk.past}
    rules = set(rules_of(game.actor))
    theirs = {one.question for one in game.ours if one.rule in rules}
    here = score.world(
        game.heard, mine | {one.question for one in game.heard if one.rule in rules}, game.since, until
    )
    ours = score.world(game.ours, theirs, game.since, until)
    decided = [one for one in desk.past if one.option != "fires"]
    return score.as_json(score.yours(desk.past), len(decided), here, ours)


def cast(scenario: str = "soviet-japanese-war") -> list[dict[str, Any]]:
    """Who can be played: who that is on the day on which the game begins, and what it decides."""
    tables = tables_of(load(scenario))
    return [
        {
            "id": one.id,
            "title": one.title,
            "short": one.short,
            "says": one.says,
            "starts": one.starts,
        }
        for one in tables.actors.values()
    ]
