"""Rules of the house that hold for the whole tree, each a function that returns every offender as one line.

python tools/house_rules.py      print every offender; 1 where there is one
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SCENARIOS = ROOT / "src" / "allohistory" / "scenarios"
LONGEST_MODULE = 400
MADE = {".git", ".venv", "site", "dist", "build", "out", "node_modules", "__pycache__", ".hypothesis"}
TEXT = {
    "",
    ".cfg",
    ".css",
    ".html",
    ".in",
    ".js",
    ".json",
    ".md",
    ".py",
    ".sh",
    ".sql",
    ".svg",
    ".toml",
    ".ts",
    ".txt",
}
TEXT |= {".yaml", ".yml", ".csv"}

# Put together from pieces, so that this file does not offend.
HOSTS = ("pypi" + ".org", "python" + "hosted", "registry" + ".npmjs", "deb" + ".debian", "yarn" + "pkg")
FOLDERS = ("work", "root", "farm", "tmp", "home")
MACHINE_PATH = re.compile(r"(?:^|[^A-Za-z0-9_.\w])/(?:" + "|".join(FOLDERS) + r")/")
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|NotImplemented" + r"Error)\b")

RULE_NUMBERS = {0.0, 0.5, 1.0, 2.0}
KERNEL_MATH = {"sqrt", "floor", "inf", "nan", "isnan", "isinf", "isfinite"}
RELEASED = ROOT / "tests" / "golden" / "numbers-released.toml"


def files(root: Path = ROOT) -> Iterator[Path]:
    """Every text file of the tree that a person or a tool wrote, in a fixed order."""
    for path in sorted(root.iterdir()):
        if (
            path.name in MADE
            or path.name.endswith(("_cache", ".egg-info"))
            or path.name.startswith(".coverage")
        ):
            continue
        if path.is_dir():
            yield from files(path)
        elif path.suffix in TEXT:
            yield path


def name_of(path: Path, root: Path = ROOT) -> str:
    """A path as a message names it."""
    return path.relative_to(root).as_posix()


def long_modules(root: Path = ROOT) -> list[str]:
    """A module over 400 lines wants to be two ideas, also where a tool wrote it."""
    modules = [path for path in files(root) if path.suffix in {".py", ".ts"} and "tests" not in path.parts]
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules}
    return [f"{name_of(path, root)}: {n} lines" for path, n in lengths.items() if n > LONGEST_MODULE]


def banned_words(root: Path = ROOT) -> list[str]:
    """Names of package registries and paths of somebody's machine have no place in the tree."""
    found = []
    for path in files(root):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            words = [host for host in HOSTS if host in line] + MACHINE_PATH.findall(line)
            found += [f"{name_of(path, root)}:{number}: {word.strip()}" for word in words]
    return found


def unfinished(root: Path = ROOT) -> list[str]:
    """What is not built is absent, not stubbed."""
    found = []
    for path in files(root):
        if path.suffix == ".py" and "src" in path.relative_to(root).parts:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                found += [f"{name_of(path, root)}:{number}: {word}" for word in UNFINISHED.findall(line)]
    return found


def numbers_in_rules(folder: Path = SCENARIOS) -> list[str]:
    """A rule holds no number but 0, 1, 1/2 and 2: all others are parameters, with unit, prior and source.

    `units.py` alone may say how many days a year has.
    """
    found = []
    for path in sorted(set(folder.glob("*/rules/*.py")) - set(folder.glob("*/rules/units.py"))):
        for line, value in numbers_of(path.read_text(encoding="utf-8")):
            found.append(f"{path.relative_to(folder).as_posix()}:{line}: {value} wants to be a parameter")
    return found


def numbers_of(text: str) -> list[tuple[int, float]]:
    """Every number of a module that a rule may not hold, with its line.

    Stages of the world are no quantities: whole numbers that are only compared, or that a module names in capitals.
    """
    tree = ast.parse(text)
    stages = {id(part) for node in ast.walk(tree) if isinstance(node, ast.Compare) for part in ast.walk(node)}
    stages |= {id(part) for node in tree.body if names_a_stage(node) for part in ast.walk(node)}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            value = float(node.value)  # type: ignore[arg-type]
            if value not in RULE_NUMBERS and not (id(node) in stages and value.is_integer()):
                found.append((node.lineno, value))
    return found


def names_a_stage(node: ast.stmt) -> bool:
    """Whether a statement gives numbers names in capitals."""
    if not isinstance(node, ast.Assign):
        return False
    names = [part.id for target in node.targets for part in ast.walk(target) if isinstance(part, ast.Name)]
    return all(name.isupper() for name in names)


def foreign_arithmetic(folder: Path = SCENARIOS) -> list[str]:
    """Compiled code uses + - * /, square root and floor; exp, log and powers come from `luck.arithmetic`."""
    found = []
    for path in sorted(folder.rglob("*.py")):
        where = path.relative_to(folder).as_posix()
        if "/rules/" in where or "/steps/" in where:
            found += [
                f"{where}:{line}: {what}" for line, what in arithmetic_of(path.read_text(encoding="utf-8"))
            ]
    return found


def arithmetic_of(text: str) -> list[tuple[int, str]]:
    """Every use of a library's functions or of a power in a module, with its line."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
            found.append((node.lineno, "a power: multiply, or exp(y * log(x)) of luck.arithmetic"))
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "math":
            if node.attr not in KERNEL_MATH:
                found.append((node.lineno, f"math.{node.attr}: use luck.arithmetic"))
        elif isinstance(node, ast.ImportFrom) and node.module == "math":
            strange = [alias.name for alias in node.names if alias.name not in KERNEL_MATH]
            found += [(node.lineno, f"math.{name}: use luck.arithmetic") for name in strange]
    return sorted(found)


def moved_numbers(now: Mapping[str, Any], released: Mapping[str, Any], where: str = "") -> list[str]:
    """Frozen numbers that are gone, changed, or given twice: luck and addresses are made of them."""
    found = []
    for name, old in released.items():
        new = now.get(name)
        if isinstance(old, dict):
            found += moved_numbers(new if isinstance(new, dict) else {}, old, f"{where}{name}: ")
        elif new != old:
            found.append(f"{where}{name} was {old}, is {new}")
    return found


def shared_numbers(now: Mapping[str, Any], where: str = "") -> list[str]:
    """Numbers that two names of one section share."""
    found, seen = [], {}
    for name, value in now.items():
        if isinstance(value, dict):
            found += shared_numbers(value, f"{where}{name}: ")
        elif value in seen:
            found.append(f"{where}{name} and {seen[value]} share {value}")
        else:
            seen[value] = name
    return found


def numbers_now() -> dict[str, Any]:
    """The frozen numbers of every scenario."""
    paths = sorted(SCENARIOS.glob("*/numbers.toml"))
    return {path.parent.name: tomllib.loads(path.read_text(encoding="utf-8")) for path in paths}


def numbers_released() -> dict[str, Any]:
    """The frozen numbers as the last release had them."""
    return tomllib.loads(RELEASED.read_text(encoding="utf-8"))


def offenders() -> list[str]:
    """Everything in the tree that breaks a rule of the house."""
    return [
        *long_modules(),
        *banned_words(),
        *unfinished(),
        *numbers_in_rules(),
        *foreign_arithmetic(),
        *moved_numbers(numbers_now(), numbers_released()),
        *shared_numbers(numbers_now()),
    ]


def main() -> int:
    """Print every offender; 1 where there is one."""
    found = offenders()
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
