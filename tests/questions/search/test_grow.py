"""Sets of three and moved dates: the optimiser finds what pairs and a divergence's own date cannot show."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from allohistory.questions.search.grow import OPTIMISER, grower
from allohistory.questions.search.race import Known
from allohistory.questions.search.search import Search, run_search
from made_up_worlds import MadeUp

WINDOW = SimpleNamespace(first=date(1936, 1, 6), last=date(1936, 12, 28))


class Dated(MadeUp):
    """A world in which one divergence works best on one date: its effect falls off with the weeks from it."""

    def seen(self, names, first, count):
        bare = tuple(name.partition("@")[0] for name in names)
        late = sum(
            self.loss * abs((date.fromisoformat(name.partition("@")[2]) - self.best).days) / 7
            if "@" in name
            else self.loss * abs((self.own - self.best).days) / 7
            for name in names
            if name.startswith("movable")
        )
        kept, self.base = self.base, self.base - late
        try:
            return super().seen(bare, first, count)
        finally:
            self.base = kept

    own, best, loss = date(1936, 2, 3), date(1936, 9, 7), 0.1

    def surprises(self, sets, count):
        return super().surprises([tuple(name.partition("@")[0] for name in names) for names in sets], count)

    def without(self, wanted, first, count):
        rest = [tuple(name for name in names if name != out) for names, out in wanted]
        return [self.seen(names, first, count) for names in rest]


def sets_of(movable=()):
    """What the optimiser asks of sets: who can be moved, and the name of one on a date."""
    pods = {name: SimpleNamespace(movable=WINDOW, date=Dated.own) for name in movable}
    still = SimpleNamespace(movable=None, date=Dated.own)
    return SimpleNamespace(
        pod=lambda name: pods.get(name.partition("@")[0], still),
        at=lambda name, day: name if day == Dated.own else f"{name}@{day.isoformat()}",
    )


def searched(make, bits, effect, together, largest, movable=()):
    old, new = make(bits, effect, together, seed=1), make(bits, effect, together, seed=2)
    search = Search(Known(old), Known(new), sorted(bits), new_timelines=1500)
    assert run_search(search, largest, grower(sets_of(movable), largest, seed=1))
    return search


def test_three_that_need_each_other_in_pairs_are_found_together():
    bits = {f"pod-{place}": 2.0 + place / 4 for place in range(9)}
    effect = {**dict.fromkeys(bits, 0.0), "pod-8": 0.4}
    triple = ("pod-1", "pod-4", "pod-6")
    together = {("pod-1", "pod-4"): 1.1, ("pod-1", "pod-6"): 1.1, ("pod-4", "pod-6"): 1.1}
    search = searched(MadeUp, bits, effect, together, 3)
    assert triple in [one.names for one in search.decided.front]
    assert search.optimiser == OPTIMISER


def test_a_date_is_moved_to_where_it_works():
    """At its own date the divergence is 31 weeks from its best one, and worth next to nothing."""
    bits = {"movable": 3.0, **{f"pod-{place}": 2.0 + place for place in range(4)}}
    effect = {**dict.fromkeys(bits, 0.0), "movable": 3.5}
    search = searched(Dated, bits, effect, {}, 1, movable=("movable",))
    (best,) = [one.names for one in search.decided.front][-1:]
    (name,) = best
    day = date.fromisoformat(name.partition("@")[2])
    assert abs((day - Dated.best).days) <= 28
