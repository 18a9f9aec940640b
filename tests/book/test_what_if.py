import pytest

from allohistory.book.what_if import ClaimPart, flattened, read_what_if
from allohistory.errors import AllohistoryError

FULL = """
what_if = 1
title = "A quiet hill"
scenario = "small"
pods = ["no-khasan", "amur-flares@1937-04-01"]
do = ["harvest.japan@1941=-2"]
from = 1938-07-01
luck = "same"
coupling = "monotone"
clocks = "redraw"
given = "china or war_road=chosen"
without = "us_neutral"
ask = ["general_war", "reach_km", "china before 1939"]
timelines = 500
precision = 0.02
draws = 50
seed = 7

[priors]
border.incident.per_week = { mean = 0.05, sd = 0.02 }
"common.share" = { family = "normal", mean = 0.5, sd = 0.1 }

[variants]
khasan.night-attack = "no-attack"
changkufeng.hill = "two-days-later"

[[outcome]]
id = "china"
title = "War, and America in it"
is = "general_war and america_enters"

[[claim]]
id = "quiet-is-better"
says = "A quiet hill makes war rarer."
[[claim.part]]
quantity = "P(general_war; no-khasan)"
relation = "<"
than = "P(general_war)"
[[claim.part]]
quantity = "P(general_war)"
relation = ">"
than = 0.1
margin = 0.05
"""


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "question.toml"
        path.write_text(text)
        return path

    return write


def test_a_full_file_is_read(book, rules, written):
    asked = read_what_if(written(FULL), book, rules)
    assert (asked.title, asked.scenario, asked.luck, asked.coupling, asked.clocks) == (
        "A quiet hill",
        "small",
        "same",
        "monotone",
        "redraw",
    )
    assert asked.pods == ("no-khasan", "amur-flares@1937-04-01")
    assert asked.do == ("harvest.japan@1941=-2",)
    assert asked.from_ == "1938-07-01"
    assert asked.ask == ("general_war", "reach_km", "china before 1939")
    assert (asked.timelines, asked.precision, asked.draws, asked.seed) == (500, 0.02, 50, 7)
    assert asked.priors == {
        "border.incident.per_week": {"mean": 0.05, "sd": 0.02},
        "common.share": {"family": "normal", "mean": 0.5, "sd": 0.1},
    }
    assert asked.variants == {"khasan.night-attack": "no-attack", "khasan.hill-occupied": "two-days-later"}
    assert asked.outcomes["china"].derived == "general_war and america_enters"
    assert asked.outcomes["china"].definition == "War, and America in it: general_war and america_enters"
    assert asked.claims[0].part[1] == ClaimPart("P(general_war)", ">", 0.1, 0.05)
    assert "seed" in asked.named
    assert "what_if" not in asked.named


def test_what_is_left_out_stays_open(book, written):
    asked = read_what_if(written("what_if = 1\n"), book)
    assert (asked.luck, asked.timelines, asked.seed, asked.from_, asked.named) == (None, None, None, None, ())


def test_the_same_as_json(book, rules):
    body = {
        "what_if": 1,
        "pods": "no-khasan",
        "from": "1938-07",
        "priors": {"border.incident.per_week": {"mean": 0.05, "sd": 0.02}},
        "variants": {"khasan.night-attack": "no-attack"},
    }
    asked = read_what_if(body, book, rules)
    assert asked.pods == ("no-khasan",)
    assert asked.from_ == "1938-07"
    assert asked.variants == {"khasan.night-attack": "no-attack"}
    assert list(asked.priors) == ["border.incident.per_week"]


@pytest.mark.parametrize(
    ("text", "where", "problem", "closest"),
    [
        ("", "", "a what-if file begins with what_if = 1", None),
        ("what_if = 2", "", "it is of form 2; this version reads form 1", None),
        ("what_if = true", "", "it is of form True; this version reads form 1", None),
        ("what_if = 1\npod = []", "", '"pod" is not a key of a what-if file', "pods"),
        (
            "what_if = 1\npods = ['no-kasan']",
            ": pods",
            'there is no point of divergence "no-kasan"',
            "no-khasan",
        ),
        (
            "what_if = 1\ndo = ['harvest.japn=1']",
            ": do",
            '"harvest.japn=1": no record entry, rule, variable or parameter has this id',
            "harvest.japan",
        ),
        ("what_if = 1\nluck = 'freshly'", ": luck", "expected one of same, fresh", None),
        ("what_if = 1\ntimelines = 0", ": timelines", "expected a whole number, 1 or more", None),
        ("what_if = 1\nseed = -1", ": seed", "expected a whole number, 0 or more", None),
        (
            "what_if = 1\nfrom = 1955-01-01",
            ": from",
            "1955-01-01 lies outside the scenario, which runs from 1931-01-05 to 1950-12-31",
            "1950-12-31",
        ),
        (
            "what_if = 1\nask = ['genral_war']",
            ": ask",
            'there is no outcome "genral_war" (at character 1 of "genral_war")',
            "general_war",
        ),
        (
            "what_if = 1\ngiven = 'reach_km'",
            ": given",
            'compare the amount with a number, as in reach_km>1 (at character 1 of "reach_km")',
            None,
        ),
        (
            "what_if = 1\n[priors]\nborder.incident.per_wek = { mean = 1, sd = 1 }",
            ": priors",
            'there is no parameter "border.incident.per_wek"',
            "border.incident.per_week",
        ),
        (
            "what_if = 1\n[variants]\nkhasan.night-attack = 'no-atack'",
            ": variants",
            'khasan.night-attack has no variant "no-atack"',
            "no-attack",
        ),
        (
            "what_if = 1\n[variants]\nharvest.of-1934 = 'x'",
            ": variants",
            "harvest.of-1934 has no variants",
            None,
        ),
        (
            "what_if = 1\n[[outcome]]\nid = 'general_war'\ntitle = 'x'\nis = 'us_neutral'",
            ": outcome",
            'the id "general_war" is taken already',
            None,
        ),
        (
            "what_if = 1\n[[outcome]]\nid = 'mine'\ntitle = 'x'\nis = 'us_neutrl'",
            ": outcome: mine is",
            'there is no outcome "us_neutrl" (at character 1 of "us_neutrl")',
            "us_neutral",
        ),
        (
            "what_if = 1\n[[outcome]]\nid = 'mine'\ntitle = 'x'",
            ": outcome",
            'the key "is" is missing',
            "is",
        ),
        (
            "what_if = 1\n[[claim]]\nid = 'a'\nsays = 'b'\n[[claim.part]]\nquantity = 'P(x)'\nrelation = '='\nthan = 1",
            ": claim: part: relation",
            "expected one of <, >",
            None,
        ),
    ],
)
def test_a_mistake_is_named_with_its_key(book, rules, written, text, where, problem, closest):
    with pytest.raises(AllohistoryError) as caught:
        read_what_if(written(text), book, rules)
    error = caught.value
    assert error.where == f"question.toml{where}"
    assert error.problem == problem
    if closest is not None:
        assert error.closest == closest


def test_without_the_rules_changes_are_read_but_not_resolved(book, written):
    assert read_what_if(written("what_if = 1\ndo = ['harvest.japn=1']\npods = ['no-khasan']"), book).do
    with pytest.raises(AllohistoryError, match="changes nothing"):
        read_what_if(written("what_if = 1\ndo = ['harvest.japn']"), book)
    with pytest.raises(AllohistoryError, match="nearest: no-khasan"):
        read_what_if(written("what_if = 1\npods = ['no-kasan']"), book)


def test_a_file_that_cannot_be_read(book, written, tmp_path):
    with pytest.raises(AllohistoryError, match="cannot be read"):
        read_what_if(tmp_path / "absent.toml", book)
    with pytest.raises(AllohistoryError, match="not readable as TOML"):
        read_what_if(written("what_if ="), book)


def test_dotted_keys_with_and_without_quotes():
    assert flattened({"a": {"b": {"c": {"mean": 1}}}, "d.e": {"sd": 2}}, of_tables=True) == {
        "a.b.c": {"mean": 1},
        "d.e": {"sd": 2},
    }
    assert flattened({"a": {"b": "x"}, "c.d": "y"}, of_tables=False) == {"a.b": "x", "c.d": "y"}


PART = "[[claim.part]]\nquantity = 'P(general_war)'\nrelation = '>'\nthan = {}\n"


@pytest.mark.parametrize(
    ("claims", "says"),
    [
        ("[[claim]]\nid = 'a'\nsays = 'b'\npart = []\n", "a claim has at least one [[claim.part]]"),
        (f"[[claim]]\nid = 'a'\nsays = 'b'\n{PART.format(1)}" * 2, 'two claims are called "a"'),
        (f"[[claim]]\nid = 'a'\nsays = 'b'\n{PART.format(chr(39) + 'Q(x)' + chr(39))}", 'no quantity "Q"'),
    ],
)
def test_claims_are_checked_when_the_file_is_read(book, rules, written, claims, says):
    with pytest.raises(AllohistoryError) as caught:
        read_what_if(written(f"what_if = 1\n{claims}"), book, rules)
    assert caught.value.where == "question.toml: claim a"
    assert says in caught.value.problem
