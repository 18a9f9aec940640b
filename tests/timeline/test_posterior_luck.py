"""Property 3: counterfactual probabilities of small models agree with closed forms and with quadrature.

Each line has a false-alarm rate of 1e-6 (see bands.py); the companion at the end tampers with the ledger and
must be found out.
"""

import math

import numpy as np
import pytest
from scipy import integrate, stats

from allohistory.ensemble.run import run
from allohistory.timeline.blueprint import EntryFacts
from allohistory.timeline.changes import CHOICE, HAZARD, PARAMETER_SET, SHOCK_SET
from allohistory.timeline.memory import Memory
from allohistory.timeline.plan import END, Item, Plan
from bands import FALSE_ALARM, shares_within_luck, within_luck
from textbook import blocks
from textbook.running import little_models, together

pytestmark = pytest.mark.property(n=3)

N = 40_000
OUTCOME = {name: i for i, name in enumerate(blocks.OUTCOMES)}
COUPLINGS = {"gumbel": 0, "monotone": 1, "maximal": 2}


def logistic(x):
    return 1.0 / (1.0 + math.exp(-x))


def history(**took):
    """A record of the blocks: what each choice took; shocks at 0, clocks silent, unless told otherwise."""
    number = {rule: i for i, rule in enumerate(blocks.RULE_IDS)}
    week_of = {"line.x": 0, "line.y": 0, "rivals.which": 2}
    standing = {"line.x": 0.0, "line.y": 0.0, "chain.first": 0, "chain.second": 0, "confounded.cause": 0.0}
    standing |= {
        "confounded.act": 0,
        "confounded.end": 0,
        "hidden.cause": 0.0,
        "hidden.act": 0,
        "four.takes": 0,
    }
    standing |= {name.replace("_", "."): value for name, value in took.items()}
    entries = []
    for rule, value in standing.items():
        if value is None or rule not in number:
            continue
        week = week_of.get(rule, 1)
        entries.append(EntryFacts(rule, rule, 0, week, 0, week, 3, float(value), 1e-3))
    return entries


def parameter(scenario, name, value):
    return Item(int(PARAMETER_SET), first=scenario.parameter_place[name], count=1, value=value, first_week=0)


def test_line__a_set_cause_moves_its_effect_by_the_slope_exactly():
    scenario = little_models(history(line_x=0.7, line_y=1.9))
    found = together(scenario, Plan((Item(int(SHOCK_SET), rule=1, value=2.0, place=1),), END, draws=1), 50)
    assert found.value[:, OUTCOME["y"]] == pytest.approx(1.9 + 1.5 * (2.0 - 0.7), abs=1e-12)


@pytest.mark.statistical
@pytest.mark.parametrize("coupling", COUPLINGS.values(), ids=COUPLINGS)
@pytest.mark.parametrize(("first", "second"), [(0, 0), (0, 1), (1, 0), (1, 1)])
def test_chain__the_turned_first_choice_moves_the_second_as_two_options_must(first, second, coupling):
    scenario = little_models(history(chain_first=first, chain_second=second))
    turned = Item(int(CHOICE), rule=3, option=1 - first, first_week=1, last_week=1, place=3)
    found = together(scenario, Plan((turned,), END, coupling, draws=1), N)
    p, q = logistic(1.2 * first - 0.4), logistic(1.2 * (1 - first) - 0.4)
    expected = min(1.0, q / p) if second else max(0.0, (q - p) / (1.0 - p))
    assert within_luck(int(found.value[:, OUTCOME["second"]].sum()), N, expected)


@pytest.mark.statistical
@pytest.mark.parametrize("cause", [-0.8, 0.3, 1.1])
def test_confounded__the_cause_is_known_so_the_act_alone_decides(cause):
    scenario = little_models(history(confounded_cause=cause, confounded_act=0, confounded_end=1))
    turned = Item(int(CHOICE), rule=6, option=1, first_week=1, last_week=1, place=6)
    found = together(scenario, Plan((turned,), END, draws=1), N)
    expected = min(1.0, logistic(2.0 * cause - 1.0) / logistic(2.0 * cause))
    assert within_luck(int(found.value[:, OUTCOME["end"]].sum()), N, expected)


def hidden_expected():
    """E[S(2x - 1)] / E[S(2x)] over a standard normal x: what history's yes says of the hidden cause."""
    top = integrate.quad(lambda x: logistic(2 * x - 1) * stats.norm.pdf(x), -9, 9)[0]
    return top / integrate.quad(lambda x: logistic(2 * x) * stats.norm.pdf(x), -9, 9)[0]


def hidden_share(selected, draws=4_000):
    """The share of yes under a shifted weight, with latent seeds kept by the likelihood they gave, or not."""
    from allohistory.timeline.latent import select_latent_seeds

    entries = history(hidden_act=1, hidden_cause=None)
    seeds = np.arange(1, draws + 1)
    uncovered = {"uncovered": ("hidden.cause",)}
    scenario = little_models(entries, latent_seeds=seeds, **uncovered)
    if selected:
        seeds = select_latent_seeds(scenario, streams=64)
        scenario = little_models(entries, latent_seeds=seeds, **uncovered)
    shift = parameter(scenario, "hidden.shift", -1.0)
    found = run(scenario, Plan((shift,), END, draws=draws), count=draws, workers=1)
    return int(found.value[:, OUTCOME["act"]].sum()), draws


@pytest.mark.statistical
def test_hidden__luck_that_the_record_leaves_open_travels_with_the_draw():
    yes, n = hidden_share(selected=True)
    assert within_luck(yes, n, hidden_expected())


@pytest.mark.statistical
def test_hidden__the_test_above_can_fail():
    yes, n = hidden_share(selected=False)
    assert not within_luck(yes, n, hidden_expected())


@pytest.mark.statistical
@pytest.mark.parametrize("rate", [0.05, 0.2, 0.6])
@pytest.mark.parametrize("recorded", ["one", "two", None])
def test_rivals__two_clocks_in_competition_are_one_clock_and_a_choice(recorded, rate):
    """The first rival's hazard is moved from 0.2 to the rate, the second's stays 0.3: shares in closed form."""
    fired = [EntryFacts("fired", "rivals.either", 0, 2, 0, 2, 2, 3.0)] if recorded else []
    took = {} if recorded is None else {"rivals_which": ("one", "two").index(recorded)}
    scenario = little_models([*history(**took), *fired])
    plan = Plan((parameter(scenario, "rivals.one", rate),), END, draws=1)
    found = together(scenario, plan, N)
    p, q = -math.expm1(-0.5), -math.expm1(-(rate + 0.3))
    fires = min(1.0, q / p) if recorded else max(0.0, (q - p) / (1.0 - p))
    ours, here = 0.2 / 0.5, rate / (rate + 0.3)
    first = {
        "one": min(1.0, here / ours),
        "two": max(0.0, (here - ours) / (1.0 - ours)),
        None: here,
    }[recorded]
    came = found.day[:, OUTCOME["rival"]] >= 0
    counts = [int((came & (found.value[:, OUTCOME["rival"]] == i)).sum()) for i in (0, 1)]
    shares = [fires * first, fires * (1.0 - first)]
    assert shares_within_luck([*counts, int((~came).sum())], [*shares, 1.0 - fires])


@pytest.mark.statistical
@pytest.mark.parametrize("factor", [0.6, 1.4])
def test_repeats__a_scaled_hazard_keeps_and_adds_firings_week_by_week(factor):
    fired = [4, 7, 8]
    entries = [EntryFacts(f"fired.{w}", "repeats.fires", 0, w, 0, w, 2, 3.0) for w in fired]
    scenario = little_models([*history(), *entries])
    scaled = Item(int(HAZARD), rule=12, value=factor, place=12, first_week=3)
    found = together(scenario, Plan((scaled,), END, draws=1), N)
    p, q = -math.expm1(-0.3), -math.expm1(-0.3 * factor)
    kept, added = min(1.0, q / p), max(0.0, (q - p) / (1.0 - p))
    law = convolved([kept] * 3 + [added] * 6)
    counts = np.bincount(found.value[:, OUTCOME["repeats"]].astype(int), minlength=len(law))
    assert all(within_luck(k, N, x, FALSE_ALARM / len(law)) for k, x in zip(counts, law, strict=True))


def convolved(chances):
    """The law of a sum of independent yes-or-no draws."""
    law = np.array([1.0])
    for chance in chances:
        law = np.convolve(law, [1.0 - chance, chance])
    return law


@pytest.mark.statistical
@pytest.mark.parametrize("took", range(4))
def test_four__gumbel_carries_an_option_over_as_its_closed_form_says(took):
    scenario = little_models(history(four_takes=took))
    f = np.array([0.0, 0.5, -0.3, 0.2])
    u = np.array([0.4, -0.5, 0.9, 0.2])
    names = ("zero", "one", "two", "three")
    items = tuple(parameter(scenario, f"four.{name}", value) for name, value in zip(names, u, strict=True))
    found = together(scenario, Plan(items, END, draws=1), N)
    counts = np.bincount(found.value[:, OUTCOME["took"]].astype(int), minlength=4)
    for j in range(4):
        assert within_luck(int(counts[j]), N, gumbel_carries(f, u, took, j), FALSE_ALARM / 4)


def gumbel_carries(f, u, k, j):
    """P(j under u | k under f) for Gumbel noise held fixed: engine notes, section 6."""
    p = np.exp(f[k]) / np.exp(f).sum()
    if j == k:
        return 1.0 / (p * (1.0 + sum(math.exp(-min(f[k] - f[i], u[k] - u[i])) for i in range(4) if i != k)))
    low, high = u[k] - u[j], f[k] - f[j]
    if not low < high:
        return 0.0

    def density(d):
        others = sum(math.exp(-min(f[k] - f[i], d + u[j] - u[i])) for i in range(4) if i not in (j, k))
        return math.exp(-d) / (1.0 + math.exp(-d) + others) ** 2

    return integrate.quad(density, low, high, epsabs=1e-12)[0] / p


@pytest.mark.statistical
def test_chain__a_ledger_that_is_wrong_on_purpose_is_found_out():
    scenario = little_models(history(chain_first=0, chain_second=0))
    memory = Memory(scenario)
    memory.load_plan(
        Plan((Item(int(CHOICE), rule=3, option=1, first_week=1, last_week=1, place=3),), END, draws=1)
    )
    memory.load_draw(0)
    memory.c.ledger_inputs[:, 1] += 0.2  # the factual weight of yes, two tenths of a noise unit too high
    yes = 0
    for timeline in range(N):
        memory.run(timeline)
        yes += int(memory.c.outcome[OUTCOME["second"]])
    p, q = logistic(-0.4), logistic(0.8)
    assert not within_luck(yes, N, (q - p) / (1.0 - p))
