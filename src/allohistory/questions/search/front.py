"""Who is on the front? Decided on new luck, beyond error, over all that is compared.

A set is on the front if, on luck that no step of the search has seen,
- it is likelier than every less surprising set on the front, beyond error;
- no set as surprising (to a tenth of a bit) is likelier, beyond error;
- it is likelier than the same worlds with any one of its members left out (for a single one: with nothing changed),
  luck freed at the same place, beyond error. So nothing on the front is idle, and no set stands there because luck was
  freed at a good moment.

Errors are paired by timeline. Beyond error: by so many standard errors that all comparisons of the search together
would show one by luck in one search of twenty (Bonferroni).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from allohistory.questions.search.race import Known, as_dear
from allohistory.questions.search.tally import LEAST_COUNTED, Apart, PodSet, apart, bound_for

LEVEL = 0.05


@dataclass(frozen=True)
class OnFront:
    """A set on the front: how much likelier it is than the front's next cheaper, and than itself less each member."""

    names: PodSet
    above: Apart | None
    needs: Mapping[str, Apart]


@dataclass(frozen=True)
class Decided:
    """The front, cheapest first; the sets that fell on new luck with the reason; the bound, and for how many tests."""

    front: tuple[OnFront, ...]
    fallen: Mapping[PodSet, str]
    z: float
    tests: int


def tests_of(sets: Sequence[PodSet]) -> int:
    """How many comparisons a decision between these may make: each pair once, each set with each member left out."""
    return len(sets) * (len(sets) - 1) // 2 + sum(len(names) for names in sets)


def decide(new: Known, sets: Sequence[PodSet], z: float | None = None) -> Decided:
    """The front among these sets, all run on new luck, with and without each of their members.

    z   the bound; default that of all comparisons that may be made between these sets
    """
    tests = tests_of(sets)
    z = bound_for(LEVEL, tests) if z is None else z
    front: list[OnFront] = []
    fallen: dict[PodSet, str] = {}
    ordered = sorted(sets, key=lambda one: (new.bits[one].value, len(one), one))
    for place, names in enumerate(ordered):
        why = _why_not(new, names, front, as_dear(new, names, ordered[place + 1 :]), z)
        if why is not None:
            fallen[names] = why
            continue
        above = apart(new.seen[names], new.seen[front[-1].names]) if front else None
        front.append(OnFront(names, above, needs_of(new, names)))
    return Decided(tuple(front), fallen, z, tests)


def needs_of(new: Known, names: PodSet) -> dict[str, Apart]:
    """By member, how much likelier the outcome is with it than without it."""
    return {name: apart(new.seen[names], new.rest[(names, name)]) for name in names}


def _why_not(
    new: Known, names: PodSet, front: Sequence[OnFront], equals: Sequence[PodSet], z: float
) -> str | None:
    """Why a set is not on the front, or None where it is; `equals` are those a tenth of a bit above it at most."""
    seen = new.seen[names]
    if seen.n < LEAST_COUNTED:
        return "too few timelines meet the condition"
    short = next((one for one in front if not apart(seen, new.seen[one.names]).beyond(z)), None)
    if short is not None:
        return f"not beyond error of {' + '.join(short.names)}, which is less surprising"
    better = next((one for one in equals if apart(new.seen[one], seen).beyond(z)), None)
    if better is not None:
        return f"as surprising as {' + '.join(better)}, which is likelier"
    idle = [name for name, gap in needs_of(new, names).items() if not gap.beyond(z)]
    if idle and len(names) == 1:
        return "no likelier than with nothing changed"
    return f"idle in it: {', '.join(idle)}" if idle else None
