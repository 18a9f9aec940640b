"""An answer as a page that can be kept and sent: question, figures, roads, claims, caveats, sources, a timeline, a map.

parts.py      tables, figures and paragraphs as HTML
answers.py    the report of one answer (`ask --report FILE`)
headlines.py  the report of the headline question (`make run`)
"""
