"""Play in the browser: choose a chair, decide, reload the link, leave it to the advisers, read the end."""

from __future__ import annotations

from contextlib import contextmanager

import pytest


@contextmanager
def turned(page):
    """Wait until the next sheet is there."""
    before = page.url
    yield
    page.wait_for_function("before => location.href !== before", arg=before)


def test_a_game_from_the_chair_to_the_closed_file(page, pictures):
    page.goto("/play")
    page.get_by_role("link", name="Moscow").wait_for()
    page.get_by_label("Take over on another day").fill("1938-07-01")
    page.screenshot(path=str(pictures / "play-cast.png"), full_page=True)
    page.get_by_role("link", name="Moscow").click()
    page.get_by_role("heading", name="What does Moscow order?").wait_for()
    assert "/play/ah1" in page.url and "as=moscow" in page.url
    assert page.get_by_text("Our history chose this").count() == 0
    page.get_by_label("Show what happened").check()
    assert page.get_by_text("Our history chose this").count() == 1
    page.screenshot(path=str(pictures / "play-sheet.png"), full_page=True)
    with turned(page):
        page.get_by_role("button", name="A counter-stroke, up to the line").click()
    page.get_by_text("29 July 1938:").wait_for()
    sheet = page.locator("article").inner_text()
    page.reload()
    page.locator("article").wait_for()
    assert page.locator("article").inner_text() == sheet
    with turned(page):
        page.get_by_role("button", name="To the end").click()
    page.get_by_role("heading", name="The file is closed").wait_for()
    assert (
        page.get_by_role("link", name="Read your history").get_attribute("href").startswith("/timeline/ah1")
    )
    page.screenshot(path=str(pictures / "play-end.png"), full_page=True)
    page.go_back()
    page.locator("article").wait_for()
    assert page.locator("article").inner_text() == sheet


@pytest.mark.parametrize("path", ["/play", "/play?as=tokyo&from=1939-06-20"])
def test_it_fits_a_phone_and_axe_finds_nothing_serious(small_page, path, pictures, barred):
    small_page.goto(path)
    small_page.locator(".cast li, article").first.wait_for()
    assert small_page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    name = "play-sheet-phone" if "as=" in path else "play-cast-phone"
    small_page.screenshot(path=str(pictures / f"{name}.png"), full_page=True)
    assert barred(small_page) == []
