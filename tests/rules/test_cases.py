"""Cases that a historian can read and write: what a rule says in a situation of our history, or just beside it.

Each table beside this file holds cases: a rule, a name, what is given (what is left out is 0), what is expected
within a margin, and because of what. Parameters stand at the middle of their priors. Expected are

    probabilities   of a choice's options, by their names
    hazard          of a clock, a week
    mean, spread    of a shock, in its unit
    value           of a rule that draws nothing; value_2 is the second where it gives two
"""

import inspect
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest

from allohistory.book.open import open_book
from allohistory.book.priors import draw
from allohistory.luck.arithmetic import exp, normal_quantile
from allohistory.questions.links import read_page
from allohistory.timeline.model import import_rules

SCENARIO = "allohistory.scenarios.soviet_japanese_war"
FOLDER = Path(inspect.getfile(import_rules)).parent.parent / "scenarios" / "soviet_japanese_war"
CASES = [
    (path.stem, case)
    for path in sorted(Path(__file__).parent.glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]
LINKS = [link for link in read_page(FOLDER).links if link.check]


@pytest.fixture(scope="module")
def rules():
    return import_rules(SCENARIO)


@pytest.fixture(scope="module")
def middles():
    """For each rule the record of its parameters, each at the middle of its prior."""
    book = open_book(FOLDER)
    found: dict[str, SimpleNamespace] = {}
    for parameter in book.parameters.values():
        middle = draw(parameter, 0.5, normal_quantile, exp)
        setattr(found.setdefault(parameter.rule, SimpleNamespace()), parameter.name, middle)
    return found


def answers_of(rule, middles, given):
    """What the rule says, under the names that a case may expect."""
    names = [name for name in inspect.signature(rule.plain).parameters if name != "p"]
    parameters = middles.get(rule.card.id, SimpleNamespace())
    unknown = set(given) - set(names)
    assert not unknown, f"{rule.card.id} reads no {sorted(unknown)}; it reads {names}"
    said = rule(*[float(given.get(name, 0)) for name in names], parameters)
    if rule.card.draws == "choice":
        weights = [exp(utility - max(said)) for utility in said]
        shares = [weight / sum(weights) for weight in weights]
        return dict(zip(rule.card.options, shares, strict=True))
    if rule.card.draws == "clock":
        return {"hazard": said}
    if rule.card.draws == "shock":
        return {"mean": said[0], "spread": said[1]}
    return dict(zip(("value", "value_2"), said if isinstance(said, tuple) else (said,), strict=False))


@pytest.mark.parametrize(("table", "case"), CASES, ids=[f"{t}: {c['rule']}: {c['name']}" for t, c in CASES])
def test_a_rule_says_what_a_historian_expects(table, case, rules, middles):
    said = answers_of(rules[case["rule"]], middles, case["given"])
    for name, expected in case["expect"].items():
        assert said[name] == pytest.approx(expected, abs=case["margin"]), f"{name}: {case['because']}"


@pytest.mark.parametrize("link", LINKS, ids=[f"link {link.number}: {link.what}" for link in LINKS])
def test_a_link_of_the_page_has_its_sign(link, rules, middles):
    """Signs of the causal links, read off the rules that carry them: one input moved, the others left at 0."""
    check = link.check
    low, high = (
        answers_of(rules[check["rule"]], middles, {**check.get("given", {}), check["input"]: check[end]})
        for end in ("low", "high")
    )
    moved = high[check["of"]] - low[check["of"]]
    assert moved > 0.0 if check.get("sign", link.sign) == "+" else moved < 0.0


def test_most_links_of_the_page_have_their_sign_checked():
    assert len(LINKS) >= 20


def test_every_case_has_a_reason():
    assert all(case["because"].strip() for _, case in CASES)


def test_every_rule_that_draws_has_a_case(rules):
    drawing = {id for id, rule in rules.items() if rule.card.draws != "nothing"}
    assert drawing - {case["rule"] for _, case in CASES} == set()
