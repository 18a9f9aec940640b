"""First contacts: a change stays where it is, to the last bit, until a rule has read it; and the answer says which."""

import numpy as np
import pytest

from allohistory.questions.causal_graph import graph_of, groups_of
from allohistory.questions.contacts import NEVER, contacts, first_differences, own_groups, traced_pairs
from allohistory.questions.question import Question
from allohistory.questions.worlds import read_worlds
from allohistory.timeline.memory import Memory
from allohistory.timeline.model import load

PAIRS = 60
BORDER = (
    "khasan-hill-lost-for-good",
    "tokyo-reinforces-khasan",
    "no-tamsag-raid",
    "throne-gives-leave-at-khasan",
)
REACHING = "five-more-divisions-in-1938"


@pytest.fixture(scope="module")
def model():
    return load()


def worlds_of(model, pod, luck="fresh"):
    return read_worlds(Question(pods=(pod,), luck=luck), model)


def firsts_of(model, worlds, count=PAIRS):
    plans = (worlds.plan(), worlds.plan(changed=False))
    return [
        (first_differences(pair, model.blueprint), pair)
        for pair in traced_pairs(model.blueprint, plans, count, lambda done: None)
    ]


@pytest.mark.parametrize("luck", ["fresh", "same"])
@pytest.mark.parametrize("pod", [*BORDER, REACHING])
def test_contact__until_a_rule_of_europe_reads_a_difference_europe_is_the_same_to_the_last_bit(
    model, pod, luck
):
    graph, groups = graph_of(model), groups_of(model)
    europe = {id for id, group in groups.items() if group == "europe"}
    read = {source for id in europe for sources in graph.into(id).values() for source in sources} - europe
    worlds = worlds_of(model, pod, luck)
    assert "europe" not in own_groups(worlds.items, model, graph, groups)
    columns = np.concatenate(
        [np.arange(at, at + n) for id, (at, n) in model.blueprint.variable_place.items() if id in europe]
    )
    pairs = firsts_of(model, worlds)
    assert len(pairs) > PAIRS // 2
    for first, (with_it, without) in pairs:
        news = min(
            first[id] for id in read
        )  # the first week in which anything that Europe's rules read differs
        until = min(news, len(with_it))
        same = with_it[:until, columns].view(np.int64) == without[:until, columns].view(np.int64)
        assert same.all()
        assert min(first[id] for id in europe) >= news


@pytest.mark.parametrize("pod", [BORDER[0], REACHING])
def test_contact__every_first_difference_has_its_source_in_the_graph(model, pod):
    """Each variable that comes to differ was written by the change's own rule, or from one that differed by then."""
    graph, groups = graph_of(model), groups_of(model)
    worlds = worlds_of(model, pod)
    changed = {worlds.model.blueprint.rule_numbered[item.rule].id for item in worlds.items if item.rule >= 0}
    own = {id for id, by in graph.written_by.items() if changed & {node.partition("[")[0] for node in by}}
    unexplained = []
    for first, _ in firsts_of(model, worlds, 20):
        for id, week in first.items():
            sources = {source for found in graph.into(id).values() for source in found}
            if week != NEVER and id not in own and not any(first[source] <= week for source in sources):
                unexplained.append((id, week))
    assert unexplained == []
    assert groups


def test_contact__five_more_divisions_find_europe_by_the_channel_of_the_page(model):
    found = {one.group: one for one in contacts(worlds_of(model, REACHING), pairs=100)}
    europe = found["europe"]
    assert "soviet-union" not in found
    # A true share of 3 in 100 would leave a hundred pairs without any contact once in twenty runs.
    assert 0 < europe.touched < europe.pairs
    assert europe.rule == "europe.turns[german-soviet-pact]"
    assert europe.read == "ussr.divisions_felt_in_europe"
    assert europe.when["q05"] > "1938-01-03"
    assert europe.when["q05"] <= europe.when["q50"] <= europe.when["q95"]


def test_contact__the_answer_names_each_group_but_the_changes_own(model):
    worlds = worlds_of(model, BORDER[0])
    found = contacts(worlds, pairs=20)
    groups = groups_of(model)
    assert {one.group for one in found} == set(groups.values()) - own_groups(
        worlds.items, model, graph_of(model), groups
    )
    for one in found:
        assert (one.touched == 0) == (one.when is None) == (one.rule is None)
        if one.rule is not None:
            assert groups[one.wrote] == one.group != groups[one.read]
            assert 0 < one.commonest <= one.touched <= one.pairs


def test_contact__nothing_changed_touches_nothing(model):
    assert contacts(read_worlds(Question(), model)) == ()


def test_trace__keeps_every_week_and_moves_no_bit(model):
    plan = worlds_of(model, REACHING).plan()
    kept, plain = Memory(model.blueprint, traced=True), Memory(model.blueprint)
    for memory in (kept, plain):
        memory.load_plan(plan)
        memory.load_draw(1)
        memory.run(1)
    values = model.blueprint.shape.values
    assert kept.trace.shape == (model.blueprint.weeks, values) and plain.trace.shape == (0, values)
    assert np.array_equal(kept.trace[-1], plain.world_numbers)
    assert np.array_equal(kept.c.outcome, plain.c.outcome, equal_nan=True)
