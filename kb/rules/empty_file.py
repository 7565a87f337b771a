"""A file holds nothing.

The name promises a point, and perhaps others refer to it already, but there is none: the file was created and forgotten, or its text got
lost on the way.

Bad:

    ## talk/sky-is-blue.yaml
    # to be written    # <- empty-file

Good:

    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
"""

SEVERITY = "error"
