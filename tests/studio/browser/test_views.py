"""Roads, Search, Hinges, Explain and Evidence in a browser: the link restores them, charts lead on, nobody is barred.

What takes minutes is answered out of answers/, which the command line gave (`roads`, `hinges`, `explain` with --json;
of the hinges every sixth week is kept); the search is asked of the studio itself.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ANSWERS = Path(__file__).parent / "answers"
ROADS = "/roads?outcome=serious_war"
HINGES = "/hinges?outcome=serious_war"
EXPLAIN = "/explain?pod=no-embargo&pod=no-german-soviet-pact&outcome=serious_war"
SEARCH = "/search?outcome=serious_war&largest=2&minutes=5&seed=11"
PARTS = ("board", "forecasts", "campaigns", "guesses", "disputed", "sources", "cannot")
SEEN = [ROADS, HINGES, EXPLAIN, *(f"/evidence?part={part}" for part in PARTS)]


def answered(page) -> list[dict]:
    """Answer long questions at once, as the studio would in the end. Returns what was asked, as it comes."""
    asked: list[dict] = []

    def begin(route):
        asked.append(route.request.post_data_json)
        kind = route.request.url.rsplit("/", 1)[1]
        route.fulfill(status=202, json={"job": f"kept-{kind}"})

    def told(route):
        kind = re.search(r"kept-(\w+)/", route.request.url).group(1)
        answer = json.loads((ANSWERS / f"{kind}.json").read_text(encoding="utf-8"))
        body = f"event: answer\ndata: {json.dumps(answer)}\n\nevent: done\ndata: {{}}\n\n"
        route.fulfill(status=200, content_type="text/event-stream", body=body)

    page.route(re.compile(r"/api/v1/(roads|hinges|explain)$"), begin)
    page.route(re.compile(r"/api/v1/jobs/kept-\w+/events$"), told)
    return asked


def settled(page, path: str) -> None:
    page.goto(path, wait_until="networkidle")
    page.get_by_role("button", name="Copy link").or_(page.locator(".prose")).or_(
        page.get_by_role("search")
    ).first.wait_for()


@pytest.mark.parametrize("path", SEEN)
def test_nobody_is_barred(page, path, barred):
    answered(page)
    settled(page, path)
    assert barred(page) == []


@pytest.mark.parametrize("path", SEEN)
def test_nothing_scrolls_sideways_on_a_phone(small_page, pictures, path):
    answered(small_page)
    settled(small_page, path)
    wide, seen = small_page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    name = re.sub(r"[^a-z]+", "-", path.split("&")[0].lower()).strip("-")
    small_page.screenshot(path=pictures / f"phone-{name}.png", full_page=True)
    assert wide <= seen


def test_a_link_restores_the_roads_and_their_question(page, pictures):
    asked = answered(page)
    settled(page, f"{ROADS}&without=america_enters&seed=3")
    names = page.locator("section.road h2").all_inner_texts()
    page.screenshot(path=pictures / "roads.png", full_page=True)
    assert len(names) >= 2
    settled(page, page.url)
    assert page.locator("section.road h2").all_inner_texts() == names
    assert asked[0] == asked[1]
    assert asked[0]["ask"] == ["serious_war"]
    assert (asked[0]["without"], asked[0]["seed"]) == ("america_enters", 3)


def test_every_road_leads_to_a_timeline_on_it(page):
    answered(page)
    settled(page, ROADS)
    answer = json.loads((ANSWERS / "roads.json").read_text(encoding="utf-8"))
    for number, road in enumerate(answer["roads"], start=1):
        link = page.locator(f"#road-{number} a[href^='/timeline/']").first
        assert link.get_attribute("href") == f"/timeline/{road['addresses'][0]}"


def test_a_week_of_the_hinges_leads_to_a_question_from_it(page, pictures):
    answered(page)
    settled(page, HINGES)
    chart = page.get_by_role("slider")
    chart.focus()
    for _ in range(3):
        chart.press("ArrowRight")
    link = page.get_by_role("link", name=re.compile("^Ask from "))
    weeks = json.loads((ANSWERS / "hinges.json").read_text(encoding="utf-8"))["weeks"]
    assert f"from={weeks[3]['date']}" in link.get_attribute("href")
    page.screenshot(path=pictures / "hinges.png", full_page=True)


def test_only_named_weeks_are_listed_each_with_before_and_after(page):
    answered(page)
    settled(page, HINGES)
    named = json.loads((ANSWERS / "hinges.json").read_text(encoding="utf-8"))["hinges"]
    told = page.locator("ol.moves > li").all_inner_texts()
    assert len(told) == len(named)
    assert all(re.search(r"\d %\s*→\s*[\d.]+ %", one) for one in told)


def test_an_explanation_names_its_steps_in_words(page, pictures):
    answered(page)
    settled(page, EXPLAIN)
    text = page.locator("main").inner_text()
    answer = json.loads((ANSWERS / "explain.json").read_text(encoding="utf-8"))
    page.screenshot(path=pictures / "explain.png", full_page=True)
    for step in answer["steps"]:
        assert answer["in_words"][step["id"]] in text
        assert step["id"] not in text


def test_a_search_that_is_stopped_shows_its_sets_in_words_and_leads_on(page, pictures):
    page.goto(SEARCH)
    points = page.locator("svg g.point")
    points.first.wait_for(timeout=120_000)
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("Stopped.").wait_for(timeout=120_000)
    page.locator("p.beware", has_text="stopped before its end").wait_for()
    points.first.press("Enter")
    chosen = points.first.get_attribute("aria-label").split(":")[0]
    assert chosen in page.locator("section.picked h2").inner_text()
    link = page.get_by_role("link", name="Ask this").get_attribute("href")
    assert link.startswith("/?pod=")
    assert "outcome=serious_war" in link
    assert page.locator("section.picked a[href^='/timeline/']").count() > 0
    page.screenshot(path=pictures / "search.png", full_page=True)


def test_a_wrong_outcome_is_met_with_the_nearest_one_to_click(desktop):
    page = desktop.new_page()  # not watched: the browser itself notes the refusal in its console
    page.goto("/hinges?outcome=serious_wra")
    nearest = page.get_by_role("alert").get_by_role("button", name="serious_war", exact=True)
    nearest.wait_for()
    page.route(re.compile(r"/api/v1/hinges$"), lambda route: route.abort())
    nearest.click()
    page.wait_for_url(re.compile("outcome=serious_war$"))


def test_the_board_counts_what_is_missed_as_the_check_does(page, pictures):
    settled(page, "/evidence")
    scores = page.request.get("/api/v1/check").json()["scores"]
    missed = sum(one["met"] is False for one in scores)
    judged = sum(one["met"] is not None for one in scores)
    page.screenshot(path=pictures / "evidence.png", full_page=True)
    assert f"{missed} of {judged}" in page.locator(".headline").inner_text()
    assert page.locator("tr.missed").count() == missed
    text = page.locator("main").inner_text()
    assert all(one["again"] in text for one in scores)


def test_only_what_is_missed_can_be_shown(page):
    settled(page, "/evidence")
    page.get_by_label("only what is missed").check()
    rows = page.locator("main tbody tr")
    assert rows.count() == page.locator("tr.missed").count() > 0


def test_a_number_is_found_by_words_and_shown_with_its_reason(page):
    settled(page, "/evidence?part=sources")
    page.get_by_role("searchbox").fill("named clashes average season")
    page.get_by_role("link", name=re.compile("Named clashes with dead")).first.click()
    page.get_by_text("Because", exact=True).wait_for()
    assert "id=border.incident.per_week" in page.url
    page.reload()
    page.get_by_text("Because", exact=True).wait_for()
    assert "border.incident" in page.locator("article").inner_text()


def test_what_the_model_cannot_tell_is_the_page_of_the_documentation(page):
    settled(page, "/evidence?part=cannot")
    source = (Path(__file__).resolve().parents[3] / "docs" / "limits.md").read_text(encoding="utf-8")
    text = " ".join(page.locator("main").text_content().split())
    headings = re.findall(r"^## (.+)$", source, re.M)
    assert len(headings) > 5
    assert all(one in text for one in headings)
