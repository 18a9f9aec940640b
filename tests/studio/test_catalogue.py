"""The lists over HTTP are those of the command line, and are not sent twice to who has them."""

from __future__ import annotations

import pytest

from studio.conftest import is_mistake, timeless

LISTS = ("pods", "record", "outcomes", "claims")


def pod_of(small):
    return next(iter(small.book.pods))


@pytest.mark.parametrize("name", LISTS)
def test_a_list__is_the_one_that_the_command_prints(client, command, name):
    assert timeless(client.get(f"/api/v1/{name}").json()) == command(name)


def test_one_thing__is_the_one_that_the_command_prints(client, command, small):
    entry = next(iter(small.book.entries))
    for name, id in (("pods", pod_of(small)), ("outcomes", "war"), ("record", entry), ("sources", "war")):
        assert timeless(client.get(f"/api/v1/{name}/{id}").json()) == command(name, id)


def test_parameters_and_rules__have_what_sources_say_of_each(client, command, small):
    for name, table in (("parameters", small.book.parameters), ("rules", small.rules)):
        items = client.get(f"/api/v1/{name}").json()["items"]
        assert [item["id"] for item in items] == list(table)
        source = command("sources", items[0]["id"])
        assert all(source[key] == value for key, value in items[0].items())


def test_health_and_scenario__say_which_model_answers(client, small):
    assert client.get("/api/v1/health").json() == {
        "ok": True,
        "scenario": small.name,
        "model": small.digest[:16],
    }
    held = client.get("/api/v1/scenario").json()
    assert held["weeks"] == small.book.calendar.last_week + 1
    assert {one["id"] for one in held["variables"]} == set(small.book.variables)


def test_a_list__is_not_sent_again_to_who_has_it(client):
    first = client.get("/api/v1/outcomes")
    again = client.get("/api/v1/outcomes", headers={"If-None-Match": first.headers["etag"]})
    other = client.get("/api/v1/outcomes", headers={"If-None-Match": '"another"'})
    assert (first.status_code, again.status_code, other.status_code) == (200, 304, 200)
    assert again.content == b"" and other.content == first.content


def test_a_list__is_packed_for_who_can_unpack(client):
    plain = client.get("/api/v1/outcomes", headers={"Accept-Encoding": "identity"})
    packed = client.get("/api/v1/outcomes", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers and packed.headers["content-encoding"] == "gzip"
    assert packed.json() == plain.json()


@pytest.mark.parametrize("name", ["pods", "record", "outcomes", "parameters", "rules", "claims", "sources"])
def test_an_unknown_id__is_a_404_in_the_one_shape(client, name):
    body = is_mistake(client.get(f"/api/v1/{name}/no-such-thing"), 404)
    assert "no-such-thing" in body["error"]


def test_an_unknown_id__names_the_nearest(client, small):
    assert is_mistake(client.get(f"/api/v1/pods/{pod_of(small)}x"), 404)["closest"] == pod_of(small)


def test_an_unknown_path_or_method__is_a_mistake_in_the_one_shape(client):
    is_mistake(client.get("/api/v1/nothing"), 404)
    is_mistake(client.get("/api"), 404)
    is_mistake(client.put("/api/v1/pods"), 405)
