"""Orders of battle, the course of a war and the record of its battles as CSV, for those who design wargames."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from allohistory.telling.atlas.situation import Front, Reader, Situation
from allohistory.telling.atlas.theatre import theatre_of

if TYPE_CHECKING:
    from allohistory.questions.timelines import Timeline

SIDES = ("soviet", "japanese")
ORDERS = ("withdraw", "hold", "attack")
COLUMNS = ("men", "guns", "tanks", "worth", "works", "stock", "days", "cut_off")
ODDS = ((0.0, "under 1:2"), (0.5, "1:2 to 1:1"), (1.0, "1:1 to 2:1"), (2.0, "2:1 to 3:1"), (3.0, "over 3:1"))


def tables(timeline: Timeline) -> Mapping[str, str]:
    """File name -> CSV text."""
    return {
        "orders-of-battle.csv": text(("date", "axis", "side", "order", *COLUMNS), order_of_battle(timeline)),
        "battles.csv": text(
            ("date", "axis", "attacker", "men", "against", "ratio", "won", "moved_km"), battles(timeline)
        ),
        "odds.csv": text(("odds", "attacks", "won", "share_won", "mean_km"), odds(timeline)),
        "outcomes.csv": text(
            ("outcome", "title", "value", "date"),
            ((one.id, one.title, str(one.value), one.date or "") for one in timeline.outcomes.values()),
        ),
    }


def text(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """CSV with a line of heads, ended by line feeds."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return held.getvalue()


def weeks_of_war(timeline: Timeline) -> Iterator[tuple[str, Situation, int]]:
    """(date, situation, week) of every week of fighting."""
    if "front.open" not in timeline.model.blueprint.variable_place:
        return
    reader = Reader(timeline.model)
    for week, world in enumerate(timeline.weeks):
        now = reader.situation(world)
        if now.fighting:
            yield timeline.model.book.calendar.date_of(week * 7 + 6).isoformat(), now, week


def order_of_battle(timeline: Timeline) -> Iterator[tuple[object, ...]]:
    """A row for each army and month of war: men in thousands, guns and tanks as the model keeps them."""
    reader, months = Reader(timeline.model), set()
    axes = (
        list(theatre_of(timeline.model).axes)
        if "front.open" in timeline.model.blueprint.variable_place
        else []
    )
    for date, now, week in weeks_of_war(timeline):
        if date[:7] in months:
            continue
        months.add(date[:7])
        columns = {id: reader.values(timeline.weeks[week], f"army.{id}") for id in COLUMNS}
        for place, army in enumerate(now.armies):
            if army.men > 0:
                figures = [f"{columns[id][place]:.4g}" if columns[id] else "" for id in COLUMNS]
                yield date, axes[army.front], SIDES[army.side], ORDERS[army.order], *figures


def battles(timeline: Timeline) -> Iterator[tuple[object, ...]]:
    """A row for each attack of a week: who, with how many thousand men against how many, and what came of it."""
    for date, front, ratio, mine, theirs in attacks(timeline):
        axes = list(theatre_of(timeline.model).axes)
        yield (
            date,
            axes[front.number],
            SIDES[front.attacker - 1],
            f"{mine:.4g}",
            f"{theirs:.4g}",
            f"{ratio:.3g}",
            int(front.won),
            f"{abs(front.moved):.1f}",
        )


def attacks(timeline: Timeline) -> Iterator[tuple[str, Front, float, float, float]]:
    """(date, front, ratio, men, against) of each."""
    for date, now, _ in weeks_of_war(timeline):
        men = {(army.front, army.side): army.men for army in now.armies}
        for front in now.fronts:
            if front.attacker not in (1, 2):
                continue
            mine = men.get((front.number, front.attacker - 1), 0.0)
            theirs = men.get((front.number, 2 - front.attacker), 0.0)
            if mine > 0:
                yield date, front, mine / theirs if theirs > 0 else math.inf, mine, theirs


def odds(timeline: Timeline) -> Iterator[tuple[object, ...]]:
    """How often an attack of so many to one succeeded in this timeline, and how far it went."""
    rows: dict[str, list[tuple[bool, float]]] = {name: [] for _, name in ODDS}
    for _, front, ratio, _, _ in attacks(timeline):
        name = next(name for least, name in reversed(ODDS) if ratio >= least)
        rows[name].append((front.won, abs(front.moved)))
    for name, fought in rows.items():
        won = sum(one for one, _ in fought)
        share = f"{won / len(fought):.2f}" if fought else ""
        far = f"{sum(km for _, km in fought) / len(fought):.1f}" if fought else ""
        yield name, len(fought), won, share, far
