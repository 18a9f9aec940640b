"""Command on land: who is surprised, where the main effort lies, and which armies attack, hold or give ground."""

from allohistory.luck.arithmetic import log
from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.rules.units import fading, within
from allohistory.timeline.rule import rule


@rule(
    "war.surprise",
    draws="choice",
    options=("none", "by-date", "wholly"),
    silent="none",
    facts=(
        "calculus.soviet.plan-east.days",
        "incident.khalkhin-gol.secrecy",
        "battle.manchuria.decision.date",
        "decision.ussr.enter-war",
    ),
    leaves_out="what attaches and decrypts said week by week; surprise in the air",
)
def surprise(moscow_opens, fights_elsewhere, alarmed, p):
    """How far does the one who opens a war by choice surprise the other?

    Two months of trains cannot be hidden, and both staffs counted them: it is the date that surprises, at times the
    place, seldom the intent. The Red Army masked well; one who fights for his life elsewhere is the easier to surprise.

    moscow_opens      0 or 1  the Soviet side opens it
    fights_elsewhere  0..1    how far the other is held elsewhere: Japan by war with America, the Soviet Union by Europe
    alarmed           0 or 1  a mobilisation announced it, or divisions fought each other within three months
    p                         in noise units: book/parameters/command.toml
    returns                   utilities of none, by date, wholly
    """
    lean = p.masking * moscow_opens + p.elsewhere * fights_elsewhere - p.alarmed * alarmed
    return 0.0, p.by_date + lean, p.wholly + lean


@rule(
    "moscow.main-effort",
    draws="choice",
    options=("east", "amur", "west"),
    silent="east",
    facts=(
        "calculus.soviet.plan-east.rifle",
        "calculus.soviet.plan-east.edge",
        "log.khalkhin-gol.railway",
        "log.khalkhin-gol.sov.stock",
        "forces.sov-fe.1938.mongolia.57corps.personnel",
        "log.manchuria.forts.works",
        "battle.manchuria.transbaikal.personnel",
    ),
    leaves_out="a second blow of equal weight, as in 1945; Korea as a place of its own",
)
def moscow_main_effort(
    steppe_railway, vladivostok_in_need, east_ratio, west_ratio, east_works, amur_works, west_works, now, p
):
    """Where does Moscow strike, asked when war begins, every eight weeks, and when Vladivostok is cut off?

    The east from Grodekovo is short and fortified, and saves Vladivostok; the west from Borzya is open and thirsty, and
    better once a railway crosses the steppe, or troops stand in Mongolia whom trucks feed: half as good, for in August
    1939 these fed 57,000 men over 650 km, and could not have fed many more. The Amur leads only to forest.

    steppe_railway       0..1        a railway runs across the Mongolian steppe; half where troops stand there without
    vladivostok_in_need  0 or 1      Vladivostok is cut off by land and holds
    east_ratio           logarithm   of Soviet over Japanese strength in the east, as Moscow sees it
    west_ratio           logarithm   the same in the west
    east_works           0..1        strength of the Japanese fortress zone before Grodekovo
    amur_works           0..1        of that across the Amur
    west_works           0..1        of that before Manchouli
    now                  -1, 0..2    the present main effort, -1 before there is one
    p                                in noise units: book/parameters/command.toml
    returns                          utilities of east, amur, west
    """
    east = p.in_need * vladivostok_in_need + p.per_log_ratio * within(east_ratio, -1.0, 1.0)
    west = p.west + p.steppe_railway * steppe_railway + p.per_log_ratio * within(west_ratio, -1.0, 1.0)
    east -= p.works * east_works
    amur = p.amur - p.works * amur_works
    west -= p.works * west_works
    if now == 0.0:
        east += p.keep
    elif now == 1.0:
        amur += p.keep
    elif now == 2.0:
        west += p.keep
    return east, amur, west


@rule(
    "tokyo.main-effort",
    draws="choice",
    options=("east", "amur", "west"),
    silent="east",
    facts=(
        "calculus.plan.1934.axis",
        "calculus.plan.1934-38.goldman",
        "calculus.plan.1936",
        "calculus.plan.hachi-go",
        "calculus.plan.hachi-go.b.divisions",
        "calculus.plan.hachi-go.b.trucks",
        "calculus.plan.1940",
        "calculus.plan.1942.order-575",
    ),
    leaves_out="staff rivalry over the plan; Sakhalin and Kamchatka, which are landings",
)
def tokyo_main_effort(divisions, trucks, bombers, vladivostok_fallen, now, p):
    """Where does Tokyo strike, asked when war begins and every eight weeks?

    Every plan from 1934 to 1938, and again from 1940, took the Maritime Province first: the railways lie there, and the
    bombers and submarines that threaten Japan. The west was for an army with forty divisions and as many trucks as the
    staff dreamt of.

    divisions           >=0       Japanese divisions in Manchuria and Korea
    trucks              >=0       trucks in the columns, thousand
    bombers             0..1      Soviet bombers that reach Japan, as a share of a hundred
    vladivostok_fallen  0 or 1    Vladivostok has fallen
    now                 -1, 0..2  the present main effort, -1 before there is one
    p                             in noise units: book/parameters/command.toml
    returns                       utilities of east, amur, west
    """
    east = p.east + p.bombers * bombers - p.east_done * vladivostok_fallen
    amur = 0.0
    west = 0.0 if divisions >= p.west_divisions and trucks >= p.west_trucks else -p.west_unable
    if now == 0.0:
        east += p.keep
    elif now == 1.0:
        amur += p.keep
    elif now == 2.0:
        west += p.keep
    return east, amur, west


@rule(
    "command.believes",
    draws="nothing",
    facts=("forces.rkka-est.error.personnel-1939", "battle.khalkhin-gol.logistics.japan-belief"),
    leaves_out="what differs from front to front; guns and tanks apart from men",
)
def believes(own, enemy, moscow, tokyo_overcount, weeks, p):
    """Strength as the one who gives orders sees it: his own over the enemy's.

    Moscow counted a third too many Japanese; Tokyo carries into the war what it believed before it. Contact teaches
    both within months.

    own              >=0        men times worth, thousand
    enemy            >=0        the same of the enemy
    moscow           0 or 1     Moscow looks, not Tokyo
    tokyo_overcount  logarithm  of what Tokyo believes over the truth, 0 for Moscow
    weeks            >=0        weeks of war
    p                           book/parameters/command.toml
    returns          logarithm
    """
    overcount = p.overcount * moscow + tokyo_overcount
    return log((own + 1.0) / (enemy + 1.0)) - overcount * fading(weeks, p.weeks_of_contact)


@rule(
    "command.breadth",
    draws="nothing",
    facts=("battle.manchuria.operation-size", "calculus.plan.1934-38.goldman"),
    leaves_out="feints",
)
def breadth(ratio, p):
    """How much of a main effort the other fronts are given: nothing near parity, all of it for one who is crushing.

    ratio    logarithm  own strength over the enemy's in the whole theatre, as believed
    p                   book/parameters/command.toml
    returns  0..1
    """
    return within((ratio - p.narrow) / (p.wide - p.narrow), 0.0, 1.0)


@rule(
    "command.second-blow",
    draws="nothing",
    facts=(
        "calculus.plan.hachi-go",
        "calculus.plan.1942.order-575",
        "calculus.kantokuen.men",
        "battle.manchuria.operation-size",
    ),
    leaves_out="a second main effort of equal weight",
)
def second_blow(moscow, opened, men, p):
    """How much of a main effort a side gives to the fronts beside it, whatever the odds in the whole theatre.

    When Moscow opens an all-out war by its own choice, all its fronts move: those beside the main blow bind whoever
    faces them. Tokyo's plans held everywhere else to 1938; from then on, with men enough, the Amur came second to the
    Ussuri.

    moscow     0 or 1  Moscow asks; else Tokyo, about the Amur
    opened     0 or 1  Moscow opened the war by choice
    men        >=0     thousand men of Japan on all fronts
    p                  book/parameters/command.toml
    returns    0..1
    """
    if moscow > 0.0:
        return p.moscow * opened
    return p.tokyo * within((men - p.few) / (p.enough - p.few), 0.0, 1.0)


@rule(
    "command.spent",
    draws="nothing",
    facts=("incident.khalkhin-gol.july23", "battle.manchuria.6gta.fuel-halt", "combat.breakpoint.40-percent"),
    leaves_out="shells, fuel and food apart",
)
def spent(days, worn, p):
    """How near an army is to the end of its attack: at 1 it pauses, until it is rested.

    At Khalkhin Gol the shells of a whole offensive ran out in three days; in 1945 fuel, not the enemy, halted the tanks
    beyond the Khingan. A staff wants some ten days in hand, and stops when a month has cost it one man in seven.

    days     >=0   days that the stock lasts
    worn     >=0   share of the men lost lately
    p              book/parameters/command.toml
    returns  >=0
    """
    return max(p.days / max(days, 1.0), worn / p.losses)


@kernel
def rested(used_up, p):
    """Is an army that paused in its attack fit to go on: dumps filled again, losses made good by half?"""
    return 1.0 if used_up < p.rested else 0.0


@rule(
    "command.alarm",
    draws="nothing",
    facts=("battle.manchuria.6gta.three-days",),
    leaves_out="what is known late, or wrongly",
)
def alarm(lost, newly_cut_off, newly_spent, p):
    """Does news from a front call for new orders at once, instead of at the next monthly look?

    lost           km      ground lost since the last orders, below 0 where it was won
    newly_cut_off  0 or 1  no railway leads to the army any more
    newly_spent    0 or 1  the army has become unfit for more
    p                      book/parameters/command.toml
    returns        1 if it does, else 0
    """
    if lost > p.lost or newly_cut_off > 0.0 or newly_spent > 0.0:
        return 1.0
    return 0.0


@rule(
    "command.readiness",
    draws="nothing",
    facts=(
        "combat.verity.attack-ratio",
        "sea.season.rain",
        "battle.khalkhin-gol.logistics.japan-belief",
        "battle.manchuria.weather",
    ),
    leaves_out="millet that hides men from July to September; the snow of a single year",
)
def readiness(ratio, used_up, works, beyond, rain, mud, winter, river, tokyo, p):
    """What speaks for and against an attack by one army, before aims are asked.

    Strength speaks for it; works, an empty depot, and each hundred kilometres beyond the railhead against it. Rain
    and mud stop wheels; winter costs men but bridges rivers.

    ratio    logarithm  own strength over the enemy's here, as believed
    used_up  >=0        how near the army is to the end of its attack, 1 = there
    works    0..1       works in which the enemy stands
    beyond   >=0        hundred kilometres beyond the railhead
    rain     0..1       the summer rains
    mud      0..1       the thaw
    winter   0 or 1     November to March
    river    0 or 1     a great river lies before the army
    tokyo    0 or 1     Tokyo asks, whose staff thought long ways from a railhead impossible
    p                   in noise units: book/parameters/command.toml
    returns  noise units
    """
    lean = p.per_log_ratio * within(ratio, -p.most_ratio, p.most_ratio)
    tired = within(used_up - 0.5, 0.0, 1.0)
    lean -= p.spent * tired * tired
    far = p.beyond_tokyo if tokyo > 0.0 else p.beyond
    lean -= p.works * works + far * min(beyond, p.most_beyond)
    return lean - p.rain * rain - p.mud * mud - p.winter * winter - p.river * river * (1.0 - winter)
