"""Words stand in quotes that need none.

Quotes around some ids and not around others make a reader look for a difference, and a search for a field with its value misses the
half of them. Quotes that keep other programs from taking a word for a number, a date or a yes are needed.

Bad:

    id: sky-is-blue
    kind: 'claim'    # <- redundant-quotes
    title: 'Blue: the sky'
    text: "The sky is blue."    # <- redundant-quotes

Good:

    id: sky-is-blue
    kind: claim
    title: 'Blue: the sky'
    text: The sky is blue.
"""

SEVERITY = "info"
PROFILE = "pedantic"
FIX = "safe"
