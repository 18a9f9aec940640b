"""Who joins a war that is not his own: one rule for every power, whatever its tie to those who fight."""

from allohistory.luck.arithmetic import exp
from allohistory.scenarios.soviet_japanese_war.rules.units import weekly
from allohistory.timeline.rule import rule


@rule(
    "powers.enter",
    draws="clock",
    per="entry-into-war",
    facts=(
        "escalation.join.siverson-starr.base",
        "escalation.join.siverson-starr.treated",
        "escalation.join.majors",
        "escalation.join.berkemeier.pre1945",
        "escalation.join.leeds.reliability",
        "escalation.join.us",
        "escalation.join.democracies",
        "calculus.us.intervene-prob.1936-39",
        "calculus.us.intervene-prob.1941",
        "close-run.allied-soviet-war-1940",
    ),
    leaves_out="who is asked first; conditions and prices; the vote that a democracy must take",
)
def powers_enter(ally, guarantee, same_enemy, fear, own_war, far, mood, p):
    """How soon does a power join a war of others?

    Three ties: a treaty of alliance, a guarantee given, or no more than an interest. An ally comes two times in three
    (before 1945), a guarantor two times in five, an onlooker once in forty, within about a year; what makes an
    onlooker move is an enemy whom he fights already, or as good as, elsewhere, and fear of the one who would win. A
    war of his own holds him back, and so does an ocean.

    ally        0 or 1  bound by, or acting as if bound by, a treaty of alliance
    guarantee   0 or 1  has given its word to one who is attacked
    same_enemy  0 or 1  those whom it would fight are the partners of one whom it fights, or nearly
    fear        0 or 1  one side's victory would make it master of a continent
    own_war     0 or 1  has a war of its own elsewhere
    far         0 or 1  an ocean lies between
    mood        noise units  opinion at home, 0 as America's in 1939
    p           rates a year, and log rates: book/parameters/powers.toml
    returns     expected entries this week
    """
    rate = p.interest
    if ally > 0.0:
        rate = p.ally
    elif guarantee > 0.0:
        rate = p.guarantee
    lean = p.same_enemy * same_enemy + p.fear * fear - p.own_war * own_war - p.far * far
    return weekly(rate) * exp(lean + p.per_mood * mood)
