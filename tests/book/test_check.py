from dataclasses import replace

import pytest

from allohistory.book.check import check_book
from allohistory.book.open import open_book
from allohistory.book.tables import RuleFacts


def test_the_small_book_is_sound(book, rules):
    assert check_book(book, rules) == []


ROW = '\n[[entry]]\nid = "more.entry"\ndate = {date}\nrule = "{rule}"\n{more}\nwhat = "x"\nsource = "y"\ngrade = "C"\n'


def entry(rule, took, date="1938-08-01", more=""):
    return ROW.format(date=date, rule=rule, more=f"took = {took}\n{more}")


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        (
            "record/border.toml",
            'facts = ["harvest.1934"]',
            'facts = ["harvest.1935"]',
            'record/border.toml:65 harvest.of-1934: there is no fact "harvest.1935"; nearest: harvest.1934',
        ),
        (
            "record/border.toml",
            'took = "attack"',
            'took = "atack"',
            'khasan.night-attack: there is no option "atack"; nearest: attack among refrain, attack, offensive',
        ),
        (
            "record/border.toml",
            'took = "fired"',
            'took = "attack"',
            'khasan.hill-occupied: border.incident is a clock, so it took "fired", not "attack"',
        ),
        (
            "record/border.toml",
            "took = -1.5",
            'took = "bad"',
            'harvest.of-1934: harvest.japan is a shock, so it took a number, not "bad"',
        ),
        (
            "record/border.toml",
            'took = "refrain", source',
            'took = "refrained", source',
            'khasan.night-attack: variant no-attack: there is no option "refrained"; nearest: refrain',
        ),
        (
            "record/border.toml",
            "date = 1938-07-31, source",
            "date = 1958-07-31, source",
            "variant two-days-later: 1958-07-31 lies outside the scenario",
        ),
        (
            "record/border.toml",
            "date = 1938-07-31, source",
            "source",
            "variant two-days-later: give took or date",
        ),
        (
            "record/border.toml",
            "until = 1940-12-31",
            "until = 1933-12-31",
            "harvest.of-1934: its date 1934-10-01 lies outside the coverage of harvest.japan (1931-01-05..1933-12-31)",
        ),
        (
            "record/border.toml",
            'rule = "korea-army.attacks"\nfrom',
            'rule = "korea-army.atacks"\nfrom',
            'coverage of korea-army.atacks: there is no rule "korea-army.atacks"; nearest: korea-army.attacks',
        ),
        (
            "record/border.toml",
            'entity = "posyet-tumen"\nfrom',
            'entity = "amur"\nfrom',
            "khasan.hill-occupied: no coverage of border.incident for posyet-tumen holds it",
        ),
        (
            "record/border.toml",
            'entity = "posyet-tumen"\nfrom',
            'entity = "posyet"\nfrom',
            'coverage of border.incident: there is no sector "posyet"; nearest: posyet-tumen',
        ),
        (
            "record/border.toml",
            "until = 1940-12-31",
            "until = 1930-12-31",
            "coverage of harvest.japan: until lies before from",
        ),
        (
            "record/border.toml",
            "until = 1940-12-31",
            "until = 1956-12-31",
            "coverage of harvest.japan: 1956-12-31 lies outside the scenario",
        ),
        (
            "record/more.toml",
            "",
            '[[coverage]]\nrule = "harvest.japan"\nfrom = 1940-01-01\nuntil = 1941-01-01\nbecause = "x"\n',
            "record/more.toml:1 coverage of harvest.japan: overlaps with record/border.toml:20",
        ),
        (
            "record/more.toml",
            "",
            '[[coverage]]\nrule = "units.tally"\nfrom = 1940-01-01\nuntil = 1941-01-01\nbecause = "x"\n',
            "record/more.toml:1 coverage of units.tally: the rule draws nothing",
        ),
        (
            "record/more.toml",
            "",
            entry("harvest.japn", "1.0"),
            'there is no rule "harvest.japn"; nearest: harvest.japan',
        ),
        (
            "record/more.toml",
            "",
            entry("units.tally", "1.0"),
            "units.tally draws nothing, so nothing of it can be recorded",
        ),
        ("record/more.toml", "", entry("border.incident", '"fired"'), "for which sector? Add entity"),
        (
            "record/more.toml",
            "",
            entry("harvest.japan", "1.0", more='entity = "amur"'),
            'harvest.japan is not asked for each of several: no entity "amur"',
        ),
        (
            "record/more.toml",
            "",
            entry("border.incident", '"fired"', more='entity = "amr"'),
            'there is no sector "amr"; nearest: amur',
        ),
        (
            "record/more.toml",
            "",
            entry("border.incident", '"fired"', date="1938-07-26", more='entity = "posyet-tumen"'),
            "more.entry: it has the same address as khasan.hill-occupied (record/border.toml:26)",
        ),
        (
            "record/more.toml",
            "",
            entry(
                "korea-army.attacks", '"attack"', more='entity = "posyet-tumen"\nevent = 1938-07-26\nstep = 3'
            ),
            "more.entry: it has the same address as khasan.night-attack",
        ),
        (
            "record/more.toml",
            "",
            entry("korea-army.attacks", '"attack"', more='entity = "amur"\nevent = 1938-08-02\nstep = 512'),
            "more.entry: its event began after it, on 1938-08-02",
        ),
        (
            "record/more.toml",
            "",
            entry("korea-army.attacks", '"attack"', more='entity = "amur"\nevent = 1938-08-01\nstep = 512'),
            "more.entry: step 512 is beyond 511",
        ),
        (
            "record/more.toml",
            "",
            entry("border.incident", '"fired"', more='entity = "posyet-tumen"\nevent = 1938-07-31'),
            "more.entry: a firing is its own event; leave out event",
        ),
        (
            "record/more.toml",
            "",
            entry("harvest.japan", "1.0", date="1930-01-01"),
            "more.entry: its date 1930-01-01 lies outside the scenario",
        ),
        (
            "variables/ussr.toml",
            'written_by = ["steps.ussr"]',
            'written_by = ["border.incidents"]',
            'variables/ussr.toml:1 ussr.divisions_east: there is no rule "border.incidents"; nearest: border.incident',
        ),
        ("variables/ussr.toml", 'written_by = ["steps.ussr"]', "", "ussr.divisions_east: nothing writes it"),
        (
            "variables/ussr.toml",
            'written_by = ["steps.ussr"]',
            'written_by = ["changes", "border.incident"]',
            'variables/ussr.toml:1 ussr.divisions_east: there is no rule "changes"',
        ),
        (
            "variables/ussr.toml",
            "start = 6",
            "start = 81",
            "ussr.divisions_east: start 81 lies outside 0 to 80",
        ),
        ("variables/ussr.toml", "high = 80", "high = -1", "ussr.divisions_east: low 0 lies above high -1"),
        (
            "variables/ussr.toml",
            "start = [0, 0]",
            "start = [0]",
            "border.rung: start has 1 values for 2 entities",
        ),
        (
            "variables/ussr.toml",
            "start = [0, 0]",
            "start = 0.5",
            "border.rung: start 0.5 is not whole, as a stage must be",
        ),
        (
            "variables/ussr.toml",
            'per = "sector"\nwritten_by = ["border.first-rung"]',
            'per = "sectors"\nwritten_by = ["border.first-rung"]',
            'border.rung: there is no kind of entity "sectors"; nearest: sector',
        ),
        (
            "variables/ussr.toml",
            'id = "border.rung"',
            'id = "border.size"',
            'border.size: "size" is taken by the array library and cannot be a field',
        ),
        (
            "variables/ussr.toml",
            'id = "border.rung"',
            'id = "border.class"',
            'border.class: "class" is a word of the language and cannot be a field',
        ),
        (
            "parameters/border.toml",
            'id = "korea-army.attacks.boldness"',
            'id = "korea-army.atacks.boldness"',
            'korea-army.atacks.boldness: there is no rule "korea-army.atacks"; nearest: korea-army.attacks',
        ),
        (
            "parameters/border.toml",
            'because = "A judgement made up for tests"',
            "",
            "parameters/border.toml:11 korea-army.attacks.boldness: no source: give facts or because",
        ),
        (
            "parameters/border.toml",
            "sd = 0.3",
            "sd = -0.3",
            "korea-army.attacks.boldness: sd must be above 0, not -0.3",
        ),
        ("parameters/border.toml", "high = 1.0\n", "high = 0.0\n", "common.share: low 0 is not below high 0"),
        ("outcomes.toml", 'options = ["none", "grown-clash", "chosen"]', "", "war_road: a which has options"),
        ("outcomes.toml", '"none", "grown-clash"', '"none", "none"', "war_road: an option is listed twice"),
        ("outcomes.toml", 'unit = "km"', "", "reach_km: an amount needs a unit"),
        (
            "outcomes.toml",
            'is = "not america_enters"',
            'is = "not america_entres"',
            'us_neutral is: there is no outcome "america_entres" (at character 5 of "not america_entres"); nearest: am',
        ),
        (
            "outcomes.toml",
            'kind = "yes"\nis = "not america_enters"',
            'kind = "day"\nis = "not america_enters"',
            "us_neutral: only a yes can be defined by an expression",
        ),
        (
            "divergences/border.toml",
            "date = 1938-07-25",
            "date = 1958-07-25",
            "no-khasan: its date 1958-07-25 lies outside",
        ),
        (
            "divergences/border.toml",
            "date = 1938-07-25",
            "date = 1938-08-01",
            'no-khasan: "khasan.hill-occupied=never" acts in a week before its date 1938-08-01',
        ),
        ("divergences/border.toml", '"khasan.hill-occupied=never"', "", "no-khasan: it changes nothing"),
        (
            "divergences/border.toml",
            "khasan.hill-occupied=never",
            "khasan.hill-ocupied=never",
            "no record entry, rule, variable or parameter has this id; nearest: khasan.hill-occupied",
        ),
        (
            "divergences/border.toml",
            '["khasan.hill-occupied=never"]',
            '["khasan.hill-occupied=never", "khasan.hill-occupied=fires"]',
            'no-khasan: pod no-khasan: "khasan.hill-occupied=never" and "khasan.hill-occupied=fires" clash',
        ),
        (
            "divergences/border.toml",
            '"1937-03..1937-10"',
            '"1938"',
            "amur-flares: its date 1937-06-30 lies outside its window 1938",
        ),
        (
            "divergences/border.toml",
            "ussr.divisions_east*=2",
            "border.incident.per_week*=2",
            "more-divisions: judged_bits are for changes of state only",
        ),
        (
            "divergences/border.toml",
            '"khasan.hill-occupied=never"',
            '"ussr.divisions_east+=2"',
            "no-khasan: it changes a state, so it needs judged_bits",
        ),
        (
            "divergences/border.toml",
            "low = 3",
            "low = 7",
            "more-divisions: judged_bits: low must be 0 or more",
        ),
        (
            "record/border.toml",
            'because = "Every harvest is known"',
            'because = "x"\nfacts = ["harvest.1935"]',
            'coverage of harvest.japan: there is no fact "harvest.1935"; nearest: harvest.1934',
        ),
        (
            "record/border.toml",
            'step = 0\ntook = "company"',
            'step = 512\ntook = "company"',
            "khasan.first-rung: step 512 is beyond 511",
        ),
        (
            "record/border.toml",
            'event = 1938-07-29\nstep = 0\ntook = "company"',
            'event = 1930-07-29\nstep = 0\ntook = "company"',
            "khasan.first-rung: its event 1930-07-29 lies outside the scenario",
        ),
        (
            "record/border.toml",
            'variants = [{ id = "no-attack"',
            'variants = [{ id = "no-attack", took = "attack", source = "s" }, { id = "no-attack"',
            "khasan.night-attack: two variants have one id",
        ),
        (
            "parameters/border.toml",
            "low = 0.0\n\n",
            'low = 0.0\nused_by = ["a.b"]\n',
            'there is no rule "a.b"',
        ),
    ],
)
def test_a_complaint_names_the_row_and_what_is_wrong(spoiled, rules, file, old, new, complaint):
    complaints = check_book(open_book(spoiled(file, old, new)), rules)
    assert [one for one in complaints if complaint in one], complaints


def test_every_offender_comes_at_once(spoiled, rules):
    spoiled("variables/ussr.toml", "start = 6", "start = 81")
    folder = spoiled("record/more.toml", "", entry("harvest.japan", '"bad"'))
    (folder / "book/variables/ussr.toml").write_text(
        (folder / "book/variables/ussr.toml").read_text().replace("start = 6", "start = 81")
    )
    complaints = check_book(open_book(folder), rules)
    assert len(complaints) == 2
    assert all(":" in one for one in complaints)


@pytest.mark.parametrize(
    ("rule", "complaint"),
    [
        (
            RuleFacts("a.b", 20, "clock", per="sectr"),
            'rules a.b: there is no kind of entity "sectr"; nearest: sector',
        ),
        (RuleFacts("khasan.night-attack", 20, "clock"), "khasan.night-attack: a rule has the same id"),
        (RuleFacts("a.b", 20, "choice", options=("x", "x")), "rules a.b: an option is listed twice"),
        (
            RuleFacts("a.b", 20, "choice", options=("x", "never")),
            'rules a.b: "never" cannot be the name of an option',
        ),
    ],
)
def test_rules_fit_the_book(book, rules, rule, complaint):
    complaints = check_book(book, {**rules, rule.id: rule})
    assert [one for one in complaints if complaint in one], complaints


def test_a_rule_that_went_away_is_missed_everywhere(book, rules):
    del rules["border.incident"]
    complaints = check_book(book, rules)
    assert len([one for one in complaints if '"border.incident"' in one]) >= 4


def test_grades_of_variables(book, rules):
    spoiled = replace(book.variables["border.rung"], grade="Z")
    complaints = check_book(replace(book, variables={"border.rung": spoiled}, parameters={}, pods={}), rules)
    assert [one for one in complaints if 'grade "Z" is none of A, B, C' in one]
