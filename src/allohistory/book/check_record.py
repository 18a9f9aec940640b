"""What makes a record sound: each entry is a possible outcome of its rule, on an address of its own, covered."""

from __future__ import annotations

from collections.abc import Iterator

from allohistory.book.complaints import about, missing
from allohistory.book.tables import EVERY, Book, Coverage, Entry, RuleFacts, Rules

Complaints = Iterator[str]
MOST_STEP = 511


def record_complaints(book: Book, rules: Rules) -> Complaints:
    """Complaints about entries and coverage."""
    for coverage in book.coverage:
        place = f"{coverage.file}:{coverage.line} coverage of {coverage.rule}"
        yield from (f"{place}: {problem}" for problem in _coverage(coverage, book, rules))
    yield from _overlaps(book)
    for entry in book.entries.values():
        yield from (about(entry, problem) for problem in _entry(entry, book, rules))
    yield from _doubled(book, rules)


def _coverage(coverage: Coverage, book: Book, rules: Rules) -> Complaints:
    rule = rules.get(coverage.rule)
    if rule is None:
        yield missing("rule", coverage.rule, rules)
        return
    if rule.draws == "nothing":
        yield "the rule draws nothing"
    members = rule.entities or book.entities_of(rule.per)
    if coverage.entity != EVERY and coverage.entity not in members:
        yield missing(rule.per or "entity", coverage.entity, members)
    if coverage.last < coverage.first:
        yield "until lies before from"
    for day in (coverage.first, coverage.last):
        if not book.calendar.contains(day):
            yield f"{day.isoformat()} lies outside the scenario"
    for fact in coverage.facts:
        if book.current(fact) not in book.facts:
            yield missing("fact", fact, book.facts)


def _overlaps(book: Book) -> Complaints:
    """Two coverages of one rule and entity speak of different times."""
    seen: dict[str, list[Coverage]] = {}
    for coverage in book.coverage:
        for other in seen.setdefault(coverage.rule, []):
            same = EVERY in (coverage.entity, other.entity) or coverage.entity == other.entity
            if same and coverage.first <= other.last and other.first <= coverage.last:
                place = f"{coverage.file}:{coverage.line} coverage of {coverage.rule}"
                yield f"{place}: overlaps with {other.file}:{other.line}"
        seen[coverage.rule].append(coverage)


def _entry(entry: Entry, book: Book, rules: Rules) -> Complaints:
    rule = rules.get(entry.rule)
    if rule is None:
        yield missing("rule", entry.rule, rules)
        return
    if not book.calendar.contains(entry.date):
        yield f"its date {entry.date.isoformat()} lies outside the scenario"
    yield from _address(entry, rule, book)
    problem = took_problem(rule, entry.took)
    if problem is not None:
        yield problem
    yield from _variants(entry, rule, book)
    yield from _covered(entry, book)


def _address(entry: Entry, rule: RuleFacts, book: Book) -> Complaints:
    """Its entity is one that the rule is asked for, and its event began before it."""
    members = rule.entities or book.entities_of(rule.per)
    if rule.per is None and entry.entity is not None:
        yield f'{rule.id} is not asked for each of several: no entity "{entry.entity}"'
    if rule.per is not None and entry.entity is None:
        yield f"for which {rule.per}? Add entity"
    if rule.per is not None and entry.entity is not None and entry.entity not in members:
        yield missing(rule.per, entry.entity, members)
    if entry.event is not None and entry.event > entry.date:
        yield f"its event began after it, on {entry.event.isoformat()}"
    if entry.event is not None and not book.calendar.contains(entry.event):
        yield f"its event {entry.event.isoformat()} lies outside the scenario"
    if entry.step is not None and entry.step > MOST_STEP:
        yield f"step {entry.step} is beyond {MOST_STEP}"
    if rule.draws == "clock" and entry.event is not None and entry.event != entry.date:
        yield "a firing is its own event; leave out event"


def took_problem(rule: RuleFacts, took: str | float) -> str | None:
    """What is wrong with an outcome of a rule, or None."""
    if rule.draws == "choice" and took not in rule.options:
        return missing("option", str(took), rule.options) + f" among {', '.join(rule.options)}"
    if rule.draws == "clock" and took != "fired":
        return f'{rule.id} is a clock, so it took "fired", not "{took}"'
    if rule.draws == "shock" and not isinstance(took, float):
        return f'{rule.id} is a shock, so it took a number, not "{took}"'
    if rule.draws == "nothing":
        return f"{rule.id} draws nothing, so nothing of it can be recorded"
    return None


def _variants(entry: Entry, rule: RuleFacts, book: Book) -> Complaints:
    if len({variant.id for variant in entry.variants}) != len(entry.variants):
        yield "two variants have one id"
    for variant in entry.variants:
        if variant.took is None and variant.date is None:
            yield f"variant {variant.id}: give took or date"
        if variant.took is not None:
            problem = took_problem(rule, variant.took)
            if problem is not None:
                yield f"variant {variant.id}: {problem}"
        if variant.date is not None and not book.calendar.contains(variant.date):
            yield f"variant {variant.id}: {variant.date.isoformat()} lies outside the scenario"


def _covered(entry: Entry, book: Book) -> Complaints:
    """What is recorded belongs to a list that is complete at its date."""
    own = [held for held in book.coverage if held.rule == entry.rule and held.covers(entry.entity)]
    if not own:
        whom = f" for {entry.entity}" if entry.entity else ""
        yield f"no coverage of {entry.rule}{whom} holds it"
    elif not any(held.holds(entry.entity, entry.date) for held in own):
        spans = ", ".join(f"{held.first.isoformat()}..{held.last.isoformat()}" for held in own)
        yield f"its date {entry.date.isoformat()} lies outside the coverage of {entry.rule} ({spans})"


def _doubled(book: Book, rules: Rules) -> Complaints:
    """No two entries stand at one address: a clock fires once a week, an occasion has one outcome."""
    taken: dict[tuple[object, ...], Entry] = {}
    for entry in book.entries.values():
        week = book.calendar.week_of(entry.date)
        key = week if entry.event is None else book.calendar.week_of(entry.event)
        rule = rules.get(entry.rule)
        step = None if rule is not None and rule.draws == "clock" else entry.step
        address: tuple[object, ...] = (
            entry.rule,
            entry.entity,
            key,
            step if entry.event is not None else None,
        )
        if entry.event is not None and step is None:
            address = (*address, week)
        other = taken.setdefault(address, entry)
        if other is not entry:
            yield about(entry, f"it has the same address as {other.id} ({other.file}:{other.line})")
