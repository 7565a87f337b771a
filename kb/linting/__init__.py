"""Around the rules: which of them run and how strictly, what editors accept, and what a finding is known by."""
