"""Bits packed into letters: Crockford's base 32, five bits a character, read and written from the front.

Trailing zeros are left out and come back: whoever reads beyond the end reads zeros. So a field that is mostly zero
costs nothing where it stands last; that nothing was lost on the way is for the address's check to say.
"""

from __future__ import annotations

import struct

from allohistory.errors import AllohistoryError

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
FORGIVEN = str.maketrans("oil", "011")
MANTISSA, POWER = 20, 4


class Bits:
    """A run of bits, written at its end and read from its front."""

    def __init__(self, bits: list[int] | None = None) -> None:
        self.bits = bits or []
        self.read = 0

    def put(self, value: int, width: int) -> None:
        """Write a whole number of so many bits; raises AllohistoryError where it does not fit."""
        if not 0 <= value < 1 << width:
            raise AllohistoryError("address", f"{value} does not fit the address ({width} bits)", given=value)
        self.bits += [(value >> (width - 1 - i)) & 1 for i in range(width)]

    def take(self, width: int) -> int:
        """Read a whole number of so many bits; beyond the end there are zeros."""
        value = 0
        for place in range(self.read, self.read + width):
            value = value * 2 + (self.bits[place] if place < len(self.bits) else 0)
        self.read += width
        return value

    def put_text(self, text: str) -> None:
        """Write a text: its length in bytes (11 bits), then UTF-8."""
        raw = text.encode()
        self.put(len(raw), 11)
        for byte in raw:
            self.put(byte, 8)

    def take_text(self) -> str:
        """Read a text."""
        return bytes(self.take(8) for _ in range(self.take(11))).decode("utf-8", errors="replace")

    def put_number(self, number: float) -> None:
        """Write a number exactly: 26 bits for a short decimal (0.4, -12.75), 65 for any other float64."""
        decimal = as_decimal(number)
        if decimal is None:
            self.put(1, 1)
            self.put(int.from_bytes(struct.pack(">d", number), "big"), 64)
        else:
            negative, mantissa, power = decimal
            self.put(0, 1)
            self.put(negative, 1)
            self.put(power, POWER)
            self.put(mantissa, MANTISSA)

    def take_number(self) -> float:
        """Read a number."""
        if self.take(1):
            found: float = struct.unpack(">d", self.take(64).to_bytes(8, "big"))[0]
            return found
        negative, power, mantissa = self.take(1), self.take(POWER), self.take(MANTISSA)
        return float(f"{'-' if negative else ''}{mantissa}e-{power}")


def as_decimal(number: float) -> tuple[int, int, int] | None:
    """(1 if negative, mantissa, power): mantissa / 10^power reads as the number does; None where it is too long."""
    text = repr(float(number))
    digits, _, fraction = text.removeprefix("-").removesuffix(".0").partition(".")
    if not (digits + fraction).isdigit():
        return None
    mantissa, power = int(digits + fraction), len(fraction)
    if mantissa >= 1 << MANTISSA or power >= 1 << POWER:
        return None
    return int(text.startswith("-")), mantissa, power


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
