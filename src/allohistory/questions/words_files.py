"""Where a scenario's words stand: sentences, chapters, what is asked by default. They move no timeline.

So they lie outside the scenario's folder, in `words/SCENARIO`, and a better sentence leaves every address as it was. A
scenario that does not come with the package has them in its own book.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
WORDS, SCENARIOS = PACKAGE / "words", PACKAGE / "scenarios"


def words_file(folder: Path, name: str) -> Path:
    """The file of this name among the words of the scenario in a folder; it need not be there."""
    if folder.resolve().is_relative_to(SCENARIOS):
        return WORDS / folder.name / name
    return folder / "book" / name
