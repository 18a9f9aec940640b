"""Posterior predictive checks: timelines of posterior draws, left to themselves, beside what happened.

asked    what a historian would ask of them, as `evidence/asked/SCENARIO/predictive.toml` has it
checks   the features of our history among those of the timelines
disputes   headline answers under each camp's reading of a disputed figure
"""
