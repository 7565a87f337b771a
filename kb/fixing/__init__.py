"""From findings to files that are mended: which fixes go together, what they leave of the bytes, and when to stop."""
