"""Make the kept pages anew: every outcome with what comes before it, the sanity sheet, sensitivity, the debate.

    python tools/kept_tables.py              all pages, in a few minutes on two cores
    python tools/kept_tables.py outcomes     docs/outcome_tables.md alone
    python tools/kept_tables.py sheet        docs/sanity_sheet.md alone
    python tools/kept_tables.py sensitivity  docs/sensitivity.md alone, from the study that is kept
    python tools/kept_tables.py claims       docs/claims.md alone; judged anew where what is kept is another model's

They are kept and not made with the rest of the reference, because they are measurements: a page says by which version,
with which seed and how many timelines it was made. Nothing in them is written by hand but the words beside the lines,
which stand in the scenario's tables.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allohistory.cli.commands import outcome_tables as outcome_words
from allohistory.cli.commands import sensitivity as sensitivity_words
from allohistory.cli.commands import sheet as sheet_words
from allohistory.cli.progress import progress
from allohistory.evidence.sensitivity_report import kept
from allohistory.questions import outcome_tables, sanity_sheet
from allohistory.questions.debate import kept as debate
from allohistory.questions.debate.table import claims_of
from allohistory.questions.scenario import scenario
from allohistory.results.words import percent, percent_range, thousands
from allohistory.version import VERSION
from claims_page import claims_page
from pages import table

if TYPE_CHECKING:
    from allohistory.questions.debate.kept import Judged
    from allohistory.questions.outcome_tables import Row, Table
    from allohistory.questions.sanity_sheet import SheetLine
    from allohistory.telling.grammar import Grammar
    from allohistory.timeline.model import Model

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES = ("outcomes", "sheet", "sensitivity", "claims")
SEED = 1
MADE = "<!-- Made by tools/kept_tables.py: run `python tools/kept_tables.py` to measure anew. -->"

OUTCOMES = """
Luck is let go on five days, and every outcome of the book is counted: how likely it is, when it comes, and what comes
before it oftener than elsewhere. Up to each day the world is our history's; parameters are drawn from what is
believed of them, a hundred draws in turn.

**How to read the last column.** A firing or a choice stands there if it comes before the outcome in a larger share of
the timelines that have it than it does, by the same days, in those that do not: *43 % (else 0 %)* says that it had
come in 43 % of the timelines with the outcome before that came about, and in none of the others by the days on which
the outcome came elsewhere. The five with the largest difference are listed, the largest first; what did not happen
(*not:*) fills up where too little did. Of firings that come and go together only one is listed, and each option once,
for any of its places or for the one that tells most. None is listed that luck alone would put there more than once in
a hundred outcomes; where fewer than three timelines show the outcome, or fewer than three do not, nothing is compared.

**What it is not.** It is association. Two things that spring from one cause stand beside each other as if one led to
the other, and a step that the rules always take on the way (Tokyo decides to strike, and so it strikes) stands first
although it explains little. Whether a change of one moves the other is asked with `allohistory ask --do`, over the
same luck. Shocks (harvests, strengths, losses) are not among the signs, nor is how often a thing happened, only
whether it had.
""".strip()

SHEET = """
What a historian expects of the rules, in forty numbered lines and a few more, and what the rules do. Lines on peace
and the years before a war come from [free running](free_running.md), lines on wars from [wars that are
imposed](sense.md). *In* and **OFF** are by the figure itself; *within chance* says that the 95 % interval of an OFF
figure still reaches the range, and *few* that fewer than ten cases showed what was to be measured, so that the figure
says nothing yet.
""".strip()


SENSITIVITY = """
Which of our beliefs move the headline answers, how much is chance, and how far one belief would have to move before
an answer is halved or doubled. Nothing but the rules decides here, from the first week of 1931 on; every timeline has
a draw of all parameters of its own. Drawn is each parameter from its own posterior ([Calibration](calibration.md)), the
parameters independently: what the record says of two of them together is left out, since shares of variance can be told
apart only where nothing hangs together.

**Shares of variance.** An outcome happens or not; its variance is split (Sobol's indices, by pick and freeze: the
same timeline under the same luck, with one group's parameters drawn anew). *First* is the share that knowing the
group alone would take away; *total* is the share that would be left if everything else were known, luck included.
Totals overlap, for much matters only through something else: whether a clash grows depends on who commands and on
luck at once. A group that moves nothing has a total of exactly 0, since its timelines come out the same to the last
bit: there is no false alarm in a total above 0. Estimators: Saltelli et al. 2010 and Jansen 1999; intervals of 90 %
by bootstrap over timelines.

**Single parameters.** In coordinates in which what is believed of every parameter is a standard normal number z, a move
of belief *i* by one of its spreads moves the probability by E[y z], to first order. All plain timelines give all
1,900 slopes at once. Among those called found at most a tenth are expected to be false (Benjamini and Hochberg 1995);
each table says how many would have been found on the mean had outcomes been shuffled. The ten strongest are drawn anew
by themselves, for their totals. Strongest of 1,900 are picked by the slope they happened to have, so slopes of the
lower rows lean outwards.

**What would change our mind.** Timelines are weighted as if the middle of one belief lay elsewhere, and the least move
that halves the probability or doubles it (above one half: halves the chance against it) is sought, up to three
spreads either way. In brackets: the same timelines run again with the belief really moved.

**Structure.** Where history keeps its own luck, the record does not fix how luck carries over to other odds. Under
four divergences eight conventions are run over the same timelines: *structure* is the variance that they cause.
""".strip()


def main(arguments: Sequence[str]) -> int:
    """Measure and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("which", nargs="*", choices=[*PAGES, []], help="default: all")
    parser.add_argument("--timelines", type=int, help="fewer, to try it out")
    options = parser.parse_args(arguments)
    model, which = (
        scenario("soviet-japanese-war").model,
        options.which or PAGES,
    )
    if "outcomes" in which:
        write("outcome_tables.md", outcomes_page(model, options.timelines or outcome_tables.TIMELINES))
    if "sheet" in which:
        write("sanity_sheet.md", sheet_page(model, options.timelines or sanity_sheet.TIMELINES))
    if "sensitivity" in which:
        write("sensitivity.md", sensitivity_page(kept(model.name) or {}))
    if "claims" in which:
        write("claims.md", claims_page(judged(model, options.timelines), MADE))
    return 0


def judged(model: Model, timelines: int | None) -> tuple[Judged, ...]:
    """The debate's verdicts of the present model, which the package then ships; judged anew where none are kept."""
    table = claims_of(model)
    found = debate.kept(model, table)
    if timelines is not None or not all(one.current for one in found):
        with progress() as bar:
            found = debate.judged(model, table.values(), timelines=timelines, seed=SEED, progress=bar)
    debate.ship(model, found)
    return found


def write(name: str, text: str) -> None:
    """One page of docs/."""
    (DOCS / name).write_text(text, encoding="utf-8")
    print(f"docs/{name}: {len(text):,} characters", file=sys.stderr)


def outcomes_page(model: Model, timelines: int) -> str:
    """The page of outcomes."""
    from allohistory.telling.grammar import Grammar

    with progress() as bar:
        found = outcome_tables.outcome_tables(model, timelines=timelines, seed=SEED, tell=bar)
    grammar = Grammar(model)
    made = (
        f"Made by `python tools/kept_tables.py outcomes` with version {VERSION}, seed {SEED}, "
        f"{thousands(timelines)} timelines a day; "
        "`allohistory check outcomes` prints the same, and with `--json` every figure."
    )
    parts = [OUTCOMES, made, "## All outcomes from all five days", overview(found)]
    for one in found:
        parts += [f"## {one.start.says}", one.start.because + ". " + stood(one), rows_of(one, grammar)]
    return "\n\n".join([MADE, "# Outcomes of free luck", *parts]) + "\n"


def stood(one: Table) -> str:
    """How many timelines a table rests on."""
    aside = f", {one.aside} set aside" if one.aside else ""
    cut = f"; in {one.cut} more happened than a log holds, and its end is not searched" if one.cut else ""
    return f"{thousands(one.n)} timelines{aside}{cut}."


def overview(found: Sequence[Table]) -> str:
    """Every outcome, a column a day: its probability, or the median of an amount."""
    heads = ("", *(one.start.says.removeprefix("Luck free ") for one in found))
    rows = []
    for place, row in enumerate(found[0].rows):
        each = [one.rows[place] for one in found]
        title = row.title if row.option is None else f"{row.title}: {row.option}"
        rows.append((title, *(short(one) for one in each)))
    return "\n\n".join(
        [
            "Probability with its 90 % interval for chance; of an amount the median, with 5 % and 95 %.",
            table(heads, rows),
        ]
    )


def short(row: Row) -> str:
    """One cell of the overview."""
    if row.amounts is not None:
        low, middle, high = (outcome_words.amount(one) for one in row.amounts)
        return f"{middle} ({low} to {high})"
    return f"{percent(row.estimate.probability)} ({percent_range(row.estimate.chance_interval)})"


def rows_of(one: Table, grammar: Grammar) -> str:
    """The table of one day."""
    rows = []
    for row in one.rows:
        said = [
            f"{words.rstrip('.')} {share} ({other})"
            for words, share, other in outcome_words.causes_of(row, grammar)
        ]
        causes = "<br>".join(said) if row.causes is not None else compared(row)
        likely = f"{outcome_words.likely(row)} ({percent_range(row.estimate.chance_interval)})"
        rows.append((outcome_words.title_of(row), likely, outcome_words.middle(row, grammar.model), causes))
    return table(("outcome", "how likely (chance)", "when, or how much", "what comes before it"), rows)


def compared(row: Row) -> str:
    """Why nothing stands there."""
    if row.n == 0:
        return "came in none"
    return "came in all" if row.n == row.estimate.n else "too few to compare"


def sheet_page(model: Model, timelines: int) -> str:
    """The page of the sanity sheet."""
    with progress() as bar:
        found = sanity_sheet.sanity_sheet(model, timelines=timelines, seed=SEED, tell=bar)
    for id in found.without_word:
        print(f"{id}: outside its range, and no word on it", file=sys.stderr)
    made = (
        f"Made by `python tools/kept_tables.py sheet` with version {VERSION}, seed {SEED}, "
        f"{thousands(timelines)} timelines of each world and {thousands(timelines)} wars of each year; "
        f"`allohistory check sheet` prints the same."
    )
    parts = [SHEET, made, sheet_words.summary_of(found)]
    for number in sorted({one.sheet for one in found.lines}, key=lambda number: (number == 0, number)):
        title = f"{number}. {found.subjects[number].removeprefix('... ')}" if number else "Not on the sheet"
        parts += [f"## {title}", lines_of([one for one in found.lines if one.sheet == number])]
    return "\n\n".join([MADE, "# The sanity sheet", *parts]) + "\n"


def lines_of(lines: Sequence[SheetLine]) -> str:
    """The figures of one number, and below them a word on each that is outside."""
    rows = []
    for one in lines:
        state = sheet_words.standing_of(one)
        shown = f"**{state}**" if one.off else state
        word = sheet_words.word_of(one)
        rows.append((one.says, *sheet_words.cells_of(one), one.mark, shown, word))
    return table(("", "expected", "range", "rules", "95 %", "mark", "", "a word"), rows)


def sensitivity_page(held: Mapping[str, Any]) -> str:
    """The page of what moves the answers, from the kept study."""
    words = sensitivity_words
    made = (
        f"{words.words_of(held)} Made by `python tools/kept_tables.py sensitivity` from the study that "
        "`allohistory check sensitivity` prints; `--full` measures it anew, and with `--json` prints every figure."
    )
    parts = [SENSITIVITY, made, "## Parameters and chance", rows_as_table(words.overview(held))]
    for id, one in held["outcomes"].items():
        parts += [f"## {one['title']}", f"`{id}`: {percent(one['probability'])}. {words.found_words(one)}"]
        parts += [rows_as_table(words.groups_of(one)), rows_as_table(words.singles_of(one))]
        parts += [rows_as_table(words.minds_of(one))]
    parts += ["## Structure", rows_as_table(words.structure_of(held))]
    return "\n\n".join([MADE, "# What moves the answers", *parts]) + "\n"


def rows_as_table(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows as they are printed, the first of them the head."""
    return table(rows[0], rows[1:])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
