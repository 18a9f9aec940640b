"""What a calibration rests on: rules and numbers, not words."""

from allohistory.evidence.basis import code


def test_basis__does_not_hang_on_words(tmp_path):
    plain, told = tmp_path / "plain.py", tmp_path / "told.py"
    plain.write_text("def f(x):\n    return x + 1\n")
    told.write_text('"""Says more."""\n\ndef f(x):\n    """And here."""\n    return x + 1  # why\n')
    assert code(plain) == code(told)


def test_basis__hangs_on_what_is_computed(tmp_path):
    one, other = tmp_path / "one.py", tmp_path / "other.py"
    one.write_text("def f(x):\n    return x + 1\n")
    other.write_text("def f(x):\n    return x + 2\n")
    assert code(one) != code(other)
