"""Play: you decide for one actor, the rules decide for the rest. The address of a timeline is all the state there is.

tables      who can be played, which of their decisions reach the desk, and in what words (TOML beside, by scenario)
listening   a timeline run with an ear to it: every decision asked, and one week taken apart rule by rule
desk        which of an actor's decisions reach the desk, which of them are past, which comes next
advice      what an adviser would say: which inputs of the rule speak for an option, which against it
papers      what is known on the day: dispatches, beliefs, figures
moves       a choice, or leave to the advisers, as another timeline's address
score       how surprising the history is: the player's decisions apart from the world's luck
game        one sheet of the game, from an address
"""
