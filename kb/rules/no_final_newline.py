"""The last line of a file has no end.

Whoever adds a field below it changes two lines instead of one, so that the history shows them as author of a point that somebody
else made; and two files put together run into each other.

Bad:

    ## talk/sky-is-blue.yaml (unended)
    kind: claim
    text: The sky is blue.    # <- no-final-newline

Good:

    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
"""

SEVERITY = "info"
PROFILE = "pedantic"
FIX = "sometimes"
