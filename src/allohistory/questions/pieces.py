"""Putting an answer together from the worlds that were run: estimates, dates, series, warnings, addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from allohistory.questions import ask as work_of
from allohistory.questions.addresses import address_of
from allohistory.questions.answer import Answer
from allohistory.questions.arms import Runner, beside
from allohistory.questions.columns import Asked, Column, Columns, middle_day
from allohistory.questions.defaults import defaults_of
from allohistory.questions.estimates import (
    estimate,
    paired_difference,
    quantile,
    separate_difference,
    weighted_difference,
)
from allohistory.questions.hangs import guesses, hangs_on
from allohistory.questions.restate import restated
from allohistory.questions.series import main_series
from allohistory.questions.surprise import Surprise, parameter_tail, surprise
from allohistory.questions.warn import warnings_of
from allohistory.questions.weights import effective_rows, weights_for, worth
from allohistory.results.schema import (
    Difference,
    Estimate,
    HangsOn,
    Head,
    OutcomeAnswer,
    PodAnswer,
    Quantile,
    SameLuck,
    When,
)
from allohistory.timeline.changes import NEVER
from allohistory.version import VERSION

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allohistory.ensemble.gathered import Ensemble
    from allohistory.questions.ask import Work
    from allohistory.questions.worlds import AskedPod, Worlds

EXAMPLES = 3
OWN_SURPRISE = "the change's own surprise"
SHARES = (("q05", 0.05), ("q50", 0.50), ("q95", 0.95))


def answer_of(work: Work) -> Answer:
    """The answer to a question whose worlds have been run (or as many of them as there was time for)."""
    assert work.changed is not None
    changed, worlds, question = work.changed, work.worlds, work.question
    outcomes = {one.id: outcome_answer(work, one) for one in work.asked}
    chief = chief_of(work)
    column = changed.read(chief)
    hanging = hangs_on(worlds.model, outcomes[chief.id], column.shown, changed.draw, work.pods)
    n = len(changed.ensemble.timeline)
    examples = work_of.first_true(changed, chief, EXAMPLES)
    head = Head(
        command="ask",
        scenario=worlds.model.name,
        version=VERSION,
        model=worlds.model.digest[:16],
        question=question.as_json(),
        timelines=n,
        seed=question.seed,
        luck=question.luck,
        seconds=work_of.seconds_of(work),
        again=question.again,
        hangs_on=hanging,
        warnings=tuple(warnings_of(work, outcomes)),
        weighted=None
        if work.weights is None
        else {"effective_draws": work.weights.effective, "draws": len(work.weights.by_draw)},
    )
    return Answer(
        head=head,
        restated=first_lines(work, hanging),
        pods=work.pods,
        surprise_bits=work.surprise.bits if work.surprise else None,
        outcomes=outcomes,
        chain=work_of.chain_of(work),
        influence=work.curves,
        contacts=work.contacts,
        series=main_series(worlds, changed.ensemble),
        address_example=tuple(address_of(worlds, i) for i in examples),
        claims=work.claims,
        question=question,
        stopped=work.stopped,
        aside=work.runner.aside,
        run=work.runner.run_so_far,
        _work=work,
    )


def first_lines(work: Work, hanging: tuple[HangsOn, ...]) -> tuple[str, ...]:
    """The question restated; where the answer hangs on a guess, that stands right after what is supposed."""
    assert work.changed is not None
    lines = restated(work.worlds, work.asked, len(work.changed.ensemble.timeline))
    guess = guesses(work.worlds.model, hanging)
    return (lines[0], guess, *lines[1:]) if guess else tuple(lines)


def chief_of(work: Work) -> Asked:
    """The outcome that addresses and `hangs_on` are about: the scenario's chief one if asked, else the first."""
    chief = defaults_of(work.worlds.model.folder).address
    for one in work.asked:
        if one.id == chief:
            return one
    return next((one for one in work.asked if one.kind == "yes"), work.asked[0])


def outcome_answer(work: Work, asked: Asked) -> OutcomeAnswer:
    """Everything the answer says about one outcome."""
    assert work.changed is not None
    column = work.changed.read(asked)
    same_is_chosen = work.question.luck == "same"
    fresh, same = (work.other, work.changed) if same_is_chosen else (work.changed, work.other)
    return OutcomeAnswer(
        id=asked.id,
        title=asked.title,
        definition=asked.definition,
        kind=asked.kind,
        unit=asked.unit,
        chosen=estimate_of(work.changed, asked),
        difference=difference_of(work, asked),
        baseline=_maybe(work.baseline, asked),
        rules_only=_maybe(work.rules, asked),
        fresh_luck=_maybe(fresh, asked),
        same_luck=same_luck_of(work, same, asked),
        when=when_of(work.changed, column),
        flips=tuple(work.flips.get(asked.id, ())),
        options=options_of(work.changed, asked),
        baseline_options=None if work.baseline is None else options_of(work.baseline, asked),
        quantiles=quantiles_of(work.changed, column),
    )


def estimate_of(columns: Columns, asked: Asked) -> Estimate:
    """The probability of a yes, or that a day comes; a which and an amount have none of their own."""
    column = columns.read(asked)
    if asked.kind in ("which", "amount"):
        return Estimate(None, None, None, len(column.shown))
    return estimate(column.shown, columns.draw, columns.weight)


def _maybe(columns: Columns | None, asked: Asked) -> Estimate | None:
    return None if columns is None else estimate_of(columns, asked)


def same_luck_of(work: Work, columns: Columns | None, asked: Asked) -> SameLuck | None:
    """The same-luck estimate with its mechanism band; with nothing changed it is our history."""
    if columns is None:
        return None
    own = estimate_of(columns, asked)
    return SameLuck(
        own.probability, own.chance_interval, own.ignorance_interval, own.n, work.bands.get(asked.id)
    )


def difference_of(work: Work, asked: Asked) -> Difference | None:
    """With the change less without it: paired where the same timelines are counted on both sides."""
    if work.baseline is None or work.baseline is work.changed or asked.kind in ("which", "amount"):
        return None
    assert work.changed is not None
    shown, base = work.changed.read(asked).shown, work.baseline.read(asked).shown
    weight = work.changed.weight
    if len(shown) == len(base) and np.array_equal(work.changed.timeline, work.baseline.timeline):
        if weight is not None:
            return weighted_difference(shown, base, work.changed.draw, weight)
        return paired_difference(shown, base)
    if weight is not None:
        assert work.baseline.weight is not None
        both, other = effective_rows(weight), effective_rows(work.baseline.weight)
        share, base_share = (
            worth(shown, work.changed.draw, weight)[0],
            worth(base, work.baseline.draw, work.baseline.weight)[0],
        )
        return separate_difference(share * both, both, base_share * other, other)
    return separate_difference(int(shown.sum()), len(shown), int(base.sum()), len(base))


def when_of(columns: Columns, column: Column) -> When | None:
    """The dates by which 5, 50 and 95 in 100 of the timelines that show it have seen it."""
    known = column.day >= 0
    if not known.any() or column.asked.kind == "amount":
        return None
    date_of = columns.model.book.calendar.date_of
    days = [middle_day(columns, column.day, known, share) for _, share in SHARES]
    q05, q50, q95 = (date_of(day).isoformat() for day in days if day is not None)
    return When(q05, q50, q95)


def options_of(columns: Columns, asked: Asked) -> dict[str, Estimate] | None:
    """The probability of each option of a which."""
    if asked.kind != "which":
        return None
    value, draw, weight = columns.read(asked).value, columns.draw, columns.weight
    return {name: estimate(value == place, draw, weight) for place, name in enumerate(asked.options)}


def quantiles_of(columns: Columns, column: Column) -> dict[str, Quantile] | None:
    """The quantiles of an amount over all timelines, or of a day over those in which it comes."""
    if column.asked.kind == "amount":
        known = ~np.isnan(column.value)
        weight = _of(columns, known)
        return {name: quantile(column.value[known], share, weight) for name, share in SHARES}
    if column.asked.kind != "day":
        return None
    date_of = columns.model.book.calendar.date_of
    shown = column.day >= 0
    days, weight = column.day[shown].astype(float), _of(columns, shown)

    def dated(found: Quantile) -> Quantile:
        if found.chance_interval is None or not isinstance(found.value, float):
            return found
        low, high = (date_of(int(end)).isoformat() for end in found.chance_interval if isinstance(end, float))
        return Quantile(date_of(int(found.value)).isoformat(), (low, high))

    return {name: dated(quantile(days, share, weight)) for name, share in SHARES}


def _of(columns: Columns, rows: NDArray[np.bool_]) -> NDArray[np.float64] | None:
    """The weights of some timelines."""
    return None if columns.weight is None else columns.weight[rows]


def surprise_of(worlds: Worlds, runner: Runner, count: int) -> Surprise:
    """Surprise of a set: worlds with the set imposed and luck freed at the first imposed address."""
    ensemble = runner.run(OWN_SURPRISE, worlds.plan(horizon=worlds.first), count)
    return surprise_in(worlds, ensemble, silenced(worlds, runner, count))


def silenced(worlds: Worlds, runner: Runner, count: int) -> dict[int, Ensemble]:
    """For each firing some time in a window, by place: the same worlds with its clock held silent there instead."""
    found = {}
    plan = worlds.plan(horizon=worlds.first)
    for place, change in enumerate(worlds.changes):
        if change.window is not None:
            first, last = change.window
            silent = replace(plan.items[place], kind=int(NEVER), first_week=first, last_week=last, day=-1)
            items = (*plan.items[:place], silent, *plan.items[place + 1 :])
            found[place] = runner.run(OWN_SURPRISE, replace(plan, items=items), count)
    return found


def surprise_in(worlds: Worlds, ensemble: Ensemble, silent: Mapping[int, Ensemble] | None = None) -> Surprise:
    """Surprise read off worlds that were run for it; `silent` as in `silenced`."""
    kinds = [change.kind for change in worlds.changes]
    tails = []
    for change in worlds.changes:
        if change.kind == "parameter":
            place = worlds.model.blueprint.parameters.index(change.target)
            draws = np.asarray(worlds.model.blueprint.parameter_draws)[: worlds.question.draws, place]
            tails.append(parameter_tail(change, draws))
    kept = np.array(ensemble.aside == 0)
    log_probability, applied = ensemble.log_probability.copy(), ensemble.applied.copy()
    for place, held in (silent or {}).items():
        kept &= held.aside == 0
        with np.errstate(divide="ignore"):  # a clock that is never at risk in its window cannot fire there
            log_probability[:, place] = np.log(-np.expm1(held.log_probability[:, place]))
        applied[:, place] = 1
    weights = weights_for(worlds.question, worlds.model)
    weight = None if weights is None else weights.by_draw[ensemble.draw[kept]]
    return surprise(kinds, log_probability[kept], ensemble.bits[kept], applied[kept], tails, weight)


def pod_answer(asked: AskedPod, own: Surprise) -> PodAnswer:
    """A point of divergence with its surprise, or what was judged of it."""
    judged = asked.pod.judged_bits
    shown = None if judged is None else {"low": judged.low, "high": judged.high, "because": judged.because}
    applied = min(own.applied, default=None)
    return PodAnswer(asked.pod.id, asked.pod.title, asked.date.isoformat(), own.bits, shown, applied)


def side_size(work: Work) -> int:
    """How many timelines a side run took."""
    return beside(work.question.timelines)
