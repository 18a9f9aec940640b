"""The week's battle: losses beside the fact book, what may never move the wrong way, and a week that keeps its men.

The step runs in plain Python on small stand-ins; draws come from a generator, or are told what to say.
"""

import math
import sys
from inspect import signature
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allohistory.book.open import open_book
from allohistory.book.priors import draw
from allohistory.luck.arithmetic import exp, normal_quantile
from allohistory.scenarios.soviet_japanese_war.rules import aftermath, engagement
from allohistory.scenarios.soviet_japanese_war.rules.units import DAYS_A_WEEK, DIVISION, WON_ON_RECORD

TABLES = "allohistory.scenarios.soviet_japanese_war.theatre"
AXES = {
    "AXIS_COUNT": np.full(11, 4),
    "AXIS_KM": np.tile(np.array([-200.0, 0.0, 150.0, 400.0]), (11, 1)),
    "AXIS_GROUND": np.tile(np.array([0, 1, 2, 0]), (11, 1)),
    "AXIS_COVER": np.tile(np.array([0, 1, 2, 0]), (11, 1)),
    "AXIS_GOING": np.tile(np.array([1.0, 0.5, 0.2, 0.5]), (11, 1)),
    "AXIS_RIVER": np.tile(np.array([0, 0, 1, 0]), (11, 1)),
}
if TABLES not in sys.modules:
    try:
        __import__(TABLES)
    except ModuleNotFoundError:
        stand_in = ModuleType(TABLES)
        vars(stand_in).update(AXES)
        sys.modules[TABLES] = stand_in

from allohistory.scenarios.soviet_japanese_war.steps import battle as battles  # noqa: E402
from allohistory.scenarios.soviet_japanese_war.steps import terrain  # noqa: E402

BOOK = open_book(Path(terrain.__file__).parent.parent)
FRONT, SOVIET, JAPANESE = 6, 12, 13


def parameters(at=0.5):
    """The record of parameters, each at this quantile of its prior, or at its own where a function is given."""
    found: dict[str, SimpleNamespace] = {}
    for parameter in BOOK.parameters.values():
        if parameter.rule.startswith(("battle.", "command.", "supply.")):
            place = at(parameter.id) if callable(at) else at
            rule = parameter.rule.replace(".", "_").replace("-", "_")
            held = float(draw(parameter, place, normal_quantile, exp))
            setattr(found.setdefault(rule, SimpleNamespace()), parameter.name, held)
    return SimpleNamespace(**found)


P = parameters()
PLAIN = dict.fromkeys(list(signature(engagement.result.plain).parameters)[2:-1], 0.0)


def odds(ratio, size=0.0, p=P, **others):
    return engagement.result(ratio, size, *{**PLAIN, **others}.values(), p.battle_result)[1]


def weekly_losses(men, ratio, p=P, **others):
    """Mean share of all men on an axis that the attacker and the defender lose in a week with a battle."""
    against = men / ratio
    share = engagement.engaged(men, against, 0.0, p.battle_engaged)
    size = math.log(math.sqrt(men * against) * share / DIVISION)
    found = []
    for rule, own in (
        (engagement.attacker_losses, p.battle_attacker_losses),
        (engagement.defender_losses, p.battle_defender_losses),
    ):
        days = DAYS_A_WEEK * p.battle_advance.days_forward
        mean, spread = rule(
            math.log(ratio), size, *{**PLAIN, **others}.values(), 0.0, WON_ON_RECORD, days, own
        )
        found.append(aftermath.cost(share, mean + spread**2 / 2, 0.0, p.battle_cost)[0])
    return found


# -- the convention of one main battle a week, beside the fact book


@pytest.mark.parametrize(
    ("men", "fact"),
    [(20.0, "combat.division.loss-rate"), (100.0, "combat.army.loss-rate"), (500.0, "combat.army.loss-rate")],
)
def test_a_week_of_battle_costs_a_day_what_the_fact_book_says(men, fact):
    """Means of both sides and of both as attacker, at three to two against a prepared line.

    A division's whole week of battle must not pass the rule for fights of that size; an army's must lie in its range,
    stretched by a third either way, since here every week has a battle and there quiet days count.
    """
    told = BOOK.facts[fact]
    rates = [
        rate / DAYS_A_WEEK
        for second in (0.0, 1.0)
        for rate in weekly_losses(men, 1.5, works=0.6, second_attacks=second)
    ]
    mean = sum(rates) / len(rates)
    assert told.low * 0.75 <= mean <= told.high * 1.33
    assert max(rates) <= 2.5 * told.high


def test_the_larger_the_army_the_smaller_the_share_it_loses():
    shares = [sum(weekly_losses(men, 1.5, works=0.6)) for men in (20.0, 50.0, 100.0, 200.0, 500.0)]
    assert shares == sorted(shares, reverse=True)


# -- what may never move the wrong way

worlds = st.fixed_dictionaries(
    {
        "works": st.floats(0, 1),
        "delaying": st.sampled_from([0.0, 1.0]),
        "second_attacks": st.sampled_from([0.0, 1.0]),
        "late": st.floats(0, 1),
        "finnish": st.sampled_from([0.0, 1.0]),
    }
)
quantiles = st.floats(0.001, 0.999)


@given(worlds, st.floats(1, 500), st.floats(1, 500), st.floats(1, 4), st.floats(0, 5000), st.floats(0, 5000))
def test_more_men_never_lower_the_attackers_odds(world, men, against, more, tanks, guns):
    """His guns and tanks stay what they were in number, so that each thousand men has fewer of them."""

    def here(men):
        share = engagement.engaged(men, against, 0.0, P.battle_engaged)
        size = math.log(math.sqrt(men * against) * share / DIVISION)
        own = {
            "attacker_tanks": engagement.armour(tanks / men),
            "attacker_guns": engagement.artillery(guns / men),
        }
        return odds(math.log(men / against), size, **world, **own)

    assert here(men * more) >= here(men) - 1e-9


@given(worlds, st.floats(-2, 3), st.floats(0, 2), quantiles)
def test_a_better_ratio_never_lowers_the_odds_wherever_the_slopes_lie(world, ratio, more, quantile):
    """Holds in every draw of the parameters: slopes have a bound of 0."""
    p = parameters(quantile)
    assert odds(ratio + more, p=p, **world) >= odds(ratio, p=p, **world) - 1e-9


@given(worlds, st.floats(-2, 3), st.floats(-2, 2), st.floats(0, 1))
def test_effectiveness_helps_him_spares_him_and_hurts_the_other(world, ratio, edge, more):
    low, high = {**PLAIN, **world, "edge": edge}, {**PLAIN, **world, "edge": edge + more}
    assert odds(ratio, **{**world, "edge": edge + more}) >= odds(ratio, **{**world, "edge": edge})
    spent = [
        engagement.attacker_losses(ratio, 0.0, *one.values(), 0.0, 0.0, 2.0, P.battle_attacker_losses)[0]
        for one in (low, high)
    ]
    cost = [
        engagement.defender_losses(ratio, 0.0, *one.values(), 0.0, 0.0, 2.0, P.battle_defender_losses)[0]
        for one in (low, high)
    ]
    assert spent[1] <= spent[0]
    assert cost[1] >= cost[0]


EDGE = dict.fromkeys(list(signature(engagement.edge.plain).parameters)[:-1], 0.0) | {
    "attacker_worth": 1.0,
    "defender_worth": 1.0,
}


@pytest.mark.parametrize(
    ("name", "more", "sign"),
    [
        ("attacker_worth", 1.5, 1),
        ("defender_worth", 1.5, -1),
        ("attacker_short", 0.5, -1),
        ("defender_short", 0.5, 1),
        ("attacker_worn", 0.2, -1),
        ("defender_worn", 0.2, 1),
        ("surprise", 1.0, 1),
        ("air", 1.0, 1),
        ("commander", 1.0, 1),
        ("river", 1.0, -1),
        ("beyond", 1.0, -1),
    ],
)
@given(late=st.floats(0, 1), second=st.sampled_from([0.0, 1.0]), quantile=quantiles)
def test_each_input_moves_effectiveness_its_own_way(name, more, sign, late, second, quantile):
    p = parameters(quantile).battle_edge
    usual = {**EDGE, "late": late, "second_attacks": second}
    moved = engagement.edge(*{**usual, name: more}.values(), p) - engagement.edge(*usual.values(), p)
    assert sign * moved >= 0.0


def test_worth_that_was_usual_on_record_is_not_counted_twice():
    usual = P.battle_edge.usual_soviet_late, P.battle_edge.usual_japan_late
    given_ = {**EDGE, "attacker_worth": usual[0], "defender_worth": usual[1], "late": 1.0}
    assert engagement.edge(*given_.values(), P.battle_edge) == pytest.approx(0.0)


def test_the_japanese_break_late():
    worn = {**EDGE, "defender_worn": 0.3}
    japanese = engagement.edge(*worn.values(), P.battle_edge) - engagement.edge(*EDGE.values(), P.battle_edge)
    worn["second_attacks"] = 1.0
    soviet = engagement.edge(*worn.values(), P.battle_edge) - engagement.edge(
        *{**EDGE, "second_attacks": 1.0}.values(), P.battle_edge
    )
    assert 0.0 < japanese < 0.6 * soviet


@given(st.floats(0, 1), st.floats(-8, 6), st.sampled_from([0.0, 1.0]), quantiles)
def test_a_week_costs_shares_between_none_and_all(engaged, lost, driven, quantile):
    for share in aftermath.cost(engaged, lost, driven, parameters(quantile).battle_cost):
        assert 0.0 <= share <= 1.0


# -- the step


def world(**changes):
    """A world at war on one axis; changes name `kind__variable` and the value on that axis, or (Soviet, other)."""
    army = {
        "men": (60.0, 40.0),
        "guns": (200.0, 120.0),
        "tanks": (300.0, 40.0),
        "worth": (1.0, 1.25),
        "order": (2.0, 1.0),
        "works": (0.3, 0.6),
        "days": (30.0, 30.0),
        "supplied": (1.0, 1.0),
        "cut_off": (0.0, 0.0),
        "worn": (0.0, 0.0),
        "losses": (0.0, 0.0),
        "captured": (0.0, 0.0),
        "planned": (0.0, 0.0),
        "railhead": (-50.0, 200.0),
    }
    front = {
        "km": 0.0,
        "open": 1.0,
        "attacker": 0.0,
        "won": 0.0,
        "moved": 0.0,
        "early": 0.0,
        "battle_week": -1.0,
        "planned": 0.0,
    }
    w = SimpleNamespace(
        army=SimpleNamespace(**{name: np.zeros(22) for name in army}),
        front=SimpleNamespace(**{name: np.zeros(11) for name in front}),
        side=SimpleNamespace(losses=np.zeros(2), captured=np.zeros(2), reach=np.zeros(2)),
        land=SimpleNamespace(air=0.0, surprise=0.0, opener=0.0, gas=0.0, part=1.0, surrender_week=-1.0),
        ussr=SimpleNamespace(able_commander=0.0, trust_in_command=0.6),
        japan=SimpleNamespace(surrendered=0.0, hawks_in_field_army=0.3),
        war=SimpleNamespace(began_week=400.0, rung=7.0, road=1.0, moscow_aim=1.0, tokyo_aim=1.0),
    )
    for name, pair in army.items():
        getattr(w.army, name)[[SOVIET, JAPANESE]] = changes.get(f"army__{name}", pair)
    for name, value in front.items():
        getattr(w.front, name)[FRONT] = changes.get(f"front__{name}", value)
    return w


@pytest.fixture
def fought(monkeypatch):
    """Runs a week on a world and returns its draws."""
    return fighter(monkeypatch)


def fighter(monkeypatch):
    """A function that runs a week; `says` fixes draws by rule, a generator of this seed makes the others."""
    for module in (battles, terrain):
        for name, table in AXES.items():
            if hasattr(module, name):
                monkeypatch.setattr(module, name, table)

    def run(w, says=None, seed=1, week=410, p=P, tether=10_000.0):
        luck, drawn = np.random.default_rng(seed), []

        def choice(c, rule, entity, key, step, utilities):
            drawn.append((int(rule), int(entity), int(key), int(step)))
            if says and rule in says:
                return np.int64(says[rule])
            return np.int64(np.argmax(np.array(utilities) + luck.gumbel(size=len(utilities))))

        def shock(c, rule, entity, key, step, mean, sd):
            drawn.append((int(rule), int(entity), int(key), int(step)))
            assert sd > 0.0
            if says and rule in says:
                return says[rule]
            return mean + sd * luck.normal()

        monkeypatch.setattr(battles, "choice", choice)
        monkeypatch.setattr(battles, "shock", shock)
        monkeypatch.setattr(battles, "led_so_far", lambda *_: tether)
        c = SimpleNamespace(week=np.int64(week), year=np.int64(1939), month=np.int64(6))
        battles.battle(c, w, p, np.int64(FRONT))
        return drawn

    return run


def total(w):
    """Men on the axis, dead, wounded, missing and captured, by side."""
    return [w.army.men[a] + w.army.losses[a] + w.army.captured[a] for a in (SOVIET, JAPANESE)]


@settings(deadline=None, max_examples=150)
@given(
    seed=st.integers(0, 10**6),
    orders=st.tuples(st.sampled_from([0.0, 1.0, 2.0]), st.sampled_from([0.0, 1.0, 2.0])),
    men=st.tuples(st.floats(0, 900), st.floats(0, 900)),
    tanks=st.tuples(st.floats(0, 5000), st.floats(0, 500)),
    km=st.floats(-200, 400),
    cut_off=st.sampled_from([0.0, 1.0]),
    quantile=quantiles,
)
def test_a_week_keeps_its_men_and_its_axis(seed, orders, men, tanks, km, cut_off, quantile):
    with pytest.MonkeyPatch.context() as patch:
        run = fighter(patch)
        w = world(
            army__order=orders, army__men=men, army__tanks=tanks, front__km=km, army__cut_off=(0.0, cut_off)
        )
        before = total(w)
        drawn = run(w, seed=seed, p=parameters(quantile))
        assert total(w) == pytest.approx(before)
        assert w.side.losses == pytest.approx([w.army.losses[SOVIET], w.army.losses[JAPANESE]])
        assert w.side.captured == pytest.approx([w.army.captured[SOVIET], w.army.captured[JAPANESE]])
        for name in ("men", "guns", "tanks", "works", "worn", "losses", "captured"):
            assert (getattr(w.army, name) >= 0.0).all()
        assert (w.army.works <= 1.0).all()
        assert -200.0 <= w.front.km[FRONT] <= 400.0
        assert w.front.moved[FRONT] == pytest.approx(w.front.km[FRONT] - km)
        assert len(drawn) <= 5
        assert len(set(drawn)) == len(drawn)


@given(st.floats(-2, 5), st.floats(0, 2), st.floats(0, 500), st.floats(0, 1), st.floats(0, 2), quantiles)
def test_the_stronger_the_winner_and_the_weaker_the_loser_the_more_open_the_way(
    strength, worn, men, works, closed, quantile
):
    p = parameters(quantile).battle_broken

    def way(strength=strength, worn=worn, men=men, works=works, following=0.0):
        return aftermath.broken(strength, worn, men, works, closed, closed, following, p)

    assert 0.0 <= way() <= 1.0
    assert way(strength=strength + 0.5) >= way() and way(worn=worn + 0.5) >= way()
    assert way(men=men / 2) >= way() and way(works=0.0) >= way()
    assert way(following=1.0) >= p.delaying


@given(st.floats(0, 1), st.floats(0, 2), st.floats(0, 2), st.floats(0, 1), quantiles)
def test_an_open_way_is_never_the_slower_nor_the_less_certain(mobile, ground, cover, going, quantile):
    p = parameters(quantile).battle_advance
    held, spread = aftermath.advance(mobile, 0.0, 0.3, ground, cover, going, 0.0, 0.0, 0.0, p)
    freed, less = aftermath.advance(mobile, 1.0, 0.3, ground, cover, going, 0.0, 0.0, 0.0, p)
    assert freed > held and less < spread


WON, LOST, FAR = (
    {battles.BATTLE_RESULT: 1},
    {battles.BATTLE_RESULT: 0},
    {battles.BATTLE_ADVANCE: math.log(30.0)},
)


def test_who_fails_does_not_move(fought):
    w = world()
    fought(w, LOST)
    assert (w.front.attacker[FRONT], w.front.won[FRONT], w.front.moved[FRONT]) == (1.0, 0.0, 0.0)
    assert w.army.losses[SOVIET] > 0.0


def test_who_succeeds_moves_and_reaches_further(fought):
    w = world()
    fought(w, {**WON, **FAR})
    assert w.front.moved[FRONT] == pytest.approx(30.0)
    assert w.side.reach[0] == pytest.approx(30.0)
    assert w.front.battle_week[FRONT] == 410.0


def test_the_other_side_moves_the_other_way(fought):
    w = world(army__order=(1.0, 2.0))
    fought(w, {**WON, **FAR})
    assert (w.front.attacker[FRONT], w.front.km[FRONT]) == (2.0, pytest.approx(-30.0))
    assert list(w.side.reach) == pytest.approx([0.0, 30.0])


def test_nobody_goes_past_the_end_of_the_axis(fought):
    w = world(front__km=390.0)
    fought(w, {**WON, **FAR})
    assert w.front.km[FRONT] == 400.0


def test_who_finds_nobody_marches_on_and_loses_nobody(fought):
    w = world(army__men=(60.0, 0.2))
    assert [one[0] for one in fought(w, FAR)] == [battles.BATTLE_ADVANCE]
    assert w.army.men[SOVIET] == 60.0 and w.front.moved[FRONT] == pytest.approx(30.0)


@pytest.mark.parametrize(("men", "large"), [((400.0, 1.0), SOVIET), ((1.0, 400.0), JAPANESE)])
def test_a_handful_costs_a_great_army_no_more_than_a_handful_can(fought, men, large):
    """Only so many find room to fight it; the others lose what a quiet sector loses."""
    w = world(army__men=men)
    fought(w, LOST)
    assert w.army.losses[large] < 400.0 * P.battle_cost.quiet + battles.MOST_TO_ONE


def test_of_two_attackers_the_stronger_attacks(fought):
    w = world(army__order=(2.0, 2.0), army__men=(60.0, 40.0), army__worth=(0.5, 1.25))
    fought(w, LOST)
    assert w.front.attacker[FRONT] == 2.0


def test_where_both_attack_each_has_its_turn(fought):
    w = world(army__order=(2.0, 2.0), army__men=(60.0, 40.0), army__worth=(0.5, 1.25))
    who = []
    for week in (410, 411, 412):
        fought(w, LOST, week=week)
        who.append(w.front.attacker[FRONT])
    assert who == [2.0, 1.0, 2.0]


def test_who_wins_loses_less_and_who_is_driven_out_more(fought):
    won, lost = world(), world()
    fought(won, {**WON, battles.BATTLE_ADVANCE: 0.0}, seed=3)
    fought(lost, LOST, seed=3)
    assert won.army.losses[SOVIET] < lost.army.losses[SOVIET]
    assert won.army.losses[JAPANESE] > lost.army.losses[JAPANESE]


def test_what_is_left_of_an_army_is_no_tank_army():
    """As many tanks for each thousand men, in an army and in what is left of one: only the army goes as tanks do."""
    army = aftermath.on_wheels(400.0, 40.0, 1.0, P.battle_advance)
    rest = aftermath.on_wheels(20.0, 2.0, 1.0, P.battle_advance)
    assert army == 1.0 and rest == 0.0


def test_nobody_is_led_farther_than_his_supply_reaches(fought):
    w = world(army__men=(60.0, 0.2))
    fought(w, FAR, tether=12.0)
    assert w.front.moved[FRONT] == pytest.approx(12.0)


def test_tanks_without_fuel_lead_nobody():
    fed, dry = (aftermath.march(1.0, short, P.battle_march) for short in (0.0, 1.0))
    assert dry == pytest.approx(DAYS_A_WEEK * 0.5 * P.battle_march.on_foot) and fed > 5.0 * dry


def test_a_quiet_week_draws_nothing_and_costs_little(fought):
    w = world(army__order=(1.0, 1.0))
    assert fought(w) == []
    assert w.front.attacker[FRONT] == 0.0
    assert w.army.losses[SOVIET] == pytest.approx(60.0 * P.battle_cost.quiet)


def test_an_enemy_who_withdraws_is_followed_without_a_battle_as_far_as_the_border(fought):
    w = world(army__order=(1.0, 0.0), front__km=-50.0)
    drawn = fought(w, FAR)
    assert [one[0] for one in drawn] == [battles.BATTLE_ADVANCE]
    assert w.front.moved[FRONT] == pytest.approx(30.0 * P.battle_advance.held_off)
    past = world(army__order=(1.0, 0.0), front__km=50.0)
    assert fought(past, FAR) == [] and past.front.moved[FRONT] == 0.0


def test_a_rearguard_that_wins_only_slows_the_pursuit(fought):
    held, passed = world(army__order=(2.0, 0.0)), world(army__order=(2.0, 0.0))
    fought(held, {**LOST, **FAR})
    fought(passed, {**WON, **FAR})
    assert 0.0 < held.front.moved[FRONT] < passed.front.moved[FRONT]


def test_without_supply_the_pursuit_slows(fought):
    fed, starved = (
        world(army__order=(2.0, 0.0), army__days=(days, 30.0), army__supplied=(share, 1.0))
        for days, share in ((30.0, 1.0), (0.0, 0.2))
    )
    fought(fed, WON, seed=3)
    fought(starved, WON, seed=3)
    assert starved.front.moved[FRONT] < 0.6 * fed.front.moved[FRONT]


def test_a_ring_takes_men_and_few_japanese_prisoners(fought):
    w = world()
    fought(w, {**WON, **FAR, battles.BATTLE_ENCIRCLEMENT: 2})
    assert w.army.captured[JAPANESE] > 0.0
    assert w.army.captured[JAPANESE] < 0.15 * w.army.losses[JAPANESE]


def test_nobody_goes_farther_in_a_week_than_he_can_march(fought):
    w = world(army__men=(60.0, 0.2), army__tanks=(0.0, 0.0))
    fought(w, {battles.BATTLE_ADVANCE: 9.0})
    assert w.front.moved[FRONT] == pytest.approx(P.battle_march.on_foot * DAYS_A_WEEK)


def test_columns_are_cut_off_in_the_woods_only_and_only_where_the_attack_failed(fought):
    says = {**LOST, battles.BATTLE_COLUMNS: 2}
    woods, open_country = world(front__km=160.0), world(front__km=-100.0)
    for w in (woods, open_country):
        fought(w, says)
    assert woods.army.captured[SOVIET] > 0.0 == open_country.army.captured[SOVIET]
    assert woods.army.captured[JAPANESE] == 0.0
    won = world(front__km=160.0)
    assert battles.BATTLE_COLUMNS not in [one[0] for one in fought(won, {**WON, **FAR})]


def test_on_foot_and_against_an_army_that_is_supplied_nobody_is_ringed(fought):
    w = world(army__tanks=(0.0, 0.0))
    drawn = fought(w, {**WON, **FAR})
    assert battles.BATTLE_ENCIRCLEMENT not in [one[0] for one in drawn]


def test_exhaustion_fades_by_half_in_four_weeks(fought):
    w = world(army__order=(1.0, 1.0), army__worn=(0.4, 0.0), front__open=0.0)
    for _ in range(4):
        fought(w)
    assert w.army.worn[SOVIET] == pytest.approx(0.2)


def test_a_closed_front_is_left_alone(fought):
    w = world(front__open=0.0)
    assert fought(w) == [] and w.army.men[SOVIET] == 60.0


def test_a_prepared_plan_lasts_a_few_weeks(fought):
    w = world()
    planned = []
    for week in (410, 411, 412, 420):
        fought(w, LOST, week=week)
        planned.append(w.front.planned[FRONT])
    assert planned == [1.0, 0.5, 0.25, 1.0]


# -- a halt by order, a rearguard, a broken defence, the first days of a week


def test_with_limited_aims_the_line_halts_where_the_claim_ends(fought):
    general, limited, all_out, chosen = (world(army__men=(60.0, 0.2)) for _ in range(4))
    limited.war.rung = all_out.war.rung = chosen.war.rung = 6.0
    all_out.war.moscow_aim, chosen.war.road = 2.0, 3.0
    for w in (general, limited, all_out, chosen):
        fought(w, FAR)
    claim = P.command_claimed_line
    assert limited.front.moved[FRONT] == pytest.approx(claim.crest)
    assert chosen.front.moved[FRONT] == pytest.approx(claim.zone)
    assert general.front.moved[FRONT] == all_out.front.moved[FRONT] == pytest.approx(30.0)


def test_a_halt_gives_up_nothing_that_is_held(fought):
    w = world(army__men=(60.0, 0.2), front__km=80.0)
    w.war.rung = 6.0
    fought(w, FAR)
    assert w.front.moved[FRONT] == 0.0


def test_tokyo_halts_on_its_own_claim(fought):
    w = world(army__men=(0.2, 40.0), army__order=(1.0, 2.0))
    w.war.rung = 6.0
    fought(w, FAR)
    assert w.front.moved[FRONT] == pytest.approx(-P.command_claimed_line.crest)


def test_of_an_army_that_goes_back_the_rearguard_fights():
    stands, goes = (engagement.engaged(60.0, 40.0, back, P.battle_engaged) for back in (0.0, 1.0))
    assert goes == pytest.approx(stands * P.battle_engaged.rearguard)


def test_only_where_there_is_room_is_a_broken_defence_passed_by():
    steppe, hills = (aftermath.scattered(1.0, land, land, P.battle_cost) for land in (0.0, 2.0))
    assert steppe == pytest.approx(P.battle_cost.scattered) and hills == 0.0


def first_days(gained, mobile=1.0, open_way=1.0, fresh=1.0, short=0.0):
    return aftermath.first_days(gained, mobile, open_way, fresh, short, 350.0, P.battle_first_days)


def test_tanks_on_their_own_fuel_gain_most_of_the_week_in_three_days():
    assert first_days(460.0) > 0.7 * 460.0
    assert first_days(460.0) <= 3.0 * P.battle_first_days.fastest
    for slow in ({"mobile": 0.0}, {"open_way": 0.0}, {"fresh": 0.0}, {"short": 1.0}):
        assert first_days(460.0, **slow) == pytest.approx(460.0 * 3.0 / 7.0)


@given(st.floats(0, 500), st.floats(0, 1), st.floats(0, 1), st.sampled_from([0.0, 1.0]), st.floats(0, 1))
def test_the_first_days_are_part_of_the_week(gained, mobile, open_way, fresh, short):
    assert 0.0 <= first_days(gained, mobile, open_way, fresh, short) <= gained + 1e-9


def test_a_longer_battle_costs_more_and_less_than_in_proportion():
    for rule, own in (
        (engagement.attacker_losses, P.battle_attacker_losses),
        (engagement.defender_losses, P.battle_defender_losses),
    ):
        two, four = (rule(0.7, 0.0, *PLAIN.values(), 0.0, 1.0, days, own)[0] for days in (2.0, 4.0))
        assert two < four < two + math.log(2.0)
