"""How surprising a history is: the player's own decisions apart from the world's luck.

A decision costs -log2 of the probability that the rules gave to what was chosen. The world's luck is the sum of the
same over every other decision and every event that came; it is set beside what our own history comes to under the same
parameters, for any history is improbable in detail. A proposal that the player let pass counts with the world's luck,
which brought it; one that was shelved costs the probability of the silence that was imposed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allohistory.questions.play.desk import FIRES
from allohistory.results.words import one_in

if TYPE_CHECKING:
    from allohistory.questions.play.desk import Asked
    from allohistory.questions.play.listening import Occasion

CERTAIN = 1e-12
MOST_ODDS = 20.0  # bits: beyond, odds are only a long row of noughts


@dataclass(frozen=True)
class Luck:
    """What a stretch of the world's luck came to: bits, over how many draws."""

    bits: float
    draws: int

    @property
    def each(self) -> float:
        """Bits a draw."""
        return self.bits / self.draws if self.draws else 0.0


def bits_of(chance: float | None) -> float:
    """Surprise of one draw."""
    if chance is None or math.isnan(chance):
        return 0.0
    return -math.log2(max(chance, CERTAIN))


def yours(past: Iterable[Asked]) -> float:
    """Bits of the player's decisions."""
    return sum(bits_of(one.chance) for one in past if one.option != FIRES)


def world(heard: Iterable[Occasion], mine: set[tuple[str, str, int]], first: int, until: int) -> Luck:
    """The luck of all that was not the player's, from one week until before another."""
    others = [one for one in heard if first <= one.week < until and one.question not in mine]
    return Luck(sum(bits_of(one.chance) for one in others), len(others))


def in_words(bits: float, decisions: int, here: Luck, ours: Luck) -> str:
    """Two sentences for a reader who has never met a bit."""
    if decisions == 0:
        first = "You have decided nothing yet."
    elif bits < 0.05:
        first = "You did what the rules thought all but certain."
    else:
        usual = 2 ** (-bits / decisions)
        tosses = round(bits) or 1
        rare = f", {one_in(2**bits)}" if bits <= MOST_ODDS else ""
        first = (
            f"That somebody at this desk decides just so is about as likely as calling {tosses} "
            f"{'toss' if tosses == 1 else 'tosses'} of a coin in a row{rare}: {decisions} "
            f"{'decision' if decisions == 1 else 'decisions'}, and what you took had on average "
            f"a chance of {100 * usual:.0f} %. {_character(usual)}"
        )
    if not here.draws or not ours.draws:
        return first
    return f"{first} {_fortune(here, ours)}"


def _character(usual: float) -> str:
    if usual >= 0.6:
        return "A cautious hand: mostly you did what was expected."
    if usual >= 0.35:
        return "Neither tame nor wild: you took the likely road and left it now and then."
    return "A gambler's hand: again and again you took what few would have expected."


def _fortune(here: Luck, ours: Luck) -> str:
    ratio = here.each / ours.each if ours.each else 1.0
    if ratio > 1.15:
        verdict = "stranger luck than our own history had"
    elif ratio < 0.87:
        verdict = "tamer luck than our own history had"
    else:
        verdict = "luck of much the same kind as our own history had"
    return f"The rest of the world had {verdict}."


def as_json(bits: float, decisions: int, here: Luck, ours: Luck) -> dict[str, Any]:
    """Keys of the answer."""
    return {
        "yours_bits": round(bits, 3),
        "decisions": decisions,
        "world_bits": round(here.bits, 3),
        "world_draws": here.draws,
        "our_history_bits": round(ours.bits, 3),
        "our_history_draws": ours.draws,
        "words": in_words(bits, decisions, here, ours),
    }
