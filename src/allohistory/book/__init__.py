"""The book of a scenario: its facts, record, parameters, variables, outcomes and points of divergence.

Start at `open.py` (reads a folder into a `Book`); `tables.py` says what a book holds and `check.py` what makes
it sound; `changes.py` and `resolve.py` how a user's change is written and understood; `expressions.py` how an
outcome is asked for; `priors.py` what is believed of a parameter; `what_if.py` how a question is kept.
"""
