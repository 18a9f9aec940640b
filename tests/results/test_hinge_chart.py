"""The chart of hinges: no name is written over another."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from allohistory.results.hinge_chart import DAYS_A_LETTER, LINE, chart_of, labels_of

DAYS = st.dates(date(1931, 1, 5), date(1945, 9, 2))
MOVES = st.lists(
    st.tuples(DAYS, st.floats(0.0, 0.6), st.sampled_from(["khasan.shots", "tokyo.order"])), max_size=12
)


@given(MOVES)
def test_names__are_at_their_height_or_above_it_and_never_overlap(moves):
    told = [{"date": day.isoformat(), "after": after, "id": id} for day, after, id in moves]
    heights = labels_of(told, 0.6)
    placed = []
    for (day, after, id), height in zip(moves, heights, strict=True):
        assert height >= after
        placed.append((day, day + timedelta(days=DAYS_A_LETTER * len(id)), height))
    for number, (first, last, height) in enumerate(placed):
        for begins, ends, other in placed[:number]:
            if first < ends and begins < last:
                assert abs(height - other) >= LINE * 0.6 - 1e-9


def test_chart__has_every_hinge():
    weeks = [
        {"date": f"19{year}-01-05", "probability": 0.1, "chance_interval": [0.05, 0.15]}
        for year in range(31, 46)
    ]
    moves = [{"date": "1938-07-31", "before": 0.1, "after": 0.2, "id": "khasan.shots"}]
    rows = [layer["data"]["values"] for layer in chart_of(weeks, moves, "War").to_dict()["layer"]]
    assert all(a["date"] < b["date"] for a, b in pairwise(rows[0]))
    assert rows[-1][0]["id"] == "khasan.shots" and rows[-1][0]["label"] == 0.2
