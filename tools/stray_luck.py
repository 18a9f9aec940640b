"""Find luck that has no address: other randomness, clocks, and orders that hang on hashes or on the disk.

A timeline is promised bit for bit on any machine, so nothing that makes one may read a generator other than
`allohistory.luck`, a clock, a process number, the order of a set or the order in which a folder lists its files.
This reads syntax trees; it runs nothing.

    python tools/stray_luck.py [FILE ...]      print every offender (default: all folders that make a timeline)
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "allohistory"
FOLDERS = ("luck", "timeline", "scenarios", "results", "ensemble")

GENERATORS = {"random", "secrets", "uuid", "numpy.random", "scipy.stats.sampling", "scipy.stats.qmc", "time"}
CALLS = {
    "os.urandom": "randomness of the machine",
    "os.times": "a clock",
    "datetime.datetime.now": "a clock",
    "datetime.datetime.utcnow": "a clock",
    "datetime.datetime.today": "a clock",
    "datetime.date.today": "a clock",
    "os.listdir": "the order of a folder",
    "os.scandir": "the order of a folder",
    "glob.glob": "the order of a folder",
    "hash": "a hash that differs from run to run",
    "id": "an address in memory",
}
LISTINGS = {"iterdir", "glob", "rglob"}
SETS = {"set", "frozenset"}
SET_METHODS = {"union", "intersection", "difference", "symmetric_difference"}
ORDERLESS = {"sorted", "len", "min", "max", "any", "all", "set", "frozenset", "fsum"}
ORDERED = {
    "list",
    "tuple",
    "enumerate",
    "iter",
    "next",
    "map",
    "zip",
    "sum",
    "filter",
    "dict",
    "fromkeys",
    "join",
}


class Reader(ast.NodeVisitor):
    """Reads one module and gathers its offenders as (line, what)."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []
        self.names: dict[str, str] = {}
        self.sets: set[str] = set()
        self.calm: list[ast.AST] = []

    def note(self, node: ast.AST, what: str) -> None:
        """Write an offender down."""
        self.found.append((getattr(node, "lineno", 0), what))

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self.names[alias.asname or alias.name.split(".")[0]] = (
                alias.name if alias.asname else alias.name.split(".")[0]
            )
            self.check_module(node, alias.name)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = node.module or ""
        self.check_module(node, module)
        for alias in node.names:
            self.names[alias.asname or alias.name] = f"{module}.{alias.name}"
            self.check_module(node, f"{module}.{alias.name}")

    def check_module(self, node: ast.AST, module: str) -> None:
        """An import of a generator or a clock."""
        if module in GENERATORS or any(module.startswith(f"{name}.") for name in GENERATORS):
            self.note(node, f"imports {module}")

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """What is gathered under a name that is sorted later may come in any order."""
        self.calm += gathered_to_be_sorted(node)
        self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if self.full_name(node) in GENERATORS:
            self.note(node, f"uses {self.full_name(node)}")
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            if isinstance(target, ast.Name):
                (self.sets.add if self.is_set(node.value) else self.sets.discard)(target.id)
        self.generic_visit(node)

    def visit_For(self, node: ast.For) -> None:
        if self.is_set(node.iter):
            self.note(node, "goes through a set in the order of its hashes")
        self.generic_visit(node)

    def visit_ListComp(self, node: ast.ListComp) -> None:
        self.comprehension(node)

    def visit_DictComp(self, node: ast.DictComp) -> None:
        self.comprehension(node)

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> None:
        self.comprehension(node)

    def comprehension(self, node: ast.ListComp | ast.DictComp | ast.GeneratorExp) -> None:
        """A list, a dictionary or a stream made from a set, unless at once put into another order."""
        if node not in self.calm and any(self.is_set(part.iter) for part in node.generators):
            self.note(node, "goes through a set in the order of its hashes")
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = self.full_name(node.func)
        last = name.rpartition(".")[2]
        if name in CALLS and node not in self.calm:
            self.note(node, f"calls {name}: {CALLS[name]}")
        if isinstance(node.func, ast.Attribute) and node.func.attr in LISTINGS and node not in self.calm:
            self.note(node, f"calls .{node.func.attr}(): the order of a folder; wrap it in sorted()")
        last = last or (node.func.attr if isinstance(node.func, ast.Attribute) else "")
        if last in ORDERED and any(self.is_set(argument) for argument in node.args):
            self.note(node, f"{last}() of a set has the order of its hashes")
        if last in ORDERLESS:
            self.calm += self.undisturbed(node)
        self.generic_visit(node)

    def undisturbed(self, call: ast.Call) -> Iterator[ast.AST]:
        """What may have any order, for the call around it does not care: its argument, and what that goes through."""
        for argument in call.args:
            yield argument
            for part in getattr(argument, "generators", []):
                yield part.iter

    def is_set(self, node: ast.AST) -> bool:
        """Whether an expression is a set, as far as its text tells."""
        if isinstance(node, (ast.Set, ast.SetComp)):
            return True
        if isinstance(node, ast.Name):
            return node.id in self.sets
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.BitOr, ast.BitAnd, ast.Sub, ast.BitXor)):
            return self.is_set(node.left) or self.is_set(node.right)
        if isinstance(node, ast.Call):
            method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            return self.full_name(node.func) in SETS or method in SET_METHODS
        return False

    def full_name(self, node: ast.AST) -> str:
        """A dotted name with its import resolved; empty for anything else."""
        if isinstance(node, ast.Name):
            return self.names.get(node.id, node.id)
        if isinstance(node, ast.Attribute):
            before = self.full_name(node.value)
            return f"{before}.{node.attr}" if before else ""
        return ""


def gathered_to_be_sorted(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """Parts of a function whose values go into a list that the function sorts before it uses it."""
    inside = list(ast.walk(function))
    names = {name for node in inside for name in sorted_names(node)}
    for node in inside:
        if isinstance(node, ast.Assign) and any(
            getattr(target, "id", "") in names for target in node.targets
        ):
            yield from ast.walk(node.value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in ("append", "extend") and getattr(node.func.value, "id", "") in names:
                yield from ast.walk(node)


def sorted_names(node: ast.AST) -> Iterator[str]:
    """The names that a call sorts."""
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Name) and node.func.id == "sorted":
            yield from (argument.id for argument in node.args if isinstance(argument, ast.Name))
        elif isinstance(node.func, ast.Attribute) and node.func.attr == "sort":
            yield getattr(node.func.value, "id", "")


def offenders_in(text: str, name: str = "text") -> list[str]:
    """Every offender of one module's text as `name:line what`."""
    reader = Reader()
    reader.visit(ast.parse(text))
    return [f"{name}:{line} {what}" for line, what in sorted(set(reader.found))]


def modules() -> list[Path]:
    """All modules that make a timeline."""
    return sorted(path for folder in FOLDERS for path in (PACKAGE / folder).rglob("*.py"))


def offenders(paths: list[Path]) -> list[str]:
    """Every offender of many modules."""
    found = []
    for path in paths:
        name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)
        found += offenders_in(path.read_text(encoding="utf-8"), name)
    return found


def main() -> int:
    """Print every offender; 1 where there is one."""
    found = offenders([Path(name).resolve() for name in sys.argv[1:]] or modules())
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
