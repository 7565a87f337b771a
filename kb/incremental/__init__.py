"""Checking a debate again after an edit at the price of the edit: what changed, what is connected with it, which rules that concerns."""
