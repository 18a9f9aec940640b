"""The years after: when Japan laid down its arms, and in the last week who rules where."""

import numpy as np

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.steps.china_after import who_rules_china


@kernel
def after_the_war(c, w):
    """What the rest of the world goes by once Japan has laid down its arms, whoever brought it to that."""
    if w.japan.surrendered > 0.0 and w.japan.surrender_week < 0.0:
        w.japan.surrender_week = np.float64(c.week)
    who_rules_china(c, w)
