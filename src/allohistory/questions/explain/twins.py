"""Necessity and sufficiency by exact twins, with the bounds that hold whatever joins the two worlds.

Twins are two runs of one timeline, with a cause and without it, that take the same luck at every address: the model's
own answer to "and had it not been so?". With Y1 and Y0 the outcome in the two (Pearl 1999):

    necessity    PN   of the timelines with the cause that show the outcome: the share whose twin does not
    sufficiency  PS   of the timelines without the cause that do not show it: the share whose twin does
    both         PNS  of all: the share that show it with the cause and not without

and, where a cause stands in the way, of the timelines without it that show the outcome the share whose twin does not:
what it prevents.

Which luck the twins share is a convention of the model, so two more figures stand beside. If the twins shared no luck
after the cause (but the same parameters), the three would be those of timelines paired at random within a draw: the
coupling range runs from one to the other. And whatever the coupling, they lie within the bounds of Tian and Pearl
(2000), which need the two probabilities and nothing else:

    PNS  max(0, p1 - p0)            to  min(p1, 1 - p0)
    PN   max(0, p1 - p0) / p1       to  min(p1, 1 - p0) / p1
    PS   max(0, p1 - p0) / (1 - p0) to  min(p1, 1 - p0) / (1 - p0)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from allohistory.questions.estimates import wilson
from allohistory.results.schema import Interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAMES = ("necessity", "sufficiency", "both")


@dataclass(frozen=True)
class Share:
    """A count of a number, as a share with its 90 % interval; None where there is nothing to count."""

    count: int
    n: int

    @property
    def value(self) -> float | None:
        """The share."""
        return self.count / self.n if self.n else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's interval."""
        return wilson(self.count, self.n) if self.n else None


@dataclass(frozen=True)
class Twins:
    """What pairs of timelines say of one cause.

    with_it, without_it  the outcome's probability in the two worlds
    bounds               Tian and Pearl's, of the three by name
    couplings            from luck shared at every address to none shared after the cause
    """

    necessity: Share
    sufficiency: Share
    both: Share
    prevention: Share
    with_it: Share
    without_it: Share
    bounds: dict[str, Interval | None]
    couplings: dict[str, Interval | None]

    def as_json(self) -> dict[str, Any]:
        """The three with their intervals, and both kinds of bounds."""
        found: dict[str, Any] = {}
        for name in NAMES:
            share: Share = getattr(self, name)
            found[name] = share.value
            found[f"{name}_interval"] = share.interval
            found[f"{name}_n"] = share.n
        found["prevention"], found["prevention_interval"] = self.prevention.value, self.prevention.interval
        found["with"], found["without"] = self.with_it.value, self.without_it.value
        return {**found, "bounds": dict(self.bounds), "couplings": dict(self.couplings)}


def twins(with_it: NDArray[np.bool_], without_it: NDArray[np.bool_], draw: NDArray[np.integer]) -> Twins:
    """All of it from the outcome in pairs of timelines, and the parameter draw of each pair."""
    n = len(with_it)
    first, second = Share(int(with_it.sum()), n), Share(int(without_it.sum()), n)
    counted = three(with_it, without_it)
    apart = unshared(with_it, without_it, draw)
    ranges: dict[str, Interval | None] = {}
    for name in NAMES:
        one, other = counted[name].value, apart[name]
        ranges[name] = None if one is None or other is None else (min(one, other), max(one, other))
    return Twins(
        **counted,
        prevention=Share(int((~with_it & without_it).sum()), int(without_it.sum())),
        with_it=first,
        without_it=second,
        bounds=tian_pearl(first.value or 0.0, second.value or 0.0),
        couplings=ranges,
    )


def three(with_it: NDArray[np.bool_], without_it: NDArray[np.bool_]) -> dict[str, Share]:
    """Necessity, sufficiency and both, counted over twins."""
    both = int((with_it & ~without_it).sum())
    return {
        "necessity": Share(both, int(with_it.sum())),
        "sufficiency": Share(both, int((~without_it).sum())),
        "both": Share(both, len(with_it)),
    }


def unshared(
    with_it: NDArray[np.bool_], without_it: NDArray[np.bool_], draw: NDArray[np.integer]
) -> dict[str, float | None]:
    """The same three if twins shared a parameter draw but no luck: pairs of different timelines of one draw."""
    pairs = first = second = both = 0
    for one in np.unique(draw):
        mine = draw == one
        n, p, q = int(mine.sum()), int(with_it[mine].sum()), int((~without_it[mine]).sum())
        twin = int((with_it[mine] & ~without_it[mine]).sum())
        pairs += n * (n - 1)
        both += p * q - twin
        first += p * (n - 1)
        second += q * (n - 1)
    return {
        "necessity": both / first if first else None,
        "sufficiency": both / second if second else None,
        "both": both / pairs if pairs else None,
    }


def tian_pearl(with_it: float, without_it: float) -> dict[str, Interval | None]:
    """The bounds on the three from the two probabilities alone."""
    low, high = max(0.0, with_it - without_it), min(with_it, 1.0 - without_it)
    scales = {"necessity": with_it, "sufficiency": 1.0 - without_it, "both": 1.0}
    return {name: (low / by, high / by) if by > 0.0 else None for name, by in scales.items()}
