"""What a reading finds wrong, and how much it could read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: what kind, in which history, on which day, in which sentence, and why."""

    kind: str
    address: str
    date: str
    sentence: str
    why: str


@dataclass
class Reading:
    """What was found in one history or in many.

    sentences  how many there were; understood: of how many the sense was found and held against the timeline
    """

    histories: int = 0
    sentences: int = 0
    understood: int = 0
    findings: list[Finding] = field(default_factory=list)
    patterns: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)

    def add(self, other: Reading) -> None:
        """Take another reading in."""
        self.histories += other.histories
        self.sentences += other.sentences
        self.understood += other.understood
        self.findings += other.findings
        self.patterns += other.patterns
        self.unread += other.unread

    @property
    def commonest(self) -> tuple[str, float]:
        """The pattern with the greatest share of sentences."""
        total = sum(self.patterns.values())
        if not total:
            return "", 0.0
        pattern, count = self.patterns.most_common(1)[0]
        return pattern, count / total
