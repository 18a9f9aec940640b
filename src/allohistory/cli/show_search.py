"""A search as a page of text: the question, the front on new luck, what fell, how much was tried, the command."""

from __future__ import annotations

from allohistory.cli.layout import bold, columns, listing, page, paragraph
from allohistory.questions.scenario import scenario
from allohistory.questions.search.answer import FrontLine, SearchAnswer
from allohistory.results.words import (
    bits,
    bits_as_odds,
    in_words,
    listed,
    month_of,
    percent,
    percent_or_odds,
    percent_range,
    points,
)
from allohistory.telling.grammar import Grammar

SHOWN_FALLEN = 5


def show(answer: SearchAnswer) -> str:
    """The whole page."""
    return page(
        [
            "\n".join(paragraph(text, hanging=2) for text in answer.restated),
            _front(answer),
            *(_one(place, line) for place, line in enumerate(answer.front, start=1)),
            _unprompted(answer),
            _fallen(answer),
            _tried(answer),
            "\n".join(paragraph(f"warning: {text}", hanging=2) for text in answer.head.warnings),
            f"again: {answer.again}",
        ]
    )


def _front(answer: SearchAnswer) -> str:
    title = bold(f"The front: {answer.title}")
    if not answer.front:
        return "\n".join(
            [title, paragraph("Nothing that was tried makes it likelier beyond error.", indent=2)]
        )
    rows = [("", "surprise", "odds of it", "then", "chance", "found at")]
    for place, line in enumerate(answer.front, start=1):
        rows.append(
            (
                f"{place}  {' + '.join(pod.id for pod in line.pods)}",
                bits(line.surprise_bits),
                bits_as_odds(line.surprise_bits),
                percent_or_odds(line.chosen.probability),
                percent_range(line.chosen.chance_interval),
                percent(line.estimate.probability),
            )
        )
    note = (
        f'"then": on new luck, {answer.tried.new_timelines:,} timelines each; "found at": on the luck that was '
        "searched, which flatters whoever was chosen"
    )
    return "\n".join([title, *columns(rows, right=(1, 2, 3, 4, 5)), paragraph(note, indent=2)])


def _one(place: int, line: FrontLine) -> str:
    """One set in full: each divergence with what the outcome loses without it."""
    rows = []
    for pod in line.pods:
        need = line.needs.get(pod.id)
        lost = "" if need is None else f"without it {points(-need.value)} points"
        rows.append(
            (
                f"{in_words(pod.date)}: {pod.title}",
                "judged" if pod.surprise_bits is None else bits(pod.surprise_bits),
                lost,
            )
        )
    lines = [bold(f"{place}"), *columns(rows)]
    if line.address_example:
        lines.append(paragraph(f"for instance {line.address_example[0]}", indent=2))
    return "\n".join(lines)


def _unprompted(answer: SearchAnswer) -> str:
    """The least surprising way with nothing changed."""
    way = answer.unprompted
    if way is None:
        return ""
    title = bold("With nothing changed: the least surprising way")
    whole = f"Free from the first week, it comes in {percent_or_odds(way.chosen.probability)} of timelines."
    if way.probability is None:
        return "\n".join([title, paragraph(f"{whole} Too few to name a way.", indent=2)])
    grammar = Grammar(scenario(answer.head.scenario).model)
    rows = [
        (
            grammar.option_sentence(step.rule, step.option, step.entity or "", None),
            month_of(step.date[1]),
            percent(step.probability),
        )
        for step in way.steps
    ]
    rows.append((answer.title, "", percent(way.then)))
    share = f"Its commonest way, {percent_or_odds(way.probability)} of all timelines and {percent(way.share)} of those:"
    lines = [title, paragraph(f"{whole} {share}", indent=2), *columns(rows, indent=4, right=(2,))]
    if way.address_example:
        lines.append(paragraph(f"for instance {way.address_example[0]}", indent=2))
    return "\n".join(lines)


def _fallen(answer: SearchAnswer) -> str:
    """What led by luck."""
    if not answer.fallen:
        return ""
    rows = [
        (
            f"{' + '.join(one.pods)}: {one.why}",
            bits(one.surprise_bits),
            f"{percent(one.estimate.probability)}, again {percent(one.again_on_new_luck.probability)}",
        )
        for one in answer.fallen[:SHOWN_FALLEN]
    ]
    more = len(answer.fallen) - len(rows)
    lines = [bold("Looked at again and not on the front"), *columns(rows)]
    return "\n".join([*lines, *([f"  and {more} more (--json lists them)"] if more > 0 else [])])


def _tried(answer: SearchAnswer) -> str:
    tried = answer.tried
    beyond = (
        f"by {tried.standard_errors:.1f} standard errors of the paired difference: all {tried.comparisons} "
        "comparisons together would show one by luck in one search of twenty"
    )
    sizes = listed([f"{count:,} of {size}" for size, count in sorted(tried.by_size.items())])
    rows = [
        ("sets tried", f"{tried.sets:,}: {sizes}"),
        ("timelines", f"{tried.timelines:,}"),
        ("beyond error", beyond),
    ]
    if tried.clashing:
        rows.append(("not tried", f"{tried.clashing:,} sets whose changes clash"))
    if tried.optimiser:
        rows.append(("proposed by", tried.optimiser))
    return "\n".join([bold("How it was found"), *listing(rows)])
