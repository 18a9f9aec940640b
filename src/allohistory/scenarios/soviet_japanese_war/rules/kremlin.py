"""The Kremlin: does Stalin live, and how cautious are those who come after him?"""

from allohistory.scenarios.soviet_japanese_war.rules.units import fading, weekly
from allohistory.timeline.rule import rule


@rule(
    "stalin.dies",
    draws="clock",
    facts=("kremlin.stalin-born", "kremlin.stalin-dies", "kremlin.stalin-june-1941"),
    leaves_out="which illness or whose hand; who inherits",
)
def stalin_dies(years, weeks_of_german_war, p):
    """How soon Stalin dies, by nature or by a plot.

    A man of fifty-two to sixty-seven, overworked, with two strokes still ahead of him; nobody is known to have tried
    to kill him. At the end of June 1941 he thought that the Politburo had come to arrest him.

    years                >=0  years since January 1931
    weeks_of_german_war       weeks since Germany attacked; -1 if it has not
    p                         a year: book/parameters/kremlin.toml
    returns              >=0  deaths a week
    """
    yearly = p.at_first + p.per_year * years + p.plot
    if 0.0 <= weeks_of_german_war < p.weeks_of_danger:
        yearly += p.in_danger
    return weekly(yearly)


@rule(
    "kremlin.caution",
    draws="nothing",
    facts=("kremlin.stalin-dies", "kremlin.korea-truce"),
    leaves_out="a struggle for the succession that ends in a gamble",
)
def caution(weeks_since_death, p):
    """How far those who came after Stalin think only of each other.

    In 1953 they made peace in Korea within five months and touched nothing else for a year.

    weeks_since_death  weeks since Stalin died; -1 while he lives
    p                  book/parameters/kremlin.toml
    returns            0..1, 1 on the day, 0 when one of them rules
    """
    return fading(weeks_since_death, p.weeks)
