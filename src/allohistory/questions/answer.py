"""An answer: what was found, ready to be shown, kept, or asked again. It shows itself richly in a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allohistory.questions.later import telling
from allohistory.results.files import canonical, keep_unsaved, ready_folder, write_whole
from allohistory.results.schema import (
    ClaimAnswer,
    Contact,
    Head,
    Influence,
    Link,
    OutcomeAnswer,
    PodAnswer,
    Series,
    plain,
)
from allohistory.results.words import percent, percent_or_odds, percent_range

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

    from allohistory.questions.ask import Work
    from allohistory.questions.predictive.disputes import Moved
    from allohistory.questions.question import Question
    from allohistory.questions.sources import Source
    from allohistory.questions.worlds import Worlds

ANSWER_FILE, OUTCOMES_FILE = "answer.json", "outcomes.parquet"
SHORT_OF = 0.001  # more timelines set aside than one in a thousand: finished, but short


@dataclass(frozen=True)
class Answer:
    """What follows from a question. The fields are those of the JSON form (design: interfaces, section 8).

    stage  which stage an answer that is still coming has reached; None of a whole one
    """

    head: Head
    restated: tuple[str, ...]
    pods: tuple[PodAnswer, ...]
    surprise_bits: float | None
    outcomes: Mapping[str, OutcomeAnswer]
    chain: tuple[Link, ...]
    influence: Mapping[str, Influence]
    contacts: tuple[Contact, ...]
    series: Mapping[str, Series]
    address_example: tuple[str, ...]
    claims: tuple[ClaimAnswer, ...]
    question: Question
    stopped: bool
    aside: int
    run: int
    _work: Work | None = field(repr=False, compare=False)
    stage: str | None = None

    @property
    def work(self) -> Work:
        """The worlds behind the answer; where it was kept or read, they are run again."""
        if self._work is None:
            from allohistory.questions.ask import ask
            from allohistory.questions.books import model_for

            object.__setattr__(self, "_work", ask(self.question, model_for(self.question)).work)
        assert self._work is not None
        return self._work

    @property
    def worlds(self) -> Worlds:
        """The question read against its scenario."""
        if self._work is not None:
            return self._work.worlds
        from allohistory.questions.books import model_for
        from allohistory.questions.worlds import read_worlds

        return read_worlds(self.question, model_for(self.question))

    @property
    def again(self) -> str:
        """The command that asks this once more."""
        return self.head.again

    @property
    def disputed_figures(self) -> tuple[list[Moved], int]:
        """What the outcomes asked become where a disputed figure is read otherwise, and of how many timelines."""
        from allohistory.questions.predictive.disputes import kept_about

        return kept_about(self.worlds.model, tuple(self.outcomes))

    @property
    def short(self) -> bool:
        """More than one timeline in a thousand was set aside."""
        return self.aside > SHORT_OF * max(self.run, 1)

    def as_dict(self) -> dict[str, Any]:
        """The JSON form as a dict."""
        return {
            **self.head.as_json(),
            "restated": list(self.restated),
            "pods": plain(self.pods),
            "surprise_bits": plain(self.surprise_bits),
            "outcomes": plain(self.outcomes),
            "chain": plain(self.chain),
            "influence": plain(self.influence),
            "contacts": plain(self.contacts),
            "series": plain(self.series),
            "address_example": list(self.address_example),
            "disputed_figures": [plain(one) for one in self.disputed_figures[0]],
            **({"claims": plain(self.claims)} if self.claims else {}),
        }

    def to_json(self) -> str:
        """The JSON form as text."""
        return canonical(self.as_dict())

    def table(self) -> pd.DataFrame:
        """One row an outcome (for a `which`, one an option): probabilities and their intervals."""
        from allohistory.results.frames import table_of

        return table_of(self.outcomes)

    def plot(self) -> alt.VConcatChart:
        """A chart: outcomes as bars with both intervals and the baseline, series with their bands and our history.

        In a notebook it shows itself; `answer.plot().save("answer.html")` makes a page of it.

        Raises
        ------
        AllohistoryError : Altair is not installed.
        """
        from allohistory.results.charts import chart_of

        calendar = self.worlds.model.book.calendar
        chart: alt.VConcatChart = chart_of(
            self.outcomes,
            self.series,
            lambda week: calendar.monday_of(week).isoformat(),
            self.question.title or "",
        )
        return chart

    def plot_states(self) -> Any:
        """A chart: how the timelines divide among states of the world, year by year."""
        return telling("charts.states").chart(self)

    def plot_flows(self) -> Any:
        """A chart: how the timelines branch, from one state of the world to the next."""
        return telling("charts.flows").chart(self)

    @property
    def timelines(self) -> pd.DataFrame:
        """One row a timeline and arm: parameter draw, and each asked outcome with its day."""
        from allohistory.questions.rows import rows_of
        from allohistory.results.frames import timelines_in, timelines_of

        if self._work is None and self.question.out is not None:
            return timelines_in(Path(self.question.out))
        return timelines_of(rows_of(self.work))

    def addresses(self, outcome: str, n: int = 5) -> list[str]:
        """The addresses of the first n timelines in which an outcome (or an expression) holds."""
        from allohistory.questions.addresses import address_of
        from allohistory.questions.columns import asked_of

        assert self.work.changed is not None
        columns, worlds = self.work.changed, self.work.worlds
        asked = asked_of(outcome, worlds.model, self.question.custom, where="outcome")
        return [address_of(worlds, int(i)) for i in columns.timeline[columns.read(asked).shown][:n]]

    @property
    def sources(self) -> tuple[Source, ...]:
        """The facts, entries and parameters that this answer leans on."""
        from allohistory.questions.sources import sources_of_answer

        return sources_of_answer(self)

    def report(self, file: str | Path) -> Path:
        """Write the whole answer as one page: figures, ways, claims, a timeline with its map, caveats, sources."""
        target = Path(file)
        write_whole(target, telling("report.answers").report(self).encode("utf-8"))
        return target

    def save(self, folder: str | Path) -> Path:
        """Write answer.json and outcomes.parquet into a folder: both whole, or an error and nothing half-written."""
        from allohistory.questions.rows import rows_of
        from allohistory.results.outcomes_file import outcomes_bytes

        target = ready_folder(folder)
        text = self.to_json().encode()
        try:
            write_whole(target / OUTCOMES_FILE, outcomes_bytes(rows_of(self.work), self.question.as_json()))
            write_whole(target / ANSWER_FILE, text)
        except Exception as error:
            kept = keep_unsaved(ANSWER_FILE, text)
            if kept is not None and hasattr(error, "see"):
                error.see = f"the answer is kept in {kept}"
            raise
        return target

    def _repr_html_(self) -> str:
        """The question, a table and the command, for a notebook."""
        head = "<tr><th></th><th>probability</th><th>chance</th><th>ignorance</th><th>without the change</th></tr>"
        rows = "".join(
            f"<tr><td>{escape(one.title)}</td><td>{escape(percent_or_odds(one.chosen.probability))}</td>"
            f"<td>{escape(percent_range(one.chosen.chance_interval))}</td>"
            f"<td>{escape(percent_range(one.chosen.ignorance_interval))}</td>"
            f"<td>{escape(percent(one.baseline.probability if one.baseline else None))}</td></tr>"
            for one in self.outcomes.values()
        )
        words = "".join(f"<p>{escape(text)}</p>" for text in self.restated[:2])
        return f"{words}<table>{head}{rows}</table><p>again: <code>{escape(self.again)}</code></p>"
