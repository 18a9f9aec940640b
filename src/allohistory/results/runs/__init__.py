"""Runs on disk (design: interfaces, section 10): a folder of parts, written whole or not at all, and what is in it."""
