"""The options of each command, a module a command; COMMANDS is the order in which `--help` lists them."""

COMMANDS = (
    "ask",
    "pods",
    "record",
    "hinges",
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
