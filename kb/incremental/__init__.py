"""Checking a debate again after an edit for the cost of the edit: what changed, what is connected with it, which rules that concerns."""
