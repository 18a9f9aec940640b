"""Write the stubs of a new rule: the rule, its first parameter, its cases.

    python tools/new_rule.py tokyo.answers-note      (or: make new-rule ID=tokyo.answers-note)

The three stubs carry one subject's name in three places: rules/SUBJECT.py, book/parameters/SUBJECT.toml and
tests/rules/SUBJECT.toml. Each is appended to its file, or begins it. What is left to do is printed.
docs/how_to/add_a_rule.md goes through the rest.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCENARIO = "soviet_japanese_war"
ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\.[a-z][a-z0-9]*(?:-[a-z0-9]+)*")

RULE_HEAD = '''"""{title}: what this subject's rules decide together, in one sentence."""

from allohistory.timeline.rule import rule
'''
RULE = '''

@rule(
    "{id}",
    draws="clock",
    facts=(),
    leaves_out="what a historian would miss here",
)
def {function}(tension, p):
    """How often does this happen? Two sentences that say what historians say.

    tension   0..1  what it reads, each input with its unit
    returns   hazard a week

    Rests on    the ids of facts above
    Leaves out  as above
    """
    return p.per_week * tension
'''
PARAMETER = """
[[parameter]]
id = "{id}.per_week"
what = "How many a week at full tension"
unit = "per week"
prior = {{ family = "lognormal", median = 0.01, sigma = 0.7 }}
in_words = "once in 100 weeks; 90 % between once in 320 and once in 32"
facts = []
because = "Say why, with the figures that it comes from."
grade = "C"
"""
CASE = """
[[case]]
rule = "{id}"
name = "no tension, no event"
given = {{ tension = 0.0 }}
expect = {{ per_week = 0.0 }}
margin = 0.0
because = "Say what a historian would expect, and why."
"""


def stubs(id: str) -> dict[str, tuple[str, str]]:
    """For each file its head, should it be new, and the stub to append."""
    subject, words = id.split(".")
    names = {"id": id, "title": subject.replace("-", " ").capitalize(), "function": words.replace("-", "_")}
    file = subject.replace("-", "_")
    folder = f"src/allohistory/scenarios/{SCENARIO}"
    return {
        f"{folder}/rules/{file}.py": (RULE_HEAD.format(**names), RULE.format(**names)),
        f"{folder}/book/parameters/{file}.toml": ("", PARAMETER.format(**names)),
        f"tests/rules/{file}.toml": ("", CASE.format(**names)),
    }


def trouble(id: str, root: Path) -> str:
    """Why this id cannot be a new rule's; empty where it can."""
    if not ID.fullmatch(id):
        return (
            f'new-rule: "{id}" is no rule id; nearest: subject.words-with-hyphens, as in tokyo.answers-note'
        )
    for name in stubs(id):
        path = root / name
        if path.exists() and f'"{id}' in path.read_text(encoding="utf-8"):
            return f'new-rule: "{id}" stands in {name} already'
    return ""


def write(id: str, root: Path) -> list[str]:
    """Append the stubs and return the names of the files."""
    for name, (head, stub) in stubs(id).items():
        path = root / name
        before = path.read_text(encoding="utf-8") if path.exists() else head
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(before + stub if before else stub.lstrip("\n"), encoding="utf-8")
    return list(stubs(id))


def main() -> int:
    """Write the stubs and say what is left to do."""
    parser = argparse.ArgumentParser(description="Write the stubs of a new rule.")
    parser.add_argument("id", metavar="ID", help="subject.words-with-hyphens, as in tokyo.answers-note")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    wrong = trouble(arguments.id, arguments.root)
    if wrong:
        print(f"error: {wrong}", file=sys.stderr)
        return 2
    for name in write(arguments.id, arguments.root):
        print(f"wrote a stub to {name}")
    print("next: fill them in, call the rule from steps/, add its coverage to book/record/, then `make docs`")
    print("more: docs/how_to/add_a_rule.md")
    return 0


if __name__ == "__main__":
    sys.exit(main())
