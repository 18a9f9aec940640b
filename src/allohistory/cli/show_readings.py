"""Of an answer: whether disputed entries and disputed figures, read otherwise, would move it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allohistory.cli.layout import bold, listing, paragraph
from allohistory.results.words import percent, thousands

if TYPE_CHECKING:
    from allohistory.questions.answer import Answer
    from allohistory.questions.predictive.disputes import Moved


def readings(answer: Answer) -> str:
    """Both kinds of dispute, or nothing where nothing was tried."""
    return "\n".join([*entries(answer), *figures(answer)])


def entries(answer: Answer) -> list[str]:
    """Which disputed entries of the record were read otherwise, and whether that moves anything."""
    tried = list(dict.fromkeys(flip.variant for one in answer.outcomes.values() for flip in one.flips))
    if not tried:
        return []
    flipped = {flip.variant for one in answer.outcomes.values() for flip in one.flips if flip.flips}
    rows = [
        (name, "moves an outcome, as said above" if name in flipped else "no more than chance")
        for name in tried
    ]
    return [bold("Disputed entries, read otherwise"), *listing(rows)]


def figures(answer: Answer) -> list[str]:
    """What kept runs say of disputed figures (losses, garrisons, tolls) and the outcomes that were asked."""
    found, timelines = answer.disputed_figures
    if not found:
        return []
    count = len({one.figure for one in found})
    how = f"{count} figures, each as either camp has it, over {thousands(timelines)} timelines a reading"
    moved = [one for one in found if one.flips]
    said = "; ".join(map(_moved, moved)) if moved else "no outcome asked here is moved by more than chance"
    return [
        bold("Disputed figures, read otherwise"),
        paragraph(f"Kept runs of {how}: {said} (allohistory check disputes).", indent=2),
    ]


def _moved(one: Moved) -> str:
    """One that flips."""
    return (
        f"{one.figure} as {one.reading} moves {one.outcome} from {percent(one.before)} to {percent(one.after)} "
        f"(luck free from {one.world})"
    )
