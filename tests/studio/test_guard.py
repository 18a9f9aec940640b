"""What is turned away: foreign hosts and origins, large requests, paths that lead out, bodies that are none."""

from __future__ import annotations

import json

import pytest

from allohistory.studio import pages
from studio.conftest import is_mistake, studio_with

ASK = "/api/v1/ask"
BODY = {"what_if": 1, "timelines": 1}
JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8765", "localhost", "LOCALHOST:9", "[::1]:8765"])
def test_our_own_names__are_let_in(client, host):
    assert client.get("/api/v1/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "", "[::2]", "[", "192.168.0.1"],
)
def test_a_foreign_host__is_turned_away(client, host):
    is_mistake(client.get("/api/v1/health", headers={"Host": host}), 403)
    is_mistake(client.get("/", headers={"Host": host}), 403)


def test_a_public_studio__goes_by_its_own_name_or_by_any_where_it_listens_everywhere(small):
    with studio_with(public=True, host="history.example.org") as client:
        assert client.get("/api/v1/health", headers={"Host": "history.example.org"}).status_code == 200
        is_mistake(client.get("/api/v1/health", headers={"Host": "other.example.org"}), 403)
    with studio_with(public=True, host="0.0.0.0") as client:
        assert client.get("/api/v1/health", headers={"Host": "192.168.0.7:8765"}).status_code == 200
    with studio_with(host="0.0.0.0") as client:
        is_mistake(client.get("/api/v1/health", headers={"Host": "192.168.0.7:8765"}), 403)


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://127.0.0.1:9999", "http://localhost:8765", "http://[", "file://"],
)
def test_a_page_of_another_origin__may_not_ask_or_stop(client, origin):
    for kind in ("ask", "search", "roads", "hinges", "explain"):
        is_mistake(client.post(f"/api/v1/{kind}", json=BODY, headers={"Origin": origin}), 403)
    is_mistake(client.delete("/api/v1/jobs/1-x", headers={"Origin": origin}), 403)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_request_that_a_browser_calls_foreign__is_turned_away(client, site):
    is_mistake(client.post(ASK, json=BODY, headers={"Sec-Fetch-Site": site}), 403)


def test_our_own_page__may_ask(client):
    headers = {"Origin": "http://127.0.0.1:8765", "Sec-Fetch-Site": "same-origin"}
    assert client.post(ASK, json=BODY, headers=headers).status_code == 202


def test_every_answer__carries_the_headers_of_safety(client):
    for path, status in (("/", 200), ("/api/v1/health", 200), ("/api/v1/none", 404)):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert client.get(path).status_code == status
        assert "default-src 'self'" in policy and "script-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "access-control-allow-origin" not in headers


def test_a_body_that_is_too_large__is_a_413_however_it_is_sent(small):
    with studio_with(most_bytes=1000) as client:
        large = json.dumps({"what_if": 1, "title": "x" * 2000}).encode()

        def in_pieces():
            for start in range(0, len(large), 100):
                yield large[start : start + 100]

        assert is_mistake(client.post(ASK, content=large, headers=JSON), 413)["closest"] == "1000"
        is_mistake(client.post(ASK, content=in_pieces(), headers=JSON), 413)
        assert client.post(ASK, json=BODY).status_code == 202


BAD = {
    "nothing": b"",
    "no JSON": b"what_if = 1",
    "half": b'{"what_if": 1',
    "a list": b"[1]",
    "a word": b'"what_if"',
    "no UTF-8": b'{"what_if": 1, "title": "\xff"}',
    "not a number": b'{"what_if": NaN}',
    "beyond all numbers": b'{"what_if": 1, "precision": 1e999}',
    "half a character": b'{"what_if": 1, "title": "\\ud800"}',
    "a null character": b'{"what_if": 1, "title": "\\u0000"}',
    "a key twice": b'{"what_if": 1, "seed": 1, "seed": 2}',
    "a tower of lists": b"[" * 200_000 + b"]" * 200_000,
    "a deep title": b'{"what_if": 1, "title": ' + b"[" * 80 + b"]" * 80 + b"}",
    "a number of ten thousand digits": b'{"what_if": 1, "seed": ' + b"9" * 10_000 + b"}",
}


@pytest.mark.parametrize("kind", ["ask", "search", "roads", "hinges", "explain"])
@pytest.mark.parametrize("body", BAD.values(), ids=BAD)
def test_a_body_that_is_no_json__is_a_400(client, kind, body):
    is_mistake(client.post(f"/api/v1/{kind}", content=body, headers=JSON), 400)


def test_a_body_of_another_kind__is_a_400(client):
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        body = is_mistake(client.post(ASK, content=json.dumps(BODY), headers={"Content-Type": kind}), 400)
        assert body["closest"] == "application/json"


HOSTILE = [
    {},
    {"what_if": 2},
    {"what_if": True},
    {"what_if": 1, "podz": []},
    {"what_if": 1, "pods": ["no-first-clush"]},
    {"what_if": 1, "pods": [1]},
    {"what_if": 1, "pods": {"a": 1}},
    {"what_if": 1, "pods": [""]},
    {"what_if": 1, "pods": ["no-first-clash", "no-first-clash"]},
    {"what_if": 1, "pods": ["../../etc/passwd"]},
    {"what_if": 1, "do": ["__import__('os').system('id')"]},
    {"what_if": 1, "do": ["(" * 5000]},
    {"what_if": 1, "ask": ["__import__('os')"]},
    {"what_if": 1, "ask": ["(" * 5000 + "war"]},
    {"what_if": 1, "ask": ["not " * 5000 + "war"]},
    {"what_if": 1, "ask": ["war and " * 3000 + "war"]},
    {"what_if": 1, "ask": ["(" * 400 + "war" + ")" * 400]},
    {"what_if": 1, "title": "x" * 20_000},
    {"what_if": 1, "do": ["x"] * 2000},
    {"what_if": 1, "ask": ["war before 99999-99-99"]},
    {"what_if": 1, "ask": ["{war.__class__}"]},
    {"what_if": 1, "given": "war or"},
    {"what_if": 1, "without": ""},
    {"what_if": 1, "from": "yesterday"},
    {"what_if": 1, "from": "1066-10-14"},
    {"what_if": 1, "luck": "good"},
    {"what_if": 1, "luck": ["fresh"]},
    {"what_if": 1, "coupling": {}},
    {"what_if": 1, "timelines": 0},
    {"what_if": 1, "timelines": -5},
    {"what_if": 1, "timelines": 2.5},
    {"what_if": 1, "timelines": 10**30},
    {"what_if": 1, "timelines": True},
    {"what_if": 1, "precision": 0.0},
    {"what_if": 1, "precision": "narrow"},
    {"what_if": 1, "draws": 10**12},
    {"what_if": 1, "seed": -1},
    {"what_if": 1, "seed": 2**40},
    {"what_if": 1, "scenario": "another-war"},
    {"what_if": 1, "priors": {"nothing": {"mean": 1}}},
    {"what_if": 1, "priors": []},
    {"what_if": 1, "variants": {"nothing": "x"}},
    {"what_if": 1, "outcome": [{"id": "war", "title": "t", "is": "war"}]},
    {"what_if": 1, "outcome": [{"id": "mine", "title": "t", "is": "mine"}]},
    {"what_if": 1, "claim": [{"id": "a-b", "says": "x"}]},
    {"what_if": 1, "file": "/etc/passwd"},
    {"what_if": 1, "out": "run"},
    {"what_if": 1, "workers": 64},
]


@pytest.mark.parametrize("body", HOSTILE, ids=lambda body: json.dumps(body)[:60])
def test_a_question_that_cannot_be__is_a_422_before_anything_is_run(client, body):
    said = is_mistake(client.post(ASK, json=body), 422)
    assert said["where"].startswith(("question", "--"))


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("search", {"ask": []}),
        ("search", {"ask": ["war", "peace"]}),
        ("search", {"ask": ["clashes"]}),
        ("search", {"ask": ["war"], "largest": 9}),
        ("search", {"ask": ["war"], "minutes": -1}),
        ("search", {"ask": ["war"], "minutes": 0}),
        ("search", {"ask": ["war"], "among": ["nothing"]}),
        ("search", {"ask": ["war"], "judged": "yes"}),
        ("search", {"ask": ["war"], "pods": ["no-first-clash"]}),
        ("roads", {"ask": ["clashes"]}),
        ("roads", {"ask": ["war"], "by": ["nothing"]}),
        ("hinges", {"ask": ["war_road"]}),
        ("hinges", {"ask": ["war"], "timelines": 20}),
        ("hinges", {"ask": ["war"], "draws": 4000}),
        ("hinges", {"ask": ["war"], "do": ["x"]}),
        ("explain", {"ask": ["war"]}),
        ("explain", {"ask": ["war"], "pods": ["no-first-clash"], "at": ["1066-10-14"]}),
        ("explain", {"ask": ["war"], "pods": ["no-first-clash"], "at": ["soon"]}),
    ],
)
def test_a_question_of_another_kind_that_cannot_be__is_a_422_before_anything_is_run(client, kind, body):
    is_mistake(client.post(f"/api/v1/{kind}", json={"what_if": 1, **body}), 422)


def test_an_unknown_key__names_the_nearest(client):
    assert is_mistake(client.post(ASK, json={"what_if": 1, "podz": ["x"]}), 422)["closest"] == "pods"
    found = is_mistake(client.post(ASK, json={"what_if": 1, "pods": ["no-frst-clash"]}), 422)
    assert found["closest"] == "no-first-clash" and found["where"] == "question: pods"


# ---------------------------------------------------------------- the page


@pytest.fixture
def built(tmp_path, monkeypatch):
    """A page of a few files, and a secret beside it."""
    folder = tmp_path / "built"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(
        "<!doctype html><title>Allohistory</title>" + " " * 2000, encoding="utf-8"
    )
    (folder / "assets" / "main-abc.js").write_text("1", encoding="utf-8")
    (folder / ".made_of").write_text("hidden mark", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "secret.txt").write_text("hidden words", encoding="utf-8")
    monkeypatch.setattr(pages, "BUILT", folder)
    return folder


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "/assets/%2e%2e/%2e%2e/secret.txt",
        "//secret.txt",
        "/%00",
        "/" + "a" * 5000,
        "/.made_of",
        "/link.txt",
        "/%ff%fe",
        "/..\\secret.txt",
        "/etc/passwd",
    ],
)
def test_no_path__leads_out_of_the_page(small, built, path):
    with studio_with() as client:
        answer = client.get(path)
        assert answer.status_code in (200, 404)
        assert (
            "hidden words" not in answer.text
            and "hidden mark" not in answer.text
            and "root:" not in answer.text
        )


def test_every_view__is_the_one_page_and_assets_are_kept_for_ever(small, built):
    with studio_with() as client:
        for path in ("/", "/roads", "/timeline/ah1-abc", "/index.html"):
            answer = client.get(path)
            assert answer.text.startswith("<!doctype html>") and answer.headers["cache-control"] == "no-cache"
        asset = client.get("/assets/main-abc.js")
        assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert asset.headers["content-type"].startswith("text/javascript")
        is_mistake(client.get("/assets/main-old.js"), 404)


def test_without_the_built_page__it_says_what_builds_it(small, tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "BUILT", tmp_path)
    with studio_with() as client:
        answer = client.get("/")
        assert answer.status_code == 200 and "make studio" in answer.text
