"""Reference pages of a scenario, made from its rule book and its tables; `tools/reference.py` writes them.

Each function takes what it shows and returns one page of Markdown. Nothing here knows a scenario by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from inspect import cleandoc
from itertools import groupby
from typing import Any

MADE = (
    "<!-- Made by tools/reference.py from the tables and the rule book: edit those, then run `make docs`. -->"
)
GRADES = "Grades: A well sourced, B sourced with care, C a judgement."
DRAWS = {
    "clock": "A **clock**: it states a hazard a week; luck says whether and on which day it strikes.",
    "choice": "A **choice**: it states a utility for each option; luck adds its noise and the largest wins.",
    "shock": "A **shock**: it states a mean and a spread; luck says how far from the mean.",
    "nothing": "It draws nothing: it only moves the world.",
}


def page(title: str, *parts: str) -> str:
    """A whole page from its title and parts; empty parts are left out."""
    return "\n\n".join([MADE, f"# {title}", *(part.strip("\n") for part in parts if part)]) + "\n"


def table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    """A Markdown table; empty where there is no row."""
    lines = [f"| {' | '.join(cell(word) for word in row)} |" for row in rows]
    rule = f"|{'|'.join([' --- '] * len(head))}|"
    return "\n".join([f"| {' | '.join(head)} |", rule, *lines]) if lines else ""


def cell(value: object) -> str:
    """A value as it stands in a cell of a table."""
    if value is None or value == "":
        return "–"
    if isinstance(value, float):
        return number(value)
    return " ".join(str(value).split()).replace("|", "\\|")


def number(value: float) -> str:
    """A number with no more digits than it has."""
    return f"{value:.6g}"


def sentence(text: str) -> str:
    """The text with a capital first and a full stop."""
    text = " ".join(text.split())
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?', '!')) else '.'}" if text else ""


def prior_text(prior: Any) -> str:
    """A prior as family and numbers."""
    return f"{prior.family} ({', '.join(f'{name} {number(x)}' for name, x in prior.numbers.items())})"


def start_text(start: Any) -> str:
    """A starting value: one number, or one for each entity."""
    return number(start) if isinstance(start, (int, float)) else ", ".join(number(x) for x in start)


def broken(*lines: str) -> str:
    """One paragraph of several lines; empty lines are left out."""
    return "<br>\n".join(line for line in lines if line)


def fact_links(facts: Iterable[str], known: Mapping[str, Any], up: str = "") -> str:
    """Fact ids, each a link to its place on the page of facts."""
    return ", ".join(f"[{name}]({up}facts.md#{name})" if name in known else f"`{name}`" for name in facts)


def by_subject(rows: Iterable[Any], subject: Callable[[Any], str]) -> list[tuple[str, list[Any]]]:
    """Rows gathered by subject, subjects in order of the alphabet, rows in the order of the book."""
    ordered = sorted(rows, key=subject)
    return [(name, list(members)) for name, members in groupby(ordered, key=subject)]


# ---------------------------------------------------------------- rules


def first_paragraph(text: str) -> str:
    """What a docstring says first."""
    return cleandoc(text).split("\n\n")[0]


def rules_index(rules: Mapping[str, Any]) -> str:
    """The list of all rules, by subject."""
    parts = [f"{len(rules)} rules. A rule states a chance; the week draws."]
    for subject, members in by_subject(rules.values(), lambda card: card.id.partition(".")[0]):
        rows = [
            (f"[{card.id}]({card.id}.md)", card.draws, card.per, sentence(first_paragraph(card.decides)))
            for card in members
        ]
        parts.append(f"## {subject}\n\n" + table(("rule", "draws", "per", "decides"), rows))
    return page("The rule book", *parts)


def rule_page(card: Any, book: Any) -> str:
    """All about one rule: what it decides, how luck enters, what it stands on, what it leaves out."""
    own = [row for row in book.parameters.values() if row.rule == card.id]
    written = [row.id for row in book.variables.values() if card.id in row.written_by]
    entries = [row for row in book.entries.values() if row.rule == card.id]
    module = card.module.replace(".", "/")
    latent = "Its unrecorded luck reaches recorded decisions, so it travels with the parameter draw."
    return page(
        card.id,
        docstring(card.decides),
        DRAWS[card.draws]
        + (f" It is asked for each {card.per}." if card.per else "")
        + (f" {latent}" if card.latent else ""),
        f"Code: `src/{module}.py`.",
        options_part(card),
        "## Stands on\n\n" + fact_links(card.facts, book.facts, "../") if card.facts else "",
        f"## Leaves out\n\n{sentence(card.leaves_out)}" if card.leaves_out else "",
        parameters_part(own),
        "## Moves\n\n" + ", ".join(f"[`{name}`](../variables.md#{name})" for name in written)
        if written
        else "",
        record_part(card, entries, book),
    )


def docstring(text: str) -> str:
    """A docstring as Markdown: paragraphs as they are, columns of inputs kept in their columns."""
    parts = []
    for block in cleandoc(text).split("\n\n"):
        columns = any("  " in line.strip() for line in block.splitlines())
        parts.append(f"```text\n{block}\n```" if columns else block)
    return "\n\n".join(parts)


def options_part(card: Any) -> str:
    """The options of a choice, the most restrained first."""
    if not card.options:
        return ""
    lines = [f"{i + 1}. `{name}`{silent_mark(card, name)}" for i, name in enumerate(card.options)]
    return "## Options\n\nThe most restrained first.\n\n" + "\n".join(lines)


def silent_mark(card: Any, option: str) -> str:
    """The remark beside the option that silence stands for."""
    return " (where the record is silent)" if option == card.silent else ""


def parameters_part(rows: list[Any]) -> str:
    """The parameters of one rule."""
    head = ("parameter", "what", "unit", "prior", "in words", "grade")
    lines = []
    for row in rows:
        link = f"[`{row.name}`](../parameters.md#{row.id})"
        lines.append((link, row.what, row.unit, prior_text(row.prior), row.in_words, row.grade))
    return "## Parameters\n\n" + table(head, lines) if rows else ""


def record_part(card: Any, entries: list[Any], book: Any) -> str:
    """Where the record speaks of a rule: its coverage and its entries."""
    covered = [row for row in book.coverage if row.rule == card.id]
    lines = [(row.entity.replace("*", "all"), row.first, row.last, row.because) for row in covered]
    silence = table(("entity", "from", "until", "because"), lines)
    taken = [
        (row.date, f"[{row.id}](../record.md#{row.id})", row.entity, row.took)
        for row in sorted(entries, key=lambda row: (row.date, row.id))
    ]
    return "## In the record\n\n" + "\n\n".join(
        [
            "Between these dates its list is complete: what is not listed did not happen.\n\n" + silence
            if silence
            else "The record does not cover it.",
            table(("date", "entry", "entity", "took"), taken) or "No entry.",
        ]
    )


# ---------------------------------------------------------------- tables


def parameters_page(book: Any, learnt: Mapping[str, Any] | None = None) -> str:
    """Every parameter with its prior, in numbers and in words, its posterior where one is kept, and its reasons."""
    parts = [f"How the world answers, and how sure that is. {GRADES}"]
    for subject, rows in by_subject(book.parameters.values(), lambda row: row.id.partition(".")[0]):
        parts.append(f"## {subject}")
        parts += [parameter_part(row, book, (learnt or {}).get(row.id)) for row in rows]
    return page("Parameters", *parts)


def parameter_part(row: Any, book: Any, learnt: Any = None) -> str:
    """One parameter."""
    bounds = (("at least", row.low), ("at most", row.high))
    limits = [f"{word} {number(bound)}" for word, bound in bounds if bound is not None]
    return broken(
        f'<a id="{row.id}"></a>**`{row.id}`** ({row.unit}, grade {row.grade})',
        sentence(row.what),
        f"Prior: {', '.join([prior_text(row.prior), *limits])}; {row.in_words}.",
        "" if learnt is None else posterior_text(learnt),
        sentence(row.because),
        facts_line(row, book),
    )


def posterior_text(learnt: Any) -> str:
    """What the calibration left of a prior."""
    low, middle, high = (f"{value:.3g}" for value in learnt.posterior)
    return f"Posterior: {middle} (5 to 95 %: {low} to {high}); {learnt.said}."


def facts_line(row: Any, book: Any) -> str:
    """The facts that a row stands on."""
    return f"Facts: {fact_links(row.facts, book.facts)}." if row.facts else ""


def variables_page(book: Any) -> str:
    """Every variable of the world."""
    parts = ["The state of the world in one week: all that a rule may read."]
    head = ("variable", "what", "unit", "range", "per", "in week 0", "written by")
    for subject, rows in by_subject(book.variables.values(), lambda row: row.subject):
        lines = [
            (
                f'<a id="{row.id}"></a>`{row.id}`',
                row.what,
                row.unit,
                f"{number(row.low)} to {number(row.high)}",
                row.per,
                start_text(row.start),
                ", ".join(row.written_by),
            )
            for row in rows
        ]
        parts.append(f"## {subject}\n\n" + table(head, lines))
    return page("Variables", *parts)


def record_page(book: Any) -> str:
    """Every entry of the record, year by year."""
    ordered = sorted(book.entries.values(), key=lambda row: (row.date, row.id))
    parts = [f"{len(ordered)} entries: what really happened, each given to the rule that would have made it."]
    for year, rows in groupby(ordered, key=lambda row: row.date.year):
        parts.append(f"## {year}")
        parts += [entry_part(row, book) for row in rows]
    return page("The record", *parts)


def entry_part(row: Any, book: Any) -> str:
    """One entry."""
    whom = f" for `{row.entity}`" if row.entity else ""
    return broken(
        f'<a id="{row.id}"></a>**{row.date}** `{row.id}`',
        sentence(row.what),
        f"[{row.rule}](rules/{row.rule}.md){whom}: **{row.took}**. {sentence(row.why)}",
        f"Source (grade {row.grade}): {sentence(row.source)}",
        facts_line(row, book),
        *(f"Variant `{other.id}`: {variant_text(other)} ({other.source})." for other in row.variants),
    )


def variant_text(variant: Any) -> str:
    """What a variant says instead."""
    said = [str(value) for value in (variant.took, variant.date) if value is not None]
    return " on ".join(said)


def divergences_page(book: Any) -> str:
    """The catalogue of points of divergence."""
    ordered = sorted(book.pods.values(), key=lambda row: (row.date, row.id))
    improbable = "How improbable each is, is computed, never typed in: `allohistory pods`."
    parts = [f"{len(ordered)} points of divergence. {improbable}"]
    return page("Points of divergence", *parts, *(pod_part(row, book) for row in ordered))


def pod_part(row: Any, book: Any) -> str:
    """One point of divergence."""
    judged = row.judged_bits
    span = f"{number(judged.low)} to {number(judged.high)}" if judged else ""
    changes = "\n".join(row.changes)
    about = broken(
        f"May be moved within {row.movable}." if row.movable else "",
        f"Judged at {span} bits: {sentence(judged.because)}" if judged else "",
        f"Source: {sentence(row.source)}" if row.source else "",
        f"Argued at: {row.argued_at}" if row.argued_at else "",
        facts_line(row, book),
    )
    head = f'## {row.title}\n\n<a id="{row.id}"></a>`{row.id}`, {row.date}. {sentence(row.what)}'
    return f"{head}\n\n```text\n{changes}\n```\n\n{about}".rstrip()


def outcomes_page(book: Any) -> str:
    """Every outcome that may be asked for."""
    words = "`and`, `or`, `not`, `before`, `after`, `within`"
    parts = [
        f"What a timeline may come to. Outcomes combine with {words}: [Questions](../river/6_questions.md)."
    ]
    for row in book.outcomes.values():
        kind = f"{row.kind} of {', '.join(row.options)}" if row.options else row.kind
        unit = f", in {row.unit}" if row.unit else ""
        derived = f" It is `{row.derived}`." if row.derived else ""
        parts.append(f"## {row.id}\n\n**{row.title}** ({kind}{unit}). {sentence(row.definition)}{derived}")
    return page("Outcomes", *parts)


def facts_page(book: Any) -> str:
    """Every fact that a rule, a parameter or an entry may cite."""
    parts = [f"{len(book.facts)} facts. {GRADES}"]
    for subject, rows in by_subject(book.facts.values(), lambda row: row.id.partition(".")[0]):
        parts.append(f"## {subject}")
        parts += [fact_part(row) for row in rows]
    return page("Facts", *parts)


def fact_part(row: Any) -> str:
    """One fact with its source."""
    unit = f" {row.unit}" if row.unit else ""
    figure = "" if row.value is None else f" **{row.value}{unit}**"
    span = "" if row.low is None or row.high is None else f" ({number(row.low)} to {number(row.high)})"
    place = ", ".join(word for word in (row.place, row.when) if word)
    where = f" ({place})" if place else ""
    address = f" <{row.url}>" if row.url else ""
    return broken(
        f'<a id="{row.id}"></a>`{row.id}`{where}: {sentence(row.what)}{figure}{span}',
        f"Source (grade {row.grade}): {sentence(row.source)}{address}",
        sentence(row.note),
    )


# ---------------------------------------------------------------- commands


def commands_page(helps: Mapping[str, str]) -> str:
    """The help text of the command and of each of its parts, as they print it."""
    parts = ["As the command prints them. Errors and exit codes: [From a terminal](../river/8_cli.md)."]
    parts += [f"## {name}\n\n```text\n{text.strip()}\n```" for name, text in helps.items()]
    return page("Commands", *parts)
