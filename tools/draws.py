"""Write a scenario's kept table of draws: every parameter from its prior, and a latent seed chosen by the record.

    python tools/draws.py            write book/draws.parquet
    python tools/draws.py --check    fail where the table was drawn from other priors, or is missing

Of 256 replays under different latent seeds one is kept for each row, with probability in proportion to the
likelihood that it gave the record; so the table also depends on the rules and the record, not on priors alone.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("scenario", nargs="?", default="soviet-japanese-war")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where the table is stale")
    arguments = parser.parse_args()
    from allohistory.timeline.model import load

    model = load(arguments.scenario)
    path = model.folder / "book" / "draws.parquet"
    if arguments.check:
        if not model.draws.selected:
            print(
                f"{path.relative_to(ROOT)} is missing or was drawn from other priors: run python tools/draws.py"
            )
        return 0 if model.draws.selected else 1
    return write(model, path)


def write(model: Model, path: Path) -> int:
    from rich.progress import track

    from allohistory.timeline.kept_draws import DRAWS, DrawTable, prior_draws, write_draws
    from allohistory.timeline.latent import has_latent_luck, select_latent_seeds

    values = prior_draws(model.book, model.numbers["parameters"], DRAWS)
    blueprint = replace(model.blueprint, parameter_draws=values)
    seeds = model.draws.latent_seeds
    if has_latent_luck(blueprint):
        steps = iter(track(range(DRAWS), description="choosing latent seeds", transient=True))
        next(steps)
        seeds = select_latent_seeds(blueprint, progress=lambda _: next(steps, None))
    write_draws(path, model.book, DrawTable(tuple(model.book.parameters), values, seeds, True))
    print(f"wrote {path.relative_to(ROOT)}: {DRAWS} draws of {values.shape[1]} parameters")
    return 0


if __name__ == "__main__":
    sys.exit(main())
