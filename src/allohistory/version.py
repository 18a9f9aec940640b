"""The version of the package, in one place; below everything else, so that anything may read it."""

VERSION = "0.8.0"
