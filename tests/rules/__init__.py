"""Cases for rules beyond their manuals."""
