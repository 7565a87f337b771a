"""The id written in a file is not the file's name.

Whoever looks for a point opens the file of that name, and whoever reads the file cites what it is called: the two must agree. In
a file of one node `id` may as well be left out.

Bad:

    ## talk/sky-is-blue.yaml
    id: heaven-is-blue    # <- id-mismatch
    kind: claim
    text: The sky is blue.

Good:

    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
"""

SEVERITY = "error"
FIX = "unsafe"
