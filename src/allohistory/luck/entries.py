"""Entries: how the kernels below one become a single program, and how that is read back from the cache.

Contract, in three lines:

- What an entry calls is its own. Nobody else can call it, so the optimiser may drop arguments and results that are not
  used, and inline what is called once; left open to callers that never come, a week takes a quarter longer.
- Only calls are saved: sums and products are those of the kernels as written, in their order.
- Where this Numba lacks the parts that are built on, entries compile and load the ordinary way.
"""

import importlib
from typing import Any

from numba.core import caching, codegen, compiler

from allohistory.luck.linking import at_ease, usable

_binding: Any = importlib.import_module("llvmlite.binding")
_runtime: Any = importlib.import_module("numba.core.runtime")
LIBRARY_PARTS = ("_optimize_final_module", "serialize_using_object_code", "enable_object_caching")
CACHE_PARTS = ("_load_overload", "_guard_against_spurious_io_errors")
CLOSED, RUNTIME = ".own", "NRT_"


class EntryLibrary(codegen.JITCodeLibrary):
    """The code of one entry and of all the kernels below it."""

    def _optimize_final_module(self) -> None:
        """Close what came with the kernels to the outside, then optimise all of it once.

        A closed function has a name of its own: the loader goes by names, and would give this one, with arguments
        dropped, to other code that calls the same kernel. Numba's runtime is left alone: the optimiser knows it by
        its names.
        """
        for function in list(self._final_module.functions):
            shared = not function.is_declaration and function.linkage.name == "linkonce_odr"
            if shared and not function.name.startswith(RUNTIME):
                function.linkage = "internal"
                function.name += CLOSED
        super()._optimize_final_module()

    def _get_module_for_linking(self) -> Any:
        raise RuntimeError(f"{self.name}: an entry is called by Python, never by compiled code")

    def serialize_using_object_code(self) -> Any:
        """Machine code for the cache with the names in it, and not all that it was made from, which nobody links."""
        self._ensure_finalized()
        names = [each.name for each in self._final_module.functions if _open(each)]
        stubs = "\n".join(f'define void @"{name}"() {{ unreachable }}' for name in names)
        return self.name, "object", (self._get_compiled_object(), _binding.parse_assembly(stubs).as_bitcode())


def _open(function: Any) -> bool:
    """Whether others can call it: the entry itself and its wrapper for Python."""
    return not function.is_declaration and function.linkage.name == "external"


class _EntryCompiler(compiler.Compiler):
    """Numba's own compiler, into an `EntryLibrary`."""

    def compile_extra(self, func: Any) -> Any:
        """Compile an entry; the kernels that it calls are compiled while its types are found."""
        self.state.library = EntryLibrary(self.state.targetctx.codegen(), func.__qualname__)
        self.state.library.enable_object_caching()
        with at_ease():
            return super().compile_extra(func)


class EntryCache(caching.FunctionCache):
    """Numba's cache, read without first importing all that only a compilation needs (SciPy among it)."""

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """The entry kept for these types of arguments, or None: then the compiler prepares itself."""
        _runtime.rtsys.initialize(target_context)
        with self._guard_against_spurious_io_errors():
            return self._load_overload(sig, target_context)


def closable() -> bool:
    """Whether this Numba has the parts that are built on."""
    parts = [hasattr(codegen.JITCodeLibrary, each) for each in LIBRARY_PARTS]
    parts += [hasattr(caching.FunctionCache, each) for each in CACHE_PARTS]
    return usable() and all(parts) and hasattr(_runtime, "rtsys")


def quick_to_read(dispatcher: Any) -> Any:
    """The same entry, whose cache is read quickly where this Numba allows it."""
    if closable() and isinstance(getattr(dispatcher, "_cache", None), caching.FunctionCache):
        dispatcher._cache = EntryCache(dispatcher.py_func)
    return dispatcher


EntryCompiler: Any = _EntryCompiler if closable() else compiler.Compiler
