"""The options of each command, a module a command; COMMANDS is the order in which `--help` lists them."""

COMMANDS = (
    "ask",
    "pods",
    "record",
    "replay",
    "outcomes",
    "sources",
    "tell",
    "fork",
    "compare",
    "map",
    "check",
    "calibrate",
    "bench",
)
