"""A record lacks a field that it needs.

A node needs a kind and (unless it is an argument) a text, a source and a topic a title, a participant a name, a term its word and
every sense a text, a passage an id. Without it there is nothing to show or to refer to.

Bad:

    id: sky-is-blue    # <- missing-field
    text: The sky is blue.

Bad:

    id: sky-is-blue    # <- missing-field
    kind: claim

Good:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
"""

SEVERITY = "error"
