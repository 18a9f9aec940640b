"""10 The same doors from a terminal. Nothing heavy is imported before a command needs it."""
