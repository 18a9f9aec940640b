"""The debate: the arguments people have about a scenario, each put as inequalities and judged.

    <scenario>/claims.toml   the arguments and their parts, written before the first run
    <scenario>/claims.json   what came of them, and of which model
    table.py                 reads the arguments
    judge.py                 runs the worlds that they need, each once, and judges
    kept.py                  keeps the verdicts, and tells an old model's from the present one's

The table stands here and not in the scenario's book: an argument moves no timeline, so it must move no digest.
"""
