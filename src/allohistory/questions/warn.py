"""What a reader must be told beside the numbers: limits of the answer, changes that met nothing, worlds set aside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from allohistory.errors import AllohistoryError
from allohistory.questions import ask as work_of
from allohistory.questions.addresses import address_in
from allohistory.questions.defaults import defaults_of
from allohistory.questions.estimates import LEAST_TIMELINES
from allohistory.questions.timelines import timeline_at
from allohistory.questions.weights import ANEW
from allohistory.questions.weights import FEW as FEW_DRAWS
from allohistory.results.schema import OutcomeAnswer
from allohistory.results.words import listed, percent, thousands

if TYPE_CHECKING:
    from allohistory.questions.arms import Aside
    from allohistory.questions.ask import Work
    from allohistory.questions.worlds import Worlds

MUST_ARISE = ("choice", "clock-fires", "shock-set")
FEW = 100


def warnings_of(work: Work, outcomes: Mapping[str, OutcomeAnswer]) -> Iterator[str]:
    """All warnings, the weightiest first."""
    yield from _stopped(work)
    yield from _precision(work)
    yield from _weights(work)
    yield from _applied(work)
    yield from _scaled_once(work)
    yield from _aside(work)
    yield from _few(work, outcomes)
    if work.misfits:
        yield f"Read otherwise, the rest of the record does not fit: {listed(work.misfits)}; so these were not tried."
    yield from _several(work)
    yield from _one_week(work)
    if not work.worlds.model.draws.basis:
        yield "The parameters are draws from their priors; they are not conditioned on what history says about them."
    note = defaults_of(work.worlds.model.folder).note
    if note:
        yield note


def _stopped(work: Work) -> Iterator[str]:
    if work.stopped:
        assert work.changed is not None
        done = len(work.changed.ensemble.timeline)
        wanted = f"of {thousands(work.question.timelines)} " if work.question.precision is None else ""
        yield f"Stopped early: {thousands(done)} {wanted}timelines of the changed worlds."


def _precision(work: Work) -> Iterator[str]:
    """A precision that was not reached is never silent."""
    if work.question.precision is None:
        return
    assert work.changed is not None
    width, whose = work_of.widest(work)
    if width > 2.0 * work.question.precision:
        yield (
            f"The precision asked for was not reached: {work.question.precision:g} was asked, {width / 2.0:.2g} was "
            f"reached ({whose}) at {thousands(len(work.changed.ensemble.timeline))} timelines."
        )


def _scaled_once(work: Work) -> Iterator[str]:
    """A state that is multiplied or shifted over a window moves once, and then goes its own way."""
    for change in work.worlds.changes:
        if change.kind == "variable" and change.held and change.operation != "=":
            yield (
                f'"{change.text}" acts once, at the start of its window, and what follows goes its own way. To hold a '
                "value in each week of the window, set it with =."
            )


def _weights(work: Work) -> Iterator[str]:
    """What carries an answer under the user's own priors, and what of it is not weighted."""
    if work.weights is not None:
        effective = work.weights.effective
        if effective < FEW_DRAWS:
            yield (
                f"Your priors lie far from the book's: only {effective:.1f} effective draws carry the answer. {ANEW}."
            )
        yield (
            "Under your priors probabilities, dates, the chain and surprise are weighted; main series, first "
            "contacts, the influence of luck and what the answer hangs on are those of the book's priors."
        )
    elif work.question.drawn_anew:
        yield (
            "Parameters were drawn anew from your priors; the luck that the record leaves open was not chosen by the "
            "record for these draws."
        )


def _applied(work: Work) -> Iterator[str]:
    """A change that met no occasion is never silent."""
    if work.changed is None or not work.worlds.items:
        return
    ensemble = work.changed.ensemble
    applied = ensemble.applied[ensemble.aside == 0]
    for place, change in enumerate(work.worlds.changes):
        share = float((applied[:, place] > 0).mean()) if len(applied) else 0.0
        if share < 1.0 and change.kind in MUST_ARISE:
            met = "in none of the timelines" if share == 0.0 else f"in only {percent(share)} of the timelines"
            yield f'"{change.text}" met its occasion {met}; in the others it changes nothing.'


def _aside(work: Work) -> Iterator[str]:
    """How many worlds were set aside, why the first of them was, and the command that shows it again."""
    runner = work.runner
    if runner.first_aside is not None:
        yield (
            f"{thousands(runner.aside)} of {thousands(runner.run_so_far)} timelines were set aside because they left "
            f"what the rules can handle; they are not counted. {first_aside(work.worlds, runner.first_aside)}"
        )


def first_aside(worlds: Worlds, aside: Aside) -> str:
    """Why a world was set aside, and the command that shows it again."""
    try:
        address = address_in(worlds, aside.plan, aside.timeline, aside.variants)
    except AllohistoryError as error:
        return f"The first has no address of its own: {error.problem}."
    return f"The first: {timeline_at(address).trouble}. To see it: allohistory tell {address}"


def _few(work: Work, outcomes: Mapping[str, OutcomeAnswer]) -> Iterator[str]:
    assert work.changed is not None
    counted = len(work.changed.draw)
    if (work.question.given or work.question.without) and counted < FEW:
        yield f"Only {counted} timelines meet the condition."
    lacking = [
        one.title
        for one in outcomes.values()
        if one.chosen.probability is not None and one.chosen.ignorance_interval is None
    ]
    if lacking:
        yield (
            f"No ignorance interval for {listed(lacking)}: fewer than {LEAST_TIMELINES} timelines show it, "
            f"or fewer than {LEAST_TIMELINES} do not, or there are too few parameter draws."
        )


def _several(work: Work) -> Iterator[str]:
    weeks = {change.first_week for change in work.worlds.changes}
    if len(weeks) > 1 and work.question.luck == "fresh" and work.question.from_ is None:
        yield "There are several changes: luck is freed after the last of them; between them it is history's own."


def _one_week(work: Work) -> Iterator[str]:
    for change in work.worlds.changes:
        if change.kind == "clock-never" and change.first_week == change.last_week:
            yield (
                f'"{change.text}" forbids a single week; the same trigger may go off the week after. '
                "A window (@A..B) keeps it silent for longer."
            )
