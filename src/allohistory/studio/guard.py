"""What is turned away before any work: foreign hosts and origins, requests that are too large."""

from __future__ import annotations

from fastapi import FastAPI

from allohistory.studio.settings import Settings


def add(app: FastAPI, settings: Settings) -> None:
    """Put the guards before the application."""
