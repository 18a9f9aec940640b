"""The claims of a question as text: each with its verdict, and the parts that made it."""

from __future__ import annotations

from collections.abc import Sequence

from allohistory.cli.layout import bold, paragraph
from allohistory.results.schema import ClaimAnswer, ClaimPartAnswer
from allohistory.results.words import amount, percent


def claim_lines(claims: Sequence[ClaimAnswer]) -> str:
    """All claims; nothing where there are none."""
    if not claims:
        return ""
    lines = [bold("Claims, and in what share of the parameter draws they are true")]
    if any(isinstance(part.than, str) for claim in claims for part in claim.parts):
        words = "The two sides of a comparison are measured with luck freed at the same moment, the later of the two."
        lines.append(paragraph(words, indent=2))
    for claim in claims:
        share = "" if claim.probability is None else f" ({percent(claim.probability)})"
        lines.append(paragraph(f"{claim.says}  {claim.verdict}{share}  [{claim.id}]", indent=2, hanging=2))
        lines += [paragraph(_part(part), indent=4, hanging=2) for part in claim.parts]
    return "\n".join(lines)


def _part(part: ClaimPartAnswer) -> str:
    than = (
        f"{part.than} = {_value(part.than, part.than_value)}"
        if isinstance(part.than, str)
        else f"{part.than:g}"
    )
    margin = f" by more than {part.margin:g}" if part.margin else ""
    measured = f"{part.quantity} = {_value(part.quantity, part.value)}"
    return f"{measured} {part.relation} {than}{margin}: {part.verdict}"


def _value(quantity: str, value: float | None) -> str:
    return percent(value) if quantity.lstrip().startswith("P") else amount(value)
