"""Decisions for one actor: POST play. The game is an address; nothing is kept between two requests."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from allohistory.errors import AllohistoryError

router = APIRouter(tags=["play"])


class Choose(BaseModel):
    """What is decided: an option of the decision on the desk, or until when the advisers decide."""

    model_config = ConfigDict(extra="forbid")
    option: str | None = Field(default=None, max_length=100, description="an option of the present decision")
    until: str | None = Field(
        default=None,
        max_length=40,
        description="until when the advisers decide: a day, `next`, `crisis` or `end`",
    )


class Play(BaseModel):
    """A game, and what is decided in it now, if anything."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    actor: str = Field(max_length=40, description="tokyo, army, moscow, nanjing, washington or berlin")
    scenario: str = Field(default="soviet-japanese-war", max_length=60)
    address: str | None = Field(
        default=None, max_length=2100, description="the game so far, or any timeline; our history without one"
    )
    from_: str | None = Field(
        default=None, alias="from", max_length=40, description="the day on which the game begins"
    )
    seed: int | None = Field(default=None, ge=0, lt=2**32, description="luck of its own, in a new game")
    luck: str | None = Field(
        default=None, max_length=10, description="same: our history's luck; fresh: luck drawn anew"
    )
    choose: Choose | None = None


@router.get("/play")
def who_can_be_played(scenario: str = "soviet-japanese-war") -> dict[str, Any]:
    """The actors: who they are, what they decide, when their games begin."""
    from allohistory.questions.play.game import cast

    return {"items": cast(scenario)}


@router.post("/play")
def play(asked: Play) -> dict[str, Any]:
    """A game, after the choice where one is made: the decision on the desk, what is known, what is past."""
    from allohistory.questions.play.game import state

    choose = asked.choose.model_dump(exclude_none=True) if asked.choose else None
    if asked.choose is not None and not choose:
        raise AllohistoryError("choose", "say an option, or until when", possible=("option", "until"))
    return state(
        asked.actor,
        scenario=asked.scenario,
        address=asked.address,
        from_=asked.from_,
        seed=asked.seed,
        luck=asked.luck,
        choose=choose,
    )
