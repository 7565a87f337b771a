"""A debate has no `kb.yaml`.

It tells what the debate is called and which questions lead into it. A folder without one is often not the folder that was meant.

Bad:

    ## kb.yaml (absent)    # <- missing-file
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.

Good:

    ## kb.yaml
    title: The sky
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
"""

SEVERITY = "error"
