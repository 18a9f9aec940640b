"""From a what-if file to a question; what the command line or the caller says overrides the file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from allohistory.book.what_if import read_what_if
from allohistory.errors import AllohistoryError
from allohistory.questions.question import Question

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

FROM_THE_FILE = (
    ("pods", "pods"),
    ("do", "do"),
    ("from", "from_"),
    ("luck", "luck"),
    ("coupling", "coupling"),
    ("clocks", "clocks"),
    ("ask", "outcomes"),
    ("given", "given"),
    ("without", "without"),
    ("timelines", "timelines"),
    ("precision", "precision"),
    ("draws", "draws"),
    ("seed", "seed"),
)


def question_from_file(path: Path, model: Model, overriding: dict[str, Any]) -> Question:
    """Read a file against the scenario; raises AllohistoryError naming file, key and the nearest valid thing."""
    if not path.is_file():
        siblings = [str(one) for one in path.parent.glob("*.toml")] if path.parent.is_dir() else []
        raise AllohistoryError(f"--file {path}", "there is no such file", given=str(path), possible=siblings)
    held = read_what_if(path, model.book, model.book_rules, where=str(path))
    if held.scenario is not None and held.scenario != model.name:
        raise AllohistoryError(
            str(path),
            f'it asks the scenario "{held.scenario}", not "{model.name}"',
            given=held.scenario,
            closest=model.name,
        )
    words: dict[str, Any] = {
        "scenario": model.name,
        "title": held.title,
        "priors": held.priors,
        "variants": held.variants,
        "custom": tuple(held.outcomes.values()),
        "claims": held.claims,
        "file": str(path),
    }
    kept = []
    for key, name in FROM_THE_FILE:
        if name in overriding or key not in held.named:
            continue
        words[name] = getattr(held, "ask" if key == "ask" else name)
        kept.append(key)
    if "precision" in overriding and "timelines" not in overriding:
        words.pop("timelines", None)
    if "timelines" in overriding and "precision" not in overriding:
        words.pop("precision", None)
    return Question(**words, from_file=tuple(kept), **overriding)
