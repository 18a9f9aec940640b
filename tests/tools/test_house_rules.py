"""Rules of the house that hold for the whole tree; each has a companion that must find what is planted."""

import house_rules


def lines(found):
    return "\n".join(found)


def planted(tmp_path, name, text):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return tmp_path


def test_modules__none_is_over_400_lines():
    assert not house_rules.long_modules(), lines(house_rules.long_modules())


def test_modules__a_long_one_is_found(tmp_path):
    assert house_rules.long_modules(planted(tmp_path, "src/long.py", "x = 1\n" * 401))
    assert not house_rules.long_modules(planted(tmp_path, "src/long.py", "x = 1\n" * 400))


def test_words__no_registry_and_no_machine_is_named():
    assert not house_rules.banned_words(), lines(house_rules.banned_words())


def test_words__a_registry_and_a_machines_path_are_found(tmp_path):
    text = f"see https://{house_rules.HOSTS[0]}/x\nopen('/{house_rules.FOLDERS[0]}/x')\nsee docs/work/x\n"
    found = house_rules.banned_words(planted(tmp_path, "docs/a.md", text))
    assert [line.split(":")[1] for line in found] == ["1", "2"]


def test_code__nothing_is_stubbed():
    assert not house_rules.unfinished(), lines(house_rules.unfinished())


def test_code__a_stub_is_found(tmp_path):
    text = "raise NotImplemented" + "Error\n"
    assert house_rules.unfinished(planted(tmp_path, "src/a.py", text))


def test_rules__hold_no_number_of_their_own():
    assert not house_rules.numbers_in_rules(), lines(house_rules.numbers_in_rules())


def test_rules__a_number_is_found():
    assert house_rules.numbers_of("def f(x):\n    return 0.3 * x\n") == [(2, 0.3)]
    assert house_rules.numbers_of("def f(x):\n    return x > 0.7\n") == [(2, 0.7)]
    assert house_rules.numbers_of("def f(x):\n    return 3 * x\n") == [(2, 3.0)]


def test_rules__stages_of_the_world_are_no_numbers():
    assert house_rules.numbers_of("def f(x):\n    return 0.5 * x - 1.0 + 2 * 0\n") == []
    assert house_rules.numbers_of("COMPANY, BATTALION = 2.0, 3.0\n\n\ndef f(x):\n    return x == 4.0\n") == []


def test_kernels__use_our_own_arithmetic():
    assert not house_rules.foreign_arithmetic(), lines(house_rules.foreign_arithmetic())


def test_kernels__foreign_arithmetic_is_found():
    text = "import math\nfrom math import log\nx = math.exp(1.0)\ny = x**0.5\nz = math.sqrt(x)\n"
    assert [line for line, _ in house_rules.arithmetic_of(text)] == [2, 3, 4]


def test_numbers__are_only_ever_added():
    found = house_rules.moved_numbers(house_rules.numbers_now(), house_rules.numbers_released())
    assert not found, lines(found)


def test_numbers__belong_to_one_name_each():
    assert not house_rules.shared_numbers(house_rules.numbers_now()), lines(
        house_rules.shared_numbers(house_rules.numbers_now())
    )


def test_numbers__a_moved_a_lost_and_a_shared_one_are_found():
    released = {"s": {"rules": {"a.b": 1, "a.c": 2, "a.d": 3}}}
    now = {"s": {"rules": {"a.b": 1, "a.c": 4, "a.e": 1}}}
    assert house_rules.moved_numbers(now, released) == [
        "s: rules: a.c was 2, is 4",
        "s: rules: a.d was 3, is None",
    ]
    assert house_rules.shared_numbers(now) == ["s: rules: a.e and a.b share 1"]
    assert house_rules.moved_numbers(released, released) == []


def test_layers__every_folder_of_the_package_has_its_place_in_the_river():
    import river

    folders = {
        path.name for path in house_rules.SCENARIOS.parent.iterdir() if (path / "__init__.py").exists()
    }
    modules = {"errors", "version"}
    assert folders == (set(river.layers()) - modules) | {"scenarios"}


def test_tests__every_folder_says_in_the_readme_what_belongs_there():
    folder = house_rules.ROOT / "tests"
    told = (folder / "README.md").read_text(encoding="utf-8")
    folders = sorted(path.name for path in folder.iterdir() if any(path.glob("*.py")))
    assert [name for name in folders if f"`{name}/`" not in told] == []
