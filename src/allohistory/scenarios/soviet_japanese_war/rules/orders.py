"""Orders to the armies, gas, and what a commander is worth."""

from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.rules.units import within
from allohistory.timeline.rule import rule


@kernel
def weighed(
    readiness, ratio, massed, opening, main, going, lost, railway, gained, limited, truce, cut_off, elsewhere, room,
    worn, p,
):  # fmt: skip
    """What both capitals weigh alike, each by numbers of its own: utilities of withdraw, hold, attack.

    railway          0 or 1: the enemy stands on the one railway that feeds an army; few kilometres then weigh as many
    elsewhere, room  what a war elsewhere takes from attacking, and what room to give ground adds to withdrawing

    The mass is awaited for an offensive, not for throwing out an enemy who stands in one's own land.
    """
    own_land = max(within(lost / p.lost_km, 0.0, 1.0), railway)
    attack = p.attack + readiness + p.opening * opening + p.main * main + p.going * going
    attack += p.win_back * own_land - p.unmassed * (1.0 - massed) * (1.0 - own_land) - elsewhere
    attack -= p.limited * limited * (0.5 + within(gained / p.limit_km, 0.0, 1.0))
    attack -= p.truce * truce + p.cut_off * cut_off
    withdraw = p.withdraw + p.outweighed * within(-ratio, 0.0, 2.0) + p.worn * worn
    return withdraw + room + p.escape * cut_off, 0.0, attack


@rule(
    "moscow.orders",
    draws="choice",
    per="front",
    options=("withdraw", "hold", "attack"),
    silent="hold",
    facts=(
        "calculus.soviet.plan-east.days",
        "calculus.soviet.plan-east.edge",
        "decision.ussr.far-east-1941",
        "incident.khalkhin-gol.stop-at-border",
        "incident.khasan.counteroffensive",
        "incident.khalkhin-gol.tank-counter",
        "battle.winter-war.isthmus.advance.december",
        "escalation.end.soviet-limited",
        "battle.manchuria.decision.date",
        "calculus.soviet.plan-naval",
    ),
    leaves_out="orders to single corps; what a front commander does on his own",
)
def moscow_orders(
    readiness, ratio, massed, opening, main, going, lost, railway, gained, limited, truce, cut_off, europe, steppe,
    worn, p,
):  # fmt: skip
    """What does Moscow tell its army on one front, asked every four weeks and on bad news?

    Its plans hold until the mass has come, five or six weeks on, then strike on the main effort; ground that was lost
    is won back at once, with what is there and whatever it has lost, and where the enemy stands on the railway to
    Vladivostok the first kilometres are as bad as all: Port Arthur's relief was tried within weeks, Leningrad's within
    days. An offensive that runs is not broken off without
    cause. With limited aims it stops near the line it claims; while Europe claims its armies it holds in the East. It
    gives ground only on the steppe, and only to one much stronger.

    readiness  noise units  what speaks for an attack by this army
    ratio      logarithm    own strength over the enemy's here, as believed
    massed     0..1         how much of what is to come by rail has come
    opening    0..1         this blow opens the war, as planned
    main       0..1         weight of the main effort on this front
    going      0..1         an attack is under way here: half where it gained nothing, all of it where it gains ground
    lost       >=0          kilometres of own land in the enemy's hands here
    railway    0 or 1       Vladivostok is cut off by land, holds, and the enemy stands on this side of the border
    gained     >=0          kilometres past the border
    limited    0 or 1       the war is one of limited aims
    truce      0 or 1       Moscow wants a truce
    cut_off    0 or 1       no railway leads to the army
    europe     0..1         share of its forces and attention that Europe claims
    steppe     0 or 1       ground with room to give
    worn       >=0          share of its men lost lately
    p                       in noise units: book/parameters/command.toml
    returns                 utilities of withdraw, hold, attack
    """
    elsewhere, room = p.europe * europe, p.give_ground * steppe
    return weighed(
        readiness,
        ratio,
        massed,
        opening,
        main,
        going,
        lost,
        railway,
        gained,
        limited,
        truce,
        cut_off,
        elsewhere,
        room,
        worn,
        p,
    )


@rule(
    "tokyo.orders",
    draws="choice",
    per="front",
    options=("withdraw", "hold", "attack"),
    silent="hold",
    facts=(
        "calculus.plan.1934-38.goldman",
        "calculus.plan.1936.duration",
        "calculus.plan.1942.timetable",
        "calculus.plan.1944",
        "incident.khalkhin-gol.july23",
        "incident.khalkhin-gol.kwantung-wants-more",
        "battle.manchuria.decision.kwantung-plan",
        "calculus.kantokuen.decide-by",
    ),
    leaves_out="attacks that a field army makes without asking; the pull between Hsinking and Tokyo",
)
def tokyo_orders(
    readiness, ratio, massed, opening, main, going, lost, gained, limited, truce, cut_off, america, worn, p,
):  # fmt: skip
    """What does Tokyo tell its army on one front, asked every four weeks and on bad news?

    Attack on the main effort and hold elsewhere, in every plan to 1943; an army that was beaten wants to attack again,
    and one that attacks goes on.
    With America to fight it defends. It hardly ever gives ground, even when cut off: the redoubt of 1945 was to be
    reached only after a stand on the border.

    readiness  noise units  what speaks for an attack by this army
    ratio      logarithm    own strength over the enemy's here, as believed
    massed     0..1         how much of what is to come by sea and rail has come
    opening    0..1         this blow opens the war, as planned
    main       0..1         weight of the main effort on this front
    going      0..1         an attack is under way here: half where it gained nothing, all of it where it gains ground
    lost       >=0          kilometres of Manchukuo in the enemy's hands here
    gained     >=0          kilometres past the border
    limited    0 or 1       the war is one of limited aims
    truce      0 or 1       Tokyo wants a truce
    cut_off    0 or 1       no railway leads to the army
    america    0 or 1       Japan is at war with America
    worn       >=0          share of its men lost lately
    p                       in noise units: book/parameters/command.toml
    returns                 utilities of withdraw, hold, attack
    """
    elsewhere = p.america * america
    return weighed(
        readiness,
        ratio,
        massed,
        opening,
        main,
        going,
        lost,
        0.0,
        gained,
        limited,
        truce,
        cut_off,
        elsewhere,
        0.0,
        worn,
        p,
    )


@rule(
    "command.under-way",
    draws="nothing",
    facts=("incident.khalkhin-gol.july23", "battle.winter-war.isthmus.advance.december"),
    leaves_out="what the front reports upwards, and what it hides",
)
def under_way(attacks, gained, p):
    """How far an attack that is under way speaks for going on: guns, shells and men are there, and heads are set on it.

    At Khalkhin Gol the attacks of July were renewed three times in as many weeks, and the Soviet ones of December 1939
    for three weeks after they had stuck.

    attacks  0 or 1  the army has orders to attack
    gained   km      won since the last orders, below 0 where it was lost
    p                book/parameters/command.toml
    returns  0..1
    """
    return attacks * (0.5 + 0.5 * within(gained / p.gained_km, 0.0, 1.0))


@rule(
    "command.claimed-line",
    draws="nothing",
    facts=(
        "incident.khalkhin-gol.stop-at-border",
        "incident.khasan.counteroffensive",
        "escalation.end.soviet-limited",
    ),
    leaves_out="claims of single hills and islands; a commander who goes past what he was given",
)
def claimed_line(grown, steppe, p):
    """Kilometres past the border at which an army halts whose capital's aims are limited.

    What is aimed at follows from the kind of war. One that grew out of a clash is about the ground of the clash: on
    the Halha the strip between the river and the line by Nomonhan, whose middle the map takes for the border; elsewhere
    a crest or an island. Zhukov's divisions stood on the claimed line on 31 August 1939 with nobody before them, and
    went no farther. A punitive war that was begun by choice takes the border zone.

    grown   0 or 1  the war grew out of a clash
    steppe  0 or 1  the front on the Halha
    p               book/parameters/command.toml
    returns km
    """
    strip = p.crest + (p.strip - p.crest) * steppe
    return p.zone + (strip - p.zone) * grown


@rule(
    "war.gas",
    draws="choice",
    per="side",
    options=("none", "use"),
    silent="none",
    facts=("gas.china.attacks", "gas.america.warning", "gas.geneva.soviet-reservation"),
    leaves_out="germs; gas on towns; how much there is of it",
)
def turns_to_gas(japanese, enemy_has, losing, deterred, p):
    """Does this side turn to gas, asked of each every four weeks of a general war until it has?

    Both had gas troops in quantity. Japan used gas in China against men without masks; against one who could answer in
    kind nobody began in this war. Who is gassed answers, nine times in ten.

    japanese   0 or 1  the Japanese side
    enemy_has  0 or 1  the other side has used it
    losing     0 or 1  the enemy stands deep in its land
    deterred   0 or 1  a great power has promised to answer in kind
    p                  in log-odds: book/parameters/command.toml
    returns            utilities of none, use
    """
    first = p.japan * japanese + p.moscow * (1.0 - japanese)
    return 0.0, first + p.answer * enemy_has + p.losing * losing - p.deterred * deterred


@rule(
    "command.worth",
    draws="nothing",
    facts=(
        "incident.khalkhin-gol.zhukov-sent",
        "incident.khalkhin-gol.secrecy",
        "incident.khasan.piecemeal",
        "purge.effect.khasan.command",
    ),
    leaves_out="commanders by name; what the purge took is in the worth of divisions, and is not counted twice",
)
def commander_worth(able, favourite, planned, trusted, attacking, p):
    """What the man in command is worth to an army, in the logarithm of its effectiveness.

    He makes a planned offensive, by preparation, secrecy and arms that work together, and almost nothing in static
    defence. An attack off the march is thrown away piecemeal, and the more so when the capital drives it by wire.

    able       0 or 1  an able man was sent
    favourite  0 or 1  a favourite was sent
    planned    0..1    how far the attack was prepared
    trusted    0..1    how far the capital leaves him to plan
    attacking  0 or 1  the army attacks
    p                  book/parameters/command.toml
    returns    logarithm of effectiveness
    """
    talent = p.able * able - p.favourite * favourite
    if attacking == 0.0:
        return p.in_defence * talent
    return planned * talent - p.piecemeal * (1.0 - planned) * (1.0 - 0.5 * trusted)


@rule(
    "command.plans",
    draws="nothing",
    facts=("incident.khalkhin-gol.secrecy", "incident.khasan.piecemeal"),
    leaves_out="what was prepared in peace, save for the blow that opens a war",
)
def planned(weeks_in_place, opens, p):
    """How far an attack ordered now is prepared: wholly if it opens the war by choice, else by the weeks in place.

    weeks_in_place  >=0     weeks since the order before this one
    opens           0 or 1  this side opens the war by choice, now
    p                       book/parameters/command.toml
    returns         0..1
    """
    return max(opens, within(weeks_in_place / p.weeks, 0.0, 1.0))
