"""The page of all that was measured: every row of the board is on it, and nothing in it is fetched from elsewhere."""

from __future__ import annotations

import html
import re

import pytest

import figures
import report
from allohistory.evidence.scoreboard import read_board
from allohistory.timeline.model import load

OUTSIDE = re.compile(
    r"https?:|//[a-z]|<script|<link|<img|<iframe|@import|url\((?!#)|\bsrc=|xlink", re.IGNORECASE
)


@pytest.fixture(scope="module")
def page() -> str:
    return report.page(load(report.SCENARIO))


def test_report__has_every_row_of_the_board_with_its_command(page):
    rows = read_board(load(report.SCENARIO))
    assert rows
    for row in rows:
        assert html.escape(row.name, quote=False) in page
        assert html.escape(row.again, quote=False) in page


def test_report__says_of_each_bar_whether_it_is_met(page):
    rows = read_board(load(report.SCENARIO))
    assert page.count("class=met") == sum(row.met is True for row in rows)
    assert page.count("class=missed") == sum(row.met is False for row in rows)


def test_report__refers_to_nothing_outside_itself(page):
    assert OUTSIDE.search(page) is None
    for anchor in re.findall(r'href="([^"]*)"', page):
        assert anchor.startswith("#")
        assert f'id="{anchor[1:]}"' in page
    names = re.findall(r'\bid="([^"]*)"', page)
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "planted",
    [
        '<img alt="x">',
        '<link rel="stylesheet">',
        "@import 'a.css'",
        "body{background:url(a.png)}",
        "<script>",
    ],
)
def test_report__the_test_above_can_fail(page, planted):
    assert OUTSIDE.search(page.replace("</main>", f"{planted}</main>"))


def test_report__has_its_figures(page):
    assert page.count("<figure>") >= 10
    assert page.count("<svg") >= page.count("<figure>")
    for anchor in (
        "board",
        "forecasts",
        "parts",
        "predictive",
        "learnt",
        "chains",
        "ranks",
        "sensitivity",
        "campaigns",
    ):
        assert f'<section id="{anchor}">' in page


def test_figures__a_bar_for_each_row_and_words_as_they_are():
    rows = [report.bar(f"rule <{number}>", number / 10, (0.0, 0.5), figures.BLUE) for number in range(3)]
    drawn = figures.svg(figures.bars(rows, "nats"))
    assert all(f"rule &lt;{number}&gt;" in drawn for number in range(3))
    assert "xmlns" not in drawn
