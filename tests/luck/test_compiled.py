"""The two decorators and the cache: an edited rule is compiled anew, and an edited chart is not."""

import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import allohistory
from allohistory.luck import arithmetic, compiled
from allohistory.luck.compiled import entry, jit_disabled, kernel
from luck import drivers

pytestmark = pytest.mark.plain

PACKAGE = Path(allohistory.__file__).parent

RULE_PY = """
from allohistory.luck.compiled import kernel

@kernel
def chance(x):
    return x * 2.0
"""
LOOP_PY = """
import sys
from allohistory.luck.compiled import entry, settings
if len(sys.argv) > 1:
    settings.CACHE_DIR = sys.argv[1]
from allohistory.scenarios.toy.rule import chance

@entry
def loop(x):
    return chance(x)

if __name__ == "allohistory.scenarios.toy.loop":
    print(loop(21.0), sum(loop.stats.cache_hits.values()))
"""


@pytest.fixture
def copy_of_package(tmp_path):
    """A package of its own with `luck` and a scenario of two files, so that a rule can be edited."""
    package = tmp_path / "src" / "allohistory"
    shutil.copytree(PACKAGE / "luck", package / "luck", ignore=shutil.ignore_patterns("__pycache__"))
    toy = package / "scenarios" / "toy"
    toy.mkdir(parents=True)
    for folder in (package, toy):
        (folder / "__init__.py").touch()
    (toy / "rule.py").write_text(RULE_PY)
    (toy / "loop.py").write_text(LOOP_PY)
    (package / "telling").mkdir()
    (package / "telling" / "charts.py").write_text("COLOUR = 1\n")
    return package


def run_loop(package, *arguments):
    """(answer, cache hits) of the toy scenario in a process of its own."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("NUMBA_")}
    environment |= {
        "PYTHONPATH": str(package.parent),
        "ALLOHISTORY_HOME": str(package.parent.parent / "home"),
    }
    code = f"import sys; sys.argv = ['loop', *{list(map(str, arguments))!r}]; import allohistory.scenarios.toy.loop"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    answer, hits = done.stdout.split()
    return float(answer), int(hits)


def test_cache__an_edited_rule_in_another_file_changes_the_answer(copy_of_package):
    assert run_loop(copy_of_package) == (42.0, 0)
    assert run_loop(copy_of_package) == (42.0, 1)  # from the cache
    rule = copy_of_package / "scenarios" / "toy" / "rule.py"
    rule.write_text(RULE_PY.replace("2.0", "3.0"))
    assert run_loop(copy_of_package) == (63.0, 0)


def test_cache__the_test_above_can_fail(copy_of_package, tmp_path):
    """Without the digest in the folder's name Numba hands back the stale answer."""
    fixed = tmp_path / "one_folder"
    assert run_loop(copy_of_package, fixed) == (42.0, 0)
    (copy_of_package / "scenarios" / "toy" / "rule.py").write_text(RULE_PY.replace("2.0", "3.0"))
    assert run_loop(copy_of_package, fixed) == (42.0, 1)


def test_digest__depends_on_what_shapes_code_and_on_nothing_else(copy_of_package, monkeypatch):
    before = compiled.kernel_digest(copy_of_package)
    (copy_of_package / "telling" / "charts.py").write_text("COLOUR = 2\n")
    assert compiled.kernel_digest(copy_of_package) == before
    (copy_of_package / "scenarios" / "toy" / "numbers.toml").write_text("[rules]\n")
    with_numbers = compiled.kernel_digest(copy_of_package)
    assert with_numbers != before
    monkeypatch.setenv("NUMBA_BOUNDSCHECK", "1")
    assert compiled.kernel_digest(copy_of_package) != with_numbers


def test_cache_base__goes_where_the_environment_says(monkeypatch, tmp_path):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "numba"))
    monkeypatch.delenv("ALLOHISTORY_HOME", raising=False)
    assert compiled.cache_base() == tmp_path / "numba"
    monkeypatch.setenv("ALLOHISTORY_HOME", str(tmp_path / "home"))
    assert compiled.cache_base() == tmp_path / "home" / "kernels"
    monkeypatch.delenv("ALLOHISTORY_HOME")
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    assert compiled.cache_base().is_absolute()


def test_prune__keeps_the_newest_and_the_recent(tmp_path):
    current = tmp_path / "kernels-now"
    current.mkdir()
    now = current.stat().st_mtime
    for i in range(30):
        folder = tmp_path / f"kernels-{i:02d}"
        folder.mkdir()
        age = 3_600 if i == 29 else (i + 2) * compiled.SECONDS_KEPT  # number 29 is of this morning
        os.utime(folder, (now - age, now - age))
    (tmp_path / "something-else").mkdir()
    compiled.prune(tmp_path, current)
    left = {path.name for path in tmp_path.iterdir()}
    assert {"kernels-now", "something-else", "kernels-29", "kernels-00"} <= left
    assert len(left) == 2 + compiled.FOLDERS_KEPT


def test_kernel__python_runs_the_plain_form():
    assert arithmetic.exp(0.0) == 1.0
    assert pickle.loads(pickle.dumps(arithmetic.exp)) is arithmetic.exp
    assert "allohistory.luck.arithmetic.exp" in repr(arithmetic.exp)
    assert arithmetic.exp.__doc__ == arithmetic.exp.plain.__doc__


@kernel
def refuses(x):
    """Plain Python sees the exception with its line; nothing is compiled."""
    return x / 0


def test_kernel__errors_in_plain_form_are_ordinary():
    with pytest.raises(ZeroDivisionError):
        refuses(1)


INNER = np.dtype([("utilities", np.float64, (4,)), ("others", np.float64, (4,))])
OUTER = np.dtype([("scratch", INNER), ("key", np.int64)], align=True)


@entry
def through_a_record(worlds):
    """Utilities kept as nested arrays of a record, as a timeline's context keeps them."""
    c = worlds[0]
    for i in range(4):
        c.scratch.utilities[i] = 0.1 * i
        c.scratch.others[i] = 0.5 - 0.1 * i
    zero = np.int64(0)
    return drivers.carry_choice(
        c.scratch.others,
        c.scratch.utilities,
        np.int64(4),
        zero,
        c.key,
        zero,
        zero,
        zero,
        zero,
        zero,
        zero,
        zero,
    )


def test_kernel__takes_nested_arrays_of_records():
    worlds = np.zeros(1, OUTER).view(np.recarray) if jit_disabled else np.zeros(1, OUTER)
    f, u = np.array([0.5 - 0.1 * i for i in range(4)]), np.array([0.1 * i for i in range(4)])
    for key in range(30):
        worlds["key"] = key
        zero = np.int64(0)
        plain = drivers.carry_choice(f, u, np.int64(4), zero, np.int64(key), *[zero] * 7)
        assert through_a_record(worlds) == plain


@pytest.mark.skipif(jit_disabled, reason="nothing is compiled when the compiler is off")
@pytest.mark.parametrize(
    "name", ["uniform", "carry_choice", "choose", "week_fires", "carry_family", "exp", "log"]
)
def test_kernel__has_one_signature_for_each_type_of_array(name):
    """Integers handed on as literals would compile a kernel once for each value."""
    through_a_record(np.zeros(1, OUTER))
    drivers.prior_choices(np.zeros(2), 1, np.int64(1))
    drivers.carried_choices(np.zeros(2), np.zeros(2), *[np.int64(0)] * 5)
    drivers.clock_counts(0.1, 0.1, True, True, np.int64(0), 1, np.int64(0))
    signatures = getattr(drivers, name).compiled.signatures
    kinds = {tuple(str(t) for t in signature if "rray" not in str(t)) for signature in signatures}
    assert len(kinds) <= 1, kinds
