"""Two timelines beside each other: what only one of them has, year by year, and the first cause of each difference."""
