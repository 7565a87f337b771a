"""A file or folder was not read.

Its points are missing from the debate. Symbolic links are not followed, so that nothing outside the folder is published by mistake and
no loop of links is walked; a file without permission has to be made readable. (`->` in the example is such a link.)

Bad:

    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    ## talk/heaven-is-blue.yaml -> sky-is-blue.yaml    # <- unreadable-file

Good:

    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
"""

SEVERITY = "error"
