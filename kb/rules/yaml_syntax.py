"""A file is not YAML.

This document could not be read to its end, so its point is missing from the debate; documents behind the next `---` are read. Most often
a text holds `: ` without quotes, a quote is not closed, or a line is indented differently from its neighbours. What is shown is the
slip that most likely was made, which may stand lines before the place where YAML becomes impossible to read.

Bad:

    id: sky-is-blue
    kind: claim
    text: The sky: it is blue.    # <- yaml-syntax

Good:

    id: sky-is-blue
    kind: claim
    text: >-
      The sky: it is blue.
"""

SEVERITY = "error"
