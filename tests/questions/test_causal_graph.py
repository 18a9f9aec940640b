"""The causal graph: right where it is known by hand, never short of what a week does, and as the page has it."""

from dataclasses import replace
from importlib import import_module

import numpy as np
import pytest

import smallwar_model
from allohistory.book.tables import ONLY_CHANGES
from allohistory.errors import AllohistoryError
from allohistory.luck.compiled import kernel
from allohistory.questions.causal_graph import graph_of, groups_of, rule_of
from allohistory.questions.links import offenders, read_page
from allohistory.questions.week_reader import read_week
from allohistory.timeline.drawing import clock
from allohistory.timeline.memory import Memory
from allohistory.timeline.model import load
from allohistory.timeline.plan import Plan
from allohistory.timeline.shape import field_of
from smallwar.week import week as small_week
from textbook import two_countries
from textbook.running import countries
from watching import Watched, Weeks, moved

TIMELINES = (
    3,
    103,
    203,
)  # of draw 3, free luck: they reach clashes, the war in China, wars in Europe and in the East
WATCHED_EVERY, MOVED_EVERY = 17, 211  # weeks


@pytest.fixture(scope="module")
def model():
    return load()


@pytest.fixture(scope="module")
def graph(model):
    return graph_of(model)


@pytest.fixture(scope="module")
def groups(model):
    return groups_of(model)


@pytest.fixture(scope="module")
def memory(model):
    memory = Memory(model.blueprint, traced=True)
    memory.c.awake = 1  # every clock is asked, so that what is drawn hangs on the world alone
    memory.load_plan(Plan(seed=5))
    memory.load_draw(3, ledger=False)
    return memory


@pytest.fixture(scope="module")
def week():
    return import_module("allohistory.scenarios.soviet_japanese_war.week").week


# ---------------------------------------------------------------- a week whose edges are known by hand


def test_textbook__every_edge_is_found_and_no_other():
    graph = read_week(two_countries.week, countries())
    temper, food, war, coup = (f"state.{name}" for name in ("temper", "food", "war", "coup"))
    assert {rule: set(reads) for rule, reads in graph.reads.items()} == {
        "harvest": {temper},
        "clash": {war, temper},
        "reply": {war, temper},
        "policy": {war, temper, food},
        "coup": {coup, food, temper},
    }
    assert {rule: set(asks) for rule, asks in graph.asks.items() if asks} == {"reply": {"clash"}}
    assert {node: set(targets) for node, targets in graph.writes_of.items()} == {
        "harvest": {food},
        "reply": {temper},
        "policy": {temper, war},
        "coup": {coup, temper},
        "step two_countries.week": {temper},
    }
    assert graph.settled == frozenset()


def test_textbook__ways_and_crossings_follow_the_edges():
    graph = read_week(two_countries.week, countries())
    assert graph.way(["state.food"], ["state.war"]) == ("state.food", "policy", "state.war")
    assert graph.way(["state.food"], ["state.war"], shut=["policy"]) == ()
    assert graph.way(["harvest"], ["state.coup"]) == ("harvest", "state.food", "coup", "state.coup")
    assert graph.crossings({"state.food"}, {"state.war"}) == {("state.food", "policy", "state.war")}
    # the clash decides whether the reply is asked, so what the clash reads reaches what the reply writes
    assert ("state.war", "reply", "state.temper") in graph.crossings({"state.war"}, {"state.temper"})


def test_smallwar__an_order_of_operands_is_an_order_of_conditions():
    graph = read_week(small_week, smallwar_model.small_model().blueprint)
    assert graph.reads["frontier.clash"] == {"state.war", "state.temper"}
    assert graph.asks["capital.answers"] == {"frontier.clash"}
    assert graph.writes_of["capital.answers"] == {"state.temper", "state.war"}


@kernel
def early_return(c, w, p):
    """Everything after an early return hangs on its condition."""
    if w.state.coup > 0.0:
        return
    mood = w.state
    mood.food = 1.0


@kernel
def through_an_unknown_rule(c, w, p):
    """A draw whose rule is only known at run time."""
    if clock(c, c.week, np.int64(0), 0.1) > 0:
        w.state.war = 1.0


@kernel
def through_a_list(c, w, p):
    """A writing that goes through something that is no variable."""
    c.inputs[0] = w.state.food


TABLE = np.array([[0.1, 0.2], [0.3, 0.4]])
PLACES = (np.int64(0), np.int64(1))
PAIRS = ((0, 1), (1, 0))
MIXED = (np.int64(0), "north")


@kernel
def through_tables(c, w, p):
    """A number out of a table of the module: it comes from what chose its place, and from nothing else."""
    row = np.int64(0)
    if w.state.temper > TABLE[0, 1]:
        row = np.int64(1)
    for place in PLACES:
        w.state.food += TABLE[row ^ np.int64(1), place]
    w.state.coup = np.float64(PAIRS[0][1])


@kernel
def two_numbers(c, w):
    """Two numbers side by side, by either way under the same condition."""
    if w.state.coup > 0.0:
        return 0.0, w.state.temper
    return w.state.food, w.state.war


@kernel
def through_a_pair(c, w, p):
    """Each name of a pair bears what its own member was made of; the pair under one name bears all."""
    first, _ = two_numbers(c, w)
    w.state.temper = first
    pair = two_numbers(c, w)
    w.state.war = pair[0]


@kernel
def through_a_mixed_tuple(c, w, p):
    """A tuple that holds more than numbers is no table."""
    w.state.food = MIXED[0]


def test_reader__a_table_of_the_module_comes_from_what_chooses_its_place():
    graph = read_week(through_tables, countries())
    assert {(write.target, write.sources) for write in graph.writes} == {
        ("state.food", frozenset({"state.food", "state.temper"})),
        ("state.coup", frozenset()),
    }


def test_reader__numbers_returned_side_by_side_are_unpacked_one_by_one():
    found = {write.target: set(write.sources) for write in read_week(through_a_pair, countries()).writes}
    food, temper, war, coup = (f"state.{name}" for name in ("food", "temper", "war", "coup"))
    assert found == {temper: {coup, food}, war: {coup, food, temper, war}}


def test_reader__an_early_return_and_an_alias_are_followed():
    graph = read_week(early_return, countries())
    (write,) = graph.writes
    assert (write.target, set(write.sources)) == ("state.food", {"state.coup"})


@pytest.mark.parametrize("step", [through_an_unknown_rule, through_a_list, through_a_mixed_tuple])
def test_reader__what_it_cannot_follow_it_refuses_with_the_line(step):
    with pytest.raises(AllohistoryError, match=r"line \d+: the causal graph cannot follow"):
        read_week(step, countries())


# ---------------------------------------------------------------- the scenario's graph against its running weeks


def test_graph__every_rule_and_variable_of_the_scenario_is_in_it(model, graph):
    assert {rule_of(node) for node in graph.drawing} == set(model.order)
    assert {id for id, rule in model.rules.items() if rule.card.draws == "nothing"} == graph.settled
    only_changes = {v.id for v in model.book.variables.values() if v.written_by == ONLY_CHANGES}
    assert set(model.book.variables) - set(graph.written_by) == only_changes
    assert [id for id in only_changes if not graph.after.get(id)] == []  # the week reads them all the same


def test_graph__what_the_tables_say_of_writers_is_a_way_in_the_code(model, graph):
    """`written_by` may name a rule at some distance (an order that falls due later), never one that has no way; a
    module of steps that it names has one that writes.
    """
    missing = []
    for variable in model.book.variables.values():
        steps = {node.partition(".")[0] for node in graph.written_by.get(variable.id, ())}
        for rule in set(variable.written_by) - set(ONLY_CHANGES):
            if rule.startswith("steps."):
                if rule.replace("steps.", "step ") not in steps:
                    missing.append(f"{variable.id}: {rule}")
                continue
            nodes = [n for n in graph.drawing | graph.settled if rule_of(n) == rule]
            written = {target for node in nodes for target in graph.writes_of.get(node, ())}
            if variable.id not in graph.reach(nodes) | graph.reach(written):
                missing.append(f"{variable.id}: {rule}")
    assert missing == []


def test_weeks__no_line_reads_or_writes_what_the_graph_does_not_know(model, graph, memory, week):
    seen, ids = set(), {field_of(v.id): v.id for v in model.blueprint.variables}
    for timeline in TIMELINES:
        weeks = Weeks(memory, week, timeline)
        for number in range(timeline % WATCHED_EVERY, int(memory.c.week), WATCHED_EVERY):
            weeks.begin(number)
            left = weeks.end(Watched(memory.w, ids, seen))
            assert np.array_equal(left, weeks.trace[number]), "plain and compiled weeks differ"
    unknown = [one for one in seen if one[2] not in graph.touches.get(one[0], ((), ()))[one[1] == "writes"]]
    assert unknown == []
    assert len(seen) > 500  # the watched weeks went through most of the code


@pytest.mark.no_cover  # tracing lines would double some minutes; other tests run the same lines
def test_weeks__a_moved_variable_moves_nothing_beyond_its_edges(model, graph, memory, week):
    """Each variable is moved at the start of every second of the weeks looked at. Up to the first draw that differs
    only what is carried may move; that draw must read the variable or what is carried of it; the week's end may differ
    only in what can be reached.
    """
    carried, reach = carried_of(graph), {id: graph.reach({id}) for id in graph.variables}
    reads = {}
    for node in graph.drawing:
        reads.setdefault(rule_of(node), set()).update(graph.reads[node])
    kinds = {variable.id: variable.type for variable in model.book.variables.values()}
    owner, wrong, drawn, turn = owner_of(model.blueprint), [], 0, 0
    for timeline in TIMELINES:
        weeks = Weeks(memory, week, timeline)
        for number in range(60 + timeline // 50, int(memory.c.week), MOVED_EVERY):
            weeks.begin(number)
            plain, events = weeks.end(), list(weeks.events)
            turn += 1
            for variable in model.blueprint.variables[turn % 2 :: 2]:
                first, count = model.blueprint.variable_place[variable.id]
                weeks.begin(number)
                at = first + (number + timeline) % count
                was = memory.world_numbers[at]
                memory.world_numbers[at] = moved(variable.low, variable.high, was, number, kinds[variable.id])
                left = weeks.end()
                differ = differing(left, plain, owner)
                rules = first_other_draw(events, weeks.events, model.blueprint)
                allowed = reach[variable.id] if rules else carried[variable.id]
                if differ - allowed - {variable.id}:
                    wrong.append(
                        f"week {number}: {variable.id} moved {sorted(differ - allowed - {variable.id})}"
                    )
                if rules and not any(reads[rule] & carried[variable.id] for rule in rules):
                    wrong.append(f"week {number}: {variable.id} moved a draw of {sorted(rules)}")
                drawn += bool(rules)
    assert wrong == []
    assert drawn > 150


def carried_of(graph):
    """By variable, what the week works out from it without a draw between."""
    found = {}
    for id in graph.variables:
        seen, queue = {id}, [id]
        while queue:
            source = queue.pop()
            fresh = {write.target for write in graph.writes if source in write.sources} - seen
            seen |= fresh
            queue += fresh
        found[id] = seen
    return found


def differing(left, right, owner):
    """The variables in which two worlds differ."""
    return set(owner[left != right])


def owner_of(blueprint):
    """By place of the world, the variable that stands there."""
    owner = np.empty(blueprint.shape.values, dtype=object)
    for id, (first, count) in blueprint.variable_place.items():
        owner[first : first + count] = id
    return owner


def first_other_draw(events, others, blueprint):
    """The rules asked at the first place where two sequences of draws part; none where they are the same."""
    for one, other in zip(events, others, strict=False):
        if one != other:
            return {blueprint.rule_numbered[one[0]].id, blueprint.rule_numbered[other[0]].id}
    longer = max(events, others, key=len)
    if len(events) == len(others):
        return set()
    return {blueprint.rule_numbered[longer[min(len(events), len(others))][0]].id}


# ---------------------------------------------------------------- the page of links


def test_page__every_link_stands_in_the_code_and_nothing_else_touches_europe(model, graph, groups):
    page = read_page(model.folder)
    assert offenders(page, graph, groups) == []
    assert len(page.links) >= 30 and len(page.nevers) >= 5 and len(page.lacking) >= 10
    assert {link.number for link in page.links} | {n for n, _ in page.lacking} == set(range(1, 19))


def test_page__a_link_cut_in_the_code_is_named(model, graph, groups):
    felt = "ussr.divisions_felt_in_europe"
    cut = replace(graph, writes=tuple(write for write in graph.writes if write.target != felt))
    found = offenders(read_page(model.folder), cut, groups)
    assert any("no step from ussr.divisions_east to ussr.divisions_felt_in_europe" in line for line in found)


def test_page__a_way_into_europe_that_no_channel_names_is_found(model, graph, groups):
    munich = graph.reads["munich.outcome"] | {"border.top"}
    leaky = replace(graph, reads={**graph.reads, "munich.outcome": munich})
    found = offenders(read_page(model.folder), leaky, groups)
    assert found == ["into europe: munich.outcome reads border.top by no channel"]


def test_page__what_must_not_be_is_found(model, graph, groups):
    railway = graph.reads["ussr.railway"] | {"ussr.purge"}
    wrong = replace(graph, reads={**graph.reads, "ussr.railway": railway})
    found = offenders(read_page(model.folder), wrong, groups)
    assert any("The purge does not touch the railway" in line for line in found)
