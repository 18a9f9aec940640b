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
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from types import ModuleType

import numpy as np

from allohistory.book.open import open_book
from allohistory.book.tables import Book, Coverage, Entry
from allohistory.book.tables import RuleFacts as BookRuleFacts
from allohistory.errors import AllohistoryError, nearest
from allohistory.luck.arithmetic import normal_quantile
from allohistory.timeline.blueprint import Blueprint, CoverageFacts, EntryFacts, RuleFacts, VariableFacts
from allohistory.timeline.kept_draws import DrawTable, read_draws
from allohistory.timeline.rule import Rule, rule_book

PACKAGE = Path(__file__).resolve().parent.parent
SHORT_NAMES = {"soviet-japanese-war": "sjw"}
DIGESTED = ("luck", "timeline", "ensemble")


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
        return {
            rule.id: BookRuleFacts(
                id=rule.id,
                number=rule.number,
                draws=rule.draws,
                per=self.rules[rule.id].card.per,
                options=rule.options,
                silent=self.rules[rule.id].card.silent,
                entities=() if rule.entities == ("",) else rule.entities,
            )
            for rule in self.blueprint.rules
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
    return build(name, package, folder, open_book(folder))


def build(name: str, package: str, folder: Path, book: Book) -> Model:
    """Put a scenario together from its package and an opened book."""
    rules = import_rules(package)
    numbers = tomllib.loads((folder / "numbers.toml").read_text(encoding="utf-8"))
    week: ModuleType = importlib.import_module(f"{package}.week")
    loop: ModuleType = importlib.import_module(f"{package}.loop")
    order = tuple(week.ORDER)
    draws = read_draws(folder / "book" / "draws.parquet", book, numbers["parameters"])
    facts = rule_facts(rules, numbers, order)
    calendar = calendar_of(book)
    blueprint = Blueprint(
        name=name,
        run_world=loop.run_world,
        weeks=book.calendar.last_week + 1,
        rules=facts,
        variables=variable_facts(book, numbers),
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


def rule_facts(rules: Mapping[str, Rule], numbers: Mapping, order: tuple[str, ...]) -> tuple[RuleFacts, ...]:
    """The rules in the order of the week; a drawing rule that the week does not name is an error of the scenario."""
    missing = sorted(id for id, rule in rules.items() if rule.card.draws != "nothing" and id not in order)
    unknown = sorted(set(order) - set(rules))
    if missing or unknown:
        raise ValueError(
            f"the order of the week lacks {missing}" if missing else f"no rule is called {unknown}"
        )
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


def variable_facts(book: Book, numbers: Mapping) -> tuple[VariableFacts, ...]:
    """The variables of the world, one first value for each entity."""
    found = []
    for row in book.variables.values():
        members = book.entity_kinds[row.per].ids if row.per else ("",)
        start = row.start if isinstance(row.start, tuple) else (float(row.start),) * len(members)
        if len(start) != len(members):
            raise AllohistoryError(
                row.where, f"{row.id} has {len(start)} first values for {len(members)} entities"
            )
        found.append(VariableFacts(row.id, tuple(map(float, start)), row.low, row.high, members))
    return tuple(found)


def entry_facts(
    book: Book, facts: tuple[RuleFacts, ...], rules: Mapping[str, Rule], numbers: Mapping
) -> tuple[EntryFacts, ...]:
    """The record in numbers, in the book's order."""
    rule_of = {rule.id: rule for rule in facts}
    return tuple(entry_in_numbers(entry, book, rule_of, rules, numbers) for entry in book.entries.values())


def entry_in_numbers(
    entry: Entry, book: Book, rule_of: Mapping[str, RuleFacts], rules: Mapping[str, Rule], numbers: Mapping
) -> EntryFacts:
    """One entry in numbers; raises AllohistoryError where its rule, entity or option does not exist."""
    rule = rule_of.get(entry.rule)
    if rule is None:
        raise AllohistoryError(
            entry.where,
            f'{entry.id}: no rule is called "{entry.rule}"',
            closest=nearest(entry.rule, list(rule_of)),
        )
    week, day = divmod(book.calendar.day_of(entry.date), 7)
    named = rules[rule.id].card.key
    key = numbers["keys"][named] if named else book.calendar.week_of(entry.event or entry.date)
    return EntryFacts(
        id=entry.id,
        rule=rule.id,
        entity=entity_number(entry, rule),
        key=key,
        step=entry.step or 0,
        week=week,
        day=day,
        took=took_in_numbers(entry, rule, day),
        half=half_width(entry.took),
    )


def entity_number(entry: Entry, rule: RuleFacts) -> int:
    """The number of the entity that an entry names."""
    wanted = entry.entity or ""
    if wanted in rule.entities:
        return rule.entities.index(wanted)
    problem = (
        f'{entry.id}: "{wanted}" is no entity of {rule.id}'
        if wanted
        else f"{entry.id}: {rule.id} needs an entity"
    )
    raise AllohistoryError(
        entry.where, problem, possible=rule.entities, closest=nearest(wanted, list(rule.entities))
    )


def took_in_numbers(entry: Entry, rule: RuleFacts, day: int) -> float:
    """What an entry took: a day of the week for a clock, an option's number, or the value."""
    if rule.draws == "clock" and entry.took == "fired":
        return float(day + 1)
    if rule.draws == "choice" and entry.took in rule.options:
        return float(rule.options.index(str(entry.took)))
    if rule.draws == "shock" and not isinstance(entry.took, str):
        return float(entry.took)
    possible = {"clock": ("fired",), "choice": rule.options}.get(rule.draws, ("a number",))
    problem = f"{entry.id}: {rule.id} cannot take {entry.took!r}"
    raise AllohistoryError(
        entry.where, problem, possible=possible, closest=nearest(str(entry.took), list(possible))
    )


def half_width(took: str | float) -> float:
    """Half the rounding interval of a recorded value: 4 stands for 3.5 to 4.5, 0.25 for 0.245 to 0.255."""
    if isinstance(took, str):
        return 0.5
    decimals = re.fullmatch(r"-?\d+\.?(\d*?)0*", f"{took:.6f}")
    places = len(decimals.group(1)) if decimals else 0
    return 0.5 * 10.0**-places


def coverage_facts(row: Coverage, book: Book, facts: tuple[RuleFacts, ...]) -> CoverageFacts:
    """A coverage in numbers."""
    rule = next((rule for rule in facts if rule.id == row.rule), None)
    if rule is None:
        raise AllohistoryError(f"{row.file}, line {row.line}", f'coverage: no rule is called "{row.rule}"')
    entity = -1 if row.entity == "*" else rule.entities.index(row.entity)
    first, last = (
        book.calendar.week_of(row.first),
        min(book.calendar.week_of(row.last), book.calendar.last_week),
    )
    return CoverageFacts(rule.id, entity, max(first, 0), last)


def calendar_of(book: Book) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Year, month and week of the year of each week, by the Monday on which it begins."""
    mondays: list[date] = [
        book.calendar.first + timedelta(weeks=i) for i in range(book.calendar.last_week + 1)
    ]
    years = np.array([monday.year for monday in mondays], np.int64)
    months = np.array([monday.month for monday in mondays], np.int64)
    weeks = np.array([(monday.timetuple().tm_yday - 1) // 7 for monday in mondays], np.int64)
    return years, months, weeks


def varied(model: Model, variants: Mapping[str, str], priors: Mapping[str, Mapping[str, float]]) -> Blueprint:
    """The blueprint with some entries read as a variant says, and some parameters drawn from a user's own prior.

    variants  entry id -> variant id; priors: parameter id -> {"mean", "sd"}. A user's prior keeps each draw's
    rank under the kept one, so that answers stay comparable draw by draw. Raises AllohistoryError on unknown ids.
    """
    blueprint = model.blueprint
    if variants:
        entries = {entry.id: entry for entry in blueprint.entries}
        for id, variant in variants.items():
            entries[id] = entry_of_variant(model, id, variant)
        blueprint = replace(blueprint, entries=tuple(entries.values()))
    if priors:
        values = blueprint.parameter_draws.copy()
        for id, prior in priors.items():
            column = blueprint.parameters.index(id)
            ranks = (values[:, column].argsort().argsort() + 0.5) / len(values)
            values[:, column] = [prior["mean"] + prior["sd"] * float(normal_quantile(v)) for v in ranks]
        blueprint = replace(blueprint, parameter_draws=values)
    return blueprint


def entry_of_variant(model: Model, id: str, variant: str) -> EntryFacts:
    """An entry as one of its variants has it."""
    entry = model.book.entries[id]
    found = next((v for v in entry.variants if v.id == variant), None)
    if found is None:
        known = [v.id for v in entry.variants]
        raise AllohistoryError(
            "variants", f'{id} has no variant "{variant}"', possible=known, closest=nearest(variant, known)
        )
    changed = replace(
        entry, took=found.took if found.took is not None else entry.took, date=found.date or entry.date
    )
    rule_of = {rule.id: rule for rule in model.blueprint.rules}
    return entry_in_numbers(changed, model.book, rule_of, model.rules, model.numbers)
