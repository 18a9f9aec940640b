"""What is kept is what would be run; what is spoilt is run anew."""

from __future__ import annotations

import numpy as np
import pytest

import allohistory
from allohistory.questions import kept

FEW = 100


@pytest.fixture
def answers(small):
    kept.forget()
    war = allohistory.scenario("smallwar")

    def ask(**words):
        answer = war.ask(timelines=FEW, **words).as_dict()
        answer.pop("seconds")
        return answer

    yield ask
    kept.forget()


def stored(tmp_path):
    return list((tmp_path / "home" / "kept").glob("rules-*.npz"))


def test_the_bare_rules_are_kept_on_disk(answers, tmp_path):
    first = answers()
    assert len(stored(tmp_path)) == 1
    kept.forget()
    assert answers() == first
    assert len(stored(tmp_path)) == 1


def test_kept_worlds_are_used(answers, tmp_path):
    answers()
    kept.forget()
    with np.load(stored(tmp_path)[0]) as held:
        changed = {name: held[name] for name in held.files}
    changed["value"] = np.ones_like(changed["value"])
    np.savez_compressed(stored(tmp_path)[0], **changed)
    assert answers()["outcomes"]["war"]["probability"] == 1.0  # a planted store shows that the store is read


@pytest.mark.parametrize("spoil", [b"", b"nonsense", b"PK\x03\x04broken"])
def test_a_spoilt_store_is_run_anew(answers, tmp_path, spoil):
    first = answers()
    kept.forget()
    stored(tmp_path)[0].write_bytes(spoil)
    assert answers() == first


def test_other_seeds_are_other_worlds(answers, tmp_path):
    assert answers()["outcomes"]["war"] != answers(seed=2)["outcomes"]["war"]
    assert len(stored(tmp_path)) == 2


def test_another_version_takes_the_old_ones_away(answers, tmp_path, small, monkeypatch):
    answers()
    before = stored(tmp_path)[0]
    monkeypatch.setitem(small.__dict__, "digest", "f" * 64)
    answers()
    assert before not in stored(tmp_path)
    assert len(stored(tmp_path)) == 1


def test_a_changed_question_keeps_nothing_of_its_own(answers, tmp_path):
    answers(pods="struck-in-1932")
    assert len(stored(tmp_path)) == 1  # the bare rules beside it
