"""What the scenario holds."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
