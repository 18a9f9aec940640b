"""The checks that `allohistory check` knows, as its help lists them."""

CHECK = """\
free-running   history let run by the rules alone, beside a historian's expectations; OFF marks what is far off
sense          a thousand free wars of each of six years, beside a historian's expectations of wars
sheet          both together, line by line of the sanity sheet, with a word on each that is outside
ensemble       our history, month by month, in the spread of free timelines, and its distance to them as a whole
outcomes       every outcome under free luck from several days on, and what comes before it
divergences    what each point of divergence moves beyond Monte Carlo error
judgements     historians' verdicts on worlds that may differ from ours, beside whole timelines
chains         arguments of the debate, link by link
campaigns      campaigns of the record fought again by the rules, figure by figure
inference      whether posteriors of simulated histories are right, and their intervals; as kept, --full goes on
forecasts      calibrated up to a year, how well the rules say what came next, beside counting; --full anew
engagements    the model of land combat, scored on the table of --data
sensitivity    what moves the headline answers, and what would change our mind; kept, --full measures it anew
exit code 3 says that a line is off; for sense, a line that is counted or certain."""
