"""Findings on their way to a reader: what a format is given, and how places, excerpts and rows are written."""
