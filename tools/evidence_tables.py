"""Fill the blocks of docs/predictive.md, docs/can_and_cannot.md and docs/calibration.md from what the checks have kept.

    python tools/evidence_tables.py            write them
    python tools/evidence_tables.py --check    write nothing; fail where one is stale

The checks measure and keep; this only writes what they kept between the marks of the pages. The other blocks of
docs/calibration.md need replays and are filled by tools/calibration_tables.py.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allohistory.book.forecasts import protocol_of
from allohistory.cli.commands import disputes as dispute_words
from allohistory.cli.commands import forecasts as forecast_words
from allohistory.cli.commands import posterior as posterior_words
from allohistory.cli.commands import predictive as predictive_words
from allohistory.cli.commands import scoreboard as board_words
from allohistory.evidence import convergence, kept_forecasts
from allohistory.evidence.posterior import read_learnt
from allohistory.evidence.scoreboard import read_board
from allohistory.evidence.scores import verdict
from allohistory.evidence.sensitivity_report import kept
from allohistory.questions.predictive import asked, checks, disputes
from allohistory.results.words import in_words, percent, percent_range, thousands
from allohistory.timeline.model import Model, load
from pages import table

if TYPE_CHECKING:
    from allohistory.evidence.forecasts import Table
    from allohistory.evidence.kept_forecasts import Report

DOCS = Path(__file__).resolve().parent.parent / "docs"
BAR = "base-rate"
GUESS = "C"


def main() -> int:
    """Fill every block, or say which are stale."""
    parser = argparse.ArgumentParser(description="Fill the blocks of the pages on evidence.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a block is stale")
    options = parser.parse_args()
    stale = []
    for name, text in filled(load("soviet-japanese-war")).items():
        path = DOCS / name
        if path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not options.check:
            path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"docs/{name} {'is stale' if options.check else 'written'}", file=sys.stderr)
    return 1 if options.check and stale else 0


def filled(model: Model) -> dict[str, str]:
    """Every page with its blocks as they ought to be."""
    found = {}
    for name, blocks in BLOCKS.items():
        text = (DOCS / name).read_text(encoding="utf-8")
        for block, made in blocks.items():
            begin, end = f"<!-- {block}:begin -->", f"<!-- {block}:end -->"
            head, rest = text.split(begin)
            text = f"{head}{begin}\n{made(model)}\n{end}{rest.split(end)[1]}"
        found[name] = text
    return found


def features(model: Model) -> str:
    """The tables of docs/predictive.md."""
    found, listed = _predictive(model)
    parts = [predictive_words.words_of(found)]
    for world in listed.worlds.values():
        rows = [predictive_words.line_of(one, listed, model) for one in found.of(world.id)]
        parts += [f"### {world.says}", f"{world.because}.", table(predictive_words.FULL_HEAD, rows)]
    parts += ["### Together", predictive_words.verdict(found, listed)]
    return "\n\n".join(parts)


def changes(model: Model) -> str:
    """What was changed in the list after its first run."""
    rows = [(in_words(one.day), one.what, one.moved) for one in asked.asked_of(model).changes]
    return table(("", "what", "moved"), rows) or "None."


def unsettled(model: Model) -> str:
    """The parameters about which the chains disagree, and whether an answer hangs on them."""
    learnt = read_learnt(model)[0]
    found = convergence.read(convergence.path_of(model))
    assert found is not None
    rows = posterior_words.unsettled_rows(convergence.unsettled(learnt))
    by_chain = posterior_words.chain_rows(found)
    return "\n\n".join(
        [
            posterior_words.taught(learnt),
            table(rows[0], rows[1:]),
            f"Headline answers by chain, from {thousands(found.timelines)} timelines, nothing but the rules:",
            table(by_chain[0], by_chain[1:]),
            posterior_words.matters(learnt, found, model),
        ]
    )


def supported(model: Model) -> str:
    """A line a headline outcome: how likely, how much of it is not known, and on what it hangs."""
    study = kept(model.name) or {"outcomes": {}}
    rows = []
    for one in study["outcomes"].values():
        found = [single for single in one["singles"] if single["found"]]
        guessed = sum(single["grade"] == GUESS for single in found)
        turned = sorted(
            {
                f"{'halved' if row['aim'] == 'half' else 'doubled'} by {abs(row['spreads']):.1f} spreads of "
                f"`{row['parameter']}`"
                for row in one["mind"]
                if row["spreads"] is not None
            }
        )
        share = one["parameters"]
        rows.append(
            (
                one["title"],
                percent(one["probability"]),
                f"{percent(max(share['first'], 0.0))} ({percent_range(_shares(share['first_interval']))})",
                f"{one['found']}, of the strongest {len(found)} {guessed} are guesses" if found else "none",
                "; ".join(turned) or ("by no one belief within three" if one["mind"] else "too rare to say"),
            )
        )
    head = ("", "likely", "explained by parameters alone", "parameters that stand out", "halved or doubled")
    return table(head, rows)


def disputed(model: Model) -> str:
    """Which headline answers a camp's reading of a disputed figure flips; what is disputed but carried otherwise."""
    found, timelines = disputes.read(disputes.path_of(model))
    figures, elsewhere = disputes.disputed_of(model)
    readings = [
        (
            one.says,
            reading.id,
            f"{reading.value:g} {model.book.parameters[one.parameter].unit}",
            reading.source,
        )
        for one in figures
        for reading in one.readings
    ]
    rows = dispute_words.rows_of(found, model)
    others = [(one["says"], one["how"]) for one in elsewhere]
    return "\n\n".join(
        [
            table(("", "reading", "read as", "because"), readings),
            dispute_words.words(found, timelines),
            table(dispute_words.HEAD, rows),
            "Disputed as well, and carried otherwise or not at all:",
            table(("", "how"), others),
        ]
    )


def grades(model: Model) -> str:
    """How many numbers are guesses, and how many of them the record moved."""
    learnt = read_learnt(model)[0]
    rows = []
    for grade in ("A", "B", "C"):
        mine = [one for one in model.book.parameters.values() if one.grade == grade]
        known = [learnt[one.id] for one in mine if one.id in learnt]
        tenth = sum(one.shrinkage >= 0.1 for one in known)
        rows.append((grade, thousands(len(mine)), thousands(tenth), percent(tenth / max(len(known), 1))))
    return table(("grade", "parameters", "lost a tenth of their variance or more", "share"), rows)


def counting(model: Model) -> str:
    """Where the model is behind counting, by country and rule."""
    report = kept_forecasts.read(kept_forecasts.path_of(model))
    worse_by = protocol_of(model.book, model.folder).setting.worse_by
    parts = []
    for one in report.tables:
        rows = behind(one, worse_by)
        all_of = len(one.countries) + len(one.rules)
        parts += [
            f"**{one.says}.** {overall(one)} Behind its base rate in {len(rows)} of {all_of} countries and rules:",
            table(("", "decisions", "years", "rules", "counting", "difference", ""), rows) or "none.",
        ]
    return "\n\n".join([*parts, below_floor(report)])


def overall(one: Table) -> str:
    """All decisions in a sentence: against the base rate, and against the rules' own priors."""
    rules, rate = one.overall.scores["rules"].log, one.overall.scores[BAR].log
    priors = one.overall.against["priors"].log
    gained = "worse" if priors > 0.0 else "better"
    return (
        f"Over {thousands(one.overall.n)} decisions the rules lose {rules:.3f} nats each, counting {rate:.3f}; "
        f"calibrated on the past they do {abs(priors):.3f} nats {gained} than on the priors that were written for them."
    )


def behind(one: Table, worse_by: float) -> list[tuple[object, ...]]:
    """Countries and rules that lose to their base rate, the worst first."""
    lines = [line for line in (*one.countries, *one.rules) if line.against[BAR].log > 0.0]
    return [
        (
            line.name,
            line.n,
            line.years,
            f"{line.scores['rules'].log:.3f}",
            f"{line.scores[BAR].log:.3f}",
            forecast_words.signed(line.against[BAR].log, line.against[BAR].log_error),
            verdict(line.against[BAR], worse_by),
        )
        for line in sorted(lines, key=lambda line: -line.against[BAR].log)
    ]


def below_floor(report: Report) -> str:
    """What happened although the rules gave it next to nothing."""
    missed = [each for one in report.tables for each in one.unforeseen]
    if not missed:
        return "Nothing happened that the rules had given less than the floor."
    names = sorted({f"`{each.rule}` ({each.took}, after {each.cut_off})" for each in missed})
    return f"Given less than the floor, and it happened: {', '.join(names)}."


def missed(model: Model) -> str:
    """Every bar that is missed, as the board has it."""
    rows = [
        (
            f"{row.check}: {row.name}",
            board_words.number(row.value),
            board_words.number(row.interval),
            board_words.number(row.bar),
            f"`{row.again}`",
        )
        for row in read_board(model)
        if row.met is False
    ]
    judged = [row for row in read_board(model) if row.met is not None]
    return "\n\n".join(
        [
            f"{len(rows)} of the {len(judged)} bars on the board are missed.",
            table(("", "value", "interval", "bar", "again"), rows),
        ]
    )


def _predictive(model: Model) -> tuple[checks.Found, asked.Asked]:
    found = checks.read(checks.path_of(model))
    assert found is not None
    return found, asked.asked_of(model)


def _shares(pair: Any) -> tuple[float, float]:
    return min(max(pair[0], 0.0), 1.0), min(max(pair[1], 0.0), 1.0)


BLOCKS: Mapping[str, Mapping[str, Callable[[Model], str]]] = {
    "predictive.md": {"features": features, "changes": changes},
    "calibration.md": {"unsettled": unsettled},
    "can_and_cannot.md": {
        "supported": supported,
        "grades": grades,
        "disputed": disputed,
        "counting": counting,
        "missed": missed,
    },
}


if __name__ == "__main__":
    sys.exit(main())
