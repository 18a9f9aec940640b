"""Quarrels off the border: the railway, the fisheries, the concessions on Sakhalin, arrests and consulates."""

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.rules.units import weekly
from allohistory.timeline.rule import rule


@rule(
    "quarrel.flares",
    draws="clock",
    per="quarrel",
    facts=(
        "decision.ussr.sell-cer",
        "decision.japan.cer-purchase",
        "escalation.soviet-japan.mid.amur-1937.dates",
    ),
    leaves_out="the bargaining inside each quarrel",
)
def quarrel_flares(per_year, heat, neutrality_pact, tension_in_europe, p):
    """How soon does a standing quarrel flare up and colour the temper of both capitals?

    Each has its own calendar and its own base rate; all are rarer once a pact of neutrality is signed, and when
    Europe is on fire neither side can afford them. While one is hot it does not flare anew.

    per_year           flare-ups a year expected of this quarrel in this season
    heat               0..1, how hot it is now
    neutrality_pact    1 once signed
    tension_in_europe  0..1
    returns            expected flare-ups this week
    """
    hazard = weekly(per_year) * (1.0 - p.while_hot * heat) * (1.0 - p.europe_cools * tension_in_europe)
    return hazard * p.under_pact if neutrality_pact > 0.0 else hazard


@kernel
def railway_quarrel(p):
    """The Chinese Eastern Railway: wrecked trains, arrested staff, withheld wagons, until it is sold or seized."""
    return p.railway_per_year


@kernel
def fisheries_quarrel(winter_or_spring, p):
    """The fisheries: terms run out on 31 December, the fleets sail in April and May; the rest of the year is quiet."""
    return p.fisheries_per_year if winter_or_spring > 0.0 else p.fisheries_per_year * p.out_of_season


@kernel
def concessions_quarrel(p):
    """Oil and coal on North Sakhalin: labour, taxes and the right to drill, as long as the concessions last."""
    return p.concessions_per_year


@kernel
def consulates_quarrel(p):
    """Consulates closed, subjects arrested, couriers searched: the small change of hostility."""
    return p.consulates_per_year


@rule(
    "quarrel.cools",
    draws="nothing",
    leaves_out="how each quarrel is settled",
)
def quarrel_cools(heat, p):
    """How hot is a quarrel a week later? It is forgotten evenly over half a year.

    heat  0..1 now
    """
    return max(heat - 1.0 / p.weeks, 0.0)
