"""The order of dates in a history, its patterns, and how alike two histories are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise

from allohistory.telling.patterns import pattern

MOST = 0.03  # of sentences that one pattern may make up, over a hundred histories
ALIKE = 0.5  # of sentences that two histories of one road may have in common, word for word


def out_of_order(dates: Sequence[str], first: str, last: str) -> Iterator[tuple[int, str]]:
    """(place, why) of every date that is before the one before it, or outside the days that are told."""
    for place, (before, after) in enumerate(pairwise(dates), start=1):
        if dt.date.fromisoformat(after) < dt.date.fromisoformat(before):
            yield place, f"{after} stands after {before}"
    for place, date in enumerate(dates):
        if not first <= date <= last:
            yield place, f"{date} is outside {first} to {last}"


def neighbours(sentences: Sequence[str]) -> Iterator[tuple[int, str]]:
    """(place, pattern) of every sentence that is built like the one before it."""
    for place, (before, after) in enumerate(pairwise(sentences), start=1):
        if pattern(before) == pattern(after):
            yield place, pattern(after)


def in_common(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of sentences, word for word, that the shorter of two histories has in common with the longer."""
    mine, theirs = set(one), set(other)
    return len(mine & theirs) / max(min(len(mine), len(theirs)), 1)
