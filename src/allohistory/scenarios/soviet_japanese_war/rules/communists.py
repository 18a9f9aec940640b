"""The Japanese communists: at liberty, in prison, abroad; and how ready a leadership is to take power."""

from allohistory.luck.arithmetic import exp
from allohistory.scenarios.soviet_japanese_war.rules.units import within
from allohistory.timeline.rule import rule

FREE = 2.0  # of japan.leader: 0 nobody, 1 one man in hiding, 2 the leaders of the party at liberty


@rule(
    "communists.at-liberty",
    draws="nothing",
    facts=("regime.jcp.members.1932", "regime.jcp.members.1945-12", "regime.jcp.members.1947-12"),
    leaves_out="sympathisers, unions and Koreans; single arrests",
)
def at_liberty(members, control, months, p):
    """How many communists are there at liberty in Japan?

    Where the police are let loose on them a few dozen are left; where the police are called off they grow a hundredfold
    in two years.

    members  >=0   thousand at liberty before
    control  0..1  grip of police and gendarmerie
    months         months since that was reckoned
    p              book/parameters/communists.toml
    returns  >=0   thousand at liberty now
    """
    room = 1.0 - members / p.most if control < p.grip_that_kills else 1.0
    growth = p.a_month * (p.grip_that_kills - control) * room
    return within(members * exp(growth * months), p.fewest, p.most)


@rule(
    "communists.in-prison",
    draws="nothing",
    facts=("regime.tenko.share.1943", "regime.tenko.share.1936", "regime.leader.tokuda.prison"),
    leaves_out="trials, deaths in custody; men who recant and are believed by nobody",
)
def in_prison(jailed, caught, freed, months, p):
    """How many convinced communists sit in prison?

    Three in four of the convicted had recanted by 1936. Tokuda and Shiga did not, and with some hundreds sat until the
    occupier let them go in October 1945.

    jailed  >=0     thousand in prison before
    caught  >=0     thousand caught since
    freed   0 or 1  the prisons have been opened
    months          months since that was reckoned
    p               book/parameters/communists.toml
    returns >=0     thousand in prison now
    """
    return 0.0 if freed > 0.0 else jailed * exp(-p.recant * months) + p.firm * caught


@rule(
    "communists.abroad",
    draws="nothing",
    facts=(
        "regime.yanan.league",
        "regime.pow.usable-cadre",
        "regime.pow.first-year",
        "regime.leader.ussr-japanese",
    ),
    leaves_out="what Moscow and Yan'an want of them; men sent home who drop the cause",
)
def abroad(years_of_china_war, purged, captured, weeks_since_capture, p):
    """How many Japanese communists fit for office are abroad?

    A hundred in Moscow until the purge shot them, a thousand prisoners turned in Yan'an by 1945; and of the
    soldiers taken to Siberia some thirty in a thousand, a year and a half to three years after their capture.

    years_of_china_war        years of the war in China; -1 if none
    purged              0 or 1  the purge has gone through the exiles in Moscow
    captured            >=0   thousand Japanese soldiers in Soviet hands
    weeks_since_capture       weeks since they were taken in mass; -1 if never
    p                         book/parameters/communists.toml
    returns             >=0   thousand
    """
    ripe = within((weeks_since_capture - p.first_week) / (p.last_week - p.first_week), 0.0, 1.0)
    men = p.in_moscow * (1.0 - purged) + p.of_prisoners * captured * ripe
    return men + p.in_yanan * min(max(years_of_china_war, 0.0), p.years_in_yanan)


@rule(
    "communists.cadres",
    draws="nothing",
    facts=("regime.rate.cadre-per-million.1945", "regime-change.support.bolshevik.members.1917-01"),
    leaves_out="quality and quarrels of leaders; arms",
)
def cadres(at_liberty, jailed, abroad, leader, p):
    """How ready is a communist leadership to take power in Japan?

    1 would be a party that lacks nothing. By the head of the people the Bolsheviks were at three tenths in January
    1917 and over eight in October; the Japanese of August 1945, fifteen in a million and all of them behind bars or
    abroad, were at nothing to speak of.

    at_liberty, jailed, abroad  >=0      thousand communists
    leader                      0, 1, 2  nobody, one man in hiding, the leaders at liberty
    p                                    book/parameters/communists.toml
    returns                     0..1     readiness
    """
    led = p.without_leader + (1.0 - p.without_leader) * leader / FREE
    men = at_liberty + p.worth_in_prison * jailed + p.worth_abroad * abroad
    return led * men / (men + p.half_ready)
