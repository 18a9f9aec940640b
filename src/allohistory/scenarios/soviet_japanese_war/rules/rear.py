"""Behind the fronts: men shifted along the border, a theatre's reserve, the wounded, guerrillas, Manchukuo's army."""

from allohistory.luck.arithmetic import exp, log
from allohistory.scenarios.soviet_japanese_war.rules.deployment import by_year
from allohistory.scenarios.soviet_japanese_war.rules.units import within
from allohistory.timeline.rule import rule

TEN_THOUSAND = 10.0  # in thousands


@rule(
    "rear.pressure",
    draws="nothing",
    facts=("calculus.plan.1934.axis", "calculus.plan.1934.soviet-initial"),
    leaves_out="what intelligence misses: each side sees the other's strength on a front as it is",
)
def pressure(own, enemy, works, main_effort, lost, p):
    """How much a front calls for men, as a capital sees it that weighs its fronts against each other.

    own, enemy   >=0     men times worth
    works        0..1    its own works there
    main_effort  0 or 1  the front belongs to the main effort
    lost         >=0     kilometres of own land in the enemy's hands there
    p                    book/parameters/rear.toml
    returns              logarithm of enemy over own strength, and what weighs like it
    """
    odds = log((enemy + p.few) / (own * (1.0 + p.works * works) + p.few))
    return odds + p.main * main_effort + p.lost * within(lost / p.deep_km, 0.0, 1.0)


@rule(
    "rear.shifts-men",
    draws="choice",
    per="side",
    options=("stay", "shift", "commit"),
    silent="stay",
    facts=(
        "calculus.plan.1934.axis",
        "calculus.plan.1934.soviet-initial",
        "log.tsr.1936.pairs",
        "battle.manchuria.decision.kwantung-plan",
    ),
    leaves_out="the field armies' own wishes; corps that move on foot",
)
def shifts_men(gap, worst, can_shift, reserve, p):
    """Does a capital move men from a front that can spare them to one that is pressed? Asked every four weeks.

    It can also commit what it has kept behind all fronts. Both staffs planned to shift divisions from east to west and
    back as the war would go: Japan by way of Harbin, the Soviet Union along the one railway beside the border.

    gap        >=0     pressure on the most pressed front over that on the least
    worst              pressure on the most pressed front
    can_shift  0 or 1  a railway joins the two, and there are men to spare
    reserve    >=0     thousand men in the theatre's reserve
    p                  in noise units: book/parameters/rear.toml
    returns            utilities of stay, shift, commit
    """
    shift = p.shift + p.gap * within(gap, 0.0, p.widest) - p.barred * (1.0 - can_shift)
    enough = within(reserve / p.worth_sending, 0.0, 1.0)
    return 0.0, shift, p.commit + p.worst * within(worst, -p.widest, p.widest) - p.barred * (1.0 - enough)


@rule(
    "rear.spare",
    draws="nothing",
    facts=("calculus.plan.1934.soviet-initial",),
    leaves_out="which divisions",
)
def spare(men, enemy, p):
    """Thousand men whom a front that is least pressed can give up: a part of them, and never its cover.

    men    >=0  thousand men there
    enemy  >=0  thousand men against them
    p           book/parameters/rear.toml
    returns     >=0
    """
    return max(min(p.part * men, men - p.cover * enemy - p.least), 0.0)


@rule(
    "rear.keeps-back",
    draws="nothing",
    facts=("battle.manchuria.decision.kwantung-plan", "calculus.soviet.plan-east.rifle"),
    leaves_out="where the reserve stands",
)
def keeps_back(boarded, reserve, at_front, p):
    """Thousand men of those who come that stay behind all fronts as the theatre's reserve.

    boarded   >=0  thousand men who board this week
    reserve   >=0  thousand men in the reserve already
    at_front  >=0  thousand men on all fronts
    p              book/parameters/rear.toml
    returns   >=0
    """
    wanted = max(p.full * at_front - reserve, 0.0)
    return min(p.part * boarded, wanted)


@rule(
    "rear.wounded",
    draws="nothing",
    facts=(
        "battle.khalkhin-gol.soviet.hospital",
        "battle.winter-war.soviet.wounded-sick",
    ),
    leaves_out="wounded who are left on the field in a rout; hospitals overrun",
)
def wounded(losses, p):
    """Thousand men who reach hospital of those killed, wounded and missing in a week.

    losses   >=0  thousand men
    p             book/parameters/rear.toml
    returns  >=0
    """
    return losses * p.share


@rule(
    "rear.hospitals",
    draws="nothing",
    facts=("battle.khalkhin-gol.soviet.hospital",),
    leaves_out="hospitals near and far; light wounds, which never leave the division",
)
def hospitals(in_hospital, p):
    """Thousand wounded who leave hospital this week: back to the line, and home or dead.

    Of those whose end was known by late 1939 eight in ten had gone back; the mean stay is two to three months.

    in_hospital  >=0  thousand wounded
    p                 book/parameters/rear.toml
    returns           (thousand back, thousand home or dead)
    """
    leave = in_hospital * p.leave_a_week
    return leave * p.back, leave * (1.0 - p.back)


@rule(
    "rear.guerrillas",
    draws="nothing",
    facts=("forces.manchuria.guerrillas", "forces.manchuria.guerrillas.late"),
    leaves_out="who they are: old Northeastern troops, bandits, communists; help from over the border",
)
def guerrillas(years, driven_back, now, p):
    """Thousand guerrillas in Manchuria a week later.

    Three hundred thousand took arms in 1932, twenty were left in 1936 and one in 1941. A war that goes badly for Japan
    brings men back to them, within one to three months.

    years        >=0   years since the start of 1931
    driven_back  >=0   kilometres by which the Japanese line has gone back where it went farthest
    now          >=0   thousand; below 0 where none have been counted yet
    p                  book/parameters/rear.toml
    returns      >=0   thousand
    """
    usual = by_year(years, p.in_1932, p.in_1936, p.in_1939, p.in_1941, p.in_1945)
    if now < 0.0:
        return usual
    wanted = usual * (1.0 + (p.growth - 1.0) * within(driven_back / p.alarming_km, 0.0, 1.0))
    return now + p.pace * (max(wanted, 0.0) - now)


@rule(
    "rear.tied-by-guerrillas",
    draws="nothing",
    facts=("forces.manchuria.guerrillas", "forces.manchukuo.1938"),
    leaves_out="railway guards and police as parties of their own; Manchukuo troops in the hunt",
)
def tied_by_guerrillas(thousand, men, p):
    """What guerrillas cost Japan: thousand men on guard in the rear, and the share of its trains that do not run.

    Ten thousand of them tie a division; an army at war leaves the rear to fewer.

    thousand  >=0  guerrillas
    men       >=0  thousand men of Japan's northern armies in all
    p              book/parameters/rear.toml
    returns        (thousand men, share of trains 0..1)
    """
    tied = min(thousand / TEN_THOUSAND * p.men_a_ten_thousand, p.most_men * men)
    return tied, within(thousand / TEN_THOUSAND * p.trains, 0.0, p.most_trains)


@rule(
    "manchukuo.mutinies",
    draws="clock",
    per="front",
    facts=("incident.chinchangkou.1936.mutineers", "forces.quality.prior.manchukuo", "forces.manchukuo.1945"),
    latent=True,
    leaves_out="officers killed; Inner Mongolian cavalry as a party of its own",
)
def mutinies(driven_back, drained, p):
    """How soon do Manchukuo troops on a front go over, or home?

    A company went over in one night of 1936, in peace. In a war that is being lost they wait no longer than until the
    Soviet army is near.

    driven_back  >=0   kilometres by which the Japanese line has gone back there
    drained      0..1  how far war with America has drained the north
    p                  book/parameters/rear.toml
    returns      >=0   mutinies a week
    """
    return p.a_week * exp(p.losing * within(driven_back / p.near_km, 0.0, 1.0) + p.drained * drained)


@rule(
    "manchukuo.unreliable",
    draws="nothing",
    facts=("forces.quality.prior.manchukuo", "forces.manchukuo.1945"),
    leaves_out="single garrisons",
)
def unreliable(drained, p):
    """The share of Manchukuo troops that a mutiny takes away, and the share of these who turn guerrillas.

    Four in ten were thought reliable, and one in ten by 1945.

    drained  0..1  how far war with America has drained the north
    p              book/parameters/rear.toml
    returns        (share that goes, share of those who take to the hills)
    """
    return 1.0 - (p.reliable + drained * (p.at_the_end - p.reliable)), p.to_the_hills


@rule(
    "army.falls-back",
    draws="choice",
    per="army",
    options=("stand", "fall-back"),
    silent="stand",
    facts=(
        "battle.manchuria.decision.kwantung-plan",
        "battle.mutanchiang.advance",
        "calculus.plan.1944",
    ),
    leaves_out="rearguards; what Tokyo or Moscow says afterwards",
)
def falls_back(ratio, worn, line_behind, steppe, japanese, planned, p):
    """Does an army that is attacked fall back on the next line behind it, of its commander's own will?

    Asked each week of one that is told to hold and is attacked. Before 1944 hardly ever: both armies stand where they
    are told to. By the Kwantung Army's plans of 1944-45 a stand on the border was to cover the way back into the
    mountains, and some generals did not wait for it.

    ratio        logarithm    enemy over own strength
    worn         >=0          share of its men lost lately
    line_behind  0..1         works of the next line
    steppe       0 or 1       ground with room to give
    japanese     0 or 1       the Japanese side; else the Soviet
    planned      0 or 1       its plans foresee it
    p                         in noise units: book/parameters/rear.toml
    returns                   utilities of stand, fall back
    """
    side = p.japan * japanese + p.soviet * (1.0 - japanese) + p.planned * planned
    lean = p.outweighed * within(ratio, -1.0, 2.0) + p.worn * worn
    return 0.0, side + lean + p.line * line_behind + p.steppe * steppe


@rule(
    "rear.stands-on-line",
    draws="nothing",
    facts=("log.manchuria.forts.works", "log.fe.urs.count", "battle.mutanchiang.advance"),
    leaves_out="garrisons that are shut in and passed by",
)
def stands_on_line(works, own, enemy, p):
    """Does an army that is driven back stand again where an inner fortress zone bars the axis?

    If it is still strong enough to man it; else the enemy goes past.

    works       0..1  strength of the zone
    own, enemy  >=0   men times worth
    p                 book/parameters/rear.toml
    returns     1 if it does, else 0
    """
    return 1.0 if works * own * p.multiplies >= enemy else 0.0


@rule(
    "siege.garrison",
    draws="nothing",
    facts=("log.fe.food-stock", "log.fe.urs.count"),
    leaves_out="the fleet's men ashore; the townspeople",
)
def garrison(men, p):
    """Thousand men who reach the forts, and thousand who are cut off and taken, when a field army falls back into them.

    men      >=0  thousand men
    p             book/parameters/rear.toml
    returns       (thousand in the fortress, thousand taken)
    """
    return men * p.reach_it, men * (1.0 - p.reach_it)


@rule(
    "siege.rations",
    draws="nothing",
    facts=("log.fe.food-stock", "log.fe.grain"),
    leaves_out="fish; what submarines and single ships bring in",
)
def rations(days, mouths, provided_for, p):
    """Days' worth that the fortress depots lose in a week, and the share of its need that an army fed by them gets.

    days          >=0  left in the depots
    mouths        >=0  thousand men fed from them
    provided_for  >=0  thousand men for whom the days were reckoned
    p                  book/parameters/rear.toml
    returns            (days, share of need)
    """
    if days <= 0.0 or mouths <= 0.0:
        return 0.0, 0.0
    eaters = within(mouths / max(provided_for, 1.0), p.fewest, p.most)
    return min(p.week * eaters, days), p.ration
