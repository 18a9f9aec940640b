"""The border: when do two garrisons clash, at what size, who wins the ground, and when does it end?"""

from allohistory.luck.arithmetic import exp, log
from allohistory.scenarios.soviet_japanese_war.rules.ladder import of_rung, of_sector
from allohistory.timeline.rule import rule


@rule(
    "border.crowding",
    draws="nothing",
    facts=("incident.coding.phases", "incident.count.japan.1932-1934", "incident.count.japan.1935-1936"),
    leaves_out="the siting of single posts; frontier guards are counted with the divisions behind them",
)
def crowding(soviet_divisions, japanese_divisions, p):
    """How far the line is manned on both sides, as a share of full manning.

    Disputes rose from 50 a year in 1932-34 to 176 in 1935, when both armies had come up to the line, while the
    divisions behind them grew by a third; once every post faces another, further divisions add nothing.

    soviet_divisions    >=0   rifle divisions east of Lake Baikal
    japanese_divisions  >=0   divisions in Manchuria and Korea
    p                         book/parameters/border.toml
    returns             0..1
    """
    reach = min((soviet_divisions + japanese_divisions) / p.full_line, 1.0)
    posts_in_reach = (
        reach * reach
    )  # each side's posts must both be there for a quarrel over the ground between
    return posts_in_reach * posts_in_reach


@rule(
    "border.incident",
    draws="clock",
    per="sector",
    facts=(
        "incident.rate.named-per-year.1935-1939",
        "incident.escalation.seasonality",
        "incident.decline.after-1939",
        "incident.rule.kwantung.mandate",
        "incident.donganzhen.1939.restraint",
    ),
    leaves_out="the hundred or more disputes a year without dead: notes, kidnappings, overflights, moved markers",
)
def incident(
    sector,
    manned,
    winter,
    early_summer,
    late_summer,
    frozen_river,
    live_quarrels,
    recent_clash,
    beaten_here,
    soviet_yielded,
    harsh_rules,
    neutrality_pact,
    strict_commander,
    battle_elsewhere,
    great_war,
    fresh_peace,
    p,
):
    """How often patrols meet with deaths on one sector: clashes that were given a name.

    They come with ice-bound rivers and with the campaigning months of early summer, hardly ever in August and
    September; in runs on one sector; and more where the rules of fire are harsh. A beaten division keeps its
    sector quiet for a year or two, and pact, border commission and a strict commander damp the whole line.

    sector            0..4    number of the sector
    manned            0..1    how far the line is manned (border.crowding)
    winter, early_summer, late_summer  0 or 1   November to March; May to July; August and September
    frozen_river      0 or 1  the sector's disputed ground is islands, and the river is frozen
    live_quarrels     >=0     sum of the heat of quarrels off the border
    recent_clash      0 or 1  a clash on this sector closed within half a year
    beaten_here       0 or 1  a division was beaten on this sector within a year and a half
    soviet_yielded    0 or 1  Moscow gave way somewhere within a year and a half
    harsh_rules       0 or 1  Kwantung Army rules of fire like Order 1488 are in force
    neutrality_pact   0 or 1  a pact of neutrality or non-aggression is in force
    strict_commander  0 or 1  a commander sent to enforce restraint leads the Kwantung Army
    battle_elsewhere  0 or 1  a division battle rages on another sector
    great_war         0 or 1  one side fights a great war elsewhere, and has ordered quiet on this line
    fresh_peace       0..1    a war of the two has just ended, and its terms have drawn the line; fades in three years
    p                         log multipliers of the rate: book/parameters/border.toml
    returns           >=0     clashes a week
    """
    share = of_sector(
        sector, p.share_posyet_tumen, p.share_ussuri_khanka, p.share_amur, p.share_argun, p.share_halha_buir
    )
    lean = p.winter * winter + p.early_summer * early_summer + p.late_summer * late_summer
    lean += p.frozen_river * frozen_river
    lean += p.per_quarrel * live_quarrels
    lean += p.recent_clash * recent_clash * (1.0 - beaten_here)
    lean += p.beaten_here * beaten_here
    lean += p.soviet_yielded * soviet_yielded
    lean += p.harsh_rules * harsh_rules
    lean += p.neutrality_pact * neutrality_pact
    lean += p.strict_commander * strict_commander
    lean += p.battle_elsewhere * battle_elsewhere
    lean += p.great_war * great_war - p.fresh_peace * fresh_peace
    return p.per_week * share * manned * exp(lean)


@rule(
    "border.first-rung",
    draws="choice",
    per="sector",
    options=("patrol", "company", "battalion"),
    facts=(
        "escalation.mid.start-with-force",
        "incident.coding.scale",
        "incident.suifenho.1935.scale",
        "incident.orahodoga.1936.scale",
        "incident.tauran.1936.scale",
    ),
    leaves_out="the exact strength engaged; aircraft and armour only through the battalion group",
)
def first_rung(far_steppe, harsh_rules, humiliated, battle_elsewhere, p):
    """At what size a clash begins: most disputes start at their own size and do not climb from the bottom.

    On the far steppe columns of trucks and armoured cars ride out to restore a post, so a first fight there is
    more often a battalion's; harsh rules and a defeat still to be avenged make the first party larger.

    far_steppe        0 or 1  Halha and Buir
    harsh_rules       0 or 1  rules of fire like Order 1488 are in force
    humiliated        0 or 1  the Japanese side lost a clash of size within a year
    battle_elsewhere  0 or 1  a division battle rages on another sector
    p                         log-odds against a patrol: book/parameters/border.toml
    returns                   utilities of patrol, company, battalion
    """
    bolder = p.harsh_rules * harsh_rules + p.humiliated * humiliated + p.battle_elsewhere * battle_elsewhere
    return 0.0, p.company + bolder, p.battalion + p.far_steppe * far_steppe + bolder


@rule(
    "border.balance",
    draws="nothing",
    facts=(
        "calculus.ratio.divisions.1936",
        "forces.quality.prior.japan-1937",
        "forces.quality.prior.sov-1939",
        "log.khalkhin-gol.truck-yield.short",
        "log.khalkhin-gol.truck-yield.long",
    ),
    leaves_out="the roads and railheads of each place: distance enters once, for the far steppe",
)
def balance(
    soviet_divisions,
    soviet_worth,
    japanese_divisions,
    soviet_reinforced,
    reinforced,
    far_steppe,
    arms_lead,
    mongolians_lost,
    no_corps,
    p,
):
    """The balance where the clash is, in doublings: above 0 the Soviet side is stronger on the spot.

    Whoever has sent troops for the purpose counts more than the theatre behind him. Called with true numbers
    for battles, and with what a capital believes for its decisions.

    soviet_divisions    >=0   rifle divisions east of Lake Baikal
    soviet_worth        >0    worth of one of them in Soviet divisions of 1939 (equipment and command)
    japanese_divisions  >=0   divisions in Manchuria and Korea
    soviet_reinforced, reinforced  0 or 1  troops have been sent to this clash
    far_steppe          0 or 1  600 km from the Soviet railway, 200 km from the Japanese
    arms_lead           doublings by which the Soviet side leads in tanks and aircraft over the usual
    mongolians_lost     0..1  share of the Mongolian army's worth lost to arrests
    no_corps            0 or 1  no Soviet corps stands in Mongolia
    p                         in doublings: book/parameters/border.toml
    returns                   log2 of the Soviet over the Japanese weight
    """
    soviet = soviet_divisions * soviet_worth
    japanese = japanese_divisions * p.japanese_worth
    theatre = log((soviet + 1.0) / (japanese + 1.0)) / log(2.0)
    sent = p.soviet_reinforced * soviet_reinforced - p.reinforced * reinforced
    sent += p.per_arms_lead * arms_lead
    want = p.far_steppe + p.mongolians * mongolians_lost + p.no_corps * no_corps
    return p.of_theatre * theatre + sent - want * far_steppe


@rule(
    "border.battle",
    draws="choice",
    per="sector",
    options=("japan-wins", "drawn", "soviet-wins"),
    silent="drawn",
    facts=(
        "incident.khasan.piecemeal",
        "incident.khasan.counteroffensive",
        "incident.khalkhin-gol.august-offensive",
        "incident.khalkhin-gol.july23",
        "incident.kanchazu.1937.shoot",
        "purge.effect.khasan.command",
        "purge.effect.khalkhin.success",
        "combat.causes.artillery",
    ),
    leaves_out="losses, ground and days within the week: the war on land has its own rules",
)
def battle(
    local_balance,
    japanese_blow,
    soviet_attack,
    soviet_set_piece,
    readiness,
    able,
    favourite,
    japan_able,
    japan_armour,
    p,
):
    """Who has the disputed ground after a week with an attack in it.

    A Japanese night attack by picked infantry usually takes its hill, and a Soviet attack thrown in off the march
    usually fails; a prepared Soviet blow with guns, armour and a commander who waits for them is another thing.
    A blow against a front that has had weeks to dig in fails.

    local_balance     doublings by which the Soviet side is stronger on the spot (border.balance, true)
    japanese_blow     0 or 1   Japan attacked this week
    soviet_attack     0 or 1   the Soviet side attacked off the march this week
    soviet_set_piece  0 or 1   the Soviet side attacked with preparation this week
    readiness         0..1     weeks the Soviet side has had to bring up and dig in, as a share of a full preparation
    able, favourite   0 or 1   the commander whom Moscow sent
    japan_able        0 or 1   an abler man than usual leads the Japanese division
    japan_armour      0 or 1   a Japanese tank brigade stands there
    p                          in noise units of the choice: book/parameters/border.toml
    returns                    utilities of japan-wins, drawn, soviet-wins
    """
    tilt = p.per_doubling * local_balance
    tilt -= p.off_the_march * soviet_attack
    tilt += (p.set_piece * readiness + p.able * able - p.favourite * favourite) * soviet_set_piece
    tilt -= (p.japanese_surprise - p.dug_in * readiness + p.japan_able * japan_able) * japanese_blow
    tilt -= p.japan_armour * japan_armour * (japanese_blow + 0.5 * soviet_attack)
    return p.japan_wins - tilt, 0.0, p.soviet_wins + tilt


@rule(
    "border.ceasefire",
    draws="clock",
    per="sector",
    facts=(
        "incident.khasan.ceasefire",
        "incident.khalkhin-gol.ceasefire",
        "incident.tauran.1936.end",
        "incident.kanchazu.1937.withdraw",
        "escalation.mid.duration.one-day",
        "incident.escalation.who-withdrew",
    ),
    leaves_out="the terms: border commissions, exchanges of prisoners, who moves back how far",
)
def ceasefire(
    rung,
    someone_on_the_ground,
    far_steppe,
    soviet_yields,
    tokyo_stops,
    imperial_order,
    blow_this_week,
    europe_opens,
    p,
):
    """How soon a crisis ends, by its size and by who has given way.

    A patrol fight ends within days, a fight of companies in weeks; a division battle is stopped by capitals, and an
    army battle goes on until one is beaten or Europe opens. Where one side stands on ground that the other claims the
    affair stays open; an order in the emperor's name, or a Soviet withdrawal, closes it.

    rung                    1..5    size now (patrol, company, battalion group, division, army battle)
    someone_on_the_ground   0 or 1  one side holds what the other claims
    far_steppe              0 or 1  Halha and Buir: no telephone line, no consul, no treaty line
    soviet_yields           0 or 1  Moscow's last word was to give way
    tokyo_stops             0 or 1  Tokyo's last word was to stop
    imperial_order          0 or 1  the field army is bound by an order in the emperor's name
    blow_this_week          0 or 1  one side attacked this week
    europe_opens            0..1    how far Europe claims Moscow now
    p                               book/parameters/border.toml
    returns                 >=0     endings a week
    """
    hazard = of_rung(rung, p.patrol, p.company, p.battalion, p.division, p.army)
    lean = p.on_the_ground * someone_on_the_ground + p.far_steppe * far_steppe
    lean += p.soviet_yields * soviet_yields + p.tokyo_stops * tokyo_stops + p.imperial_order * imperial_order
    lean += p.blow_this_week * blow_this_week + p.europe_opens * europe_opens
    return hazard * exp(lean)
