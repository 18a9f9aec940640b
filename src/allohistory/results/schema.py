"""The shape of an answer (design: interfaces, section 8): frozen records that turn themselves into JSON.

Nothing here decides a number; it says how numbers are named once they are known. Probabilities are shares from 0 to 1,
intervals are 90 %, dates are ISO texts, surprise is in bits. `None` stands where there is nothing to say.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

Interval = tuple[float, float]

DIGITS = 6  # decimals kept in JSON: far below the Monte Carlo error, far above what anyone reads


@dataclass(frozen=True)
class Estimate:
    """A probability with its two intervals: chance (too few timelines) and ignorance (parameters not known)."""

    probability: float | None
    chance_interval: Interval | None
    ignorance_interval: Interval | None
    n: int


@dataclass(frozen=True)
class SameLuck(Estimate):
    """An estimate with history's own luck held, and its range over the conventions of carrying luck over."""

    mechanism_band: Interval | None = None


@dataclass(frozen=True)
class Difference:
    """With the change less without it; the interval is paired by timeline where the same timelines are compared."""

    value: float
    chance_interval: Interval


@dataclass(frozen=True)
class Quantile:
    """One quantile of an amount (in the outcome's unit) or of a day (a date), with its chance interval."""

    value: float | str | None
    chance_interval: tuple[float | str | None, float | str | None] | None


@dataclass(frozen=True)
class When:
    """The dates by which 5, 50 and 95 of 100 timelines that show the outcome have seen it begin."""

    q05: str
    q50: str
    q95: str


@dataclass(frozen=True)
class Flip:
    """What the answer would be if one disputed entry of the record had its other reading.

    chance_interval  of that probability, from timelines in pairs; flips: whether the reading moves the answer by more
    than chance would move it in one of twenty answers, over all readings tried
    """

    variant: str
    probability: float
    chance_interval: Interval | None = None
    flips: bool = False


@dataclass(frozen=True)
class OutcomeAnswer:
    """Everything an answer says about one outcome."""

    id: str
    title: str
    definition: str
    kind: str
    unit: str | None
    chosen: Estimate
    difference: Difference | None = None
    baseline: Estimate | None = None
    rules_only: Estimate | None = None
    fresh_luck: Estimate | None = None
    same_luck: SameLuck | None = None
    when: When | None = None
    flips: tuple[Flip, ...] = ()
    options: Mapping[str, Estimate] | None = None
    baseline_options: Mapping[str, Estimate] | None = None
    quantiles: Mapping[str, Quantile] | None = None

    def as_json(self) -> dict[str, Any]:
        """The object under `outcomes[E]`: the keys of the chosen estimate first, then the rest."""
        answer: dict[str, Any] = {"title": self.title, "definition": self.definition, "kind": self.kind}
        if self.unit is not None:
            answer["unit"] = self.unit
        answer.update(plain(self.chosen))
        for name in ("baseline", "rules_only", "fresh_luck", "same_luck", "difference", "when", "flips"):
            answer[name] = plain(getattr(self, name))
        if self.options is not None:
            answer["options"] = plain(self.options)
            answer["baseline_options"] = plain(self.baseline_options)
        if self.quantiles is not None:
            answer.update(plain(self.quantiles))
        return answer


@dataclass(frozen=True)
class PodAnswer:
    """One point of divergence: its date, its surprise by the rules (bits), or what was judged where no rule decides."""

    id: str
    title: str
    date: str
    surprise_bits: float | None
    judged: Mapping[str, Any] | None
    applied: float | None = None


@dataclass(frozen=True)
class Link:
    """One step of a way to war: how likely it is once the steps before it have happened."""

    way: str
    step: str
    title: str
    date: str | None
    probability: float | None
    given: str
    n: int


@dataclass(frozen=True)
class Influence:
    """How long history's luck still decides: share of timelines whose outcome differs if hindsight ends in a week."""

    weeks: tuple[int, ...]
    share: tuple[float, ...]
    faded: str | None
    bound: str = ""


@dataclass(frozen=True)
class Contact:
    """When and how a change first reaches a group of variables that its own rules do not write.

    group      the group, as the tables of variables name it
    pairs      pairs of timelines that were compared bit for bit, with the change and without it
    touched    in how many of them the group differs by the end
    when       Mondays of the weeks by which 5, 50 and 95 of 100 touched pairs differ (q05, q50, q95)
    rule       the rule that brings it in most often, what it read and what it wrote; `commonest`: in how many pairs
    """

    group: str
    pairs: int
    touched: int
    when: Mapping[str, str] | None
    rule: str | None
    read: str | None
    wrote: str | None
    commonest: int | None


@dataclass(frozen=True)
class Series:
    """A main series over time: the middle and the edges of the timelines, and our own history beside them."""

    title: str
    unit: str
    weeks: tuple[int, ...]
    q05: tuple[float | None, ...]
    q50: tuple[float | None, ...]
    q95: tuple[float | None, ...]
    ours: tuple[float | None, ...]


@dataclass(frozen=True)
class HangsOn:
    """One thing on which the answer hangs: a parameter, a record variant, a convention, a judged change."""

    id: str
    kind: str
    effect: str
    grade: str | None


@dataclass(frozen=True)
class ClaimPartAnswer:
    """One inequality of a claim: both sides as measured, and the share of parameter draws in which it is true.

    n            timelines that count for the quantity; than_n: for the other side, where that is one
    difference   the quantity less the other side, by timeline where the same ones count
    words        what the quantity is, for a reader; against: what the other side is
    """

    quantity: str
    value: float | None
    relation: str
    than: str | float
    than_value: float | None
    margin: float
    probability: float | None
    verdict: str
    n: int = 0
    chance_interval: Interval | None = None
    ignorance_interval: Interval | None = None
    than_n: int | None = None
    than_interval: Interval | None = None
    difference: Difference | None = None
    words: str = ""
    against: str = ""


@dataclass(frozen=True)
class ClaimAnswer:
    """A claim with its verdict; its weakest part decides.

    addresses  of a timeline that goes the claim's way and of one that does not (for, against), where there is one
    hangs_on   what moves the deciding part's number most from one parameter draw to the next
    """

    id: str
    says: str
    source: str
    verdict: str
    probability: float | None
    parts: tuple[ClaimPartAnswer, ...]
    addresses: Mapping[str, str] = field(default_factory=dict)
    hangs_on: tuple[HangsOn, ...] = ()

    @property
    def deciding(self) -> ClaimPartAnswer | None:
        """The part that decides: the weakest of those that could be measured; None where none could."""
        measured = [part for part in self.parts if part.probability is not None]
        return min(measured, key=lambda part: part.probability or 0.0, default=None)


@dataclass(frozen=True)
class Head:
    """The head of every JSON answer."""

    command: str
    scenario: str
    version: str
    model: str
    question: Mapping[str, Any]
    timelines: int
    seed: int
    luck: str | None
    seconds: float
    again: str
    hangs_on: tuple[HangsOn, ...] = ()
    warnings: tuple[str, ...] = ()
    weighted: Mapping[str, float] | None = None
    format: int = field(default=1)

    def as_json(self) -> dict[str, Any]:
        """`format` first, then the keys in the order of the interface."""
        rest = {item.name: plain(getattr(self, item.name)) for item in fields(self) if item.name != "format"}
        if self.weighted is None:
            rest.pop("weighted")
        return {"format": self.format, **rest}


def plain(value: Any) -> Any:
    """Turn records, mappings and numbers into what JSON can hold; infinite and undefined numbers become null."""
    if is_dataclass(value) and not isinstance(value, type):
        if hasattr(value, "as_json"):
            return value.as_json()
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, str) or value is None or isinstance(value, bool):
        return value
    if isinstance(value, Sequence):
        return [plain(item) for item in value]
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return _number(value)
    if hasattr(value, "item"):  # a NumPy scalar
        return plain(value.item())
    return str(value)


def _number(value: float) -> float | None:
    if not math.isfinite(value):
        return None
    return round(value, DIGITS) if abs(value) >= 10.0**-DIGITS or value == 0.0 else float(f"{value:.3g}")
