"""Lines of approach: the railways that Japan lays in Manchuria, the submarines that Moscow bases on the Pacific."""

from allohistory.luck.arithmetic import log
from allohistory.scenarios.soviet_japanese_war.rules.units import within
from allohistory.timeline.rule import rule


@rule(
    "japan.railway",
    draws="shock",
    facts=(
        "log.manchuria.rail-km.1931",
        "log.manchuria.rail-km.1936",
        "log.manchuria.rail-km.1939",
        "log.manchuria.rail-km.1945",
        "log.manchuria.early-build",
    ),
    leaves_out="which line goes where; sidings, gauge and the ports of northern Korea",
)
def japan_railway(kilometres, years, p):
    """Kilometres of railway that Manchuria gains in a year.

    As soon as the country was theirs the Japanese laid six to seven hundred kilometres a year, most of it toward
    the Soviet border; the steel ran short in the great war.

    kilometres  >0   in use now
    years       >=0  years since January 1931
    p                book/parameters/lines.toml
    returns          (mean, spread), kilometres
    """
    building = within(years - p.begins, 0.0, 1.0)
    return p.share_of_gap * (p.ceiling - kilometres) * building, p.spread


@rule(
    "japan.rail-lead",
    draws="nothing",
    facts=("log.manchuria.rail-km.1931", "log.manchuria.rail-km.1936", "log.manchuria.rail-km.1939"),
    leaves_out="trains a day at each railhead",
)
def japan_rail_lead(kilometres, years, p):
    """By how many doublings Manchuria has more railway than it had at that date in our history.

    kilometres  >0   in use
    years       >=0  years since January 1931
    p                book/parameters/lines.toml
    returns     -1..1
    """
    usual = p.at_first + p.per_year * within(years - 1.0, 0.0, p.years_of_building)
    return within(log(kilometres / usual) / log(2.0), -1.0, 1.0)


@rule(
    "ussr.submarines",
    draws="shock",
    facts=(
        "sea.sov-pf.subs.1933",
        "sea.sov-pf.subs.1934",
        "sea.sov-pf.subs.1936",
        "sea.sov-pf.subs.1939",
        "sea.sov-pf.subs.1941",
        "sea.sov-pf.subs.1945",
    ),
    leaves_out="types, readiness, crews; the fleet's surface ships",
)
def ussr_submarines(boats, years, german_war, p):
    """Submarines that the Soviet Pacific Fleet gains in a year.

    Sent by rail in sections and put together at Vladivostok, the first swam in 1933; within eight years they were
    more than any other navy had in one sea. The German war took a few to the north.

    boats       >=0     in service now
    years       >=0     years since January 1931
    german_war  0 or 1  Germany and the Soviet Union are fighting
    p                   book/parameters/lines.toml
    returns             (mean, spread), boats
    """
    building = within(years - p.begins, 0.0, 1.0) * (1.0 - german_war)
    return p.share_of_gap * (p.wanted - boats) * building - p.lost_in_german_war * german_war, p.spread


@rule(
    "ussr.submarines-lead",
    draws="nothing",
    facts=("sea.sov-pf.subs.1934", "sea.sov-pf.subs.1936", "sea.sov-pf.subs.1939", "sea.sov-pf.subs.1941"),
    leaves_out="what the Japanese Navy knew and feared of them",
)
def submarines_lead(boats, years, p):
    """By how many doublings the Soviet Pacific Fleet has more submarines than it had at that date in our history.

    boats    >=0  in service
    years    >=0  years since January 1931
    p             book/parameters/lines.toml
    returns  -1..1
    """
    since = max(years - p.begins, 0.0)
    usual = p.most * since / (since + p.half_after)
    return within(log((boats + p.few) / (usual + p.few)) / log(2.0), -1.0, 1.0)
