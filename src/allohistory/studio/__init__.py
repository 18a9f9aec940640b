"""The studio: Allohistory in the browser, and its HTTP interface. It listens on this machine alone unless told otherwise.

app         puts the pieces together
settings    where it listens, and how much work one request may ask for
guard       hosts, origins, sizes: what is turned away before any work
failing     every error in one shape, the command line's
jobs        questions that take a while: queued, followed, stopped
questions   POST ask, search, roads, hinges, explain
catalogue   what the scenario holds: divergences, record, outcomes, parameters, rules, claims, the scoreboard
line        our history as a line of events, with what else each might have been
presets     questions from real debates, for the first page
timelines   one timeline: its chronicle, series, map, exports, forks
evidence    what the checks have kept, as the page draws it
playing     decisions for one actor
pages       the page itself, built from page/ and shipped in the wheel
"""
