"""May this run be gone on with? Only with the same question, by the same version, model and PyArrow."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allohistory.errors import AllohistoryError
from allohistory.results.runs.manifest import FILE, Manifest, Versions, read_manifest
from allohistory.version import VERSION

if TYPE_CHECKING:
    from allohistory.questions.runs.making import Maker
    from allohistory.timeline.model import Model


def versions_of(model: Model) -> Versions:
    """What runs of this model are made by."""
    import pyarrow

    return Versions(VERSION, model.digest, pyarrow.__version__)


def open_manifest(path: Path, maker: Maker) -> Manifest | None:
    """The manifest of a run to go on with, None where there is none; raises AllohistoryError where it may not be."""
    manifest = read_manifest(path)
    if manifest is None:
        return None
    _same_versions(path, manifest, maker.worlds.model)
    asked = json.loads(json.dumps(maker.question.as_json()))
    if asked != manifest.question:
        raise _another(path, _difference(manifest.question, asked))
    if manifest.events != maker.events:
        words = ("with", "without") if manifest.events else ("without", "with")
        raise _another(path, f"it is {words[0]} --events, asked {words[1]}")
    return manifest


def _same_versions(path: Path, manifest: Manifest, model: Model) -> None:
    differing = manifest.versions.differing(versions_of(model))
    if manifest.scenario != model.name:
        differing = f"scenario {manifest.scenario}, this is {model.name}"
    if differing:
        raise AllohistoryError(
            f"--out {path}",
            f"the run was made by {differing}; it opens for reading only",
            given=str(path / FILE),
            closest="a new folder",
            see=f"allohistory sql QUERY --run {path}",
        )


def _another(path: Path, difference: str) -> AllohistoryError:
    return AllohistoryError(
        f"--out {path}",
        f"holds a run of another question ({difference})",
        given=str(path / FILE),
        closest="a new folder",
        see="allohistory runs",
    )


def _difference(held: Mapping[str, Any], asked: Mapping[str, Any]) -> str:
    """The first key in which two questions differ, in words."""
    for key in [*held, *asked]:
        if held.get(key) != asked.get(key):
            return f"{key} {_short(held.get(key))}, not {_short(asked.get(key))}"
    return "in the order of its keys"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else f"{text[:37]}..."
