"""Where what calibration and checks have found is kept, as part of the package: `evidence/kept/SCENARIO/`."""

from __future__ import annotations

from pathlib import Path

from allohistory.timeline.model import PACKAGE, Model


def kept_folder(model: Model) -> Path:
    """The scenario's folder of kept findings."""
    return kept_of(model.folder.name)


def kept_of(scenario: str) -> Path:
    """The same by the scenario's name."""
    return PACKAGE / "evidence" / "kept" / scenario.replace("-", "_")
