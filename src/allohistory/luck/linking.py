"""How kernels are put together: each is only translated; optimising and machine code come once, with the entry.

Left to itself Numba optimises every function together with all that it calls, and makes machine code of it, at every
level of the tree of calls: a function five levels down is done five times over. A kernel is never run by itself, so
here it keeps its own unoptimised code and hands the whole tree below it to whatever entry calls it.

Contract, in two lines:

- Only the order of the work changes: the same optimiser with the same settings sees the same code.
- Where this Numba lacks the parts that are built on, kernels compile the ordinary way.
"""

import gc
import importlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import BuiltinFunctionType
from typing import Any

from numba.core import codegen, compiler, compiler_machinery, errors, types
from numba.core.registry import cpu_target

_dynfunc: Any = importlib.import_module("numba._dynfunc")
_typeof: Any = importlib.import_module("numba.core.typing.typeof")
_typing: Any = importlib.import_module("numba.core.typing.context").BaseContext
_function: Any = importlib.import_module("numba.core.types.functions").BaseFunction
_errors: Any = errors
_record: Any = types.Record
COLOURS = "_termcolor_inst"  # how Numba colours its messages; None until it first does
ENVIRONMENT = "_ZN08NumbaEnv"  # how Numba begins the name of the place for a function's Python objects
PLAIN = (types.Float, types.Integer, types.Boolean)
NEEDED = ("_linking_libraries", "_reload_init", "_final_module", "_shared_module", "_finalized")

# Passes over one function that find nothing in any kernel.
IDLE_PASSES = frozenset(
    {
        "WithLifting",
        "InlineClosureLikes",
        "RewriteDynamicRaises",
        "MakeFunctionToJitFunction",
        "InlineInlinables",
        "FindLiterallyCalls",
        "LiteralUnroll",
        "LiteralPropagationSubPipelinePass",
        "InlineOverloads",
        "NopythonRewrites",
        "DeadBranchPrune",
        "DumpParforDiagnostics",
    }
)


class KernelLibrary(codegen.JITCodeLibrary):
    """The code of one kernel, not linked to what it calls until an entry asks for all of it."""

    rare = False

    def _optimize_functions(self, ll_module: Any) -> None:
        """Nothing: the entry that calls this kernel optimises all of it, once."""

    def finalize(self) -> None:
        """Close the library: nothing is optimised and nothing emitted."""
        self._raise_if_finalized()
        if self.rare:
            for function in self.get_defined_functions():
                function.add_function_attribute("noinline")
                function.add_function_attribute("cold")
        for library in self._linking_libraries:
            self._reload_init.update(library._reload_init)
        self._finalize_dynamic_globals()
        self._finalized = True

    def _get_module_for_linking(self) -> Any:
        """This kernel and all that it calls, each function once."""
        if self._shared_module is None:
            libraries = below(self)
            kernels = [each for each in libraries if isinstance(each, KernelLibrary)]
            whole = joined([mergeable(each._final_module) for each in (self, *kernels)])
            for library in libraries:
                if not isinstance(library, KernelLibrary):
                    whole.link_in(library._get_module_for_linking(), preserve=True)
            self._shared_module = whole
        return self._shared_module


def below(library: Any) -> list[Any]:
    """All libraries that a kernel's library calls, directly or through other kernels, each once."""
    found: dict[Any, None] = {}
    waiting = list(library._linking_libraries)
    while waiting:
        callee = waiting.pop()
        if callee not in found:
            found[callee] = None
            if isinstance(callee, KernelLibrary):
                waiting.extend(callee._linking_libraries)
    return list(found)


def mergeable(module: Any) -> Any:
    """A copy in which every function may stand in several modules and is kept once, called or not.

    The place for its Python objects, which no kernel has, is closed, so that it goes when all is put together.
    """
    copy = module.clone()
    for place in copy.global_variables:
        if place.name.startswith(ENVIRONMENT) and not place.is_declaration:
            place.linkage = "internal"
    for function in copy.functions:
        if not function.is_declaration and function.linkage.name in ("external", "linkonce_odr"):
            function.linkage = "weak_odr"
    return copy


def joined(modules: list[Any]) -> Any:
    """All modules in one, by pairs, then pairs of pairs; from then on a function that nobody calls may go.

    Linking reads through all of the module that it adds to: a thousand kernels added one by one to a growing whole
    would be read half a million times.
    """
    while len(modules) > 1:
        for first, second in zip(modules[::2], modules[1::2], strict=False):
            first.link_in(second, preserve=False)
        modules = modules[::2]
    for function in modules[0].functions:
        if not function.is_declaration and function.linkage.name == "weak_odr":
            function.linkage = "linkonce_odr"
    return modules[0]


_compiling: list[bool] = []  # not empty while an outermost compilation is on


@contextmanager
def instead(owner: Any, name: str, value: Any) -> Iterator[None]:
    """For a while another value under this name."""
    before = getattr(owner, name, None)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, before)


@contextmanager
def at_ease() -> Iterator[None]:
    """While kernels compile: nothing is asked a second time, and messages are short and without colour.

    A compilation makes millions of objects and hardly a ring, so nobody searches for rings. Numba words, throws and
    catches a great many messages of its own, some with all the thousand fields of a record; and it tries every rule
    that it knows for every sum of two numbers.
    """
    if _compiling:
        yield
        return
    awake = gc.isenabled()
    gc.disable()
    _compiling.append(True)
    try:
        with ExitStack() as changed:
            changed.enter_context(instead(_errors, COLOURS, Colourless()))
            changed.enter_context(instead(_record, "__repr__", brief))
            if quickened():
                changed.enter_context(instead(_typeof, "_termcolor", Colourless()))
                changed.enter_context(instead(_function, "get_call_type", remembered_calls()))
                changed.enter_context(instead(_typing, "resolve_value_type", remembered_operators()))
            yield
    finally:
        _compiling.clear()
        if awake:
            gc.enable()


def quickened() -> bool:
    """Whether this Numba has the parts whose answers are remembered."""
    parts = [(_typeof, "_termcolor"), (_typing, "resolve_value_type")]
    parts += [(_function, "get_call_type"), (_function, "get_impl_key")]
    return all(hasattr(owner, name) for owner, name in parts)


def remembered_calls() -> Callable[..., Any]:
    """Numba's answer to what a function makes of arguments, kept for each function and types of plain numbers.

    With it goes which implementation it chose, for the same types can also be come by from literals.
    """
    ask = _function.get_call_type
    known: dict[Any, dict[Any, Any]] = {}

    def get_call_type(function: Any, context: Any, arguments: Any, named: Any) -> Any:
        if named or not all(isinstance(each, PLAIN) for each in arguments):
            return ask(function, context, arguments, named)
        answers = known.setdefault(function, {})
        key = (context, tuple(arguments))
        if key not in answers:
            signature = ask(function, context, arguments, named)
            answers[key] = signature, function._impl_keys[signature.args]
        signature, chosen = answers[key]
        function._impl_keys[signature.args] = chosen
        return signature

    return get_call_type


def remembered_operators() -> Callable[..., Any]:
    """Numba's type of each function written in C (`operator.add` and its like), kept."""
    ask = _typing.resolve_value_type
    known: dict[Any, Any] = {}

    def resolve_value_type(context: Any, value: Any) -> Any:
        if type(value) is not BuiltinFunctionType:
            return ask(context, value)
        key = (context, value)
        if key not in known:
            known[key] = ask(context, value)
        return known[key]

    return resolve_value_type


def brief(record: Any) -> str:
    """A record type by its size, which is enough to tell the few of them apart."""
    return f"Record({record.size} bytes)"


class Colourless:
    """Messages as they are: whatever colour is asked for."""

    def __getattr__(self, colour: str) -> Any:
        return str


class Quiet(tuple[Any, ...]):
    """Types of arguments that do not spell themselves out: Numba asks for their text at every pass and drops it."""

    def __repr__(self) -> str:
        return f"({len(self)} arguments)"


class _KernelCompiler(compiler.Compiler):
    """Numba's compiler, up to the translated code of one kernel."""

    rare = False

    def define_pipelines(self) -> list[Any]:
        """Numba's own passes, less those that look for what no kernel has: closures, contexts, parallel loops.

        A kernel may hold no array expression, `with`, inner function or literal unrolling; half a thousand kernels need
        not each be searched for them.
        """
        whole = super().define_pipelines()
        manager = compiler_machinery.PassManager("kernel")
        manager.passes = [each for each in whole[0].passes if each[0].__name__ not in IDLE_PASSES]
        manager.finalize()
        return [manager]

    def compile_extra(self, func: Any) -> Any:
        """Compile into a `KernelLibrary`; what the dispatcher is handed to call is empty, for Python never calls it."""
        with at_ease():
            return self._compile_extra(func)

    def _compile_extra(self, func: Any) -> Any:
        state = self.state
        state.flags.no_compile = True
        state.args = Quiet(state.args)
        state.library = KernelLibrary(state.targetctx.codegen(), func.__qualname__)
        state.library.rare = self.rare
        result = compiler.Compiler.compile_extra(self, func)
        nothing = _dynfunc.make_function(
            result.fndesc.lookup_module(),
            func.__name__,
            func.__doc__ or "",
            0,
            result.environment,
            (result.library,),
        )
        state.targetctx.insert_user_function(nothing, result.fndesc, [result.library])
        return result._replace(entry_point=nothing)


class _RareCompiler(_KernelCompiler):
    """The same for a kernel that is never copied into its callers."""

    rare = True


def usable() -> bool:
    """Whether this Numba has the parts that are built on."""
    library = cpu_target.target_context.codegen().create_library("probe")
    return all(hasattr(library, name) for name in NEEDED) and hasattr(_dynfunc, "make_function")


KernelCompiler: Any = _KernelCompiler if usable() else compiler.Compiler
RareCompiler: Any = _RareCompiler if usable() else compiler.Compiler
