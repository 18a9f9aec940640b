"""One timeline written as history: what is told, why it came, in which order, in which chapter, and how long.

Until it departs a timeline is our own history, and a history begins there. Words are chosen by the timeline's own
number, so that two timelines of one road read differently, and one always the same.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from allohistory.results.words import in_words
from allohistory.telling.atlas.geography import geography
from allohistory.telling.atlas.situation import Reader
from allohistory.telling.atlas.theatre import theatre_of
from allohistory.telling.campaign import Chronicle
from allohistory.telling.closing import closing
from allohistory.telling.grammar import Grammar
from allohistory.telling.history.causes import Causes
from allohistory.telling.history.chapters import Divider
from allohistory.telling.history.months import Months
from allohistory.telling.history.sentence import ANNALS, ESSAY, POST, Basis, Entry, History, Sentence
from allohistory.telling.history.war_words import WarWords
from allohistory.telling.history.words import Words, words_of
from allohistory.telling.patterns import pattern
from allohistory.telling.script import Script, script_of
from allohistory.telling.selection import Choosing, Said
from allohistory.telling.watching import Watching

if TYPE_CHECKING:
    from allohistory.questions.timelines import Timeline

SUNDAY = 6
MOST_WORDS = 8  # that are tried for one sentence
LENGTHS = {"post": POST, "essay": ESSAY, "annals": ANNALS}
EVENT, BREAK, WAR, STATE, LATE = range(5)  # order within a day; BREAK: war is there, and who struck
PEACE, AT_WAR = "watch peace.kind", "watch war.rung"
FADES = "Up to {date} all goes as in our history; in that week the last of its luck is spent."


def history(timeline: Timeline, length: str = "essay") -> History:
    """A timeline told at one of three lengths."""
    return Writer(timeline, LENGTHS[length], length).written()


@dataclass(frozen=True)
class Writer:
    """Writes one timeline."""

    timeline: Timeline
    least: int
    length: str

    @cached_property
    def words(self) -> Words:
        """The scenario's words for a history."""
        return words_of(self.timeline.model.folder)

    @cached_property
    def script(self) -> Script:
        """What is told, and what is passed over."""
        return script_of(self.timeline.model.folder)

    @cached_property
    def reader(self) -> Reader:
        """Finds variables in a world."""
        return Reader(self.timeline.model)

    @cached_property
    def grammar(self) -> Grammar:
        """Sentences of rules and options."""
        return Grammar(self.timeline.model)

    @cached_property
    def departure(self) -> int:
        """The first day that is told."""
        return self.timeline.departure_day if self.timeline.faded is not None else 0

    @cached_property
    def start(self) -> int:
        """Where the choice of words begins: another number for every address but for its model's digest."""
        named = self.timeline._read.named
        return zlib.crc32(
            f"{named.pods} {named.changes} {named.seed} {named.timeline} {named.forks}".encode()
        )

    def written(self) -> History:
        """All of it."""
        from allohistory.questions.restate import what_is_changed, whose_luck_of_one

        worlds = self.timeline._worlds
        entries = list(self.entries())
        calendar = self.timeline.model.book.calendar
        divider = Divider(self.words, self.reader, self.timeline.weeks, calendar, self.departure // 7)
        about = (
            what_is_changed(worlds).removesuffix(" What follows?"),
            whose_luck_of_one(worlds, self.timeline._read.named),
        )
        return History(
            address=self.timeline.address,
            title=f"Timeline {self.timeline.number:,} of {self.timeline.address}",
            about=about,
            fades=self.fades(),
            departs=self.timeline.faded,
            chapters=divider.chapters(entries, self.departure),
            closing=tuple(closing(self.timeline)),
            last=self.timeline.model.book.calendar.last.isoformat(),
            length=self.length,
        )

    def fades(self) -> str:
        """The week in which hindsight fades, in a sentence."""
        if self.timeline.faded is None:
            return str(self.words.titles.get("never_fades", "All of it goes as in our history."))
        words = str(self.words.titles.get("fades", FADES))
        return words.replace("{date}", in_words(self.timeline.faded))

    # ------------------------------------------------------------ what is told

    def entries(self) -> Iterator[Entry]:
        """What is told, day by day; a month of war where it ends, before the peace that ended it."""
        placed = self.placed()
        causes = Causes(self.words, self.reader, self.timeline.weeks)
        last = ""
        for (_, kind, absent), group in groupby(
            placed, key=lambda one: (one[0], one[1] == WAR, one[2].absent)
        ):
            told = [one for _, _, one in group]
            told = [causes.because(one) for one in told] if not absent else told
            sentences = tuple(self.unlike(woven(told, self.script), last))
            if not absent:
                last = pattern(sentences[-1].text)
            date = self.timeline.model.book.calendar.date_of(sentences[0].day).isoformat()
            yield Entry(date, sentences, span=kind)

    def unlike(self, sentences: Iterable[Sentence], last: str) -> Iterator[Sentence]:
        """Sentences none of which is built like the one before it, where there are other words for it."""
        for sentence in sentences:
            one = sentence
            for turn in range(1, MOST_WORDS):
                if pattern(one.text) != last or one.because or one.absent or len(one.bases) != 1:
                    break
                one = self.otherwise(sentence, turn)
            last = pattern(one.text)
            yield one

    def otherwise(self, sentence: Sentence, turn: int) -> Sentence:
        """A sentence in the next of its words; the same where it has no others, or where it is the record's."""
        basis = sentence.bases[0]
        words = self.grammar.sentences.get(basis.rule, {}).get(basis.option)
        if words is None or sentence.source:
            return sentence
        text = self.grammar.option_sentence(basis.rule, basis.option, basis.entity, None, turn, self.start)
        return replace(sentence, text=text)

    def placed(self) -> list[tuple[int, int, Sentence]]:
        """(day, order within it, sentence) of everything that is told at this length, in order."""
        choosing = Choosing(self.timeline.model, self.script, self.grammar, self.departure, start=self.start)
        events = choosing.told(self.timeline.events)
        watching = Watching(self.timeline.model, self.script, self.departure, self.start)
        watched = watching.told(self.timeline.weeks, self.timeline.events)
        peace = {one.day // 7: one.day for one in watched if one.rule == PEACE}
        placed = [(one.day, BREAK if one.rule == AT_WAR else STATE, self.sentence(one)) for one in watched]
        for one in events:
            end = peace.get(one.day // 7, one.day) if one.rule in self.script.fighting else one.day
            order = LATE if one.rule in self.script.late else EVENT
            placed.append((min(one.day, end), order, self.sentence(one)))
        placed += self.war(peace)
        kept = [(day, order, replace(one, day=day)) for day, order, one in placed if one.weight >= self.least]
        return sorted(kept, key=lambda one: one[:2])

    def sentence(self, said: Said) -> Sentence:
        """What was chosen, as a sentence."""
        otherwise = ANNALS if said.absent else ESSAY
        ours = timeline_is_ours(self.timeline)
        return Sentence(
            said.day,
            said.text,
            (Basis(said.rule, said.entity, said.option),),
            said.differs and not ours,
            (said.ours,) if said.ours and said.ours != said.text else (),
            said.absent,
            self.words.weight(said.rule, said.option, otherwise if not said.absent else ESSAY),
            source=said.sources,
        )

    def war(self, peace: dict[int, int]) -> Iterator[tuple[int, int, Sentence]]:
        """The months of war on land; the first sentence stands on the day on which it opened."""
        model = self.timeline.model
        if "front.open" not in model.blueprint.variable_place:
            return
        speech = WarWords(self.words, self.start)
        for stretch in Months(Chronicle(model, theatre_of(model), geography())).stretches(
            self.timeline.weeks
        ):
            day = stretch.last * 7 + SUNDAY
            if day < self.departure:
                continue
            day = peace.get(stretch.last, day)
            told = speech.told(stretch, day)
            for one in told:
                opens = any(basis.rule.startswith("war opens") for basis in one.bases)
                first = self.opened(stretch.first)
                if opens and first >= self.departure:
                    yield first, BREAK, replace(one, day=first)
                elif not opens:
                    yield day, WAR, one

    def opened(self, week: int) -> int:
        """The day on which the war on land opened."""
        weekday = int(self.reader.value(self.timeline.weeks[week], "war.began_day"))
        began = int(self.reader.value(self.timeline.weeks[week], "war.began_week", week))
        return 7 * week + (weekday if began == week else 0)


def timeline_is_ours(timeline: Timeline) -> bool:
    """Does it never depart from our history?"""
    return timeline.faded is None


def woven(sentences: Iterable[Sentence], script: Script) -> Iterator[Sentence]:
    """Sentences of one entry: each once, neighbours with one subject or one pattern made one, places named once."""
    kept: list[Sentence] = []
    last = ""
    for sentence in sentences:
        if any(one.text == sentence.text for one in kept):
            continue
        where = next((one for one in script.wheres if f" {one}" in sentence.text), "")
        text = sentence.text.replace(f" {where}", "") if where and where == last else sentence.text
        last = where or last
        one = replace(sentence, text=text)
        if kept and (joint := as_one(kept[-1], one, script)) is not None:
            kept[-1] = joint
        else:
            kept.append(one)
    yield from kept


def as_one(before: Sentence, after: Sentence, script: Script) -> Sentence | None:
    """Two sentences in one: "Tokyo settles on the south and prepares for war"; None where they stand better apart."""
    first, _, rest = after.text.partition(" ")
    same = before.text.startswith(f"{first} ") and not after.because
    same = same and not any(sign in before.text + after.text for sign in (" and ", "; ", ", "))
    if same and first in script.subjects:
        return both(before, after, f"{before.text.removesuffix('.')} and {rest}")
    if pattern(before.text) == pattern(after.text) and not after.because:
        return both(before, after, f"{before.text.removesuffix('.')}; {lowered(after.text, script)}")
    return None


def lowered(text: str, script: Script) -> str:
    """A sentence after a semicolon."""
    first = text.split(" ", 1)[0]
    return text if first in script.subjects or first not in SMALL else text[:1].lower() + text[1:]


SMALL = ("The", "A", "An", "Another", "Men", "Shots", "Again", "No", "In", "It", "They", "Neither", "On")


def both(before: Sentence, after: Sentence, text: str) -> Sentence:
    """What two sentences rest on, under one text."""
    return replace(
        before,
        text=text,
        bases=before.bases + after.bases,
        ours=tuple(dict.fromkeys(before.ours + after.ours)),
        differs=before.differs or after.differs,
        weight=max(before.weight, after.weight),
        source=tuple(dict.fromkeys(before.source + after.source)),
    )
