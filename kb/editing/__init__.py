"""In the editor: what a word means, what could stand here, what would be right; pure answers from a debate and the text at hand."""
