"""The debate: the table of arguments, how it is judged, and what is kept of it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import allohistory
from allohistory.cli.main import main
from allohistory.cli.show_claims import claim_in_full, dated_verdict, debate_lines, sentence
from allohistory.errors import AllohistoryError
from allohistory.questions.chains import chains_of
from allohistory.questions.claims import together, verdict_of
from allohistory.questions.debate import kept
from allohistory.questions.debate.table import claims_of
from allohistory.timeline.model import load
from smallwar_model import small_model

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
TABLE = """
[[claim]]
id = "striking-brings-war"
says = "Striking in 1932 brings war."
source = "made up"
reading = "Brings: by a fifth more."
[[claim.part]]
words = "War with the strike"
against = "without it"
quantity = "P(war; struck-in-1932)"
relation = ">"
than = "P(war)"
margin = 0.2
[[claim.part]]
quantity = "P(war; struck-in-1932)"
relation = ">"
than = 0.5
[[claim]]
id = "many-clashes"
says = "Where there is war, clashes are many."
[[claim.part]]
quantity = "mean(clashes | war)"
relation = ">"
than = 50
[[claim]]
id = "honour"
says = "It was a matter of honour."
not_testable = "Nobody in this world has any."
"""
COUNT = 400
_FOUND = []


@pytest.fixture(scope="module")
def table():
    return claims_of(load())


@pytest.fixture(scope="module")
def small_table(tmp_path_factory):
    path = tmp_path_factory.mktemp("table") / "claims.toml"
    path.write_text(TABLE)
    return claims_of(small_model(), path)


@pytest.fixture
def found(small, small_table):
    """The small table judged, once for all tests."""
    if not _FOUND:
        _FOUND.extend(kept.judged(small_model(), small_table.values(), timelines=COUNT, workers=1))
    return tuple(_FOUND)


# ---------------------------------------------------------------- the table


def test_every_argument_stands_in_the_table(table):
    assert tuple(table) == ARGUMENTS


def test_every_argument_has_a_part_that_could_fail(table):
    for claim in table.values():
        for part in claim.part:
            assert part.quantity != part.than, claim.id
            assert isinstance(part.than, str) or part.than > 0.0, claim.id


def test_every_part_has_words_for_a_reader(table):
    for claim in table.values():
        assert claim.source, claim.id
        for part in claim.part:
            assert part.words, claim.id
            assert bool(part.against) == isinstance(part.than, str), (claim.id, part.words)


def test_arguments_that_go_by_steps_are_walked_too():
    assert {"favourite-instead-of-zhukov", "germany-first"} <= set(chains_of(load().folder))


@pytest.mark.parametrize(
    ("old", "new", "says", "nearest"),
    [
        ('id = "honour"', 'id = "many-clashes"', "taken already", ""),
        ("not_testable", "not_testible", "not_testible", "not_testable"),
        ('not_testable = "Nobody in this world has any."', "", "a claim has parts, or says", ""),
        ("mean(clashes | war)", "mean(clashs | war)", "clashs", "clashes"),
        ("struck-in-1932)", "struck-in-1933)", "struck-in-1933", "struck-in-1932"),
        ('relation = ">"', 'relation = "more"', "expected one of <, >", ""),
    ],
)
def test_a_mistake_in_the_table_is_pointed_at(tmp_path, old, new, says, nearest):
    path = tmp_path / "claims.toml"
    path.write_text(TABLE.replace(old, new))
    with pytest.raises(AllohistoryError) as caught:
        claims_of(small_model(), path)
    assert says in caught.value.problem and (caught.value.closest or "") == nearest
    assert "claims.toml" in caught.value.where


# ---------------------------------------------------------------- judging


def test_verdicts_follow_their_number(found):
    striking, many, honour = found
    assert striking.verdict == "holds" and many.verdict == "fails"
    assert (honour.verdict, honour.probability, honour.parts) == (kept.NOT_TESTABLE, None, ())
    for one in found[:2]:
        assert one.probability == together([part.probability for part in one.parts])
        assert one.verdict == verdict_of(one.probability)
        assert one.current and one.made.timelines == COUNT


def test_a_world_that_two_claims_need_is_run_once(small, small_table, monkeypatch):
    from allohistory.questions import arms

    plans = []
    plain = arms.Runner.run

    def counted(self, label, plan, count, **more):
        plans.append((plan, count))
        return plain(self, label, plan, count, **more)

    monkeypatch.setattr(arms.Runner, "run", counted)
    kept.judged(small_model(), small_table.values(), timelines=50, workers=1)
    assert len(plans) == len(set(plans)) == 3  # with and without the strike, and free luck
    assert sorted(count for _, count in plans) == [50, 50, kept.free_of(50)]


def test_a_part_carries_both_sides_with_intervals(found):
    part = found[0].parts[0]
    assert part.chance_interval[0] <= part.value <= part.chance_interval[1]
    assert part.than_interval[0] <= part.than_value <= part.than_interval[1]
    low, high = part.difference.chance_interval
    assert low <= part.value - part.than_value <= high
    assert (part.n, part.than_n) == (COUNT, COUNT)
    assert "War with the strike: 100 %" in sentence(part) and "without it:" in sentence(part)


def test_the_addresses_show_what_they_are_said_to_show(found, small):
    striking = found[0]
    goes = allohistory.scenario("smallwar").timeline(striking.addresses["for"])
    assert goes.outcomes["war"].value == 1.0
    assert "against" not in striking.addresses  # the strike is war in every timeline
    many = found[1]
    assert (
        allohistory.scenario("smallwar").timeline(many.addresses["against"]).outcomes["clashes"].value <= 50
    )


# ---------------------------------------------------------------- keeping


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "folder", lambda name: tmp_path)
    monkeypatch.setattr(kept, "shipped", lambda name: tmp_path / "shipped.json")
    return tmp_path


def test_what_is_kept_comes_back_whole(home, found, small_table):
    kept.keep(small_model(), found)
    back = kept.kept(small_model(), small_table)
    assert [(one.id, one.verdict, one.current) for one in back] == [
        (one.id, one.verdict, one.current) for one in found
    ]
    assert kept.as_rows(back) == kept.as_rows(found)


def test_an_old_models_verdict_is_never_a_new_ones(home, found, small_table):
    old = [replace(one, made=replace(one.made, model="0" * 16)) for one in found if one.made]
    kept.ship(small_model(), old)
    back = kept.kept(small_model(), small_table)
    assert not back[0].current and "was holds" in dated_verdict(back[0])
    assert "0000000000000000" in debate_lines(back)
    kept.keep(small_model(), found[:1])  # one judged anew comes before the old one, the other stays old
    back = kept.kept(small_model(), small_table)
    assert back[0].current and not back[1].current


def test_a_verdict_on_other_parts_is_none(home, found, small_table):
    kept.keep(small_model(), found)
    part = replace(small_table["many-clashes"].part[0], than=60.0)
    changed = {**small_table, "many-clashes": replace(small_table["many-clashes"], part=(part,))}
    assert kept.kept(small_model(), changed)[1].verdict == kept.NOT_JUDGED


def test_what_cannot_be_read_is_as_good_as_none(home, small_table):
    (home / "claims-smallwar.json").write_text("{")
    assert kept.kept(small_model(), small_table)[0].verdict == kept.NOT_JUDGED


# ---------------------------------------------------------------- the command


def test_the_shipped_verdicts_follow_from_their_numbers(table):
    """None is typed in: each follows its share, the share its weakest part, the parts the table."""
    held = kept.read(kept.shipped("soviet-japanese-war"))
    assert set(held) == {id for id, one in table.items() if one.part}
    for id, (one, made) in held.items():
        assert kept.parts_of(one) == kept.asked_parts(table[id]), id
        assert one.probability == together([part.probability for part in one.parts]), id
        assert one.verdict == verdict_of(one.probability), id
        assert all(part.verdict == verdict_of(part.probability) for part in one.parts), id
        assert made.timelines >= kept.TIMELINES, id


def test_the_command_lists_them_all_and_shows_one(capsys):
    assert main(["claims"]) == 0
    listed = capsys.readouterr().out
    assert all(f"[{id}]" in listed for id in ARGUMENTS)
    assert main(["claims", "soviets-cannot-land", "--json"]) == 0
    held = json.loads(capsys.readouterr().out)
    one = held["claims"][0]
    assert {"id", "says", "verdict", "probability", "parts", "addresses", "hangs_on", "made"} <= set(one)
    assert held["command"] == "claims" and held["format"] == 1
    assert allohistory.scenario().claims("soviets-cannot-land")[0].probability == pytest.approx(
        one["probability"], abs=1e-6
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["soviets-cannot-lend"], "nearest: soviets-cannot-land"),
        (["--seed", "3"], "nearest: add --full"),
        (["--file", "nowhere.toml"], "there is no such file"),
    ],
)
def test_mistakes_at_the_command(capsys, words, says):
    assert main(["claims", *words]) == 2
    assert says in capsys.readouterr().err


def test_claims_of_ones_own_file(small, tmp_path, capsys):
    path = tmp_path / "mine.toml"
    path.write_text(
        "what_if = 1\ntimelines = 300\n"
        + TABLE.split('[[claim]]\nid = "honour"')[0]
        .replace('reading = "Brings: by a fifth more."\n', "")
        .replace('words = "War with the strike"\nagainst = "without it"\n', "")
    )
    assert main(["claims", "--scenario", "smallwar", "--file", str(path), "striking-brings-war"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "Verdict: holds (" in out and "300 timelines" in out and "many-clashes" not in out
    path.write_text("what_if = 1\n")
    assert main(["claims", "--scenario", "smallwar", "--file", str(path)]) == 2
    assert "brings no claims" in capsys.readouterr().err


def test_one_in_full_says_all(found):
    text = " ".join(claim_in_full(found[0]).split())
    for words in ("Argued: made up.", "Read so: Brings", "(decides)", "What it hangs on", "allohistory tell"):
        assert words in text
    assert "Not testable: Nobody" in claim_in_full(found[2])
