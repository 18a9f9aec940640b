"""Many histories: the timelines of a plan, spread over threads, the same whatever the number of threads."""
