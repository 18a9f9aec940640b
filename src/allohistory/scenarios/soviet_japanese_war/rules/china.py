"""China: a clash that nobody planned, two capitals that must answer it, and a front that eats divisions."""

from allohistory.luck.arithmetic import exp
from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.rules.units import WEEKS_A_YEAR, fading, weekly, within
from allohistory.timeline.rule import rule

DESTROYED, REMNANT = 0, 1  # fates of the Communist main force


@rule(
    "china.incident",
    draws="clock",
    facts=("decision.japan.he-umezu", "decision.japan.suiyuan", "decision.japan.marco-polo-bridge"),
    leaves_out="which garrison, which town; the Kwantung Army's own projects in Inner Mongolia",
)
def china_incident(years_after_1935, weeks_since_peace, p):
    """How soon does a serious incident between Japanese and Chinese troops open a crisis of the two capitals?

    About one a year from 1935, when Japanese garrisons and their agents spread south of the Wall; fewer before.
    After a peace both armies keep apart for a while.

    years_after_1935   years since the start of 1935 (below 0 before)
    weeks_since_peace  weeks since a China war was settled; -1 if none was
    returns            expected incidents this week

    Rests on    decision.japan.he-umezu, decision.japan.suiyuan
    """
    per_year = p.per_year if years_after_1935 >= 0.0 else p.per_year_before_1935
    if 0.0 <= weeks_since_peace < p.years_of_calm * WEEKS_A_YEAR:
        per_year *= p.after_peace
    return weekly(per_year)


@rule(
    "nanjing.answers",
    draws="choice",
    options=("settle", "delay", "resist"),
    silent="delay",
    facts=("decision.china.resist-1937", "decision.china.xian-release", "forces.nra.reorganised-1937"),
    leaves_out="the northern warlords who hold the ground, and Chiang's rivals in Canton",
)
def nanjing_answers(
    tokyo_expands,
    united_front,
    trained_divisions,
    weeks_without_chiang,
    years_after_1935,
    weeks_open,
    peace_of_1937,
    p,
):
    """Does Nanjing settle with Japan, play for time, or send its own army to fight?

    Until Xi'an Chiang bought time with ground; after it the country would not have let him. Trained divisions
    give him the means, troops that come by sea the reason.

    tokyo_expands      1 once Tokyo has sent divisions in this crisis
    united_front       1 while Nationalists and Communists stand together
    trained_divisions  German-style divisions fit to fight
    weeks_without_chiang  weeks since Chiang was seized for good or killed; -1 while he leads
    years_after_1935   years since the start of 1935 (below 0 before)
    weeks_open         weeks since the incident
    peace_of_1937      1 if a China war has been fought and settled
    returns            utilities of (settle, delay, resist), asked every week of the crisis

    Rests on    decision.china.resist-1937, decision.china.xian-release
    """
    settle = p.settle - p.settle_against_front * united_front + p.settle_under_pressure * tokyo_expands
    resist = p.resist + p.troops_landed * tokyo_expands + p.united_front * united_front
    resist += p.per_trained_division * (trained_divisions - p.divisions_wanted)
    resist += p.growing_nation * within(
        years_after_1935, -p.years_of_growth, p.years_of_growth
    ) + p.without_chiang * fading(weeks_without_chiang, p.quarrel_weeks)
    resist += p.once_bled * peace_of_1937 - p.cooling_off * weeks_open
    return settle, 0.0, resist


@rule(
    "tokyo.answers-china",
    draws="choice",
    options=("settle", "hold", "expand"),
    silent="hold",
    facts=("decision.japan.send-divisions", "decision.japan.marco-polo-bridge", "calculus.china.promise"),
    leaves_out="the cabinet's announcements that outran the army's orders",
)
def tokyo_answers_china(
    nanjing_resists, staff_in_north_china, operations_restrains, weeks_since_border_battle, weeks_since_cabinet,
    weeks_open, believed_soviet_doublings, peace_of_1937, cabinet_temper, p,
):  # fmt: skip
    """Does Tokyo settle an incident in China, hold, or send divisions from home?

    The War Ministry believed that three divisions and one blow would do; the few who looked north, Ishiwara in
    Operations first of all, wanted every man kept for the Soviet Union. A fresh scare on the Soviet border
    strengthens them, a new and popular cabinet that cannot seem weak does the opposite.

    nanjing_resists            1 once Nanjing fights
    staff_in_north_china       1 while field armies keep their agents at work south of the Wall (from 1935)
    operations_restrains       1 while Operations is led by someone who wants China left alone
    weeks_since_border_battle  weeks since a battle with Soviet troops; -1 if none
    weeks_since_cabinet        weeks since the cabinet took office; -1 if it has since before the scenario
    weeks_open                 weeks since the incident
    believed_soviet_doublings  doublings by which Tokyo thinks itself outnumbered in the north
    peace_of_1937              1 if a China war has been fought and settled
    cabinet_temper             -1..1, cautious, middle, forward
    returns                    utilities of (settle, hold, expand), asked every week of the crisis

    Rests on    decision.japan.send-divisions, calculus.fiveyear.ishiwara-consequence, calculus.china.promise
    """
    scare = 1.0 if 0.0 <= weeks_since_border_battle < p.scare_weeks else 0.0
    expand = p.expand + p.when_attacked * nanjing_resists + p.staff_in_north_china * staff_in_north_china
    expand += p.operations_restrains * operations_restrains + p.soviet_scare * scare
    expand += (
        p.new_cabinet * fading(weeks_since_cabinet, p.cabinet_weeks)
        + p.per_soviet_doubling * believed_soviet_doublings
    )
    expand += p.once_bled * peace_of_1937 - p.cooling_off * weeks_open + p.temper * cabinet_temper
    settle = p.settle + p.restraint_settles * operations_restrains
    return settle, 0.0, expand


@rule(
    "china.local-truce",
    draws="clock",
    facts=("close-run.marco-polo-local", "decision.japan.tanggu"),
    leaves_out="the terms on the spot",
)
def china_local_truce(nanjing_answer, tokyo_answer, p):
    """How soon do commanders and mayors on the spot close an incident by a local accord?

    Most incidents end so, within weeks, like the He-Umezu and Qin-Doihara accords. Once one capital has committed
    itself the men on the spot can no longer close it so easily; a capital that wishes to settle helps.

    nanjing_answer, tokyo_answer  the furthest each has gone: -1 settle, 0 neither, 1 resist or expand
    returns                       expected accords this week

    Rests on    close-run.marco-polo-local
    """
    hazard = p.per_week
    if nanjing_answer < 0.0:
        hazard *= p.when_one_settles
    if tokyo_answer < 0.0:
        hazard *= p.when_one_settles
    if nanjing_answer > 0.0:
        hazard *= p.when_one_commits
    if tokyo_answer > 0.0:
        hazard *= p.when_one_commits
    return hazard


@rule(
    "nanjing.opens-shanghai",
    draws="choice",
    options=("no", "open"),
    silent="no",
    facts=("decision.china.shanghai", "calculus.china.shanghai-committed"),
    leaves_out="the Japanese marines' part in it",
)
def nanjing_opens_shanghai(trained_divisions, weeks_of_war, p):
    """Does Nanjing open a second front at Shanghai with its best divisions?

    Chiang drew the war to the lower Yangtze, where his trained divisions, the foreign powers and the terrain were,
    within weeks of the fighting in the north.

    trained_divisions  German-style divisions fit to fight
    weeks_of_war       weeks since full war began
    returns            utilities of (no, open), asked every week for three months
    """
    return 0.0, p.open + p.per_trained_division * (
        trained_divisions - p.divisions_wanted
    ) + p.per_week * weeks_of_war


@rule(
    "china.mediation",
    draws="clock",
    facts=("decision.china.trautmann-accept", "decision.japan.trautmann", "close-run.trautmann-peace"),
    leaves_out="who mediates: Germany in our history",
)
def china_mediation(weeks_of_war, p):
    """How soon does a third power carry Japan's terms to Nanjing?

    Berlin armed one side and courted the other; its ambassador carried terms after the front at Shanghai had cost
    both sides dear.

    weeks_of_war  weeks since full war began
    returns       expected openings this week
    """
    return weekly(p.per_year) * (1.0 if weeks_of_war >= p.delay else p.ahead_of_time)


@rule(
    "tokyo.mediation-terms",
    draws="choice",
    options=("accept", "keep-talking", "break-off"),
    silent="keep-talking",
    facts=("decision.japan.trautmann", "decision.japan.nanjing", "close-run.trautmann-peace"),
    leaves_out="the terms themselves; Nanjing's own refusals",
)
def tokyo_mediation_terms(weeks_of_talk, northern_opinion, p):
    """Does Tokyo make peace with Chiang on moderate terms, talk on, or break off?

    The General Staff, which looked north, pleaded for peace; ministers drunk with the fall of Nanjing raised the
    terms until they could not be met.

    weeks_of_talk     weeks since the mediation opened
    northern_opinion  0..1, share of senior officers for an early northern war: they want China closed
    returns           utilities of (accept, keep-talking, break-off), asked every week

    Rests on    decision.japan.trautmann, close-run.trautmann-peace
    """
    accept = p.accept + p.northerners_want_peace * northern_opinion
    return accept, 0.0, p.break_off + p.impatience * weeks_of_talk


@rule(
    "china.long-march",
    draws="choice",
    key="long-march",
    options=("destroyed", "remnant", "strong"),
    facts=("decision.china.long-march", "decision.china.encirclement-5"),
    leaves_out="who leads the remnant",
)
def china_long_march(p):
    """Does the Communist main force survive its march: destroyed, a remnant, or strong?

    Some 8,000 of 86,000 reached Shaanxi. Historians think the end of the march near run: one in four that the main
    force was destroyed on a river or in the grasslands.
    """
    return p.destroyed, 0.0, p.strong


@kernel
def strength_after_march(fate, p):
    """Strength of the Communists after the march, 1 being their armies of 1945.

    fate  0 destroyed, 1 remnant, 2 strong
    """
    if fate == DESTROYED:
        return p.strength_destroyed
    return p.strength_remnant if fate == REMNANT else p.strength_strong


@rule(
    "xian.kidnap",
    draws="clock",
    facts=("decision.china.xian-kidnap",),
    leaves_out="the Young Marshal's talks with the Communists",
)
def xian_kidnap(weeks_since_long_march, communists, p):
    """How soon do Chiang's own generals seize him to end the civil war?

    The exiled Manchurian army would not fight Communists while Japan held its home. Without Communists at the gate
    the quarrel would hardly have come to that.

    weeks_since_long_march  weeks since the march was over
    communists              0..1, strength of the Communists
    returns                 expected firings this week
    """
    hazard = weekly(p.per_year)
    if communists < p.few:
        hazard *= p.without_communists
    return hazard if weeks_since_long_march >= p.delay else hazard * p.ahead_of_time


@rule(
    "xian.fate",
    draws="choice",
    options=("killed", "held", "released", "escapes"),
    facts=("close-run.xian-chiang-dead", "decision.china.xian-ccp", "decision.china.xian-release"),
    leaves_out="what Nanjing's punitive expedition would have done",
)
def xian_fate(german_friendship, p):
    """What becomes of Chiang: killed, held, released with an understanding, or away over the wall?

    The Communists first wanted a trial; Moscow, which feared a Nanjing on Berlin's and Tokyo's side, ordered his
    release. One chance in four that he died. He had got over the wall in his nightshirt and was found on the hill
    behind: a Chiang who gets away owes nobody an understanding.

    german_friendship  1 if Berlin and Tokyo have bound themselves against Moscow: it makes Chiang more precious
    returns            utilities of (killed, held, released, escapes)

    Rests on    close-run.xian-chiang-dead
    """
    return p.killed, p.held, p.moscow_wants_him * german_friendship, p.escapes


@rule(
    "berlin.recalls-mission",
    draws="clock",
    facts=("china.german-mission.recalled", "decision.china.falkenhausen"),
    leaves_out="barter firms and private advisers; what Chiang would have paid to keep the mission",
)
def recalls_mission(weeks_of_war, bound_to_tokyo, p):
    """How soon does Berlin call its military mission home from a China that fights Japan, and stop its arms?

    For most of a year Berlin armed one side and was bound to the other. Once its ministries had been given to men who
    wanted Tokyo, and the talks it had carried were dead, the mission was ordered home: it left in the summer of 1938.

    weeks_of_war    weeks since full war began
    bound_to_tokyo  1 once Berlin and Tokyo have signed against Moscow
    returns         expected recalls this week
    """
    per_year = p.per_year * (1.0 if bound_to_tokyo > 0.0 else p.unbound)
    return weekly(per_year) * (1.0 if weeks_of_war >= p.delay else p.ahead_of_time)


@rule(
    "china.training",
    draws="nothing",
    facts=(
        "forces.nra.reorganised-1937",
        "forces.nra.plan-60",
        "decision.china.thirty-divisions",
        "china.german-mission.recalled",
    ),
    leaves_out="guns and officers one by one",
)
def china_training(divisions, years_after_1935, at_war, chiang_leads, german_arms, p):
    """How many German-style divisions are fit a week later?

    From 1935 some four or five a year reach the standard, up to thirty; in war they are spent within months, and made
    good only while German officers train behind the front and German arms come in.

    divisions         fit now
    years_after_1935  years since the start of 1935 (below 0 before)
    at_war            1 in full war with Japan
    chiang_leads      1 while Chiang is free and alive: without him the programme stops
    german_arms       0..1, the German mission is in China, and Germany still ships arms
    """
    if at_war > 0.0:
        left = divisions * exp(-weekly(p.spent_per_year))
        return min(left + weekly(p.made_good_per_year) * german_arms * chiang_leads, max(left, p.planned))
    if years_after_1935 < 0.0 or chiang_leads == 0.0:
        return divisions
    return min(divisions + weekly(p.per_year), p.planned)


@rule(
    "china.drain",
    draws="nothing",
    facts=(
        "calculus.china.divisions.1937",
        "calculus.china.divisions.1939",
        "calculus.china.divisions.1941",
        "forces.quality.prior.nra-german",
    ),
    leaves_out="the garrison type of those divisions; brigades; the line itself, and how fast it moves",
)
def china_drain(
    divisions, weeks_since_peace, at_war, shanghai, soviet_arms, japan_fights_america, trained_divisions, p
):
    """How many Japanese divisions does China hold a week later?

    Railways and cities need guarding whatever Tokyo wants: two dozen within two years. German-trained divisions in the
    field must be met by more. A settlement frees about half of them in six months; the rest stays to guard what the
    peace leaves.

    divisions             held now
    weeks_since_peace     weeks since it was settled; -1 if it was not
    at_war                1 in full war
    shanghai              1 once Nanjing has opened a second front on the Yangtze
    soviet_arms           1 once Moscow sends aircraft and guns
    japan_fights_america  1 while it does: the south takes its share
    trained_divisions     German-style divisions fit to fight
    returns               divisions held next week

    Rests on    calculus.china.divisions.1937 .. 1941
    """
    wanted, pace = p.peace_garrison, p.pace
    if at_war > 0.0:
        wanted = p.occupation - p.for_the_south * japan_fights_america
        wanted -= p.no_shanghai * (1.0 - shanghai) + p.no_soviet_arms * (1.0 - soviet_arms)
        wanted += p.per_trained_division * trained_divisions
    elif weeks_since_peace >= 0.0:
        wanted, pace = max(p.occupation - p.freed_by_peace, p.peace_garrison), p.pace_home
    return divisions + (wanted - divisions) * pace


@kernel
def china_repatriated(divisions, p):
    """Divisions not yet shipped home a week later, once Japan has laid down its arms: most are gone within a year."""
    return divisions * (1.0 - p.pace_home)


@rule(
    "china.red-strength",
    draws="nothing",
    facts=("forces.ccp.eighth-route.1937-07", "forces.ccp.1945.total"),
    leaves_out="the quarrel with the Nationalists behind the front",
)
def china_red_strength(strength, at_war, p):
    """How strong are the Communists a week later, from 0 (destroyed) to 1 (their armies of 1945)?

    They live on the war behind Japanese lines, and hardly grow without it.

    strength  0..1 now
    at_war    1 in full war with Japan
    """
    return min(strength + strength * (1.0 - strength) * weekly(p.growth_per_year) * at_war, 1.0)
