"""docs/claims.md: the debate as it was judged, written from the kept verdicts for a reader of forums."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from allohistory.cli.show_claims import making_words, part_verdict, sentence, verdict
from allohistory.questions.debate.kept import NOT_JUDGED
from allohistory.results.words import percent
from pages import table

if TYPE_CHECKING:
    from allohistory.questions.debate.kept import Judged
    from allohistory.results.schema import ClaimPartAnswer

OPENING = """
People have argued about this war for decades. Here each argument is put as inequalities that the model can be asked,
and judged by them.

**What a verdict is.** Nobody knows the parameters of this history; the model keeps a hundred opinions about them,
drawn from what the record leaves of our priors. Under each opinion an argument is true or false. The verdict is the
share under which it is true: *holds* from 95 %, *mostly holds* from 75 %, *open*, *mostly fails* to 25 %, *fails* to 5
%. An argument of several parts is as good as its weakest. How chance is kept out of it stands in
[Statistics](statistics.md#claims). The parts were fixed before they were first run.

**What a verdict is not.** It is the model's, and the model is wrong in ways that [Limits](limits.md) lists. Where an
argument fails by a word ("never", "would"), the numbers beside it say by how much.
""".strip()
ORDER = ("holds", "mostly holds", "open", "mostly fails", "fails")


def claims_page(found: Sequence[Judged], made: str) -> str:
    """The whole page; `made` is the comment that says which tool wrote it."""
    making = dict.fromkeys(one.made for one in found if one.made is not None)
    words = " ".join(making_words(one) for one in making)
    again = (
        f"{words} `allohistory claims` prints the same, `allohistory claims ID` one of them with every figure, and "
        "`--full` judges them anew."
    )
    parts = [OPENING, again, "## All arguments", overview(found)]
    for one in found:
        parts += [f"## {one.id}", *section(one)]
    return "\n\n".join([made, "# The debate", *parts]) + "\n"


def overview(found: Sequence[Judged]) -> str:
    """A row an argument."""
    rows = [
        (
            f"[{one.says}](#{one.id})",
            f"**{one.verdict}**",
            percent(one.probability) if one.probability is not None else "",
        )
        for one in found
    ]
    return table(("the argument", "verdict", "true in this share of the draws"), rows)


def section(one: Judged) -> list[str]:
    """One argument: what is said, the verdict and why, its parts, timelines to read."""
    parts = [f"> {one.says}", f"**{verdict(one)[:1].upper()}{verdict(one)[1:]}.** {why(one)}".strip()]
    for head, words in (("How it is read", one.reading), ("What is not seen", one.narrower)):
        parts += [f"*{head}.* {words}"] if words else []
    if len(one.parts) > 1:
        parts.append("\n".join(f"- {line(part)}" for part in one.parts))
    if one.hangs_on:
        parts.append("*It hangs on* " + "; ".join(hanging(one)) + ".")
    told = {"for": "A timeline that goes its way", "against": "one that does not"}
    shown = [f"{told[key]}: `{address}`" for key, address in one.addresses.items()]
    if shown:
        said = "; ".join(shown)
        parts.append(f"{said[:1].upper()}{said[1:]} (`allohistory tell ADDRESS`).")
    if one.source:
        parts.append(f"Argued: {one.source}.")
    return parts


def why(one: Judged) -> str:
    """The deciding part in a sentence, or why there is none."""
    if one.not_testable:
        return one.not_testable
    if one.deciding is None:
        return "" if one.verdict == NOT_JUDGED else "None of its parts has ten timelines to be measured by."
    return f"{sentence(one.deciding)}."


def line(part: ClaimPartAnswer) -> str:
    """One part: its sentence, its word, and the inequality itself."""
    than = part.than if isinstance(part.than, str) else f"{part.than:g}"
    margin = f" by more than {part.margin:g}" if part.margin else ""
    return f"{sentence(part)}: *{part_verdict(part)}*. `{part.quantity} {part.relation} {than}{margin}`"


def hanging(one: Judged) -> list[str]:
    """Parameters and judged changes, without the facts behind them."""
    return [
        f"`{held.id}` ({held.effect}{f'; grade {held.grade}' if held.grade else ''})"
        for held in one.hangs_on
        if held.kind != "fact"
    ]
