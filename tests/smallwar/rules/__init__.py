"""The rule book of the small scenario."""
