"""The oracle ladder: every comparison of two computations that share no way to the result, from single labels up to whole debates.

A rung is a function for the cases and one that compares. The tests climb each with few cases, `python docs/checks.py` with many, and
writes down how many it tried.
"""
