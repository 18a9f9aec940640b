"""`play`: decisions for one actor, line by line. The game is an address; nothing is kept."""

from __future__ import annotations

import argparse
import shlex
import sys
from typing import Any

from allohistory.cli.layout import bold, dim, listing, paragraph
from allohistory.errors import AllohistoryError
from allohistory.results.words import in_words, percent

UNTIL = "until="
HELP = (
    ("1, 2, ...", "choose this option"),
    ("?", "what the advisers say of each"),
    ("o", "what our history chose"),
    ("a", "leave this one to the advisers"),
    ("a DATE", "leave everything to them until then; also `a crisis` and `a end`"),
    ("q", "stop here; the address takes the game up again"),
)


def run(options: argparse.Namespace) -> int:
    """Show the decision; read choices from stdin until the game ends or the player does."""
    from allohistory.questions.play.game import state

    asked: dict[str, Any] = {
        "scenario": options.scenario,
        "address": options.address,
        "from_": options.from_,
        "luck": options.luck,
        "seed": options.seed,
    }
    now = state(options.actor, choose=_choice(options.choose), **asked)
    if options.json:
        sys.stdout.write(_json(options, now))
        return 0
    if options.choose:
        sys.stdout.write(_page(now))
        return 0
    _play(options, now)
    return 0


def _choice(text: str | None) -> dict[str, str] | None:
    if not text:
        return None
    if text.startswith(UNTIL):
        return {"until": text.removeprefix(UNTIL)}
    return {"option": text}


def _json(options: argparse.Namespace, now: dict[str, Any]) -> str:
    from allohistory.cli.heads import with_head
    from allohistory.timeline.model import load

    return with_head("play", options, load(options.scenario), now, again=again(now))


def again(now: dict[str, Any]) -> str:
    """The command that takes the game up again."""
    return shlex.join(["allohistory", "play", now["address"], "--as", now["actor"], "--from", now["from"]])


def _play(options: argparse.Namespace, now: dict[str, Any]) -> None:
    """One decision after another."""
    from allohistory.questions.play.game import state

    sys.stdout.write(_opening(now))
    shown = False
    while not now["ended"]:
        if not shown:
            sys.stdout.write(_sheet(now))
            shown = True
        sys.stdout.write("> ")
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line or line.strip().lower() in ("q", "quit"):
            sys.stdout.write(f"\n{_farewell(now)}")
            return
        try:
            choose = _understood(line.strip(), now)
            if choose is None:
                continue
            now = state(
                options.actor,
                scenario=options.scenario,
                address=now["address"],
                from_=now["from"],
                choose=choose,
            )
            shown = False
        except AllohistoryError as error:
            sys.stdout.write(f"{paragraph(error.lines()[0])}\n")
    sys.stdout.write(_ending(now))


def _understood(line: str, now: dict[str, Any]) -> dict[str, str] | None:
    """A choice, or None where the line only asked for something to be shown."""
    options = now["decision"]["options"]
    word, _, rest = line.partition(" ")
    if word.lower() == "a":
        return {"until": rest.strip() or "next"}
    if word == "o":
        sys.stdout.write(f"{paragraph(now['decision']['ours']['words'])}\n")
        return None
    if word in ("", "?"):
        sys.stdout.write(_advice(now))
        return None
    if word.isdigit() and 1 <= int(word) <= len(options):
        return {"option": options[int(word) - 1]["option"]}
    names = [one["option"] for one in options]
    if word in names:
        return {"option": word}
    raise AllohistoryError(
        "play", f'"{word}" is none of the answers', given=word, possible=[*names, "a", "o", "q", "?"]
    )


def _page(now: dict[str, Any]) -> str:
    return _ending(now) if now["ended"] else _sheet(now) + _farewell(now)


def _opening(now: dict[str, Any]) -> str:
    return f"{bold(now['title'])}\n{paragraph(now['who'])}\n"


def _sheet(now: dict[str, Any]) -> str:
    """What lies on the desk."""
    decision = now["decision"]
    lines = ["", bold(f"{in_words(now['date'])}. {decision['title']}")]
    if decision["says"]:
        lines.append(paragraph(decision["says"]))
    if decision["what_happened_since"]:
        lines += [
            "",
            "Since then:",
            *listing([(in_words(one["date"]), one["text"]) for one in decision["what_happened_since"]]),
        ]
    known = [*decision["known"], *now["figures"]]
    if known:
        lines += ["", paragraph(f"You know: {'; '.join(known)}.", hanging=2)]
    lines.append("")
    for place, one in enumerate(decision["options"], start=1):
        chance = "" if one["probability"] is None else f" ({percent(one['probability'])})"
        lines.append(paragraph(f"{place}. {one['title']}{chance}", hanging=3))
        if one["case"]:
            lines.append(dim(paragraph(one["case"], indent=3)))
    if decision["proposal"]:
        lines.append(dim(paragraph(f"(chances over {decision['weeks']} weeks, at today's rate)")))
    return "\n".join(lines) + "\n"


def _advice(now: dict[str, Any]) -> str:
    """For and against, option by option; then what can be typed."""
    lines = []
    for place, one in enumerate(now["decision"]["options"], start=1):
        lines.append(bold(f"{place}. {one['title']}"))
        said = [
            (f"{'for' if word['for'] else 'against'}:", f"{word['text']} ({word['weight']})")
            for word in one["advisers"]
        ]
        lines += listing(said) or [
            paragraph("nothing in particular speaks for it or against it today", indent=2)
        ]
    return "\n".join([*lines, "", *listing(HELP)]) + "\n"


def _farewell(now: dict[str, Any]) -> str:
    return "\n".join([paragraph(now["surprise"]["words"]), *_ways_on(now)]) + "\n"


def _ways_on(now: dict[str, Any]) -> list[str]:
    return [
        f"address:   {now['address']}",
        f"read it:   allohistory tell {now['address']}",
        f"go on:     {again(now)}",
    ]


def _ending(now: dict[str, Any]) -> str:
    """What was decided, how surprising it was, where to read it."""
    lines = ["", bold(f"{in_words(now['date'])}: nothing more comes to your desk.")]
    if now["aside"]:
        lines.append(paragraph(f"The world was set aside: {now['aside']}."))
    lines += [paragraph(f"{one['title']}: {one['text']}", hanging=2) for one in now["became"]]
    rows = [
        (
            in_words(one["date"]),
            f"{one['title']} {one['option_title']}{' (not as our history)' if one['departs'] else ''}.",
        )
        for one in now["past"]
    ]
    lines += ["", *listing(rows), "", paragraph(now["surprise"]["words"]), "", *_ways_on(now)]
    return "\n".join(lines) + "\n"
