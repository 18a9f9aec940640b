"""The purge of the army: its season and measure, its reach into the East, what it does to command and trust."""

from allohistory.luck.arithmetic import exp
from allohistory.timeline.rule import rule


@rule(
    "purge.begins",
    draws="clock",
    facts=(
        "decision.ussr.army-purge",
        "purge.1937-06.trial",
        "purge.1937-01.radek",
        "close-run.purge-avoided",
    ),
    leaves_out="the murder of Kirov and the party trials as steps of their own",
)
def purge_begins(years, war_in_europe, stalin_gone, p):
    """How soon the purge turns on the army.

    It came at the height of the terror, two and a half years after Kirov's murder and a year after the first show
    trial. Historians differ on planned from above or fed by fear of a fifth column; both put its season in 1936-39,
    and four in five of such histories would see it by the end of 1938.

    years          >=0     years since January 1931
    war_in_europe  0 or 1  the great powers are at war in Europe
    stalin_gone    0 or 1  Stalin is dead
    p                      book/parameters/purge.toml
    returns        >=0     beginnings a week
    """
    from_height = (years - p.height_at) / p.season
    lean = -p.war_in_europe * war_in_europe - p.stalin_gone * stalin_gone
    return p.per_week * exp(lean - from_height * from_height)


@rule(
    "purge.severity",
    draws="choice",
    options=("limited", "general", "annihilating"),
    facts=(
        "purge.dismissed.political-share.1937",
        "purge.counterfactual.small",
        "purge.counterfactual.medium",
        "purge.counterfactual.large",
    ),
    leaves_out="course over the months: the clock that halts it gives its length",
)
def purge_severity(tied_in_europe, p):
    """How hard it strikes: the high command and its circle, the officer corps at large, or without end.

    In our history some 24,000 were dismissed for political reasons in two years; it might have stopped at the
    transfers and first arrests of May 1937, or gone on at 1937's rate.

    tied_in_europe  0..1  share of Soviet forces and attention that Europe claims: an army that is needed is spared
    p                     in noise units: book/parameters/purge.toml
    returns               utilities of limited, general, annihilating
    """
    return 0.0, p.general - p.europe * tied_in_europe, p.annihilating - p.europe * tied_in_europe


@rule(
    "purge.reaches-east",
    draws="clock",
    facts=(
        "purge.far-east.frinovsky",
        "purge.far-east.first-phase",
        "purge.far-east.hq-loss",
        "purge.far-east.dismissed",
    ),
    leaves_out="the first arrests of summer 1937, which left the marshal and his staff in place",
)
def reaches_east(severity, defector_lately, clash_open, p):
    """How soon the purge reaches the Far Eastern command itself.

    The East was spared for a year, being needed; the flight of its police chief to Japan brought Moscow's purgers.

    severity         0..2    limited, general, annihilating
    defector_lately  0 or 1  a high official crossed to Japan within a quarter
    clash_open       0 or 1  a clash of battalion size or more is open: no time to change commanders
    p                        book/parameters/purge.toml
    returns          >=0     arrivals a week
    """
    lean = p.severity * severity + p.defector_lately * defector_lately - p.clash_open * clash_open
    return p.per_week * exp(lean)


@rule(
    "purge.halts",
    draws="clock",
    facts=("purge.review-commission.1938", "purge.dismissed.army.1938", "purge.dismissed.army.1939"),
    leaves_out="arrests that went on at a trickle to 1941",
)
def purge_halts(weeks, severity, tension, stalin_gone, p):
    """How soon the purge is called off.

    It ran until the police had become a danger of its own and war was near: seventeen months in our history.

    weeks     >=0   weeks since it began
    severity  0..2  limited, general, annihilating
    tension   0..1  danger of war in Europe
    stalin_gone  0 or 1  Stalin is dead
    p               book/parameters/purge.toml
    returns   >=0   ends a week
    """
    ripe = 1.0 - exp(-(weeks + 1.0) / p.ripening)
    lean = p.tension * tension - p.severity * severity + p.stalin_gone * stalin_gone
    return p.per_week * ripe * exp(lean)


@rule(
    "defector.crosses",
    draws="clock",
    facts=("decision.ussr.lyushkov", "incident.lyushkov.1938", "purge.far-east.lyushkov-claim"),
    leaves_out="lesser deserters, who told little",
)
def defector_crosses(purge_at_work, p):
    """How soon a man of rank crosses to Japan with the order of battle.

    Only a purge makes one: whoever was called to Moscow knew what awaited him.

    purge_at_work  0 or 1  the purge is under way
    p                      book/parameters/purge.toml
    returns        >=0     crossings a week
    """
    return p.per_week * exp(p.purge_at_work * purge_at_work)


@rule(
    "moscow.removes-commander",
    draws="clock",
    facts=(
        "decision.ussr.far-east-front-split",
        "incident.khasan.blyukher-fall",
        "purge.far-east.blyukher-arrest",
    ),
    leaves_out="who follows; the splitting of the front into armies",
)
def removes_commander(purgers_in_east, battle_lately, trust, p):
    """How soon Moscow removes the commander of the Far East.

    Blyukher had led there for nine years; distrust, Moscow's purgers at his side and a battle fought badly ended
    that in three weeks.

    purgers_in_east  0 or 1  the purge has reached the East and goes on
    battle_lately    0 or 1  a division battle was fought within a quarter
    trust            0..1    Moscow's trust in the theatre command
    p                        book/parameters/purge.toml
    returns          >=0     removals a week
    """
    lean = p.purgers_in_east * purgers_in_east + p.battle_lately * battle_lately - p.trust * trust
    return p.per_week * exp(lean)


@rule(
    "purge.command-loss",
    draws="nothing",
    facts=("purge.model.quality-factor", "purge.model.recovery-half-life", "purge.replaced.1938-40.regiment"),
    leaves_out="that the army also doubled in size: officers would have been short without any purge",
)
def command_loss(loss, at_work, in_east, severity, p):
    """Share of command quality in the East that is lost to the purge, a week on.

    Loss runs toward its full measure within months, a part of it from the blow in the west alone, and heals over
    years as the promoted learn their work.

    loss      0..1    share lost now
    at_work   0 or 1  the purge is under way
    in_east   0 or 1  it has reached the Far Eastern command
    severity  0..2    limited, general, annihilating
    p                 book/parameters/purge.toml
    returns   0..1    share lost next week
    """
    full = p.full_loss * (0.5 + 0.5 * severity)
    reached = full * (p.from_west + (1.0 - p.from_west) * in_east)
    if at_work > 0.0 and loss < reached:
        return loss + (reached - loss) * p.speed
    return loss * (1.0 - p.healing)


@rule(
    "moscow.trust",
    draws="nothing",
    facts=("incident.khasan.frinovsky", "incident.khasan.stalin-blyukher", "purge.effect.khasan.command"),
    leaves_out="the standing of each commander with Stalin",
)
def trust(present, purge_at_work, purgers_in_east, own_man, p):
    """Moscow's trust in its theatre command in the East, a week on.

    High under a famous marshal, next to nothing with purgers at his side in August 1938, and growing again for
    years under men whom Moscow had picked.

    present          0..1    trust now
    purge_at_work    0 or 1  the purge is under way somewhere
    purgers_in_east  0 or 1  it has reached the East and goes on
    own_man          0 or 1  the marshal is gone, and men whom Moscow picked are in his place
    p                        book/parameters/purge.toml
    returns          0..1    trust next week
    """
    rests_at = p.rests_at - p.purge_at_work * purge_at_work + p.own_man * own_man
    speed = p.regained
    if purgers_in_east > 0.0:
        rests_at = p.with_purgers
    if rests_at < present:
        speed = p.lost
    return present + (rests_at - present) * speed
