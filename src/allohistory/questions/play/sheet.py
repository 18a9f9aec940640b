"""One question in words and numbers: its title, its options and what the rules think of each, our history's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allohistory.questions.later import telling
from allohistory.questions.play import advice
from allohistory.questions.play.desk import FIRES, NEVER
from allohistory.results.words import in_words

if TYPE_CHECKING:
    from allohistory.questions.play.desk import Asked
    from allohistory.questions.play.game import Game
    from allohistory.questions.play.listening import Heard
    from allohistory.timeline.model import Model


def options_of(model: Model, rule: str) -> tuple[str, ...]:
    """The options of a question, in the rule's order; of a proposal: it is taken up, or shelved."""
    facts = model.blueprint.rule_of[rule]
    return facts.options if facts.draws == "choice" else (FIRES, NEVER)


def title_of(game: Game, rule: str, entity: str) -> str:
    """The question in words."""
    decision = game.tables.decisions[rule]
    words = telling("grammar").Grammar(game.model)
    title = str(decision.by.get(entity, {}).get("title", decision.title))
    name = words.entities.get(entity, entity)
    return title.replace("{where}", words.where(entity) if entity else "").replace("{entity}", name)


def option_title(game: Game, rule: str, entity: str, option: str) -> str:
    """What an option is called."""
    decision = game.tables.decisions[rule]
    found = decision.options.get(option)
    return str(decision.by.get(entity, {}).get(option, found.title if found else option))


def lower(words: str) -> str:
    """An option's title inside a sentence."""
    return words[:1].lower() + words[1:]


def question(game: Game, asked: Asked, heard: Heard | None) -> dict[str, Any]:
    """The sheet of a decision, without its papers."""
    decision = game.tables.decisions[asked.rule]
    names = options_of(game.model, asked.rule)
    chances = heard.chances if heard else ()
    said = advice.arguments(heard, game.tables) if heard else []
    options = []
    for place, name in enumerate(names):
        chance = chances[place] if place < len(chances) else None
        if chance is not None and chance <= 0.0:
            continue
        option = decision.options.get(name)
        advisers = said[place] if place < len(said) else []
        options.append(
            {
                "option": name,
                "title": option_title(game, asked.rule, asked.entity, name),
                "case": option.case if option else "",
                "probability": chance,
                "advisers": [one.as_json() for one in advisers],
            }
        )
    proposal = game.model.blueprint.rule_of[asked.rule].draws == "clock"
    return {
        "rule": asked.rule,
        "entity": asked.entity or None,
        "date": game.model.book.calendar.date_of(asked.day).isoformat(),
        "title": title_of(game, asked.rule, asked.entity),
        "says": decision.says,
        "grave": decision.grave,
        "proposal": proposal,
        "weeks": decision.shelved if proposal else None,
        "options": options,
    }


def past(game: Game, asked: Asked) -> dict[str, Any]:
    """One line of what was decided; a proposal that was taken up came by the world's luck, so it has no probability."""
    return {
        "date": game.model.book.calendar.date_of(asked.day).isoformat(),
        "rule": asked.rule,
        "entity": asked.entity or None,
        "title": title_of(game, asked.rule, asked.entity),
        "option": asked.option,
        "option_title": option_title(game, asked.rule, asked.entity, asked.option),
        "probability": None if asked.option == FIRES else asked.chance,
        "departs": _departs(game, asked),
        "ours": ours(game, asked),
    }


def _departs(game: Game, asked: Asked) -> bool | None:
    """Is it something else than our history has at this very question? None where our history was not asked."""
    found = ours(game, asked)["option"]
    return None if found is None else found != asked.option


def ours(game: Game, asked: Asked) -> dict[str, Any]:
    """What our history has at this question: an option, or words on why there is none."""
    if game.model.blueprint.rule_of[asked.rule].draws == "clock":
        return _our_proposal(game, asked)
    key = asked.occasion.key if asked.occasion else None
    found = [one for one in game.ours if one.key == key]
    if not found:
        return {"option": None, "words": "Our history was never asked this."}
    option = found[0].option
    return {
        "option": option,
        "words": f"Our history: {lower(option_title(game, asked.rule, asked.entity, option))}.",
    }


def _our_proposal(game: Game, asked: Asked) -> dict[str, Any]:
    calendar = game.model.book.calendar
    found = [one for one in game.ours if (one.rule, one.entity) == (asked.rule, asked.entity)]
    same = [one for one in found if one.week == asked.week]
    if same:
        return {
            "option": FIRES,
            "words": f"Our history: {lower(option_title(game, asked.rule, asked.entity, FIRES))}.",
        }
    if not found:
        return {"option": NEVER, "words": "In our history it never came to this."}
    nearest = min(found, key=lambda one: abs(one.week - asked.week))
    return {"option": NEVER, "words": f"In our history it came on {in_words(calendar.date_of(nearest.day))}."}
