"""`ask`: what follows from these points of divergence?"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allohistory.cli.endings import SHORT
from allohistory.cli.progress import stoppable_bar
from allohistory.errors import AllohistoryError

if TYPE_CHECKING:
    from allohistory.cli.progress import Bar
    from allohistory.questions.answer import Answer

NAMES = ("from_", "luck", "coupling", "clocks", "given", "without", "timelines", "precision", "draws", "seed")


def run(options: argparse.Namespace) -> int:
    """Read the question, answer it, print it; after a signal print what is finished."""
    from allohistory.cli.show_answer import show
    from allohistory.questions.scenario import scenario

    target = report_file(options.report) if options.report else None
    question = question_of(options, scenario(options.scenario))
    say: list[str] = []
    try:
        with stoppable_bar(options.watch) as (bar, show_progress):
            answer = scenario(options.scenario).answer(
                question,
                progress=show_progress,
                stop=options.watch.stop,
                partly=told_by(bar) if sys.stderr.isatty() and not options.json else None,
                cluster=options.cluster,
                events=options.events,
                anew=options.anew,
                say=say,
            )
    finally:
        for line in say:
            print(f"note: {line}", file=sys.stderr)
    sys.stdout.write(answer.to_json() if options.json else show(answer))
    sys.stdout.flush()
    if answer.stopped:
        kept = f"; all timelines are in {question.out}" if question.out else ""
        print(f"stopped: the answer above is made of what was finished{kept}", file=sys.stderr)
    elif question.out and not options.json:
        print(f"written: {question.out} (answer.json, and every timeline in parts)", file=sys.stderr)
    if target is not None:
        from allohistory.results.files import write_whole
        from allohistory.telling.report.answers import report

        with stoppable_bar(options.watch) as (_, show_progress):
            held = report(answer, show_progress)
        write_whole(target, held.encode("utf-8"))
        print(f"report: {target}", file=sys.stderr)
    return SHORT if answer.short else 0


def told_by(bar: Bar) -> Callable[[Answer], None]:
    """Shows each stage of an answer on the terminal, as it comes."""
    from allohistory.cli.show_stage import stage_lines

    return lambda answer: bar.say(stage_lines(answer))


def report_file(name: str) -> Path:
    """Where a report is to go; raises AllohistoryError before any work where it cannot."""
    target = Path(name)
    where = "allohistory ask --report"
    if target.suffix.lower() not in (".html", ".htm"):
        closest = str(target.with_suffix(".html"))
        raise AllohistoryError(where, f'"{target.name}" does not end in .html', given=name, closest=closest)
    if target.is_dir() or not target.parent.is_dir():
        problem = f'there is no folder "{target.parent}"' if not target.is_dir() else f'"{name}" is a folder'
        raise AllohistoryError(where, problem, given=name, closest=target.name)
    return target


def question_of(options: argparse.Namespace, where: Any) -> Any:
    """The question that the options put, over the what-if file's if there is one."""
    from allohistory.questions.question import Question

    given: dict[str, Any] = {
        name: getattr(options, name) for name in NAMES if getattr(options, name) is not None
    }
    for name, values in (("pods", options.pod), ("do", options.do), ("outcomes", options.outcome)):
        if values:
            given[name] = tuple(values)
    if given.get("draws") == "fresh":
        given.update(fresh_draws=bool(given.pop("draws")))
    given.update(workers=options.workers, out=options.out)
    if options.file is not None:
        return where.read(options.file, **given)
    return Question(scenario=options.scenario, **given)
