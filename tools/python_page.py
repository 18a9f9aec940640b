"""The reference page of the Python interface, made from what `allohistory` re-exports."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

import pages

UNQUOTED = re.compile(r"(?<=: )'([^']*)'")  # an annotation that is kept as text


def python_page(package: Any) -> str:
    """Every public name with its signature and docstring; a class with its public members."""
    intro = (
        "What `allohistory` re-exports is public and typed; nothing else is. First arguments are positional, the rest "
        "by name."
    )
    names = [name for name in package.__all__ if not name.startswith("__")]
    return pages.page("Python", intro, *(part(name, getattr(package, name)) for name in names))


def part(name: str, thing: Any) -> str:
    """One public name."""
    called = signature(thing)
    lines = [
        f"## {name}",
        f"```text\n{name}{called}\n```" if called else "",
        prose(inspect.getdoc(thing) or ""),
    ]
    if inspect.isclass(thing) and not issubclass(thing, Exception):
        lines += [member_part(name, member, found) for member, found in members(thing)]
    return "\n\n".join(line for line in lines if line)


def members(thing: type) -> Iterator[tuple[str, Any]]:
    """The public methods and properties of a class and of our classes below it, in the order of their text."""
    ours = [one for one in reversed(thing.__mro__) if one.__module__.partition(".")[0] == "allohistory"]
    for name in dict.fromkeys(name for one in ours for name in vars(one)):
        found = inspect.getattr_static(thing, name)
        if not name.startswith("_") and (callable(found) or isinstance(found, property)):
            yield name, found


def member_part(owner: str, name: str, found: Any) -> str:
    """One method or property."""
    called = "" if isinstance(found, property) else f"```text\n{owner}.{name}{signature(found)}\n```\n\n"
    return f"### {owner}.{name}\n\n{called}{prose(inspect.getdoc(found) or '')}"


def signature(thing: Any) -> str:
    """How it is called, one argument a line where there are many; empty where it cannot be told."""
    if inspect.isclass(thing) and not issubclass(thing, Exception):
        return ""
    try:
        found = inspect.signature(thing)
    except (TypeError, ValueError):
        return ""
    arguments: list[str] = []
    for name, argument in found.parameters.items():
        if argument.kind is inspect.Parameter.KEYWORD_ONLY and "*" not in arguments:
            arguments.append("*")
        if name != "self":
            arguments.append(UNQUOTED.sub(r"\1", str(argument)))
    returns = "" if found.return_annotation is inspect.Signature.empty else f" -> {found.return_annotation}"
    short = f"({', '.join(arguments)}){returns}"
    if len(short) <= 80:
        return short
    return "(\n    " + ",\n    ".join(arguments) + f",\n){returns}"


def prose(text: str) -> str:
    """A docstring: the first paragraph as prose, the rest as it stands."""
    first, _, rest = text.partition("\n\n")
    return f"{first}\n\n```text\n{rest.strip()}\n```" if rest.strip() else first
