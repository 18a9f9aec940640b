"""Rare outcomes: what would take brute force too long, and by which roads a history gets there.

splitting.py    multilevel splitting over any population of paths
intervals.py    from repeats to an estimate with its own error
known.py        problems whose probability is known by other means
ladder.py       milestones of an outcome, and the levels between them
histories.py    a scenario's timelines as a population that can be split
estimate.py     brute force or splitting, whichever the outcome needs
signs.py        what fired and was chosen in each timeline, as columns of yes and no
roads.py        timelines that reach an outcome, grouped by their decisive steps
question.py     the question as it is asked, and its answer
"""
