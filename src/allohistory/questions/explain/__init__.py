"""Why? What each cause was needed for, what it was enough for, by which steps, and under what conditions."""
