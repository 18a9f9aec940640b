"""Write the golden digests anew, with a passport that says what made them.

A golden digest is no evidence of truth: it only notices that an answer moved. It is written by this command alone,
when answers were meant to change, together with a line of kind `results` in CHANGELOG.md.

    python tools/golden.py               write tests/golden/digests.toml
    python tools/golden.py --check       write nothing; fail where a digest differs
    python tools/golden.py --released    at a release: keep a copy of the frozen numbers, which later ones are held to
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import house_rules

DIGESTS = house_rules.ROOT / "tests" / "golden" / "digests.toml"
PASSPORT = """\
# Golden digests, written by `make golden` and by nothing else. They are no evidence of truth: they notice change.
# Same digests are promised for any number of threads and processes, any batch size, any processor.
"""


def digests_now() -> dict[str, str]:
    """The digest of each golden case, by name, made by running it."""
    from allohistory.ensemble.golden import digests

    return dict(digests())


def digests_text(digests: Mapping[str, str], version: str) -> str:
    """The file of digests: passport, version, one digest a line."""
    lines = [f'"{name}" = "{digest}"' for name, digest in sorted(digests.items())]
    return "\n".join([f"{PASSPORT}", f'made_by = "allohistory {version}"', "", "[digests]", *lines, ""])


def differences(now: Mapping[str, str], kept: Mapping[str, str]) -> list[str]:
    """What differs between two sets of digests, a line each."""
    names = sorted({*now, *kept})
    return [
        f"{name}: kept {kept.get(name, 'nothing')}, now {now.get(name, 'nothing')}"
        for name in names
        if now.get(name) != kept.get(name)
    ]


def released_text(numbers: Mapping[str, Mapping[str, object]]) -> str:
    """The frozen numbers of all scenarios as one file."""
    lines = ["# Frozen numbers as the last release had them, written by tools/golden.py --released."]
    for scenario, sections in numbers.items():
        lines += section_lines(scenario, sections)
    return "\n".join([*lines, ""])


def section_lines(name: str, section: Mapping[str, object]) -> list[str]:
    """One section and those inside it."""
    own = [f'"{key}" = {value}' for key, value in section.items() if not isinstance(value, Mapping)]
    lines = ["", f"[{name}]", *own] if own else []
    for key, value in section.items():
        if isinstance(value, Mapping):
            lines += section_lines(f"{name}.{key}", value)
    return lines


def main() -> int:
    """Write the digests, compare them, or keep a release's numbers."""
    parser = argparse.ArgumentParser(description="Write the golden digests anew.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a digest differs")
    parser.add_argument("--released", action="store_true", help="keep a copy of the frozen numbers instead")
    arguments = parser.parse_args()
    if arguments.released:
        house_rules.RELEASED.write_text(released_text(house_rules.numbers_now()), encoding="utf-8")
        print(f"wrote {house_rules.name_of(house_rules.RELEASED)}")
        return 0
    now = digests_now()
    kept = tomllib.loads(DIGESTS.read_text(encoding="utf-8"))["digests"] if DIGESTS.exists() else {}
    found = differences(now, kept)
    for line in found:
        print(line)
    if arguments.check or not found:
        return 1 if found else 0
    from allohistory.version import VERSION

    DIGESTS.write_text(digests_text(now, VERSION), encoding="utf-8")
    print(f"wrote {house_rules.name_of(DIGESTS)}; say why in CHANGELOG.md, kind `results`")
    return 0


if __name__ == "__main__":
    sys.exit(main())
