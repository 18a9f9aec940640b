"""The one family of errors: where it is wrong, what was given, what was possible and what lies closest.

The command line prints it, the web door returns it as JSON, the studio shows the same words.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

LONGEST_LIST = 100
"""Characters of the list of possibilities that the text shows; the JSON form always has the whole list."""


def nearest(given: str, possible: Iterable[str]) -> str | None:
    """The possibility whose spelling is closest to what was given, or None when nothing is close."""
    names = list(dict.fromkeys(possible))
    folded = {name.lower(): name for name in reversed(names)}
    close = difflib.get_close_matches(given.lower(), list(folded), n=1, cutoff=0.5)
    if close:
        return folded[close[0]]
    ending = [
        name for name in names if given and name.lower().endswith(("." + given.lower(), "-" + given.lower()))
    ]
    return ending[0] if ending else None


def least_unlike(given: str, possible: Iterable[str]) -> str | None:
    """The possibility whose spelling is closest to what was given, however far; None only where there is none."""
    names = list(possible)
    close = difflib.get_close_matches(given.lower(), names, n=1, cutoff=0.0)
    return close[0] if close else None


class AllohistoryError(Exception):
    """Something the user can mend: an unknown id, a date outside the scenario, a clash of two changes.

    where     the file, option, table or expression that is wrong
    problem   what is wrong with it, one line
    given     what the user wrote, if one word or value is to blame
    possible  what could stand there instead
    closest   the nearest possibility; found by spelling when it is left out, none when it is ""
    see       the command or page that says more
    status    the HTTP status (404 unknown address, 409 job gone, 422 bad id or value)
    exit_code the exit status of the command line
    """

    def __init__(
        self,
        where: str,
        problem: str,
        *,
        given: object = None,
        possible: Iterable[str] = (),
        closest: str | None = None,
        see: str | None = None,
        status: int = 422,
        exit_code: int = 2,
    ) -> None:
        super().__init__(where, problem)
        self.where = _one_line(where)
        self.problem = _one_line(problem)
        self.given = None if given is None else str(given)
        self.possible = list(possible)
        self.closest = (nearest(self.given or "", self.possible) if closest is None else closest) or None
        self.see = see
        self.status = status
        self.exit_code = exit_code

    def __reduce__(self) -> tuple[Any, ...]:
        """Errors travel between processes whole."""
        return (type(self), (self.where, self.problem), self.__dict__)

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def lines(self) -> list[str]:
        """At most five lines of text; the first says all."""
        close = f"; nearest: {self.closest}" if self.closest is not None else ""
        text = [f"error: {self.where}: {self.problem}{close}"]
        if self.given is not None:
            text.append(f"  given     {_one_line(self.given)}")
        if self.possible:
            text.append(f"  possible  {_shortened(self.possible)}")
        if self.see is not None:
            text.append(f"  see       {_one_line(self.see)}")
        return text

    def to_json(self) -> dict[str, Any]:
        """The one shape of an error in JSON, on stderr with ``--json`` and from the web door."""
        return {
            "ok": False,
            "status": self.status,
            "error": self.problem,
            "where": self.where,
            "given": self.given,
            "possible": self.possible,
            "closest": self.closest,
            "see": self.see,
        }


def _one_line(text: str) -> str:
    return " ".join(str(text).split())


def _shortened(names: list[str]) -> str:
    """The first names that fit in one line, and how many more there are."""
    shown: list[str] = []
    for name in names:
        if shown and len(", ".join([*shown, name])) > LONGEST_LIST:
            return f"{', '.join(shown)} and {len(names) - len(shown)} more"
        shown.append(_one_line(name))
    return ", ".join(shown)
