"""The Kremlin: does Stalin live, and how cautious are those who come after him?"""

from allohistory.luck.arithmetic import NEVER, exp, log1p
from allohistory.scenarios.soviet_japanese_war.rules.units import MONTHS_A_YEAR, fading, weekly
from allohistory.timeline.rule import rule


@rule(
    "stalin.dies",
    draws="clock",
    facts=("kremlin.stalin-born", "kremlin.stalin-dies", "kremlin.stalin-june-1941"),
    leaves_out="which illness or whose hand",
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


@rule(
    "kremlin.crisis",
    draws="clock",
    facts=(
        "regime-change.case.russia-1905.outcome",
        "regime-change.case.ussr-1941.outcome",
        "regime-change.rate.no-revolution-under-strict-control",
        "counted.leader.loser-forced",
    ),
    leaves_out="the German war without one in the East, whose danger to Stalin stands in stalin.dies; famine; nations",
)
def crisis(weeks_since_lost_war, losing_in_east, german_war, p):
    """How soon does a war lost in the East bring the Soviet state to a crisis?

    Defeat in Manchuria shook the Tsar in 1905, and Stalin's men knew it. But in 1941 a state with complete
    police control bore far worse, and it lies at the other end of a continent: lost battles at Vladivostok
    are news, not hunger.

    weeks_since_lost_war          weeks since a war with Japan was lost; -1 if none was
    losing_in_east        0 or 1  Vladivostok has fallen in a war that goes on
    german_war            0 or 1  the German war goes on and has not turned
    p                             log-odds a month: book/parameters/kremlin.toml
    returns               >=0     expected crises this week
    """
    odds = p.at_rest + p.beaten * fading(weeks_since_lost_war, p.weeks) + p.losing * losing_in_east
    odds += p.german_war * german_war
    return weekly(MONTHS_A_YEAR * log1p(exp(odds)))


@rule(
    "kremlin.who-rules",
    draws="choice",
    options=("stands", "heirs", "strong-man", "soldiers", "collapse"),
    silent="stands",
    facts=(
        "kremlin.stalin-dies",
        "kremlin.stalin-june-1941",
        "regime-change.lit.svolik.coups",
    ),
    leaves_out="names; what each of them would change but caution",
)
def who_rules(leader_dead, crisis, german_war, p):
    """Who rules in Moscow after a crisis, or after Stalin's death?

    In 1953 his heirs ruled together, and the one who held the police was dead within the year. A crisis is most likely
    weathered; plots are the work of insiders, and the army had lost those who could have led one.

    leader_dead  0 or 1  Stalin is dead
    crisis       0 or 1  the state is in crisis over a war lost in the East
    german_war   0 or 1  the German war goes on and has not turned
    p                    in noise units: book/parameters/kremlin.toml
    returns              utilities of the ruler stands, heirs together, one strong man, soldiers, collapse
    """
    stands = NEVER if leader_dead > 0.0 else 0.0
    heirs = p.heirs_after_death if leader_dead > 0.0 else p.heirs
    collapse = p.collapse + p.german_war * german_war if crisis > 0.0 else NEVER
    return stands, heirs, heirs - p.strong_man, heirs - p.soldiers, collapse
