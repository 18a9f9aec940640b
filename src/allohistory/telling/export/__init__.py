"""A history carried out of the terminal: Markdown, BBCode, HTML, PDF, JSON, GeoJSON and CSV.

pictures.py  which weeks are drawn, and under which names
markdown.py, bbcode.py, page.py (HTML), print_out.py (PDF), geojson.py, tables.py (CSV)
deliver.py   from a format's name to files
"""
