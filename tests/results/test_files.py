"""Files are whole or not there; what cannot be written is one clear line and loses nothing."""

from __future__ import annotations

import errno
import os

import numpy as np
import pyarrow.parquet
import pytest

from allohistory.errors import AllohistoryError
from allohistory.results import files
from allohistory.results.home import folder, home
from allohistory.results.outcomes_file import PROVENANCE, outcomes_bytes
from allohistory.results.rows import Arm, OutcomeRows
from allohistory.results.schema import Estimate, plain


def test_ready_folder__makes_it_and_leaves_nothing_in_it(tmp_path):
    target = files.ready_folder(tmp_path / "new" / "deep")
    assert target.is_dir()
    assert list(target.iterdir()) == []


def test_ready_folder__refuses_a_file(tmp_path):
    place = tmp_path / "file"
    place.write_text("here")
    with pytest.raises(AllohistoryError, match="is a file"):
        files.ready_folder(place)
    assert place.read_text() == "here"


def test_ready_folder__below_a_file(tmp_path):
    place = tmp_path / "file"
    place.write_text("here")
    with pytest.raises(AllohistoryError, match="cannot be written"):
        files.ready_folder(place / "below")


def full(*_):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk__is_one_clear_line_and_the_old_file_stays(tmp_path, monkeypatch):
    place = tmp_path / "answer.json"
    files.write_whole(place, b"old")
    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(AllohistoryError) as caught:
        files.write_whole(place, b"new")
    assert caught.value.lines()[0] == f"error: --out {tmp_path}: the disk is full"
    assert place.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["answer.json"]


def test_a_full_disk__is_noticed_before_the_work(tmp_path, monkeypatch):
    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(AllohistoryError, match="the disk is full"):
        files.ready_folder(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_write_whole__cleans_up_after_any_failure(tmp_path):
    def broken(path):
        path.write_bytes(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        files.write_whole_by(tmp_path / "x", broken)
    assert list(tmp_path.iterdir()) == []


def test_home__is_where_the_environment_says(monkeypatch, tmp_path):
    monkeypatch.setenv("ALLOHISTORY_HOME", str(tmp_path / "mine"))
    assert home() == tmp_path / "mine"
    assert folder("kept") == tmp_path / "mine" / "kept"


def test_home__that_cannot_be_made_keeps_nothing(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ALLOHISTORY_HOME", str(tmp_path / "file"))
    assert folder("kept") is None


def arm(name: str) -> Arm:
    import datetime as dt

    shown = np.array([True, False, True])
    day = np.array([0, -1, 100])
    return Arm(
        name=name,
        timeline=np.array([2, 0, 1]),
        draw=np.array([2, 0, 1]),
        set_aside=np.array([False, False, True]),
        outcomes=(
            OutcomeRows("war", "yes", (), shown, shown.astype(float), day, np.array([1.0, 0.25, 0.5])),
            OutcomeRows("road", "which", ("none", "grown"), shown, np.array([1.0, 0.0, 1.0]), day),
            OutcomeRows("size", "amount", (), shown, np.array([1.5, np.nan, 3.0]), day),
            OutcomeRows("begins", "day", (), shown, shown.astype(float), day),
        ),
        first_day=dt.date(1931, 1, 5),
    )


def test_outcomes_file__has_the_columns_of_the_interface(tmp_path):
    data = outcomes_bytes([arm("without"), arm("with")], {"seed": 1})
    (tmp_path / "o.parquet").write_bytes(data)
    table = pyarrow.parquet.read_table(tmp_path / "o.parquet")
    types = {field.name: str(field.type) for field in table.schema}
    assert types["timeline"] == "uint32"
    assert types["draw"] == "uint16"
    assert types["log_weight"] == "double"
    assert types["set_aside"] == "bool"
    assert types["arm"].startswith("dictionary")
    assert types["o_war"] == "bool"
    assert types["d_war"] == types["o_begins"] == types["d_road"] == "date32[day]"
    assert types["o_size"] == "double"
    assert "d_size" not in types
    assert types["s_war"] == "float"
    assert table["s_war"].to_pylist()[:3] == [0.25, 0.5, 1.0]
    assert "s_road" not in types
    assert table.schema.metadata[PROVENANCE] == b'{"seed": 1}'
    assert table["arm"].to_pylist() == ["with"] * 3 + ["without"] * 3
    assert table["timeline"].to_pylist() == [0, 1, 2] * 2
    assert table["o_road"].to_pylist()[:3] == ["none", "grown", "grown"]
    assert table["o_size"].to_pylist()[0] is None
    assert str(table["d_war"].to_pylist()[2]) == "1931-01-05"


def test_outcomes_file__same_answer_same_bytes():
    assert outcomes_bytes([arm("with")], {"a": 1}) == outcomes_bytes([arm("with")], {"a": 1})


def test_plain__has_no_number_that_json_lacks():
    assert plain({"a": float("inf"), "b": float("nan"), "c": np.float64(0.25), "d": np.int64(3)}) == {
        "a": None,
        "b": None,
        "c": 0.25,
        "d": 3,
    }
    assert plain(Estimate(1e-9, (0.0, 1.0), None, 3)) == {
        "probability": 1e-09,
        "chance_interval": [0.0, 1.0],
        "ignorance_interval": None,
        "n": 3,
    }
