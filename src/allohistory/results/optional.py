"""Libraries that only some results need: imported on use, and missed in one clear line."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from allohistory.errors import AllohistoryError

INSTALLED_AS = {"sklearn": "scikit-learn", "PIL": "pillow", "vl_convert": "vl-convert-python"}
"""Packages whose modules have another name."""


def optional(package: str, needed_by: str) -> Any:
    """The module of a package; raises AllohistoryError, naming what to install, where it is not there."""
    try:
        return import_module(package)
    except ImportError as error:
        top = package.partition(".")[0]
        name = INSTALLED_AS.get(top, top)
        raise AllohistoryError(
            needed_by,
            f"it needs the package {name}, which cannot be imported ({error})",
            given=name,
            closest="",
            see=f"pip install {name}",
        ) from None
