"""The answer as JSON: the interface's keys, and beside them how sure each number is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from allohistory.questions.hinges.ask import Hinge, Hinges
    from allohistory.questions.hinges.moves import Move

SILENCE = "nothing else"


def as_json(found: Hinges) -> dict[str, Any]:
    """`weeks` and `moves`; `hinges` holds the named weeks as wholes, `rule` says how they were found."""
    from allohistory.questions.hinges.moves import FALSE_ALARM

    weeks = [
        {
            "week": point.week,
            "date": found.date_of(point.week),
            "probability": point.probability,
            "chance_interval": list(point.interval),
            "raw": point.raw,
            "n": point.n,
        }
        for point in found.points
    ]
    return {
        "outcome": {"id": found.asked.id, "title": found.asked.title, "definition": found.asked.definition},
        "our_history": found.ours,
        "weeks": weeks,
        "moves": [
            move_of(found, hinge, part) for hinge in found.hinges for part in hinge.parts if part.named
        ],
        "hinges": [
            {"week": hinge.week, "date": hinge.date, **numbers(hinge.whole)} for hinge in found.hinges
        ],
        "rule": {"weeks_tried": found.tried, "fresh_timelines": found.fresh, "false_alarm": FALSE_ALARM},
        "runs": found.runs,
    }


def move_of(found: Hinges, hinge: Hinge, part: Move) -> dict[str, Any]:
    """One named part of a named week: an entry, several of one rule, or what did not happen."""
    entries = part.step.entries
    day = hinge.date
    if entries:
        day = min(found.model.book.entries[id].date for id in entries).isoformat()
    return {
        "date": day,
        "week": hinge.week,
        "id": entries[0] if entries else SILENCE,
        "ids": list(entries),
        "what": what_happened(found, part),
        **numbers(part),
    }


def numbers(move: Move) -> dict[str, Any]:
    """Before and after, and what lies between."""
    return {
        "before": move.before,
        "before_interval": list(move.before_interval),
        "after": move.after,
        "after_interval": list(move.after_interval),
        "change": move.change,
        "change_interval": list(move.change_interval),
    }


def what_happened(found: Hinges, part: Move) -> str:
    """The entries of a part in the book's words."""
    if not part.step.entries:
        return "nothing else came, though it could have"
    return "; ".join(found.model.book.entries[id].what for id in part.step.entries)
