"""Two records share an id.

A reference to the id could mean either, so only one is kept, that in the file of this name or else the first, and what others say about
the other is lost. Nodes share one set of names over all folders, together with the ids that relations were given.

Bad:

    ## sky/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    ## talk/sky-is-blue.yaml
    kind: claim    # <- duplicate-id
    text: Heaven is blue.

Bad:

    id: light-scatters
    kind: claim
    text: Air scatters blue light more than red.
    supports:
      - to: sky-is-blue
        id: sky-is-blue    # <- duplicate-id
    ---
    id: sky-is-blue
    kind: claim
    text: The sky is blue.

Good:

    ## sky/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    ## talk/heaven-is-blue.yaml
    kind: claim
    text: Heaven is blue.
"""

SEVERITY = "error"
