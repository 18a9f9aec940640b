"""The rule book: one subject a file, one decision a function; rules state chances and never draw."""
