"""The site as it would be, shown while a debate is being edited: built anew with every save, with what the linter finds beside it."""
