"""Forces on land as a war goes on: who could be sent and who is, reservists, the sick, and what armies learn."""

from allohistory.scenarios.soviet_japanese_war.rules.deployment import by_year
from allohistory.scenarios.soviet_japanese_war.rules.units import within
from allohistory.timeline.rule import rule


@rule(
    "forces.soviet-reserve",
    draws="nothing",
    facts=(
        "calculus.soviet.plan-east.rifle",
        "calculus.plan.1934.soviet-mobilisable",
        "forces.red-army.1935.personnel",
        "forces.red-army.1939-09-20.personnel",
        "log.1945.buildup-time",
    ),
    leaves_out="which districts give them; men against arms",
)
def soviet_reserve(years, tied_in_europe, german_war, freed, general, enemy_reach, weeks, p):
    """Thousand men whom Moscow would send to this war in all, beyond those who stand in the East.

    The peacetime plans added a dozen divisions or two; a long general war would call up more each week. Europe takes
    its share first, and a German war nearly all. For a limited war a part is sent; a front that breaks brings more.

    years           >=0     years since the start of 1931
    tied_in_europe  0..1    share of Soviet forces and attention that Europe claims
    german_war      0 or 1  Germany and the Soviet Union are fighting
    freed           0 or 1  Germany was beaten while this war went on
    general         0 or 1  general war; else a limited one
    enemy_reach     >=0     kilometres that the enemy has come past the line of before the war
    weeks           >=0     weeks of war
    p                       book/parameters/forces.toml
    returns         >=0     thousand men
    """
    men = by_year(years, p.men_1932, p.men_1936, p.men_1939, p.men_1941, p.men_1945)
    men += p.new_a_week * min(weeks, p.most_weeks) * general + p.freed * freed
    men *= 1.0 + p.badly * within(enemy_reach / p.alarming_km, 0.0, 1.0)
    free = max(1.0 - p.europe * tied_in_europe, 0.0)
    if german_war > 0.0:
        free = p.in_german_war
    return men * free * (general + p.limited * (1.0 - general))


@rule(
    "forces.japanese-reserve",
    draws="nothing",
    facts=(
        "calculus.plan.1934.japan-mobilisable",
        "calculus.plan.1938.minimum",
        "forces.kantokuen.approved-divisions",
        "calculus.plan.1942.order-575",
        "forces.ija.1939.divisions",
        "forces.rkka-est.1939-02.divisions-in-china",
    ),
    leaves_out="shipping; horses; the year that a new division needs for its guns",
)
def japanese_reserve(
    divisions_north, divisions_china, years_after_1937, fights_america, general, enemy_reach, weeks, p
):
    """Thousand men whom Tokyo would send to this war in all, beyond those who stand in Manchuria and Korea.

    What mobilisation gives, thirty divisions in the plans and more each year after 1937, less what stands in the north
    already, what China holds and what the Pacific takes. When it goes badly China gives some of them up.

    divisions_north   >=0     divisions in Manchuria and Korea
    divisions_china   >=0     divisions held by China
    years_after_1937  >=0     years since the start of 1937 (0 before)
    fights_america    0 or 1  at war with America
    general           0 or 1  general war; else a limited one
    enemy_reach       >=0     kilometres that the enemy has come past the line of before the war
    weeks             >=0     weeks of war
    p                         book/parameters/forces.toml
    returns           >=0     thousand men
    """
    badly = within(enemy_reach / p.alarming_km, 0.0, 1.0)
    held = p.china_holds * (1.0 - p.china_gives * badly * general)
    divisions = (
        p.mobilised + p.growth_a_year * min(years_after_1937, p.years_of_growth) - held * divisions_china
    )
    divisions -= divisions_north + p.south_takes * fights_america
    men = max(divisions, p.least_divisions) * p.men_a_division
    men += p.new_a_week * min(weeks, p.most_weeks) * general
    return men * (general + p.limited * (1.0 - general))


@rule(
    "forces.pool",
    draws="nothing",
    facts=("calculus.kantokuen.plan-divisions", "log.1945.buildup-time"),
    leaves_out="men called home again once they have boarded",
)
def pool_grows(promised, now, pool, waiting, p):
    """By how much the pool changes this week, and how many of it are ordered off, in thousand men.

    A capital follows its own reckoning at some distance, and orders divisions off in waves.

    promised  >=0  what it has set aside for this war so far
    now       >=0  what it would set aside as things stand
    pool      >=0  what is left of it
    waiting   >=0  what has been ordered off and has not boarded: it can still be called back
    p              shares a week: book/parameters/forces.toml
    returns        (change, no more taken back than has not boarded; men ordered off)
    """
    change = max(p.share_a_week * (now - promised), -pool - waiting)
    return change, p.ordered_a_week * max(pool + change, 0.0)


@rule(
    "forces.reservists-at-hand",
    draws="nothing",
    facts=("forces.sov-fe.1941.regrowth", "log.fe.population", "forces.kwantung.1945-08.divisions-new"),
    leaves_out="ages and trades",
)
def reservists_at_hand(men, called_before, japanese, p):
    """Thousand reservists whom the theatre itself could give when war begins.

    The Soviet East could call up four men for ten who served, once; Japan only settlers and railwaymen.

    men            >=0     thousand men under arms there
    called_before  0 or 1  a German war has called most of them up already
    japanese       0 or 1  the Japanese side; else the Soviet
    p                      book/parameters/forces.toml
    returns        >=0     thousand men
    """
    if japanese > 0.0:
        return p.japanese * men
    return p.soviet * men * (p.left_by_germany if called_before > 0.0 else 1.0)


@rule(
    "forces.reservists",
    draws="nothing",
    facts=("forces.sov-fe.1941.regrowth", "log.fe.population"),
    leaves_out="the harvest that they leave behind",
)
def reservists(left, general, weeks, p):
    """Thousand reservists of the theatre itself who join this week: the near towns in weeks, without a train.

    left     >=0     thousand reservists not yet called
    general  0 or 1  general war; else a limited one
    weeks    >=0     weeks of war
    p                book/parameters/forces.toml
    returns  >=0     thousand men
    """
    share = p.general * general + p.limited * (1.0 - general)
    return left * share * within(weeks / p.full_after, 0.0, 1.0)


@rule(
    "forces.sending",
    draws="nothing",
    facts=(
        "log.tsr.train-need.sov-rd",
        "log.tsr.train-need.ija-div",
        "log.supply.train-load",
        "log.1945.rate",
        "calculus.soviet.plan-east.days",
    ),
    leaves_out="single trains; unloading stations",
)
def sending(sending, room, at_most, fronts, general, weeks, prepared, japanese, p):
    """Thousand men who board this week, and the freight whose place on the line their trains take.

    Thirty-three trains for a Soviet division, forty-five for a Japanese one. Troop trains may take half of what the
    line can carry for the army. The first board in the second week, by what trains there are; from the third on the
    whole line works for it, unless it was made ready before. In a limited war a front can take in only so much: to
    Khalkhin Gol came an eighth of what the line could have brought.

    sending   >=0     thousand men who wait to board
    room      >=0     thousand tons that the trunk line can carry for the army this week
    at_most   >=0     thousand men whom railways, ports and forward lines could pass in a week
    fronts    >=0     fronts to which trains go
    general   0 or 1  general war; else a limited one
    weeks     >=0     weeks of war
    prepared  0 or 1  this side chose the war: its trains run
    japanese  0 or 1  the Japanese side; else the Soviet
    p                 book/parameters/forces.toml
    returns           (thousand men, thousand tons)
    """
    tons = p.japanese_tons if japanese > 0.0 else p.soviet_tons
    running = 1.0 if weeks >= p.full_after or prepared > 0.0 else p.at_first
    taken_in = 1.0 if general > 0.0 else within(p.one_front * fronts, 0.0, 1.0)
    men = min(sending, taken_in * running * min(p.share * room / tons, at_most))
    return men, men * tons


@rule(
    "forces.allotment",
    draws="nothing",
    facts=("calculus.plan.1934.axis", "forces.sov-fe.1945-08.ratio.transbaikal"),
    leaves_out="men shifted from front to front along the border",
)
def allotment(share, main_effort, enemy, own, supplied, p):
    """How much of those who board goes to this army, as a weight.

    As the peace deployment, more to the main effort and to where the enemy is the stronger, less to where the railway
    does not bring what is asked for already: more men there would eat the dumps and take the place of shells.

    share        0..1    of its side's peace deployment
    main_effort  0 or 1  the front belongs to the main effort
    enemy, own   >=0     men times worth
    supplied     0..1    share of what it asked for last week, for the week and for its dumps, that came up
    p                    book/parameters/forces.toml
    returns      >=0
    """
    pressed = within((enemy + 1.0) / (own + 1.0), p.least_need, p.most_need)
    fed = p.unfed + (1.0 - p.unfed) * supplied
    return share * (1.0 + p.main * main_effort) * pressed * fed


@rule(
    "forces.massing",
    draws="nothing",
    facts=(
        "calculus.soviet.plan-east.rifle",
        "calculus.plan.1934-38.goldman",
        "forces.sov-fe.1945-08.ratio.transbaikal",
    ),
    leaves_out="feints; what the other side sees of where the trains go",
)
def massing(came, share, main_share, main, p):
    """Thousand men more than by the peace deployment, or fewer, whom one who opens a war has brought to this front.

    The trains of the months before a war of choice run to where it is to be decided. The Soviet plan of 1938-39 put
    seventeen of 38 divisions in the west, where some eight stood in peace: three in four of those to come. Japan's
    plans struck in the east with the mass, and held elsewhere.

    came        >=0     thousand men brought to the theatre before the first shot
    share       0..1    of its side's peace deployment, open fronts together being 1
    main_share  0..1    of all fronts of its main effort
    main        0 or 1  this front is one of them
    p                   book/parameters/forces.toml
    returns             thousand men; over all fronts they add up to nothing
    """
    if main_share <= 0.0:
        return 0.0
    return p.main * came * (main * share / main_share - share)


@rule(
    "forces.sickness",
    draws="nothing",
    facts=(
        "battle.wuhan.japan.sick",
        "battle.khalkhin-gol.soviet.sick",
        "battle.khalkhin-gol.japan.sick",
        "battle.winter-war.soviet.wounded-sick",
    ),
    leaves_out="epidemics, and germs spread on purpose",
)
def sickness(men, winter, summer, supplied, p):
    """Thousand men of an army in the field who fall sick this week.

    Frostbite and typhus in winter, stomach and fever in summer; at Wuhan, in heat and marsh, three fell sick for one
    who was hit. Hunger makes it worse.

    men       >=0     thousand men
    winter    0 or 1  November to March
    summer    0 or 1  June to September
    supplied  0..1    share of its need that came up
    p                 book/parameters/forces.toml
    returns   >=0     thousand men
    """
    rate = p.spring_and_autumn + p.winter * winter + p.summer * summer
    return men * within(rate * (1.0 + p.hunger * (1.0 - supplied)), 0.0, 1.0)


@rule(
    "forces.recovery",
    draws="nothing",
    facts=("battle.khalkhin-gol.soviet.hospital", "battle.wuhan.japan.sick"),
    leaves_out="the wounded, of whom some return after months",
)
def recovery(sick, p):
    """Thousand of the sick who leave hospital this week: back to the line, and home for good.

    sick     >=0  thousand men in hospital
    p             book/parameters/forces.toml
    returns       (thousand back, thousand home)
    """
    leave = sick * p.leave_a_week
    return leave * (1.0 - p.for_good), leave * p.for_good


@rule(
    "forces.quality",
    draws="nothing",
    facts=(
        "forces.quality.prior.sov-1938",
        "forces.quality.prior.sov-1939",
        "forces.quality.prior.sov-fe-1942",
        "forces.quality.prior.japan-1937",
    ),
    leaves_out="officers killed; single divisions",
)
def quality(worth, usual, fights, p):
    """What an army is worth a week later: recruits learn, and armies that fight learn most.

    worth    >0      man for man, the Soviet side at Khalkhin Gol being 1
    usual    >0      what its side's regular troops are worth now, with their command as it stands
    fights   0 or 1  there was an attack on this front last week
    p                book/parameters/forces.toml
    returns  >0
    """
    return worth + p.learns * (usual * (1.0 + p.hardened * fights) - worth)


@rule(
    "forces.newcomers",
    draws="nothing",
    facts=("forces.quality.prior.sov-fe-1942", "forces.quality.prior.japan-1945-new"),
    leaves_out="the month in which a division finds its feet",
)
def newcomers(usual, reservists, p):
    """What men who join are worth: divisions brought from afar nearly as good, reservists called on the spot less.

    usual       >0      what the side's regular troops are worth
    reservists  0 or 1  called up on the spot; else brought from afar
    p                   book/parameters/forces.toml
    returns     >0
    """
    return usual * (p.reservists if reservists > 0.0 else p.from_afar)
