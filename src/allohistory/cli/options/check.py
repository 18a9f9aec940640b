"""`check`: its options and what its help says."""

from __future__ import annotations

from argparse import ArgumentParser

from allohistory.cli.options.shared import size
from allohistory.cli.reading import whole

SUMMARY = "the rules beside what is expected of them"
MORE = """\
free-running   history let run by the rules alone, beside a historian's expectations; OFF marks what is far off
sense          a thousand free wars of each of six years, beside a historian's expectations of wars
sheet          both together, line by line of the sanity sheet, with a word on each that is outside
ensemble       our history, month by month, in the spread of free timelines, and its distance to them as a whole
outcomes       every outcome under free luck from several days on, and what comes before it
divergences    what each point of divergence moves beyond Monte Carlo error
judgements     historians' verdicts on worlds that may differ from ours, beside whole timelines
chains         arguments of the debate, link by link
campaigns      campaigns of the record fought again by the rules, figure by figure
inference      whether posteriors of simulated histories are right, and their intervals; as kept, --full goes on
posterior      what calibration taught, whether its chains met, and whether answers hang on where they did not
predictive     timelines of the calibrated draws left to themselves, beside what happened; as kept, --full anew
disputes       headline answers under each camp's reading of a disputed figure; as kept, --full anew
forecasts      calibrated up to a year, how well the rules say what came next, beside counting; --full anew
engagements    the model of land combat, scored on the table of --data
chronicles     histories of --timelines N timelines read again: contradictions, the dead, dates, patterns
sensitivity    what moves the headline answers, and what would change our mind; kept, --full measures it anew
exit code 3 says that a line is off; for sense, a line that is counted or certain."""


def add(parser: ArgumentParser) -> None:
    """Its own options."""
    parser.add_argument(
        "subject",
        metavar="SUBJECT",
        nargs="?",
        help="one of those below; none: the scoreboard of all, as kept",
    )
    parser.add_argument("--data", metavar="FILE", help="a CSV table of engagements, for that check")
    parser.add_argument(
        "--full", action="store_true", help="measure anew what is otherwise shown as it was kept"
    )
    parser.add_argument(
        "--replicates", metavar="N", type=whole("--replicates"), help="inference: how many (default 200)"
    )
    size(parser)
