"""Answers as pandas frames; pandas is imported on use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allohistory.results.rows import ARMS, Arm, estimate_columns
from allohistory.results.schema import Estimate, OutcomeAnswer

if TYPE_CHECKING:
    import pandas as pd


def table_of(outcomes: Mapping[str, OutcomeAnswer]) -> pd.DataFrame:
    """One row an outcome, one an option for a `which`; probabilities as shares."""
    import pandas as pd

    rows: list[dict[str, Any]] = []
    for one in outcomes.values():
        if one.options is None:
            rows.append(_row(one.id, one.title, one.chosen, one.baseline, one))
        for name, chosen in (one.options or {}).items():
            base = (one.baseline_options or {}).get(name)
            rows.append(_row(f"{one.id}={name}", f"{one.title}: {name}", chosen, base, None))
    return pd.DataFrame(rows).set_index("outcome")


def _row(
    id: str, title: str, chosen: Estimate, baseline: Estimate | None, answer: OutcomeAnswer | None
) -> dict[str, Any]:
    row: dict[str, Any] = {
        "outcome": id,
        "title": title,
        **estimate_columns(chosen, baseline),
        "difference": None if answer is None or answer.difference is None else answer.difference.value,
        "same_luck": None if answer is None or answer.same_luck is None else answer.same_luck.probability,
        "rules_only": None if answer is None or answer.rules_only is None else answer.rules_only.probability,
        "median_date": None if answer is None or answer.when is None else answer.when.q50,
        "n": chosen.n,
    }
    for share, quantile in (answer.quantiles if answer is not None and answer.quantiles else {}).items():
        row[share] = quantile.value
    return row


def timelines_of(arms: Sequence[Arm]) -> pd.DataFrame:
    """All timelines of all arms: arm, timeline, draw, set_aside, then each outcome and `ID_date`."""
    import pandas as pd

    return pd.concat([_frame(arm) for arm in arms], ignore_index=True)


def timelines_in(run: Path) -> pd.DataFrame:
    """The same from the parts of a run on disk; of an amount these keep no date."""
    import pandas as pd

    from allohistory.results.rows import ARMS
    from allohistory.results.runs.folder import PARTS

    parts = [pd.read_parquet(part) for part in sorted((run / PARTS).glob("outcomes-*.parquet"))]
    frame = pd.concat(parts, ignore_index=True).drop(columns="log_weight")
    frame["arm"] = pd.Categorical(frame["arm"], categories=list(ARMS))
    names = {name: name[2:] for name in frame.columns if name.startswith("o_")}
    names |= {name: f"{name[2:]}_date" for name in frame.columns if name.startswith("d_")}
    days = [name for name in names if frame[name].map(lambda value: isinstance(value, dt.date)).any()]
    frame = frame.assign(**{name: pd.to_datetime(frame[name]).astype("datetime64[s]") for name in days})
    return frame.rename(columns=names).sort_values(["arm", "timeline"], kind="stable", ignore_index=True)


def _frame(arm: Arm) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    columns: dict[str, Any] = {
        "arm": pd.Categorical([arm.name] * len(arm.timeline), categories=list(ARMS)),
        "timeline": arm.timeline,
        "draw": arm.draw,
        "set_aside": arm.set_aside,
    }
    for outcome in arm.outcomes:
        dates = _dates(outcome.day, arm.first_day)
        if outcome.kind == "yes":
            columns[outcome.id] = outcome.shown
        elif outcome.kind == "which":
            codes = np.nan_to_num(outcome.value, nan=-1.0).astype(int)
            columns[outcome.id] = pd.Categorical.from_codes(codes, categories=list(outcome.options))
        elif outcome.kind == "day":
            columns[outcome.id] = dates
            continue
        else:
            columns[outcome.id] = outcome.value
        columns[f"{outcome.id}_date"] = dates
    return pd.DataFrame(columns)


def _dates(days: Any, first_day: dt.date) -> Any:
    import numpy as np

    stamps = np.datetime64(first_day, "D") + days.astype("timedelta64[D]")
    stamps = stamps.astype("datetime64[s]")
    stamps[days < 0] = np.datetime64("NaT")
    return stamps
