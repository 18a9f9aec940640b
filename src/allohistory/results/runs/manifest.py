"""manifest.json: the question of a run, the versions that made it, its plan of batches, and which of them are done.

It holds no clock, no computer's name and no path, so that two runs of one question end with the same bytes. A run made
by another version, model or PyArrow opens for reading only: its batches would not be the bytes that this one makes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from allohistory.errors import AllohistoryError
from allohistory.results.files import canonical, write_whole

FORMAT = 1
FILE = "manifest.json"
BATCH = 1000


@dataclass(frozen=True)
class Done:
    """A batch that is finished: digests (SHA-256) of its parts, its rows, and how many timelines were set aside."""

    outcomes: str
    rows: int
    set_aside: int
    events: str | None = None

    def as_json(self, batch: int) -> dict[str, Any]:
        """One entry of the list of batches done."""
        held = {"batch": batch, "outcomes": self.outcomes, "rows": self.rows, "set_aside": self.set_aside}
        return held if self.events is None else {**held, "events": self.events}


@dataclass(frozen=True)
class Versions:
    """What must be the same for the same bytes."""

    allohistory: str
    model: str
    pyarrow: str

    def differing(self, other: Versions) -> str:
        """In words, where this and the other differ; empty where they do not."""
        if self.allohistory != other.allohistory:
            return f"version {self.allohistory}, this is {other.allohistory}"
        if self.model != other.model:
            return f"model {self.model[:12]}, this is {other.model[:12]}"
        if self.pyarrow != other.pyarrow:
            return f"PyArrow {self.pyarrow}, this is {other.pyarrow}"
        return ""


@dataclass
class Manifest:
    """A run. `timelines` is None as long as a precision decides how many it takes."""

    scenario: str
    versions: Versions
    question: Mapping[str, Any]
    seed: int
    arms: tuple[str, ...]
    timelines: int | None
    events: bool = False
    batch: int = BATCH
    done: dict[int, Done] = field(default_factory=dict)

    @property
    def batches(self) -> int | None:
        """How many batches there are in all; None where that is not settled yet."""
        return None if self.timelines is None else -(-self.timelines // self.batch)

    @property
    def settled(self) -> bool:
        """Is it known how many timelines there will be?"""
        return self.timelines is not None

    @property
    def finished(self) -> bool:
        """Are all batches done?"""
        return self.batches is not None and len(self.done) == self.batches

    @property
    def timelines_done(self) -> int:
        """How many timelines of each arm are finished."""
        last = self.batches
        short = 0
        if last is not None and last - 1 in self.done and self.timelines is not None:
            short = last * self.batch - self.timelines
        return len(self.done) * self.batch - short

    def text(self) -> str:
        """The file's text."""
        return canonical(
            {
                "format": FORMAT,
                "scenario": self.scenario,
                "versions": vars(self.versions),
                "question": self.question,
                "seed": self.seed,
                "arms": list(self.arms),
                "events": self.events,
                "plan": {"batch": self.batch, "timelines": self.timelines},
                "done": [self.done[batch].as_json(batch) for batch in sorted(self.done)],
            },
            indent=1,
        )

    def write(self, folder: Path) -> None:
        """Replace the file, whole."""
        write_whole(folder / FILE, self.text().encode())


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a folder, None where there is none; raises AllohistoryError where it cannot be understood."""
    path = folder / FILE
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(folder, str(error)) from error
    try:
        held = json.loads(text)
        if held["format"] != FORMAT:
            raise unreadable(folder, f"its format is {held['format']}, this version reads {FORMAT}")
        done = {
            int(one["batch"]): Done(one["outcomes"], one["rows"], one["set_aside"], one.get("events"))
            for one in held["done"]
        }
        return Manifest(
            scenario=held["scenario"],
            versions=Versions(**held["versions"]),
            question=held["question"],
            seed=held["seed"],
            arms=tuple(held["arms"]),
            timelines=held["plan"]["timelines"],
            events=held["events"],
            batch=held["plan"]["batch"],
            done=done,
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise unreadable(folder, f"it is no manifest of a run ({type(error).__name__}: {error})") from error


def unreadable(folder: Path, why: str) -> AllohistoryError:
    """The one line for a manifest that says nothing we know."""
    return AllohistoryError(
        f"{folder / FILE}", why, given=str(folder), closest="a new folder", see="allohistory runs"
    )
