"""A node is of an unknown kind.

Whether something is asked, claimed, objected or replied decides where readers meet it and what may be said about it. The kinds are
question, claim, objection, reply and argument.

Bad:

    id: sky-is-blue
    kind: clam    # <- unknown-kind
    text: The sky is blue.

Good:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
"""

SEVERITY = "error"
FIX = "sometimes"
