"""What a scenario holds, looked up by id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allohistory.book.tables import Entry, Outcome, Parameter, Pod, Variable
    from allohistory.timeline.model import Model
    from allohistory.timeline.rule import RuleCard


@dataclass(frozen=True)
class Lookups:
    """A scenario's tables, by its name."""

    name: str

    @property
    def model(self) -> Model:
        """The loaded scenario behind this one (not part of the stable interface)."""
        from allohistory.timeline.model import load

        return load(self.name)

    @property
    def pods(self) -> Mapping[str, Pod]:
        """The catalogue of points of divergence."""
        return self.model.book.pods

    @property
    def record(self) -> Mapping[str, Entry]:
        """What happened, entry by entry."""
        return self.model.book.entries

    @property
    def outcomes(self) -> Mapping[str, Outcome]:
        """What can be asked for."""
        return self.model.book.outcomes

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """The numbers that rules use, each with its prior and its reasons."""
        return self.model.book.parameters

    @property
    def variables(self) -> Mapping[str, Variable]:
        """The state of the world."""
        return self.model.book.variables

    @property
    def rules(self) -> Mapping[str, RuleCard]:
        """What each rule says of itself."""
        return {id: rule.card for id, rule in self.model.rules.items()}
