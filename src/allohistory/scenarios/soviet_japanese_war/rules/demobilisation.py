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
