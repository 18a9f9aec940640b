"""Write a scenario's `names.py` and `numbers.toml` from its rules, entities and outcomes.

Luck and addresses are made of numbers, so every rule, entity, outcome, variable, parameter and divergence
has one that is frozen: this tool only ever appends to `numbers.toml`. `names.py` gives the same numbers to
compiled code as np.int64 constants (a plain integer would be compiled anew for each value).

    python tools/names.py            write both files
    python tools/names.py --check    fail, and say why, where they are stale
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from allohistory.timeline.rule import Rule

ROOT = Path(__file__).resolve().parent.parent
Numbers = dict[str, Any]  # section -> id -> number; entities: kind -> id -> number
SECTIONS = ("rules", "outcomes", "variables", "parameters", "pods", "keys")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("scenario", nargs="?", default="soviet_japanese_war")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a file is stale")
    arguments = parser.parse_args()
    sys.path.insert(0, str(ROOT / "src"))
    folder = ROOT / "src" / "allohistory" / "scenarios" / arguments.scenario
    rules = registered_rules(f"allohistory.scenarios.{arguments.scenario}")
    numbers = numbered(folder, rules)
    texts = {"numbers.toml": numbers_text(numbers), "names.py": names_text(folder, numbers, rules)}
    return compare(folder, texts) if arguments.check else write(folder, texts)


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


def constant(*parts: str) -> str:
    return "__".join(part.upper().replace(".", "_").replace("-", "_") for part in parts)


def names_text(folder: Path, numbers: Numbers, rules: dict[str, Rule]) -> str:
    lines = ['"""Frozen numbers for compiled code. Made by tools/names.py; do not edit."""', ""]
    lines += ["from numpy import int64", "", "# Rules"]
    lines += [f"{constant(id)} = int64({number})" for id, number in numbers["rules"].items() if id in rules]
    lines += ["", "# Options"]
    for id, found in rules.items():
        lines += [f"{constant(id, option)} = int64({i})" for i, option in enumerate(found.card.options)]
    lines += ["", "# Entities"]
    for kind, members in numbers.get("entities", {}).items():
        lines.append(f"{constant(kind)}S = int64({len(members)})")
        lines += [f"{constant(kind, member)} = int64({number})" for member, number in members.items()]
    lines += ["", "# Outcomes"]
    lines += [f"{constant('outcome', id)} = int64({number})" for id, number in numbers["outcomes"].items()]
    for row in tables(folder, "outcomes", "outcome"):
        options = row.get("options", [])
        lines += [
            f"{constant('outcome', row['id'], option)} = int64({i})" for i, option in enumerate(options)
        ]
    lines += ["", "# Keys of decisions that history took once"]
    lines += [f"{constant('key', id)} = int64({number})" for id, number in numbers["keys"].items()]
    return "\n".join(lines) + "\n"


def write(folder: Path, texts: dict[str, str]) -> int:
    for name, text in texts.items():
        (folder / name).write_text(text)
    print(f"wrote {', '.join(texts)} in {folder.relative_to(ROOT)}")
    return 0


def compare(folder: Path, texts: dict[str, str]) -> int:
    stale = [
        name
        for name, text in texts.items()
        if not (folder / name).exists() or (folder / name).read_text() != text
    ]
    for name in stale:
        print(f"{folder.relative_to(ROOT)}/{name} is stale: run python tools/names.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
