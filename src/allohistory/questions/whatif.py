"""From a what-if, a file or its keys as JSON, to a question; what the command line or the caller says overrides it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allohistory.book.what_if import WhatIf, read_what_if
from allohistory.errors import AllohistoryError, nearest
from allohistory.questions.columns import meant
from allohistory.questions.question import Question

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

TO_BE_WRITTEN = "what-if.toml"
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
    words, kept = words_of(held, model, overriding, str(path))
    if "precision" in overriding and "timelines" not in overriding:
        words.pop("timelines", None)
    if "timelines" in overriding and "precision" not in overriding:
        words.pop("precision", None)
    return Question(**words, file=str(path), from_file=kept, **overriding)


def question_from_keys(content: Mapping[str, Any], model: Model, where: str) -> Question:
    """Read the same keys as JSON gives them, with the same checks; `where` names them in an error.

    What no option of the command line can say (priors, readings, outcomes and claims of one's own) has to be written
    to a file before the question can be asked there; `again` then names that file.
    """
    try:
        held = read_what_if(content, model.book, model.book_rules, where=where)
    except AllohistoryError as mistake:
        raise listed(meant(mistake)) from None
    words, kept = words_of(held, model, {}, where)
    needs_file = any(getattr(held, name) for name in ("priors", "variants", "outcomes", "claims"))
    return Question(**words, file=TO_BE_WRITTEN if needs_file else None, from_file=kept if needs_file else ())


def words_of(
    held: WhatIf, model: Model, overriding: Mapping[str, Any], where: str
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What a what-if says, as parts of a question; and the keys that nothing overrides."""
    if held.scenario is not None and held.scenario != model.name:
        raise AllohistoryError(
            where,
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
    }
    kept = []
    for key, name in FROM_THE_FILE:
        if name in overriding or key not in held.named:
            continue
        words[name] = getattr(held, "ask" if key == "ask" else name)
        kept.append(key)
    return words, tuple(kept)


def pointed(mistake: AllohistoryError, path: Path) -> AllohistoryError:
    """The same error with the line of the file that holds the word it is about, where there is one such line."""
    listed(meant(mistake))
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return mistake
    place = line_of(mistake, lines)
    if place and mistake.where.startswith(str(path)):
        mistake.where = f"{path}, line {place}{mistake.where.removeprefix(str(path))}"
    return mistake


def listed(mistake: AllohistoryError) -> AllohistoryError:
    """The same error with the words that its problem lists as what could stand there."""
    words = re.fullmatch(r"expected one of (?P<words>.+)", mistake.problem)
    if words is not None and not mistake.closest and isinstance(mistake.given, str):
        mistake.possible = words["words"].split(", ")
        mistake.closest = nearest(mistake.given, mistake.possible)
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
