"""A studio without a socket, over the small scenario; and the same questions at the other doors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from fastapi.testclient import TestClient

from allohistory.cli.main import main
from allohistory.studio.app import create_app
from allohistory.studio.settings import Settings
from smallwar_model import install

HERE = "http://127.0.0.1:8765"


@pytest.fixture
def small(monkeypatch, tmp_path):
    """The small scenario, found wherever a scenario is looked up; nothing is kept outside the test's folder."""
    monkeypatch.setenv("ALLOHISTORY_HOME", str(tmp_path / "home"))
    return install(monkeypatch)


@contextmanager
def studio_with(**settings) -> Iterator[TestClient]:
    """A client of a studio with these settings; what goes wrong inside comes out as an answer, as it would there."""
    app = create_app(Settings(warm=False, **settings))
    with TestClient(app, base_url=HERE, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def client(small):
    """A client of a studio over the small scenario."""
    with studio_with() as found:
        yield found


@pytest.fixture
def command(small, capsys):
    """The JSON that a command prints, without the seconds."""

    def run(*words: str):
        main([words[0], "--scenario", "smallwar", *words[1:], "--json"])
        return timeless(json.loads(capsys.readouterr().out))

    return run


def timeless(answer):
    """An answer without what may differ between two runs."""
    return {name: value for name, value in answer.items() if name != "seconds"}


def events_of(client, job):
    """The events of a job, to its end: pairs of name and data."""
    found = []
    with client.stream("GET", f"/api/v1/jobs/{job}/events") as told:
        assert told.status_code == 200
        assert told.headers["content-type"].startswith("text/event-stream")
        name = ""
        for line in told.iter_lines():
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                found.append((name, json.loads(line.removeprefix("data: "))))
    return found


def answer_to(client, kind, **keys):
    """The whole answer to a question, as its last event has it."""
    begun = client.post(f"/api/v1/{kind}", json={"what_if": 1, **keys})
    assert begun.status_code == 202, begun.text
    found = events_of(client, begun.json()["job"])
    assert found[-1] == ("done", {"state": "done"}), found[-1]
    return [data for name, data in found if name == "answer"][-1]


def is_mistake(answer, status):
    """Is this the one shape of an error?"""
    body = answer.json()
    assert answer.status_code == status, answer.text
    assert set(body) == {"ok", "status", "error", "where", "given", "possible", "closest", "see"}
    assert body["ok"] is False and body["status"] == status and body["error"]
    assert "Traceback" not in answer.text and ".py" not in body["error"]
    return body
