"""A timeline as history: chapters of dated entries, with causes, at three lengths; a sentence knows what it rests on.

sentence.py   what a history is made of
words.py      the scenario's words for it (`history.toml`)
months.py     a month of war on land in facts; war_words.py: those facts in sentences
causes.py     why a decision fell as it did
chapters.py   where one chapter ends and another begins
write.py      all of it put together
basis.py      the rule, facts and sources behind each sentence
"""
