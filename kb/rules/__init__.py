"""The rules of the linter, one fault a file: the docstring is the manual page and, by its examples, the test.

`Bad:` shows what is found, with `# <- rule-name` on the line the finding points at; `Good:` shows it mended. A line
`## path` starts another file of the example; `claims/` and a `kb.yaml` are supplied.
"""
