"""Timelines that the studio offers to who has no address yet."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

SEED = 7


def examples() -> list[dict[str, Any]]:
    """Title, a line of words and the address of each, as the present model has it."""
    from allohistory.timeline.model import load
    from allohistory.timeline.named import Named, address_of

    model = load()
    text = (files("allohistory.studio") / "examples.toml").read_text(encoding="utf-8")
    found = []
    for row in tomllib.loads(text)["example"]:
        pods = tuple(row["pods"])
        horizon = "after-changes" if pods else "start"
        named = Named(pods=pods, seed=SEED, timeline=row["timeline"], horizon=horizon)
        found.append({"title": row["title"], "says": row["says"], "address": address_of(model, named)})
    return found
