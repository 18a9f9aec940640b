"""Libraries that only some results need: imported on use, and missed in one clear line."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from allohistory.errors import AllohistoryError


def optional(package: str, needed_by: str) -> Any:
    """The module of a package; raises AllohistoryError, naming what to install, where it is not there."""
    try:
        return import_module(package)
    except ImportError as error:
        raise AllohistoryError(
            needed_by,
            f"it needs the package {package}, which cannot be imported ({error})",
            given=package,
            closest="",
            see=f"pip install {package}",
        ) from None
