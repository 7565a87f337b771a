"""Jinja's templates compiled to run ten thousand times, with every text escaped and a debate's own templates kept in a sandbox."""
