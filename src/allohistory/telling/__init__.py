"""9 What one timeline is like, in words."""
