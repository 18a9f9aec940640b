"""Mongolia: its leaders fall at Moscow's word, and its army pays for it."""

from allohistory.luck.arithmetic import exp
from allohistory.timeline.rule import rule


@rule(
    "mongolia.leaders-fall",
    draws="clock",
    facts=(
        "mongolia.genden-falls",
        "mongolia.great-purge",
        "purge.effect.mongolia",
        "decision.ussr.mongolia-pledge",
    ),
    leaves_out="lamas and the risings of 1932; who follows",
)
def leaders_fall(falls, purge_at_work, weeks_since_clash, pledged, p):
    """How soon the men who lead Mongolia fall, or a round of arrests takes the next of them.

    Prime minister Genden, who quarrelled with Stalin over troops and lamas, went in the spring of the pledge; the
    high command and most of the government in the autumn of 1937, as a Soviet corps came in; the last prime
    minister who was nobody's creature in the spring of 1939.

    falls              0..3    how often that has happened
    purge_at_work      0 or 1  Moscow's own purge of the army is under way
    weeks_since_clash          weeks since the last clash on the Mongolian line closed; -1 if none
    pledged            0 or 1  Moscow has pledged to defend Mongolia
    p                          log multipliers of the rate: book/parameters/mongolia.toml
    returns            >=0     falls a week
    """
    lean = p.purge * purge_at_work + p.pledged * pledged - p.fallen * falls
    if 0.0 <= weeks_since_clash <= p.clash_weeks:
        lean += p.clash
    return p.per_week * exp(lean)


@rule(
    "mongolia.army",
    draws="nothing",
    facts=("forces.mongolia.1939", "purge.effect.mongolia"),
    leaves_out="numbers; the instructors whom Moscow lent",
)
def army_lost(lost, falls_now, purge_at_work, p):
    """Share of the Mongolian army's worth that is lost to arrests.

    Most senior and middle officers of 18,000 horsemen were destroyed in two years; a fall of ministers in quiet
    times costs the army little.

    lost           0..1    lost so far
    falls_now      0 or 1  leaders fall now; 0 for a half-year in which the army recovers
    purge_at_work  0 or 1  Moscow's own purge of the army is under way
    p                      book/parameters/mongolia.toml
    returns        0..1    lost next
    """
    if falls_now == 0.0:
        return lost * (1.0 - p.recovers)
    blow = p.lost_in_purge if purge_at_work > 0.0 else p.lost_in_quiet
    return lost + (1.0 - lost) * blow
