"""Charts by Altair: the fronts of a war, and how the world divides among its states year by year."""
