"""One history: a world that rules move week by week, its luck, and what hindsight makes of it."""
