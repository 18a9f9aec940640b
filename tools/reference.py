"""Write the reference pages: help texts, a page a rule, and the tables, all made from the program itself.

python tools/reference.py            write docs/reference/, the page of the causal graph and the pictures
python tools/reference.py --check    write nothing; fail where a page is stale, missing or left over
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(Path(__file__).resolve().parent))

import atlas_picture  # noqa: E402
import causal_page  # noqa: E402
import pages  # noqa: E402
import python_page  # noqa: E402
import river  # noqa: E402

SCENARIO = "soviet_japanese_war"
REFERENCE = ROOT / "docs" / "reference"


def rule_cards(package: str) -> dict[str, Any]:
    """The cards of a scenario's rules, by id, in the order of the alphabet."""
    rules = importlib.import_module(f"{package}.rules")
    for module in pkgutil.iter_modules(rules.__path__):
        importlib.import_module(f"{package}.rules.{module.name}")
    from allohistory.timeline.rule import rule_book

    found = rule_book(package)
    return {id: found[id].card for id in sorted(found)}


def help_texts() -> dict[str, str]:
    """What `allohistory --help` prints, and the same of each command."""
    from allohistory.cli.parser import COMMANDS

    return {"allohistory": help_of()} | {f"allohistory {name}": help_of(name) for name in COMMANDS}


def help_of(*command: str) -> str:
    """One help text, at a fixed width and without colour."""
    plain = {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb", "PYTHONUTF8": "1"}
    executable = Path(sys.executable).with_name("allohistory")
    done = subprocess.run(
        [str(executable), *command, "--help"],
        env=os.environ | plain,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return "\n".join(line.rstrip() for line in done.stdout.splitlines())


def all_pages(
    cards: Mapping[str, Any], book: Any, helps: Mapping[str, str], learnt: Mapping[str, Any] | None = None
) -> dict[str, str]:
    """Every page by its path below docs/."""
    import allohistory

    made = {
        "pictures/river.svg": river.picture(),
        "pictures/theatre.svg": atlas_picture.picture(),
        "reference/commands.md": pages.commands_page(helps),
        "reference/divergences.md": pages.divergences_page(book),
        "reference/facts.md": pages.facts_page(book),
        "reference/outcomes.md": pages.outcomes_page(book),
        "reference/parameters.md": pages.parameters_page(book, learnt),
        "reference/python.md": python_page.python_page(allohistory),
        "reference/record.md": pages.record_page(book),
        "reference/rules/index.md": pages.rules_index(cards),
        "reference/variables.md": pages.variables_page(book),
    }
    return made | {f"reference/rules/{card.id}.md": pages.rule_page(card, book) for card in cards.values()}


def offenders(docs: Path, made: Mapping[str, str]) -> list[str]:
    """Pages that are missing, stale or left over, each as one line."""
    found = []
    for name, text in made.items():
        path = docs / name
        if not path.exists():
            found.append(f"docs/{name} is missing")
        elif path.read_text(encoding="utf-8") != text:
            found.append(f"docs/{name} is stale")
    return found + [f"docs/{name} is left over" for name in left_over(docs, made)]


def left_over(docs: Path, made: Mapping[str, str]) -> list[str]:
    """Reference pages that nothing makes any more."""
    present = sorted(path.relative_to(docs).as_posix() for path in (docs / "reference").rglob("*.md"))
    return [name for name in present if name not in made]


def write(docs: Path, made: Mapping[str, str]) -> None:
    """Write every page and take away those that nothing makes any more."""
    for name in left_over(docs, made):
        (docs / name).unlink()
    for name, text in made.items():
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def main() -> int:
    """Write the pages, or say which are stale."""
    parser = argparse.ArgumentParser(description="Write the reference pages from the program itself.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a page is stale")
    arguments = parser.parse_args()
    from allohistory.evidence.posterior import read_learnt
    from allohistory.timeline.model import load

    model = load(SCENARIO.replace("_", "-"))
    cards = rule_cards(f"allohistory.scenarios.{SCENARIO}")
    made = all_pages(cards, model.book, help_texts(), read_learnt(model)[0]) | causal_page.causal_pages(model)
    if not arguments.check:
        write(ROOT / "docs", made)
        print(f"wrote {len(made)} generated pages below docs/")
        return 0
    found = offenders(ROOT / "docs", made)
    for line in found:
        print(line)
    if found:
        print("run `make docs`")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
