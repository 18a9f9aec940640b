"""Asking, on the small scenario with the real engine: the three numbers, the intervals, the chain, what is kept."""

from __future__ import annotations

import json
import threading

import pytest

import allohistory
from allohistory.errors import AllohistoryError
from allohistory.questions.arms import Stopped
from allohistory.questions.ask import ask
from allohistory.questions.question import Question

FEW = 200
HEAD = {
    "format", "command", "scenario", "version", "model", "question", "timelines", "seed", "luck", "seconds", "again",
    "hangs_on", "warnings",
}  # fmt: skip
ESTIMATE = {"probability", "chance_interval", "ignorance_interval", "n"}


@pytest.fixture
def war(small):
    return allohistory.scenario("smallwar")


@pytest.fixture
def struck(war):
    return war.ask(pods="struck-in-1932", timelines=FEW)


def test_json__has_the_head_and_the_keys_of_ask(struck):
    answer = json.loads(struck.to_json())
    assert set(answer) >= HEAD
    assert {"pods", "surprise_bits", "outcomes", "chain", "influence", "series", "address_example"} <= set(
        answer
    )
    war = answer["outcomes"]["war"]
    keys = {"title", "definition", "baseline", "rules_only", "fresh_luck", "same_luck", "when", "flips"}
    assert keys | ESTIMATE <= set(war)
    assert set(war["same_luck"]) == ESTIMATE | {"mechanism_band"}
    assert set(war["when"]) == {"q05", "q50", "q95"}
    assert set(answer["outcomes"]["war_road"]["options"]) == {"none", "grown-clash"}
    assert set(answer["outcomes"]["clashes"]["q50"]) == {"value", "chance_interval"}
    assert set(answer["pods"][0]) >= {"id", "title", "date", "surprise_bits", "judged"}
    assert {"step", "date", "probability", "given"} <= set(answer["chain"][0])
    assert set(answer["influence"]["war"]) >= {"weeks", "share", "faded"}
    assert set(answer["series"]["state.temper"]) >= {"weeks", "q05", "q50", "q95", "ours"}


def test_an_imposed_war_comes_and_its_surprise_is_what_the_rules_gave_it(struck):
    assert struck.outcomes["war"].chosen.probability == 1.0
    assert struck.outcomes["peace"].chosen.probability == 0.0
    # The rule gives striking about exp(-3) / (1 + exp(-0.5) + exp(-3)) = 3 %: some five bits.
    assert 4.0 < struck.surprise_bits < 6.0


def test_the_baseline_has_no_change(struck):
    assert 0.0 < struck.outcomes["war"].baseline.probability < 0.6
    assert struck.outcomes["war"].difference.value == pytest.approx(
        1.0 - struck.outcomes["war"].baseline.probability
    )


def test_only_seconds_differ_between_two_runs(war, struck):
    again = war.ask(pods="struck-in-1932", timelines=FEW).as_dict()
    first = struck.as_dict()
    first.pop("seconds"), again.pop("seconds")
    assert first == again


def test_workers_do_not_move_an_answer(war, struck):
    other = war.ask(pods="struck-in-1932", timelines=FEW, workers=1).as_dict()
    first = struck.as_dict()
    first.pop("seconds"), other.pop("seconds")
    assert first == other


def test_nothing_changed__fresh_is_the_bare_rules_and_its_own_baseline(war):
    answer = war.ask(timelines=FEW)
    one = answer.outcomes["war"]
    assert one.chosen == one.baseline == one.rules_only
    assert one.difference is None
    assert answer.run == FEW  # not run twice


def test_nothing_changed__same_luck_is_our_history(war):
    answer = war.ask(timelines=FEW, luck="same")
    assert answer.outcomes["war"].chosen.probability == 0.0
    assert answer.outcomes["clashes"].quantiles["q50"].value == 2.0


def test_from__frees_luck_on_a_date(war):
    answer = war.ask(from_="1934-12-24", timelines=FEW)
    assert answer.outcomes["war"].chosen.probability < 0.05
    assert answer.outcomes["war"].rules_only.probability > 0.1


def test_precision__stops_when_the_interval_is_narrow_enough(war):
    answer = war.ask(precision=0.03, outcomes="war")
    low, high = answer.outcomes["war"].chosen.chance_interval
    assert high - low <= 0.06
    assert answer.head.timelines % 1000 == 0
    longer = war.ask(timelines=answer.head.timelines, outcomes="war")
    assert (
        longer.outcomes["war"].chosen == answer.outcomes["war"].chosen
    )  # where one stops never changes a timeline


def test_given_and_without__count_only_some_timelines(war):
    all_of = war.ask(timelines=FEW, outcomes=["war", "first_clash before 1932"])
    given = war.ask(timelines=FEW, outcomes="war", given="war")
    assert given.outcomes["war"].chosen.probability == 1.0
    without = war.ask(timelines=FEW, outcomes="war", without="war")
    assert without.outcomes["war"].chosen.probability == 0.0
    assert (
        given.outcomes["war"].chosen.n + without.outcomes["war"].chosen.n == all_of.outcomes["war"].chosen.n
    )


def test_precision__that_is_not_reached_is_told(war, monkeypatch):
    from allohistory.questions import ask as module

    monkeypatch.setattr(module, "MOST_FOR_PRECISION", 2000)
    answer = war.ask(precision=0.001, outcomes="war")
    assert answer.head.timelines == 2000
    told = [
        text for text in answer.head.warnings if text.startswith("The precision asked for was not reached")
    ]
    low, high = answer.outcomes["war"].chosen.chance_interval
    reached = f"0.001 was asked, {(high - low) / 2:.2g} was reached (War) at 2,000 timelines."
    assert told == [f"The precision asked for was not reached: {reached}"]
    assert not any("not reached" in text for text in war.ask(precision=0.1, outcomes="war").head.warnings)


@pytest.mark.parametrize(
    "window",
    ["1931-01-05..1931-12-27", "1932-03-07..1932-12-25", "1932"],
    ids=["whole year", "later", "a year"],
)
def test_a_firing_some_time_in_a_window_costs_what_its_silence_leaves(war, window):
    """1 - E[exp(-H)] over the window, H summed where the clock is held silent: the rest of what silence costs."""
    given = {"timelines": FEW, "draws": 10, "outcomes": "war"}
    fires = war.ask(do=f"frontier.clash[north]@{window}=fires", **given).surprise_bits
    silence = war.ask(do=f"frontier.clash[north]@{window}=never", **given).surprise_bits
    assert 2.0**-fires + 2.0**-silence == pytest.approx(1.0, abs=1e-9)
    one_week = war.ask(do="frontier.clash[north]@1932-07-15=fires", **given).surprise_bits
    assert fires < one_week - 1.0


def test_a_firing_in_a_window_is_worth_its_share_of_free_timelines(war):
    """Brute force: how often the clock really fires in the window when nothing is imposed (false alarms 1e-6)."""
    window = "1931-01-05..1931-06-28"
    fires = war.ask(do=f"frontier.clash[north]@{window}=fires", timelines=4000, outcomes="war").surprise_bits
    from allohistory.timeline.plan import START, Plan
    from allohistory.timeline.tell import one_timeline
    from bands import within_luck

    model, n = war.model, 4000
    last = model.book.calendar.week_of(model.book.calendar.day("1931-06-28"))
    hits = 0
    for timeline in range(n):
        events = one_timeline(model.blueprint, Plan(horizon=START, seed=77), timeline).events
        fired = [event for event in events if event.rule == "frontier.clash" and event.option == "fired"]
        hits += any(event.entity == "north" and event.week <= last for event in fired)
    assert within_luck(hits, n, 2.0**-fires)


def test_expressions_are_outcomes(war):
    answer = war.ask(timelines=FEW, outcomes=["war or not war", "war before 1933 and clashes>3"])
    assert answer.outcomes["war or not war"].chosen.probability == 1.0


def test_a_change_of_state_is_judged_and_has_no_bits(war):
    answer = war.ask(pods="calm-temper", timelines=FEW)
    assert answer.pods[0].surprise_bits is None
    assert answer.pods[0].judged["high"] == 3.0
    assert any(one.kind == "judged" for one in answer.head.hangs_on)


def test_a_change_that_meets_no_occasion_is_reported(war):
    answer = war.ask(do="capital.answers[north]@1933-01-02=strike", timelines=FEW)
    assert any("met its occasion" in text for text in answer.head.warnings)


def test_flips__name_the_other_reading(war):
    answer = war.ask(pods="struck-in-1932", timelines=FEW)
    assert [flip.variant for flip in answer.outcomes["peace"].flips] == ["north.first-clash=a-week-later"]


def test_chain__multiplies_to_the_whole(war):
    answer = war.ask(timelines=FEW)
    share = 1.0
    for link in answer.chain:
        share *= link.probability
    assert share == pytest.approx(answer.outcomes["war"].chosen.probability)
    assert answer.chain[1].given == "a clash"


def test_addresses__lead_to_timelines_that_show_the_outcome(war):
    answer = war.ask(timelines=FEW, outcomes="war")
    for address in answer.addresses("war", 3):
        assert war.timeline(address).outcomes["war"].value is True
    for address in answer.addresses("not war", 3):
        assert war.timeline(address).outcomes["war"].value is False


def test_addresses__of_moved_and_free_changes_come_back(war):
    answer = war.ask(
        pods=["calm-temper"],
        do="frontier.clash[south]@1932-05-04=fires",
        timelines=50,
        luck="same",
        outcomes="war",
    )
    address = answer.address_example[0]
    timeline = war.timeline(address.upper())
    assert timeline.address == address
    fired = [event for event in timeline.events if event.rule == "frontier.clash" and event.entity == "south"]
    dates = [small_date(timeline, event.day) for event in fired]
    assert "1932-05-04" in dates


def small_date(timeline, day):
    return timeline._worlds.model.book.calendar.date_of(day).isoformat()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"pods": "strck-in-1932"}, "struck-in-1932"),
        ({"do": "frontier.clsh[north]@1931-03-02=fires"}, "frontier.clash"),
        ({"do": "frontier.clash[nrth]@1931-03-02=fires"}, "north"),
        ({"do": "frontier.clash[north]@1951-03-02=fires"}, "1934-12-30"),
        ({"do": "capital.answers[south]@1932-03-03=strke"}, "strike"),
        ({"do": "nothing"}, ""),
        ({"do": ["frontier.clash[north]@1931-03-02=fires", "frontier.clash[north]@1931=never"]}, ""),
        ({"outcomes": "wra"}, "war"),
        ({"outcomes": "war befor 1933"}, ""),
        ({"given": "pace"}, "peace"),
        ({"from_": "1929-01-01"}, "1931-01-05"),
        ({"draws": 101}, "100"),
        ({"out": __file__}, ""),
    ],
)
def test_bad_questions_are_refused_before_anything_is_run(war, wrong, says):
    with pytest.raises(AllohistoryError) as caught:
        war.ask(**wrong)
    assert says in (caught.value.closest or "")
    assert len(caught.value.lines()) <= 5


def test_unknown_scenario():
    with pytest.raises(AllohistoryError, match="there is no scenario"):
        allohistory.scenario("nowhere")


def test_stop__keeps_what_is_finished(small):
    stop = threading.Event()

    def progress(label, done, total):
        if "without" in label and done > FEW + 20:
            stop.set()

    answer = ask(
        Question(scenario="smallwar", pods=("struck-in-1932",), timelines=FEW),
        small,
        progress=progress,
        stop=stop,
    )
    assert answer.stopped
    assert answer.outcomes["war"].chosen.n == FEW
    assert answer.outcomes["war"].rules_only is None
    assert "Stopped early" in answer.head.warnings[0]
    json.loads(answer.to_json())


def test_stop__before_anything_is_finished(small):
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        ask(Question(scenario="smallwar", timelines=FEW), small, stop=stop)


def test_progress__only_grows_and_ends_at_the_end(small):
    seen = []
    ask(
        Question(scenario="smallwar", pods=("struck-in-1932",), timelines=FEW),
        small,
        progress=lambda label, done, total: seen.append((done, total)),
    )
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1][0] == seen[-1][1]


def test_save__writes_both_files(war, tmp_path):
    answer = war.ask(pods="struck-in-1932", timelines=50)
    answer.save(tmp_path / "run")
    assert sorted(one.name for one in (tmp_path / "run").iterdir()) == ["answer.json", "outcomes.parquet"]
    assert json.loads((tmp_path / "run" / "answer.json").read_text()) == json.loads(answer.to_json())
    import pandas

    frame = pandas.read_parquet(tmp_path / "run" / "outcomes.parquet")
    assert frame.groupby("arm", observed=True).size().to_dict() == {"with": 50, "without": 50, "rules": 50}


def test_save__that_fails_keeps_the_answer_elsewhere(war, tmp_path, monkeypatch):
    from allohistory.results import files

    answer = war.ask(timelines=20)
    original = files.write_whole

    def full(path, data):
        if "run" in path.parts[-2]:
            raise files.unwritable(path.parent, OSError(28, "No space left on device"))
        original(path, data)

    monkeypatch.setattr("allohistory.questions.answer.write_whole", full)
    monkeypatch.setattr(files, "write_whole", full)
    with pytest.raises(AllohistoryError, match="the disk is full") as caught:
        answer.save(tmp_path / "run")
    assert "unsaved" in (caught.value.see or "")
    assert json.loads((tmp_path / "home" / "unsaved" / "answer.json").read_text())["command"] == "ask"


def test_frames(struck):
    table = struck.table()
    assert table.loc["war", "probability"] == 1.0
    assert {"war_road=none", "clashes"} <= set(table.index)
    frame = struck.timelines
    assert set(frame["arm"].unique()) == {"with", "without", "rules"}
    assert frame[frame["arm"] == "with"]["war"].all()


def test_notebook__shows_a_table(struck):
    assert "<table>" in struck._repr_html_()
    assert "struck-in-1932" in struck._repr_html_()


def test_sources__name_the_point_and_the_facts(struck):
    kinds = {one.kind for one in struck.sources}
    assert {"pod", "fact"} <= kinds


def test_timeline__has_series_by_week(war):
    timeline = war.timeline(war.ask(timelines=20).address_example[0])
    series = timeline.series
    assert list(series.data_vars) == ["state.temper", "state.clashes"]
    assert series.sizes == {"week": 208}
    assert str(series.week.values[0])[:10] == "1931-01-05"
    assert series["state.temper"].attrs == {"long_name": "Temper on the frontier", "units": "points"}
    assert series.attrs["address"] == timeline.address
    for id, quarters in timeline._log.series.items():  # the kernel's own trace, a value each 13 weeks
        assert series[id].values[::13].tolist() == quarters.tolist()


def test_timeline__series_of_entities_have_their_dimension(war, monkeypatch):
    from dataclasses import replace

    from allohistory.questions import series as module

    timeline = war.timeline(war.ask(timelines=20).address_example[0])
    book = timeline.model.book
    first, _ = timeline.model.blueprint.variable_place["state.temper"]
    monkeypatch.setitem(timeline.model.blueprint.variable_place, "state.temper", (first, 2))
    split = replace(book.variables["state.temper"], per="sector")
    monkeypatch.setitem(book.variables, "state.temper", split)
    found = module.weekly(timeline)
    assert found["state.temper"].dims == ("week", "sector")
    assert found.sector.values.tolist() == ["north", "south"]


def test_timeline__series_without_xarray_are_one_clear_line(war, monkeypatch):
    import sys

    timeline = war.timeline(war.ask(timelines=20).address_example[0])
    monkeypatch.setitem(sys.modules, "xarray", None)
    with pytest.raises(AllohistoryError) as missing:
        _ = timeline.series
    assert "it needs the package xarray" in missing.value.lines()[0]
    assert missing.value.see == "pip install xarray"


def test_lookups(war):
    assert war.pods["struck-in-1932"].title == "The capital strikes in 1932"
    assert war.record["north.first-clash"].took == "fired"
    assert war.parameters["frontier.clash.rate"].grade == "C"
    assert war.variables["state.temper"].series
    assert war.rules["capital.answers"].options == ("yield", "hold", "strike")
    assert war.outcomes["peace"].derived == "not war"


def test_replay(war):
    found = war.replay()
    assert found.returned == found.entries == 7
    assert found.missing == ()
    assert set(found.as_json()["log_likelihood"]) == {"total", "by_rule", "by_year"}
    assert war.replay(3).draws == 1
    with pytest.raises(AllohistoryError, match="draws 0 to 99"):
        war.replay(100)


def test_plans_run_together_give_what_each_gives_alone(small):
    import numpy as np

    from allohistory.ensemble.gathered import ROWS
    from allohistory.ensemble.run import run
    from allohistory.questions.arms import Runner
    from allohistory.questions.worlds import read_worlds
    from allohistory.timeline.plan import END, position

    worlds = read_worlds(Question(scenario="smallwar", pods=("struck-in-1932",)), small)
    cut = worlds.plan(horizon=position(90, 0))
    plans = [worlds.plan(horizon=END), cut, worlds.plan(horizon=END, coupling="redraw")]
    together = Runner(small, 2, 0).run_together("", plans, 150)
    for plan, found in zip(plans, together, strict=True):
        alone = run(small.blueprint, plan, count=150)
        for name in (*ROWS, "histogram"):
            assert np.array_equal(getattr(found, name), getattr(alone, name), equal_nan=name == "value"), name


def test_plot__holds_the_answers_own_numbers(struck):
    found = struck.plot().to_dict()
    rows = [row for rows in found["datasets"].values() for row in rows] if "datasets" in found else []
    if not rows:
        rows = [
            row
            for part in found["vconcat"]
            for row in (part.get("data") or part["layer"][0]["data"])["values"]
        ]
    assert {"war": struck.outcomes["war"].chosen.probability}["war"] in [
        row.get("probability") for row in rows
    ]
    assert sum("q50" in row for row in rows) == 16 * len(struck.series)


# ---------------------------------------------------------------- an answer as it comes


def test_stages__each_has_more_than_the_one_before(small):
    from allohistory.questions.ask import FIRST, FIRST_FIGURES, FRESH, SAME

    question = Question(scenario="smallwar", pods=("struck-in-1932",), timelines=600, seed=12)
    first, fresh, same, whole = allohistory.scenario("smallwar").answers(question)
    assert [one.stage for one in (first, fresh, same, whole)] == [FIRST, FRESH, SAME, None]
    assert first.head.timelines == FIRST_FIGURES and fresh.head.timelines == 600
    war = [one.outcomes["war"] for one in (first, fresh, same, whole)]
    assert all(one.baseline is not None for one in war)
    assert war[0].same_luck is None and war[1].same_luck is None
    assert war[2].same_luck is not None and war[2].same_luck.mechanism_band is not None
    assert not fresh.influence and same.influence
    assert war[1].chosen == war[2].chosen == war[3].chosen


@pytest.mark.parametrize(
    "more", [{}, {"pods": ("struck-in-1932",)}, {"pods": ("calm-temper",), "luck": "same"}]
)
def test_stages__looking_changes_nothing(small, more):
    """With stages, without, and all in one: the same bits."""
    from allohistory.questions import ask as asking
    from allohistory.questions.kept import forget

    question = Question(scenario="smallwar", timelines=500, seed=13, **more)
    where, seen = allohistory.scenario("smallwar"), []
    forget()
    looked = where.answer(question, partly=seen.append).as_dict()
    forget()
    plain = where.answer(question).as_dict()
    assert seen and all(one.stage is not None for one in seen)
    for held in (looked, plain):
        held.pop("seconds")
    assert looked == plain
    few, asking.FIRST_FIGURES = asking.FIRST_FIGURES, 10_000
    try:
        forget()
        at_once = where.answer(question).as_dict()
    finally:
        asking.FIRST_FIGURES = few
    at_once.pop("seconds")
    assert at_once == plain


def test_stages__what_was_run_before_is_not_run_again(small):
    from allohistory.questions.ask import FRESH

    question = Question(scenario="smallwar", from_="1932-01-04", timelines=500, seed=14)
    where = allohistory.scenario("smallwar")
    assert len(list(where.answers(question))) == 3
    assert [one.stage for one in where.answers(question)] == [FRESH, None]


def test_stages__a_person_sees_them_in_a_few_lines(small):
    from allohistory.cli.show_stage import stage_lines

    question = Question(
        scenario="smallwar", pods=("struck-in-1932",), timelines=400, seed=15, outcomes=("war",)
    )
    first = next(iter(allohistory.scenario("smallwar").answers(question)))
    lines = stage_lines(first).splitlines()
    assert all(len(line) <= 80 for line in lines)
    assert lines[0].startswith("first figures: 200 timelines")
    assert "without" in lines[1] and "100 %" in lines[2] and lines[2].endswith("...")
