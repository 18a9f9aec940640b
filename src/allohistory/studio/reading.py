"""From a body to a question: the keys of a what-if with the very checks of a what-if file, and a command's own options.

Each kind of question takes the keys that mean something to it; any other is an error that names the nearest, never
passed over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allohistory.book.rows import Key, Keys, flag, number, read_values, several, text, whole
from allohistory.book.what_if import WHAT_IF
from allohistory.errors import AllohistoryError
from allohistory.questions.whatif import question_from_keys
from allohistory.studio.kept_lists import text_of
from allohistory.studio.settings import Settings

if TYPE_CHECKING:
    from allohistory.questions.question import Question
    from allohistory.timeline.model import Model

WHERE = "question"
MOST_LETTERS = 2000  # of one title, change or expression
MOST_PARTS = 500  # of one list or table
ONE_OUTCOME = ("what_if", "title", "scenario", "ask", "timelines", "draws", "seed")


def _names(value: Any) -> tuple[str, ...]:
    return (text(value),) if isinstance(value, str) else several(text)(value)


@dataclass(frozen=True)
class Form:
    """What a kind of question takes: keys of a what-if, options of its own, and whether just one outcome."""

    keys: tuple[str, ...]
    options: Keys
    one: bool = True


_ALL = tuple(name for name in WHAT_IF if name != "precision")

FORMS: Mapping[str, Form] = {
    "ask": Form(tuple(WHAT_IF), {}, one=False),
    "search": Form(
        (*ONE_OUTCOME, "given", "without"),
        {
            "largest": Key(whole, None),
            "among": Key(_names, ()),
            "judged": Key(flag, False),
            "bits": Key(number, None),
            "minutes": Key(number, None),
        },
    ),
    "roads": Form(_ALL, {"by": Key(_names, ())}),
    "hinges": Form(ONE_OUTCOME, {}),
    "explain": Form(
        tuple(name for name in _ALL if name not in ("luck", "given", "without")), {"at": Key(_names, ())}
    ),
}


@dataclass(frozen=True)
class Asked:
    """A question as a body put it: of which kind, with which options, and which keys it named."""

    kind: str
    question: Question
    options: Mapping[str, Any]
    named: frozenset[str]

    @property
    def timelines(self) -> int | None:
        """How many were asked for; None where the body does not say."""
        return self.question.timelines if "timelines" in self.named else None

    def digest(self, model: Model) -> str:
        """The same for the same question to the same model."""
        question = (self.question.as_json(), self.question.again, self.timelines)
        held = [self.kind, model.digest, question, dict(self.options)]
        return hashlib.sha256(text_of(held)).hexdigest()


def read(kind: str, body: Mapping[str, Any], model: Model, settings: Settings) -> Asked:
    """The question in a body; raises AllohistoryError naming the key and the nearest valid thing."""
    form = FORMS[kind]
    bounded(body)
    for name in body:
        if name not in form.keys and name not in form.options:
            problem = f'"{name[:60]}" is not a key of a question of the kind "{kind}"'
            possible = sorted({*form.keys, *form.options})
            raise AllohistoryError(WHERE, problem, given=name[:60], possible=possible)
    options = {name: value for name, value in body.items() if name in form.options}
    question = question_from_keys(
        {name: value for name, value in body.items() if name not in form.options}, model, WHERE
    )
    read_options = read_values(options, form.options, WHERE, "a question")
    if form.one and len(question.outcomes) != 1:
        problem = "one outcome is asked for: ask = [EXPRESSION]"
        raise AllohistoryError(f"{WHERE}: ask", problem, given=len(question.outcomes), closest="serious_war")
    within(question, settings)
    return Asked(kind, question, read_options, frozenset(body))


def bounded(value: Any, where: str = WHERE) -> None:
    """Raise AllohistoryError where words or lists are longer than any question of a reader's could need."""
    if isinstance(value, str) and len(value) > MOST_LETTERS:
        problem = f"{len(value)} letters are more than the {MOST_LETTERS} that words here may have"
        raise AllohistoryError(where, problem, given=value[:60])
    if isinstance(value, Mapping | list) and len(value) > MOST_PARTS:
        problem = f"{len(value)} are more than the {MOST_PARTS} that may stand here"
        raise AllohistoryError(where, problem, given=len(value), closest=str(MOST_PARTS))
    if isinstance(value, Mapping):
        for name, held in value.items():
            bounded(name, where)
            bounded(held, f"{WHERE}: {name[:60]}" if where == WHERE else where)
    elif isinstance(value, list):
        for held in value:
            bounded(held, where)


def too_deep() -> AllohistoryError:
    """For an expression in more brackets than can be followed."""
    return AllohistoryError(WHERE, "an expression is nested too deeply", closest="fewer brackets")


def within(question: Question, settings: Settings) -> None:
    """Raise AllohistoryError where more is asked for than this studio runs for one question."""
    most = settings.most_timelines
    if question.timelines > most:
        problem = f"{question.timelines} timelines are more than this studio runs for one question"
        raise AllohistoryError(f"{WHERE}: timelines", problem, given=question.timelines, closest=str(most))
    if question.draws > most:
        problem = f"{question.draws} parameter draws are more than this studio runs for one question"
        raise AllohistoryError(f"{WHERE}: draws", problem, given=question.draws, closest="100")
