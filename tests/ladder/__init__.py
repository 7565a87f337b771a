"""The oracle ladder: comparisons of two independent computations of the same thing, from single labels up to whole debates.

A rung is a function that makes cases and one that compares. The tests run each with few cases; `python docs/checks.py` runs it with many
and writes down how many it tried.
"""
