"""The sea, the air and landings by hand: rules lean the right way; no man, ship or aircraft is made or lost."""

import inspect
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from allohistory.book.open import open_book
from allohistory.book.priors import draw
from allohistory.luck.arithmetic import exp, normal_quantile
from allohistory.scenarios.soviet_japanese_war import names
from allohistory.scenarios.soviet_japanese_war.rules import air as air_rules
from allohistory.scenarios.soviet_japanese_war.rules import landings as rules
from allohistory.scenarios.soviet_japanese_war.rules import sea as sea_rules
from allohistory.scenarios.soviet_japanese_war.steps import air, landings, sea
from allohistory.timeline.model import import_rules

FOLDER = Path(inspect.getfile(import_rules)).parent.parent / "scenarios" / "soviet_japanese_war"
GO, WON, HELD, REPULSED = 1, 2, 1, 0
SEED = 19450822


@pytest.fixture(scope="module")
def book():
    return open_book(FOLDER)


@pytest.fixture(scope="module")
def p(book):
    """Parameters at the middle of their priors, as the steps read them."""
    record = SimpleNamespace()
    for parameter in book.parameters.values():
        name = parameter.rule.replace(".", "_").replace("-", "_")
        if not hasattr(record, name):
            setattr(record, name, SimpleNamespace())
        middle = draw(parameter, 0.5, normal_quantile, exp)
        setattr(getattr(record, name), parameter.name, middle)
    return record


def world_of(book):
    """A world in which nothing has happened: every variable at its start."""
    sizes = {
        "operation": names.OPERATIONS,
        "side": names.SIDES,
        "army": names.ARMYS,
        "front": names.FRONTS,
        "place": names.PLACES,
        "european-event": names.EUROPEAN_EVENTS,
    }
    w = SimpleNamespace()
    for variable in book.variables.values():
        group, name = variable.id.split(".", 1)
        if not hasattr(w, group):
            setattr(w, group, SimpleNamespace())
        start = float(variable.start)
        value = np.full(int(sizes.get(variable.per, 1)), start) if variable.per else start
        setattr(getattr(w, group), name, value)
    return w


def summer_of_1945(book, p):
    """The week of 6 August 1945, war just begun."""
    w = world_of(book)
    w.war.rung, w.war.general_week, w.war.began_week = 7.0, 761.0, 761.0
    w.america.at_war = w.japan.fighting_america = 1.0
    w.america.war_week, w.japan.oil_stock = 570.0, 3.0
    w.europe.germany_beaten = 1.0
    w.europe.happened_week[names.EUROPEAN_EVENT__GERMANY_DEFEATED] = 748.0
    w.ussr.stalingrad_week, w.ussr.submarines_pacific = 620.0, 78.0
    w.ussr.aircraft_east, w.japan.aircraft_north = 5300.0, 1200.0
    w.army.men[:] = 60.0
    w.army.men[16], w.army.men[17] = 15.0, 15.0
    w.side.pool[:] = 300.0
    c = SimpleNamespace(week=np.int64(761), month=np.int64(8), year=np.int64(1945))
    sea.start_sea(c, w, p)
    return c, w


def war_of_1939(book, p):
    """A general war in the summer of 1939, Japan's choice, America at peace."""
    w = world_of(book)
    w.war.rung, w.war.general_week, w.war.began_week = 7.0, 445.0, 445.0
    w.japan.oil_stock, w.ussr.submarines_pacific = 51.0, 76.0
    w.ussr.aircraft_east, w.japan.aircraft_north, w.ussr.bombers_in_reach = 2500.0, 560.0, 250.0
    w.army.men[:] = 60.0
    w.side.pool[:] = 300.0
    c = SimpleNamespace(week=np.int64(445), month=np.int64(7), year=np.int64(1939))
    sea.start_sea(c, w, p)
    return c, w


def next_week(c):
    """The calendar, to a week."""
    c.week += np.int64(1)
    day = int(c.week) * 7 + 4
    date = np.datetime64("1931-01-01") + day
    c.month = np.int64(date.astype("datetime64[M]").astype(int) % 12 + 1)
    c.year = np.int64(date.astype("datetime64[Y]").astype(int) + 1970)


def men_of(w):
    """All men of both sides, wherever they stand, and those lost."""
    standing = w.army.men.sum() + w.side.pool.sum() + w.operation.men.sum() + w.operation.defenders.sum()
    return standing + w.side.losses.sum() + w.side.captured.sum()


def aircraft_of(w, side):
    """A side's aircraft, those still to come, and those lost, less those made to replace them."""
    return w.side.aircraft[side] + w.air.lost[side] - w.air.came[side]


@pytest.fixture
def free(monkeypatch):
    """Draws from a generator of the test's own."""
    luck = np.random.default_rng(SEED)

    def choice(_c, _rule, _entity, _key, _step, utilities):
        return int(np.argmax(np.array(utilities) + luck.gumbel(size=len(utilities))))

    def shock(_c, _rule, _entity, _key, _step, mean, sd):
        return float(luck.normal(mean, sd))

    def clock(_c, _rule, _entity, hazard):
        return int(luck.random() < hazard)

    for module in (landings, air):
        for name, draws in (("choice", choice), ("shock", shock), ("clock", clock)):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, draws)
    return luck


@pytest.mark.parametrize("start", [summer_of_1945, war_of_1939])
def test_nothing_is_made_or_lost_in_forty_weeks(book, p, free, start):
    c, w = start(book, p)
    w.land.opener, w.land.surprise = 2.0, 2.0
    men, boats = men_of(w), w.ussr.submarines_pacific
    bombers = w.ussr.bombers_in_reach
    gathered = [w.air.gathered[side] for side in (0, 1)]
    for week in range(40):
        if week == 3 and start is summer_of_1945:
            w.japan.surrendered = 1.0
        sea.sea_and_air(c, w, p)
        assert men_of(w) == pytest.approx(men)
        assert w.ussr.submarines_pacific + w.sea.submarines_lost == pytest.approx(boats)
        assert w.ussr.bombers_in_reach + w.air.bombers_lost == pytest.approx(bombers)
        assert w.sea.lift_men + w.sea.lift_lost == pytest.approx(w.sea.lift_counted)
        for side in (0, 1):
            assert aircraft_of(w, side) == pytest.approx(gathered[side])
        for held in (w.operation.men, w.operation.defenders, w.army.men, w.side.pool, w.side.aircraft):
            assert held.min() >= -1e-9
        next_week(c)
    tried = w.operation.tried_week >= 0.0
    assert tried.any(), "the test would see nothing"


def test_peace_is_left_alone(book, p):
    w = world_of(book)
    before = repr(w)
    c = SimpleNamespace(week=np.int64(300), month=np.int64(8), year=np.int64(1936))
    sea.sea_and_air(c, w, p)
    assert repr(w) == before


def test_an_undeclared_war_is_fought_in_the_air_only(book, p, free):
    c, w = war_of_1939(book, p)
    w.war.rung = 6.0
    for _ in range(12):
        sea.sea_and_air(c, w, p)
        next_week(c)
    assert w.air.lost[1] > 0.0
    assert w.sea.submarines_lost == w.sea.tonnage_sunk == w.air.raids_flown == 0.0
    assert (w.operation.tried_week < 0.0).all()


@pytest.mark.parametrize("operation", range(7))
def test_obstacles_only_hinder_a_landing(p, operation):
    """Each obstacle alone lowers the utility of going; lift and a ceasefire at hand raise it."""
    free_of_all = [operation, 1, 0, 0, 0.5, 0.5, 0, 0, 0, 0, 0]

    def leans(place, value):
        given = list(map(float, free_of_all))
        given[place] = value
        return rules.landing_decision(*given, p.landing_decision)[1]

    usual = leans(0, float(operation))
    for place, lower in ((2, 0.7), (5, 0.1), (6, 1.0), (7, 2.0), (9, 1.0), (10, 1.0), (4, 0.1)):
        assert leans(place, lower) < usual
    for place, higher in ((4, 1.0), (5, 1.0), (8, 1.0)):
        assert leans(place, higher) > usual


def test_more_men_ashore_never_make_it_worse(p):
    won = [
        rules.landing_result(men, 8.0, 0.0, 0.5, 0.3, 0.1, 0.0, 0.0, p.landing_result)[WON]
        for men in (1.0, 4.0, 8.0, 30.0)
    ]
    assert won == sorted(won) and won[0] < won[-1]
    lost = [
        rules.landing_losses(men, 8.0, 0.0, 0.0, 0.0, p.landing_losses)[0] for men in (1.0, 4.0, 8.0, 30.0)
    ]
    assert lost == sorted(lost, reverse=True)


def test_the_fleet_wastes_away(p):
    left = [
        sea_rules.northern_fleet(1.0, years, 10.0, 0.0, p.sea_northern_fleet) for years in (0, 1.9, 2.8, 3.7)
    ]
    assert left == sorted(left, reverse=True) and left[-1] < 0.1
    assert sea_rules.northern_fleet(0.0, 0.0, 50.0, 0.0, p.sea_northern_fleet) == 1.0


def test_half_the_submarines_are_gone_in_half_a_year(p):
    alive = (1.0 - sea_rules.submarines_lost(1.0, p.sea_submarines_lost)) ** 26
    assert alive == pytest.approx(0.5, abs=0.01)


def test_a_fleet_of_submarines_sinks_at_most_fifteen_thousand_tons_a_month(book, p, free):
    c, w = war_of_1939(book, p)
    for _ in range(4):
        sea.sea_and_air(c, w, p)
        next_week(c)
    assert 8.0 < w.sea.tonnage_sunk < 16.0


@pytest.mark.parametrize(
    ("given", "binds"),
    [
        ((1.0, 1.0, 0.5, 0.0, 0.0, 0.0), rules.FLEET),
        ((0.05, 0.2, 0.9, 0.0, 0.0, 0.0), rules.LIFT),
        ((0.05, 1.0, 0.1, 0.0, 0.0, 0.0), rules.AIR_COVER),
        ((0.05, 1.0, 0.4, 1.0, 0.0, 0.0), rules.STEP_BEFORE),
        ((0.05, 1.0, 0.7, 0.0, 2.0, 0.0), rules.WASHINGTON),
        ((0.05, 1.0, 0.7, 0.0, 0.0, 1.0), rules.ICE),
        ((0.0, 1.0, 1.0, 0.0, 0.0, 0.0), 0.0),
    ],
)
def test_a_landing_names_what_binds_it(p, given, binds):
    assert rules.constraint(*given, p.landing_constraint) == binds


def test_the_air_by_year(p):
    """Superiority in the summer of 1939 and of 1945, each side's numbers as counted then."""
    in_1939 = air_rules.worth(0.5, 0.0, 0.0, p.air_worth)
    in_1945 = air_rules.worth(0.0, 1.0, 1.0, p.air_worth)
    assert in_1939 < -0.4 < 0.8 < in_1945
    late = air_rules.superiority(4000.0, 250.0, in_1945, p.air_superiority)
    even = air_rules.superiority(300.0, 300.0, in_1939, p.air_superiority)
    assert even < 0.0 < 2.0 < late
    assert air_rules.interdiction(4000.0, late, p.air_interdiction) < 0.5


def test_who_is_surprised_loses_more_on_his_fields(p):
    by_date, wholly = (air_rules.first_strike(level, p.air_first_strike)[0] for level in (1.0, 2.0))
    assert by_date < wholly


def test_a_divergence_may_lend_more_craft(book, p):
    c, w = summer_of_1945(book, p)
    usual = w.sea.lift_men
    w.sea.lift_men += 10.0
    landings.count_lift(c, w, p)
    assert w.sea.lift_men == pytest.approx(usual + 10.0)


def test_sakhalin_won_from_the_sea_moves_the_line(book, p, monkeypatch):
    c, w = summer_of_1945(book, p)
    monkeypatch.setattr(landings, "choice", lambda *_: GO)
    monkeypatch.setattr(landings, "shock", lambda *_: -2.0)
    landings.landings(c, w, p)
    assert w.operation.state[names.OPERATION__SOUTH_SAKHALIN] == 1.0
    monkeypatch.setattr(landings, "choice", lambda *_: WON)
    next_week(c)
    landings.landings(c, w, p)
    assert w.operation.state[names.OPERATION__SOUTH_SAKHALIN] == 2.0
    assert w.place.holder[names.PLACE__MAOKA] == 0.0
    assert w.front.km[names.FRONT__SAKHALIN] == landings.SOUTH_KM


def test_troops_thrown_back_are_counted(book, p, monkeypatch):
    c, w = summer_of_1945(book, p)
    men = men_of(w)
    monkeypatch.setattr(landings, "choice", lambda *_: GO)
    monkeypatch.setattr(landings, "shock", lambda *_: -1.0)
    landings.landings(c, w, p)
    monkeypatch.setattr(landings, "choice", lambda *_: REPULSED)
    for _ in range(3):
        next_week(c)
        landings.landings(c, w, p)
    assert w.operation.state[names.OPERATION__RUMOI_LANDING] == 3.0
    assert w.operation.men[names.OPERATION__RUMOI_LANDING] == pytest.approx(0.0)
    assert w.side.captured[0] > 0.0
    assert men_of(w) == pytest.approx(men)


def test_a_truce_brings_home_what_is_afloat(book, p, monkeypatch):
    c, w = summer_of_1945(book, p)
    men = men_of(w)
    monkeypatch.setattr(landings, "choice", lambda *_: GO)
    monkeypatch.setattr(air, "clock", lambda *_: 0)
    monkeypatch.setattr(air, "choice", lambda *_: 0)
    sea.sea_and_air(c, w, p)
    assert w.sea.route_shut == 1.0 and w.operation.men.sum() > 0.0
    sea.end_sea(w)
    assert w.sea.route_shut == w.operation.men.sum() == w.air.interdicted.sum() == 0.0
    assert men_of(w) == pytest.approx(men)
