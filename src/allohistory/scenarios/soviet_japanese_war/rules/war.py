"""War: Moscow's own choice of it, how a clash becomes one, what each side is after, and how a limited war ends."""

from allohistory.luck.arithmetic import exp
from allohistory.timeline.rule import rule


@rule(
    "moscow.war-of-choice",
    draws="choice",
    options=("none", "punitive", "break-kwantung", "take-manchuria"),
    silent="none",
    facts=(
        "decision.ussr.non-intervention-1931",
        "decision.ussr.refuse-war-1937",
        "decision.ussr.yalta",
        "decision.ussr.enter-war",
        "close-run.soviet-entry-1945",
        "calculus.soviet.two-front-1938",
    ),
    leaves_out="the islands and Hokkaido as aims; the price asked of America",
)
def war_of_choice(
    tied_in_europe,
    german_war,
    germany_quiet,
    strength,
    japan_losing,
    entry_pledged,
    clash_lost,
    weakness,
    in_china,
    short_of_stocks,
    caution,
    fresh_peace,
    p,
):
    """Does Moscow choose war with Japan, asked each February and August?

    It never did while Germany stood: it sold a railway, gave up islands and armed China rather than fight. Before 1944
    its realistic most was to break what stood at the border; conquest came when it could be done once, with Germany
    beaten, Japan losing to America, and a price agreed.

    tied_in_europe  0..1    share of Soviet forces and attention that Europe claims
    german_war      0 or 1  Germany and the Soviet Union are fighting
    germany_quiet   0 or 1  Germany is beaten, or bound by treaty
    strength        doublings by which the Soviet East is the stronger, as Moscow sees it
    japan_losing    0 or 1  Japan is at war with America, and Germany has turned to defence
    entry_pledged   0 or 1  Germany is beaten and the allies want the entry
    clash_lost      0 or 1  a lost clash of size is not yet answered
    weakness        0 or 1  famine, or purge under way
    in_china        0..1    Japanese divisions in China, as a share of twenty: why spoil it?
    short_of_stocks 0..1    how far the depots of the East fall short
    caution         0..1    Stalin is dead and his heirs think of each other
    fresh_peace     0..1    a war of the two has just ended; fades in three years
    p                       in noise units: book/parameters/war.toml
    returns                 utilities of none, punitive, break-kwantung, take-manchuria
    """
    lean = p.germany_quiet * germany_quiet - p.europe * tied_in_europe - p.german_war * german_war
    lean += p.per_doubling * strength - p.weakness * weakness
    lean -= p.short_of_stocks * short_of_stocks + p.caution * caution + p.fresh_peace * fresh_peace
    punitive = p.punitive + lean + p.clash_lost * clash_lost - p.in_china * in_china
    large = lean + p.japan_losing * japan_losing
    break_kwantung = p.break_kwantung + large + p.clash_lost * clash_lost - p.in_china * in_china
    return 0.0, punitive, break_kwantung, p.take_manchuria + large + p.entry_pledged * entry_pledged


@rule(
    "war.concentration",
    draws="nothing",
    facts=("calculus.kantokuen.decide-by", "calculus.kantokuen.start", "calculus.soviet.plan-east.days"),
    leaves_out="trains and ships day by day, and what the other side sees of them",
)
def concentration(forces_assembled, rail_lead, p):
    """Weeks from Tokyo's order to attack in the north to the first shot.

    The staff counted two months of visible trains and ships; less where a mobilisation has already brought them.

    forces_assembled  0 or 1  the forces for a northern war stand ready
    rail_lead         -1..1   doublings by which Manchuria has more railway than was usual
    p                         book/parameters/war.toml
    returns           >=0     weeks
    """
    return p.weeks * (1.0 - p.saved * forces_assembled) * (1.0 - p.rail * rail_lead)


@rule(
    "war.spreads",
    draws="nothing",
    facts=(
        "incident.khalkhin-gol.kwantung-wants-more",
        "incident.khalkhin-gol.stalin-sees-war",
        "escalation.mid.joiners",
    ),
    leaves_out="fronts: what is counted is sectors, weeks and reinforcement",
)
def spreads(weeks_on_two_sectors, weeks_of_army_battle, p):
    """Has a clash become an undeclared theatre war?

    It has when divisions fight on two sectors for a month, or when an army battle to which both capitals send troops
    goes on for two. Until then one side can still break off without having lost a war.

    weeks_on_two_sectors  >=0  weeks in which two sectors stood at division battle or more
    weeks_of_army_battle  >=0  weeks of an army battle that both capitals reinforce
    p                          weeks: book/parameters/war.toml
    returns               1 if it has, else 0
    """
    if weeks_on_two_sectors >= p.weeks_on_two_sectors or weeks_of_army_battle >= p.weeks_of_army_battle:
        return 1.0
    return 0.0


@rule(
    "moscow.war-aims",
    draws="choice",
    options=("truce", "limited", "all-out"),
    silent="limited",
    facts=(
        "escalation.end.soviet-limited",
        "incident.khalkhin-gol.stop-at-border",
        "decision.ussr.ceasefire-poland",
    ),
    leaves_out="what is asked for at a truce",
)
def moscow_war_aims(weeks, stronger, tied_in_europe, germany_quiet, in_china, p):
    """What Moscow is after in an undeclared theatre war, asked every four weeks.

    Its habit is a limited end on the line it claims, and a quick one when Europe opens; it goes for the Kwantung Army
    itself only when it is much the stronger and Germany is quiet.

    weeks           >=0     weeks of theatre war
    stronger        doublings by which the Soviet East is the stronger, as Moscow sees it
    tied_in_europe  0..1    share of Soviet forces and attention that Europe claims
    germany_quiet   0 or 1  Germany is beaten, or bound by treaty
    in_china        0..1    Japanese divisions in China, as a share of twenty
    p                       in noise units: book/parameters/war.toml
    returns                 utilities of truce, limited, all-out
    """
    truce = p.truce + p.per_week * weeks + p.europe * tied_in_europe - p.per_doubling * stronger
    all_out = (
        p.all_out + p.per_doubling * stronger + p.germany_quiet * germany_quiet - p.europe * tied_in_europe
    )
    return truce, 0.0, all_out - p.in_china * in_china


@rule(
    "tokyo.war-aims",
    draws="choice",
    options=("truce", "limited", "all-out"),
    silent="limited",
    facts=(
        "incident.khalkhin-gol.imperial-stop",
        "calculus.faction.cabinet-veto",
        "calculus.plan.1938.minimum",
    ),
    leaves_out="Army and Navy as separate voices",
)
def tokyo_war_aims(
    weeks, stronger, china_share, europe_shock, northern_opinion, northern_policy, fighting_america, p
):
    """What Tokyo is after in an undeclared theatre war, asked every four weeks.

    It wants out while China eats its divisions; it goes all out when the army thinks the hour has come, for then each
    month brings more Soviet trains.

    weeks             >=0     weeks of theatre war
    stronger          doublings by which Japan seems the stronger in the theatre
    china_share       0..1    Japanese divisions in China, as a share of twenty
    europe_shock      0 or 1  war or a pact in Europe upset Tokyo's reckoning within three months
    northern_opinion  0..1    share of senior officers for an early northern war
    northern_policy   0 or 1  the north is adopted policy
    fighting_america  0 or 1  Japan is at war with America
    p                         in noise units: book/parameters/war.toml
    returns                   utilities of truce, limited, all-out
    """
    tired = p.china * china_share + p.europe_shock * europe_shock + p.america * fighting_america
    truce = p.truce + p.per_week * weeks + tired - p.per_doubling * stronger
    all_out = p.all_out + p.per_doubling * stronger + p.northern_policy * northern_policy - tired
    return truce, 0.0, all_out + p.northern_opinion * (northern_opinion - p.opinion_middle)


@rule(
    "war.truce",
    draws="clock",
    facts=("escalation.end.negotiated", "escalation.duration.median", "incident.khalkhin-gol.ceasefire"),
    leaves_out="terms and mediators",
)
def truce(moscow_wants, tokyo_wants, winter, p):
    """How soon an undeclared theatre war ends by talks: quickly once both want it, slowly while one does.

    moscow_wants  0 or 1  Moscow's aim is a truce
    tokyo_wants   0 or 1  Tokyo's aim is a truce
    winter        0 or 1  November to March
    p                     book/parameters/war.toml
    returns       >=0     truces a week
    """
    return p.per_week * exp(p.wanted * (moscow_wants + tokyo_wants) + p.winter * winter)
