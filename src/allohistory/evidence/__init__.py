"""What the record, counts of comparable cases and historians' judgements say about the parameters, and how sure.

coordinates   parameters as standard normal numbers
likelihood    how likely the rules make what is known, for one parameter draw
observations  what the rules say of historians' verdicts and counted base rates (ledger, calls)
"""
