"""An answer as a page of text: the question, the numbers, the chain to war, what it hangs on, the command."""

from __future__ import annotations

from collections.abc import Iterator

from allohistory.cli.layout import bold, columns, listing, page, paragraph
from allohistory.cli.show_claims import claim_lines
from allohistory.cli.show_readings import readings
from allohistory.questions.answer import Answer
from allohistory.results.schema import Contact, Estimate, Link, OutcomeAnswer, Quantile
from allohistory.results.words import (
    amount,
    bits,
    bits_as_odds,
    in_words,
    month_of,
    percent,
    percent_or_odds,
    percent_range,
    points,
)

HEADS = ("", "probability", "chance", "ignorance")


def show(answer: Answer) -> str:
    """The whole page."""
    parts = [
        _question(answer),
        _surprise(answer),
        *(_outcome(one, answer) for one in answer.outcomes.values()),
        _chain(answer),
        _influence(answer),
        _contacts(answer),
        claim_lines(answer.claims),
        readings(answer),
        _hangs_on(answer),
        _warnings(answer),
        _ending(answer),
    ]
    return page(parts)


def _question(answer: Answer) -> str:
    title = [bold(answer.question.title)] if answer.question.title else []
    return "\n".join([*title, *(paragraph(text, hanging=2) for text in answer.restated)])


def _surprise(answer: Answer) -> str:
    """How improbable the change itself is."""
    if answer.surprise_bits is None and not answer.pods and (answer.stopped or not answer.question.do):
        return ""
    lines = [bold("How improbable is the change itself?")]
    rows = [(pod.title, *_own(pod.surprise_bits, pod.judged)) for pod in answer.pods]
    if len(answer.pods) != 1 or answer.question.do:
        rows.append(("all changes together", *_own(answer.surprise_bits, None)))
    return "\n".join([*lines, *columns(rows)])


def _own(value: float | None, judged: object) -> tuple[str, str]:
    if value is None and isinstance(judged, dict):
        return (f"judged {judged['low']:g} to {judged['high']:g} bits", "outside the rules")
    if value is None:
        return ("no probability", "outside the rules: a change of state")
    return (bits_as_odds(value), bits(value))


def _outcome(one: OutcomeAnswer, answer: Answer) -> str:
    head = bold(one.title if one.title == one.id else f"{one.title}  ({one.id})")
    if one.kind == "which":
        return "\n".join([head, *_which(one)])
    if one.kind == "amount":
        return "\n".join([head, *_amount(one)])
    return "\n".join([head, *_yes(one, answer)])


def _yes(one: OutcomeAnswer, answer: Answer) -> list[str]:
    """The rows of a yes or a day."""
    same_chosen = answer.question.luck == "same"
    rows = [HEADS]
    if not answer.question.changed:
        rows.append(_estimate(_unchanged(answer), one.chosen))
        if answer.question.from_ is not None and one.rules_only is not None:
            rows.append(_estimate("nothing but the rules, from the start", one.rules_only))
    else:
        rows.append(
            _estimate(
                "with the change, history's luck" if same_chosen else "with the change, fresh luck",
                one.chosen,
            )
        )
        if one.baseline is not None:
            rows.append(
                _estimate("without it" if not same_chosen else "without it (our history)", one.baseline)
            )
        if one.difference is not None:
            low, high = one.difference.chance_interval
            rows.append(
                (
                    "the change moves it by",
                    f"{points(one.difference.value)} points",
                    f"{points(low)} to {points(high)}",
                    "",
                )
            )
        other = one.fresh_luck if same_chosen else one.same_luck
        if other is not None:
            rows.append(
                _estimate(
                    "with the change, fresh luck" if same_chosen else "with the change, history's luck", other
                )
            )
        if one.rules_only is not None:
            rows.append(_estimate(f"nothing but the rules, from {_first_year(answer)}", one.rules_only))
    lines = columns([tuple(row) for row in rows], right=(1, 2, 3))
    lines += [paragraph(text, indent=2, hanging=2) for text in _beside(one)]
    return lines


def _first_year(answer: Answer) -> int:
    return answer.worlds.model.book.calendar.first.year


def _unchanged(answer: Answer) -> str:
    if answer.question.luck == "same":
        return "our history"
    return "nothing but the rules" if answer.question.from_ is None else "fresh luck from that day"


def _estimate(label: str, one: Estimate) -> tuple[str, str, str, str]:
    interval = one.ignorance_interval
    ignorance = (
        "too few"
        if interval is None
        else "none seen"
        if interval[0] == interval[1]
        else percent_range(interval)
    )
    return (label, percent_or_odds(one.probability), percent_range(one.chance_interval), ignorance)


def _beside(one: OutcomeAnswer) -> Iterator[str]:
    """Conventions, dates and disputed entries of one outcome."""
    same = one.same_luck
    if (
        same is not None
        and same.mechanism_band is not None
        and same.mechanism_band[1] > same.mechanism_band[0]
    ):
        yield (
            f"Over the conventions by which history's luck is carried over: {percent_range(same.mechanism_band)}."
        )
    if one.when is not None:
        early, late = month_of(one.when.q05), month_of(one.when.q95)
        span = f"nearly all in {early}" if early == late else f"nine in ten from {early} to {late}"
        yield f"When: half of those by {in_words(one.when.q50)} ({span})."
    for flip in one.flips:
        if flip.flips:
            yield f"If the record is read otherwise ({flip.variant}): {percent(flip.probability)}."


def _which(one: OutcomeAnswer) -> list[str]:
    rows = [("", "probability", "chance", "without the change" if one.baseline_options else "")]
    for name, chosen in (one.options or {}).items():
        base = (one.baseline_options or {}).get(name)
        rows.append(
            (
                name,
                percent_or_odds(chosen.probability),
                percent_range(chosen.chance_interval),
                percent(base.probability) if base else "",
            )
        )
    return columns(rows, right=(1, 2, 3))


def _amount(one: OutcomeAnswer) -> list[str]:
    rows = [("", "value", "chance")]
    names = {
        "q05": "5 in 100 stay at or below",
        "q50": "half stay at or below",
        "q95": "95 in 100 stay at or below",
    }
    for share, label in names.items():
        quantile = (one.quantiles or {}).get(share)
        if quantile is not None:
            rows.append((label, _number(quantile.value, one.unit), _pair(quantile, one.unit)))
    return columns(rows, right=(1, 2))


def _pair(quantile: Quantile, unit: str | None) -> str:
    if quantile.chance_interval is None:
        return "-"
    low, high = quantile.chance_interval
    return f"{_number(low, None)} to {_number(high, unit)}"


def _number(value: float | str | None, unit: str | None) -> str:
    if isinstance(value, str):
        return in_words(value)
    return amount(value, unit)


def _chain(answer: Answer) -> str:
    """Every way to war, link by link."""
    if not answer.chain:
        return ""
    lines = [
        bold("The chain to war, link by link"),
        paragraph("Each step is reckoned among the timelines that took the steps before it.", indent=2),
    ]
    opening = [link for link in answer.chain if not link.way]
    if opening:
        lines += columns(
            [
                (
                    link.title,
                    percent_or_odds(link.probability)
                    if link.probability is not None
                    else "outside the rules",
                    _month(link),
                )
                for link in opening
            ],
            right=(1,),
        )
    ways = list(dict.fromkeys(link.way for link in answer.chain if link.way))
    for way in ways:
        links = [link for link in answer.chain if link.way == way]
        lines += way_lines(links, answer)
    return "\n".join(lines)


def way_lines(links: list[Link], answer: Answer | None = None) -> list[str]:
    """One way: its steps, each with its probability and the middle of its dates."""
    title = links[0].way.replace("-", " ")
    if answer is not None:
        from allohistory.questions.defaults import defaults_of

        titles = {way.id: way.title for way in defaults_of(answer.worlds.model.folder).ways}
        title = titles.get(links[0].way, title)
    rows = []
    whole = 1.0
    for place, link in enumerate(links):
        arrow = "" if place == 0 else "-> "
        whole *= link.probability or 0.0
        if link.n == 0:
            rows.append(("  " * min(place, 4) + arrow + link.title, "not reached", ""))
            break
        rows.append(
            ("  " * min(place, 4) + arrow + link.title, percent_or_odds(link.probability), _month(link))
        )
    if len(links) > 1:
        rows.append(("the whole way", percent_or_odds(whole), ""))
    return [f"  {title[0].upper()}{title[1:]}", *columns(rows, indent=4, right=(1,))]


def _month(link: Link) -> str:
    return (
        "" if link.date is None else f"middle date {month_of(link.date)}" if link.way else in_words(link.date)
    )


def _influence(answer: Answer) -> str:
    """How long history's own luck still decides."""
    rows = []
    for id, curve in answer.influence.items():
        one = answer.outcomes[id]
        if curve.bound == "":
            continue
        peak = max(curve.share, default=0.0)
        says = (
            curve.bound
            if curve.faded is None
            else f"decides until {in_words(curve.faded)} (at most {percent(peak)} of timelines)"
        )
        rows.append((one.title, says))
    if not rows:
        return ""
    return "\n".join([bold("How long history's own luck still decides the answer"), *listing(rows)])


def _contacts(answer: Answer) -> str:
    """When the change first touches what its own rules do not write."""
    if not answer.contacts:
        return ""
    pairs = answer.contacts[0].pairs
    head = [
        bold("Where does it reach, and how soon?"),
        paragraph(
            f"{pairs} pairs of timelines with and without the change, under one luck, compared bit for bit.",
            indent=2,
        ),
    ]
    return "\n".join([*head, *(paragraph(_contact(one), indent=2, hanging=2) for one in answer.contacts)])


def _contact(one: Contact) -> str:
    """One group: when it is first touched, by which rule, and how often never."""
    name = one.group.replace("-", " ").title()
    group = f"the {name}" if " " in name else name  # the Far East, the Soviet Union, Europe
    if one.when is None:
        return f"First touch on {group}: never, in none of the pairs."
    early, late = one.when["q05"], one.when["q95"]
    span = in_words(early) if early == late else f"nine in ten from {in_words(early)} to {in_words(late)}"
    untouched = 1.0 - one.touched / one.pairs
    never = (
        f"never touched in {percent(untouched)} of the pairs" if untouched > 0.0 else "touched in every pair"
    )
    return (
        f"First touch on {group}: the week of {in_words(one.when['q50'])} in the middle ({span}); most often "
        f"{one.rule} reads {one.read} and writes {one.wrote} ({one.commonest} of {one.touched}); {never}."
    )


def _hangs_on(answer: Answer) -> str:
    if not answer.head.hangs_on:
        return "\n".join(
            [
                bold("What it hangs on"),
                paragraph(
                    "No single parameter stands out above chance at this number of timelines.", indent=2
                ),
            ]
        )
    rows = []
    for one in answer.head.hangs_on:
        grade = f" (sources: grade {one.grade})" if one.grade else ""
        rows.append((one.id, f"{one.effect}{grade}"))
    return "\n".join([bold("What it hangs on"), *listing(rows)])


def _warnings(answer: Answer) -> str:
    return "\n".join(
        ["Note:", *(paragraph(f"- {text}", indent=2, hanging=2) for text in answer.head.warnings)]
    )


def _ending(answer: Answer) -> str:
    lines = []
    if answer.address_example:
        lines.append(f"read one:  allohistory tell {answer.address_example[0]}")
    lines.append(f"again:     {answer.again}")
    return "\n".join(lines)
