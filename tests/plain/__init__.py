"""The engine once more, in ordinary Python with dictionaries, written to be read and to disagree."""
