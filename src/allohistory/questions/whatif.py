"""From a what-if file to a question; what the command line or the caller says overrides the file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allohistory.book.what_if import read_what_if
from allohistory.errors import AllohistoryError, nearest
from allohistory.questions.columns import meant
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
    try:
        held = read_what_if(path, model.book, model.book_rules, where=str(path))
    except AllohistoryError as mistake:
        raise pointed(mistake, path) from None
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


def pointed(mistake: AllohistoryError, path: Path) -> AllohistoryError:
    """The same error with the line of the file that holds the word it is about, where there is one such line."""
    meant(mistake)
    listed = re.fullmatch(r"expected one of (?P<words>.+)", mistake.problem)
    if listed is not None and not mistake.closest and isinstance(mistake.given, str):
        mistake.possible = listed["words"].split(", ")
        mistake.closest = nearest(mistake.given, mistake.possible)
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return mistake
    place = line_of(mistake, lines)
    if place and mistake.where.startswith(str(path)):
        mistake.where = f"{path}, line {place}{mistake.where.removeprefix(str(path))}"
    return mistake


def line_of(mistake: AllohistoryError, lines: list[str]) -> int:
    """The first line with the words that the error quotes, the longest first; 0 where none has them."""
    quoted = sorted(re.findall(r'"([^"]+)"', mistake.problem), key=len, reverse=True)
    given = [str(mistake.given)] if mistake.given else []
    for words in [*quoted, *given]:
        for number, line in enumerate(lines, start=1):
            if words in line and not line.lstrip().startswith("#"):
                return number
    return 0
