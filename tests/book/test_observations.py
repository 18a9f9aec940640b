"""Observations: mistakes are named with their nearest, weights are what the ranges and cases say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from scipy import stats

from allohistory.book.observations import Weighing, cases_of, observations_of
from allohistory.errors import AllohistoryError
from allohistory.questions.scenario import scenario

WEIGHING = """
[[weighing]]
judged_share = 0.2
judged_least = 1.0
judged_most = 4.0
counted_most = 20.0
because = "made up"
"""
ROW = """
[[observation]]
id = "amur.quiet"
what = "Something comes to pass"
because = "made up"
grade = "C"
"""
SAID = 'q = 0.3\nlow = 0.1\nhigh = 0.6\nfacts = ["border.clashes.1935-1939"]\n'
PATH = 'kind = "path"\nrule = "korea-army.attacks"\nentity = "amur"\noptions = ["attack"]\n'
WINDOW = "from = 1938-07-01\nuntil = 1938-08-31\n"
CALL = 'kind = "rule"\nfunction = "border.incident"\nweeks = 52\ninputs = {years = [0, 1]}\n'
JUDGED = """
[[judgement]]
id = "judged.amur"
what = "A verdict"
value = 0.3
low = 0.1
high = 0.6
facts = ["border.clashes.1935-1939"]
"""


@pytest.fixture
def read(book, rules, tmp_path):
    """Reads what a test wrote, against the small scenario's tables."""
    asked_of_each = replace(rules["korea-army.attacks"], entities=("posyet-tumen", "amur"))
    rules["korea-army.attacks"] = asked_of_each

    def read(text, weighing=WEIGHING):
        (tmp_path / "book").mkdir(exist_ok=True)
        (tmp_path / "book" / "observations.toml").write_text(weighing + text)
        return observations_of(book, tmp_path, rules)

    return read


def test_observation__is_read_with_its_window_and_its_options_in_numbers(read, book):
    found = read(ROW + SAID + PATH + WINDOW).observations["amur.quiet"]
    (((way,),),) = (found.steps,)
    assert (way.rule, way.entity, way.options) == ("korea-army.attacks", "amur", (1,))
    first, last = book.calendar.monday_of(way.first), book.calendar.monday_of(way.last)
    assert (first.isoformat(), last.isoformat()) == ("1938-06-27", "1938-08-29")
    assert found.last_week == way.last


def test_steps_and_ways__have_the_window_of_their_observation(read):
    both = 'way = [{rule = "border.incident", fires = true}, {rule = "tokyo.reviews-policy", fires = true}]\n'
    steps = '[[observation.step]]\nrule = "tokyo.reviews-policy"\nfires = true\nnever = true\n'
    one = read(ROW + SAID + 'kind = "path"\n' + WINDOW + f"[[observation.step]]\n{both}" + steps)
    first, second = one.observations["amur.quiet"].steps
    assert [way.rule for way in first] == ["border.incident", "tokyo.reviews-policy"]
    assert second[0].never and second[0].first == first[0].first


@pytest.mark.parametrize(
    ("row", "said", "nearest"),
    [
        (SAID + PATH + WINDOW + "wieght = 3\n", '"wieght" is not a key of an observation', None),
        (SAID + PATH + WINDOW + "casses = 3\n", '"casses" is not a key of an observation', "cases"),
        (
            SAID + PATH.replace("korea-army.attacks", "korea-army.atacks") + WINDOW,
            "there is no rule",
            "korea-army.attacks",
        ),
        (
            SAID + PATH.replace('"attack"', '"attak"') + WINDOW,
            "there is no option of korea-army.attacks",
            "attack",
        ),
        (SAID + PATH.replace('"amur"', '"amor"') + WINDOW, "no entity of korea-army.attacks", "amur"),
        (SAID.replace("1939", "1938") + PATH + WINDOW, "there is no fact", "border.clashes.1935-1939"),
        (SAID.replace("q = 0.3", "q = 0.7") + PATH + WINDOW, "0 <= low <= q <= high <= 1", None),
        (SAID + "cases = 12\n" + PATH + WINDOW, '"comparable" is missing', "comparable"),
        (
            SAID + "cases = 12\ncomparable = 2.0\n" + PATH + WINDOW,
            "comparable is a share above 0 up to 1",
            None,
        ),
        (SAID + PATH + "from = 1938-07-01\n", "a window has from and until", "until"),
        (
            SAID + PATH + WINDOW.replace("1938-08-31", "1938-06-30"),
            "from, until and held_until follow",
            "from",
        ),
        (SAID + PATH + WINDOW + "fires = true\n", "is a choice: name the options", "options"),
        (SAID + PATH + WINDOW + CALL.replace('kind = "rule"\n', ""), "one of rule, function, way", None),
        (SAID + 'kind = "path"\n' + WINDOW, "it needs one of rule, function, way and step", None),
        (SAID + CALL.replace('"rule"', '"path"'), 'of kind "path" names a rule of the week', None),
        (SAID + CALL + WINDOW, '"from" belongs to a rule of the week', "from"),
        (SAID + CALL + 'options = ["a"]\n', "runs for weeks, one of a choice has options", "weeks"),
        (SAID + PATH + WINDOW + "settled = 1938-09-01\n", "a path has its windows", None),
        (SAID.split("facts")[0] + PATH + WINDOW, "it rests on nothing", "facts"),
    ],
)
def test_mistake__is_named_with_its_nearest(read, row, said, nearest):
    with pytest.raises(AllohistoryError, match=r"observations\.toml, line \d+, amur\.quiet") as raised:
        read(ROW + row)
    assert said in raised.value.problem
    if nearest is not None:
        assert raised.value.closest == nearest


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('outcome = "generel_war"\n', "generel_war"),
        ('outcome = "general_war"\npods = ["no-kasan"]\n', "no-kasan"),
        ('outcome = "general_war"\ndo = ["border.incident[amor]@1938=never"]\n', "amor"),
        ('outcome = "general_war"\nfreed_after = "khasan.night"\n', "khasan.night"),
        (
            'outcome = "general_war"\nfreed = 1938-07-01\nfreed_after = "khasan.night-attack"\n',
            "not both",
        ),
    ],
)
def test_judgement__a_mistake_is_named(read, row, said):
    with pytest.raises(AllohistoryError, match=said):
        read(JUDGED + row)


def test_ids__are_taken_once(read):
    with pytest.raises(AllohistoryError, match='"harvest.1934" is taken already'):
        read((ROW + SAID + PATH + WINDOW).replace("amur.quiet", "harvest.1934"))
    with pytest.raises(AllohistoryError, match='"amur.quiet" is taken already'):
        read((ROW + SAID + PATH + WINDOW) * 2)


def test_weighing__is_said_once(read):
    with pytest.raises(AllohistoryError, match=r"one \[\[weighing\]\]"):
        read(ROW + SAID + PATH + WINDOW, weighing="")


def test_file__a_scenario_without_one_has_no_observations(book, rules, tmp_path):
    assert not observations_of(book, tmp_path, rules).observations


@pytest.mark.parametrize(
    ("q", "low", "high"), [(0.5, 0.25, 0.75), (0.1, 0.05, 0.25), (0.93, 0.85, 0.98), (0.015, 0.005, 0.04)]
)
def test_cases__give_a_beta_whose_nine_tenths_are_as_wide_as_the_range(q, low, high):
    cases = cases_of(q, low, high)
    beta = stats.beta(q * cases, (1.0 - q) * cases)
    assert beta.ppf(0.95) - beta.ppf(0.05) == pytest.approx(high - low, abs=1e-6)


def test_weight__of_a_judgement_is_a_share_of_the_cases_within_its_bounds():
    weighing = Weighing(0.2, 1.0, 4.0, 20.0, "made up")
    wide, middle, narrow = (0.5, 0.02, 0.98), (0.5, 0.25, 0.75), (0.5, 0.45, 0.55)
    assert weighing.judged(*wide) == 1.0 and weighing.judged(*narrow) == 4.0
    assert weighing.judged(*middle) == pytest.approx(0.2 * cases_of(*middle))
    assert 1.0 < weighing.judged(*middle) < 4.0


def test_weight__of_a_count_is_its_comparable_cases_up_to_a_most(read):
    counted = "cases = 52\ncomparable = {}\n"
    for comparable, weight in ((0.05, 2.6), (0.25, 13.0), (1.0, 20.0)):
        row = ROW + SAID + counted.format(comparable) + PATH + WINDOW
        assert read(row).observations["amur.quiet"].weight == pytest.approx(weight)


@pytest.fixture(scope="module")
def shipped():
    model = scenario("soviet-japanese-war").model
    return model, observations_of(model.book, model.folder, model.book_rules)


def test_shipped__every_verdict_of_the_book_is_observed_judged_or_left_out(shipped):
    model, found = shipped
    tables = (found.observations, found.judgements, found.left_out)
    used = {fact for table in tables for one in table.values() for fact in one.facts}
    assert [id for id in model.book.facts if id.startswith("close-run.") and id not in used] == []


def test_shipped__q_and_range_of_a_verdict_are_those_of_its_fact_or_one_less(shipped):
    model, found = shipped
    said = [one for one in found.observations.values() if one.cases is None]
    said_of = [(one.id, one.facts, one.q, one.low, one.high) for one in said]
    said_of += [(one.id, one.facts, one.value, one.low, one.high) for one in found.judgements.values()]
    assert len(said_of) > 25
    for id, (fact, *_), q, low, high in said_of:
        held = model.book.facts[fact]
        same = (held.value, held.low, held.high)
        other = tuple(round(1.0 - number, 9) for number in (held.value, held.high, held.low))
        assert (q, low, high) in (same, other), id


def test_shipped__weights_are_of_the_sizes_that_were_meant(shipped):
    _, found = shipped
    for one in found.observations.values():
        assert 1.0 <= one.weight <= (4.0 if one.cases is None else 20.0), one.id
