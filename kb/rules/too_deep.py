"""Lists and mappings are nested deeper than a debate can need.

A node needs four levels. Beyond twenty the file was cut, made by a machine or meant to harm; reading stops there and the document
is left out.

Bad:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    data: {x: [[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]}    # <- too-deep

Good:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    data: {x: [[1]]}
"""

SEVERITY = "error"
