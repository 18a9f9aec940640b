"""What the record, counts of comparable cases and historians' judgements say about the parameters, and how sure.

coordinates   parameters as standard normal numbers
likelihood    how likely the rules make what is known, for one parameter draw
observations  what the rules say of historians' verdicts and counted base rates (ledger, calls)
sampler       chains over parameters and latent luck
by_address    many uniforms at once, each at its address
sensitivity   groups of parameters, single parameters, chance: what moves an outcome
mind          how far one prior must move to halve or double a probability
structure     what a changed world with history's own luck owes to the convention that carries it over
sensitivity_report   all of it for the headline answers, and where it is kept
"""
