"""A file is not YAML.

From the place shown on, nothing of this document could be read, so its points are missing from the debate. Most often a text holds
`: ` without quotes, a quote is not closed, or a line is indented differently from its neighbours.

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
