"""Land combat as engagements show it: who wins and at what loss, from what was known beforehand.

A model fitted on battles of 1900 to 1973 (docs/engagements.md); its posterior draws are kept beside this file.
"""
