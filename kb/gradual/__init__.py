"""How strong points are by numbers that somebody gave them: a reading beside the verdict, which no number turns."""
