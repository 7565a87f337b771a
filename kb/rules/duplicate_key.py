"""A field is given twice.

Only one of the two can count, and which one a reader gets would be chance: the first is kept, and the second is reported. Several
targets of one relation are a list.

Bad:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    tags: weather
    tags: colour    # <- duplicate-key

Good:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    tags: [weather, colour]
"""

SEVERITY = "error"
