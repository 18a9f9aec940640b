"""Command on land: what must rise with what, and the kernels in plain Python on a stand-in world."""

import inspect
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allohistory.luck.arithmetic import exp
from allohistory.scenarios.soviet_japanese_war import names
from allohistory.scenarios.soviet_japanese_war.rules import command as rules
from allohistory.scenarios.soviet_japanese_war.rules import orders
from allohistory.scenarios.soviet_japanese_war.steps import command as steps
from allohistory.scenarios.soviet_japanese_war.steps import gas
from middles import middles

SCENARIO = Path(inspect.getfile(steps)).parent.parent
WITHDRAW, HOLD, ATTACK = 0, 1, 2
FRONTS, COMMANDED = int(names.FRONTS), int(steps.COMMANDED)
GRODEKOVO, MANCHOULI, SAKHALIN = (
    int(names.FRONT__MARITIME),
    int(names.FRONT__MANCHOULI),
    int(names.FRONT__SAKHALIN),
)
RECORD = 761  # the week of Monday 6 August 1945

P = middles(SCENARIO)
share = st.floats(0.0, 1.0)
log_ratio = st.floats(-3.0, 3.0)
kilometres = st.floats(0.0, 800.0)


def chances(utilities):
    weights = [exp(u - max(utilities)) for u in utilities]
    return [weight / sum(weights) for weight in weights]


# ---------------------------------------------------------------- rules


@given(log_ratio, log_ratio, share, share, st.floats(0.0, 3.0), st.floats(0.0, 9.0))
def test_readiness__strength_never_holds_back_and_want_never_drives_on(a, b, works, rain, used_up, beyond):
    weak, strong = min(a, b), max(a, b)
    p = P.command_readiness

    def says(ratio=weak, used_up=used_up, works=works, beyond=beyond, rain=rain):
        return rules.readiness(ratio, used_up, works, beyond, rain, 0.0, 0.0, 1.0, 0.0, p)

    assert says(ratio=strong) >= says()
    assert says(used_up=used_up + 0.5) <= says()
    assert says(works=1.0) <= says() and says(beyond=beyond + 1.0) <= says() and says(rain=1.0) <= says()


@given(st.floats(0.0, 400.0), st.floats(0.0, 400.0), share, share)
def test_spent__falls_with_stock_and_rises_with_losses(a, b, worn, more):
    p = P.command_spent
    assert rules.spent(max(a, b), worn, p) <= rules.spent(min(a, b), worn, p)
    assert rules.spent(a, max(worn, more), p) >= rules.spent(a, min(worn, more), p)


@given(st.floats(-6.0, 5.0), log_ratio, share, kilometres)
def test_orders__the_railway_to_vladivostok_is_won_back_as_if_all_were_lost(ready, ratio, massed, lost):
    def attack(lost, railway):
        p = P.moscow_orders
        return orders.moscow_orders.plain(
            ready, ratio, massed, 0.0, 0.0, 0.0, lost, railway, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, p
        )[2]

    assert attack(lost, 1.0) == attack(1000.0, 0.0) >= attack(lost, 0.0)


@given(st.floats(-6.0, 5.0), log_ratio, share, share, share, kilometres, kilometres, share)
@pytest.mark.parametrize("who", ["moscow", "tokyo"])
def test_orders__each_input_moves_the_odds_its_own_way(
    who, ready, ratio, massed, opening, main, lost, gained, worn
):
    rule, p = (
        (orders.moscow_orders, P.moscow_orders) if who == "moscow" else (orders.tokyo_orders, P.tokyo_orders)
    )

    def odds(**changed):
        held = {
            "readiness": ready,
            "ratio": ratio,
            "massed": massed,
            "opening": opening,
            "main": main,
            "going": 0.0,
            "lost": lost,
            "gained": gained,
            "limited": 1.0,
            "truce": 0.0,
            "cut_off": 0.0,
            "worn": worn,
        }
        held.update(changed)
        extra = {"europe": 0.0, "steppe": 0.0, "railway": 0.0} if who == "moscow" else {"america": 0.0}
        withdraw, hold, attack = rule.plain(**held, **extra, p=p)
        return withdraw - hold, attack - hold

    for rising in ("readiness", "massed", "opening", "main", "going", "lost"):
        assert (
            odds(**{rising: {"readiness": ready, "massed": massed}.get(rising, 0.0) + 0.5})[1]
            >= odds(**{rising: {"readiness": ready, "massed": massed}.get(rising, 0.0)})[1]
        )
    for falling in ("truce", "cut_off"):
        assert odds(**{falling: 1.0})[1] <= odds(**{falling: 0.0})[1]
    assert odds(gained=gained + 50.0)[1] <= odds()[1]
    assert odds(ratio=ratio - 1.0)[0] >= odds()[0]
    assert odds(cut_off=1.0)[0] >= odds()[0] and odds(worn=1.0)[0] >= odds()[0]


@given(share, share, share, share, st.sampled_from([0.0, 1.0]))
def test_worth__preparation_and_trust_never_harm_an_able_man_and_stay_within_reason(a, b, t, u, attacking):
    p = P.command_worth
    less, more = sorted([a, b])
    assert orders.commander_worth(1.0, 0.0, more, t, attacking, p) >= orders.commander_worth(
        1.0, 0.0, less, t, attacking, p
    )
    assert orders.commander_worth(0.0, 0.0, a, max(t, u), 1.0, p) >= orders.commander_worth(
        0.0, 0.0, a, min(t, u), 1.0, p
    )
    for able, favourite in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0)):
        assert abs(orders.commander_worth(able, favourite, a, t, attacking, p)) <= 0.26


@pytest.mark.parametrize("japanese", [0.0, 1.0])
def test_gas__who_is_gassed_answers_nine_times_in_ten_within_two_looks(japanese):
    first = chances(orders.turns_to_gas(japanese, 0.0, 0.0, 0.0, P.war_gas))[1]
    answer = chances(orders.turns_to_gas(japanese, 1.0, 0.0, 0.0, P.war_gas))[1]
    assert first < 0.05 and 0.85 < 1.0 - (1.0 - answer) ** 2 < 0.99


# ---------------------------------------------------------------- kernels


@dataclass
class Draws:
    """Stands in for luck: keeps what was asked, and takes what it was told, else the likeliest option."""

    told: dict[int, int] = field(default_factory=dict)
    asked: list[tuple[int, int, tuple[float, ...]]] = field(default_factory=list)

    def __call__(self, c, rule, entity, key, step, utilities):
        assert int(key) == int(c.week) and int(step) == 0
        self.asked.append((int(rule), int(entity), tuple(utilities)))
        return np.int64(self.told.get(int(rule), int(np.argmax(utilities))))

    def of(self, rule):
        return [entity for asked, entity, _ in self.asked if asked == int(rule)]


@pytest.fixture
def luck(monkeypatch):
    draws = Draws()
    monkeypatch.setattr(steps, "choice", draws)
    monkeypatch.setattr(gas, "choice", draws)
    return draws


def calendar(week, year=1945, month=8):
    return SimpleNamespace(week=np.int64(week), year=np.int64(year), month=np.int64(month))


def world(road=3.0, began=RECORD, soviet=150.0, japanese=60.0, worth=0.4):
    """A general war on every front but the Winter War's, its armies just mustered; worth is a Japanese soldier's."""
    armies, commanded = 2 * FRONTS, np.zeros(FRONTS)
    commanded[:COMMANDED] = 1.0
    men = np.zeros(armies)
    men[0 : 2 * COMMANDED : 2], men[1 : 2 * COMMANDED : 2] = soviet, japanese
    numbers = {
        name: np.full(armies, value)
        for name, value in {
            "order": 1.0, "order_week": -1.0, "order_km": 0.0, "order_cut_off": 0.0, "order_spent": 0.0,
            "pauses": 0.0, "planned": 0.0, "works": 0.3, "days": 60.0, "railhead": 0.0, "cut_off": 0.0,
            "worn": 0.0, "worth": 1.6,
        }.items()
    }  # fmt: skip
    numbers["worth"][1::2] = worth
    return SimpleNamespace(
        land=SimpleNamespace(
            opener=0.0, surprise=0.0, over=0.0, gas=0.0, vladivostok_cut_week=-1.0, vladivostok_fallen=0.0
        ),
        side=SimpleNamespace(main=np.zeros(2), trucks=np.array([40.0, 5.0]), reach=np.zeros(2)),
        front=SimpleNamespace(
            km=np.zeros(FRONTS), open=commanded, attacker=np.zeros(FRONTS), won=np.zeros(FRONTS)
        ),
        army=SimpleNamespace(men=men, **numbers),
        war=SimpleNamespace(
            rung=7.0,
            road=road,
            began_week=float(began),
            general_week=float(began),
            moscow_aim=1.0,
            tokyo_aim=1.0,
        ),
        border=SimpleNamespace(division_battle_week=-1.0),
        ussr=SimpleNamespace(
            tied_in_europe=0.0,
            divisions_east=70.0,
            division_worth=1.6,
            bombers_in_reach=0.0,
            able_commander=2.0,
            trust_in_command=0.6,
            corps_in_mongolia=0.0,
        ),
        japan=SimpleNamespace(
            fighting_america=1.0,
            surrendered=0.0,
            prepared_north=0.0,
            divisions_north=31.0,
            believed_soviet_divisions=45.0,
            believed_soviet_quality=1.0,
            hawks_in_field_army=0.0,
        ),
    )


def orders_of(w, side):
    return [int(w.army.order[2 * f + side]) for f in range(COMMANDED)]


def test_open_war__moscow_opens_in_1945_and_every_front_attacks(luck):
    c, w = calendar(RECORD), world()
    luck.told = {int(names.WAR_SURPRISE): 1}
    steps.open_war(c, w, P)
    steps.give_orders(c, w, P)
    assert w.land.opener == 1.0
    assert w.land.surprise == 1.0 and luck.of(names.WAR_SURPRISE) == [0]
    assert orders_of(w, 0) == [ATTACK] * COMMANDED
    assert orders_of(w, 1) == [HOLD] * COMMANDED
    assert luck.of(names.MOSCOW_ORDERS) == luck.of(names.TOKYO_ORDERS) == list(range(COMMANDED))
    for rule, _, utilities in luck.asked:
        if rule == int(names.MOSCOW_ORDERS):
            assert chances(utilities)[ATTACK] > 0.95
        if rule == int(names.TOKYO_ORDERS):
            assert chances(utilities)[HOLD] > 0.95


def test_open_war__japan_opens_at_parity_and_only_its_main_effort_attacks(luck):
    c, w = calendar(280, 1936, 5), world(road=2.0, began=280, soviet=60.0, japanese=60.0, worth=1.6)
    w.japan.fighting_america, w.japan.believed_soviet_divisions, w.ussr.divisions_east = 0.0, 15.0, 15.0
    w.ussr.division_worth = P.border_balance.japanese_worth
    steps.open_war(c, w, P)
    steps.give_orders(c, w, P)
    assert w.land.opener == 2.0 and w.side.main[1] == 0.0
    attacks = [f for f, order in enumerate(orders_of(w, 1)) if order == ATTACK]
    assert attacks == [int(names.FRONT__USSURI), GRODEKOVO, int(names.FRONT__POSYET_GAP), SAKHALIN]
    assert orders_of(w, 0) == [HOLD] * COMMANDED


def test_open_war__a_grown_clash_has_no_opener_and_asks_nothing_of_surprise(luck):
    c, w = calendar(440, 1939, 6), world(road=1.0, began=440)
    steps.open_war(c, w, P)
    assert w.land.opener == 0.0 and w.land.surprise == 0.0 and luck.of(names.WAR_SURPRISE) == []


def test_orders__moscow_is_asked_once_in_the_four_weeks_of_the_record(luck):
    w = world()
    steps.open_war(calendar(RECORD), w, P)
    for week in range(4):
        steps.give_orders(calendar(RECORD + week), w, P)
        w.front.km[:COMMANDED] += 150.0
        w.army.days[0 : 2 * COMMANDED : 2] = 2.0  # out of fuel, and still going
        w.army.worn[:] = 0.3
    assert luck.of(names.MOSCOW_ORDERS) == list(range(COMMANDED))
    assert orders_of(w, 0) == [ATTACK] * COMMANDED
    assert len(luck.of(names.TOKYO_ORDERS)) > COMMANDED  # bad news
    assert len(luck.of(names.MOSCOW_MAIN_EFFORT)) == 1


def test_orders__fronts_take_turns_and_each_is_asked_every_four_weeks(luck):
    w = world(road=1.0, began=0)
    w.army.order_week[:] = 0.0
    w.war.general_week = -1.0
    asked = {}
    for week in range(1, 25):
        luck.asked.clear()
        steps.give_orders(calendar(week, 1940, 9), w, P)
        for f in luck.of(names.MOSCOW_ORDERS):
            asked.setdefault(f, []).append(week)
        assert len(luck.of(names.MOSCOW_ORDERS)) <= 3
    assert sorted(asked) == list(range(COMMANDED))
    for f, weeks in asked.items():
        assert {later - earlier for earlier, later in pairwise(weeks)} == {4}, f
        assert weeks[0] >= 4


@pytest.mark.parametrize("news", ["ground", "cut off", "spent", "none"])
def test_orders__bad_news_is_answered_at_once_and_only_by_its_front(luck, news):
    w = world(road=1.0, began=0)
    w.army.order_week[:] = 0.0
    w.war.general_week = -1.0
    army = 2 * GRODEKOVO + 1
    if news == "ground":
        w.front.km[GRODEKOVO] = 80.0
    elif news == "cut off":
        w.army.cut_off[army] = 1.0
    elif news == "spent":
        w.army.worn[army] = 0.4
    steps.give_orders(calendar(1, 1940, 9), w, P)
    assert luck.of(names.TOKYO_ORDERS) == ([] if news == "none" else [GRODEKOVO])
    assert luck.of(names.MOSCOW_ORDERS) == []
    luck.asked.clear()
    steps.give_orders(calendar(2, 1940, 9), w, P)
    assert luck.asked == []  # told once


def test_orders__an_attack_without_stock_pauses_and_goes_on_once_its_dumps_are_filled(luck):
    w = world(road=1.0, began=0)
    w.army.order_week[:] = 0.0
    w.war.general_week = -1.0
    army = 2 * MANCHOULI
    w.army.order[army], w.army.days[army] = 2.0, 6.0
    steps.give_orders(calendar(1, 1940, 9), w, P)
    assert luck.asked == []
    assert w.army.order[army] == HOLD and w.army.order_week[army] == 1.0 and w.army.pauses[army] == 1.0
    w.army.days[army] = 11.0  # enough to defend itself, not to go on
    steps.give_orders(calendar(2, 1940, 9), w, P)
    assert w.army.order[army] == HOLD and w.army.pauses[army] == 1.0
    w.army.days[army] = 20.0
    steps.give_orders(calendar(3, 1940, 9), w, P)
    assert luck.asked == []
    assert w.army.order[army] == ATTACK and w.army.pauses[army] == 0.0


@pytest.mark.parametrize(("km", "asked"), [(-3.0, [GRODEKOVO]), (0.0, [])])
def test_orders__moscow_is_asked_at_once_where_the_railway_to_vladivostok_was_lost(luck, km, asked):
    w = world(road=1.0, began=0)
    w.army.order_week[:] = 0.0
    w.war.general_week = -1.0
    w.front.km[GRODEKOVO], w.land.vladivostok_cut_week = km, 0.0
    steps.give_orders(calendar(1, 1940, 9), w, P)
    assert luck.of(names.MOSCOW_ORDERS) == asked and luck.of(names.TOKYO_ORDERS) == []


def test_orders__a_capital_calls_off_an_attack_that_pauses(luck):
    w = world(road=1.0, began=0)
    w.army.order_week[:] = 0.0
    w.war.general_week = -1.0
    army = 2 * MANCHOULI
    w.army.pauses[army], w.army.days[army] = 1.0, 6.0
    luck.told = {int(names.MOSCOW_ORDERS): HOLD}
    steps.give_orders(calendar(4, 1940, 9), w, P)
    assert luck.of(names.MOSCOW_ORDERS).count(MANCHOULI) == 1
    assert w.army.order[army] == HOLD and w.army.pauses[army] == 0.0


def test_main_effort__moscow_names_it_anew_when_vladivostok_is_cut_off(luck):
    w = world(road=1.0, began=0)
    w.army.order_week[:] = 0.0
    w.war.general_week = -1.0
    w.land.vladivostok_cut_week = 4.0
    for week, times in ((5, 1), (6, 1), (8, 2)):
        steps.give_orders(calendar(week, 1940, 9), w, P)
        assert len(luck.of(names.MOSCOW_MAIN_EFFORT)) == times, week
    assert len(luck.of(names.TOKYO_MAIN_EFFORT)) == 1


def test_orders__no_army_no_order(luck):
    w = world()
    w.army.men[2 * SAKHALIN] = 0.0
    w.front.open[MANCHOULI] = 0.0
    steps.open_war(calendar(RECORD), w, P)
    steps.give_orders(calendar(RECORD), w, P)
    assert SAKHALIN not in luck.of(names.MOSCOW_ORDERS) and SAKHALIN in luck.of(names.TOKYO_ORDERS)
    assert MANCHOULI not in luck.of(names.MOSCOW_ORDERS)


def test_orders__peace_asks_nothing(luck):
    for rung, over in ((0.0, 0.0), (7.0, 1.0)):
        w = world()
        w.war.rung, w.land.over = rung, over
        steps.give_orders(calendar(RECORD), w, P)
        gas.gas(calendar(RECORD + 2), w, P)
    assert luck.asked == []


def test_preparation__weeks_in_place_are_kept_by_the_attack_that_uses_them(luck):
    w = world(road=1.0, began=0)
    w.war.general_week = -1.0
    w.army.order_week[:] = 0.0
    luck.told = {int(names.MOSCOW_ORDERS): ATTACK}
    steps.give_orders(calendar(4, 1940, 9), w, P)
    army = 2 * MANCHOULI
    assert w.army.planned[army] == pytest.approx(4.0 / P.command_plans.weeks)
    assert steps.command_worth(calendar(4), w, P, np.int64(army)) == pytest.approx(
        0.8 * P.command_worth.able - 0.2 * P.command_worth.piecemeal * 0.7, abs=1e-9
    )
    steps.give_orders(calendar(8, 1940, 9), w, P)
    assert w.army.order_week[army] == 4.0  # the same order, four weeks old
    assert w.army.planned[army] == pytest.approx(4.0 / P.command_plans.weeks)


def test_main_effort__asked_again_every_eight_weeks(luck):
    w = world(road=1.0, began=0)
    w.army.order_week[:] = 0.0
    w.war.general_week = -1.0
    for week in range(25):
        steps.give_orders(calendar(week, 1940, 9), w, P)
    assert len(luck.of(names.MOSCOW_MAIN_EFFORT)) == len(luck.of(names.TOKYO_MAIN_EFFORT)) == 3


def test_gas__each_side_is_asked_until_it_has_used_it(luck):
    w = world(began=0)
    luck.told = {int(names.WAR_GAS): 1}
    gas.gas(calendar(1), w, P)
    assert luck.asked == []
    gas.gas(calendar(2), w, P)
    assert w.land.gas == 3.0 and luck.of(names.WAR_GAS) == [0, 1]
    gas.gas(calendar(6), w, P)
    assert len(luck.asked) == 2
    w.war.rung, w.land.gas = 6.0, 0.0
    gas.gas(calendar(10), w, P)
    assert len(luck.asked) == 2  # a limited war keeps this limit


def test_surrender__nobody_is_asked_and_moscow_takes_what_is_laid_down(luck):
    w = world(road=1.0, began=0)
    w.japan.surrendered, w.army.order_week[:], w.army.days[:] = 1.0, 0.0, 2.0
    w.army.order[1] = 2.0
    steps.give_orders(calendar(8), w, P)
    gas.gas(calendar(10), w, P)
    assert luck.asked == []
    assert orders_of(w, 0) == [ATTACK] * COMMANDED and orders_of(w, 1) == [HOLD] * COMMANDED
