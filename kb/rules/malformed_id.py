"""An id is not made of lower-case words joined by hyphens.

The id is the file's name, the page's address and the word to type at the terminal, on every system and in every shell; so it is
lower-case letters a to z, digits and single hyphens, at most 80 characters.

Bad:

    ## talk/Sky_is_blue.yaml
    kind: claim    # <- malformed-id
    text: The sky is blue.

Bad:

    kind: claim
    id: ../sky-is-blue    # <- malformed-id
    text: The sky is blue.

Good:

    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
"""

SEVERITY = "error"
