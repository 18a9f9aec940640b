"""What a search found: the front as measured on new luck, how it was come by, and the way with nothing changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from allohistory.results.files import canonical
from allohistory.results.schema import Difference, Estimate, Head, Interval, PodAnswer, plain

if TYPE_CHECKING:
    import pandas as pd

    from allohistory.questions.search.unprompted import Unprompted


@dataclass(frozen=True)
class FrontLine:
    """One set on the front.

    surprise_bits, surprise_interval   of the whole set, and its chance interval
    estimate             on the luck on which it was found: flattering, for the luckiest were chosen
    again_on_new_luck    on luck that the search had not seen: this is the answer; None where the search was stopped
    above                how much likelier it is than the next less surprising set of the front
    needs                by member, how much less likely the outcome is without it (for one: with nothing changed)
    """

    pods: tuple[PodAnswer, ...]
    surprise_bits: float
    surprise_interval: Interval
    estimate: Estimate
    again_on_new_luck: Estimate | None
    above: Difference | None
    needs: Mapping[str, Difference]
    address_example: tuple[str, ...]

    @property
    def chosen(self) -> Estimate:
        """On new luck where there is one."""
        return self.again_on_new_luck or self.estimate


@dataclass(frozen=True)
class Fallen:
    """A set that looked like the front on the search's luck and is not on it on new luck, with the reason."""

    pods: tuple[str, ...]
    surprise_bits: float
    estimate: Estimate
    again_on_new_luck: Estimate
    why: str


@dataclass(frozen=True)
class Tried:
    """How much was tried.

    sets, by_size    sets run at least once; clashing ones are not among them
    clashing         pairs that clash and were not tried
    timelines        run in all
    on_new_luck      sets run again on new luck, and over how many timelines each; new_seed names that luck
    comparisons, standard_errors    how many comparisons the front was decided by, and the bound of each
    optimiser        what proposed sets of three and four and moved dates; None where nothing did
    """

    sets: int
    by_size: Mapping[str, int]
    clashing: int
    timelines: int
    on_new_luck: int
    new_timelines: int
    new_seed: int
    comparisons: int
    standard_errors: float
    optimiser: str | None


@dataclass(frozen=True)
class SearchAnswer:
    """What it would take. The fields are those of the JSON form (design: interfaces, section 8)."""

    head: Head
    restated: tuple[str, ...]
    outcome: str
    title: str
    definition: str
    front: tuple[FrontLine, ...]
    fallen: tuple[Fallen, ...]
    tried: Tried
    unprompted: Unprompted | None
    stopped: bool
    aside: int = field(default=0)

    @property
    def again(self) -> str:
        """The command that asks this once more."""
        return self.head.again

    def as_dict(self) -> dict[str, Any]:
        """The JSON form as a dict."""
        return {
            **self.head.as_json(),
            "restated": list(self.restated),
            "front": plain(self.front),
            "fallen": plain(self.fallen),
            "tried": plain(self.tried),
            "unprompted": plain(self.unprompted),
        }

    def to_json(self) -> str:
        """The JSON form as text."""
        return canonical(self.as_dict())

    def table(self) -> pd.DataFrame:
        """One row a set on the front."""
        import pandas as pd

        return pd.DataFrame(
            [
                {
                    "pods": " + ".join(pod.id for pod in line.pods),
                    "surprise_bits": line.surprise_bits,
                    "probability": line.chosen.probability,
                    "low": None if line.chosen.chance_interval is None else line.chosen.chance_interval[0],
                    "high": None if line.chosen.chance_interval is None else line.chosen.chance_interval[1],
                    "found_at": line.estimate.probability,
                }
                for line in self.front
            ]
        )
