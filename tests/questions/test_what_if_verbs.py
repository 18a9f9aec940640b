"""Every verb of a what-if, on every kind of thing: by command line and by file the same, and it acts in the world."""

from __future__ import annotations

from pathlib import Path

import pytest

import allohistory
from allohistory.cli.commands.ask import question_of
from allohistory.cli.parser import read
from allohistory.ensemble.run import run
from allohistory.errors import AllohistoryError
from allohistory.questions.ask import asked_outcomes
from allohistory.questions.worlds import read_worlds
from allohistory.timeline.memory import Memory
from allohistory.timeline.model import load

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))

VERBS = {
    "change a decision": "khasan.emperor-refuses=silent",
    "change an outcome": "khalkhin-gol.23rd-division-destroyed=japan-wins",
    "change a number": "ussr.build-up@1938-01-03=0",
    "shift a number": "ussr.build-up@1938-01-03+=5",
    "forbid what happened": "khasan.new-incident=never",
    "forbid a kind of event": "china.incident@1937-07-05..1937-08-31=never",
    "impose an event": "border.incident[amur]@1937-07-10=fires",
    "impose one some time in a window": "border.incident[amur]@1938-02..1938-04=fires",
    "make an event likelier": "border.incident[amur]@1937..1938*=3",
    "shift an event": "purge.tukhachevsky-trial=1935-06-11",
    "shift a decision": "khasan.night-attack=1938-08-04",
    "make a rule choose": "tokyo.answers-china@1937-07-26..1937-09-30=hold",
    "kill a leader": "stalin.dies@1937-06-14=fires",
    "kill a captive leader": "xian.released=killed",
    "replace a leader": "khalkhin-gol.zhukov=favourite",
    "replace a government": "cabinet.temper.tojo=cautious",
    "post a leader": "japan.leader@1940-04-01=1",
    "post a commander": "border.japan_able[halha-buir]@1938-07-15=1",
    "scale a force": "ussr.divisions_east@1938-01-03*=2",
    "set a force": "ussr.divisions_east@1938-01-03=20",
    "hold a force for a period": "ussr.divisions_east@1938-01-03..1939-12-31=20",
    "scale a stock": "japan.oil_stock@1941-06-02*=0.5",
    "scale a programme": "china.trained_divisions@1937-07-05=30",
    "hold a programme for a period": "ussr.bombers@1932-07..1937=0",
    "scale lift": "sea.lift_men@1944-06-01*=3",
    "add a railway": "ussr.railway@1939+=12",
    "cut a railway for a period": "line.damage[rail-birobidzhan-khabarovsk]@1939-05-01..1939-10-31=1",
    "date a technology": "atomic.step[soviet-programme]@1942-09-28=fires",
    "date a discovery": "japan.oil_found_week@1935-07-01=1935-07-01",
    "scale a belief": "japan.believed_soviet_quality@1941-06-23*=0.5",
    "hold a belief for a period": "japan.believed_soviet_quality@1937-07-05..1941-06-22=0.4",
    "scale a parameter": "border.incident.per_quarrel*=2",
    "scale a parameter for a period": "border.incident.per_quarrel@1937..1938*=2",
    "set a parameter for a period": "japan.cabinet-falls.per_year@1936-05-18..1945-08-31=0.5",
}
MISTAKES = {  # what is written, the word that is pointed at, what it says, the nearest valid
    "an entry": (
        "khasan.nite-attack=refrain",
        "khasan.nite-attack",
        "no record entry",
        "khasan.night-attack",
    ),
    "an option of an entry": ("khasan.night-attack=refrane", "refrane", "set one of its options", "refrain"),
    "an option of a rule": (
        "tokyo.answers-clash[posyet-tumen]@1938-07-20=tolarate",
        "tolarate",
        "set one of its options",
        "tolerate",
    ),
    "an entity": ("border.incident[amurr]@1937-06=never", "amurr", "no sector", "amur"),
    "an entity left out": ("border.incident@1937-06=fires", None, "which sector", None),
    "an entity too many": ("sea.lift_men[amur]@1944*=3", "amur", "leave out [amur]", None),
    "a date outside": ("border.incident[amur]@1960=never", "1960", "outside the scenario", "1950-12-31"),
    "a day that is none": ("xian.released=1936-13-40", "1936-13-40", "not a day of the calendar", None),
    "a date left out": ("ussr.divisions_east=40", None, "on which date?", None),
    "a value out of range": ("ussr.divisions_east@1938=4000", "4000.0", "runs from 0 to 160", None),
    "no number": ("sea.lift_men@1944=many", "many", "expected a number", None),
    "a variable": (
        "ussr.divisions_est@1938=40",
        "ussr.divisions_est",
        "no record entry",
        "ussr.divisions_east",
    ),
    "a parameter": (
        "border.incident.per_quarel*=2",
        "border.incident.per_quarel",
        "no record entry",
        "border.incident.per_quarrel",
    ),
    "a clock that should choose": ("border.incident[amur]@1937=war", "war", "is a clock", None),
    "an outcome imposed": ("general_war=never", "general_war", "it can be asked for, not imposed", None),
    "a divergence as a change": ("no-xian=1", "no-xian", "is a point of divergence", None),
    "nothing changed": ("khasan.night-attack", "khasan.night-attack", "changes nothing", None),
    "a bracket alone": ("border.incident[amur=never", None, "a square bracket stands alone", None),
}
OWN_CLAIM = """what_if = 1
[[claim]]
id = "mine"
says = "b"
[[claim.part]]
quantity = "P(general_war; no-xan)"
relation = ">"
than = 0.5
"""
KEYS = {  # a whole file, the line, what it says, the nearest valid
    "a key": ('what_if = 1\ntitel = "x"\n', 2, '"titel" is not a key', "title"),
    "an outcome": ('what_if = 1\nask = ["generel_war"]\n', 2, "no outcome", "general_war"),
    "a relation": ('what_if = 1\nask = ["general_war befor 1941"]\n', 2, "did not expect", "before"),
    "a condition": ('what_if = 1\n\ngiven = "chinawar"\n', 3, "no outcome", "china_war"),
    "a divergence": ('what_if = 1\npods = ["no-xan"]\n', 2, "no point of divergence", "no-xian"),
    "a word of luck": ('what_if = 1\nluck = "frsh"\n', 2, "expected one of same, fresh", "fresh"),
    "a number": ('what_if = 1\ntimelines = "many"\n', 2, "a whole number", None),
    "a day": ('what_if = 1\nfrom = "1938-02-30"\n', 2, "not a day of the calendar", None),
    "a prior": (
        'what_if = 1\n[priors]\n"sea.lent-craf" = {mean = 1, sd = 1}\n',
        3,
        "no parameter",
        None,
    ),
    "a reading": (
        'what_if = 1\n[variants]\n"khasan.ridge" = "drawn"\n',
        3,
        'no variant "drawn"',
        "khasan.ridge-drawn",
    ),
    "an own outcome": (
        'what_if = 1\n[[outcome]]\nid = "big"\ntitle = "b"\nis = "general_wr"\n',
        5,
        "no outcome",
        "general_war",
    ),
    "a claim": (
        OWN_CLAIM,
        6,
        "no point of divergence",
        "no-xian",
    ),
    "a clash": (
        'what_if = 1\ndo = [\n  "stalin.dies@1937-06=never",\n  "stalin.dies@1937-06-15=fires",\n]\n',
        4,
        "clash",
        None,
    ),
}
_MEMORY: list[Memory] = []


def written(tmp_path, text):
    path = tmp_path / "mine.toml"
    path.write_text(text)
    return path


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_by_command_line_and_by_file(verb, tmp_path):
    """One reading of both, and every timeline in which the change is met says that it was applied."""
    model, text = load(), VERBS[verb]
    where = allohistory.scenario()
    by_words = question_of(read(["ask", "--do", text, "--draws", "2"]).options, where)
    by_file = where.read(
        written(tmp_path, f'what_if = 1\ndrawn = 2\ndo = ["{text}"]\n'.replace("drawn", "draws"))
    )
    worlds = read_worlds(by_words, model)
    assert read_worlds(by_file, model).items == worlds.items
    found = run(model.blueprint, worlds.plan(), count=4, workers=1, memories=_MEMORY)
    assert not found.aside.any()
    assert (found.applied.sum(axis=1) > 0).any(), "met no occasion"


@pytest.mark.parametrize("kind", MISTAKES)
def test_every_mistake_points_at_its_word(kind, tmp_path):
    text, given, says, nearest = MISTAKES[kind]
    path = written(tmp_path, f'what_if = 1\npods = []\ndo = [\n  "{text}",\n]\n')
    for told in (
        lambda: read_worlds(question_of(read(["ask", "--do", text]).options, allohistory.scenario()), load()),
        lambda: allohistory.scenario().read(path),
    ):
        with pytest.raises(AllohistoryError) as caught:
            told()
        assert says in caught.value.problem
        assert given is None or caught.value.given == given
        assert nearest is None or caught.value.closest == nearest
    assert caught.value.where == f"{path}, line 4: do"


@pytest.mark.parametrize("kind", KEYS)
def test_a_mistake_in_a_file_names_its_line(kind, tmp_path):
    text, line, says, nearest = KEYS[kind]
    path = written(tmp_path, text)
    with pytest.raises(AllohistoryError) as caught:
        allohistory.scenario().read(path)
    assert caught.value.where.startswith(f"{path}, line {line}")
    assert says in caught.value.problem
    assert nearest is None or caught.value.closest == nearest


def test_a_state_scaled_over_a_window_is_said_to_move_once(small):
    answer = allohistory.scenario("smallwar").ask(do="state.food@1932..1933*=2", timelines=20)
    assert any("acts once, at the start of its window" in text for text in answer.head.warnings)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_the_example_files_make_worlds(path):
    """Read, and a few timelines run; that a whole answer comes of a file is tested on the small scenario."""
    question = allohistory.scenario().read(path).but(draws=2)
    worlds = read_worlds(question, load())
    found = run(worlds.model.blueprint, worlds.plan(), count=4, workers=1, memories=_MEMORY)
    assert not found.aside.any() and (found.applied.sum(axis=1) > 0).all()
    assert len(asked_outcomes(question, worlds.model)) == len(question.outcomes) > 3


def test_there_are_three_examples_or_more():
    assert len(EXAMPLES) >= 3


def test_a_relation_at_the_command_line_is_named_too():
    with pytest.raises(AllohistoryError) as caught:
        asked_outcomes(
            question_of(read(["ask", "--outcome", "general_war befor 1941"]).options, allohistory.scenario()),
            load(),
        )
    assert caught.value.closest == "before"
