"""A timeline's address: a short code that gives the same timeline, bit for bit, on any machine.

    ah1-sjw-BODY-CHECK        in Crockford's base 32, lower case; at most 60 characters

BODY is a run of packed bits: the model's digest, the seed, the timeline, the table's draws, conventions, the
horizon, and the changes by their kind. CHECK is 20 bits over everything before it. Upper case is forgiven, and
so are o for 0, i and l for 1. An address made by another version is recognised by its digest.

The layout, field by field (docs/address.md has it in full with test vectors):

    digest 20 | seed 32 | timeline 24 | draws 12 | coupling 2 | clocks 1 | horizon kind 2 [position 17]
    number of points of divergence 3 | each: number 10, moved 1 [day 14]
    number of changes 5 | each: length of its text 8, the text in UTF-8
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from allohistory.errors import AllohistoryError

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
FORGIVEN = str.maketrans("oil", "011")
FORMAT = "ah1"
SHORT, LONG = 60, 2000
HORIZON_KINDS = ("start", "end", "after-changes", "position")
DIGEST_BITS, CHECK_BITS = 20, 20


@dataclass(frozen=True)
class Address:
    """What an address says, before it is resolved against a scenario.

    horizon   "start", "end", "after-changes", or a position in the order of luck
    pods      (number, day it is moved to or None) of each catalogue point of divergence
    changes   changes as text
    """

    scenario: str
    digest: int
    seed: int
    timeline: int
    draws: int
    coupling: int = 0
    clocks: int = 0
    horizon: str | int = "after-changes"
    pods: tuple[tuple[int, int | None], ...] = ()
    changes: tuple[str, ...] = ()


class _Bits:
    """Bits written and read from the front."""

    def __init__(self, bits: list[int] | None = None) -> None:
        self.bits = bits or []
        self.read = 0

    def put(self, value: int, width: int) -> None:
        if not 0 <= value < 1 << width:
            raise AllohistoryError("address", f"{value} does not fit the address ({width} bits)", given=value)
        self.bits += [(value >> (width - 1 - i)) & 1 for i in range(width)]

    def take(self, width: int) -> int:
        if self.read + width > len(self.bits):
            raise AllohistoryError("address", "the address ends too early")
        value = 0
        for bit in self.bits[self.read : self.read + width]:
            value = value * 2 + bit
        self.read += width
        return value


def digest_bits(digest: str) -> int:
    """The first 20 bits of a model's digest."""
    return int(digest[:5], 16)


def write_address(address: Address) -> str:
    """The address as text; raises AllohistoryError where it would be longer than 2,000 characters."""
    bits = _Bits()
    bits.put(address.digest, DIGEST_BITS)
    bits.put(address.seed, 32)
    bits.put(address.timeline, 24)
    bits.put(address.draws, 12)
    bits.put(address.coupling, 2)
    bits.put(address.clocks, 1)
    if isinstance(address.horizon, int):
        bits.put(HORIZON_KINDS.index("position"), 2)
        bits.put(address.horizon, 17)
    else:
        bits.put(HORIZON_KINDS.index(address.horizon), 2)
    bits.put(len(address.pods), 3)
    for number, moved in address.pods:
        bits.put(number, 10)
        bits.put(0 if moved is None else 1, 1)
        if moved is not None:
            bits.put(moved, 14)
    bits.put(len(address.changes), 5)
    for change in address.changes:
        raw = change.encode()
        bits.put(len(raw), 8)
        for byte in raw:
            bits.put(byte, 8)
    body = in_base_32(bits.bits)
    front = f"{FORMAT}-{address.scenario}-{body}"
    if len(front) + 5 > SHORT:
        front = f"{FORMAT}x-{address.scenario}-{body}"
    text = f"{front}-{check_of(front)}"
    if len(text) > LONG:
        raise AllohistoryError(
            "address", f"too many changes for an address ({len(text)} characters)", see="--file"
        )
    return text


def read_address(text: str, scenarios: dict[str, str]) -> Address:
    """Read an address; a slip of the pen is noticed and named.

    scenarios   short name -> name of each scenario that is known
    """
    cleaned = text.strip().lower()
    parts = cleaned.split("-")
    if len(parts) != 4 or parts[0] not in (FORMAT, f"{FORMAT}x"):
        raise AllohistoryError(
            "address", f'"{text}" is not an address', given=text, possible=[f"{FORMAT}-sjw-…-…"]
        )
    kind, scenario, body, check = (
        parts[0],
        parts[1],
        parts[2].translate(FORGIVEN),
        parts[3].translate(FORGIVEN),
    )
    if check_of(f"{kind}-{scenario}-{body}") != check:
        raise AllohistoryError("address", "the address has a slip in it: its check does not fit", given=text)
    if scenario not in scenarios:
        raise AllohistoryError(
            "address", f'no scenario is called "{scenario}"', given=text, possible=sorted(scenarios)
        )
    return unpack(_Bits(from_base_32(body)), scenario)


def unpack(bits: _Bits, scenario: str) -> Address:
    """The fields of a body."""
    digest, seed, timeline, draws = bits.take(DIGEST_BITS), bits.take(32), bits.take(24), bits.take(12)
    coupling, clocks = bits.take(2), bits.take(1)
    kind = HORIZON_KINDS[bits.take(2)]
    horizon: str | int = bits.take(17) if kind == "position" else kind
    pods: list[tuple[int, int | None]] = []
    for _ in range(bits.take(3)):
        number = bits.take(10)
        pods.append((number, bits.take(14) if bits.take(1) else None))
    changes = []
    for _ in range(bits.take(5)):
        length = bits.take(8)
        changes.append(bytes(bits.take(8) for _ in range(length)).decode("utf-8", errors="replace"))
    return Address(
        scenario, digest, seed, timeline, draws, coupling, clocks, horizon, tuple(pods), tuple(changes)
    )


def in_base_32(bits: list[int]) -> str:
    """Five bits a character, filled with zeros at the end."""
    filled = bits + [0] * (-len(bits) % 5)
    return "".join(ALPHABET[int("".join(map(str, filled[i : i + 5])), 2)] for i in range(0, len(filled), 5))


def from_base_32(text: str) -> list[int]:
    """The bits of a body; raises AllohistoryError on a character that is none of the alphabet's."""
    bits: list[int] = []
    for character in text:
        if character not in ALPHABET:
            raise AllohistoryError("address", f'"{character}" does not occur in addresses', given=text)
        bits += [(ALPHABET.index(character) >> (4 - i)) & 1 for i in range(5)]
    return bits


def check_of(front: str) -> str:
    """Twenty bits over all that stands before the check."""
    return in_base_32([int(bit) for bit in f"{int(hashlib.sha256(front.encode()).hexdigest()[:5], 16):020b}"])
