"""`check outcomes`: every outcome under free luck from several days on, and what comes before it."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, columns, page, paragraph
from allohistory.cli.progress import progress
from allohistory.results.words import amount, percent, percent_or_odds, percent_range, thousands

if TYPE_CHECKING:
    from allohistory.questions.forerunners import Forerunner
    from allohistory.questions.outcome_tables import Row, Table
    from allohistory.telling.grammar import Grammar
    from allohistory.timeline.model import Model

AGAIN = "allohistory check outcomes"
WORDS = (
    "Chance: 90 % for the timelines run. Below each outcome the five firings or choices that set its timelines apart "
    "most: in what share of them it had come before the outcome, and in what share of the others it had come by the "
    "same days. This is association, not proof: whether a change of one moves the other is a question for "
    "`allohistory ask`."
)


def run(options: argparse.Namespace, model: Model) -> int:
    """Count every outcome from every start and print what came before; nothing here has a bar to miss."""
    from allohistory.questions.outcome_tables import TIMELINES, outcome_tables
    from allohistory.telling.grammar import Grammar

    with progress() as bar:
        found = outcome_tables(
            model, timelines=options.timelines or TIMELINES, workers=options.workers, tell=bar
        )
    grammar = Grammar(model)
    if options.json:
        body = {"scores": [_score(table, row, grammar) for table in found for row in table.rows]}
        sys.stdout.write(with_head("check", options, model, body))
        return 0
    head = bold("Every outcome under free luck, and what comes before it") + "\n" + paragraph(WORDS)
    sys.stdout.write(page([head, *(_shown(table, grammar) for table in found)]))
    return 0


def _shown(table: Table, grammar: Grammar) -> str:
    aside = f", {table.aside} set aside" if table.aside else ""
    rows: list[tuple[str, ...]] = [("", "", "chance", "when or how much")]
    for row in table.rows:
        rows.append(
            (
                title_of(row),
                likely(row),
                percent_range(row.estimate.chance_interval),
                middle(row, grammar.model),
            )
        )
        rows += [(f"  {words}", *shares, "") for words, *shares in causes_of(row, grammar)]
    head = bold(f"{table.start.says} ({thousands(table.n)} timelines{aside})")
    return "\n".join([head, *columns(rows, right=(1, 2, 3))])


def title_of(row: Row) -> str:
    """The outcome's title, with the option, or what counts as much."""
    if row.option is not None:
        return f"{row.title}: {row.option}"
    if row.kind == "amount" and row.much is not None:
        return f"{row.title} above {amount(row.much, row.unit)}"
    return row.title


def likely(row: Row) -> str:
    """Its probability; where no timeline showed it, so."""
    return percent_or_odds(row.estimate.probability) if row.n else "never"


def middle(row: Row, model: Model) -> str:
    """The median of an amount or of the day, with 5 % and 95 %; nothing for what is read off the last day."""
    if row.amounts is not None:
        low, half, high = (amount(one) for one in row.amounts)
        return f"{half} ({low} to {high})"
    if row.days is None or row.days[0] == row.days[2]:
        return ""
    low, half, high = (
        "-" if one is None else model.book.calendar.date_of(int(one)).isoformat()[:7] for one in row.days
    )
    return f"{half} ({low} to {high})"


def causes_of(row: Row, grammar: Grammar) -> list[tuple[str, str, str]]:
    """(words, share before it, share by the same days without it) of each forerunner."""
    return [
        (words_of(one, grammar), percent(one.share), f"else {percent(one.without)}")
        for one in row.causes or ()
    ]


def words_of(one: Forerunner, grammar: Grammar) -> str:
    """What came, or did not come, in the scenario's own sentence; any entity is told by its kind."""
    sign = one.sign
    facts = grammar.model.blueprint.rule_of[sign.rule]
    words = grammar.option_sentence(sign.rule, sign.option, sign.entity or "", None)
    if sign.entity is None and len(facts.entities) > 1:
        kind = grammar.model.book_rules[sign.rule].per or "entity"
        words = grammar.option_sentence(sign.rule, sign.option, f"any {kind.replace('-', ' ')}", None)
    return f"not: {words}" if one.absent else words


def _score(table: Table, row: Row, grammar: Grammar) -> dict[str, Any]:
    """One row for machines; it has no bar."""
    estimate = row.estimate
    return {
        "name": f"{row.id}={row.option}" if row.option else row.id,
        "from": table.start.id,
        "value": estimate.probability,
        "interval": None if estimate.chance_interval is None else list(estimate.chance_interval),
        "ignorance": None if estimate.ignorance_interval is None else list(estimate.ignorance_interval),
        "baseline": None,
        "bar": None,
        "met": None,
        "n": table.n,
        "above": row.much,
        "amounts": None if row.amounts is None else list(row.amounts),
        "days": None if row.days is None else list(row.days),
        "causes": None
        if row.causes is None
        else [{**vars(one.sign), **_shares(one), "words": words_of(one, grammar)} for one in row.causes],
        "again": AGAIN,
    }


def _shares(one: Forerunner) -> dict[str, Any]:
    return {"absent": one.absent, "share": one.share, "without": one.without}
