"""How a sentence is built: its first words, with names, numbers and lists of them masked.

Two sentences are of one pattern where these are the same: "The Soviets take Harbin and Mukden" and "The Japanese take
Hailar". Read from the text alone.
"""

from __future__ import annotations

import re

LENGTH = 6  # words that a pattern is known by
_NUMBERS = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred"""
_OPENERS = """a again all american among an and another around arrests at attack before behind both but by columns
crowds dead death depot down each far fast fire for from garrisons gas ground hospitals hunger in into it losses lost
men mines more most near neither no nobody not nothing of officers on once one only over patriots patrols rice shells
shots since slowly small some south supply taken that the their there these they this those three to troops two under
until up war when where while with without"""
NUMBERS, OPENERS = frozenset(_NUMBERS.split()), frozenset(_OPENERS.split())
WORD = re.compile(r"[A-Za-z0-9À-ž'’%.,-]*[A-Za-z0-9À-ž%]|[;:]")


def pattern(sentence: str) -> str:
    """The pattern of a sentence."""
    masked = [_mask(word, place) for place, word in enumerate(WORD.findall(sentence))]
    kept: list[str] = []
    for word in masked:
        if word in ("N", "#") and _joins(kept, word):
            while kept and kept[-1] in ("and", "the", word):
                kept.pop()
        kept.append(word)
    return " ".join(kept[:LENGTH])


def _mask(word: str, place: int) -> str:
    plain = word.strip(".,")
    if plain[:1].isdigit() or plain.lower() in NUMBERS:
        return "#"
    if plain[:1].isupper() and not (place == 0 and plain.lower() in OPENERS):
        return "N"
    return plain.lower()


def _joins(kept: list[str], word: str) -> bool:
    """Is this the next of a list: "N, N", "N and N", "N and the N"?"""
    if not kept:
        return False
    if kept[-1] == word:
        return True
    tail = [one for one in kept[-3:] if one not in ("and", "the")]
    return "and" in kept[-2:] and bool(tail) and tail[-1] == word


def shares(sentences: list[str]) -> dict[str, float]:
    """Each pattern's share of some sentences, the commonest first."""
    count: dict[str, int] = {}
    for one in sentences:
        key = pattern(one)
        count[key] = count.get(key, 0) + 1
    total = max(len(sentences), 1)
    return {key: number / total for key, number in sorted(count.items(), key=lambda item: -item[1])}
