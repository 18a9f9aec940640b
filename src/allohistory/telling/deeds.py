"""What a side did in a week of war, put into one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from allohistory.telling.script import listed

SIDES = ("the Soviets", "the Japanese")
HELD = "are held"


@dataclass(frozen=True)
class Deed:
    """Something that one side did in a week: "break through", "towards Hailar (90 km)"."""

    side: int
    verb: str
    where: str


def round_km(km: float) -> int:
    """Kilometres as a reader wants them: to five below a hundred, else to ten."""
    step = 5 if km < 100 else 10
    return int(round(km / step) * step)


def one_side(side: int, deeds: Sequence[Deed]) -> str:
    """What one side did in a week: "the Soviets break through towards Hailar (90 km) and take Manchouli"."""
    by_verb: dict[str, list[str]] = {}
    for deed in deeds:
        by_verb.setdefault(deed.verb, []).append(deed.where)
    held = by_verb.pop(HELD, [])
    done = [f"{verb} {listed(where)}" for verb, where in by_verb.items()]
    if not done:
        return f"{SIDES[side]} attack {listed(held)} and {HELD}" if held else ""
    return f"{SIDES[side]} {listed(done)}{f', and {HELD} {listed(held)}' if held else ''}"
