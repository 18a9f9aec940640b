"""The theatre as a map, in SVG text of our own: peace, or a week of a war.

projection.py   degrees to points on paper
geography.py    coast, waters, borders, railways' courses and names, from the tables in east_asia/
theatre.py      what a scenario says of places, lines and axes
afterwards.py   who holds what, and how it is called, after a peace
situation.py    one week of one timeline: lines of contact, armies, holders
ink.py          lines, rings and words as SVG
lettering.py    where names stand so that they do not run into each other
ground.py       land, water, borders
network.py      railways, works, ports, places
war.py          lines of contact and armies
furniture.py    title, legend, scale
sheet.py        all of it on one sheet
base.py         the sheet without a timeline, for a page that draws it once
frames.py       a timeline's weeks to lay over it
"""
