"""Units that the rules share: how a rate by the year becomes a rate by the week, and shares of a whole."""

from allohistory.luck.compiled import kernel

WEEKS_A_YEAR = 365.2425 / 7.0
TENTH = 0.1


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
