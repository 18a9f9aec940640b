"""One module a command: each has `run(options) -> int`, which prints to stdout and returns the exit code."""
