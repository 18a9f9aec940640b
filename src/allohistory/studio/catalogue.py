"""What the scenario holds: the lists of the command line, as their `--json` has them, kept in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response

from allohistory.errors import AllohistoryError
from allohistory.questions import listings
from allohistory.questions.heads import headed
from allohistory.questions.question import DEFAULT_SCENARIO
from allohistory.questions.scenario import scenario
from allohistory.studio.kept_lists import Kept, Lists, text_of
from allohistory.studio.overview import overview

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

router = APIRouter(tags=["what the scenario holds"])
CACHE = "no-cache"  # a reader asks each time whether what it has is still so, and mostly hears that it is
Making = Callable[["Model"], Mapping[str, Any]]


@router.get("/health")
def health() -> dict[str, Any]:
    """Is the studio there, and which model does it answer by?"""
    model = scenario().model
    return {"ok": True, "scenario": model.name, "model": model.digest[:16]}


@router.get("/scenario")
def about_the_scenario(request: Request) -> Response:
    """What can be asked of it: weeks, usual outcomes, entities, variables, groups."""
    return given(request, "scenario", overview)


@router.get("/pods")
def pods(request: Request) -> Response:
    """The points of divergence, each with its surprise: `allohistory pods --json`."""
    return given(request, "pods", lambda model: pods_json(model, None))


@router.get("/pods/{id}")
def pod(request: Request, id: str) -> Response:
    """One point of divergence: `allohistory pods ID --json`."""
    return given(request, None, lambda model: pods_json(model, id))


@router.get("/record")
def record(request: Request) -> Response:
    """What happened, entry by entry: `allohistory record --json`."""
    return given(request, "record", lambda model: record_json(model, None))


@router.get("/record/{id}")
def entry(request: Request, id: str) -> Response:
    """One entry: `allohistory record ID --json`."""
    return given(request, None, lambda model: record_json(model, id))


@router.get("/outcomes")
def outcomes(request: Request) -> Response:
    """What can be asked for: `allohistory outcomes --json`."""
    return given(request, "outcomes", lambda model: outcomes_json(model, None))


@router.get("/outcomes/{id}")
def outcome(request: Request, id: str) -> Response:
    """One outcome: `allohistory outcomes ID --json`."""
    return given(request, None, lambda model: outcomes_json(model, id))


@router.get("/parameters")
def parameters(request: Request) -> Response:
    """Every number that rules use, with its reasons; each as `allohistory sources ID --json` has it."""
    return given(
        request, "parameters", lambda model: listed("parameters", model, listings.parameters_body(model))
    )


@router.get("/parameters/{id}")
def parameter(request: Request, id: str) -> Response:
    """One number."""
    return given(
        request,
        None,
        lambda model: listed("parameters", model, listings.parameters_body(model, id), id),
    )


@router.get("/rules")
def rules(request: Request) -> Response:
    """Every rule: what it decides, its options, its facts, what it leaves out."""
    return given(request, "rules", lambda model: listed("rules", model, listings.rules_body(model)))


@router.get("/rules/{id}")
def rule(request: Request, id: str) -> Response:
    """One rule."""
    return given(
        request,
        None,
        lambda model: listed("rules", model, listings.rules_body(model, id), id),
    )


@router.get("/claims")
def claims(request: Request) -> Response:
    """The arguments people have, with verdicts as kept: `allohistory claims --json`."""
    return given(request, "claims", lambda model: claims_json(model, []))


@router.get("/claims/{id}")
def claim(request: Request, id: str) -> Response:
    """One argument: `allohistory claims ID --json`."""
    return given(request, None, lambda model: claims_json(model, [id]))


@router.get("/check")
def check(request: Request) -> Response:
    """The scoreboard, as kept: `allohistory check --json`."""
    return given(request, "check", check_json)


@router.get("/sources/{id}")
def sources(request: Request, id: str) -> Response:
    """Where a number, rule, entry or fact comes from: `allohistory sources ID --json`."""
    return given(request, None, lambda model: sources_json(model, id))


def given(request: Request, name: str | None, make: Making) -> Response:
    """A whole list, made the first time it is asked for; one thing of it (no name) is made each time."""
    if name is None:
        try:
            return Kept(text_of(make(scenario().model))).given(request, CACHE)
        except AllohistoryError as error:
            error.status = 404 if error.status == 422 else error.status
            raise
    lists: Lists = request.app.state.lists
    return lists.get(name, lambda: make(scenario().model)).given(request, CACHE)


def again(command: str, *words: str | None) -> str:
    """The command that prints the same."""
    return " ".join(["allohistory", command, *(word for word in words if word)])


def pods_json(model: Model, id: str | None) -> Mapping[str, Any]:
    """As the command `pods` has it."""
    found = listings.pods_of(model, id)
    body = listings.pods_body(found, listings.pod_costs(model, found))
    asked = {"id": id, "timelines": None, "workers": None}
    return headed("pods", model, asked, body, again=again("pods", id))


def record_json(model: Model, id: str | None) -> Mapping[str, Any]:
    """As the command `record` has it."""
    body = listings.rows_body(listings.entries_of(model, id))
    return headed("record", model, {"id": id, "check": False}, body, again=again("record", id))


def outcomes_json(model: Model, id: str | None) -> Mapping[str, Any]:
    """As the command `outcomes` has it."""
    body = listings.rows_body(listings.outcomes_of(model, id))
    return headed("outcomes", model, {"id": id}, body, again=again("outcomes", id))


def listed(command: str, model: Model, body: Mapping[str, Any], id: str | None = None) -> Mapping[str, Any]:
    """A list that is no command of its own; one of its things is what `sources` has."""
    return headed(command, model, {"id": id}, body, again=again("sources", id or "ID"))


def claims_json(model: Model, ids: list[str]) -> Mapping[str, Any]:
    """As the command `claims` has it."""
    found = scenario().claims(ids)
    names = ("full", "file", "timelines", "workers", "seed")
    asked = {"id": ids, **dict.fromkeys(names), "full": False}
    stale = listings.stale_words(found)
    of_another = () if model.name == DEFAULT_SCENARIO else ("--scenario", model.name)
    return headed(
        "claims",
        model,
        asked,
        listings.claims_body(found),
        again=again("claims", *ids, *of_another),
        warnings=(stale,) if stale else (),
    )


def check_json(model: Model) -> Mapping[str, Any]:
    """As the command `check` has it."""
    body = listings.board_body(listings.board_of(model))
    names = ("subject", "data", "full", "replicates", "timelines", "workers")
    asked = {**dict.fromkeys(names), "full": False}
    return headed("check", model, asked, body, again=again("check"))


def sources_json(model: Model, id: str) -> Mapping[str, Any]:
    """As the command `sources` has it."""
    asked = {"id": id, "bib": False}
    return headed("sources", model, asked, listings.sources_body(model, id), again=again("sources", id))
