"""`sql`: its options and what its help says."""

from __future__ import annotations

from argparse import ArgumentParser

SUMMARY = "a question in SQL to a run on disk"
MORE = """\
views: outcomes, events (of runs with --events), rules, entities, parameters. Examples:
  allohistory sql 'SELECT arm, count(*), avg(o_general_war::INT) FROM outcomes WHERE NOT set_aside GROUP BY arm'
  allohistory sql 'DESCRIBE outcomes' --run RUN"""


def add(parser: ArgumentParser) -> None:
    """Its own options."""
    parser.add_argument("query", metavar="QUERY", help="one statement, as DuckDB reads it")
    parser.add_argument(
        "--run", metavar="DIR", help="the folder of the run (default: the one last written to)"
    )
