"""Runs on disk: the answer that memory gives, the same bytes however they are made, and whatever happens to them."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import threading
import time
from dataclasses import replace

import pandas as pd
import pyarrow.parquet as parquet
import pytest

import allohistory
from allohistory.errors import AllohistoryError
from allohistory.questions.arms import Stopped
from allohistory.questions.question import Question
from allohistory.questions.runs.carry_out import How, answer_run
from allohistory.results.runs import manifest as manifests
from allohistory.results.runs.folder import Folder
from allohistory.results.runs.manifest import read_manifest
from runs.folders import COMMAND, environment, result, started, without_seconds

OUTCOMES = ("war", "war_road", "clashes", "first_clash", "peace")
CHANGED = {"pods": "struck-in-1932", "outcomes": OUTCOMES}
FREED = {"from_": "1932-06-06", "outcomes": OUTCOMES}  # two arms and nothing beside: what tests of bytes need
WORDS = ["--from", "1932-06-06", "--timelines", "2500", *(f"--outcome={name}" for name in OUTCOMES)]
ARMS = 2


@pytest.fixture
def war(small):
    return allohistory.scenario("smallwar")


@pytest.fixture(scope="module")
def keeper():
    """Results that several tests compare with, made once."""
    return {}


def made(war, folder, **words):
    war.ask(**{**FREED, "timelines": 2500, "workers": 1, "out": folder, **words})
    return result(folder)


@pytest.fixture
def whole(war, tmp_path, keeper):
    """The bytes of a run of 2,500 timelines that nothing happened to."""
    if "whole" not in keeper:
        keeper["whole"] = made(war, tmp_path / "whole")
    return keeper["whole"]


# ---------------------------------------------------------------- the answer, and the files


@pytest.mark.parametrize(
    "words",
    [
        CHANGED,
        {**CHANGED, "luck": "same"},
        {"from_": "1932-06-06", "outcomes": ("war",)},
        {"given": "clashes > 2", "outcomes": ("war", "first_clash")},
    ],
    ids=["fresh", "same", "from", "given"],
)
def test_the_answer__is_that_of_memory(war, tmp_path, words):
    in_memory = war.ask(**words, timelines=1200)
    on_disk = war.ask(**words, timelines=1200, out=tmp_path / "run")
    assert without_seconds(on_disk) == without_seconds(in_memory)
    ours, theirs = on_disk.timelines, in_memory.timelines
    assert set(theirs.columns) - set(ours.columns) <= {"clashes_date"}  # parts keep no date of an amount
    assert list(ours["timeline"]) == list(theirs["timeline"]) and list(ours["arm"]) == list(theirs["arm"])
    for name in ours.columns:
        assert ours[name].astype(str).tolist() == theirs[name].astype(str).tolist(), name


def test_the_answer__is_there_at_once_when_the_run_is_finished(war, tmp_path):
    first = war.ask(**FREED, timelines=1200, out=tmp_path / "run")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "run" / "parts").iterdir()}
    again = war.ask(**FREED, timelines=1200, out=tmp_path / "run")
    assert without_seconds(again) == without_seconds(first)
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "run" / "parts").iterdir()} == before
    assert again.addresses("war", 2) == war.ask(**FREED, timelines=1200).addresses("war", 2)


def test_a_part__has_the_columns_of_the_interface(war, tmp_path, whole):
    made(war, tmp_path / "run")
    table = parquet.read_table(tmp_path / "run" / "parts" / "outcomes-000001.parquet")
    types = {name: str(table.schema.field(name).type) for name in table.column_names}
    assert types["timeline"] == "uint32" and types["draw"] == "uint16" and types["log_weight"] == "double"
    assert types["arm"].startswith("dictionary") and types["set_aside"] == "bool"
    assert types["o_war"] == "bool" and types["d_war"] == "date32[day]"
    assert types["o_war_road"].startswith("dictionary") and types["o_clashes"] == "double"
    assert types["o_first_clash"] == "date32[day]" and "d_first_clash" not in types
    frame = table.to_pandas()
    assert list(frame["arm"].unique()) == ["with", "rules"]
    assert list(frame["timeline"][:1000]) == list(range(1000, 2000))
    question = json.loads(table.schema.metadata[b"allohistory.provenance"])
    assert question["from"] == "1932-06-06"


def test_the_manifest__knows_no_clock_host_or_path(war, tmp_path, whole):
    text = whole["manifest.json"].decode()
    assert str(tmp_path) not in text and os.uname().nodename not in text
    held = json.loads(text)
    assert [one["batch"] for one in held["done"]] == [0, 1, 2]
    assert sum(one["rows"] for one in held["done"]) == ARMS * 2500


def test_events__are_those_that_a_chronicle_tells(war, tmp_path):
    on_disk = war.ask(**CHANGED, timelines=150, out=tmp_path / "run", events=True)
    events = parquet.read_table(tmp_path / "run" / "parts" / "events-000000.parquet").to_pandas()
    assert list(events.columns)[:4] == ["timeline", "arm", "date", "rule"]
    answer = war.ask(**CHANGED, timelines=150)
    assert without_seconds(on_disk) == without_seconds(answer)
    for number in (0, 7):
        address = answer.addresses("war or not war", number + 1)[number]
        told = war.timeline(address).events
        mine = events[(events["timeline"] == number) & (events["arm"] == "with")]
        assert len(mine) == len(told) > 0
    arms = events["arm"].unique()
    assert list(arms) == ["with", "without", "rules"]


# ---------------------------------------------------------------- the same bytes


@pytest.mark.property(n=5)
def test_processes__leave_the_bytes_that_one_leaves(war, tmp_path, whole):
    assert made(war, tmp_path / "run", workers=3) == whole


def test_precision__stops_where_memory_stops_and_leaves_the_same_bytes(war, tmp_path):
    words = {"outcomes": ("war", "war_road"), "precision": 0.013}
    in_memory = war.ask(**words)
    assert in_memory.head.timelines == 4000
    on_disk = war.ask(**words, out=tmp_path / "one", workers=1)
    assert without_seconds(on_disk) == without_seconds(in_memory)
    war.ask(**words, out=tmp_path / "three", workers=3)
    assert result(tmp_path / "one") == result(tmp_path / "three")
    assert len(result(tmp_path / "one")) == 1 + 4


def stopped_after(war, folder, batches, **words):
    """A run that is asked to stop once so many batches are finished."""
    stop = threading.Event()

    def progress(_label, done, _total):
        if done >= batches * ARMS * 1000:
            stop.set()

    question = Question(scenario="smallwar", out=str(folder), workers=1, **words)
    with pytest.raises(Stopped) as caught:
        answer_run(question, war.model, How(progress=progress, stop=stop))
    return caught.value.kept


def test_a_stop__keeps_what_is_finished_and_the_same_command_goes_on(war, tmp_path, whole):
    words = {**FREED, "timelines": 2500}
    kept = stopped_after(war, tmp_path / "run", 1, **words)
    assert kept.startswith("1 of 3 batches of 1,000 timelines are kept in")
    before = (tmp_path / "run" / "parts" / "outcomes-000000.parquet").stat().st_mtime_ns
    assert made(war, tmp_path / "run") == whole
    assert (tmp_path / "run" / "parts" / "outcomes-000000.parquet").stat().st_mtime_ns == before


def test_a_stopped_precision__goes_on_to_the_same_bytes(war, tmp_path):
    words = {"outcomes": ("war", "war_road"), "precision": 0.013}
    war.ask(**words, out=tmp_path / "whole", workers=1)
    stop = threading.Event()
    question = Question(scenario="smallwar", out=str(tmp_path / "run"), workers=1, **words)
    how = How(progress=lambda _label, done, _total: stop.set() if done >= 1000 else None, stop=stop)
    with pytest.raises(Stopped):
        answer_run(question, war.model, how)
    assert read_manifest(tmp_path / "run").timelines is None
    war.ask(**words, out=tmp_path / "run", workers=1)
    assert result(tmp_path / "run") == result(tmp_path / "whole")


@pytest.mark.property(n=5)
def test_kill_9__at_any_moment_and_resumed_leaves_the_same_bytes(war, tmp_path, whole):
    """Three kills at fixed moments here; ten random ones in validation/kill_and_resume.py."""
    held, folder = {**environment(tmp_path), "ALLOHISTORY_WORKERS": "2"}, tmp_path / "run"
    words = ["ask", *WORDS, "--out", str(folder)]
    kills = 0
    for parts in (0, 1, 2):
        process = started(held, *words)
        while process.poll() is None:
            entered = len(list((folder / "parts").glob("*.parquet"))) if (folder / "parts").is_dir() else -1
            if entered >= parts:
                process.send_signal(signal.SIGKILL)
                kills += 1
                break
            time.sleep(0.01)
        process.communicate()
    process = started(held, *words)
    process.communicate(timeout=120)
    assert kills >= 2 and process.returncode == 0
    assert result(folder) == whole


# ---------------------------------------------------------------- what can go wrong, one clear line each


def refused(war, folder, **words):
    with pytest.raises(AllohistoryError) as caught:
        made(war, folder, **words)
    assert caught.value.exit_code == 2
    return caught.value.lines()[0]


def test_a_corrupted_part__is_named_and_made_again(war, tmp_path, whole):
    made(war, tmp_path / "run")
    part = tmp_path / "run" / "parts" / "outcomes-000001.parquet"
    part.write_bytes(part.read_bytes()[:-1] + b"x")
    (tmp_path / "run" / "parts" / "outcomes-000002.parquet").unlink()
    say: list[str] = []
    question = Question(scenario="smallwar", **FREED, timelines=2500, out=str(tmp_path / "run"))
    answer_run(question, war.model, How(say=say))
    says = "are not what the manifest says (SHA-256); the batch is made again"
    assert say == [f"outcomes of batch 1 {says}", f"outcomes of batch 2 {says}"]
    assert result(tmp_path / "run") == whole


def test_spoilt_work__of_an_unfinished_run_is_made_again(war, tmp_path, whole):
    words = {**FREED, "timelines": 2500}
    stopped_after(war, tmp_path / "run", 1, **words)
    work = tmp_path / "run" / "work" / "batch-000000.bin"
    work.write_bytes(work.read_bytes()[:-8] + b"spoiltxx")
    assert made(war, tmp_path / "run") == whole
    assert not (tmp_path / "run" / "work").exists()


def test_parts_that_no_batch_owns__are_taken_away(war, tmp_path, whole):
    (tmp_path / "run" / "parts").mkdir(parents=True)
    (tmp_path / "run" / "parts" / ".outcomes-000000.parquet.1.part").write_bytes(b"half")
    (tmp_path / "run" / "parts" / "outcomes-000099.parquet").write_bytes(b"old")
    assert made(war, tmp_path / "run") == whole


def test_two_runs_on_one_folder(war, tmp_path):
    with Folder(tmp_path / "run").locked():
        line = refused(war, tmp_path / "run")
    assert line.startswith(
        f"error: --out {tmp_path / 'run'}: another run is writing into this folder; nearest:"
    )


def test_a_run_of_another_question(war, tmp_path):
    made(war, tmp_path / "run", timelines=100)
    line = refused(war, tmp_path / "run", timelines=200)
    assert "holds a run of another question (timelines 100, not 200)" in line
    assert "it is without --events, asked with" in refused(war, tmp_path / "run", timelines=100, events=True)


def test_a_run_of_another_version__opens_for_reading_only(war, tmp_path, small, monkeypatch):
    made(war, tmp_path / "run", timelines=100)
    monkeypatch.setitem(small.__dict__, "digest", "f" * 64)
    line = refused(war, tmp_path / "run", timelines=100)
    assert "was made by model 5ca1e0000000, this is ffffffffffff; it opens for reading only" in line
    before = result(tmp_path / "run")
    held = read_manifest(tmp_path / "run")
    replace(held, versions=replace(held.versions, allohistory="0.1.0")).write(tmp_path / "run")
    assert "was made by version 0.1.0, this is" in refused(war, tmp_path / "run", timelines=100)
    assert {**result(tmp_path / "run"), "manifest.json": b""} == {**before, "manifest.json": b""}


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": 99}', '{"format": 1}'])
def test_a_manifest_that_says_nothing_we_know(war, tmp_path, text):
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / manifests.FILE).write_text(text)
    line = refused(war, tmp_path / "run", timelines=100)
    assert (
        line.startswith(f"error: {tmp_path / 'run' / 'manifest.json'}:") and "nearest: a new folder" in line
    )


def test_a_folder_that_cannot_be_written(war, tmp_path):
    (tmp_path / "file").write_text("")
    assert "cannot be written to" in refused(war, tmp_path / "file" / "run", timelines=100)
    assert "is a file, not a folder" in refused(war, tmp_path / "file", timelines=100)


def test_a_full_disk__is_one_line_and_loses_nothing(war, tmp_path, whole):
    """A limit on the size of files stands for the full disk: the second batch's work does not fit."""
    held, folder = {**environment(tmp_path), "ALLOHISTORY_WORKERS": "1"}, tmp_path / "run"
    words = ["ask", *WORDS, "--out", str(folder)]
    kept = {**FREED, "timelines": 2500}
    stopped_after(war, folder, 1, **kept)
    limit = 66_000  # room for the probe of 64 KB and the manifest, not for a piece of work
    process = subprocess.run(
        [*COMMAND, *words],
        env=held,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert process.returncode == 2, process.stderr
    assert process.stderr.splitlines()[0].startswith(f"error: --out {folder}")
    assert "the disk is full" in process.stderr.splitlines()[0] and process.stdout == ""
    assert len(read_manifest(folder).done) == 1
    assert made(war, folder) == whole


def test_sigterm__keeps_what_is_finished(war, tmp_path, whole):
    held, folder = {**environment(tmp_path), "ALLOHISTORY_WORKERS": "2"}, tmp_path / "run"
    words = ["ask", "--timelines", "400000", "--out", str(folder), "--outcome", "war"]
    process = started(held, *words)
    while not list((folder / "parts").glob("*.parquet")) if folder.is_dir() else True:
        assert process.poll() is None
        time.sleep(0.02)
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 143, err
    assert out == ""
    last = err.strip().splitlines()[-1]
    assert last.startswith("stopped: ") and f"of 400 batches of 1,000 timelines are kept in {folder}" in last
    assert len(read_manifest(folder).done) == int(last.split()[1]) >= 1


# ---------------------------------------------------------------- one bad timeline


@pytest.mark.property(n=9)
def test_a_bad_timeline__is_set_aside_counted_and_can_be_seen_again(war, tmp_path):
    wild = "frontier.clash.per_temper=40"
    words = {"do": wild, "timelines": 1200, "outcomes": ("war",)}
    in_memory = war.ask(**words)
    on_disk = war.ask(**words, out=tmp_path / "run")
    assert on_disk.short and on_disk.aside == in_memory.aside > 0
    assert without_seconds(on_disk) == without_seconds(in_memory)
    assert any("To see it: allohistory tell ah1" in line for line in on_disk.head.warnings)
    frame = pd.concat(
        parquet.read_table(path).to_pandas() for path in sorted((tmp_path / "run" / "parts").iterdir())
    )
    held = read_manifest(tmp_path / "run")
    assert int(frame["set_aside"].sum()) <= sum(one.set_aside for one in held.done.values())
    assert frame["set_aside"].any() and not frame["set_aside"].all()


def test_scores__say_how_near_a_timeline_came_by_the_outcomes_own_score(tmp_path):
    war = allohistory.scenario()
    war.ask(outcomes=("general_war", "america_enters"), timelines=40, draws=5, out=tmp_path / "run")
    table = parquet.read_table(next((tmp_path / "run" / "parts").glob("outcomes-*.parquet"))).to_pandas()
    declared = [id for id in ("general_war", "america_enters") if war.outcomes[id].score]
    assert [name for name in table.columns if name.startswith("s_")] == [f"s_{id}" for id in declared]
    for id in declared:
        assert table[f"s_{id}"].between(0.0, 1.0).all()
        assert table[f"s_{id}"].nunique() > 1
        assert table.loc[table[f"o_{id}"], f"s_{id}"].min() >= table.loc[~table[f"o_{id}"], f"s_{id}"].max()
