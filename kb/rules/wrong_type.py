"""A field holds a value of the wrong shape.

A list where one word belongs, a word where a list of mappings belongs, or nothing at all: what was meant cannot be read, so the
field is left out and the point reaches readers without it.

Bad:

    id: sky-is-blue
    kind: claim
    title: [The sky]    # <- wrong-type
    text: The sky is blue.

Good:

    id: sky-is-blue
    kind: claim
    title: The sky
    text: The sky is blue.
"""

SEVERITY = "error"
FIX = "sometimes"
