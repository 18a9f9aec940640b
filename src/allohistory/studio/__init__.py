"""The studio: Allohistory in the browser, and its HTTP interface. It listens on this machine alone unless told else.

app         puts the pieces together
settings    where it listens, and how much work one request may ask for
guard       hosts, origins, sizes: what is turned away before any work
failing     every error in one shape, the command line's
bodies      the JSON of a request, read strictly
reading     from a body to a question, with the checks of a what-if file
answering   how each kind of question is looked through and answered
jobs        questions that take a while: queued, followed, stopped
questions   POST ask, search, roads, hinges, explain, and the jobs that come of them
described   the interface described for machines (OpenAPI)
kept_lists  texts made once and given out many times
overview    the scenario in one look
catalogue   what the scenario holds: divergences, record, outcomes, parameters, rules, claims, the scoreboard
line        our history as a line of events, with what else each might have been
presets     questions from real debates, for the first page
timelines   one timeline: its chronicle, series, map, exports, forks
kept        the timelines that were asked for lately
carrying    a timeline as a file to carry away
examples    timelines to begin with
evidence    what the checks have kept, as the page draws it
playing     decisions for one actor
pages       the page itself, built from page/ and shipped in the wheel
"""
