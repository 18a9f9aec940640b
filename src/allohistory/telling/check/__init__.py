"""A history read again: does a sentence contradict its timeline, does a dead man act, is a date out of order?

What is read is the text as made and its dates; what it is held against are the timeline's events and the worlds that
its weeks left. What the maker noted beside a sentence (on what it rests, whether it differs) is not looked at.

templates.py  sentences of the scenario's tables turned round: from a text to what it says
events.py     decisions and events: did they come, in that week, and before if "again" is said?
war.py        a month of war: places, kilometres, losses, prisoners, landings
people.py     who is dead, who holds which office, which name was not yet in use
style.py      order of dates, patterns, neighbours, two histories alike
read.py       all of it for one history, and for many
"""
