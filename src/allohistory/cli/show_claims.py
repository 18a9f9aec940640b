"""Claims as text: each with its verdict, and the parts that made it; the debate as a list, one argument in full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from allohistory.cli.layout import bold, listing, paragraph
from allohistory.results.schema import ClaimAnswer, ClaimPartAnswer, Interval
from allohistory.results.words import amount, percent, percent_range, points, thousands

if TYPE_CHECKING:
    from allohistory.questions.debate.kept import Judged, Made

RULE = (
    "A verdict is the share of parameter draws in which an argument's weakest part is true: holds from 95 %, mostly "
    "holds from 75 %, open, mostly fails to 25 %, fails to 5 %."
)


def claim_lines(claims: Sequence[ClaimAnswer]) -> str:
    """All claims of an answer; nothing where there are none."""
    if not claims:
        return ""
    lines = [bold("Claims, and in what share of the parameter draws they are true")]
    if any(isinstance(part.than, str) for claim in claims for part in claim.parts):
        words = "The two sides of a comparison are measured with luck freed at the same moment, the later of the two."
        lines.append(paragraph(words, indent=2))
    for claim in claims:
        lines.append(paragraph(f"{claim.says}  {verdict(claim)}  [{claim.id}]", indent=2, hanging=2))
        lines += [paragraph(_part(part), indent=4, hanging=2) for part in claim.parts]
    return "\n".join(lines)


def verdict(claim: ClaimAnswer) -> str:
    """The verdict with the share that it follows from."""
    return claim.verdict + ("" if claim.probability is None else f" ({percent(claim.probability)})")


def dated_verdict(one: Judged) -> str:
    """The verdict, and whose it is where that is not the present model."""
    if one.made is None or one.current:
        return verdict(one)
    return f"was {verdict(one)} by version {one.made.version}, model {one.made.model}"


def debate_lines(found: Sequence[Judged]) -> str:
    """Every argument with its verdict, in the table's order."""
    if not found:
        return "No arguments stand in this scenario's table."
    lines = [bold(f"The debate: {len(found)} arguments, judged"), paragraph(RULE, indent=2)]
    lines += [paragraph(words, indent=2) for words in made_of(found)]
    for one in found:
        lines += ["", paragraph(f"{bold(dated_verdict(one))}  [{one.id}]", hanging=2)]
        lines.append(paragraph(one.says, indent=2))
    return "\n".join(lines)


def made_of(found: Sequence[Judged]) -> list[str]:
    """What the verdicts were made of, a sentence for each different making."""
    making = dict.fromkeys(one.made for one in found if one.made is not None)
    return [making_words(one) for one in making]


def making_words(made: Made) -> str:
    """Version, model and how many timelines."""
    free = f", {thousands(made.free)} of free luck" if made.free else ""
    return (
        f"Judged by version {made.version}, model {made.model}: {thousands(made.timelines)} timelines of each "
        f"changed world{free}, seed {made.seed}."
    )


def claim_in_full(one: Judged) -> str:
    """One argument: what is said, the verdict, every part, what it hangs on, timelines to read."""
    lines = [bold(one.id), paragraph(one.says, indent=2)]
    lines += [paragraph(f"Argued: {one.source}.", indent=2)] if one.source else []
    lines.append(paragraph(f"Verdict: {dated_verdict(one)}", indent=2))
    for head, words in (
        ("Read so", one.reading),
        ("Narrower than argued", one.narrower),
        ("Not testable", one.not_testable),
    ):
        lines += [paragraph(f"{head}: {words}", indent=2)] if words else []
    for part in one.parts:
        mark = "  (decides)" if len(one.parts) > 1 and part is one.deciding else ""
        lines += ["", paragraph(f"{sentence(part)}: {part_verdict(part)}{mark}", indent=2, hanging=2)]
        lines.append(paragraph(_part(part, short=True), indent=6, hanging=2))
    lines += ["", "  What it hangs on", *_hanging(one)] if one.parts else []
    if one.addresses:
        names = {"for": "a timeline that goes its way", "against": "one that does not"}
        lines += ["", *(f"  {names[key]}:  allohistory tell {held}" for key, held in one.addresses.items())]
    lines += ["", paragraph(making_words(one.made), indent=2)] if one.made is not None else []
    return "\n".join(lines)


def part_verdict(part: ClaimPartAnswer) -> str:
    """The word of a part with its share of draws."""
    return part.verdict + ("" if part.probability is None else f" ({percent(part.probability)} of the draws)")


def sentence(part: ClaimPartAnswer) -> str:
    """A part in words: what it is, both sides with their intervals, and what was claimed."""
    quantity = part.quantity
    said = f"{part.words or quantity}: {_value(quantity, part.value)}{_chance(quantity, part.chance_interval, part.n)}"
    more = "more" if part.relation == ">" else "less"
    if isinstance(part.than, str):
        other = _value(quantity, part.than_value) + _chance(quantity, part.than_interval, part.than_n)
        by = f" by at least {_margin(quantity, part.margin)}" if part.margin else ""
        return f"{said}; {part.against or part.than}: {other}; claimed: {more}{by}{_difference(part)}"
    bound = part.than + (part.margin if part.relation == ">" else -part.margin)
    return f"{said}; claimed: {more} than {_value(quantity, bound)}"


def _difference(part: ClaimPartAnswer) -> str:
    if part.difference is None:
        return ""
    low, high = part.difference.chance_interval
    if _is_share(part.quantity):
        return f", it moves by {points(part.difference.value)} points ({points(low)} to {points(high)})"
    return f", it moves by {amount(part.difference.value)} ({amount(low)} to {amount(high)})"


def _chance(quantity: str, interval: Interval | None, n: int | None) -> str:
    if interval is None:
        return ""
    span = (
        percent_range(interval) if _is_share(quantity) else f"{amount(interval[0])} to {amount(interval[1])}"
    )
    return f" ({span}, of {thousands(n or 0)} timelines)"


def _margin(quantity: str, margin: float) -> str:
    return f"{100.0 * margin:g} points" if _is_share(quantity) else amount(margin)


def _hanging(one: Judged) -> list[str]:
    if not one.hangs_on:
        words = "No single parameter stands out above chance at this number of timelines."
        return [paragraph(words, indent=4)]
    rows = [
        (held.id, held.effect + (f" (sources: grade {held.grade})" if held.grade else ""))
        for held in one.hangs_on
    ]
    return listing(rows, indent=4)


def _part(part: ClaimPartAnswer, short: bool = False) -> str:
    """The inequality as it is written; short: without what was measured."""
    margin = f" by more than {part.margin:g}" if part.margin else ""
    if short:
        than = part.than if isinstance(part.than, str) else f"{part.than:g}"
        return f"{part.quantity} {part.relation} {than}{margin}"
    than = (
        f"{part.than} = {_value(part.than, part.than_value)}"
        if isinstance(part.than, str)
        else f"{part.than:g}"
    )
    measured = f"{part.quantity} = {_value(part.quantity, part.value)}"
    return f"{measured} {part.relation} {than}{margin}: {part.verdict}"


def _is_share(quantity: str) -> bool:
    return quantity.lstrip().startswith("P")


def _value(quantity: str, value: float | None) -> str:
    return percent(value) if _is_share(quantity) else amount(value)
