"""8 What people ask: a question, the worlds it needs, the numbers that answer it."""
