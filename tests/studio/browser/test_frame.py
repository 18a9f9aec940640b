"""The page is there, whole, small enough, and asks for nothing from elsewhere."""

from __future__ import annotations

import pytest

VIEWS = ("/", "/roads", "/search", "/hinges", "/explain", "/claims", "/evidence", "/play")
MOST_BYTES = 500_000


def test_the_first_page_weighs_less_than_half_a_megabyte(page):
    sizes = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto("/", wait_until="networkidle")
    assert page.title().startswith("Allohistory")
    assert 0 < sum(sizes) < MOST_BYTES


@pytest.mark.parametrize("path", VIEWS)
def test_each_view_opens_from_its_link_without_a_mistake_in_the_console(page, path):
    page.goto(path, wait_until="networkidle")
    assert page.locator("#studio").inner_text().strip() != ""
