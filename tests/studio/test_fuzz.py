"""Questions that nobody thought of, made from the interface's own description: none gives a 5xx.

Some 45 seconds by default; ALLOHISTORY_FUZZ_SECONDS says how many. Questions are looked through but not run here, so
that as many as can be are asked; a share of what comes is kept valid by ids and dates of the scenario.
"""

from __future__ import annotations

import os
import time

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

import allohistory.studio.answering as answering
from studio.conftest import HERE, studio_with

SECONDS = float(os.environ.get("ALLOHISTORY_FUZZ_SECONDS") or 45)
HANDFUL = 20
WORDS = (
    "war", "peace", "clashes", "clashes>0", "war_road", "first_clash", "no-first-clash",
    "struck-in-1932", "calm-temper", "no-first-clash@1931-03-02", "war before 1932", "not war", "1931-01-05", "1932",
    "1931-06..1932-02", "=never", "fires", "a", "", " ", "(",
    ")", "war and", "@", "[", "=", "*=2", "..",
    "%s", "{0}", "\u202e", "😀", "' OR 1=1 --", "../..",
)  # fmt: skip


SETTINGS = settings(
    max_examples=HANDFUL,
    deadline=None,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


def not_run(asked, job):
    """In place of the work: an empty answer."""
    return {}, False


@pytest.fixture
def looked_at_only(monkeypatch):
    """Questions are read and looked through, and answered with nothing."""
    for name, kind in list(answering.KINDS.items()):
        monkeypatch.setitem(answering.KINDS, name, answering.Kind(kind.look, not_run))


def operations(schema):
    return [found.ok() for found in schema.get_all_operations()]


def fuzz(strategy, ask, seconds):
    """Ask a handful after the other until the time is up; says how often was asked."""
    ends, count, handful = time.monotonic() + seconds, 0, 0

    def each(case):
        nonlocal count
        count += 1
        ask(case)

    while handful == 0 or time.monotonic() < ends:
        asking = seed(handful)(SETTINGS(given(strategy)(each)))
        asking()
        handful += 1
    return count


def test_no_request_of_the_described_interface__gives_a_5xx(small, looked_at_only):
    with studio_with(most_jobs=10_000_000) as client:
        described = client.get("/api/v1/openapi.json").json()
        schema = schemathesis.openapi.from_dict(described)
        schema.config.base_url = HERE
        ways = operations(schema)
        assert len(ways) >= 25

        def ask(case):
            sent = case.as_transport_kwargs(base_url=HERE)
            sent = {
                name: sent[name]
                for name in ("method", "url", "params", "headers", "json", "data")
                if name in sent
            }
            content = sent.pop("data", None)
            if isinstance(content, str | bytes):
                sent["content"] = content
            if sent["url"].endswith("/events"):
                return
            answer = client.request(**sent)
            assert answer.status_code < 500, (sent, answer.text)
            if answer.status_code >= 400:
                assert answer.json()["ok"] is False, (sent, answer.text)

        counts = [fuzz(way.as_strategy(), ask, 0.7 * SECONDS / len(ways)) for way in ways]
        assert min(counts) >= 1 and sum(counts) >= 10 * HANDFUL  # a way without parameters has one request


def bodies(keys):
    """Questions with keys of a what-if, their values good, half good and bad."""
    words = (
        st.sampled_from(WORDS)
        | st.builds("{}{}{}".format, *[st.sampled_from(WORDS)] * 3)
        | st.text(max_size=20)
    )
    plain = (
        words | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.booleans() | st.none()
    )
    value = st.recursive(
        plain, lambda held: st.lists(held, max_size=4) | st.dictionaries(words, held, max_size=3)
    )
    held = st.dictionaries(st.sampled_from(keys), value | words | st.lists(words, max_size=3), max_size=6)
    return st.builds(lambda found: {"what_if": 1, "ask": ["war"], **found}, held)


@pytest.mark.parametrize("kind", ["ask", "search", "roads", "hinges", "explain"])
def test_no_question__gives_a_5xx(small, looked_at_only, kind):
    from allohistory.studio.reading import FORMS

    form = FORMS[kind]
    with studio_with(most_jobs=10_000_000) as client:

        def ask(body):
            answer = client.post(f"/api/v1/{kind}", json=body)
            assert answer.status_code in (202, 400, 422, 503), (body, answer.text)
            if answer.status_code != 202:
                assert answer.json()["ok"] is False

        assert fuzz(bodies([*form.keys, *form.options]), ask, 0.3 * SECONDS / 5) >= HANDFUL
