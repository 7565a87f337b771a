"""No relation has this name.

The line between the two points is not drawn: neither the map nor the verdict knows that one bears on the other. `kb rule --all` and
the site's legend list the relations there are.

Bad:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    suports: light-scatters    # <- unknown-relation
    ---
    id: light-scatters
    kind: claim
    text: Air scatters blue light more than red.

Good:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    supports: light-scatters
    ---
    id: light-scatters
    kind: claim
    text: Air scatters blue light more than red.
"""

SEVERITY = "error"
FIX = "sometimes"
