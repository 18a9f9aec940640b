"""Judging claims: the worlds that their parts need, each run once, and what comes of them.

    judge = Judge(question, model, run)      run: a plan's ensemble, from wherever it is had
    judge.claim(claim)                       its verdict, the parts, timelines that show it, what it hangs on

Both sides of a part have luck freed at the same moment, the later of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from allohistory.book.quantities import Quantity, parse_quantity
from allohistory.questions.addresses import address_in
from allohistory.questions.claims import (
    Sample,
    chance_of,
    difference_of,
    ignorance_of,
    share_against,
    share_between,
    together,
    values_by_draw,
    verdict_of,
)
from allohistory.questions.columns import Columns, asked_of, outcomes_with, read_expression
from allohistory.questions.hangs import facts_behind, kept_parameters, moving
from allohistory.questions.worlds import Worlds, read_worlds
from allohistory.results.schema import ClaimAnswer, ClaimPartAnswer, HangsOn
from allohistory.results.words import amount, percent, points
from allohistory.timeline.plan import END, PLACES, START, Plan

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.book.what_if import ClaimPart, OwnClaim
    from allohistory.ensemble.gathered import Ensemble
    from allohistory.questions.ask import Work
    from allohistory.questions.question import Question
    from allohistory.timeline.model import Model


@dataclass(frozen=True)
class Measured:
    """One part as it was measured: its sides read, and what they say."""

    part: ClaimPart
    sides: tuple[Side, ...]
    answer: ClaimPartAnswer


@dataclass(frozen=True)
class Side:
    """One side of a part: the quantity, its world's plan, and the timelines that count."""

    quantity: Quantity
    worlds: Worlds
    plan: Plan
    sample: Sample


@dataclass
class Judge:
    """Judges claims under one question's luck, draws and seed. What has been run for one claim serves the others."""

    question: Question
    model: Model
    run: Callable[[Plan], Ensemble]
    _run: dict[Plan, Ensemble] = field(default_factory=dict)

    def claim(self, claim: OwnClaim) -> ClaimAnswer:
        """A claim's verdict and all that stands behind it."""
        found = [self.part(part, claim.id) for part in claim.part]
        share = together([one.answer.probability for one in found])
        parts = tuple(one.answer for one in found)
        bare = ClaimAnswer(claim.id, claim.says, claim.source, verdict_of(share), share, parts)
        deciding = next((one for one in found if one.answer is bare.deciding), None)
        if deciding is None:
            return bare
        return replace(bare, addresses=self.addresses(deciding), hangs_on=self.hangs_on(deciding))

    def part(self, part: ClaimPart, claim: str) -> Measured:
        """Both sides of a part, and in what share of the draws its inequality is true."""
        quantities = self.quantities(part, claim)
        sides = tuple(self._side(*one) for one in self.plans(quantities))
        one, is_share = sides[0].sample, quantities[0].kind == "P"
        sign = 1.0 if part.relation == ">" else -1.0
        if isinstance(part.than, str):
            other = sides[1].sample
            share, than = share_between(one, other, sign, part.margin), other.middle
            beside = {
                "than_n": len(other.value),
                "than_interval": chance_of(other, is_share),
                "difference": difference_of(one, other, is_share),
            }
        else:
            share, than = share_against(one, part.than + sign * part.margin, sign, is_share), part.than
            beside = {}
        answer = ClaimPartAnswer(
            quantity=part.quantity,
            value=one.middle,
            relation=part.relation,
            than=part.than,
            than_value=than,
            margin=part.margin,
            probability=share,
            verdict=verdict_of(share),
            n=len(one.value),
            chance_interval=chance_of(one, is_share),
            ignorance_interval=ignorance_of(one, is_share),
            words=getattr(part, "words", ""),
            against=getattr(part, "against", ""),
            **beside,  # type: ignore[arg-type]
        )
        return Measured(part, sides, answer)

    def quantities(self, part: ClaimPart, claim: str) -> list[Quantity]:
        """The quantities of a part, read against the scenario."""
        model, known = self.model, outcomes_with(self.model, self.question.custom)
        texts = [part.quantity] + ([part.than] if isinstance(part.than, str) else [])
        return [parse_quantity(text, known, model.book, model.book_rules, f"claim {claim}") for text in texts]

    def plans(self, quantities: Sequence[Quantity]) -> list[tuple[Quantity, Worlds, Plan]]:
        """Each quantity's own changes, luck freed at the later moment, days counted alike."""
        worlds = [read_worlds(self.question.but(pods=one.pods, do=one.do), self.model) for one in quantities]
        horizon = END if self.question.luck == "same" else max(one.freed for one in worlds)
        firsts = [one.first for one in worlds if one.items]
        since = min(firsts, default=horizon)
        week = 0 if since in (START, END) or horizon == START else since // PLACES
        return [
            (quantity, one, replace(one.plan(horizon=horizon), since=week))
            for quantity, one in zip(quantities, worlds, strict=True)
        ]

    def _side(self, quantity: Quantity, worlds: Worlds, plan: Plan) -> Side:
        if plan not in self._run:
            self._run[plan] = self.run(plan)
        columns = Columns(self.model, self._run[plan], self.question.custom).where(quantity.given, None)
        column = columns.read(asked_of(quantity.about, self.model, self.question.custom))
        value = column.shown.astype(float) if quantity.kind == "P" else column.value
        counted = ~np.isnan(value)
        sample = Sample(
            columns.timeline[counted], columns.draw[counted], value[counted], quantity.kind == "median"
        )
        return Side(quantity, worlds, plan, sample)

    def addresses(self, measured: Measured) -> Mapping[str, str]:
        """The first timeline that goes the claim's way, and the first that does not."""
        side, sign = measured.sides[0], 1.0 if measured.part.relation == ">" else -1.0
        timeline, moved = leaning(measured)
        found = {}
        for name, rows in (("for", sign * moved > 0.0), ("against", sign * moved < 0.0)):
            if rows.any():
                found[name] = address_in(side.worlds, side.plan, int(timeline[rows][0]))
        return found

    def hangs_on(self, measured: Measured) -> tuple[HangsOn, ...]:
        """The parameters that move the part's number, the facts behind them, and changes whose odds are judged."""
        one = measured.sides[0].sample
        other = measured.sides[1].sample if len(measured.sides) > 1 else None
        is_share = measured.sides[0].quantity.kind == "P"
        show: Callable[[float], str] = percent if is_share else amount
        if other is not None and is_share:
            show = in_points
        named = moving(self.model, *values_by_draw(one, other), show)
        named = named or self._in_free_timelines(measured.sides[0].quantity)
        found = [*named, *facts_behind(self.model, named)]
        pods = {asked.pod.id: asked.pod for side in measured.sides for asked in side.worlds.pods}
        for pod in pods.values():
            if pod.judged_bits is not None:
                judged = pod.judged_bits
                words = f"judged at {judged.low:g} to {judged.high:g} bits: {judged.because}"
                found.append(HangsOn(pod.id, "judged", words, None))
        return tuple(found)

    def _in_free_timelines(self, quantity: Quantity) -> list[HangsOn]:
        """Where too few timelines tell: what moves the first of its outcomes that the kept study has."""
        if quantity.kind == "P":
            names = read_expression(quantity.about, self.model, self.question.custom).outcomes
        else:
            names = (quantity.about,)
        return next((found for name in names if (found := kept_parameters(self.model, name))), [])


def in_points(value: float) -> str:
    """A difference of shares, in points."""
    return f"{points(value)} points"


def leaning(measured: Measured) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """(timelines, how far each lies above what it is compared with): by pairs where the two sides are pairs."""
    one = measured.sides[0].sample
    if len(measured.sides) > 1:
        other = measured.sides[1].sample
        both, mine, theirs = np.intersect1d(one.timeline, other.timeline, return_indices=True)
        moved = one.value[mine] - other.value[theirs]
        if len(both) and moved.any():
            return both, moved
    if measured.sides[0].quantity.kind == "P":
        return one.timeline, one.value - 0.5
    than = measured.answer.than_value
    return one.timeline, one.value - (0.0 if than is None else than)


def tested(work: Work) -> tuple[ClaimAnswer, ...]:
    """Every claim of an asked question; arms that the answer has run already are not run again."""
    if not work.question.claims:
        return ()
    assert work.changed is not None
    count = len(work.changed.ensemble.timeline)
    arms = {
        work.worlds.plan(): work.changed,
        work.worlds.plan(changed=False): work.baseline,
        work.worlds.plan(changed=False, horizon=START): work.rules,
    }
    known = {plan: arm.ensemble for plan, arm in arms.items() if arm is not None}
    judge = Judge(
        work.question, work.worlds.model, lambda plan: work.runner.run("claims", plan, count), known
    )
    return tuple(judge.claim(claim) for claim in work.question.claims)
