"""Questions that take a while: queued, followed, stopped."""

from __future__ import annotations

from allohistory.studio.settings import Settings


class Jobs:
    """All jobs of one studio."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
