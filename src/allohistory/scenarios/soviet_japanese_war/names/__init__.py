"""Frozen numbers for compiled code, a subject a module. Made by tools/names.py; do not edit."""

from allohistory.scenarios.soviet_japanese_war.names.entities import *  # noqa: F403
from allohistory.scenarios.soviet_japanese_war.names.lines import *  # noqa: F403
from allohistory.scenarios.soviet_japanese_war.names.options import *  # noqa: F403
from allohistory.scenarios.soviet_japanese_war.names.outcomes import *  # noqa: F403
from allohistory.scenarios.soviet_japanese_war.names.places import *  # noqa: F403
from allohistory.scenarios.soviet_japanese_war.names.rules import *  # noqa: F403
