"""A scenario made ready to run: its book, its rules, its frozen numbers and its kept draws, as one blueprint.

model = load("soviet-japanese-war")
model.blueprint          what the engine needs, in numbers
model.book               what people read
model.digest             changes whenever an answer could
"""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from types import ModuleType

import numpy as np

from allohistory.book.tables import Book
from allohistory.book.tables import RuleFacts as BookRuleFacts
from allohistory.errors import AllohistoryError, nearest
from allohistory.timeline.blueprint import Blueprint, RuleFacts
from allohistory.timeline.kept_book import read_or_kept
from allohistory.timeline.kept_draws import DrawTable, read_draws
from allohistory.timeline.plan import PLACES
from allohistory.timeline.record_numbers import Numbers, coverage_facts, entry_facts, variable_facts
from allohistory.timeline.rule import Rule, rule_book

PACKAGE = Path(__file__).resolve().parent.parent
SHORT_NAMES = {"soviet-japanese-war": "sjw"}
DIGESTED = ("book", "luck", "timeline", "ensemble")


@dataclass(frozen=True)
class Model:
    """One scenario, loaded. Mappings are by id."""

    name: str
    folder: Path
    book: Book
    rules: Mapping[str, Rule]
    numbers: Mapping[str, Mapping[str, int]]
    order: tuple[str, ...]
    draws: DrawTable
    blueprint: Blueprint

    @cached_property
    def digest(self) -> str:
        """Hexadecimal digest of all that can move a bit of an answer: engine, rules, numbers, tables, draws."""
        digest = hashlib.sha256()
        files = [path for folder in DIGESTED for path in sorted((PACKAGE / folder).rglob("*.py"))]
        files += [
            path for path in sorted(self.folder.rglob("*")) if path.suffix in (".py", ".toml", ".parquet")
        ]
        for path in files:
            digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
        return digest.hexdigest()

    @cached_property
    def book_rules(self) -> dict[str, BookRuleFacts]:
        """The rules as the book's checks and changes need them."""
        entities = {rule.id: rule.entities for rule in self.blueprint.rules if rule.entities != ("",)}
        return {
            id: BookRuleFacts(
                id=id,
                number=self.numbers["rules"][id],
                draws=rule.card.draws,
                per=rule.card.per,
                options=rule.card.options,
                silent=rule.card.silent,
                entities=entities.get(id, ()),
            )
            for id, rule in self.rules.items()
        }

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes that timelines carry, in the order of their numbers; the others are expressions of these."""
        return self.blueprint.outcomes


def scenarios() -> list[str]:
    """Names of the scenarios that come with the package."""
    folder = PACKAGE / "scenarios"
    return sorted(path.parent.name.replace("_", "-") for path in folder.glob("*/numbers.toml"))


@lru_cache(maxsize=4)
def load(name: str = "soviet-japanese-war") -> Model:
    """Load a scenario by name; raises AllohistoryError for an unknown one."""
    if name not in scenarios():
        raise AllohistoryError(
            "scenario",
            f'there is no scenario "{name}"',
            given=name,
            possible=scenarios(),
            closest=nearest(name, scenarios()),
        )
    package = f"allohistory.scenarios.{name.replace('-', '_')}"
    folder = PACKAGE / "scenarios" / name.replace("-", "_")
    return put_together(name, package, folder, *read_or_kept(folder))


def build(name: str, package: str, folder: Path, book: Book) -> Model:
    """Put a scenario together from its package and an opened book."""
    numbers = tomllib.loads((folder / "numbers.toml").read_text(encoding="utf-8"))
    draws = read_draws(folder / "book" / "draws.parquet", book, numbers["parameters"])
    return put_together(name, package, folder, book, numbers, draws)


def put_together(
    name: str, package: str, folder: Path, book: Book, numbers: Numbers, draws: DrawTable
) -> Model:
    """The same from a book, frozen numbers and draws that have been read."""
    rules = import_rules(package)
    week: ModuleType = importlib.import_module(f"{package}.week")
    loop: ModuleType = importlib.import_module(f"{package}.loop")
    order = tuple(week.ORDER)
    facts = rule_facts(rules, numbers, order)
    calendar = calendar_of(book)
    blueprint = Blueprint(
        name=name,
        run_worlds=loop.run_worlds,
        weeks=book.calendar.last_week + 1,
        rules=facts,
        variables=variable_facts(book),
        parameters=draws.parameters,
        parameter_draws=draws.values,
        latent_seeds=draws.latent_seeds,
        outcomes=tuple(sorted(numbers["outcomes"], key=lambda id: numbers["outcomes"][id])),
        series=tuple(v.id for v in book.variables.values() if v.series and v.per is None),
        entries=entry_facts(book, facts, rules, numbers),
        coverage=tuple(coverage_facts(row, book, facts) for row in book.coverage),
        year_of=calendar[0],
        month_of=calendar[1],
        week_of_year_of=calendar[2],
    )
    return Model(name, folder, book, rules, numbers, order, draws, blueprint)


def import_rules(package: str) -> dict[str, Rule]:
    """Import every module of a rule book and return what it registered."""
    rules = importlib.import_module(f"{package}.rules")
    for module in pkgutil.iter_modules(rules.__path__):
        importlib.import_module(f"{package}.rules.{module.name}")
    return rule_book(package)


def rule_facts(rules: Mapping[str, Rule], numbers: Numbers, order: tuple[str, ...]) -> tuple[RuleFacts, ...]:
    """The rules in the order of the week; a drawing rule that the week does not name is an error of the scenario."""
    missing = sorted(id for id, rule in rules.items() if rule.card.draws != "nothing" and id not in order)
    unknown = sorted(set(order) - set(rules))
    if missing or unknown:
        raise ValueError(
            f"the order of the week lacks {missing}" if missing else f"no rule is called {unknown}"
        )
    if len(order) >= PLACES:
        raise ValueError(f"a week has room for {PLACES - 1} rules, not for {len(order)}")
    found = []
    for place, id in enumerate(order, start=1):
        card = rules[id].card
        members = numbers.get("entities", {}).get(card.per, {}) if card.per else {"": 0}
        found.append(
            RuleFacts(
                id=id,
                number=numbers["rules"][id],
                draws=card.draws,
                entities=tuple(sorted(members, key=lambda member: members[member])),
                options=card.options,
                silent=card.options.index(card.silent) if card.silent else -1,
                place=place,
                latent=card.latent,
            )
        )
    return tuple(found)


def calendar_of(book: Book) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Year, month and week of the year of each week, by the Monday on which it begins."""
    mondays: list[date] = [
        book.calendar.first + timedelta(weeks=i) for i in range(book.calendar.last_week + 1)
    ]
    years = np.array([monday.year for monday in mondays], np.int64)
    months = np.array([monday.month for monday in mondays], np.int64)
    weeks = np.array([(monday.timetuple().tm_yday - 1) // 7 for monday in mondays], np.int64)
    return years, months, weeks
