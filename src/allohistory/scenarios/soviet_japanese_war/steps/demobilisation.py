"""When the Soviet East is let go, and what goes with its divisions. No luck is drawn in it."""

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import EUROPEAN_EVENT__GERMANY_DEFEATED, SIDE__SOVIET
from allohistory.scenarios.soviet_japanese_war.rules.demobilisation import demobilises, spent_divisions
from allohistory.scenarios.soviet_japanese_war.rules.ladder import THEATRE_WAR
from allohistory.scenarios.soviet_japanese_war.rules.ussr import redeploys
from allohistory.scenarios.soviet_japanese_war.steps.dates import weeks_since
from allohistory.scenarios.soviet_japanese_war.steps.frontier import flag

DIVIDED = 1.0  # of europe.settlement


@kernel
def stands_down(c, w, p):
    """Is the army of the East let go: Germany not at war with Moscow, and Japan in defeat or left alone for good?"""
    if w.europe.eastern_front > 0.0:
        return False
    if w.japan.surrendered > 0.0:
        return True
    if w.europe.germany_beaten == 0.0 or w.war.rung >= THEATRE_WAR:
        return False
    return redeploys(1.0, 0.0, weeks_since_defeat(c, w), p.ussr_redeploys) == 0.0


@kernel
def count_what_is_left(w, s, lost, left, p):
    """A war ends by truce or terms: what it used up is missing from the counts that both capitals go by."""
    kept = 1.0 - spent_divisions(lost, left, p.war_spent_divisions)
    if s == SIDE__SOVIET:
        w.ussr.divisions_to_rebuild += (1.0 - kept) * w.ussr.divisions_east
        w.ussr.divisions_east *= kept
        w.ussr.tanks_east *= kept
    else:
        w.japan.divisions_north *= kept
        w.japan.tanks_north *= kept


@kernel
def make_good(w, p):
    """A half-year of peace: Soviet divisions that a war used up come back. Japan's follow its own build-up."""
    back = p.war_spent_divisions.made_good * w.ussr.divisions_to_rebuild
    w.ussr.divisions_to_rebuild -= back
    return back


@kernel
def weeks_since_defeat(c, w):
    """Weeks since Germany was beaten; -1 while it is not."""
    return weeks_since(c, w.europe.happened_week[EUROPEAN_EVENT__GERMANY_DEFEATED])


@kernel
def let_go(w, p):
    """A half-year of it: tanks, aircraft and bombers go, or come, with the divisions."""
    u = w.ussr
    standing = flag(w.japan.surrendered == 0.0)
    divided = flag(w.europe.settlement == DIVIDED)
    left = demobilises(u.divisions_east, standing, divided, p.ussr_demobilises)
    share = left / max(u.divisions_east, 1.0)
    u.divisions_east = left
    u.tanks_east *= min(share, 1.0)
    u.aircraft_east *= min(share, 1.0)
    u.bombers_in_reach *= min(share, 1.0)
