"""When was it decided? The probability of an outcome given our history up to each week, and what moved it."""
