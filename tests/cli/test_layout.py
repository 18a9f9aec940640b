"""Columns in a narrow window: a first text that wraps takes lines of its own row and of no other."""

import pytest

from allohistory.cli.layout import column_blocks, columns

ROWS = [
    ("the change", "war", "chance"),
    ("1 in 3,000,000,000,000 (41 bits), by judgement", "12.5 %", "11.0-14.1 %"),
    ("1 in 4", "100 %", "99.0-100 %"),
]


@pytest.mark.parametrize("window", ["50", "100", "120"])
def test_blocks__keep_the_rows_apart(monkeypatch, window):
    monkeypatch.setenv("COLUMNS", window)
    blocks = column_blocks(ROWS, right=(0, 1, 2))
    assert len(blocks) == len(ROWS)
    assert [block[-1].endswith(row[-1]) for block, row in zip(blocks, ROWS, strict=True)] == [True] * len(
        ROWS
    )
    assert [line for block in blocks for line in block] == columns(ROWS, right=(0, 1, 2))
    assert [len(block) > 1 for block in blocks] == [False, window == "50", False]


def test_blocks__of_nothing():
    assert column_blocks([]) == columns([]) == []
