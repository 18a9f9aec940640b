"""Why believe it: what the checks have kept, as the page on evidence draws it. Nothing is measured here."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter

from allohistory.errors import AllohistoryError
from allohistory.evidence.kept_files import kept_folder
from allohistory.evidence.posterior import read_learnt
from allohistory.questions.scenario import scenario

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

router = APIRouter(prefix="/evidence")
GRADES = ("A", "B", "C")
GUESS = "C"
TAUGHT = 0.1  # share of a prior's variance that has to go before the record is said to have taught something
DRAWN = ("overall", "cut_offs", "countries", "calibration")


@router.get("/forecasts")
def forecasts() -> dict[str, Any]:
    """What the rules said came next, beside counting: scores, cut-off by cut-off, and how often it came."""
    body = kept(scenario().model, "forecasts")
    tables = [
        {name: table[name] for name in ("horizon", "says", *DRAWN)} | {"behind": behind(table)}
        for table in body["tables"]
    ]
    return {
        "version": body["version"],
        "draws": body["draws"],
        "drawn_from": body["drawn_from"],
        "tables": tables,
    }


def behind(table: dict[str, Any]) -> list[dict[str, Any]]:
    """Countries and rules whose decisions counting foretells better."""
    lines = [
        line for line in (*table["countries"], *table["rules"]) if line["against"]["base-rate"]["log"] > 0.0
    ]
    return sorted(lines, key=lambda line: -line["against"]["base-rate"]["log"])


@router.get("/campaigns")
def campaigns() -> dict[str, Any]:
    """Campaigns of the record fought again: each figure's intervals, and where reality fell."""
    from allohistory.book.campaigns import campaigns_of

    model = scenario().model
    body = kept(model, "campaigns")
    known = {one.id: one for one in campaigns_of(model.book, model.folder)}
    named = [
        {**one, "title": known[one["campaign"]].title, "from": known[one["campaign"]].first.isoformat()}
        for one in body["campaigns"]
    ]
    return {**body, "campaigns": named}


@router.get("/disputes")
def disputes() -> dict[str, Any]:
    """Disputed figures, what each camp's reading is, and whether a headline answer turns on it."""
    from allohistory.questions.predictive.disputes import disputed_of

    model = scenario().model
    figures, elsewhere = disputed_of(model)
    parameters = model.book.parameters
    told = [{**asdict(one), "unit": parameters[one.parameter].unit} for one in figures]
    body = kept(model, "disputes")
    titles = {id: model.book.outcomes[id].title for id in sorted({row["outcome"] for row in body["rows"]})}
    return {**body, "figures": told, "elsewhere": elsewhere, "outcomes": titles}


@router.get("/priors")
def priors() -> dict[str, Any]:
    """How many numbers are guesses, what the record taught of them, and what the headline answers hang on."""
    from allohistory.evidence.sensitivity_report import kept as study_of

    model = scenario().model
    learnt = read_learnt(model)[0]
    grades = []
    for grade in GRADES:
        mine = [one.id for one in model.book.parameters.values() if one.grade == grade]
        taught = sum(learnt[id].shrinkage >= TAUGHT for id in mine if id in learnt)
        grades.append({"grade": grade, "parameters": len(mine), "taught": taught})
    outcomes = (study_of(model.name) or {"outcomes": {}})["outcomes"]
    return {
        "grades": grades,
        "taught": TAUGHT,
        "outcomes": [hanging(id, one, model) for id, one in outcomes.items()],
    }


def hanging(id: str, one: dict[str, Any], model: Model) -> dict[str, Any]:
    """One outcome: how much parameters alone explain, which stand out, which single belief would halve or double it."""
    called = model.book.parameters
    singles = [single for single in one["singles"] if single["found"]]
    return {
        "id": id,
        "title": one["title"],
        "probability": one["probability"],
        "explained": one["parameters"]["first"],
        "explained_interval": one["parameters"]["first_interval"],
        "found": one["found"],
        "guesses": sum(single["grade"] == GUESS for single in singles),
        "singles": [{**single, "what": called[single["parameter"]].what} for single in singles],
        "mind": [{**row, "what": called[row["parameter"]].what} for row in one["mind"]],
    }


def kept(model: Model, name: str) -> dict[str, Any]:
    """What a check has kept; raises AllohistoryError where it kept nothing for this scenario."""
    path = kept_folder(model) / f"{name}.json"
    if not path.is_file():
        problem = f"nothing is kept of the check of {name} for this scenario"
        raise AllohistoryError("evidence", problem, closest=f"allohistory check {name}", status=404)
    body: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return body
