"""Entries: how the kernels below one become a single program, and how that is read back from the cache.

Contract, in three lines:

- What an entry calls is its own. Nobody else can call it, so the optimiser may drop arguments and results that are not
  used, and inline what is called once; left open to callers that never come, a week takes a quarter longer.
- Only calls are saved: sums and products are those of the kernels as written, in their order.
- Where this Numba lacks the parts that are built on, entries compile and load the ordinary way.
"""

from typing import Any

from numba.core import caching, codegen, compiler
from numba.core.runtime import rtsys

from allohistory.luck.linking import at_ease, usable

_runtime: Any = rtsys
CLOSED = ".own"


class EntryLibrary(codegen.JITCodeLibrary):
    """The code of one entry and of all the kernels below it."""

    def _optimize_final_module(self) -> None:
        """Close what came with the kernels to the outside, then optimise all of it once.

        A closed function has a name of its own: the loader goes by names, and would give this one, with arguments
        dropped, to other code that calls the same kernel.
        """
        for function in list(self._final_module.functions):
            if not function.is_declaration and function.linkage.name == "linkonce_odr":
                function.linkage = "internal"
                function.name += CLOSED
        super()._optimize_final_module()


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
        _runtime.initialize(target_context)
        with self._guard_against_spurious_io_errors():
            return self._load_overload(sig, target_context)


def quick_to_read(dispatcher: Any) -> Any:
    """The same entry, whose cache is read quickly where this Numba allows it."""
    if usable() and isinstance(getattr(dispatcher, "_cache", None), caching.FunctionCache):
        dispatcher._cache = EntryCache(dispatcher.py_func)
    return dispatcher


EntryCompiler: Any = _EntryCompiler if usable() else compiler.Compiler
