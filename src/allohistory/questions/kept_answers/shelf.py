"""Where answers are kept: below ALLOHISTORY_HOME, each under a name made of all that could change it.

The name is a digest of the question, of the model (rules, numbers, tables, draws, engine) and of the code that makes
answers of timelines. So an answer of an old model is never shown as one of a new. There are at most so many, the ones
longest not asked for go first; ALLOHISTORY_NO_KEPT_ANSWERS=1 passes them by.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from allohistory.errors import AllohistoryError
from allohistory.questions.kept_answers.codec import answer_in, text_of
from allohistory.results.files import write_whole
from allohistory.results.home import folder
from allohistory.version import VERSION

if TYPE_CHECKING:
    from allohistory.questions.answer import Answer
    from allohistory.questions.question import Question
    from allohistory.timeline.model import Model

PLACE = "answers"
PASS_BY = "ALLOHISTORY_NO_KEPT_ANSWERS"
MOST_ANSWERS, MOST_BYTES = 400, 100_000_000
PACKAGE = Path(__file__).resolve().parent.parent.parent
CODE = (
    "questions",
    "results",
    "evidence",
    "combat",
    "words",
)  # what makes an answer of timelines; the rest is in the model


def recall(question: Question, model: Model, *, anew: bool = False) -> Answer | None:
    """The answer that was given to this question before, by this model; None where there is none."""
    started = time.monotonic()
    path = None if anew else path_of(question, model)
    if path is None:
        return None
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    answer = answer_in(text)
    if answer is None:
        return None
    with suppress(OSError):
        os.utime(path)
    return as_now(answer, question, started)


def keep(question: Question, model: Model, answer: Answer) -> None:
    """Keep an answer that was worked out to its end; what cannot be written is not kept, silently."""
    path = None if answer.stopped else path_of(question, model)
    if path is None:
        return
    with suppress(AllohistoryError, OSError):
        write_whole(path, text_of(answer).encode())
        make_room(path.parent)


def as_now(answer: Answer, question: Question, started: float) -> Answer:
    """A kept answer, for the question as it is asked now, with the seconds that it took now."""
    head = replace(answer.head, seconds=round(time.monotonic() - started, 3))
    return replace(answer, head=head, question=question)


def path_of(question: Question, model: Model) -> Path | None:
    """Where the answer to this question is kept; None where nothing is to be kept."""
    if os.environ.get(PASS_BY):
        return None
    place = folder(PLACE)
    return None if place is None else place / f"{model.name}-{name_of(question, model)}.json"


def name_of(question: Question, model: Model) -> str:
    """A digest of all that could change a letter of the answer."""
    words = [question.as_json(), question.again, question.scenario, model.digest, VERSION, code_digest()]
    return hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]


@lru_cache(maxsize=1)
def code_digest() -> str:
    """A digest of the code and the words that make answers of timelines."""
    digest = hashlib.sha256()
    for name in CODE:
        for path in sorted(one for one in (PACKAGE / name).rglob("*") if one.suffix in (".py", ".toml")):
            digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def make_room(place: Path) -> None:
    """Take away the answers longest not asked for, beyond what may be kept."""
    held = []
    for path in place.glob("*.json"):
        with suppress(OSError):
            held.append((path.stat().st_mtime, path.stat().st_size, path))
    total = sum(size for _, size, _ in held)
    count = len(held)
    for _, size, path in sorted(held):
        if count <= MOST_ANSWERS and total <= MOST_BYTES:
            return
        with suppress(OSError):
            path.unlink()
        count, total = count - 1, total - size
