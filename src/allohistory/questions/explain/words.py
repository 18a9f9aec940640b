"""The explanation as JSON, and in words that a reader of a forum understands, each with its number beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allohistory.questions.explain.steps import CAUSE, OUTCOME
from allohistory.questions.rare.signs import Step, words_of
from allohistory.results.words import in_words as date_in_words
from allohistory.results.words import percent, percent_range, points

if TYPE_CHECKING:
    from allohistory.questions.explain.ask import Explanation
    from allohistory.questions.explain.twins import Twins

MOSTLY, RARELY = 0.75, 0.25


def as_json(found: Explanation) -> dict[str, Any]:
    """The keys of the interface; beside them the chain (`steps`, `arrows`) and `our_history`, under its own luck.

    in_words   what a step, a variable or a parameter is called in plain words, by the id that stands elsewhere
    """
    own = found.own_luck
    return {
        "outcome": {"id": found.asked.id, "title": found.asked.title, "definition": found.asked.definition},
        "causes": [{"id": id, **one.as_json()} for id, one in found.causes.items()],
        "shapley": [part.as_json() for part in found.shares],
        "our_history": {
            "shows": own.ours,
            "with_the_causes": own.probability,
            "mechanism_band": list(own.band),
            "n": own.n,
        },
        "steps": [
            {
                "id": step.id,
                "came": step.came,
                "of": step.of,
                "necessity": step.necessity.value,
                "necessity_interval": step.necessity.interval,
                "cut": step.cut,
            }
            for step in found.chain.steps
        ],
        "arrows": [arrow.as_json() for arrow in found.chain.arrows],
        "boxes": None if found.boxes is None else [box.as_json() for box in found.boxes],
        "sensitivity": [one.as_json() for one in found.hanging],
        "unapplied": found.unapplied,
        "in_words": in_words(found),
        "words": words(found),
    }


def in_words(found: Explanation) -> dict[str, str]:
    """By id: the sentence of a step, what a variable or a parameter is."""
    book = found.model.book
    told = dict(found.titles) | {step.id: step_in_words(found, step.id) for step in found.chain.steps}
    ids = {limit.variable for box in found.boxes or () for limit in box.limits}
    told |= {id: book.variables[id].what for id in sorted(ids)}
    return told | {one.parameter: book.parameters[one.parameter].what for one in found.hanging}


def step_in_words(found: Explanation, id: str) -> str:
    """The scenario's own sentence for a step."""
    for step in found.chain.steps:
        if step.id == id:
            sign = step.sign
            return words_of(Step("rule", sign.rule, sign.option, sign.entity or ""), found.model)
    return id


def words(found: Explanation) -> list[str]:
    """A sentence or two on each part."""
    lines = [sentence(found, id, one) for id, one in found.causes.items()]
    lines += [of_our_history(found), *of_steps(found), *of_boxes(found)]
    lines += [
        f"{id} met no occasion in {percent(share)} of the timelines; there it changed nothing."
        for id, share in found.unapplied.items()
    ]
    return lines


def sentence(found: Explanation, id: str, one: Twins) -> str:
    """Needed, enough, or neither: one cause."""
    title = found.titles.get(id, "All causes together")
    base = f"{title}: {percent(one.with_it.value)} with it, {percent(one.without_it.value)} without."
    parts = [base]
    if one.necessity.value is not None and one.necessity.interval is not None:
        verdict = graded(
            one.necessity.value, "It was mostly needed", "It was sometimes needed", "It was rarely needed"
        )
        parts.append(
            f"{verdict}: of the timelines with the outcome, {percent(one.necessity.value)} would not have had it "
            f"otherwise ({percent_range(one.necessity.interval)})."
        )
    if one.sufficiency.value is not None and one.sufficiency.interval is not None:
        verdict = graded(
            one.sufficiency.value, "It was mostly enough", "It was sometimes enough", "It was rarely enough"
        )
        parts.append(
            f"{verdict}: of the timelines that went without, it would have brought the outcome about in "
            f"{percent(one.sufficiency.value)} ({percent_range(one.sufficiency.interval)})."
        )
    low = one.prevention.interval
    if one.with_it.count < one.without_it.count and low is not None:
        parts.append(
            f"It rather stood in the way: of the timelines that showed the outcome without it, it would have "
            f"prevented {percent(one.prevention.value)} ({percent_range(low)})."
        )
    return " ".join(parts)


def graded(value: float, much: str, some: str, little: str) -> str:
    """Three words for a share: from three quarters on, up to one quarter, between."""
    return much if value >= MOSTLY else little if value <= RARELY else some


def of_our_history(found: Explanation) -> str:
    """The causes under our history's own luck."""
    own = found.own_luck
    came = "came about" if own.ours else "did not come about"
    return (
        f"In our history it {came}. With our history's own luck and the change it comes about in "
        f"{percent(own.probability)} of timelines ({percent_range(own.band)} by how luck is carried over)."
    )


def of_steps(found: Explanation) -> list[str]:
    """The step that was needed most, if any was."""
    known = [step for step in found.chain.steps if step.necessity.count]
    if not known:
        return []
    one = known[0]
    said = (
        f"Of the steps this carried most: {step_in_words(found, one.id)}. It came before {one.came} of {one.of} "
        f"outcomes, and where it was cut in a rerun {percent(one.necessity.value)} of these were lost."
    )
    return [said]


def of_boxes(found: Explanation) -> list[str]:
    """The first box, with what imposing it does."""
    if not found.boxes:
        return []
    box = found.boxes[0]
    called = found.model.book.variables
    limits = "; ".join(
        limit_in_words(f"{called[limit.variable].what} ({limit.variable})", limit.low, limit.high)
        for limit in box.limits
    )
    tail = "which brings it about when imposed" if box.causal else "which only goes with it"
    if box.causal is None:
        tail = "which could not be imposed"
    effect = "" if box.effect is None else f" ({points(box.effect)} points)"
    said = (
        f"On {date_in_words(box.date)}, {percent(box.density.value)} show it where this holds: {limits}. That is "
        f"{percent(box.coverage.value)} of all that show it; a state {tail}{effect}."
    )
    return [said]


def limit_in_words(variable: str, low: float | None, high: float | None) -> str:
    """japan.oil above 3.2, up to 5."""
    if low is None:
        return f"{variable} is at most {high:.4g}"
    if high is None:
        return f"{variable} is above {low:.4g}"
    return f"{variable} is above {low:.4g} and at most {high:.4g}"


def name_of_end(end: str, title: str) -> str:
    """An arrow's end for a reader."""
    return {CAUSE: "the change", OUTCOME: title}.get(end, end)
