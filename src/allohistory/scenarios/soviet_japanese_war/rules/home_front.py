"""The home front of Japan, month by month: the dead and the known dead, food, prices, strikes, discipline, police."""

from allohistory.luck.arithmetic import exp
from allohistory.scenarios.soviet_japanese_war.rules.units import HUNDRED, MONTHS_A_YEAR, fading, within
from allohistory.timeline.rule import rule


@rule(
    "home.war-dead",
    draws="nothing",
    facts=(
        "regime.dead.china-incident",
        "regime.dead.military",
        "regime.dead.iwate.1944",
        "calculus.china.shanghai-japan",
    ),
    leaves_out="single campaigns of the wars in China and the Pacific; the sick who died at home",
)
def war_dead(divisions_china, china_at_war, trained_divisions, years_with_america, months, p):
    """How many soldiers die in these months in China and against America?

    China cost 185,000 in four and a half years, most by the month where its German-trained divisions stood and fought.
    The war with America began cheaply and doubled its toll every nine
    months: nine tenths of all who fell in it fell in 1944 and 1945.

    divisions_china              divisions held by China
    china_at_war        0 or 1   full war there
    trained_divisions   >=0      German-style Chinese divisions fit to fight
    years_with_america           years of war with America; -1 if none
    months                       months that are counted
    p                            book/parameters/home_front.toml
    returns             >=0      thousand dead
    """
    a_month = (p.per_division * divisions_china + p.per_trained_division * trained_divisions) * china_at_war
    if years_with_america >= 0.0:
        a_month += min(p.great_war * exp(p.growth * years_with_america), p.most)
    return a_month * months


@rule(
    "home.known-dead",
    draws="nothing",
    facts=("regime.dead.official-1945", "regime.dead.per-1000", "regime.dead.komagane.china"),
    leaves_out="which regions mourn; what soldiers on leave tell",
)
def known_dead(known, true, months, p):
    """How many of the dead does the public know of?

    Every village counts its own urns, so that a small war cannot be hidden. A great one can: the cabinet that
    made peace owned to 507,000 dead, a quarter of them, and what it told came half a year late.

    known    thousand dead known before
    true     thousand dead
    months   months since that was reckoned
    p        book/parameters/home_front.toml
    returns  thousand dead known now
    """
    told = min(true, p.cannot_hide) + p.share_told * max(true - p.cannot_hide, 0.0)
    return known + (told - known) * (1.0 - exp(-months / p.months_late))


@rule(
    "home.food",
    draws="nothing",
    facts=(
        "regime.food.calories.jp-series.1935",
        "regime.food.calories.1944",
        "regime.food.calories.1945",
        "regime.food.rice-import-share",
        "regime.food.rice-crop.1945",
    ),
    leaves_out="town and country apart, fish and sweet potatoes, the black market",
)
def food(shipping, korea_lost, china_at_war, years_with_america, weeks_since_defeat, bad, bombing, relief, p):
    """What does a Japanese eat a day, once larders have followed?

    A fifth of the rice came by sea from Korea and Taiwan. War hired the ships, took men, horses and fertiliser from the
    paddies, and sank what sailed; defeat cost the empire and brought six million home to be fed.

    shipping                     million tons of merchant shipping
    korea_lost          0 or 1   Korea no longer sends rice
    china_at_war        0 or 1   full war in China
    years_with_america           years of war with America; -1 if none
    weeks_since_defeat           weeks since a capitulation; -1 if none
    bad                 0..1     the last harvest was poor or failed
    bombing             0..1     weight of bombing, 1 as in July 1945
    relief              0 or 1   an American occupier ships in grain
    p                            book/parameters/home_front.toml
    returns                      kilocalories a head a day
    """
    fighting = 1.0 if years_with_america >= 0.0 else 0.0
    worn = min(years_with_america / p.years_to_wear, 1.0) if fighting > 0.0 else 0.0
    worn = max(worn, fading(weeks_since_defeat, p.weeks_of_ruin))
    wanted = p.ships_in_peace + p.ships_for_china * china_at_war + p.ships_for_great_war * fighting
    arriving = min(shipping / wanted, 1.0) * (1.0 - korea_lost)
    eaten = p.in_peace - p.imports * (1.0 - arriving) - p.china_war * china_at_war
    eaten -= p.great_war * fighting + p.worn * worn + p.ruin * fading(weeks_since_defeat, p.weeks_of_ruin)
    eaten -= p.bad_harvest * bad * (1.0 + p.worse_when_worn * worn) + p.bombing * bombing
    return eaten + p.relief * relief


@rule(
    "home.larder",
    draws="nothing",
    facts=("regime.food.calories.jp-series.1941",),
    leaves_out="hoards",
)
def larder(calories, coming, months, p):
    """How fast do plates follow the fields and the ships: within the year.

    calories  kilocalories a head a day before
    coming    what it will come to
    months    months since that was reckoned
    p         book/parameters/home_front.toml
    returns   kilocalories a head a day now
    """
    return calories + (coming - calories) * (1.0 - exp(-months / p.months))


@rule(
    "home.prices",
    draws="nothing",
    facts=("regime.price.wholesale.1936", "regime.price.wholesale.1945", "regime.price.wholesale.1947"),
    leaves_out="controlled and black-market prices apart, money and debt",
)
def prices(index, china_at_war, fights_america, calories, weeks_since_defeat, months, p):
    """Where do wholesale prices stand after these months?

    Slow in peace, a tenth a year in war under control; when food fails and the state that controlled them is
    beaten, they rise fivefold in a year.

    index                        prices over those of 1934 to 1936
    china_at_war        0 or 1   full war in China
    fights_america      0 or 1   at war with America
    calories                     kilocalories a head a day
    weeks_since_defeat           weeks since a capitulation; -1 if none
    months                       months since that was reckoned
    p                            book/parameters/home_front.toml
    returns                      the same index now
    """
    yearly = p.in_peace + p.in_war * max(china_at_war, fights_america)
    yearly += p.hunger * max(p.enough - calories, 0.0) / HUNDRED
    yearly += p.after_defeat * fading(weeks_since_defeat, p.weeks_of_defeat)
    return min(index * exp(yearly * months / MONTHS_A_YEAR), p.most)


@rule(
    "home.strikes",
    draws="nothing",
    facts=("regime.strikes.1931", "regime.strikes.1937.workers", "regime.rate.strike-collapse"),
    leaves_out="good and bad years of trade; absence, flight and slow work, which replaced strikes",
)
def strikes(control, p):
    """How many workers dare to dispute in a year?

    155,000 in 1931, a tenth of that in 1941, nobody in 1945, and within a year of the police being called off more than
    ever: discontent hardly moved, the police did.

    control  0..1  grip of police and gendarmerie
    p              book/parameters/home_front.toml
    returns  >=0   thousand workers in the year
    """
    return p.at_liberty * max(1.0 - control, 0.0)


@rule(
    "home.discipline",
    draws="nothing",
    facts=("regime.unrest.unit-mutiny", "regime.unrest.desertion", "regime.army.home-1945"),
    leaves_out="regiments apart; officers and men apart",
)
def discipline(before, imperial_way, known_per_thousand, beaten, hunger, months, p):
    """How far does the army at home still obey?

    To the last day no battalion mutinied, and two and a half million men at home laid down their arms when
    told to. It is the beaten army that comes home, as in 1917 and 1918, that gives way.

    before              0..1  its discipline before: 1 as in the war with Russia
    imperial_way        0..1  strength of the young officers
    known_per_thousand        known dead for each thousand people
    beaten              0..1  a beaten army stands at home, 1 just now
    hunger              >=0   hundreds of kilocalories below 1,900
    months                    months since that was reckoned
    p                         book/parameters/home_front.toml
    returns             0..1  its discipline now
    """
    coming = p.in_peace - p.factions * imperial_way - p.dead * known_per_thousand
    coming -= p.beaten * beaten + p.hunger * hunger
    return before + (within(coming, 0.0, 1.0) - before) * (1.0 - exp(-months / p.months))


@rule(
    "home.control",
    draws="nothing",
    facts=("regime.rate.arrest-intensity.1933", "regime.ppl.revised", "regime.leader.prisoners-freed"),
    leaves_out="special police, gendarmerie, reservists and neighbours' councils apart",
)
def control(before, at_war, great_war, nobody_rules, occupied, beaten, months, p):
    """How firm is the grip of police and gendarmerie?

    Firmer from the great arrests of 1931 to 1933 on, complete in the great war. It goes when those who give
    the orders go: an American occupier let the prisoners out within two months.

    before        0..1    the grip before: 1 as in 1941
    at_war        0 or 1  at war in China or with the Soviet Union
    great_war     0 or 1  at war with America
    nobody_rules  0 or 1  no government is obeyed
    occupied      0 or 1  an American occupier has freed speech and unions
    beaten        0..1    a beaten army stands at home
    months                months since that was reckoned
    p                     book/parameters/home_front.toml
    returns       0..1    the grip now
    """
    coming = p.in_peace + p.at_war * at_war + p.great_war * great_war - p.beaten * beaten
    coming -= p.nobody * nobody_rules + p.occupied * occupied
    pace = p.months if coming > before else p.months_to_lose
    return before + (within(coming, 0.0, 1.0) - before) * (1.0 - exp(-months / pace))
