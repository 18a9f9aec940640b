"""How an outcome is asked for: `general_war before 1941 and not america_enters`, read into a tree.

`or` binds loosest, then `and`, `not`, relations (`before`, `after`, `within 6 months of`), comparisons;
parentheses group. Every mistake is pointed at by its character; an unknown outcome names the nearest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from allohistory.book.calendar import STANDARD, Calendar, Span, parse_date
from allohistory.book.expression_tree import (
    Amounts,
    And,
    Comparison,
    Dated,
    Derived,
    Happens,
    Node,
    Not,
    Or,
    Order,
    Ordered,
    Takes,
    Unit,
    Within,
    has_day,
    outcomes_in,
)
from allohistory.book.tables import Outcome
from allohistory.errors import AllohistoryError

COMPARISONS: Mapping[str, Comparison] = {"=": "=", "<": "<", ">": ">", "<=": "<=", ">=": ">="}
ORDERS: Mapping[str, Order] = {"before": "before", "after": "after"}
UNITS: Mapping[str, Unit] = {"day": "days", "week": "weeks", "month": "months", "year": "years"}
KEYWORDS = ("or", "and", "not", "before", "after", "within", "of")
_TOKEN = re.compile(
    r"(?P<date>\d{4}-\d{2}(?:-\d{2})?(?![\w-]))|(?P<number>[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?(?![\w-]))"
    r"|(?P<word>[A-Za-z0-9_][A-Za-z0-9_-]*)|(?P<sign><=|>=|<|>|=|\(|\))|(?P<blank>\s+)"
)


@dataclass(frozen=True)
class Token:
    """A word, number, date or sign of an expression, and the character at which it begins (from 1)."""

    kind: str
    text: str
    at: int

    @property
    def word(self) -> str:
        """The keyword it is, or nothing."""
        lower = self.text.lower()
        return lower if self.kind == "word" and lower in KEYWORDS else ""


@dataclass(frozen=True)
class Expression:
    """An outcome expression that has been read and found sound.

    text  as the user wrote it; `str` gives the canonical form
    """

    text: str
    node: Node

    def __str__(self) -> str:
        return str(self.node)

    @property
    def has_day(self) -> bool:
        """Whether the day on which it first became true is known."""
        return has_day(self.node)

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes that must be known to judge it."""
        return tuple(dict.fromkeys(outcomes_in(self.node)))


def parse_expression(
    text: str,
    outcomes: Mapping[str, Outcome],
    *,
    calendar: Calendar = STANDARD,
    where: str = "--outcome",
    former_ids: Mapping[str, str] | None = None,
) -> Expression:
    """Read an expression over these outcomes; raises an error that points at the first mistake."""
    reader = _Reader(text, outcomes, calendar, where, former_ids or {})
    return Expression(text.strip(), reader.read())


@dataclass
class _Reader:
    """A recursive descent: one method for each level of binding, loosest first."""

    text: str
    outcomes: Mapping[str, Outcome]
    calendar: Calendar
    where: str
    former: Mapping[str, str]
    within: tuple[str, ...] = ()
    tokens: list[Token] = field(default_factory=list)
    place: int = 0

    def read(self) -> Node:
        """The whole text as one tree."""
        self.tokens = list(self._split())
        node = self._any()
        if self._next.kind != "end":
            self._refuse(f'did not expect "{self._next.text}" here', self._next, ("and", "or"))
        return node

    def _split(self) -> Iterable[Token]:
        at = 0
        while at < len(self.text):
            found = _TOKEN.match(self.text, at)
            if found is None or found.lastgroup is None:
                self._refuse(f'"{self.text[at]}" means nothing here', Token("sign", self.text[at], at + 1))
            if found.lastgroup != "blank":
                yield Token(found.lastgroup, found[0], at + 1)
            at = found.end()
        yield Token("end", "", len(self.text) + 1)

    @property
    def _next(self) -> Token:
        return self.tokens[self.place]

    def _take(self) -> Token:
        token = self._next
        self.place += token.kind != "end"
        return token

    def _refuse(
        self, problem: str, token: Token, possible: Iterable[str] = (), given: str | None = None
    ) -> NoReturn:
        point = "at the end of" if token.kind == "end" else f"at character {token.at} of"
        message = f'{problem} ({point} "{" ".join(self.text.split())}")'
        word = given if given is not None else token.text or None
        raise AllohistoryError(self.where, message, given=word, possible=possible, see="allohistory outcomes")

    def _any(self) -> Node:
        parts = self._joined("or", self._all)
        return parts[0] if len(parts) == 1 else Or(parts)

    def _all(self) -> Node:
        parts = self._joined("and", self._negated)
        return parts[0] if len(parts) == 1 else And(parts)

    def _joined(self, word: str, read: Callable[[], Node]) -> tuple[Node, ...]:
        parts = [read()]
        while self._next.word == word:
            self._take()
            parts.append(read())
        return tuple(parts)

    def _negated(self) -> Node:
        if self._next.word == "not":
            self._take()
            return Not(self._negated())
        return self._related()

    def _related(self) -> Node:
        """A term, alone or in relation to another or to a date."""
        start = self._next
        left = self._term()
        word = self._next.word
        if word not in ("before", "after", "within"):
            return left
        self._must_have_day(left, start)
        self._take()
        if word == "within":
            count, unit = self._length()
            return Within(left, count, unit, self._other_side())
        return Ordered(left, ORDERS[word], self._other_side())

    def _length(self) -> tuple[float, Unit]:
        """``6 months of``."""
        number = self._take()
        if number.kind != "number" or float(number.text) < 0.0:
            self._refuse('expected a number after "within"', number)
        name = self._take()
        unit = UNITS.get(name.text.lower().removesuffix("s"))
        if unit is None:
            self._refuse("expected a unit of time", name, tuple(UNITS.values()))
        count = float(number.text)
        if unit in ("months", "years") and count != int(count):
            self._refuse(f"{unit} are counted whole", number)
        of = self._take()
        if of.word != "of":
            self._refuse(f'expected "of" after "{number.text} {name.text}"', of, ("of",))
        return count, unit

    def _other_side(self) -> Node | Span:
        token = self._next
        if token.kind == "date" or (token.kind == "number" and re.fullmatch(r"\d{4}", token.text)):
            return self._date()
        node = self._term()
        self._must_have_day(node, token)
        return node

    def _date(self) -> Span:
        token = self._take()
        where = f'{self.where} (character {token.at} of "{" ".join(self.text.split())}")'
        return self.calendar.within(parse_date(token.text, where), where)

    def _must_have_day(self, node: Node, token: Token) -> None:
        if not has_day(node):
            self._refuse(f'"{node}" has no day on which it came true', token, given=str(node))

    def _term(self) -> Node:
        token = self._take()
        if token.text == "(":
            inner = self._any()
            closing = self._take()
            if closing.text != ")":
                self._refuse(f'the "(" at character {token.at} is never closed', closing, (")",))
            return inner
        if token.kind == "end":
            self._refuse("something is missing", token, self.outcomes)
        if token.kind != "word" or token.word:
            self._refuse(f'expected an outcome, not "{token.text}"', token, self.outcomes)
        return self._outcome(token)

    def _outcome(self, token: Token) -> Node:
        outcome = self._known(token)
        compared = self._next.text in COMPARISONS
        if outcome.kind == "which":
            return self._takes(outcome, token)
        if outcome.kind == "amount":
            return self._amounts(outcome, token)
        if outcome.kind == "day" and compared:
            relation = COMPARISONS[self._take().text]
            date_like = self._next.kind == "date" or re.fullmatch(r"\d{4}", self._next.text)
            if not date_like:
                self._refuse(f"{outcome.id} is a day: compare it with a date", self._next)
            return Dated(outcome.id, relation, self._date())
        if compared:
            self._refuse(f'{outcome.id} is true or not: leave out "{self._next.text}"', self._next)
        return self._derived(outcome, token) if outcome.derived is not None else Happens(outcome.id)

    def _known(self, token: Token) -> Outcome:
        outcome = self.outcomes.get(self.former.get(token.text, token.text))
        if outcome is None:
            self._refuse(f'there is no outcome "{token.text}"', token, self.outcomes)
        return outcome

    def _takes(self, outcome: Outcome, token: Token) -> Node:
        if self._next.text != "=":
            example = f"{outcome.id}={outcome.options[0]}" if outcome.options else outcome.id
            self._refuse(f"say which {outcome.id}, as in {example}", token, outcome.options)
        self._take()
        option = self._take()
        if option.text not in outcome.options:
            self._refuse(f'"{option.text}" is no option of {outcome.id}', option, outcome.options)
        return Takes(outcome.id, option.text)

    def _amounts(self, outcome: Outcome, token: Token) -> Node:
        if self._next.text not in COMPARISONS:
            self._refuse(f"compare the amount with a number, as in {outcome.id}>1", token, tuple(COMPARISONS))
        relation = COMPARISONS[self._take().text]
        than = self._take()
        if than.kind == "number":
            return Amounts(outcome.id, relation, float(than.text))
        if than.kind != "word" or than.word:
            self._refuse(f'expected a number after "{relation}"', than)
        other = self._known(than)
        if other.kind != "amount":
            self._refuse(f'"{than.text}" is not an amount', than)
        return Amounts(outcome.id, relation, other.id)

    def _derived(self, outcome: Outcome, token: Token) -> Node:
        """The tree behind an outcome that is defined by others; a circle is a mistake."""
        if outcome.id in self.within:
            self._refuse(f"{outcome.id} is defined by itself", token)
        text = outcome.derived or ""
        where = f"{self.where}: {outcome.id} is"
        inner = _Reader(text, self.outcomes, self.calendar, where, self.former, (*self.within, outcome.id))
        return Derived(outcome.id, inner.read())
