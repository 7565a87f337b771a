"""A text ends where a `#` begins a comment.

YAML takes a `#` behind a space, and the rest of the line, for a remark to other editors: what was written there is no part of the text,
and nobody misses it. Where the rest belongs to the text, quotes keep it. A comment that is meant stands two spaces away from
a title or a text.

Bad:

    id: sky-is-blue
    kind: claim
    text: The sky is blue # at noon it is.    # <- text-in-comment

Good:

    id: sky-is-blue
    kind: claim  # but who would object?
    title: The sky  # a short one
    text: "The sky is blue # at noon it is."
"""

SEVERITY = "warning"
