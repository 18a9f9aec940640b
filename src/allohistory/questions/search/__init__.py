"""What would it take? Sets of points of divergence: how surprising, and how likely they make an outcome.

read   search.py for the whole, race.py for who is dropped and when, front.py for who is on the front
"""
