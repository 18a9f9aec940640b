"""Army against Navy: who gets the steel and the money of the year."""

from allohistory.scenarios.soviet_japanese_war.rules.units import fading
from allohistory.timeline.rule import rule


@rule(
    "tokyo.shares-steel",
    draws="choice",
    options=("army-first", "shared", "navy-first"),
    silent="shared",
    facts=(
        "calculus.budget.military-share",
        "calculus.budget.takahashi",
        "decision.japan.defence-policy-1936",
        "sea.oil.navy-target.1936",
    ),
    leaves_out="shipping, skilled men and aluminium; the finance minister as a third party",
)
def tokyo_shares_steel(
    china_at_war, weeks_since_border_battle, policy_north, policy_south, embargo, fights_america, p
):
    """Who has first call on steel and money in the fiscal year that begins in April?

    Each service had its minister's veto on the cabinet, and so both got a share in most years. A land war in being
    gave the Army first call; a southern policy and a rope round the oil gave it to the Navy.

    china_at_war               0 or 1  full war in China
    weeks_since_border_battle          weeks since a division battle with Soviet troops; -1 if none
    policy_north               0 or 1  national policy puts the north first
    policy_south               0 or 1  it puts the south first
    embargo                    0..1    share of the American steps taken
    fights_america             0 or 1  at war with America
    p                                  in noise units: book/parameters/quotas.toml
    returns                            utilities of army-first, shared, navy-first
    """
    army = p.army + p.china_war * china_at_war + p.policy_north * policy_north
    army += p.border_battle * fading(weeks_since_border_battle, p.battle_weeks)
    navy = p.navy + p.policy_south * policy_south + p.embargo * embargo + p.great_war * fights_america
    return army - p.policy_south * policy_south, 0.0, navy - p.policy_north * policy_north
