"""Runs on disk: the batches of a question, made by processes or a cluster, kept in parts, answered at the end.

layout     which arms a run has, and what its answer needs of each timeline
making     one batch: its timelines run, its parts' bytes
sources    who makes batches: this process, others beside it (children, worker), a Dask cluster
carry_out  the run itself: resume, make what is missing, write, enter, answer
stored     the timelines of a run, read back for the answer a column at a time
"""
