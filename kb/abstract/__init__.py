"""Arguments and attacks, and nothing else: the frameworks on which argumentation solvers compete (Dung 1995)."""
