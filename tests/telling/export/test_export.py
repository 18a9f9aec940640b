"""A history carried away: what is in it is in every format, and every format can be read back."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest

from allohistory.errors import AllohistoryError
from allohistory.questions.timelines import timeline_at
from allohistory.telling.export.bbcode import posts
from allohistory.telling.export.deliver import deliver, made
from allohistory.telling.export.geojson import fronts
from allohistory.telling.export.markdown import escaped, markdown
from allohistory.telling.export.page import html
from allohistory.telling.export.print_out import pdf, quoted
from allohistory.telling.export.tables import tables
from allohistory.telling.history.basis import grounds
from allohistory.telling.history.sentence import Chapter, Entry, History, Sentence
from allohistory.telling.history.write import history
from allohistory.timeline.model import load
from allohistory.timeline.named import Named, address_of
from forum import read


@pytest.fixture(scope="module")
def timeline():
    model = load()
    return timeline_at(address_of(model, Named(pods=("soviet-war-of-choice-1939",), seed=7, timeline=1)))


@pytest.fixture(scope="module")
def told(timeline):
    return history(timeline)


def picture(number, date):
    return SimpleNamespace(
        number=number,
        name=f"{number}-{date}",
        caption="The war opens",
        instead="Map of the Far East",
        svg='<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>',
        date=SimpleNamespace(isoformat=lambda: date),
    )


PICTURES = [picture(1, "1939-08-13"), picture(2, "1950-12-31")]


def history_of(*texts):
    entries = tuple(Entry("1939-08-13", (Sentence(0, text, ours=("[x] & <y>",)),)) for text in texts)
    return History(
        "ah1",
        "t",
        ("What if [a] < b?",),
        "",
        None,
        (Chapter("War", entries),),
        (("A", "b."),),
        "1950-12-31",
        "essay",
    )


def test_bbcode__is_read_back_by_a_reader_of_its_own(told):
    for limit in (2_000, 10_000):
        found = posts(told, PICTURES, limit)
        assert max(map(len, found)) <= limit
        read_back = [read(text) for text in found]
        seen = "\n".join(one.text() for one in read_back)
        for sentence in told.sentences:
            assert sentence.text in seen
        assert sum(len(one.all("HEADING")) for one in read_back) >= len(told.chapters) + 2
        assert "Map 1 here (1-1939-08-13.png)" in seen
    assert len(posts(told, PICTURES, 2_000)) > len(posts(told, PICTURES, 10_000))


def test_bbcode__brackets_open_no_tags():
    (post,) = posts(history_of("He said [B]no[/B] in [1939]."))
    assert "(B)no(/B) in (1939)" in read(post).text()


def test_the_reader_of_bbcode__finds_what_a_forum_would_not_take():
    for wrong in (
        "[B]x",
        "[B][I]x[/B][/I]",
        "[BLINK]x[/BLINK]",
        "[SIZE=9]x[/SIZE]",
        "[HEADING]x[/HEADING]",
        "a [ b",
    ):
        with pytest.raises(ValueError, match=r"."):
            read(wrong)


def test_a_block_longer_than_a_post__is_cut_at_a_sentence():
    long = " ".join(f"Sentence number {number} of a long day." for number in range(200))
    found = posts(history_of(long), limit=2_000)
    assert all(len(one) <= 2_000 for one in found)
    assert sum(read(one).text().count("Sentence number") for one in found) == 200


def test_markdown__has_all_and_means_nothing_by_its_signs(told):
    text = markdown(told, PICTURES)
    for sentence in told.sentences:
        assert escaped(sentence.text) in text
    assert text.count("\n## ") == len(told.chapters) + 1
    assert "![Map of the Far East](1-1939-08-13.svg)" in text
    assert "\\[1939\\]" in markdown(history_of("In [1939]."))


class Balanced(HTMLParser):
    """Counts what is open, and keeps the text."""

    VOID = frozenset({"meta", "img", "br", "hr"})

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.fetched = [], "", []

    def handle_starttag(self, tag, attrs):
        if tag not in self.VOID:
            self.open.append(tag)
        self.fetched += [
            value for name, value in attrs if name in ("src", "href") and not value.startswith("data:")
        ]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.seen += data


def test_html__is_one_page_that_fetches_nothing(told):
    page = Balanced()
    page.feed(html(told, PICTURES))
    assert page.open == []
    assert page.fetched == []
    for sentence in told.sentences:
        assert sentence.text in page.seen
    assert 'alt="Map of the Far East"' in html(told, PICTURES)
    assert "prefers-color-scheme: dark" in html(told)


def test_pdf__is_set(told):
    made_of = pdf(history_of('A "quoted" #word \\ and $ signs.'), PICTURES)
    assert made_of.startswith(b"%PDF-")
    assert quoted('a"b\\') == '"a\\"b\\\\"'


def test_json__has_the_grounds_of_every_sentence(timeline):
    (held,) = made(timeline, "json").values()
    body = json.loads(held)
    assert body["address"] == timeline.address
    assert all(one["grounds"] for one in body["sentences"])
    told = [one for one in history(timeline).sentences if one.bases[0].rule == "tokyo.tripartite"]
    (ground, *_) = grounds(told[0], timeline.model)
    assert ground.id == "tokyo.tripartite"
    assert ground.facts[0][1]


def test_geojson__puts_every_front_on_the_map(timeline):
    found = fronts(timeline)
    assert found["type"] == "FeatureCollection"
    assert len(found["features"]) > 50
    for one in found["features"]:
        longitude, latitude = one["geometry"]["coordinates"]
        assert 95 < longitude < 165
        assert 33 < latitude < 62
    assert found["features"][0]["properties"]["date"] >= "1939-08-07"


def test_csv__has_armies_battles_and_odds(timeline):
    found = {name: list(csv.DictReader(io.StringIO(text))) for name, text in tables(timeline).items()}
    assert {row["side"] for row in found["orders-of-battle.csv"]} == {"soviet", "japanese"}
    battles = found["battles.csv"]
    assert sum(int(row["attacks"]) for row in found["odds.csv"]) == len(battles) > 0
    assert sum(int(row["won"]) for row in battles) == sum(int(row["won"]) for row in found["odds.csv"])


def test_deliver__writes_a_file_or_a_folder_and_knows_its_formats(timeline, tmp_path):
    (one,) = deliver(timeline, "geojson", str(tmp_path / "f.geojson"))
    assert one.name == "f.geojson"
    assert len(deliver(timeline, "csv", str(tmp_path / "tables"))) == 4
    with pytest.raises(AllohistoryError, match="no format"):
        deliver(timeline, "docx", str(tmp_path))
    with pytest.raises(AllohistoryError, match="not a folder"):
        deliver(timeline, "csv", str(one))


def test_lengths__a_post_is_the_shortest(timeline):
    sizes = [len(history(timeline, length).sentences) for length in ("post", "essay", "annals")]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[1] < sizes[2]
