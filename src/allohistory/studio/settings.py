"""Where the studio listens, and how much work one request may ask for."""

from __future__ import annotations

from dataclasses import dataclass

LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 8765


@dataclass(frozen=True)
class Settings:
    """How a studio is run.

    host, port       where it listens
    public           others may reach it: the limits hold for each of them
    most_timelines   of one question
    most_seconds     of one job, after which it is stopped and its answer is what was finished
    most_jobs        at work or waiting, of one client
    most_bytes       of one request
    warm             make ready at the start what the first question needs
    """

    host: str = LOOPBACK
    port: int = DEFAULT_PORT
    public: bool = False
    most_timelines: int = 1_000_000
    most_seconds: float = 3600.0
    most_jobs: int = 16
    most_bytes: int = 1_000_000
    warm: bool = True


def public(host: str, port: int) -> Settings:
    """The limits of a studio that others may reach."""
    return Settings(
        host, port, True, most_timelines=20_000, most_seconds=120.0, most_jobs=2, most_bytes=100_000
    )
