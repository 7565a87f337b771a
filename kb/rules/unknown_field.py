"""A record has no such field.

What stands under a misspelt or made-up field is read by nobody: the point goes out without it, and no verdict takes it into account.
What editors want to keep without its being interpreted goes under `data`.

Bad:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    titel: Sky    # <- unknown-field

Good:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    title: Sky
"""

SEVERITY = "error"
FIX = "sometimes"
