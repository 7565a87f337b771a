"""How a debate went: who spoke when, what each turn did to what was said before, and where something turned."""
