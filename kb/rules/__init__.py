r"""The rules of the linter, one fault a file: the docstring is the manual page and, by its examples, the test.

`Bad:` shows what is found, with `# <- rule-name` on the line the finding points at; `Good:` shows it mended. A line
`## path` starts another file of the example; `claims/` and a `kb.yaml` are supplied. For what text cannot show: `## path -> other`
is a symbolic link, `## path (absent)` leaves a supplied file out, `{words * 9}` stands for nine repetitions and `\xe9` for that
byte. An example gives the findings it announces and no others; rules that only reader, decoder or loader can apply have no `check`.
"""
