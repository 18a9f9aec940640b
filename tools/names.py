"""Write a scenario's package `names` and its `numbers.toml` from its rules, entities and outcomes.

Luck and addresses are made of numbers, so every rule, entity, outcome, variable, parameter and divergence
has one that is frozen: this tool only ever appends to `numbers.toml`. `names/` gives the same numbers to
compiled code as np.int64 constants (a plain integer would be compiled anew for each value), a subject a module.

    python tools/names.py            write them
    python tools/names.py --check    fail, and say why, where a file is stale
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from written import ROOT, SCENARIOS, finish, gathered

if TYPE_CHECKING:
    from allohistory.timeline.rule import Rule

Numbers = dict[str, Any]  # section -> id -> number; entities: kind -> id -> number
SECTIONS = ("rules", "outcomes", "variables", "parameters", "pods", "keys")
APART = {
    "place": "places",
    "line": "lines",
}  # kinds of entities with so many members that each has its module
HEADS = {
    "rules": "Rules",
    "options": "What each rule may decide",
    "entities": "Entities, and how many of each kind there are",
    "places": "Places, and how many there are",
    "lines": "Lines between places, and how many there are",
    "outcomes": "Outcomes with their options, and the keys of decisions that history took once",
}


@dataclass(frozen=True)
class Constant:
    """One line of the package: its name, its number, and what it numbers, as a message says it."""

    name: str
    number: int
    of: str


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("scenario", nargs="?", default="soviet_japanese_war")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a file is stale")
    arguments = parser.parse_args()
    sys.path.insert(0, str(ROOT / "src"))
    folder = SCENARIOS / arguments.scenario
    rules = registered_rules(f"allohistory.scenarios.{arguments.scenario}")
    numbers = numbered(folder, rules)
    modules = constants(folder, numbers, rules)
    if found := clashes(modules):
        sys.exit("\n".join(found))
    texts = {"numbers.toml": numbers_text(numbers)} | names_texts(folder.name, modules)
    return finish(folder, texts, "names.py", arguments.check)


def registered_rules(package: str) -> dict[str, Rule]:
    """Import every module of the scenario's rule book and return the registered rules."""
    rules = importlib.import_module(f"{package}.rules")
    for module in pkgutil.iter_modules(rules.__path__):
        importlib.import_module(f"{package}.rules.{module.name}")
    from allohistory.timeline.rule import rule_book

    return rule_book(package)


def numbered(folder: Path, rules: dict[str, Rule]) -> Numbers:
    """The frozen numbers, with whatever is new appended in the order of the book."""
    path = folder / "numbers.toml"
    numbers = tomllib.loads(path.read_text()) if path.exists() else {}
    for section in SECTIONS:
        numbers.setdefault(section, {})
    append(numbers["rules"], list(rules), first=1)
    for kind in tables(folder, "entities", "entity_kind"):
        members = [member["id"] for member in kind["members"]]
        append(numbers.setdefault("entities", {}).setdefault(kind["id"], {}), members, first=0)
    append(
        numbers["outcomes"],
        [row["id"] for row in tables(folder, "outcomes", "outcome") if not row.get("is")],
        0,
    )
    append(numbers["variables"], [row["id"] for row in tables(folder, "variables/*", "variable")], first=0)
    append(numbers["parameters"], [row["id"] for row in tables(folder, "parameters/*", "parameter")], first=0)
    append(numbers["pods"], [row["id"] for row in tables(folder, "divergences/*", "pod")], first=1)
    append(numbers["keys"], [found.card.key for found in rules.values() if found.card.key], first=1100)
    return numbers


def append(section: dict[str, int], ids: list[str], first: int) -> None:
    free = max(section.values(), default=first - 1) + 1
    for id in ids:
        if id not in section:
            section[id] = free
            free += 1


def tables(folder: Path, pattern: str, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for path in sorted((folder / "book").glob(f"{pattern}.toml")):
        rows += tomllib.loads(path.read_text()).get(name, [])
    return rows


def numbers_text(numbers: Numbers) -> str:
    lines = ["# Frozen numbers: appended to by tools/names.py, never changed, never used twice.", ""]
    flat = {name: numbers[name] for name in SECTIONS}
    flat |= {f"entities.{kind}": members for kind, members in numbers.get("entities", {}).items()}
    for name, section in flat.items():
        lines.append(f"[{name}]")
        lines += [f'"{id}" = {number}' for id, number in sorted(section.items(), key=lambda row: row[1])]
        lines.append("")
    return "\n".join(lines)


def constants(folder: Path, numbers: Numbers, rules: dict[str, Rule]) -> dict[str, list[Constant]]:
    """The constants of each module of the package."""
    modules: dict[str, list[Constant]] = {module: [] for module in HEADS}
    modules["rules"] = [
        Constant(name_of(id), number, f'the rule "{id}"')
        for id, number in numbers["rules"].items()
        if id in rules
    ]
    for id, found in rules.items():
        modules["options"] += listed(found.card.options, f'of the rule "{id}"', id)
    for kind, members in numbers.get("entities", {}).items():
        module = modules[APART.get(kind, "entities")]
        module.append(Constant(f"{name_of(kind)}S", len(members), f'the count of the kind "{kind}"'))
        module += [Constant(name_of(kind, id), n, f'the {kind} "{id}"') for id, n in members.items()]
    modules["outcomes"] = [
        Constant(name_of("outcome", id), number, f'the outcome "{id}"')
        for id, number in numbers["outcomes"].items()
    ]
    for row in tables(folder, "outcomes", "outcome"):
        of = f'of the outcome "{row["id"]}"'
        modules["outcomes"] += listed(row.get("options", []), of, "outcome", row["id"])
    modules["outcomes"] += [
        Constant(name_of("key", id), number, f'the key "{id}"') for id, number in numbers["keys"].items()
    ]
    return {module: rows for module, rows in modules.items() if rows}


def listed(ids: Iterable[str], of: str, *parts: str) -> list[Constant]:
    """Constants for options, numbered in their order."""
    return [Constant(name_of(*parts, id), i, f'the option "{id}" {of}') for i, id in enumerate(ids)]


def name_of(*parts: str) -> str:
    """The constant's name: PLACE__TOKYO for the place "tokyo"."""
    return "__".join(part.upper().replace(".", "_").replace("-", "_") for part in parts)


def clashes(modules: dict[str, list[Constant]]) -> list[str]:
    """A line for every two constants of one name: the second would silently take the first one's place."""
    found: list[str] = []
    first: dict[str, Constant] = {}
    for row in (row for rows in modules.values() for row in rows):
        if row.name in first:
            found.append(f"error: {row.name} would name both {first[row.name].of} and {row.of}; rename one")
        first.setdefault(row.name, row)
    return found


def names_texts(scenario: str, modules: dict[str, list[Constant]]) -> dict[str, str]:
    """The files of the package."""
    package = f"allohistory.scenarios.{scenario}.names"
    doc = "Frozen numbers for compiled code, a subject a module. Made by tools/names.py; do not edit."
    texts = {"names/__init__.py": gathered(package, doc, list(modules))}
    for module, rows in modules.items():
        lines = [
            f'"""{HEADS[module]}.',
            "",
            "Frozen numbers. Made by tools/names.py; do not edit.",
            '"""',
            "",
        ]
        lines += ["from numpy import int64", "", *(f"{row.name} = int64({row.number})" for row in rows)]
        texts[f"names/{module}.py"] = "\n".join(lines) + "\n"
    return texts


if __name__ == "__main__":
    sys.exit(main())
