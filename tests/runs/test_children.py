"""Processes beside ours: one that dies loses its batch, which is made again; a fault of theirs is told as it is."""

from __future__ import annotations

import os
import signal
import threading

import pytest

import allohistory
from allohistory.errors import AllohistoryError
from allohistory.questions.question import Question
from allohistory.questions.runs import children
from allohistory.questions.runs.making import Batch, Maker, loader_of

QUESTION = Question(scenario="smallwar", outcomes=("war",), timelines=6000)


@pytest.fixture
def maker(small):
    return Maker.of(QUESTION, small)


def batches(count):
    return iter([Batch(number, 1000 * number, 1000) for number in range(count)])


def test_a_process_that_dies__loses_its_batch_and_another_makes_it(maker):
    source = children.Processes(maker, 2)
    original, killed = source.children[0].make, []

    def make(batch):
        if not killed:
            source.children[0]._start()
            os.kill(source.children[0].process.pid, signal.SIGKILL)
            killed.append(batch.number)
        return original(batch)

    source.children[0].make = make
    found = {made.batch.number: made for made in source.make(batches(6), threading.Event())}
    assert sorted(found) == list(range(6))
    assert source.retries == [f"a process died over batch {killed[0]}; it is made again"]
    assert found[killed[0]].outcomes == maker.make(Batch(killed[0], 1000 * killed[0], 1000)).outcomes
    assert source.children[0].process is None  # none is left behind


def test_one_that_dies_again_and_again__is_one_line(maker):
    source = children.Processes(maker, 2)

    def make(_batch):
        raise EOFError

    source.children[0].make = make
    with pytest.raises(AllohistoryError) as caught:
        list(source.make(batches(6), threading.Event()))
    assert "3 processes died over it (timelines" in caught.value.lines()[0]


def test_an_error_of_a_child__is_passed_on(small):
    child = children.Child(QUESTION.but(outcomes=("nothing",)), loader_of(small), False)
    try:
        with pytest.raises(AllohistoryError, match="nothing"):
            child.make(Batch(0, 0, 10))
    finally:
        child.end()


def test_a_stop__ends_them(maker):
    stop, source = threading.Event(), children.Processes(maker, 2)
    found = []
    for made in source.make(batches(1000), stop):
        found.append(made)
        stop.set()
    assert 1 <= len(found) < 1000
    assert all(child.process is None for child in source.children)


def test_a_scenario_of_the_package__is_loaded_by_name():
    assert loader_of(allohistory.scenario().model) == (
        "allohistory.timeline.model",
        "load",
        ("soviet-japanese-war",),
    )
