"""Campaigns: what the files hold, and what is refused."""

from pathlib import Path

import pytest

from allohistory.book.campaigns import campaigns_of
from allohistory.book.left_out import left_out_of
from allohistory.book.open import open_book
from allohistory.errors import AllohistoryError

SCENARIO = Path(__file__).resolve().parents[2] / "src" / "allohistory" / "scenarios" / "soviet_japanese_war"

WHOLE = """
[[campaign]]
id = "khasan"
title = "Khasan"
from = 1938-07-29
until = 1938-08-11
opener = "japanese"
surprise = 1
what = "A battle for a hill"

[[front]]
id = "posyet-gap"
km = 0
because = "The crest is the frontier"

[[army]]
id = "posyet-gap-soviet"
men = 8
guns = 60
tanks = 40
worth = 0.8
works = 0.3
days = 30
because = "A third of a corps"
source = "Goldman 2012"
grade = "C"

[[air]]
soviet = 250
japanese = 1
because = "By order"

[[trucks]]
soviet = 1
japanese = 1
because = "One road"

[[order]]
army = "posyet-gap-soviet"
weeks = [1, 2]
order = "attack"

[[figure]]
id = "khasan.losses"
what = "Soviet losses"
quantity = "losses"
armies = ["posyet-gap-soviet"]
at = 1938-08-11
value = 3.5
low = 3.2
high = 3.7
used_in_fit = "nothing"
source = "Krivosheev"
grade = "A"

[[figure]]
id = "khasan.hunchun"
what = "Hunchun is reached"
quantity = "day"
front = "posyet-gap"
side = "soviet"
place = "hunchun"
km = 30
value = 1938-08-01
used_in_fit = "prior: pace"
source = "Nobody"
grade = "C"
"""


@pytest.fixture(scope="module")
def book():
    return open_book(SCENARIO)


def read(book, folder, text):
    (folder / "book" / "campaigns").mkdir(parents=True, exist_ok=True)
    (folder / "book" / "campaigns" / "one.toml").write_text(text, encoding="utf-8")
    return campaigns_of(book, folder)


def test_campaigns__the_list_is_whole(book):
    campaigns = campaigns_of(book, SCENARIO)
    figures = [one for campaign in campaigns for one in campaign.figures]
    assert len(campaigns) == 10
    assert len(figures) >= 45
    assert len({one.id for one in figures}) == len(figures)
    assert all(one.low <= one.value <= one.high for one in figures)
    assert [one.first for one in campaigns] == sorted(one.first for one in campaigns)


def test_campaigns__dates_become_days_from_the_first_morning(book, tmp_path):
    (campaign,) = read(book, tmp_path, WHOLE)
    losses, hunchun = campaign.figures
    assert (campaign.days, campaign.weeks) == (14, 2)
    assert losses.at == 14.0  # the evening of the last day
    assert hunchun.value == 3.5  # noon of the fourth day
    assert (hunchun.low, hunchun.high) == (3.5, 3.5)
    assert hunchun.used
    assert not losses.used
    assert campaign.order("posyet-gap-soviet", 2) == "attack"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('title = "Khasan"', 'titel = "Khasan"', "titel"),
        ('front = "posyet-gap"', 'front = "possyet"', '"possyet" is not a front'),
        ("value = 3.5\n", "value = 9.5\n", "outside its own range"),
        ("value = 1938-08-01", "value = 4", "expected a date"),
        ("weeks = [1, 2]", "weeks = [1, 1]", "exactly one order in week 2"),
        ("weeks = [1, 2]", "weeks = [1, 3]", "does not have"),
        ("at = 1938-08-11", "at = 1938-09-11", "outside the campaign"),
        ('place = "hunchun"\nkm = 30', "", '"place" or "km"'),
        ("at = 1938-08-11\n", "", 'needs the key "at"'),
        ('used_in_fit = "nothing"\n', "", "used_in_fit"),
        (
            "[[order]]",
            '[[works]]\narmy = "halha-soviet"\nweeks = [1, 1]\nworks = 1\nbecause = "x"\n\n[[order]]',
            "arrival",
        ),
        ('order = "attack"', 'order = "charge"', "withdraw, hold, attack"),
    ],
)
def test_campaigns__a_mistake_is_named(book, tmp_path, old, new, says):
    assert old in WHOLE
    with pytest.raises(AllohistoryError, match=says) as caught:
        read(book, tmp_path, WHOLE.replace(old, new, 1))
    assert "one.toml" in caught.value.where


def test_campaigns__a_scenario_without_them_says_so(book, tmp_path):
    with pytest.raises(AllohistoryError, match="no book/campaigns"):
        campaigns_of(book, tmp_path)


def keep_fit(folder, text):
    (folder / "book" / "campaigns" / "left_out").mkdir(parents=True, exist_ok=True)
    (folder / "book" / "campaigns" / "left_out" / "khasan.toml").write_text(text, encoding="utf-8")


def test_left_out__parameters_of_a_fit_without_a_campaign(book, tmp_path):
    assert left_out_of(book, tmp_path, "khasan") is None
    id = next(iter(book.parameters))
    keep_fit(tmp_path, f'[[parameter]]\nid = "{id}"\nmean = 1\nsd = 0.5\n')
    assert left_out_of(book, tmp_path, "khasan") == {id: (1.0, 0.5)}
    keep_fit(tmp_path, '[[parameter]]\nid = "no.such.one"\nmean = 1\nsd = 0.5\n')
    with pytest.raises(AllohistoryError, match=r"no\.such\.one"):
        left_out_of(book, tmp_path, "khasan")


def test_left_out__every_campaign_that_a_fit_has_seen_has_one(book):
    for campaign in campaigns_of(book, SCENARIO):
        seen = any(one.fitted for one in campaign.figures)
        assert (left_out_of(book, SCENARIO, campaign.id) is not None) == seen, campaign.id
