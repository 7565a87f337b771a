"""The files of a site: which of them are made again, whether their links lead somewhere, and the folder they are written to."""
