"""The certainty of a point is given by an unknown word.

A guess would be shown as an assertion, or the other way round, and the speaker held to it. The words are asserted, tentative,
speculative, arguendo (supposed for argument's sake) and mentioned (raised, held by nobody).

Bad:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    certainty: tentativ    # <- unknown-certainty

Good:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    certainty: tentative
"""

SEVERITY = "error"
FIX = "sometimes"
