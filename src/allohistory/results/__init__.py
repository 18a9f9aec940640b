"""6 What a run leaves behind: the shape of an answer, the files it is written to, the words for its numbers."""
