r"""A file is not text in UTF-8.

Letters saved in another encoding, or bytes that are no letters at all, would reach readers as garbage: nothing is taken from such a
file. What else is wrong in the fields that can be read is told all the same. (In the example `\xe9` stands for that one byte, an é in
Latin-1.)

Bad:

    ## talk/coffee-house.yaml
    kind: claim
    text: It was settled in a caf\xe9.    # <- encoding

Good:

    ## talk/coffee-house.yaml
    kind: claim
    text: It was settled in a café.
"""

SEVERITY = "error"
