"""China's own war, once Japan's army has gone: truce, open war, America's part, the fronts, who rules in the end."""

from allohistory.luck.arithmetic import exp, log
from allohistory.luck.compiled import kernel
from allohistory.scenarios.soviet_japanese_war.rules.units import LEAST_SHARE, MOST_SHARE, weekly, within
from allohistory.timeline.rule import rule

SOVIET, NATIONALIST, COMMUNIST, LOCAL_COMMUNIST = 1.0, 3.0, 4.0, 5.0  # of region.ruler


@rule(
    "china.soviet-hand",
    draws="nothing",
    facts=("after.china.manchuria-arms", "after.china.soviet-withdrawal"),
    leaves_out="Xinjiang; what Moscow wrote to either side; the dismantled works",
)
def soviet_hand(ruler_of_manchuria, red_army_came, p):
    """How far does Moscow's hand in Manchuria help the Chinese communists?

    Where the Red Army took Manchuria they had the countryside, the stores of the Kwantung Army and a frontier at
    their back before the first Nationalist train arrived, whatever the treaty with Nanjing said.

    ruler_of_manchuria  region.ruler: 0 as before the war, 1 Soviet, 3 Nationalists, 4 and 5 communists
    red_army_came       0..1  share of Manchuria's chief cities that the Red Army took
    p                         book/parameters/after.toml
    returns             0..1
    """
    if ruler_of_manchuria == SOVIET or COMMUNIST <= ruler_of_manchuria <= LOCAL_COMMUNIST:
        return 1.0
    if ruler_of_manchuria == NATIONALIST:
        return p.handed_back * red_army_came
    return red_army_came


@rule(
    "china.communist-share",
    draws="nothing",
    facts=("after.china.share-1945", "after.china.share-1946"),
    leaves_out="land, towns and arms apart from people",
)
def share_at_start(communists, soviet_hand, p):
    """What share of China's people do the communists rule as the quarrel begins, and as open war opens?

    They came out of the war with Japan with a fifth; the Red Army's gift of the Manchurian countryside made it over
    a quarter.

    communists   0..1  their strength, 1 being their armies of 1945
    soviet_hand  0..1  how far Moscow's hand in Manchuria helps them: 0 before it can
    p                  book/parameters/after.toml
    returns      0..1  share of the people
    """
    return p.people * communists + p.manchuria * soviet_hand


@rule(
    "china.turns",
    draws="clock",
    per="civil-war-turn",
    facts=("after.china.truce", "after.china.open-war", "after.china.republic", "after.china.yangtze"),
    leaves_out="talks by their rounds; warlords, Xinjiang and Tibet; Taiwan after the end",
)
def china_turns(per_year, weeks_since, delay, p):
    """How soon does China's quarrel take its next turn: a truce, open war, a partition, the fall of one side?

    Both sides armed while they talked. A truce wanted a mediator; open war wanted only that one of them thought the
    time ripe. A partition needs fronts that stand and a patron who insists; a side falls when little is left of it.

    per_year     turns a year expected once the time is ripe
    weeks_since  weeks since the stage began from which it can come
    delay        weeks until the time is ripe
    p            book/parameters/after.toml
    returns      expected turns this week
    """
    hazard = weekly(per_year)
    return hazard if weeks_since >= delay else hazard * p.ahead_of_time


@kernel
def truce(america_mediates, p):
    """A truce is brokered by a power that both sides want something of; rarely without one."""
    return p.truce_per_year * (p.truce_with_mediator if america_mediates > 0.0 else 1.0)


@kernel
def open_war(under_truce, communist_share, p):
    """Open war: nearly certain within two years between equals; communists who hold little are hunted, not fought."""
    per_year = p.war_per_year * (p.war_under_truce if under_truce > 0.0 else 1.0)
    return per_year * (p.war_on_the_weak if communist_share < p.weak_share else 1.0)


@kernel
def partition(communist_share, american_troops, soviet_hand, p):
    """A line is drawn across China while both hold a good part of it; a patron's troops or word make it likelier."""
    contested = 1.0 - within((abs(communist_share - 0.5) - p.middle) / p.middle, 0.0, 1.0)
    patrons = 1.0 + p.partition_by_america * american_troops + p.partition_by_moscow * soviet_hand
    return p.partition_per_year * contested * patrons


@kernel
def collapse(communist_share, p):
    """The side that holds less falls, the sooner the less it holds; communists driven underground hold out longer."""
    left = min(communist_share, 1.0 - communist_share)
    per_year = p.collapse_per_year * exp(-left / p.collapse_share)
    return per_year * (p.hard_to_root_out if communist_share < 0.5 else 1.0)


@rule(
    "china.campaigns",
    draws="shock",
    facts=("after.china.share-1946", "after.china.liaoshen", "after.china.share-1949", "after.china.armies"),
    leaves_out="generals, single campaigns and the inflation that ate the Nationalists' pay; recruits from prisoners",
)
def campaigns(communist_share, soviet_hand, american_aid, american_troops, years_of_war, chiang_gone, p):
    """How do the fronts of China's war move in a quarter?

    In its first year the Nationalists took cities, Yan'an among them, and were weakened by it; in the third their
    armies of Manchuria, Shandong and the Huai went over or were destroyed within four months. Time worked against a
    government that paid its soldiers in paper; once the cities fell, success fed on itself.

    communist_share  0..1    share of China's people under the communists
    soviet_hand      0..1    how far Moscow's hand in Manchuria helps them
    american_aid     0 or 1  America arms the Nationalists
    american_troops  0 or 1  American troops fight beside them
    years_of_war     >=0     years since open war began
    chiang_gone      0 or 1  Chiang is dead or held: no one else holds his generals together
    p                        log odds of the share: book/parameters/after.toml
    returns          (mean, spread) of the change in the quarter
    """
    mean = p.drift + p.soviet_hand * soviet_hand + p.momentum * max(communist_share - 0.5, 0.0)
    mean += p.per_year * min(years_of_war, p.years_of_decay) + p.without_chiang * chiang_gone
    return mean - p.american_aid * american_aid - p.american_troops * american_troops, p.spread


@kernel
def share_after(communist_share, change):
    """The communists' share after a change in its log odds."""
    share = within(communist_share, LEAST_SHARE, MOST_SHARE)
    odds = log(share / (1.0 - share)) + change
    return within(1.0 / (1.0 + exp(-odds)), LEAST_SHARE, MOST_SHARE)


@rule(
    "washington.helps-china",
    draws="choice",
    options=("leaves", "aids", "troops"),
    silent="aids",
    facts=("after.china.american-aid", "after.china.aid-act", "after.china.white-paper"),
    leaves_out="the embargo on arms of 1946-47; loans, the air force bought, advisers",
)
def helps_china(communist_share, isolationist, fought_japan, p):
    """Does Washington leave China's Nationalists to themselves, arm them, or send troops?

    It gave some two thousand million dollars and no divisions: nobody in Washington wanted an American army in China,
    and few wanted to be seen to abandon Chiang before he had lost.

    communist_share  0..1    share of China's people under the communists
    isolationist     0 or 1  a president elected to keep out of the world's quarrels
    fought_japan     0 or 1  America has fought Japan: China was its ally
    p                        in noise units: book/parameters/after.toml
    returns                  utilities of (leaves, aids, troops), asked each January
    """
    lost = within((communist_share - p.thought_lost) / (1.0 - p.thought_lost), 0.0, 1.0)
    leaves = p.leaves + p.once_lost * lost + p.isolation * isolationist + p.no_ally * (1.0 - fought_japan)
    return leaves, 0.0, p.troops - p.isolation * isolationist - p.no_ally * (1.0 - fought_japan)
