"""The steps of the week by subject: they draw through luck and carry out what was drawn."""
