"""One timeline over HTTP: the same as from the command line, in every form, and mistakes in the one shape."""

from __future__ import annotations

import io
import json
import threading
import zipfile
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from allohistory.questions.timelines import timeline_at
from allohistory.studio.app import create_app
from allohistory.studio.kept import Lately
from allohistory.timeline.model import load
from allohistory.timeline.named import Named, address_of

ROOT = Path(__file__).resolve().parents[2]
SHAPE = {"ok", "status", "error", "where", "given", "possible", "closest", "see"}


@pytest.fixture(scope="module")
def client():
    return TestClient(create_app(), base_url="http://127.0.0.1:8765")


@pytest.fixture(scope="module")
def address():
    return address_of(load(), Named(pods=("soviet-war-of-choice-1939",), seed=7, timeline=1))


@pytest.fixture(scope="module")
def get(client, address):
    def got(path="", **query):
        answer = client.get(f"/api/v1/timelines/{address}{path}", params=query)
        assert answer.status_code == 200, answer.text
        return answer

    return got


def test_a_timeline_is_what_the_command_line_tells(get, address, capsys):
    from allohistory.cli.main import main

    main(["tell", address, "--json"])
    theirs, mine = json.loads(capsys.readouterr().out), get().json()
    apart = {"seconds", "question"}  # the question is what was asked: options there, keys here
    assert {key: value for key, value in mine.items() if key not in apart} == {
        key: value for key, value in theirs.items() if key not in apart
    }


def test_a_fork_is_what_the_command_line_forks(client, address, capsys):
    from allohistory.cli.main import main

    main(["fork", address, "--from", "1939-10-02", "--luck", "fresh", "--json"])
    theirs = json.loads(capsys.readouterr().out)
    body = {"from": "1939-10-02", "luck": "fresh"}
    mine = client.post(f"/api/v1/timelines/{address}/fork", json=body).json()
    for key in ("address", "identical_before", "first_difference", "outcomes", "again"):
        assert mine[key] == theirs[key]
    assert client.get(f"/api/v1/timelines/{mine['address']}/map/frames").status_code == 200


@pytest.mark.parametrize("length", ["post", "essay", "annals"])
def test_the_chronicle_has_three_lengths(get, length):
    found = get("/chronicle", length=length).json()
    assert found["length"] == length
    assert sum(len(chapter["entries"]) for chapter in found["chapters"]) > 3
    told = [
        one["text"]
        for chapter in found["chapters"]
        for entry in chapter["entries"]
        for one in entry["sentences"]
    ]
    assert [one["text"] for one in found["sentences"]] == told  # the page finds their grounds by their order


def test_the_chronicle_as_posts_one_at_a_time_makes_the_whole(get):
    whole = get("/chronicle", **{"as": "bbcode"})
    number = int(whole.headers["posts"])
    each = [get("/chronicle", **{"as": "bbcode", "post": str(one)}).text for one in range(1, number + 1)]
    assert number > 1 and "\n\n".join(each) == whole.text
    assert all(len(one) <= 10_000 for one in each)


def test_series_have_a_value_a_week_and_our_history_beside(get):
    found = get("/series", group="soviet-union").json()
    divisions = found["series"]["ussr.divisions_east"]
    assert len(divisions["values"]) == len(divisions["ours"]) == found["weeks"] == 1043
    assert divisions["values"][:440] == divisions["ours"][:440] != divisions["values"]
    assert {one["group"] for one in found["series"].values()} == {"soviet-union"}


def test_frames_name_our_history_which_departs_nowhere(get, client):
    ours = get("/map/frames").json()["ours"]
    assert timeline_at(ours).faded is None
    theirs = client.get(f"/api/v1/timelines/{ours}/map/frames").json()
    assert theirs["ours"] is None and theirs["departs"] is None


def test_a_map_is_the_sheet(get, address):
    answer = get("/map", date="1939-10-08")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.text == timeline_at(address).map("1939-10-08").svg


def test_the_base_is_there_without_a_timeline(client):
    found = client.get("/api/v1/map/base").json()
    assert len(found["places"]) > 90 and found["weeks"] == 1043
    assert found["views"][0]["id"] == "whole"


FORMS = {
    "markdown": ("application/zip", ".zip"),
    "html": ("text/html", ".html"),
    "json": ("application/json", ".json"),
    "geojson": ("application/geo+json", ".geojson"),
    "csv": ("application/zip", ".zip"),
    "pdf": ("application/pdf", ".pdf"),
}


@pytest.mark.parametrize("form", FORMS)
def test_what_is_carried_away_says_what_it_is(get, address, form):
    answer = get("/export", **{"as": form, "length": "post"})
    kind, ending = FORMS[form]
    assert answer.headers["content-type"].startswith(kind)
    assert answer.headers["content-disposition"] == f'attachment; filename="{address}-{form}{ending}"'
    if ending == ".zip":
        names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
        assert len(names) > 1


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("nonsense", 404),
        ("ah1-sjw-0ex4000001r0000gcga58-aaaa/chronicle", 404),
        ("{}/map?date=1999-01-01", 422),
        ("{}/map?date=yesterday", 422),
        ("{}/map", 422),
        ("{}/series?group=moon", 422),
        ("{}/chronicle?as=stone", 422),
        ("{}/chronicle?length=novel", 422),
        ("{}/export?as=exe", 422),
        ("{}/export", 422),
        ("{}/decisions?from=1999-01-01", 422),
        ("x" * 3000, 422),
    ],
)
def test_a_mistake_has_the_one_shape(client, address, path, status):
    answer = client.get(f"/api/v1/timelines/{path.format(address)}")
    assert answer.status_code == status, answer.text
    assert set(answer.json()) == SHAPE and answer.json()["status"] == status


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"from": "1999-01-01"},
        {"from": "1939-10-02", "do": ["nonsense"]},
        {"from": "1939-10-02", "pods": ["no-such-thing"]},
        {"from": "1939-10-02", "pods": ["no-clash-at-marco-polo"]},
        {"from": "1939-10-02", "luck": "good"},
        {"from": "1939-10-02", "surprise": 1},
        {"from": "1939-10-02", "do": ["x"] * 1000},
        [],
    ],
)
def test_a_fork_that_cannot_be_is_refused_in_the_one_shape(client, address, body):
    answer = client.post(f"/api/v1/timelines/{address}/fork", json=body)
    assert answer.status_code in (400, 422), answer.text
    assert set(answer.json()) == SHAPE


def test_every_offered_decision_can_be_taken(client, get, address):
    offered = get("/decisions", **{"from": "1939-10-02"}).json()["items"]
    assert len(offered) > 10
    assert [one["date"] for one in offered] == sorted(one["date"] for one in offered)
    for one in offered[:: len(offered) // 6]:
        change = one["instead"][-1]["change"]
        body = {"from": "1939-10-02", "do": [change]}
        answer = client.post(f"/api/v1/timelines/{address}/fork", json=body)
        assert answer.status_code == 200, (change, answer.text)


def test_the_examples_are_timelines_of_the_gallery(client):
    items = client.get("/api/v1/timelines").json()["items"]
    gallery = "".join(page.read_text("utf-8") for page in (ROOT / "docs" / "gallery").glob("*.md"))
    assert len(items) > 4
    for one in items:
        assert f"`{one['address']}`" in gallery, one["title"]


def test_something_is_made_once_however_many_ask(monkeypatch):
    held, made, begun = Lately(2), [], threading.Barrier(5)

    def make():
        made.append(1)
        return len(made)

    def ask(found):
        begun.wait()
        found.append(held.get("one", make))

    found: list[int] = []
    threads = [threading.Thread(target=ask, args=(found,)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1] * 5
    for key in ("two", "three", "four"):
        held.get(key, make)
    assert len(held) == 2
