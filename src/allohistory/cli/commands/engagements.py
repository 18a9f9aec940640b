"""`check engagements`: the model of land combat scored on a table of engagements."""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, columns, paragraph
from allohistory.errors import AllohistoryError

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

SAYS = {
    "n": "engagements",
    "log_loss": "log loss of the attacker's chance of winning, nats",
    "auc": "area under the curve of that chance",
    "attacker_rmse": "root mean square error, log of the attacker's casualties/strength",
    "defender_rmse": "the same, the defender's",
    "coverage_50": "share of both sides' rates inside the middle half of what was predicted",
    "coverage_90": "share inside the middle nine tenths",
}
WHERE_FROM = (
    "no table is given, and none is shipped: the engagements come from CDB90, the CAA Database of Battles "
    "(tidy tables: jrnold/CDB90, ODC-BY)"
)


def run(options: argparse.Namespace, model: Model) -> int:
    """Score the shipped model on the table that --data names."""
    if not options.data:
        raise AllohistoryError(
            "--data", WHERE_FROM, see="docs/engagements.md says which columns a table must have"
        )
    from allohistory.combat.model import shipped
    from allohistory.combat.scores import scores
    from allohistory.combat.table import read

    table = read(Path(options.data))
    combat = shipped()
    found = scores(table, combat.predict(table))
    if options.json:
        again = f"allohistory check engagements --data {shlex.quote(options.data)} --json"
        sys.stdout.write(with_head("check", options, model, found, again=again))
        return 0
    rows = [(SAYS[name], "-" if value is None else _shown(value)) for name, value in found.items()]
    out = [bold("The model of land combat on these engagements"), *columns(rows, right=(1,)), ""]
    told = combat.provenance
    out.append(
        paragraph(
            f"Fitted on {told['engagements']} engagements of {told['dataset']} ({told['licence']}). On those same "
            "engagements the scores flatter it: docs/engagements.md has the cross-validated ones."
        )
    )
    sys.stdout.write("\n".join(out) + "\n")
    return 0


def _shown(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.3f}"
