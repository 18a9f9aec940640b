"""The options of each command, a module a command; COMMANDS is the order in which `--help` lists them."""

COMMANDS = (
    "ask",
    "roads",
    "search",
    "hinges",
    "explain",
    "claims",
    "pods",
    "record",
    "replay",
    "outcomes",
    "sources",
    "tell",
    "compare",
    "fork",
    "map",
    "runs",
    "sql",
    "check",
    "calibrate",
    "bench",
)
