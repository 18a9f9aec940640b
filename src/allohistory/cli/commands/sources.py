"""`sources`: where a number comes from."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from allohistory.cli.heads import with_head
from allohistory.cli.layout import bold, listing


def run(options: argparse.Namespace) -> int:
    """Everything known about one id, or its sources as BibTeX."""
    from allohistory.questions import listings
    from allohistory.questions.bibtex import bibtex
    from allohistory.questions.scenario import scenario
    from allohistory.questions.sources import bibliography, item_of

    model = scenario(options.scenario).model
    item = item_of(options.id, model)
    if options.json:
        sys.stdout.write(with_head("sources", options, model, listings.sources_body(model, options.id)))
    elif options.bib:
        sys.stdout.write(bibtex(item, model))
    else:
        sys.stdout.write(show(item, bibliography(item, model), model))
    return 0


def show(item: dict[str, Any], lines: list[str], model: Any) -> str:
    """One id in full."""
    rows = []
    for name, value in item.items():
        if name in ("id", "kind", "what", "title") or value in (None, "", [], {}):
            continue
        if name == "facts":
            facts = model.book.facts
            rows += [("fact", f"{id}: {facts[id].what}" if id in facts else id) for id in value]
        elif name in ("prior", "posterior") and isinstance(value, dict):
            rows.append((name, believed(value)))
        elif isinstance(value, list):
            rows.append((name.replace("_", " "), ", ".join(map(words, value))))
        else:
            rows.append((name.replace("_", " "), words(value)))
    title = item.get("title") or first_sentence(str(item.get("what", "")))
    page = [bold(f"{item['id']}  ({item['kind']})"), *listing([("what", title), *rows])]
    known = [line for line in lines if line != item.get("source")]
    if known:
        page += ["", bold("Sources"), *(f"  {line}" for line in known)]
    return "\n".join(page) + "\n"


def believed(value: dict[str, Any]) -> str:
    """A prior or a posterior: its form if it has one, the middle with 5 % and 95 %, and what the record did to it."""
    form = {name: held for name, held in value.items() if name not in READ}
    parts = [words(form)] if form else []
    if "q50" in value:
        parts.append(
            f"middle {words(value['q50'])} (5 to 95 %: {words(value['q05'])} to {words(value['q95'])})"
        )
    return "; ".join([*parts, *([value["says"]] if "says" in value else [])])


READ = ("q05", "q50", "q95", "shift", "shrinkage", "r_hat", "effective", "says")


def words(value: Any) -> str:
    """A value as text."""
    if isinstance(value, dict):
        return ", ".join(f"{name} {words(held)}" for name, held in value.items())
    return f"{value:g}" if isinstance(value, float) else str(value)


def first_sentence(text: str) -> str:
    """The first paragraph of a longer text, on one line."""
    return " ".join(text.split("\n\n")[0].split())
