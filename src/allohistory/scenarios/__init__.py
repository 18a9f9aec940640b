"""Scenarios, found by name at run time: each a rule book, a record, and the order of its week."""
