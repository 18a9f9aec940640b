"""Questions over HTTP: the same answers as by the other doors, told in order, stopped, bounded, kept."""

from __future__ import annotations

import json
import threading
import time

import pytest

from allohistory.questions.scenario import scenario
from allohistory.studio.jobs import MOST_FINISHED, Job, Jobs
from allohistory.studio.settings import Settings
from studio.conftest import answer_to, events_of, is_mistake, studio_with, timeless

FEW = {"timelines": 60, "draws": 4, "seed": 5}
WORDS = ("--timelines", "60", "--draws", "4", "--seed", "5")


def test_ask__gives_digit_for_digit_what_command_line_and_python_give(client, command):
    keys = {"pods": ["no-first-clash"], "ask": ["war", "clashes", "war before 1932"], **FEW}
    by_http = timeless(answer_to(client, "ask", **keys))
    by_command = command(
        "ask", "--pod", "no-first-clash", "--outcome", "war", "clashes", "war before 1932", *WORDS
    )
    asked = scenario("smallwar").ask(
        pods="no-first-clash", outcomes=["war", "clashes", "war before 1932"], timelines=60, draws=4, seed=5
    )
    assert by_http == by_command == timeless(json.loads(asked.to_json()))


@pytest.mark.parametrize(
    ("kind", "keys", "words"),
    [
        ("roads", {"ask": ["war"], **FEW}, ("--outcome", "war", *WORDS)),
        ("roads", {"ask": "war", "by": ["clashes>0"]}, ("--outcome", "war", "--by", "clashes>0")),
        (
            "search",
            {"ask": ["war"], "largest": 1, "judged": True, "timelines": 80, "draws": 4},
            ("--outcome", "war", "--largest", "1", "--judged", "--timelines", "80", "--draws", "4"),
        ),
        (
            "hinges",
            {"ask": ["war"], "timelines": 200, "draws": 4},
            ("--outcome", "war", "--timelines", "200", "--draws", "4"),
        ),
        (
            "explain",
            {"ask": ["war"], "pods": ["no-first-clash"], "at": ["1933-01-02"], **FEW},
            ("--outcome", "war", "--pod", "no-first-clash", "--at", "1933-01-02", *WORDS),
        ),
    ],
)
def test_every_kind__gives_digit_for_digit_what_the_command_gives(client, command, kind, keys, words):
    assert timeless(answer_to(client, kind, **keys)) == command(kind, *words)


def test_a_file_of_ones_own__is_answered_as_its_keys_are(client, command, tmp_path):
    file = tmp_path / "what-if.toml"
    file.write_text(
        'what_if = 1\npods = ["no-first-clash"]\nask = ["early_war"]\ntimelines = 60\ndraws = 4\nseed = 5\n'
        '[[outcome]]\nid = "early_war"\ntitle = "War soon"\nis = "war before 1932"\n',
        encoding="utf-8",
    )
    own = [{"id": "early_war", "title": "War soon", "is": "war before 1932"}]
    by_http = timeless(answer_to(client, "ask", pods=["no-first-clash"], ask="early_war", outcome=own, **FEW))
    by_file = command("ask", "--file", str(file))
    assert by_http.pop("again") == "allohistory ask --scenario smallwar --file what-if.toml"
    by_file.pop("again")
    assert by_http == by_file


def test_events__tell_progress_first_then_narrowing_answers_then_the_whole_one(client):
    keys = {"what_if": 1, "pods": ["no-first-clash"], "timelines": 900, "draws": 4}
    job = client.post("/api/v1/ask", json=keys).json()["job"]
    found = events_of(client, job)
    names = [name for name, _ in found]
    assert set(names) <= {"progress", "answer", "done"} and names[-2:] == ["answer", "done"]
    assert names.count("done") == 1
    answers = [data for name, data in found if name == "answer"]
    assert "stage" not in answers[-1] and all("stage" in one for one in answers[:-1])
    sizes = [one["timelines"] for one in answers]
    assert sizes == sorted(sizes) and sizes[-1] == 900
    for name, data in found:
        if name == "progress":
            assert set(data) == {"what", "done", "of"} and 0 <= data["done"] <= data["of"]
    held = client.get(f"/api/v1/jobs/{job}").json()
    assert (held["job"], held["state"], held["error"]) == (job, "done", None)
    assert held["answer"] == answers[-1]


def test_a_late_listener__gets_the_whole_answer_at_once(client):
    job = client.post("/api/v1/ask", json={"what_if": 1, **FEW}).json()["job"]
    first = events_of(client, job)
    again = events_of(client, job)
    assert [name for name, _ in again] == ["answer", "done"] and again[0] == first[-2]


def test_the_same_question__is_not_worked_at_again(client):
    first = answer_to(client, "ask", pods=["no-first-clash"], **FEW)
    begun = client.post("/api/v1/ask", json={"what_if": 1, "pods": ["no-first-clash"], **FEW}).json()["job"]
    held = client.get(f"/api/v1/jobs/{begun}").json()
    assert held["state"] == "done" and held["answer"] == first


def test_a_job__is_stopped_and_keeps_what_it_had(client):
    keys = {"what_if": 1, "pods": ["no-first-clash"], "timelines": 1_000_000}
    job = client.post("/api/v1/ask", json=keys).json()["job"]
    listening = []
    thread = threading.Thread(target=lambda: listening.extend(events_of(client, job)))
    thread.start()
    time.sleep(0.5)
    assert client.delete(f"/api/v1/jobs/{job}").json()["job"] == job
    thread.join(30)
    assert listening[-1] == ("done", {"state": "stopped"})
    assert client.get(f"/api/v1/jobs/{job}").json()["state"] == "stopped"


def test_time__is_up_after_the_seconds_of_the_settings(small):
    with studio_with(most_seconds=0.3) as client:
        keys = {"what_if": 1, "pods": ["no-first-clash"], "timelines": 1_000_000}
        job = client.post("/api/v1/ask", json=keys).json()["job"]
        name, data = events_of(client, job)[-1]
    assert name == "done" and data["state"] == "stopped" and "time" in data["why"]


def test_too_many_questions_of_one_client__are_a_429(small):
    with studio_with(most_jobs=1) as client:
        keys = {"what_if": 1, "timelines": 1_000_000}
        first = client.post("/api/v1/ask", json=keys).json()["job"]
        body = is_mistake(client.post("/api/v1/ask", json={**keys, "seed": 2}), 429)
        assert "stop it" in body["error"]
        client.delete(f"/api/v1/jobs/{first}")
        assert client.post("/api/v1/ask", json={**keys, "seed": 3}).status_code == 202


def test_more_timelines_than_allowed__are_a_422_that_says_how_many_may_be(small):
    with studio_with(most_timelines=500) as client:
        body = is_mistake(client.post("/api/v1/ask", json={"what_if": 1, "timelines": 501}), 422)
        assert body["closest"] == "500" and body["where"] == "question: timelines"


def test_a_job_that_never_was__is_a_404_and_one_that_is_gone_a_409(client):
    is_mistake(client.get("/api/v1/jobs/1-0123456789ab"), 404)
    first = client.post("/api/v1/ask", json={"what_if": 1, **FEW}).json()["job"]
    events_of(client, first)
    for _ in range(MOST_FINISHED + 1):
        last = client.post("/api/v1/ask", json={"what_if": 1, **FEW}).json()["job"]
    is_mistake(client.get(f"/api/v1/jobs/{first}"), 409)
    is_mistake(client.get(f"/api/v1/jobs/{first}/events"), 409)
    is_mistake(client.delete(f"/api/v1/jobs/{first}"), 409)
    assert client.get(f"/api/v1/jobs/{last}").status_code == 200


def test_in_public__only_who_asked_may_stop_a_job(client):
    jobs = Jobs(Settings(public=True))
    begun = threading.Event()

    def work(job: Job):
        begun.set()
        job.stop.wait(10)
        return {}, True

    job = jobs.start("ask", "digest", "1.2.3.4", work)
    begun.wait(5)
    with pytest.raises(Exception, match="only who asked"):
        jobs.stop(job.name, "5.6.7.8")
    assert jobs.stop(job.name, "1.2.3.4").stop.is_set()
    jobs.close()


def test_a_fault_of_ours__says_so_and_nothing_of_the_inside(client, monkeypatch):
    import allohistory.studio.answering as answering

    def broken(asked, job):
        raise RuntimeError("a secret of the inside")

    monkeypatch.setitem(answering.KINDS, "ask", answering.Kind(lambda asked: None, broken))
    job = client.post("/api/v1/ask", json={"what_if": 1}).json()["job"]
    name, data = events_of(client, job)[-1]
    assert name == "error" and data["status"] == 500 and "secret" not in json.dumps(data)
    assert client.get(f"/api/v1/jobs/{job}").json()["state"] == "failed"


def test_a_job_that_nobody_listens_to_any_more__is_stopped(client, monkeypatch):
    monkeypatch.setattr("allohistory.studio.jobs.PATIENCE_SECONDS", 0.1)
    job = Job("1-x", "ask", "", "")
    job.leave(None)
    assert job.stop.wait(5)


def test_a_job_that_somebody_comes_back_to__goes_on(client, monkeypatch):
    monkeypatch.setattr("allohistory.studio.jobs.PATIENCE_SECONDS", 0.1)
    job = Job("1-x", "ask", "", "")
    job.leave(None)
    job.listeners["another"] = None
    assert not job.stop.wait(0.5)


def test_when_the_studio_ends__jobs_stop_and_listeners_are_let_go(small):
    heard = []
    with studio_with() as client:
        job = client.post("/api/v1/ask", json={"what_if": 1, "timelines": 1_000_000}).json()["job"]
        thread = threading.Thread(target=lambda: heard.extend(events_of(client, job)))
        thread.start()
        time.sleep(0.3)
        client.app.state.jobs.close()
        thread.join(20)
        assert not thread.is_alive()
