"""Units that the rules share: how a rate by the year becomes a rate by the week, and shares of a whole."""

from allohistory.luck.compiled import kernel

WEEKS_A_YEAR = 365.2425 / 7.0
TENTH, HUNDRED, MONTHS_A_YEAR = 0.1, 100.0, 12.0
LEAST_SHARE, MOST_SHARE = 0.002, 0.998  # shares beyond which log odds would say nothing

# Of the engagements on record, which rules/engagement.py counts from.
TWO_TO_ONE = 0.6931471805599453  # natural logarithm of 2: the usual odds at which one attacks
DIVISION = 20.0  # thousand men: a reinforced division, the middle of the engagements on record
USUAL_TANKS, USUAL_GUNS = 2.0, 2.5  # per thousand men
FEWEST_GUNS, MOST_GUNS, MOST_TANKS = 0.5, 20.0, 20.0  # per thousand men: no army of the time was beyond
WON_ON_RECORD = 0.61  # share of the engagements on record in which the attacker won (CDB90, 156 of 256)
HASTY_WORKS, PREPARED_WORKS = 0.3, 0.6  # strength of works, a fortress zone being 1
DAYS_A_WEEK = 7.0
USUAL_DAYS = 2.0  # how long the engagements on record lasted, in the middle
FIRST_DAYS = 3.0  # of a week, in which tanks run on the fuel that they set out with


@kernel
def weekly(per_year):
    """Expected firings a week of something that is expected so many times a year."""
    return per_year / WEEKS_A_YEAR


@kernel
def within(value, low, high):
    """The value, or the nearer bound where it lies outside."""
    return min(max(value, low), high)


@kernel
def fading(weeks_since, lasting):
    """A fresh impression: 1 in the week itself, falling evenly to 0 after `lasting` weeks; 0 if it never was (-1)."""
    if weeks_since < 0.0:
        return 0.0
    return max(1.0 - weeks_since / lasting, 0.0)
