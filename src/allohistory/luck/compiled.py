"""How a function becomes fast: the two decorators, and where compiled code is kept.

`kernel` marks an inner function. Called from Python it runs as written (so it can be read, traced and tested
by hand); called from compiled code it is compiled. `entry` marks the few functions that Python calls to run
compiled code.

Contract, in three lines:

- A kernel gives the same bits compiled and plain: no fast-math, no fused multiply-add, no call into the C
  library.
- Compiled code is cached in a folder named by a digest of everything that can change it; an edited rule is a
  new folder.
- Setting NUMBA_DISABLE_JIT=1 turns the compiler off; nothing else changes.

Kernels take and return scalars, records and one-dimensional arrays; they do not allocate, raise, or hold
Python objects. Integers handed from one kernel to another are `np.int64`, never literals: each literal would
compile the callee again. The CPython wrapper of a kernel is left out (it halves compile time), so
`Kernel.compiled` must never be called from Python. Counting references is left out too: a kernel owns
nothing.
"""

import functools
import hashlib
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import llvmlite
import numba
import numpy as np
from numba.extending import typeof_impl

from allohistory.luck.entries import EntryCompiler, quick_to_read
from allohistory.luck.linking import KernelCompiler, RareCompiler

Function = TypeVar("Function", bound=Callable[..., Any])

# Numba ships partial types that know neither all options of njit nor the settings.
njit: Any = numba.njit
settings: Any = numba.config

jit_disabled: bool = bool(settings.DISABLE_JIT)

# Folders of the package whose Python files are, or shape, compiled code.
KERNEL_FOLDERS = ("luck", "timeline", "ensemble", "scenarios")
# Data files that shape compiled code (frozen numbers of rules, options and entities).
KERNEL_DATA = ("numbers.toml",)
FOLDERS_KEPT = 16
SECONDS_KEPT = 86_400.0


def kernel_sources(package: Path) -> list[Path]:
    """All files below `package` that can change a compiled function, in a fixed order."""
    found: list[Path] = []
    for folder in KERNEL_FOLDERS:
        found.extend((package / folder).rglob("*.py"))
        for name in KERNEL_DATA:
            found.extend((package / folder).rglob(name))
    return sorted(found)


def kernel_digest(package: Path) -> str:
    """Twelve hexadecimal digits that change whenever compiled code could: sources, versions, NUMBA_* settings."""
    digest = hashlib.sha256()
    versions = (platform.python_version(), numba.__version__, llvmlite.__version__, np.__version__)
    digest.update(repr((versions, platform.machine())).encode())
    for name in sorted(os.environ):
        if name.startswith("NUMBA_") and name != "NUMBA_CACHE_DIR":
            digest.update(f"{name}={os.environ[name]}\n".encode())
    for path in kernel_sources(package):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def cache_base() -> Path:
    """The folder of all kernel folders: ALLOHISTORY_HOME, else NUMBA_CACHE_DIR, else the user's cache folder."""
    if os.environ.get("ALLOHISTORY_HOME"):
        return Path(os.environ["ALLOHISTORY_HOME"]).expanduser() / "kernels"
    if os.environ.get("NUMBA_CACHE_DIR"):
        return Path(os.environ["NUMBA_CACHE_DIR"]).expanduser()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", "~/AppData/Local")).expanduser() / "allohistory" / "Cache"
    if sys.platform == "darwin":
        return Path("~/Library/Caches/allohistory").expanduser()
    return Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser() / "allohistory"


def prune(base: Path, current: Path) -> None:
    """Remove kernel folders of older sources: all but the newest `FOLDERS_KEPT`, and none used within a day of now.

    `current` has just been touched, so its own time stands for now.
    """
    try:
        folders = [(path.stat().st_mtime, path) for path in base.glob("kernels-*") if path != current]
        oldest_kept = current.stat().st_mtime - SECONDS_KEPT
    except OSError:
        return
    for modified, path in sorted(folders, reverse=True)[FOLDERS_KEPT:]:
        if modified < oldest_kept:
            shutil.rmtree(path, ignore_errors=True)


def prepare_cache() -> Path:
    """Point Numba's cache at the folder of the present sources, make it, and prune its older siblings."""
    name = f"kernels-{kernel_digest(Path(__file__).resolve().parent.parent)}"
    for base in (cache_base(), Path(tempfile.gettempdir()) / f"allohistory-{os.environ.get('USER', 'user')}"):
        folder = base / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            os.utime(folder)
        except OSError:
            continue
        prune(base, folder)
        break
    settings.CACHE_DIR = str(folder)
    return folder


cache_folder: Path | None = None if jit_disabled else prepare_cache()


class Kernel:
    """A function in two forms: `plain`, run when Python calls it, and `compiled`, for compiled code only."""

    def __init__(self, function: Callable[..., Any], compiler: Any = KernelCompiler) -> None:
        self.plain = function
        self.compiler = compiler
        functools.update_wrapper(self, function)

    @functools.cached_property
    def compiled(self) -> Any:
        """Made when compiled code first asks for it: never, where the entry that calls it comes from the cache."""
        return njit(
            error_model="numpy",
            no_cpython_wrapper=True,
            no_cfunc_wrapper=True,
            _nrt=False,
            pipeline_class=self.compiler,
        )(self.plain)

    def __call__(self, *arguments: Any) -> Any:
        """Run the plain form."""
        return self.plain(*arguments)

    def __repr__(self) -> str:
        return f"<kernel {self.plain.__module__}.{self.plain.__qualname__}>"

    def __reduce__(self) -> str:
        """Pickled by name, as a function is."""
        return self.plain.__qualname__


@typeof_impl.register(Kernel)
def _type_of_kernel(value: Kernel, context: Any) -> Any:
    """To the compiler a kernel is its compiled form."""
    return typeof_impl(value.compiled, context)


def kernel(function: Function) -> Function:
    """Mark an inner function: plain when called from Python, compiled when called from compiled code."""
    return cast(Function, Kernel(function))


def rarely(function: Function) -> Function:
    """A kernel that few weeks need: compiled apart, so that its callers stay short and quick."""
    return cast(Function, Kernel(function, RareCompiler))


def entry(function: Function) -> Function:
    """Mark a function that Python calls to run compiled code: releases the interpreter lock, cached on disk.

    It must stand at module level of a real file and call kernels by name, or its cache is never found again.
    """
    made = njit(
        nogil=True, cache=True, error_model="numpy", no_cfunc_wrapper=True, pipeline_class=EntryCompiler
    )(function)
    return cast(Function, quick_to_read(made))
