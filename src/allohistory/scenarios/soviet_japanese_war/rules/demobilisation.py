"""The Soviet East after the wars: who is sent home, and how strength comes back."""

from allohistory.timeline.rule import rule


@rule(
    "ussr.demobilises",
    draws="nothing",
    facts=("after.ussr.demobilised", "after.ussr.east-1947", "after.ussr.rearmed"),
    leaves_out="quality: cadres kept and classes let go; Port Arthur, Korea and the rest beyond the border",
)
def demobilises(divisions, japan_stands, europe_divided, p):
    """How many rifle divisions stand east of Lake Baikal a half-year on, the German war won and the East quiet?

    Within three years the Red Army sent home three men in four, in the East as elsewhere; more stay where a Japan in
    arms stands across the border, and something comes back when the world is divided into camps.

    divisions       >=0     east of Lake Baikal now
    japan_stands    0 or 1  Japan has not laid down its arms
    europe_divided  0 or 1  Europe is settled as two camps
    p                       book/parameters/after.toml
    returns         >=0     divisions
    """
    wanted = p.in_peace + p.against_japan * japan_stands + p.in_a_divided_world * europe_divided
    pace = p.pace_home if divisions > wanted else p.pace_back
    return divisions + pace * (wanted - divisions)


@rule(
    "war.spent-divisions",
    draws="nothing",
    facts=("combat.breakpoint.40-percent", "battle.manchuria.force-ratio"),
    leaves_out="which divisions; officers and horses, which take longest; what the capital sends in their place",
)
def spent_divisions(lost, left, p):
    """What share of a side's divisions in the north does a war leave unfit, once it has ended by truce or terms?

    Capitals count divisions, and a division that has lost its men is a number. Part of the wounded come back and cadres
    are filled up while a war goes on; of the rest a division less is fit for every one's worth of men that is gone.

    lost     >=0   thousand men killed, wounded, missing and captured in this war
    left     >=0   thousand men on the fronts as it ends
    p              book/parameters/after.toml
    returns  0..1  share of the divisions
    """
    return p.for_good * lost / max(lost + left, 1.0)
