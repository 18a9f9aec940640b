"""BibTeX of sources: valid by the grammar, read back by a reader that shares nothing with the writer."""

from __future__ import annotations

import pytest

from allohistory.questions.bibtex import Work, bibtex, escaped
from allohistory.questions.sources import item_of
from allohistory.timeline.model import load


def read(text: str) -> list[tuple[str, str, dict[str, str]]]:
    """A small BibTeX reader: (type, key, fields); raises ValueError for unbalanced braces or a broken entry."""
    found, place = [], 0
    while (place := text.find("@", place)) >= 0:
        opening = text.index("{", place)
        kind, depth, end = text[place + 1 : opening], 0, opening
        for end in range(opening, len(text)):
            depth += {"{": 1, "}": -1}.get(text[end], 0) if text[end - 1] != "\\" else 0
            if depth == 0:
                break
        if depth:
            raise ValueError("an entry does not close")
        key, _, body = text[opening + 1 : end].partition(",")
        found.append((kind, key.strip(), fields(body)))
        place = end + 1
    return found


def fields(body: str) -> dict[str, str]:
    held, place = {}, 0
    while (equals := body.find("=", place)) >= 0:
        name, opening, depth = body[place:equals].strip(" ,\n"), body.index("{", equals), 0
        for end in range(opening, len(body)):
            depth += {"{": 1, "}": -1}.get(body[end], 0) if body[end - 1] != "\\" else 0
            if depth == 0:
                break
        held[name] = body[opening + 1 : end]
        place = end + 1
    return held


@pytest.fixture(scope="module")
def model():
    return load()


def test_every_source_of_the_book_is_a_valid_entry(model):
    """All parameters, facts and entries: entries close, keys are plain, titles are there, one source has one key."""
    keys: dict[str, str] = {}
    book = model.book
    for table in (book.facts, book.entries, book.parameters, book.pods):
        for id in table:
            text = bibtex(item_of(id, model), model)
            entries = read(text)
            assert entries or text.startswith("% ")
            assert len({key for _, key, _ in entries}) == len(entries)
            for kind, key, held in entries:
                assert kind in ("misc", "online")
                assert key.isascii() and not set(key) & set(' ,{}"#%~\\=')
                assert held["title"].strip("{}") and held["note"]
                assert ("url" in held) == (kind == "online")
                assert keys.setdefault(key, held["title"]) == held["title"]


def test_letters_that_latex_reads_as_its_own_are_escaped():
    work = Work("R&D 100% of {x}_1 \\ #3", "https://example.org/a_{b} c", ["a.b"])
    ((kind, _, held),) = read(work.entry)
    assert kind == "online"
    assert held["title"] == r"{R\&D 100\% of \{x\}\_1 \textbackslash{} \#3}"
    assert held["url"] == "https://example.org/a_%7Bb%7D%20c"
    assert escaped("two\n lines") == "two lines"


def test_the_reader_would_see_an_entry_that_does_not_close():
    with pytest.raises(ValueError, match="close"):
        read(Work("fine", "", ["a"]).entry[:-1])


def test_a_fact_of_several_parameters_is_cited_once(model):
    rule = item_of("moscow.orders", model)
    titles = [held["title"] for _, _, held in read(bibtex(rule, model))]
    assert titles and len(titles) == len(set(titles))
