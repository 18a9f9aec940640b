"""The machine code of the whole scenario: nothing fused, nothing of the C library. Read from the cache, in a second."""

from __future__ import annotations

import struct

import pytest

from allohistory.luck.compiled import jit_disabled
from kept_code import (
    ALLOWED,
    ARITHMETIC,
    FUSED_NAMES,
    X86_64,
    could_be_fused,
    disassembled,
    kept_files,
    object_in,
    read,
)

pytestmark = [
    pytest.mark.property(n=5),
    pytest.mark.skipif(jit_disabled, reason="there is no machine code when the compiler is off"),
]

VFMADD231SD = bytes.fromhex("c4e2f1b8c2")  # as the manual of the instruction set writes it
EVEX_VFMADD231SD = bytes.fromhex("62a2f508b8c2")
VMULSD_VADDSD = bytes.fromhex("c5fb59c1c5fb58c2")


@pytest.fixture(scope="module")
def codes():
    return [read(object_in(path.read_bytes())) for path in kept_files("soviet-japanese-war")]


def test_the_whole_scenario__is_there(codes):
    assert codes
    for code in codes:
        assert len(code.text) > 100_000 and "NRT_Free" in code.outside


def test_the_whole_scenario__calls_nothing_of_the_library(codes):
    for code in codes:
        assert code.strangers() == []


def test_the_whole_scenario__fuses_nothing(codes):
    """No byte sequence of a fused multiply-add at any place; where some bytes look like one, objdump decides."""
    for code in codes:
        if code.machine != X86_64:
            continue  # docs/limits.md: other machines' code is looked at in tests/luck/test_machine_code.py
        places, listing = could_be_fused(code.text), disassembled(code.data)
        if listing is None:
            assert places == []
            continue
        assert FUSED_NAMES.findall(listing) == []
        assert len(ARITHMETIC.findall(listing)) > 1_000


@pytest.mark.parametrize("planted", [VFMADD231SD, EVEX_VFMADD231SD])
@pytest.mark.parametrize("shift", range(4))
def test_a_planted_one__is_found(planted, shift):
    text = b"\x90" * shift + VMULSD_VADDSD + planted + b"\x90" * 8
    assert could_be_fused(text) == [shift + len(VMULSD_VADDSD)]
    assert could_be_fused(text.replace(planted, b"\x90" * len(planted))) == []


@pytest.mark.parametrize("name", ["exp", "log", "pow", "fma", "cos", "__powidf2", "floor"])
def test_the_library__is_not_on_the_list(name):
    assert ALLOWED.match(name) is None


def test_an_object_file__is_cut_out_of_what_surrounds_it(codes):
    data = codes[0].data
    assert object_in(b"before" + data + b"after") == data
    assert struct.unpack_from("<4s", data)[0] == b"\x7fELF"
