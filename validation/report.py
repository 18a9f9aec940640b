"""One page of everything that has been measured of this model: `python validation/report.py -o report.html`.

It reads what the checks have kept and measures nothing, so it takes seconds; `make validate` measures all anew first
(hours, and goes on where it was broken off). The page stands alone: no script, no font, no picture is fetched.
"""

from __future__ import annotations

import argparse
import html
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

import figures
from allohistory.cli.commands import posterior as posterior_words
from allohistory.cli.commands import predictive as predictive_words
from allohistory.cli.commands import scoreboard as board_words
from allohistory.cli.commands import sensitivity as sensitivity_words
from allohistory.combat.model import shipped
from allohistory.evidence import convergence, kept_forecasts
from allohistory.evidence.kept_files import kept_folder
from allohistory.evidence.posterior import Learnt, read_learnt
from allohistory.evidence.ranks_table import kept as kept_ranks
from allohistory.evidence.scoreboard import Score, read_board
from allohistory.evidence.sensitivity_report import kept as kept_study
from allohistory.questions.predictive import asked, checks
from allohistory.results.words import percent, thousands
from allohistory.timeline.model import Model, load
from allohistory.version import VERSION

STYLE = (Path(__file__).resolve().parent / "report.css").read_text(encoding="utf-8")
SCENARIO = "soviet-japanese-war"
CURVES = ("rules", "base-rate", "logit")
YEARLY = ("rules", "priors", "base-rate", "logit")
SHOWN = 24
HEADLINES = ("serious_war", "soviet_victory", "communist_part")
Part = tuple[str, str, str]
"""A part of the page: its anchor, its title, its body as HTML."""


def main() -> int:
    """Write the page."""
    parser = argparse.ArgumentParser(description="Everything that has been measured, as one page of HTML.")
    parser.add_argument("-o", "--out", type=Path, default=Path("validation-report.html"))
    options = parser.parse_args()
    text = page(load(SCENARIO))
    options.out.write_text(text, encoding="utf-8")
    print(f"{options.out}: {len(text) // 1024:,} kB", file=sys.stderr)
    return 0


def page(model: Model) -> str:
    """The whole page."""
    makers: Sequence[Callable[[Model], Part | None]] = (
        board, forecasts, parts_of_the_book, predictive, learnt, chains, ranks, sensitivity, campaigns
    )  # fmt: skip
    parts = [part for part in (make(model) for make in makers) if part is not None]
    contents = "".join(f'<li><a href="#{anchor}">{title}</a></li>' for anchor, title, _ in parts)
    bodies = "".join(
        f'<section id="{anchor}"><h2>{title}</h2>{body}</section>' for anchor, title, body in parts
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Allohistory: the evidence</title><style>{STYLE}</style></head><body><main>"
        f"<header><p class=kicker>Allohistory {VERSION}</p><h1>Why should anyone believe it?</h1>{lead(model)}</header>"
        f"<nav><ol>{contents}</ol></nav>{bodies}</main></body></html>\n"
    )


def lead(model: Model) -> str:
    """The first words: how many bars are met, and what it was made of."""
    rows = read_board(model)
    judged = [row for row in rows if row.met is not None]
    met = sum(bool(row.met) for row in judged)
    guesses = sum(one.grade == "C" for one in model.book.parameters.values())
    return paragraphs(
        f"<b>{met} of {len(judged)} bars are met, {len(judged) - met} are missed.</b> Both kinds stand below, "
        "each with the command that measures it again. Of "
        f"{thousands(len(model.book.parameters))} numbers that move a timeline {thousands(guesses)} are judgements; "
        "the rules were written by people who knew how history went.",
        f"<small>Model {model.digest[:16]}. Made from what the checks have kept; nothing on this page is typed by "
        "hand but the words. Intervals are 90 % unless said otherwise.</small>",
    )


def board(model: Model) -> Part:
    """Every row of the scoreboard, its command with it or, where a check has but one, at its head."""
    rows = read_board(model)
    body = []
    for check in dict.fromkeys(row.check for row in rows):
        mine = [row for row in rows if row.check == check]
        commands = {row.again for row in mine}
        shared = f"<code>{text(mine[0].again)}</code>" if len(commands) == 1 else ""
        body.append(f"<tr class=group><th colspan=6 scope=rowgroup>{text(check)}{shared}</th></tr>")
        body += [line(row, model, told=not shared) for row in mine]
    head = cells("th", ("", "value", "interval", "baseline", "bar", ""))
    outside = board_words.OUTSIDE.format(sha256=shipped().provenance["sha256"])
    table = f"<table class=board><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"
    return (
        "board",
        "The scoreboard",
        f"<div class=wide>{table}</div>" + paragraphs(f"<small>{text(outside)}</small>"),
    )


def line(row: Score, model: Model, *, told: bool) -> str:
    """A row: what, how much, against what; told: its command beneath."""
    mark = {True: "<span class=met>met</span>", False: "<span class=missed>missed</span>", None: ""}[row.met]
    stale = "" if row.model == model.digest[:16] else " <i>(another model)</i>"
    command = f"<br><code>{text(row.again)}</code>" if told else ""
    numbers = [text(board_words.number(value)) for value in (row.value, row.interval, row.baseline, row.bar)]
    return f"<tr>{cells('td', (f'{text(row.name)}{stale}{command}', *numbers, mark))}</tr>"


def forecasts(model: Model) -> Part:
    """Calibration curves, and scores by cut-off."""
    report = kept_forecasts.read(kept_forecasts.path_of(model))
    curve, yearly, said = [], [], []
    for one in report.tables:
        for name in CURVES:
            for bin in one.calibration[name]:
                error = bin.error or 0.0
                curve.append(
                    {
                        "horizon": one.says, "of": name, "said": bin.said, "came": bin.came, "n": bin.n,
                        "low": max(bin.came - 2 * error, 0.0), "high": min(bin.came + 2 * error, 1.0),
                    }
                )  # fmt: skip
        yearly += [
            {"horizon": one.says, "of": name, "year": cut.name, "score": cut.scores[name].log}
            for cut in one.cut_offs
            for name in YEARLY
        ]
        rules, rate, priors = (one.overall.scores[name].log for name in ("rules", "base-rate", "priors"))
        said.append(
            f"{one.says}: rules {rules:.3f}, counting {rate:.3f}, the rules on their priors {priors:.3f}"
        )
    body = paragraphs(
        "Calibrated on our history up to the end of a year, the rules are asked for the next year's decisions, and for "
        "the next three years', given the world just before each. Mean log scores, low is good. "
        f"{text('; '.join(said))}. What is good here is the authors' more than the record's."
    )
    body += figure(
        figures.calibration(curve), "Said against came true; bars are two standard errors over years."
    )
    body += figure(figures.by_year(yearly), "After each cut-off. Counting: each option's share in the past.")
    return "forecasts", "Out of sample", body


def parts_of_the_book(model: Model) -> Part | None:
    """The ablation: what each part of the rule book earns."""
    report = kept_forecasts.read(kept_forecasts.path_of(model))
    lines = report.ablation.get("next-three-years") or next(iter(report.ablation.values()), [])
    if not lines:
        return None
    rows = []
    for one in sorted(lines, key=lambda one: -one.over_all):
        error = 1.645 * (one.error or 0.0)
        rows.append(
            {
                "name": f"{one.says} ({one.way})", "value": one.over_all,
                "low": one.over_all - error, "high": one.over_all + error,
                "tint": figures.BLUE if one.over_all > 0.0 else figures.RED,
            }
        )  # fmt: skip
    body = paragraphs(
        "The same forecasts with one part of the rule book switched off, or replaced by its base rate. To the right: "
        "what is lost without it, in nats a decision; to the left: the forecasts are better without it."
    )
    return "parts", "What each part earns", body + figure(figures.bars(rows, "nats a decision"), "")


def predictive(model: Model) -> Part | None:
    """Our history's features among free timelines."""
    found = checks.read(checks.path_of(model))
    if found is None:
        return None
    listed = asked.asked_of(model)
    names = {one.id: one.says for one in listed.features}
    rows = [
        {"name": names[one.feature], "world": listed.worlds[one.world].says, "rank": one.rank}
        for one in found.places
    ]
    body = paragraphs(
        text(predictive_words.verdict(found, listed)),
        "The record is used twice here, for calibration and for the comparison, so that ranks lean to the middle: one "
        "outside is a warning, one inside is no praise.",
    )
    shown = list(dict.fromkeys(row["name"] for row in rows))
    body += figure(figures.ranks(rows, shown), "The shade holds nineteen timelines in twenty.")
    return "predictive", "What happened, among free timelines", body


def learnt(model: Model) -> Part | None:
    """What calibration left of the priors."""
    held = read_learnt(model)[0]
    if not held:
        return None
    most = sorted(held.values(), key=lambda one: -(one.shift**2 + one.shrinkage))[:SHOWN]
    body = paragraphs(text(posterior_words.taught(held)))
    body += figure(figures.shrinkage([one.shrinkage for one in held.values()]), "All parameters.")
    body += figure(
        figures.prior_to_posterior([interval(one) for one in most]),
        "Where the record taught most: nine tenths of the prior (pale) and of the posterior (dark), and its middle.",
    )
    return "learnt", "From prior to posterior", body


def interval(one: Learnt) -> dict[str, Any]:
    """Prior and posterior in spreads of the prior, as normal laws with their middles and spreads."""
    half = 1.6448536
    return {
        "name": one.id, "prior_low": -half, "prior_high": half, "middle": one.shift,
        "low": one.shift - half * one.spread, "high": one.shift + half * one.spread,
    }  # fmt: skip


def chains(model: Model) -> Part | None:
    """Whether chains met, and whether answers hang on where they did not."""
    held, found = read_learnt(model)[0], convergence.read(convergence.path_of(model))
    if not held or found is None:
        return None
    rows = [
        {
            "name": row.title, "chain": str(number + 1), "value": value,
            "low": max(value - 2 * row.error, 0.0), "high": min(value + 2 * row.error, 1.0),
        }
        for row in found.rows
        for number, value in enumerate(row.chains)
    ]  # fmt: skip
    body = paragraphs(text(posterior_words.matters(held, found, model)))
    body += figure(
        figures.by_chain(rows), "Headline answers by chain, nothing but the rules; two standard errors."
    )
    return "chains", "Did the chains meet?", body


def ranks(model: Model) -> Part | None:
    """Simulation-based calibration over the whole scenario, where replicates are kept."""
    found = kept_ranks(kept_folder(model))
    if found is None or not len(found.numbers):
        return (
            "ranks",
            "Simulated records",
            paragraphs(
                "No replicate over the whole scenario is kept: <code>allohistory check inference --full</code> makes "
                "them. The sampler is checked on textbook scenarios in the tests."
            ),
        )
    held = np.asarray(found.ranks, float).ravel()
    top = float(held.max()) + 1.0
    counts = np.histogram(held, bins=20, range=(0.0, top))[0]
    body = paragraphs(
        f"{len(found.numbers)} records drawn from the model itself and calibrated on: where the true value stands "
        "among the draws. Flat is right; a dome means posteriors too wide, a bowl too narrow."
    )
    return "ranks", "Simulated records", body + figure(figures.histogram([int(one) for one in counts]), "")


def sensitivity(model: Model) -> Part | None:
    """What moves three of the headline answers."""
    study = kept_study(model.name)
    if study is None:
        return None
    body = paragraphs(
        text(sensitivity_words.words_of(study)), text(sensitivity_words.stale_words(study, model)),
        "A subject's total counts all that it does together with others and with luck: totals add up to more than one.",
    )  # fmt: skip
    for id in HEADLINES:
        one = study["outcomes"].get(id)
        if one is None:
            continue
        body += f"<h3>{text(one['title'])}: {percent(one['probability'])}</h3>"
        groups = [
            bar(row["subject"], row["total"], row["total_interval"], figures.BLUE)
            for row in one["groups"][:12]
        ]
        body += figure(
            figures.bars(groups, "total share of variance", share=True), "By subject of the rule book."
        )
        body += figure(
            figures.bars(singles(one), "points for a spread of belief"), "Single parameters (grade)."
        )
    return "sensitivity", "What moves the answers", body


def singles(one: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The strongest parameters of an outcome; pale where chance could have made the slope."""
    return [
        bar(
            f"{row['parameter']} ({row['grade']})",
            100.0 * row["slope"],
            [100.0 * end for end in row["interval"]],
            figures.BLUE if row["found"] else figures.PALE,
        )
        for row in one["singles"]
    ]


def bar(name: str, value: float, ends: Sequence[float], tint: str) -> dict[str, Any]:
    """A bar with its interval."""
    return {"name": name, "value": value, "low": ends[0], "high": ends[1], "tint": tint}


def campaigns(model: Model) -> Part | None:
    """Campaigns of the record fought again: the rules' figure over what happened."""
    path = kept_folder(model) / "campaigns.json"
    if not path.is_file():
        return None
    rows = []
    for one in json.loads(path.read_text(encoding="utf-8"))["figures"]:
        ours = one.get("happened")
        if not ours or not one.get("median") or not one.get("interval_50"):
            continue
        low_50, high_50, low_90, high_90 = (
            float(end) / ours for end in (*one["interval_50"], *one["interval_90"])
        )
        rows.append(
            {
                "name": one["id"], "median": one["median"] / ours, "low_50": low_50, "high_50": high_50,
                "low_90": low_90, "high_90": high_90,
            }
        )  # fmt: skip
    body = paragraphs(
        "Losses, depths and days of campaigns of the record, fought a thousand times by the rules. Where the thin bar "
        "misses the red line, nine tenths of the runs missed what happened."
    )
    return "campaigns", "Campaigns fought again", body + figure(figures.campaigns(rows), "")


def figure(chart: Any, caption: str) -> str:
    """A figure with its words beneath."""
    below = f"<figcaption>{text(caption)}</figcaption>" if caption else ""
    return f"<figure>{figures.svg(chart)}{below}</figure>"


def paragraphs(*parts: str) -> str:
    """Paragraphs of HTML; empty ones are left out."""
    return "".join(f"<p>{part}</p>" for part in parts if part)


def cells(tag: str, values: Sequence[str]) -> str:
    """A row's cells."""
    return "".join(f"<{tag}>{value}</{tag}>" for value in values)


def text(words: str) -> str:
    """Words as HTML."""
    return html.escape(words, quote=False)


if __name__ == "__main__":
    sys.exit(main())
