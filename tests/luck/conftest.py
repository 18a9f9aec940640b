"""Settings of Hypothesis for tests of compiled code: the first call compiles, and a pass stays a pass."""

from hypothesis import settings

settings.register_profile("compiled", deadline=None, derandomize=True)
settings.load_profile("compiled")
