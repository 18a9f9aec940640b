from dataclasses import asdict
from datetime import date

import pytest

from allohistory.book.changes import parse_change
from allohistory.book.open import open_book
from allohistory.book.resolve import find_pod, pod_changes, resolve, resolve_all
from allohistory.errors import AllohistoryError

CLASH = 394  # week of 1938-07-29


def week(book, text):
    return book.calendar.week_of(date.fromisoformat(text))


def parts(change):
    return {
        name: value for name, value in asdict(change).items() if name not in ("text", "target", "operation")
    }


@pytest.fixture
def read(book, rules):
    def one(text, **options):
        (change,) = resolve(parse_change(text), book, rules, **options)
        return change

    return one


@pytest.fixture
def refused(book, rules):
    def one(*texts, **options):
        with pytest.raises(AllohistoryError) as caught:
            resolve_all(texts, book, rules, **options)
        return caught.value

    return one


def test_a_choice_over_a_window(read, book):
    change = read("korea-army.attacks[amur]@1937-06..1937-12=offensive")
    assert (change.kind, change.target, change.rule, change.entity, change.option) == (
        "choice",
        "korea-army.attacks",
        7,
        1,
        2,
    )
    assert (change.first_week, change.last_week) == (week(book, "1937-06-01"), week(book, "1937-12-31"))
    assert (change.step, change.event_week, change.entry) == (-1, -1, None)


def test_a_choice_without_window_or_entity_is_every_occasion(read):
    change = read("korea-army.attacks=refrain")
    assert (change.entity, change.first_week, change.last_week, change.option) == (-1, 0, 1042, 0)


def test_a_place_in_an_event(read):
    change = read("korea-army.attacks[posyet-tumen]@1938-07-29#3=refrain")
    assert (change.event_week, change.step, change.first_week, change.last_week) == (
        CLASH,
        3,
        CLASH,
        CLASH + 3,
    )


def test_a_clock_fires_on_its_day(read, book):
    change = read("border.incident[amur]@1937-07-10=fires")
    assert (change.kind, change.entity, change.day) == ("clock-fires", 1, 5)
    assert change.first_week == change.last_week == week(book, "1937-07-10")


def test_a_clock_fires_in_a_window_on_the_date_of_its_point_of_divergence(read, book):
    change = read("border.incident[amur]@1937-03..1937-10=fires", on=date(1937, 6, 30))
    assert change.first_week == week(book, "1937-06-30")
    assert change.day == -1
    change = read("tokyo.reviews-policy=fires", on=date(1937, 6, 30))
    assert (change.first_week, change.day) == (week(book, "1937-06-30"), 2)
    assert read("border.incident[amur]@1937-03=fires").first_week == week(book, "1937-03-01")


def test_a_clock_never_or_less_often(read, book):
    never = read("border.incident[amur]@1937=never")
    assert (never.kind, never.first_week, never.last_week) == (
        "clock-never",
        week(book, "1937-01-01"),
        week(book, "1937-12-31"),
    )
    assert read("border.incident=never").last_week == 1042
    less = read("border.incident@1937..1938*=0.5")
    assert (less.kind, less.value, less.operation, less.entity) == ("clock-scale", 0.5, "*=", -1)
    from_then_on = read("border.incident@1937-07-07*=0.5")
    assert (from_then_on.first_week, from_then_on.last_week) == (week(book, "1937-07-07"), 1042)


def test_a_shock(read, book):
    change = read("harvest.japan@1941=-2")
    assert (change.kind, change.value) == ("shock-set", -2.0)
    assert (change.first_week, change.last_week) == (week(book, "1941-01-01"), week(book, "1941-12-31"))
    assert read("harvest.japan@1941+=0.5").kind == "shock-shift"


def test_a_variable_once_or_held(read, book):
    once = read("ussr.divisions_east@1936-01-06*=3")
    assert (once.kind, once.value, once.operation, once.held) == ("variable", 3.0, "*=", False)
    assert once.first_week == once.last_week == week(book, "1936-01-06")
    assert read("ussr.divisions_east@1936=20").last_week == week(book, "1936-01-01")
    held = read("ussr.divisions_east@1936..1937=20")
    assert held.held
    assert (held.first_week, held.last_week) == (week(book, "1936-01-01"), week(book, "1937-12-31"))
    assert read("border.rung[amur]@1936-01-06=3").entity == 1
    assert read("border.opened_week[amur]@1936-01-06=1936-01-06").value == week(book, "1936-01-06")
    assert read("ussr.divisions_east=9", on=date(1936, 1, 6)).first_week == once.first_week


def test_a_parameter_for_good_or_for_a_time(read, book):
    change = read("border.incident.per_week=0.4")
    assert (change.kind, change.first_week, change.last_week) == ("parameter", 0, 1042)
    assert read("border.incident.per_week@1937-07-07*=2").last_week == 1042
    assert read("border.incident.per_week@1937*=2").last_week == week(book, "1937-12-31")
    assert read("border.incident.per_week=0.4", on=date(1936, 1, 6)).first_week == week(book, "1936-01-06")


def test_an_entry_has_its_own_address(read):
    change = read("khasan.night-attack=refrain")
    assert parts(change) == {
        "kind": "choice",
        "rule": 7,
        "entity": 0,
        "first_week": CLASH,
        "last_week": CLASH,
        "step": 3,
        "event_week": CLASH,
        "option": 0,
        "value": 0.0,
        "day": -1,
        "held": False,
        "window": None,
        "entry": "khasan.night-attack",
        "first_day": -1,
        "last_day": -1,
    }
    assert read("khasan.night-attack=never").option == 0
    assert read("harvest.of-1934+=1").kind == "shock-shift"


def test_an_entry_of_a_clock(read, book, rules):
    never = read("khasan.hill-occupied=never")
    assert (never.kind, never.first_week, never.last_week, never.entity) == ("clock-never", CLASH, CLASH, 0)
    assert read("changkufeng.hill=never").entry == "khasan.hill-occupied"
    again = read("khasan.hill-occupied=fires")
    assert (again.kind, again.day, again.first_week) == ("clock-fires", 4, CLASH)
    assert read("khasan.hill-occupied*=0.5").kind == "clock-scale"
    same_week = read("khasan.hill-occupied=1938-07-31")
    assert (same_week.kind, same_week.day) == ("clock-fires", 6)


def test_a_moved_firing_is_a_silence_and_a_firing_with_the_old_key(book, rules):
    silence, firing = resolve(parse_change("khasan.hill-occupied=1938-08-20"), book, rules)
    assert (silence.kind, silence.first_week) == ("clock-never", CLASH)
    assert (firing.kind, firing.first_week, firing.event_week, firing.day) == (
        "clock-fires",
        CLASH + 3,
        CLASH,
        5,
    )
    assert [part.first_week for part in resolve(parse_change("khasan.hill-occupied=1939"), book, rules)] == [
        CLASH,
        416,
    ]


def test_what_hangs_on_a_moved_event_goes_with_it(book, rules):
    changes = resolve_all(["khasan.hill-occupied=1938-07-01", "khasan.night-attack=refrain"], book, rules)
    attack = next(change for change in changes if change.kind == "choice")
    assert (attack.first_week, attack.last_week, attack.event_week) == (CLASH - 4, CLASH - 4, CLASH)


def test_a_moved_choice_is_the_silent_option_and_the_old_one_later(book, rules):
    silent, later = resolve(parse_change("khasan.night-attack=1938-08-05"), book, rules)
    assert (silent.option, silent.first_week, silent.step) == (0, CLASH, 3)
    assert (later.option, later.first_week, later.step, later.event_week) == (1, CLASH + 1, -1, CLASH)


@pytest.mark.parametrize(
    ("text", "problem", "closest"),
    [
        (
            "khasan.night-atack=refrain",
            "no record entry, rule, variable or parameter has this id",
            "khasan.night-attack",
        ),
        (
            "border.incidents=never",
            "no record entry, rule, variable or parameter has this id",
            "border.incident",
        ),
        (
            "ussr.divisions=3",
            "no record entry, rule, variable or parameter has this id",
            "ussr.divisions_east",
        ),
        ("no-khasan=never", '"no-khasan" is a point of divergence: give it with --pod', None),
        ("general_war=never", '"general_war" is an outcome: it can be asked for, not imposed', None),
        ("units.tally=3", '"units.tally" decides nothing by luck, so nothing can be imposed on it', None),
        ("korea-army.attacks=atack", "korea-army.attacks chooses; set one of its options", "attack"),
        ("korea-army.attacks=never", "korea-army.attacks chooses; set one of its options", "refrain"),
        ("korea-army.attacks=charge", "korea-army.attacks chooses; set one of its options", "refrain"),
        ("korea-army.attacks*=2", "korea-army.attacks chooses; set one of its options", None),
        (
            "border.incident=fire",
            "border.incident is a clock: it fires, never, or has its hazard scaled",
            "fires",
        ),
        ("border.incident=3", "border.incident is a clock: it fires, never, or has its hazard scaled", None),
        ("border.incident*=-1", "a hazard cannot be multiplied by less than 0", None),
        ("border.incident[amur]=fires", "when does it fire? Add @DATE", None),
        (
            "border.incident@1937-07-10=fires",
            "which sector does it concern? Write border.incident[...]",
            None,
        ),
        ("border.incident[amur]@1937-07-10#3=fires", "a firing has a date, not a step", None),
        ("border.incident[amurr]=never", '"amurr" is no sector', "amur"),
        ("harvest.japan[amur]=3", "harvest.japan is not kept for each of several; leave out [amur]", None),
        (
            "harvest.japan*=2",
            "harvest.japan is a shock: set it with = or shift it with +=, by a number",
            None,
        ),
        (
            "harvest.japan=never",
            "harvest.japan is a shock: set it with = or shift it with +=, by a number",
            None,
        ),
        ("ussr.divisions_east=3", "on which date? Add @DATE, or @A..B to hold it over a window", None),
        ("ussr.divisions_east@1936=many", 'expected a number after "="', None),
        ("ussr.divisions_east@1936=81", "ussr.divisions_east runs from 0 to 80", None),
        ("border.rung[amur]@1936-01-06=2.5", "border.rung takes whole numbers only", None),
        (
            "ussr.divisions_east@1936-01-06#3=4",
            "a step belongs to a rule's occasion; write the date alone",
            None,
        ),
        ("border.incident.per_week=-0.1", "border.incident.per_week runs from 0 to inf", None),
        (
            "border.incident.per_week[amur]=0.1",
            "border.incident.per_week is one number for all; leave out [amur]",
            None,
        ),
        (
            "khasan.night-attack[amur]=refrain",
            "khasan.night-attack has its own entity and date; write khasan.night-attack=value",
            None,
        ),
        ("khasan.night-attack=ofensive", "korea-army.attacks chooses; set one of its options", "offensive"),
        ("khasan.night-attack=charge", "korea-army.attacks chooses; set one of its options", "refrain"),
        ("khasan.night-attack=nver", "korea-army.attacks chooses; set one of its options", "never"),
        (
            "khasan.night-attack=1938-07-28",
            "khasan.night-attack cannot come before its event began on 1938-07-29",
            None,
        ),
        (
            "khasan.first-rung=never",
            "border.first-rung always takes one of its options; set one, or change what opened it",
            None,
        ),
        ("khasan.hill-occupied=refrain", "khasan.hill-occupied is a firing: never, or a new date", None),
        ("harvest.of-1934=never", "harvest.of-1934 is a number: set it with = or shift it with +=", None),
    ],
)
def test_a_change_that_makes_no_sense_says_why(refused, text, problem, closest):
    error = refused(text)
    assert error.problem == f'"{text}": {problem}'
    assert error.closest == closest
    assert error.where == "--do"


def test_a_date_outside_the_scenario(refused):
    assert "runs from 1931-01-05 to 1950-12-31" in refused("border.incident[amur]@1951-01-01=never").problem
    assert "runs from 1931-01-05 to 1950-12-31" in refused("khasan.hill-occupied=1955-01-01").problem


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("khasan.night-attack=refrain", "khasan.night-attack=offensive", "both change korea-army.attacks"),
        (
            "khasan.night-attack=refrain",
            "korea-army.attacks@1938-07=attack",
            "both change korea-army.attacks",
        ),
        ("korea-army.attacks[amur]@1938=attack", "korea-army.attacks@1938-07-20=refrain", "both change"),
        (
            "border.incident[amur]@1937=never",
            "border.incident[amur]@1937-07-10=fires",
            "one makes border.incident fire",
        ),
        (
            "khasan.hill-occupied=1938-08-20",
            "border.incident@1938-08=never",
            "one makes border.incident fire",
        ),
        (
            "border.incident@1937=never",
            "border.incident[amur]@1937-12-31..1938*=2",
            "both change border.incident",
        ),
        ("harvest.japan@1941=-2", "harvest.japan@1941-06..1941-07+=1", "both change harvest.japan"),
        (
            "ussr.divisions_east@1936..1937=20",
            "ussr.divisions_east@1936-05-05*=2",
            "both change ussr.divisions_east",
        ),
        (
            "border.incident.per_week=0.1",
            "border.incident.per_week@1937*=2",
            "both change border.incident.per_week",
        ),
    ],
)
def test_two_changes_of_one_address_clash(refused, one, other, reason):
    for first, second in ((one, other), (other, one)):
        error = refused(first, second)
        assert error.problem.startswith(f'"{first}" and "{second}" clash: {reason}')


@pytest.mark.parametrize(
    "texts",
    [
        ["border.incident[amur]@1937=never", "border.incident[posyet-tumen]@1937-07-10=fires"],
        ["border.incident[amur]@1937-06=never", "border.incident[amur]@1937-08-10=fires"],
        ["border.incident[amur]@1937*=0.5", "border.incident[amur]@1937-07-10=fires"],
        ["khasan.night-attack=refrain", "korea-army.attacks[posyet-tumen]@1938-07-29#4=attack"],
        ["khasan.night-attack=refrain", "khasan.first-rung=patrol"],
        ["khasan.hill-occupied=1938-08-20", "border.incident[posyet-tumen]@1938-09=never"],
        ["border.rung[amur]@1936-01-06=1", "border.rung[posyet-tumen]@1936-01-06=1"],
    ],
)
def test_changes_of_different_addresses_do_not_clash(book, rules, texts):
    assert len(resolve_all(texts, book, rules)) >= len(texts)


def test_clashes_between_points_of_divergence_and_changes(refused):
    error = refused("khasan.hill-occupied=fires", pods=["no-khasan"])
    assert error.problem.startswith('"khasan.hill-occupied=never" and "khasan.hill-occupied=fires" clash')


def test_a_point_of_divergence_gives_its_changes(book, rules):
    firing, quiet = pod_changes(book.pods["amur-flares"], book, rules)
    assert (firing.kind, firing.first_week) == ("clock-fires", week(book, "1937-06-30"))
    assert (quiet.first_week, quiet.last_week) == (week(book, "1937-06-28"), week(book, "1937-09-30"))
    (state,) = pod_changes(book.pods["more-divisions"], book, rules)
    assert (state.kind, state.first_week) == ("variable", week(book, "1936-01-06"))


def test_a_movable_point_of_divergence_takes_its_changes_along(book, rules):
    pod, on = find_pod("amur-flares@1937-04-01", book)
    firing, quiet = pod_changes(pod, book, rules, on=on)
    assert firing.first_week == week(book, "1937-04-01")
    assert firing.day == 3
    assert quiet.first_week == week(book, "1937-03-30")
    assert resolve_all([], book, rules, pods=["amur-flares@1937-04-01"]) == (firing, quiet)


@pytest.mark.parametrize(
    ("name", "problem", "closest"),
    [
        ("no-kasan", 'there is no point of divergence "no-kasan"', "no-khasan"),
        ("no-khasan@1938-07-01", "no-khasan has no window in which it could be moved", None),
        (
            "amur-flares@1938",
            "amur-flares can be moved within 1937-03-01..1937-10-31, not to 1938-01-01",
            None,
        ),
        ("amur-flares@soon", '"soon" is not a date', "YYYY-MM-DD"),
    ],
)
def test_a_point_of_divergence_that_cannot_be(refused, name, problem, closest):
    error = refused(pods=[name])
    assert (error.where, error.problem, error.closest) == ("--pod", problem, closest)


def test_an_unknown_rule_of_an_entry_is_said(book, refused, rules):
    del rules["korea-army.attacks"]
    with pytest.raises(AllohistoryError, match='its rule "korea-army.attacks" does not exist'):
        resolve(parse_change("khasan.night-attack=refrain"), book, rules)


def test_entities_come_from_the_book_when_the_rule_names_none(spoiled, rules):
    book = open_book(spoiled("facts/border.toml"))
    rules["border.incident"] = type(rules["border.incident"])("border.incident", 3, "clock", per="sector")
    (change,) = resolve(parse_change("border.incident[amur]=never"), book, rules)
    assert change.entity == 1


def windows(book, rules, *texts):
    return [(change.first_week, change.last_week) for change in resolve_all(texts, book, rules)]


def test_years_that_abut_share_no_week(book, rules):
    turn = week(book, "1933-01-01")
    assert turn == week(book, "1932-12-31")
    first, second = windows(book, rules, "harvest.japan@1932=0", "harvest.japan@1933=0")
    assert (first[1], second[0]) == (turn - 1, turn)
    second, first = windows(book, rules, "harvest.japan@1933=0", "harvest.japan@1932=0")
    assert (first[1], second[0]) == (turn - 1, turn)


def test_a_firing_keeps_its_week_beside_a_silence(book, rules):
    fires = "border.incident[amur]@1937-07-07=fires"
    week_of_it = week(book, "1937-07-07")
    before, firing, after = windows(
        book,
        rules,
        "border.incident[amur]@1937..1937-07-06=never",
        fires,
        "border.incident[amur]@1937-07-08..1938=never",
    )
    assert firing == (week_of_it, week_of_it)
    assert (before[1], after[0]) == (week_of_it - 1, week_of_it + 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("border.incident[amur]@1937-07-06=never", "border.incident[amur]@1937-07-07=fires"),
        ("border.incident[amur]@1937-07-07=fires", "border.incident[amur]@1937-07-08=fires"),
        ("border.incident[amur]@1937-07-07=fires", "border.incident[amur]@1937-07-07..1938=never"),
        ("harvest.japan@1937-07-06=1", "harvest.japan@1937-07-08=2"),
    ],
)
def test_two_changes_within_one_week_clash(refused, one, other):
    assert "clash" in refused(one, other).problem


def test_a_month_begins_no_earlier_than_its_point_of_divergence(read, book):
    change = read("harvest.japan@1932=-2", on=date(1932, 1, 4))
    assert change.first_week == week(book, "1932-01-04")
    assert read("harvest.japan@1932=-2", on=date(1932, 2, 4)).first_week == week(book, "1932-01-01")
