"""The page of the causal graph, made from the code of the week and from the scenario's page of links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import causal_picture
from allohistory.questions.causal_graph import CausalGraph, graph_of, groups_of, rule_of
from allohistory.questions.links import Page, read_page
from pages import page, table

if TYPE_CHECKING:
    from allohistory.timeline.model import Model

SHOWN = "europe"

INTRODUCTION = """
What can lead to what in this model is not said by anyone: it is read from the code. A program follows the week's
function through every step that it calls, whatever names a value bears on its way, and notes for each rule which
variables go into its chance or decide whether it is asked, and which are written in consequence of what it draws.

The reading errs to one side only. It may name an edge that no timeline ever uses; it must not miss one. Three tests
hold it to that. In running weeks, no line reads or writes a variable that the graph does not give to its function. If
a variable is moved at the start of a week, the first draw that differs must be one that reads it, and at the week's
end nothing may differ that it cannot reach. And in pairs of whole timelines, each variable that comes to differ must
have a source in the graph that differed by then.
""".strip()

PICTURE = """
A line runs from a rule to each rule that reads what it wrote, or what a step of the week at once made of it (an order
to attack that falls due makes a war). The dark ones are all that come into Europe from outside: each goes by
`war.rung`, or by `ussr.divisions_felt_in_europe`.
""".strip()

USE = """
A question with a change runs a hundred pairs of its own timelines, with the change and without it, under one luck, and
compares the whole world bit for bit at the end of every week. For each part of the world that the change's own rules do
not write, the answer says when it first differs, by which rule, what that rule had read and what it wrote, and in how
many pairs it never differs at all. Luck goes by address, so a part of the world stays the same **to the last bit**
until one of its rules has read something that differs; a test asserts it.

```text
allohistory ask --pod five-more-divisions-in-1938
```

The same stands in the JSON form as `contacts`, and in Python as `answer.contacts`. The rule is found by comparing what
differs with what the graph allows: of the rules that write what first differs, the one that wrote most of it; of the
variables that it reads, the one that came to differ last. Where two rules of one week could have done it, that is a
judgement, not a proof. The weeks and the shares are exact.
""".strip()


def causal_pages(model: Model) -> dict[str, str]:
    """The page and its picture, by their paths below docs/."""
    graph, groups, links = graph_of(model), groups_of(model), read_page(model.folder)
    return {
        "causal_graph.md": causal_page(graph, groups, links, model),
        "pictures/causal_graph.svg": causal_picture.picture(graph, groups, model.order, SHOWN),
    }


def causal_page(graph: CausalGraph, groups: Mapping[str, str], links: Page, model: Model) -> str:
    """The whole page."""
    return page(
        "The causal graph",
        INTRODUCTION,
        size_of(graph),
        "![The rules on a circle, by the part of the world that they write](pictures/causal_graph.svg)",
        PICTURE,
        "## Where a change first reaches\n\n" + USE,
        "## From part to part\n\n" + crossings_part(graph, groups),
        "## The links that historians argue with\n\n" + links_part(links),
        "## What must not be\n\n" + nevers_part(links),
        "## The channels of Europe\n\n" + channels_part(links),
        "## What the graph lacks\n\n" + lacking_part(links, graph, model),
        "## Rules that draw\n\n" + rules_part(graph, model.order),
        "## What is worked out without a draw\n\n" + settled_part(graph),
    )


def size_of(graph: CausalGraph) -> str:
    """How large the graph is."""
    rules = {rule_of(node) for node in graph.drawing}
    return (
        f"It has {len(rules)} rules that draw ({len(graph.drawing)} nodes, for some are asked for one entity by name), "
        f"{len(graph.settled)} that only move the world, {len(graph.variables)} variables and {graph.edges} edges."
    )


def crossings_part(graph: CausalGraph, groups: Mapping[str, str]) -> str:
    """How many ways lead at one stroke from each part of the world to each other."""
    names = sorted(set(groups.values()))
    inside = {name: {id for id, group in groups.items() if group == name} for name in names}
    rows = [
        (
            causal_picture.title(source),
            *(
                "" if source == target else str(len({(a, rule) for a, rule, _ in found})) if found else "0"
                for target in names
                for found in [graph.crossings(inside[source], inside[target])]
            ),
        )
        for source in names
    ]
    head = ("from \\ to", *(causal_picture.title(name) for name in names))
    return (
        "Variables of the part on the left that a rule reads when it writes into the part above, each counted with its "
        "rule. A nought is a part that can only be reached through others.\n\n" + table(head, rows)
    )


def links_part(links: Page) -> str:
    """The links with the ways that carry them."""
    rows = [
        (
            link.number,
            link.what,
            link.sign,
            link.lag,
            " → ".join(f"`{node}`" for node in link.way),
            "yes" if link.check else "",
        )
        for link in links.links
    ]
    return (
        "Each is walked through the code edge by edge by a test; where the last column says so, another reads its sign "
        "off the rule. The sign is that of the last thing named; lags are what historians say, not what is tested.\n\n"
        + table(("no.", "link", "sign", "lag", "way through the code", "sign tested"), rows)
    )


def nevers_part(links: Page) -> str:
    """What must not reach what."""
    rows = [
        (
            never.number,
            never.what,
            ", ".join(f"`{id}`" for id in never.sources),
            ", ".join(f"`{id}`" for id in never.targets),
            "by any way" if never.at_all else "at one stroke",
        )
        for never in links.nevers
    ]
    return table(("no.", "what", "from", "to", "not"), rows)


def channels_part(links: Page) -> str:
    """The channels by which Europe and the rest touch."""
    rows = [
        (
            "into Europe" if one.into else "out of Europe",
            one.what,
            ", ".join(f"`{rule}`" for rule in one.rules),
            ", ".join(f"`{id}`" for id in one.reads) or "its part",
        )
        for one in links.channels
    ]
    return (
        "Nothing outside Europe reaches it, and nothing of it reaches out, but by these; a rule that opened another "
        "would fail a test.\n\n" + table(("way", "channel", "rules", "reading"), rows)
    )


def lacking_part(links: Page, graph: CausalGraph, model: Model) -> str:
    """What historians name and the code does not have; and what the code writes and nothing reads."""
    rows = [(number, f"{what}.") for number, what in links.lacking]
    idle = sorted(id for id in graph.variables if not (graph.reach({id}) & graph.variables) - {id})
    whats = [(f"[`{id}`](reference/variables.md#{id})", model.book.variables[id].what) for id in idle]
    return (
        table(("no.", "no such way"), rows)
        + "\n\nThese variables are written and lead nowhere: they are told or shown, or remember that something has "
        "happened once, but nothing else ever comes of them.\n\n" + table(("variable", "what"), whats)
    )


def rules_part(graph: CausalGraph, order: tuple[str, ...]) -> str:
    """Every node that draws, in the order of the week."""
    nodes = sorted(graph.drawing, key=lambda node: (order.index(rule_of(node)), node))
    rows = [
        (
            f"[{node}](reference/rules/{rule_of(node)}.md)",
            ids(graph.reads[node]),
            ids(graph.asks.get(node, ())),
            ids(graph.writes_of.get(node, ())),
        )
        for node in nodes
    ]
    return (
        "In the order of the week. *Reads*: what goes into its chance or decides whether it is asked. *After*: the "
        "rules whose draws decide upon it in the same week. *Writes*: what is written in consequence of its draw, "
        "where no later draw of the same week comes between.\n\n"
        + table(("rule", "reads", "after", "writes"), rows)
    )


def settled_part(graph: CausalGraph) -> str:
    """Rules that draw nothing, and steps that write by themselves."""
    rows = []
    for node in sorted(set(graph.writes_of) - graph.drawing):
        sources = {id for w in graph.writes if node in graph.nearest(w.by) for id in w.sources}
        name = f"[{node}](reference/rules/{node}.md)" if node in graph.settled else node
        rows.append((name, ids(sources), ids(graph.writes_of[node])))
    return table(("rule or step", "from", "writes"), rows)


def ids(names: frozenset[str] | set[str] | tuple[str, ...]) -> str:
    """Variables or rules, side by side."""
    return ", ".join(f"`{name}`" for name in sorted(names))
