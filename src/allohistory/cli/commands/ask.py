"""`ask`: what follows from these points of divergence?"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from allohistory.cli.endings import SHORT
from allohistory.cli.progress import stoppable
from allohistory.errors import AllohistoryError

NAMES = ("from_", "luck", "coupling", "clocks", "given", "without", "timelines", "precision", "draws", "seed")


def run(options: argparse.Namespace) -> int:
    """Read the question, answer it, print it; after a signal print what is finished."""
    from allohistory.cli.show_answer import show
    from allohistory.questions.scenario import scenario

    target = report_file(options.report) if options.report else None
    question = question_of(options, scenario(options.scenario))
    with stoppable(options.watch) as show_progress:
        answer = scenario(options.scenario).answer(question, progress=show_progress, stop=options.watch.stop)
    sys.stdout.write(answer.to_json() if options.json else show(answer))
    sys.stdout.flush()
    if answer.stopped:
        kept = f"; the finished part is in {question.out}" if question.out else ""
        print(f"stopped: the answer above is made of what was finished{kept}", file=sys.stderr)
    if question.out and not options.json:
        print(f"written: answer.json and outcomes.parquet in {question.out}", file=sys.stderr)
    if target is not None:
        from allohistory.results.files import write_whole
        from allohistory.telling.report.answers import report

        write_whole(target, report(answer).encode("utf-8"))
        print(f"report: {target}", file=sys.stderr)
    return SHORT if answer.short else 0


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
