"""Batches made by a Dask cluster of real processes on this computer, one worker killed in mid-run: the same bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import pytest

import allohistory
from allohistory.errors import AllohistoryError
from allohistory.questions.question import Question
from allohistory.questions.runs import cluster as clusters
from allohistory.questions.runs.carry_out import How, answer_run
from allohistory.questions.runs.making import Maker
from runs.folders import environment, result

MANY = 12_500


@pytest.fixture
def war(small):
    return allohistory.scenario("smallwar")


@pytest.fixture
def cluster(tmp_path, small):
    """A scheduler and two workers, each a process on 127.0.0.1: (address, workers)."""
    file = tmp_path / "scheduler.json"
    held = {**environment(tmp_path), "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    common = ["--scheduler-file", str(file), "--no-dashboard", "--host", "127.0.0.1"]
    quiet = {"env": held, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
    scheduler = subprocess.Popen([sys.executable, "-m", "dask", "scheduler", "--port", "0", *common], **quiet)
    words = [sys.executable, "-m", "dask", "worker", "--nthreads", "1", "--no-nanny", *common]
    workers = [subprocess.Popen(words, **quiet) for _ in range(2)]
    try:
        until = time.monotonic() + 60
        while not file.is_file() or not file.read_text().strip():
            assert scheduler.poll() is None and time.monotonic() < until
            time.sleep(0.05)
        yield json.loads(file.read_text())["address"], workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


@pytest.mark.property(n=5)
def test_a_killed_worker__changes_no_byte(war, cluster, tmp_path, monkeypatch):
    address, workers = cluster
    monkeypatch.setattr(clusters, "LEAST_SECONDS", 0.01)  # a batch a task, so that there is something to lose
    words = {"outcomes": ("war", "clashes"), "timelines": MANY}
    war.ask(**words, out=tmp_path / "here", workers=1)
    killed = []

    def progress(_label, done, _total):
        if done >= 3000 and not killed:
            workers[0].kill()
            killed.append(done)

    question = Question(scenario="smallwar", out=str(tmp_path / "there"), **words)
    answer_run(question, war.model, How(cluster=address, progress=progress))
    assert killed and killed[0] < MANY and workers[0].wait() != 0
    assert workers[1].poll() is None
    assert result(tmp_path / "there") == result(tmp_path / "here")
    # a worker of another version says so, and nothing of it is kept
    monkeypatch.setitem(war.model.__dict__, "digest", "f" * 64)
    question = question.but(out=str(tmp_path / "other"))
    with pytest.raises(AllohistoryError, match="a worker has another version of the model"):
        answer_run(question, war.model, How(cluster=address))


def test_no_scheduler__is_one_line(war, tmp_path, monkeypatch):
    monkeypatch.setattr(clusters, "PATIENCE_SECONDS", 0.5)
    question = Question(scenario="smallwar", out=str(tmp_path / "run"), timelines=50)
    with pytest.raises(AllohistoryError) as caught:
        answer_run(question, war.model, How(cluster="tcp://127.0.0.1:9"))
    assert caught.value.lines()[0].startswith(
        "error: --cluster tcp://127.0.0.1:9: no Dask scheduler answers there"
    )
    with pytest.raises(AllohistoryError, match="is for runs on disk"):
        war.ask(timelines=50, cluster="tcp://127.0.0.1:9")


def test_tasks__take_two_seconds_and_are_at_most_two_thousand(war, small):
    def group(timelines, seconds, **more):
        question = Question(scenario="smallwar", timelines=timelines, **more)
        return clusters.Cluster(Maker.of(question, small), "nowhere").group(seconds)

    assert group(100_000, 0.3) == 7
    assert group(100_000, 5.0) == 1
    assert group(16_000_000, 5.0) == 8  # 16,000 batches in 2,000 tasks
