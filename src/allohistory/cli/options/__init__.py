"""The options of each command, a module a command; COMMANDS is the order in which `--help` lists them."""

COMMANDS = (
    "ask",
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
    "check",
    "calibrate",
    "bench",
)
