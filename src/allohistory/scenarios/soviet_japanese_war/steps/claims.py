"""What a war of limited aims is about: where an army halts by order because it has what its capital claims."""

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.names import FRONT__HALHA, SIDE__SOVIET
from allohistory.scenarios.soviet_japanese_war.rules.ladder import GENERAL_WAR
from allohistory.scenarios.soviet_japanese_war.rules.orders import claimed_line
from allohistory.scenarios.soviet_japanese_war.steps.frontier import flag
from allohistory.scenarios.soviet_japanese_war.steps.outbreak import GROWN_CLASH
from allohistory.scenarios.soviet_japanese_war.steps.terrain import against_finns

ALL_OUT = 2.0


@kernel
def limited_aims(w, aim):
    """1 in a theatre war whose aim is not all-out."""
    return flag(w.war.rung < GENERAL_WAR and aim < ALL_OUT)


@kernel
def halts_at(w, p, f, side):
    """Kilometres past the border at which this side's army halts by order; -1 where it has none to halt."""
    aim = w.war.moscow_aim if side == SIDE__SOVIET else w.war.tokyo_aim
    if limited_aims(w, aim) == 0.0:
        return -1.0
    return claimed_line(flag(w.war.road == GROWN_CLASH), flag(f == FRONT__HALHA), p.command_claimed_line)


@kernel
def halted(w, p, f, side, before, reached):
    """Where the line stands that could have come so far: at the halt at most, and nothing that is held is given up."""
    halt = halts_at(w, p, f, side)
    if halt < 0.0 or against_finns(f) > 0.0:
        return reached
    if side == SIDE__SOVIET:
        return min(reached, max(halt, before))
    return max(reached, min(-halt, before))


@kernel
def stands_on_claim(w, p, f, side):
    """Does this side's army stand on the line that is all it was to take, or past it?"""
    halt = halts_at(w, p, f, side)
    past = w.front.km[f] if side == SIDE__SOVIET else -w.front.km[f]
    return 0.0 <= halt <= past
