"""Campaigns of the record against which the rules of war are held: how each began, what was ordered, what came of it.

One file a campaign in `book/campaigns/`. Figures were written before the first run; each says what was fitted to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from allohistory.book.calendar import DAYS_A_WEEK
from allohistory.book.campaign_keys import KINDS, NEEDS, TABLES, TRUTHS
from allohistory.book.rows import RawRow, read_file, read_values
from allohistory.book.tables import Book
from allohistory.errors import AllohistoryError

FOLDER = "campaigns"
UNITS = {"losses": "thousand men", "prisoners": "thousand men", "advance": "km", "day": "days"}
NOTHING, FIT = "nothing", "fit:"
NOON = 0.5


@dataclass(frozen=True)
class Army:
    """An army as the campaign finds it: men in thousands, stock in days, railhead in km (None: the theatre's)."""

    id: str
    men: float
    guns: float
    tanks: float
    worth: float
    works: float
    days: float
    because: str
    source: str
    grade: str
    railhead: float | None = None


@dataclass(frozen=True)
class Front:
    """An axis that is open, and where its line stands (km past the border)."""

    id: str
    km: float
    because: str


@dataclass(frozen=True)
class Arrival:
    """What reaches an army at the start of a week of the campaign (weeks count from 1); men in thousands."""

    army: str
    week: int
    men: float
    guns: float
    tanks: float
    because: str


@dataclass(frozen=True)
class Order:
    """What an army is ordered to do from the first to the last of these weeks."""

    army: str
    weeks: tuple[int, int]
    order: str


@dataclass(frozen=True)
class Works:
    """A position that an army comes back to or holds from the first to the last of these weeks."""

    army: str
    weeks: tuple[int, int]
    works: float
    because: str


@dataclass(frozen=True)
class Landing:
    """A landing tried in a week: thousand men on both sides, their worth, those in the pool that it may draw on."""

    operation: str
    week: int
    men: float
    against: float
    worth: float
    worth_against: float
    because: str
    pool: float = 0.0


@dataclass(frozen=True)
class Both:
    """A number of both sides: combat aircraft, or thousand trucks."""

    soviet: float
    japanese: float
    because: str


@dataclass(frozen=True)
class Figure:
    """One figure to be hit.

    quantity     losses, prisoners (thousand men, of `armies` or of an operation's side), advance (km gained by `side`
                 on `front`), day (days from the campaign's first morning to `place`, or to `km` on `front`);
                 won (the attack of `week` succeeds), gains (`side` gains `km` or more), landing: 1 or 0
    at           days from the first morning at which it is read; None for a day
    value        what happened, and the range of credible sources
    used_in_fit  "nothing", "fit: ..." or "prior: ...": what of the rules was fitted to it or chosen in view of it
    """

    id: str
    what: str
    quantity: str
    value: float
    low: float
    high: float
    used_in_fit: str
    source: str
    grade: str
    armies: tuple[str, ...] = ()
    front: str | None = None
    side: str | None = None
    place: str | None = None
    operation: str | None = None
    km: float | None = None
    week: int | None = None
    at: float | None = None

    @property
    def unit(self) -> str:
        """In what it is counted; a truth is a chance."""
        return UNITS.get(self.quantity, "chance")

    @property
    def is_truth(self) -> bool:
        """Did it come true or not?"""
        return self.quantity in TRUTHS

    @property
    def used(self) -> bool:
        """Was any number of the rules fitted to it, or chosen with it in view?"""
        return self.used_in_fit != NOTHING

    @property
    def fitted(self) -> bool:
        """Was it part of a fit?"""
        return self.used_in_fit.startswith(FIT)


@dataclass(frozen=True)
class Campaign:
    """One campaign. Its weeks are seven days each from its first day, whatever day of the week that was.

    monday  where it is put on the calendar, if not on the nearest Monday: before the record's own war begins
    told    when the garrison was told to lay down its arms, if it was
    """

    id: str
    title: str
    what: str
    first: date
    last: date
    opener: str
    surprise: int
    weather: str
    fronts: tuple[Front, ...]
    armies: tuple[Army, ...]
    arrivals: tuple[Arrival, ...]
    orders: tuple[Order, ...]
    works: tuple[Works, ...]
    landings: tuple[Landing, ...]
    air: Both
    trucks: Both
    figures: tuple[Figure, ...]
    monday: date | None = None
    told: date | None = None

    @property
    def days(self) -> int:
        """How many days it lasted, first and last included."""
        return (self.last - self.first).days + 1

    @property
    def weeks(self) -> int:
        """How many weeks of the rules it takes."""
        return -(-self.days // DAYS_A_WEEK)

    def order(self, army: str, week: int) -> str:
        """What an army is ordered to do in a week of the campaign."""
        return next(
            one.order for one in self.orders if one.army == army and one.weeks[0] <= week <= one.weeks[1]
        )


def campaigns_of(book: Book, folder: Path) -> tuple[Campaign, ...]:
    """Every campaign of a scenario, in order of time; raises AllohistoryError for the first mistake."""
    root = folder / "book" / FOLDER
    paths = sorted(root.glob("*.toml"))
    if not paths:
        raise AllohistoryError("check campaigns", "this scenario has no book/campaigns", status=404)
    found = sorted((_read(path, book) for path in paths), key=lambda one: (one.first, one.id))
    seen: set[str] = set()
    for id in [one.id for one in found] + [figure.id for one in found for figure in one.figures]:
        if id in seen:
            raise AllohistoryError(f"book/{FOLDER}", f'"{id}" stands here twice', given=id)
        seen.add(id)
    return tuple(found)


def _read(path: Path, book: Book) -> Campaign:
    """One file: its one campaign and all that belongs to it."""
    shown = f"{FOLDER}/{path.name}"
    rows: dict[str, list[tuple[RawRow, dict[str, Any]]]] = {name: [] for name in TABLES}
    for raw in read_file(path, shown, tuple(TABLES)):
        values = read_values(raw.values, TABLES[raw.table], raw.where, f"a row of [[{raw.table}]]")
        _known(raw, values, book)
        rows[raw.table].append((raw, values))
    for table in ("campaign", "air", "trucks"):
        if len(rows[table]) != 1:
            raise AllohistoryError(shown, f"one file holds one campaign: one [[{table}]]", given=table)
    if not rows["figure"]:
        raise AllohistoryError(shown, "a campaign without a figure to hit shows nothing")
    raw, head = rows["campaign"][0]
    first, last = head.pop("from"), head.pop("until")
    if last < first or not 0 <= head["surprise"] <= 2:
        raise AllohistoryError(raw.where, "it ends before it begins, or surprise is none of 0, 1 and 2")
    campaign = Campaign(
        **head,
        first=first,
        last=last,
        fronts=tuple(Front(**values) for _, values in rows["front"]),
        armies=tuple(Army(**values) for _, values in rows["army"]),
        arrivals=tuple(Arrival(**values) for _, values in rows["arrival"]),
        orders=tuple(Order(**values) for _, values in rows["order"]),
        works=tuple(Works(**values) for _, values in rows["works"]),
        landings=tuple(Landing(**values) for _, values in rows["landing"]),
        air=Both(**rows["air"][0][1]),
        trucks=Both(**rows["trucks"][0][1]),
        figures=tuple(_figure(raw, values, first) for raw, values in rows["figure"]),
    )
    return _checked(campaign, shown)


def _known(raw: RawRow, values: Mapping[str, Any], book: Book) -> None:
    """Armies, fronts, places and operations are entities of the book."""
    keys = dict(KINDS)
    if raw.table in ("army", "front"):
        keys["id"] = raw.table
    for key, kind in keys.items():
        named: Sequence[str] = values.get(key) or ()
        for one in (named,) if isinstance(named, str) else named:
            members = list(book.entities_of(kind))
            if one not in members:
                raise AllohistoryError(
                    f"{raw.where}: {key}", f'"{one}" is not a {kind}', given=one, possible=members
                )


def _figure(raw: RawRow, values: dict[str, Any], first: date) -> Figure:
    """A figure with its dates turned into days from the campaign's first morning."""
    for name in NEEDS[values["quantity"]]:
        if not values[name]:
            raise AllohistoryError(
                raw.where, f'a figure of "{values["quantity"]}" needs the key "{name}"', closest=name
            )
    is_day = values["quantity"] == "day"
    happened = values["value"]
    for name in ("value", "low", "high"):
        found = happened if values[name] is None else values[name]
        if isinstance(found, date) != is_day:
            wanted = "a date" if is_day else "a number"
            raise AllohistoryError(f"{raw.where}: {name}", f"expected {wanted}", given=found)
        values[name] = (found - first).days + NOON if is_day else found
    values["at"] = None if values["at"] is None else (values["at"] - first).days + 1.0
    one = Figure(**values)
    if not one.low <= one.value <= one.high:
        raise AllohistoryError(raw.where, "the value lies outside its own range", given=one.value)
    if one.is_truth and one.value not in (0.0, 1.0):
        raise AllohistoryError(raw.where, "it came true (1) or not (0)", given=one.value)
    if is_day and one.place is None and one.km is None:
        raise AllohistoryError(raw.where, 'a day needs a "place" or "km" on a front', closest="place")
    if one.quantity == "losses" and not one.armies and not (one.operation and one.side):
        raise AllohistoryError(raw.where, 'losses need "armies", or "operation" and "side"', closest="armies")
    return one


def _checked(campaign: Campaign, shown: str) -> Campaign:
    """Weeks lie within the campaign, armies on its fronts, and every army has one order each week."""
    armies, fronts = {one.id for one in campaign.armies}, {one.id for one in campaign.fronts}
    last = campaign.weeks
    ordered: dict[tuple[str, int], int] = {}
    for one in campaign.orders:
        for week in range(one.weeks[0], one.weeks[1] + 1):
            ordered[one.army, week] = ordered.get((one.army, week), 0) + 1
    for army in armies:
        for week in range(1, last + 1):
            if ordered.pop((army, week), 0) != 1:
                raise AllohistoryError(shown, f"{army} needs exactly one order in week {week}", given=army)
    weeks = [one.week for one in campaign.arrivals] + [one.week for one in campaign.landings]
    weeks += [one.week for one in campaign.figures if one.week] + [one.weeks[1] for one in campaign.works]
    if ordered or any(not 1 <= week <= last for week in weeks):
        raise AllohistoryError(shown, f"a week or an army that the campaign of {last} weeks does not have")
    for figure in campaign.figures:
        named = {*figure.armies} - armies, {figure.front} - fronts - {None}
        if any(named):
            raise AllohistoryError(shown, f"{figure.id} names an army or a front that is not in the campaign")
        if figure.at is not None and not 0 < figure.at <= last * DAYS_A_WEEK:
            raise AllohistoryError(shown, f"{figure.id} is read on a day outside the campaign")
    if ({one.army for one in campaign.arrivals} | {one.army for one in campaign.works}) - armies:
        raise AllohistoryError(shown, "an arrival or works for an army that is not in the campaign")
    return campaign
