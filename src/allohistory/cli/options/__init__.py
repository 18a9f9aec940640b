"""The options of each command, a module a command; COMMANDS is the order in which `--help` lists them."""

COMMANDS = (
    "ask",
    "claims",
    "roads",
    "pods",
    "record",
    "hinges",
    "explain",
    "replay",
    "outcomes",
    "sources",
    "tell",
    "fork",
    "map",
    "search",
    "check",
    "calibrate",
    "bench",
    "runs",
    "sql",
)
