"""Options' values: whole numbers, decimals, one of a few words; a bad one is an error that names the nearest."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from allohistory.errors import AllohistoryError


def one_of(option: str, words: Sequence[str]) -> Callable[[str], str]:
    """Reads one of some words, or complains with them."""

    def read_word(text: str) -> str:
        if text in words:
            return text
        raise AllohistoryError(option, f'"{text}" is none of its values', given=text, possible=words)

    return read_word


def whole(option: str) -> Callable[[str], int]:
    """Reads a whole number, or complains with the nearest one."""

    def read_whole(text: str) -> int:
        plain = text.replace(",", "").replace("_", "")
        if re.fullmatch(r"[+-]?\d+", plain):
            return int(plain)
        raise AllohistoryError(
            option, f'"{text}" is not a whole number', given=text, closest=_near_number(text)
        )

    return read_whole


def draws(text: str) -> int | str:
    """Reads how many parameter draws, or the word for new ones."""
    return text if text == "fresh" else whole("--draws")(text)


def decimal(option: str) -> Callable[[str], float]:
    """Reads a number, or complains."""

    def read_decimal(text: str) -> float:
        try:
            return float(text)
        except ValueError:
            raise AllohistoryError(option, f'"{text}" is not a number', given=text, closest="0.01") from None

    return read_decimal


def _near_number(text: str) -> str:
    try:
        return str(round(float(text)))
    except (ValueError, OverflowError):
        digits = re.search(r"\d+", text)
        return digits[0] if digits else "1"
