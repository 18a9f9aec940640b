"""Luck: one address, one draw.

Read in this order: `compiled` (how a kernel is made), `philox` (random words), `address` (where a draw
lives), `arithmetic` (exp and friends, the same bits everywhere), `draws` (choice and shock from the prior),
`hindsight` (the same from the posterior, and the clock).
"""
