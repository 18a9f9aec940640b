"""`claims`: the arguments people have, each judged by the rules; as kept, or anew."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from allohistory.cli.heads import with_head
from allohistory.cli.layout import page
from allohistory.cli.progress import stoppable
from allohistory.cli.show_claims import claim_in_full, debate_lines
from allohistory.errors import AllohistoryError

if TYPE_CHECKING:
    from allohistory.questions.debate.kept import Judged


def run(options: argparse.Namespace) -> int:
    """Print the kept verdicts at once; with --full, or for a file's own claims, judge first."""
    from allohistory.questions.listings import claims_body, stale_words
    from allohistory.questions.scenario import scenario

    _sensible(options)
    where = scenario(options.scenario)
    found: tuple[Judged, ...]
    if not options.full and options.file is None:
        found = where.claims(options.id)
    else:
        with stoppable(options.watch) as bar:
            found = where.claims(
                options.id,
                full=options.full,
                file=options.file,
                timelines=options.timelines,
                seed=options.seed,
                workers=options.workers,
                progress=bar,
                stop=options.watch.stop,
            )
    stale = stale_words(found)
    if options.json:
        body = claims_body(found)
        warnings = (stale,) if stale else ()
        sys.stdout.write(
            with_head("claims", options, where.model, body, again=again(options), warnings=warnings)
        )
        return 0
    in_full = bool(options.id) or options.file is not None
    parts = [claim_in_full(one) for one in found] if in_full else [debate_lines(found)]
    sys.stdout.write(page([stale, *parts, f"again: {again(options)}"]))
    if options.watch.stop.is_set():
        print(
            "stopped: claims judged before that are shown anew, the rest as they were kept", file=sys.stderr
        )
    return 0


def _sensible(options: argparse.Namespace) -> None:
    """What is only shown takes no number of timelines, no seed."""
    if options.full or options.file is not None:
        return
    for name in ("timelines", "seed", "workers"):
        if getattr(options, name) is not None:
            problem = "kept verdicts are shown, and nothing is run"
            raise AllohistoryError(
                f"--{name}", problem, given=str(getattr(options, name)), closest="add --full"
            )


def again(options: argparse.Namespace) -> str:
    """The command that says the same once more."""
    words = ["allohistory", "claims", *_words(options.id)]
    if options.scenario != "soviet-japanese-war":
        words += ["--scenario", options.scenario]
    words += ["--full"] if options.full else []
    for name in ("file", "timelines", "seed"):
        if getattr(options, name) is not None:
            words += [f"--{name}", str(getattr(options, name))]
    return shlex.join(words)


def _words(ids: Sequence[str] | None) -> list[str]:
    return list(ids or ())
