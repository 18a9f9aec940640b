"""Answers that were given before: kept whole below ALLOHISTORY_HOME, shown again at once.

codec    an answer as text and back, to the last bit
shelf    where they lie, under which name, and how many
"""
