"""Every view, wide and narrow, light and dark: it fits its width, breaks nothing, and leaves a picture to look at."""

from __future__ import annotations

import pytest

import studio_pictures


@pytest.fixture(scope="module")
def timeline(studio):
    """The address of a timeline with a war in it."""
    import httpx

    body = {"what_if": 1, "pods": [studio_pictures.TIMELINE_POD], "timelines": 20}
    with httpx.Client(base_url=studio, timeout=120) as client:
        job = client.post("/api/v1/ask", json=body).json()["job"]
        with client.stream("GET", f"/api/v1/jobs/{job}/events") as told:
            assert any(line == "event: done" for line in told.iter_lines())
        return client.get(f"/api/v1/jobs/{job}").json()["answer"]["address_example"][0]


@pytest.mark.parametrize("scheme", studio_pictures.SCHEMES)
@pytest.mark.parametrize("size", studio_pictures.SIZES)
def test_each_view_fits_its_width_and_says_of_no_mistake(chromium, studio, timeline, pictures, size, scheme):
    page = studio_pictures.page_of(chromium, size, scheme)
    broken = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", lambda said: said.type == "error" and broken.append(said.text))
    wide = studio_pictures.SIZES[size][0]
    too_wide = {}
    for shot in studio_pictures.SHOTS:
        studio_pictures.show(page, studio, shot, timeline)
        page.screenshot(path=pictures / f"{shot.name}-{size}-{scheme}.png", full_page=True)
        across = page.evaluate("document.documentElement.scrollWidth")
        if across > wide:
            too_wide[shot.name] = across
    page.context.close()
    assert too_wide == {}
    assert broken == []
