"""What was read of a scenario is kept, read back the same, and read anew where a byte has changed."""

import shutil

import numpy as np
import pytest

from allohistory.timeline import kept_book
from allohistory.timeline.kept_book import MOST_KEPT, digest, fetch, keep, read_or_kept
from allohistory.timeline.model import load


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the scenario's tables, and a cache of its own."""
    cache = tmp_path / "cache"
    cache.mkdir()
    monkeypatch.setattr(kept_book, "cache_folder", cache)
    copy = tmp_path / "scenario"
    shutil.copytree(load().folder, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return copy


def test_kept__the_second_reading_is_the_first(folder, monkeypatch):
    first = read_or_kept(folder)
    monkeypatch.setattr(kept_book, "read", lambda _: pytest.fail("it was read again"))
    second = read_or_kept(folder)
    assert second[0] == first[0]
    assert second[1] == first[1]
    assert second[2].parameters == first[2].parameters
    assert np.array_equal(second[2].values, first[2].values)
    assert len(list(kept_book.cache_folder.iterdir())) == 1


def test_kept__a_changed_byte_is_read_anew(folder):
    before = digest(folder)
    entities = folder / "book" / "entities.toml"
    entities.write_text(entities.read_text() + "\n# a note\n")
    assert digest(folder) != before


def test_kept__a_broken_file_is_no_loss(folder):
    first = read_or_kept(folder)
    (place,) = kept_book.cache_folder.iterdir()
    place.write_bytes(place.read_bytes()[:100])
    assert fetch(place) is None
    assert read_or_kept(folder)[0] == first[0]
    assert fetch(place) is not None


def test_kept__the_oldest_readings_are_dropped(folder):
    found = read_or_kept(folder)
    for number in range(2 * MOST_KEPT):
        keep(kept_book.cache_folder / f"book-{number}.pickle", found)
    assert len(list(kept_book.cache_folder.iterdir())) == MOST_KEPT


def test_kept__nothing_where_nothing_can_be_written(folder, monkeypatch):
    monkeypatch.setattr(kept_book, "cache_folder", folder / "missing")
    assert read_or_kept(folder)[0].parameters
    monkeypatch.setattr(kept_book, "cache_folder", None)
    assert read_or_kept(folder)[0].parameters
