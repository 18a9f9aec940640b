"""A timeline's address and the scenario: what is asked comes back word for word, and gives the same plan."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import smallwar_model
from allohistory.book.changes import parse_change
from allohistory.errors import AllohistoryError
from allohistory.timeline.address import SHORT, read_address, write_address
from allohistory.timeline.address_changes import PackedChange, canonical, pack, unpack
from allohistory.timeline.asked import items_of
from allohistory.timeline.model import load
from allohistory.timeline.named import Named, address_of, find, plan_of
from allohistory.timeline.plan import END, PLACES, START, position
from allohistory.timeline.tell import one_timeline

CHANGES = [
    "north.first-clash=never",
    "north.first-clash=1931-07-01",
    "north.first-answer=strike",
    "harvest.1932=-1.25",
    "harvest.1932+=0.3",
    "capital.answers[south]@1932-03-03=strike",
    "capital.answers[south]@1932-03-03#0=yield",
    "capital.answers=hold",
    "frontier.clash[north]@1933-05-17=fires",
    "frontier.clash@1933=never",
    "frontier.clash[south]@1932-03..1933-01*=0.5",
    "frontier.clash@1931-02*=1.333333333333",
    "yearly.harvest@1933=-2",
    "yearly.harvest@1933+=-0.75",
    "state.temper@1932-01-04=-2",
    "state.temper@1932..1933=0.1",
    "state.temper@1932-06+=1e-7",
    "state.food@1931-12-31*=3",
    "capital.answers.hard=0.4",
    "capital.answers.hard@1932..1933*=2",
    "frontier.clash.rate@1932-05-05+=0.30000000000000004",
]


@pytest.fixture
def model(monkeypatch):
    return smallwar_model.install(monkeypatch)


@pytest.mark.parametrize("text", CHANGES)
def test_change__is_packed_in_numbers_and_comes_back_word_for_word(text, model):
    packed = pack(text, model)
    assert isinstance(packed, PackedChange)
    assert unpack(packed, model) == str(parse_change(text))


@pytest.mark.parametrize("text", CHANGES)
def test_change__gives_the_same_plan_from_its_address(text, model):
    asked = Named(changes=(str(parse_change(text)),), seed=9, timeline=4, draws=7, horizon="end")
    address = address_of(model, asked)
    found, named = find(address)
    assert found is model
    assert named == asked
    assert plan_of(model, named) == plan_of(model, asked)


@pytest.mark.parametrize("text", CHANGES)
def test_change__alone_fits_the_short_form_under_any_seed(text, model):
    full = Named(changes=(text,), seed=2**32 - 1, timeline=2**24 - 1, draws=4095, horizon=position(2047, 0))
    written = read_address(address_of(model, full), {"smallwar": "smallwar"})
    assert len(write_address(replace(written, scenario="sjw"))) <= SHORT


TARGETS = ["frontier.clash", "capital.answers", "yearly.harvest", "state.temper", "capital.answers.soft"]
TARGETS += ["north.first-answer", "harvest.1931", "nobody.knows"]
DATES = st.dates(min_value=parse_change("x@1931=1").when.first, max_value=parse_change("x@1950=1").when.last)
DAY = DATES.map(lambda day: day.isoformat())
WHEN = st.one_of(
    st.just(""),
    DAY.map("@{}".format),
    DATES.map(lambda day: f"@{day:%Y-%m}"),
    DATES.map(lambda day: f"@{day:%Y}"),
    st.tuples(DATES, DATES).map(lambda two: f"@{min(two)}..{max(two)}"),
    st.tuples(DAY, st.integers(0, 511)).map(lambda both: f"@{both[0]}#{both[1]}"),
)
WORDS = st.sampled_from(["=never", "=fires", "=yield", "=strike", "=nonsense", "=1934-05", "=1934-05-06"])
FLOATS = st.floats(allow_nan=False, allow_infinity=False).map(repr)
VALUE = WORDS | st.tuples(st.sampled_from(["=", "*=", "+="]), FLOATS).map("".join)


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    target=st.sampled_from(TARGETS), entity=st.sampled_from(["", "[north]", "[west]"]), when=WHEN, value=VALUE
)
def test_change__whatever_can_be_written_comes_back(model, target, entity, when, value):
    text = f"{target}{entity}{when}{value}"
    packed = pack(text, model)
    assert unpack(packed, model) == str(parse_change(text))


def test_change__what_has_no_number_is_kept_as_text(model):
    assert pack("nobody.knows=3", model) == "nobody.knows=3"
    assert pack("capital.answers@1932-03-03=shrugs", model) == "capital.answers@1932-03-03=shrugs"
    assert pack("state.temper@1990-01-01=3", model) == "state.temper@1990-01-01=3"


def test_change__is_kept_under_todays_ids(model):
    book = replace(model.book, former_ids={"state.mood": "state.temper"})
    renamed = replace(model, book=book)
    assert str(canonical("state.mood@1932-01-04=2", renamed)) == "state.temper@1932-01-04=2"
    assert unpack(pack("state.mood@1932-01-04=2", renamed), renamed) == "state.temper@1932-01-04=2"


def test_pods__come_back_with_the_date_they_are_moved_to(model):
    asked = Named(pods=("no-first-clash", "struck-in-1932@1932-05-05"), seed=3, horizon="after-changes")
    _, named = find(address_of(model, asked))
    assert named == asked
    assert plan_of(model, named) == plan_of(model, asked)
    on_its_day = Named(pods=("struck-in-1932@1932-03-03",))
    assert find(address_of(model, on_its_day))[1].pods == ("struck-in-1932",)


def test_horizon__is_where_the_address_says(model):
    change = ("north.first-clash=never",)
    assert plan_of(model, Named(changes=change, horizon="end")).horizon == END
    assert plan_of(model, Named(horizon="after-changes")).horizon == START
    assert plan_of(model, Named(changes=change, horizon=position(50, 3))).horizon == position(50, 3)
    freed = plan_of(model, Named(changes=change)).horizon
    assert freed // PLACES == model.book.calendar.week_of(model.book.entries["north.first-clash"].date)


def test_forks_readings_and_priors__come_back(model):
    asked = Named(
        forks=((30, 5), (60, 2**24 - 1)),
        variants={"north.first-clash": "a-week-later"},
        priors={"capital.answers.hard": {"mean": -2.5, "sd": 0.25}},
    )
    address = address_of(model, asked)
    assert address.startswith("ah1x-")
    assert find(address)[1] == asked
    assert plan_of(model, asked).forks == asked.forks


def test_another_version__is_refused_and_both_are_named(model):
    address = read_address(address_of(model, Named()), {"smallwar": "smallwar"})
    other = write_address(replace(address, digest=0xABCDE))
    with pytest.raises(AllohistoryError) as refused:
        find(other)
    assert "abcde" in str(refused.value)
    assert model.digest[:5] in str(refused.value)


def test_another_catalogue__is_refused(model):
    address = read_address(address_of(model, Named()), {"smallwar": "smallwar"})
    for wrong in (
        {"pods": ((900, None),)},
        {"changes": (PackedChange("rules", 900, value="never"),)},
        {"changes": (PackedChange("entries", 900, value="never"),)},
        {"changes": (PackedChange("rules", 2, value="option", amount=7),)},
        {"changes": (PackedChange("rules", 2, entity=40, value="never"),)},
    ):
        with pytest.raises(AllohistoryError):
            find(write_address(replace(address, **wrong)))


def test_timeline__is_the_same_bit_for_bit_from_its_address(model):
    asked = Named(changes=("state.temper@1932-01-04=4",), seed=11, timeline=23, horizon="end")
    _, named = find(address_of(model, asked))
    direct = items_of_plan(model, asked)
    again = one_timeline(model.blueprint, plan_of(model, named), named.timeline)
    assert again.events == direct.events
    assert again.outcomes == direct.outcomes


def items_of_plan(model, asked):
    from allohistory.book.resolve import resolve_all
    from allohistory.timeline.plan import Plan

    items = items_of(resolve_all(asked.changes, model.book, model.book_rules), model.blueprint)
    return one_timeline(model.blueprint, Plan(items, END, seed=asked.seed), asked.timeline)


# ---------------------------------------------------------------- the scenario that comes with the package

FULL = {"seed": 2**32 - 1, "timeline": 2**24 - 1}


def test_scenario__every_point_of_divergence_fits_the_short_form_four_at_a_time():
    model = load()
    pods = sorted(model.book.pods, key=lambda id: model.numbers["pods"][id])
    for place in range(0, len(pods), 4):
        asked = Named(pods=tuple(pods[place : place + 4]), **FULL)
        text = address_of(model, asked)
        assert len(text) <= SHORT
        assert find(text)[1] == asked


def test_scenario__every_change_of_its_catalogue_fits_the_short_form_alone():
    model = load()
    texts = sorted({change for pod in model.book.pods.values() for change in pod.changes})
    assert texts
    for text in texts:
        asked = Named(changes=(str(canonical(text, model)),), horizon="end", **FULL)
        address = address_of(model, asked)
        assert len(address) <= SHORT, text
        assert find(address)[1] == asked


def test_scenario__every_entry_rule_variable_and_parameter_can_be_changed_in_the_short_form():
    model = load()
    changes = [f"{id}=never" for id in model.book.entries]
    changes += [f"{id}@1938-07-29*=0.1234567" for id in model.book.variables]
    changes += [f"{id}@1931..1944=0.1234567" for id in model.book.parameters]
    changes += [
        f"{id}@1938-07-29#511={(rule.options or ('never',))[-1]}" for id, rule in model.book_rules.items()
    ]
    for text in changes:
        packed = pack(text, model)
        assert isinstance(packed, PackedChange), text
        assert unpack(packed, model) == str(canonical(text, model))
        assert len(address_of(model, Named(changes=(text,), horizon="end", **FULL))) <= SHORT
