"""The machine code of a whole scenario, as the cache keeps it: what it calls outside itself, and what it fuses.

    python validation/kept_code.py [--scenario NAME]

A timeline is the same bits on every processor because its arithmetic is IEEE 754's basic operations in the order in
which the rules write them. So no multiplication may be fused with an addition (that rounds once instead of twice), and
nothing may come from the C library but what only moves memory (exp, log and powers differ from library to library).
The compiled loop of a scenario is one program; its object file lies in the cache, and is read here byte by byte: the
names it leaves to the linker, and every place where the opcode of a fused multiply-add could begin. Where objdump is
there, it says the same from its own disassembly.

Ends with 1 where something is found that must not be there.
"""

from __future__ import annotations

import argparse
import re
import shutil
import struct
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

MAGIC, X86_64, EXECUTABLE, SYMBOLS = b"\x7fELF", 62, 0x4, 2
SYMBOL_BYTES, UNDEFINED = 24, 0
# What compiled loops may call: Python's own interface, Numba's runtime (arrays coming in), and moving memory.
ALLOWED = re.compile(r"^(_?Py\w+|NRT_\w+|numba_\w+|mem(set|cpy|move)|\.numba\.\w+|_GLOBAL_OFFSET_TABLE_)$")
# Third byte of the opcodes of fused multiply-adds (map 0F38, prefix 66): packed and scalar, add, subtract, negated.
FUSED_OPCODES = frozenset((*range(0x96, 0xA0), *range(0xA6, 0xB0), *range(0xB6, 0xC0)))
FUSED_NAMES = re.compile(r"\bvfn?m(?:add|sub)\w*")
ARITHMETIC = re.compile(r"\bv?(?:mul|add|sub|div)s[sd]\b")


@dataclass(frozen=True)
class Code:
    """An object file: the names it leaves open, and its executable sections."""

    data: bytes
    machine: int
    outside: tuple[str, ...]
    text: bytes

    def strangers(self) -> list[str]:
        """Names from outside that are not allowed."""
        return [name for name in self.outside if not ALLOWED.match(name)]


def object_in(kept: bytes) -> bytes:
    """The object file inside a file of Numba's cache."""
    at = kept.find(MAGIC)
    if at < 0:
        raise ValueError("there is no object file in it")
    start, size, count = (*struct.unpack_from("<Q", kept, at + 40), *struct.unpack_from("<HH", kept, at + 58))
    return kept[at : at + start + size * count]


def read(data: bytes) -> Code:
    """Read an object file of 64 bits: its symbols and its executable sections."""
    machine = struct.unpack_from("<H", data, 18)[0]
    start = struct.unpack_from("<Q", data, 40)[0]
    size, count = struct.unpack_from("<HH", data, 58)
    sections = [struct.unpack_from("<IIQQQQIIQQ", data, start + place * size) for place in range(count)]
    outside: list[str] = []
    for section in sections:
        if section[1] != SYMBOLS:
            continue
        names = sections[section[6]][4]
        for at in range(section[4], section[4] + section[5], SYMBOL_BYTES):
            name, _, _, where = struct.unpack_from("<IBBH", data, at)
            text = data[names + name : data.index(b"\0", names + name)].decode()
            if where == UNDEFINED and text:
                outside.append(text)
    text = b"".join(data[one[4] : one[4] + one[5]] for one in sections if one[2] & EXECUTABLE and one[1] == 1)
    return Code(data, machine, tuple(outside), text)


def could_be_fused(text: bytes) -> list[int]:
    """Every place at which a fused multiply-add of x86-64 could begin, at any alignment: none means there is none."""
    found = []
    for match in re.finditer(rb"[\xc4\x62]", text[:-5]):
        at = match.start()
        first, second, third, fourth = text[at + 1 : at + 5]
        if text[at] == 0xC4:  # three-byte VEX: map 2, prefix 66
            fused = first & 0x1F == 2 and second & 3 == 1 and third in FUSED_OPCODES
        else:  # EVEX: map 2, prefix 66, its fixed bits
            fused = first & 0xF == 2 and second & 7 == 5 and fourth in FUSED_OPCODES
        if fused:
            found.append(at)
    return found


def disassembled(data: bytes) -> str | None:
    """The code as objdump writes it; None where there is no objdump."""
    program = shutil.which("objdump")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "code.o"
        path.write_bytes(data)
        done = subprocess.run([program, "-d", str(path)], capture_output=True, text=True, check=True)
    return done.stdout


def kept_files(scenario: str) -> list[Path]:
    """The cache's files of the loop of a scenario, compiled now where it was not yet."""
    from allohistory.ensemble.run import run
    from allohistory.luck.compiled import cache_folder
    from allohistory.timeline.model import load
    from allohistory.timeline.plan import START, Plan

    model = load(scenario)
    run(model.blueprint, Plan(horizon=START, draws=1), count=1, workers=1)
    assert cache_folder is not None
    source = Path(sys.modules[model.blueprint.run_worlds.py_func.__module__].__file__ or "")
    place = model.blueprint.run_worlds._cache.cache_path
    return sorted(path for path in Path(place).glob(f"{source.stem}.*.nbc"))


def main() -> int:
    """Look at all kept forms of the scenario's loop."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scenario", default="soviet-japanese-war")
    options = parser.parse_args()
    wrong = 0
    for path in kept_files(options.scenario):
        code = read(object_in(path.read_bytes()))
        places, listing = could_be_fused(code.text), disassembled(code.data)
        print(f"{path.name}: {len(code.text):,} bytes of code; from outside: {', '.join(code.outside)}")
        print(f"  not allowed: {', '.join(code.strangers()) or 'none'}; could be fused: {len(places)} places")
        if listing is not None:
            fused = sorted(set(FUSED_NAMES.findall(listing)))
            count = len(ARITHMETIC.findall(listing))
            print(f"  objdump: {count:,} sums and products, fused: {', '.join(fused) or 'none'}")
            wrong += bool(fused)
        wrong += bool(code.strangers()) or (listing is None and bool(places))
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
