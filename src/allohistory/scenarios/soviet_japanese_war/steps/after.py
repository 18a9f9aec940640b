"""The years after: when Japan laid down its arms."""

import numpy as np

from allohistory.luck.compiled import kernel


@kernel
def after_the_war(c, w, p):
    """What the rest of the world goes by once Japan has laid down its arms, whoever brought it to that."""
    if w.japan.surrendered > 0.0 and w.japan.surrender_week < 0.0:
        w.japan.surrender_week = np.float64(c.week)
