"""Property 8, no stray luck: nothing that makes a timeline reads other randomness, a clock or an accidental order."""

import pytest

import stray_luck

pytestmark = pytest.mark.property(n=8)

PLANTED = {
    "the generator of the language": "import random\nx = random.random()",
    "one name of it": "from random import choice",
    "numpy's generators, spelt out": "import numpy as np\nx = np.random.default_rng(1)",
    "numpy's generators, imported": "from numpy.random import default_rng",
    "numpy's generators, renamed": "import numpy.random as luck",
    "secrets": "import secrets",
    "a clock": "import time",
    "one name of a clock": "from time import perf_counter",
    "today": "from datetime import date\nx = date.today()",
    "now": "import datetime\nx = datetime.datetime.now()",
    "the machine's randomness": "import os\nx = os.urandom(8)",
    "a hash": "x = hash('a')",
    "an address in memory": "x = id([])",
    "a loop over a set": "for x in {1, 2}:\n    pass",
    "a loop over a named set": "s = set(y)\nfor x in s:\n    pass",
    "a loop over a difference of sets": "for x in set(a) - set(b):\n    pass",
    "a list of a set": "x = list({1, 2})",
    "a list made through a set": "x = [y for y in set(z)]",
    "a dictionary made through a set": "x = {y: 1 for y in set(z)}",
    "words joined from a set": "x = ' '.join({'a', 'b'})",
    "a sum over a set": "x = sum({0.1, 0.2})",
    "a folder in the disk's order": "for x in folder.iterdir():\n    pass",
    "files in the disk's order": "x = [p for p in folder.glob('*.toml')]",
}
INNOCENT = {
    "a sorted set": "x = sorted({2, 1})",
    "a sorted stream through a set": "x = sorted(y.a for y in set(z))",
    "a set in a question": "x = 3 in {1, 2}",
    "the size of a set": "x = len(set(y))",
    "whether one of a set": "x = any(y > 2 for y in set(z))",
    "a sorted folder": "for x in sorted(folder.glob('*.toml')):\n    pass",
    "a sorted folder through a stream": "x = sorted(p.name for p in folder.iterdir())",
    "files gathered, then sorted": "def f(a):\n    b = []\n    b.extend(a.rglob('*'))\n    return sorted(b)",
    "a date that is given": "from datetime import date\nx = date(1938, 7, 31)",
    "a name that only looks like it": "x = table.random",
    "a set of a set": "x = {y for y in set(z)}",
    "a name used again for a list": "s = set(y)\ns = sorted(s)\nfor x in s:\n    pass",
}


def test_stray_luck__there_is_none_where_timelines_are_made():
    found = stray_luck.offenders(stray_luck.modules())
    assert not found, "\n".join(found)


def test_stray_luck__every_folder_that_makes_timelines_is_read():
    folders = {path.relative_to(stray_luck.PACKAGE).parts[0] for path in stray_luck.modules()}
    assert folders == set(stray_luck.FOLDERS)


@pytest.mark.parametrize("text", PLANTED.values(), ids=PLANTED.keys())
def test_stray_luck__the_reader_finds_what_is_planted(text):
    assert stray_luck.offenders_in(text)


@pytest.mark.parametrize("text", INNOCENT.values(), ids=INNOCENT.keys())
def test_stray_luck__the_reader_leaves_the_innocent_alone(text):
    assert stray_luck.offenders_in(text) == []
