"""What a calibration rests on: a digest of everything that moves the likelihood, and of nothing else.

Words do not count: a better docstring or reason leaves a calibration as good as it was.
"""

from __future__ import annotations

import ast
import hashlib
from pathlib import Path

from allohistory.evidence.observations import Observed
from allohistory.timeline.kept_draws import prior_digest
from allohistory.timeline.model import PACKAGE, Model

ENGINE = ("luck", "timeline")
SCENARIO = ("rules", "steps", "theatre", "names", "week.py", "loop.py", "ceilings.py", "outcomes.py")


def basis(model: Model) -> str:
    """16 hexadecimal digits: rules, engine, priors, record, what is covered, and the soft observations."""
    digest = hashlib.sha256()
    folders = [PACKAGE / name for name in ENGINE] + [model.folder / name for name in SCENARIO]
    for folder in folders:
        files = [folder] if folder.suffix else sorted(folder.rglob("*.py"))
        for path in files:
            if path.exists():
                digest.update(place(path, model).encode() + code(path).encode())
    blueprint = model.blueprint
    soft = [(one.id, one.q, one.weight, one.steps) for one in Observed(model).observations]
    for part in (prior_digest(model.book), blueprint.entries, blueprint.coverage, blueprint.variables, soft):
        digest.update(repr(part).encode())
    return digest.hexdigest()[:16]


def place(path: Path, model: Model) -> str:
    """A file's place in the package; in its own folder where a scenario stands elsewhere."""
    root = PACKAGE if path.is_relative_to(PACKAGE) else model.folder.parent
    return path.relative_to(root).as_posix()


def code(path: Path) -> str:
    """A module without comments and docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
            and ast.get_docstring(node) is not None
        ):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)
