"""The debate: every argument on the list is asked of the model, walked as a chain, or owned up to in docs/limits.md."""

from __future__ import annotations

import pytest

import reference
from allohistory.book.open import open_book
from allohistory.book.what_if import read_what_if
from allohistory.questions.chains import chains_of

FOLDER = reference.ROOT / "src" / "allohistory" / "scenarios" / reference.SCENARIO
DEBATE = reference.ROOT / "examples" / "debate.toml"
LIMITS = (reference.ROOT / "docs" / "limits.md").read_text(encoding="utf-8")

ARGUMENTS = (
    "only-without-america",
    "isolationism-holds",
    "china-lobby-needs-china-war",
    "worse-purge-is-not-enough",
    "purge-comes-too-late",
    "marco-polo-accident",
    "no-united-front-frees-japan",
    "chiang-waits-for-divisions",
    "khasan-could-spiral",
    "japan-unbogged-still-unwilling",
    "siberia-deters",
    "command-decides",
    "lackey-instead-of-zhukov",
    "soviets-cannot-land",
    "rumoi-needs-no-fleet",
    "war-goes-on-1945",
    "bombs-only-hasten",
    "us-refuses-to-share",
    "collapse-needed",
    "soviet-bomb-road",
    "germany-first",
    "hegemony-by-ballot",
    "no-single-change-does-both",
    "a-few-months-are-enough",
    "fleet-without-fuel",
    "hard-wars-at-both-ends",
    "north-instead-after-the-bridge",
    "weak-looking-is-not-reachable",
)
AS_A_CHAIN = {"lackey-instead-of-zhukov": "favourite-instead-of-zhukov", "germany-first": "germany-first"}


@pytest.fixture(scope="module")
def asked():
    """The claims of the example, read and checked against the book: its outcomes and divergences are there."""
    found = read_what_if(DEBATE, open_book(FOLDER))
    return {claim.id: claim for claim in found.claims}


def test_every_argument_is_asked_walked_or_owned_up_to(asked):
    chains = chains_of(FOLDER)
    for id in ARGUMENTS:
        walked = AS_A_CHAIN.get(id) in chains
        assert id in asked or walked or f"`{id}`" in LIMITS, f"{id} is neither asked nor in docs/limits.md"


def test_nothing_is_asked_that_is_not_argued(asked):
    assert set(asked) <= set(ARGUMENTS)


def test_every_argument_has_a_part_that_could_fail(asked):
    for claim in asked.values():
        for part in claim.part:
            assert part.quantity != part.than, claim.id
            assert isinstance(part.than, str) or part.than > 0.0, claim.id


def test_limits_do_not_name_what_can_be_asked_by_now(asked):
    assert not [id for id in asked if f"`{id}`" in LIMITS]
