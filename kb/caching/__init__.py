"""What was read and found is remembered beside the debate, so that the next look costs what changed since."""
