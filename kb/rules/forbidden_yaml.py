"""YAML beyond plain mappings, lists and texts.

Anchors, aliases, merge keys and tags make a file mean something other than what it shows, and a reviewer cannot judge a point by
looking at its file. The debate is written without them.

Bad:

    id: sky-is-blue
    kind: claim
    text: &blue The sky is blue.    # <- forbidden-yaml

Bad:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    tags: !!set [weather]    # <- forbidden-yaml

Good:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    tags: [weather]
"""

SEVERITY = "error"
