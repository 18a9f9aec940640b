"""What each command's help says at its end."""

ASK = """\
examples:
  allohistory ask --pod khasan-escalates
  allohistory ask --do 'border.incident[amur]@1937-07-10=fires' --outcome serious_war --timelines 5000
  allohistory ask --from 1937-01-01 --outcome 'china_war before 1938' --json

a change is TARGET[ENTITY]@WHEN=VALUE, also *=NUMBER and +=NUMBER: a record entry (=option, =never, =date), a rule
that chooses (=option), a clock (=fires, =never, *=0.5), a shock, a variable or a parameter (=number, *=2).
`allohistory pods`, `allohistory record` and `allohistory outcomes` list the ids."""
PODS = "surprise is what the rules say: 3 bits is 1 in 8. Changes of state have no probability; theirs is judged."
RECORD = "allohistory record khasan.night-attack shows one entry with its reasons and source."
REPLAY = "every recorded event is imposed and scored; `missing` lists what did not come back."
OUTCOMES = "expressions join them: and, or, not, before, after, within 6 months of, =, <, >, brackets."
SOURCES = "for a parameter: what is believed, in words too, on which facts, and which rules use it."
HOW_LONG = "post: how it ends; essay (default): the chronicle too; annals: every event there is"
TELL = (
    "what our history has instead stands in brackets. Addresses forgive upper case, o for 0, i and l for 1."
)
MAP = "railways, works, ports, who holds what; in war also lines of contact, armies, railheads and landings."
FORK = """\
example:
  allohistory fork ADDRESS --from 1939-05-01 --do 'border.incident@1939-05..1939-09=never'

changes are written as for `allohistory ask`; none may act before the week of --from. The fork has an address of its
own, which can be told and forked again. Without a change, and with its own luck, it is the timeline itself."""
CALIBRATE = """\
writes the scenario's kept draws and what became of each prior. Stopped, it goes on where it was when run again.
Needs the extra: python -m pip install "allohistory[calibrate]"."""
BENCH = "timings use a seed that was not asked before; each figure stands beside its baseline."
