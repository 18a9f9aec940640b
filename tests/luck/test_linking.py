"""Kernels put together once: the same numbers as the ordinary way, in a tree of calls that meets again below."""

import gc
import itertools
import operator

import numba
import numpy as np
import pytest

from allohistory.luck import entries, linking
from allohistory.luck.compiled import Kernel, entry, jit_disabled, kernel, rarely

pytestmark = pytest.mark.skipif(jit_disabled, reason="nothing is put together when the compiler is off")

NUMBAS_OWN = linking._function.get_call_type


@kernel
def lowest(x):
    """Called from both sides."""
    return x * 1.25 + 1.0


@kernel
def left(x):
    """One side."""
    return lowest(x) * 2.0


@rarely
def right(x):
    """The other side, kept apart."""
    return lowest(x) / 3.0


@entry
def whole(values):
    """The sum over both sides."""
    total = 0.0
    for i in range(values.shape[0]):
        total += left(values[i]) - right(values[i])
    return total


@numba.njit
def not_an_entry(x):
    """A function of somebody else's that calls kernels."""
    return left(x) - right(x)


def test_numbers_are_those_of_plain_python():
    values = np.linspace(-3.0, 7.0, 50)
    plain = 0.0
    for x in values:
        plain += left(x) - right(x)
    assert whole(values) == plain
    assert not_an_entry(0.7) == left(0.7) - right(0.7)


def test_kernels_keep_to_their_own_code_until_an_entry_calls_them():
    whole(np.ones(2))
    for each in (lowest, left, right):
        [result] = each.compiled.overloads.values()
        assert isinstance(result.library, linking.KernelLibrary)
        defined = [function.name for function in result.library.get_defined_functions()]
        assert len(defined) == 1  # itself, and nothing of what it calls


def test_the_ordinary_way_gives_the_same(monkeypatch):
    """What happens where Numba lacks the parts that linking builds on."""
    from numba.core.compiler import Compiler

    below = Kernel(lowest.plain, Compiler)

    @numba.njit
    def ordinary(x):
        return below(x) * 2.0 - below(x) / 3.0

    assert ordinary(0.7) == not_an_entry(0.7)
    assert linking.usable() == (linking.KernelCompiler is not Compiler)
    monkeypatch.setattr(linking, "NEEDED", ("_a_part_that_numba_lacks",))
    assert not linking.usable()


def test_an_entry_is_closed_and_other_code_calls_the_kernels_all_the_same():
    """The loader goes by names: a closed kernel, whose arguments may be gone, must not be found under its own."""
    assert whole(np.ones(2)) == 2 * (left(1.0) - right(1.0))
    assert not_an_entry(0.9) == left(0.9) - right(0.9)


def test_an_entry_is_not_for_compiled_code():
    with pytest.raises(RuntimeError, match="called by Python"):
        entries.EntryLibrary(linking.cpu_target.target_context.codegen(), "whole")._get_module_for_linking()


def test_entries_go_the_ordinary_way_where_numba_lacks_a_part(monkeypatch):
    assert entries.closable()
    monkeypatch.setattr(entries, "CACHE_PARTS", ("_a_part_that_numba_lacks",))
    assert not entries.closable()
    assert entries.quick_to_read(whole) is whole


def test_modules_joined_by_pairs_keep_every_function_though_none_calls_it_yet():
    """Linking leaves out a function that nobody has asked for so far; its caller may come with a later pair."""
    whole(np.ones(2))
    kernels = [
        result.library for each in (lowest, left, right) for result in each.compiled.overloads.values()
    ]
    names = {function.name for library in kernels for function in library.get_defined_functions()}
    module = linking.joined([linking.mergeable(library._final_module) for library in kernels])
    defined = {
        function.name: function.linkage.name for function in module.functions if not function.is_declaration
    }
    assert set(defined) == names
    assert set(defined.values()) == {"linkonce_odr"}


def test_what_is_remembered_is_what_numba_answers():
    context = linking.cpu_target.typing_context
    context.refresh()
    types = linking.types
    plain = (types.float64, types.int64, types.uint64, types.boolean, types.IntegerLiteral(3))
    with linking.at_ease():
        for sign in (operator.add, operator.truediv, operator.lt, operator.floordiv):
            assert context.resolve_value_type(sign) is context.resolve_value_type(sign)
            for pair in itertools.product(plain, repeat=2):
                asked = [context.resolve_function_type(sign, pair, {}) for _ in range(2)]
                function = context.resolve_value_type(sign)
                assert asked[0] is asked[1]
                chosen = function.get_impl_key(asked[0])
                ordinary = NUMBAS_OWN(function, context, pair, {})
                assert (ordinary, function.get_impl_key(ordinary)) == (asked[0], chosen)


def test_numba_is_as_before_after_a_compilation_even_a_failed_one():
    before = parts_of_numba()
    with pytest.raises(ZeroDivisionError):
        fail_at_ease(before)
    assert parts_of_numba() == before


def fail_at_ease(before):
    """A kernel compiled while another is, which then fails."""
    with linking.at_ease():
        with linking.at_ease():
            assert parts_of_numba() != before
        assert parts_of_numba() != before
        raise ZeroDivisionError


def parts_of_numba():
    """What is put aside while kernels compile."""
    function, typing = linking._function, linking._typing
    colours = getattr(linking._errors, linking.COLOURS), linking._typeof._termcolor
    return (
        function.get_call_type,
        typing.resolve_value_type,
        linking._record.__repr__,
        colours,
        gc.isenabled(),
    )


def test_nothing_is_remembered_where_numba_lacks_a_part(monkeypatch):
    assert linking.quickened()
    monkeypatch.delattr(linking._typeof, "_termcolor")
    assert not linking.quickened()
    with linking.at_ease():
        assert linking._function.get_call_type is NUMBAS_OWN
