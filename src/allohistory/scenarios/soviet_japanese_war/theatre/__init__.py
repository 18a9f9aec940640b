"""The theatre for compiled code. Made by tools/theatre.py from book/theatre/*.toml; do not edit."""

from allohistory.scenarios.soviet_japanese_war.theatre.axes import *  # noqa: F403
from allohistory.scenarios.soviet_japanese_war.theatre.links import *  # noqa: F403
from allohistory.scenarios.soviet_japanese_war.theatre.ways import *  # noqa: F403
