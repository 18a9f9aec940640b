"""The files that `make golden` writes: what goes in comes out, and a difference is named."""

import tomllib

import golden


def test_digests__come_back_with_their_passport():
    digests = {"free": "0a1b", "same-luck": "2c3d"}
    text = golden.digests_text(digests, "1.2.3")
    assert text.startswith("# Golden digests")
    assert tomllib.loads(text) == {"made_by": "allohistory 1.2.3", "digests": digests}


def test_digests__a_difference_is_named():
    assert golden.differences({"a": "1", "b": "2"}, {"a": "1", "c": "3"}) == [
        "b: kept nothing, now 2",
        "c: kept 3, now nothing",
    ]
    assert golden.differences({"a": "1"}, {"a": "1"}) == []


def test_released_numbers__come_back():
    numbers = {"one_war": {"rules": {"border.incident": 7}, "entities": {"sector": {"amur": 2}}, "keys": {}}}
    assert tomllib.loads(golden.released_text(numbers)) == {
        "one_war": {"rules": {"border.incident": 7}, "entities": {"sector": {"amur": 2}}}
    }
