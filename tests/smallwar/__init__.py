"""A small scenario for the tests of what stands on the engine: two sectors, clashes, answers, a war, four years."""
