"""A file is larger than a file of a debate can be.

A debate is made of short texts, one or a few to a file; a file beyond a million bytes is something else that got here by mistake, and
reading it would only cost time. (In the example `{and blue * 200000}` stands for that many repetitions.)

Bad:

    ## talk/sky-is-blue.yaml
    kind: claim    # <- too-large
    text: The sky is blue {and blue * 200000}.

Good:

    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue {and blue * 2}.
"""

SEVERITY = "error"
