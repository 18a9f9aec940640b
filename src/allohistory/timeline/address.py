"""A timeline's address: a short code that gives the same timeline, bit for bit, on any machine.

    ah1-sjw-BODY-CHECK        in Crockford's base 32, lower case; at most 60 characters
    ah1x-sjw-BODY-CHECK       the long form, at most 2,000 characters

BODY is a run of packed bits: the model's digest, the seed, the timeline, the table's draws, conventions, the
horizon, and the changes. CHECK is 20 bits over everything before it. Upper case is forgiven, and so are o for 0,
i and l for 1. The layout, field by field (docs/address.md says what each means and has test vectors):

    digest 20 | seed 32 | timeline 24 | draws 12 | coupling 2 | clocks 1
    horizon 2 [week 11, place 1 [7]]
    points of divergence, each: 1 | number 10 | moved 1 [day 14]; then 0
    changes, each: 1 | as in address_changes.py; then 0
    forks, each: 1 | week 11 | salt 24; then 0
    readings, each: 1 | text; then 0
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from allohistory.errors import AllohistoryError
from allohistory.timeline.address_changes import PackedChange, put_change, take_change
from allohistory.timeline.bits import ALPHABET, FORGIVEN, Bits, from_base_32, in_base_32
from allohistory.timeline.plan import PLACES

FORMAT = "ah1"
SHORT, LONG = 60, 2000
HORIZONS = ("start", "end", "after-changes", "position")
DIGEST_BITS, CHECK_BITS = 20, 20


@dataclass(frozen=True)
class Address:
    """What an address says, before it is looked up in a scenario.

    horizon   "start", "end", "after-changes", or a position in the order of luck
    pods      (number, day it is moved to or None) of each catalogue point of divergence
    changes   each in numbers, or as text where numbers cannot say it
    forks     (week, salt): from that week on every address takes that salt
    readings  other readings of the record and other priors, as text
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
    changes: tuple[PackedChange | str, ...] = ()
    forks: tuple[tuple[int, int], ...] = ()
    readings: tuple[str, ...] = ()


def digest_bits(digest: str) -> int:
    """The first 20 bits of a model's digest."""
    return int(digest[: DIGEST_BITS // 4], 16)


def write_address(address: Address) -> str:
    """The address as text; raises AllohistoryError where it would be longer than 2,000 characters."""
    body = in_base_32(packed(address).bits).rstrip(ALPHABET[0]) or ALPHABET[0]
    for form, most in ((FORMAT, SHORT), (f"{FORMAT}x", LONG)):
        front = f"{form}-{address.scenario}-{body}"
        text = f"{front}-{check_of(front)}"
        if len(text) <= most:
            return text
    problem = f"too many changes for an address ({len(text)} characters, at most {LONG})"
    raise AllohistoryError("address", problem, see="--file")


def read_address(text: str, scenarios: dict[str, str]) -> Address:
    """Read an address; a slip of the pen is noticed and named.

    scenarios   short name -> name of each scenario that is known
    """
    parts = text.strip().lower().split("-")
    if len(parts) != 4 or parts[0] not in (FORMAT, f"{FORMAT}x"):
        raise AllohistoryError(
            "address", f'"{text}" is not an address', given=text, possible=[f"{FORMAT}-sjw-…-…"]
        )
    form, scenario = parts[0], parts[1]
    body, check = parts[2].translate(FORGIVEN), parts[3].translate(FORGIVEN)
    if check_of(f"{form}-{scenario}-{body}") != check:
        raise AllohistoryError("address", "the address has a slip in it: its check does not fit", given=text)
    if scenario not in scenarios:
        raise AllohistoryError(
            "address", f'no scenario is called "{scenario}"', given=text, possible=sorted(scenarios)
        )
    return unpacked(Bits(from_base_32(body)), scenario)


def packed(address: Address) -> Bits:
    """The fields in bits, in their order."""
    bits = Bits()
    bits.put(address.digest, DIGEST_BITS)
    bits.put(address.seed, 32)
    bits.put(address.timeline, 24)
    bits.put(address.draws, 12)
    bits.put(address.coupling, 2)
    bits.put(address.clocks, 1)
    put_horizon(bits, address.horizon)
    for number, moved in address.pods:
        bits.put(1, 1)
        bits.put(number, 10)
        bits.put(int(moved is not None), 1)
        if moved is not None:
            bits.put(moved, 14)
    bits.put(0, 1)
    for change in address.changes:
        bits.put(1, 1)
        put_change(bits, change)
    bits.put(0, 1)
    for week, salt in address.forks:
        bits.put(1, 1)
        bits.put(week, 11)
        bits.put(salt, 24)
    bits.put(0, 1)
    for reading in address.readings:
        bits.put(1, 1)
        bits.put_text(reading)
    return bits


def unpacked(bits: Bits, scenario: str) -> Address:
    """The fields of a body."""
    digest, seed, timeline, draws = bits.take(DIGEST_BITS), bits.take(32), bits.take(24), bits.take(12)
    coupling, clocks = bits.take(2), bits.take(1)
    horizon = take_horizon(bits)
    pods, changes, forks, readings = [], [], [], []
    while bits.take(1):
        pods.append((bits.take(10), bits.take(14) if bits.take(1) else None))
    while bits.take(1):
        changes.append(take_change(bits))
    while bits.take(1):
        forks.append((bits.take(11), bits.take(24)))
    while bits.take(1):
        readings.append(bits.take_text())
    return Address(
        scenario,
        digest,
        seed,
        timeline,
        draws,
        coupling,
        clocks,
        horizon,
        tuple(pods),
        tuple(changes),
        tuple(forks),
        tuple(readings),
    )


def put_horizon(bits: Bits, horizon: str | int) -> None:
    """Write where luck is freed: by name, or a week and a place in it."""
    if isinstance(horizon, str):
        bits.put(HORIZONS.index(horizon), 2)
        return
    week, place = divmod(horizon, PLACES)
    bits.put(HORIZONS.index("position"), 2)
    bits.put(week, 11)
    bits.put(int(place > 0), 1)
    if place:
        bits.put(place, 7)


def take_horizon(bits: Bits) -> str | int:
    """Read where luck is freed."""
    kind = HORIZONS[bits.take(2)]
    if kind != "position":
        return kind
    week = bits.take(11)
    return week * PLACES + (bits.take(7) if bits.take(1) else 0)


def check_of(front: str) -> str:
    """Twenty bits over all that stands before the check."""
    hashed = int(hashlib.sha256(front.encode()).hexdigest()[: CHECK_BITS // 4], 16)
    return in_base_32([int(bit) for bit in f"{hashed:0{CHECK_BITS}b}"])
