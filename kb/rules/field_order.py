"""The fields of a record stand in an unusual order.

Who reads many points finds each thing at once if it always stands at its place. That of a node: `id`, `kind`, `title`, `text`; who
says it and how (`by`, `source`, `certainty`, `attributed_to`, `stands_alone`, `exclusive`, `weight`); `premises` and `scheme`; the relations, from
`supports` to `replies_to`; then what editors add (`terms`, `tags`, `topic`, `note`, `allow`, `expect`, `data`).

Bad:

    id: light-scatters
    text: Air scatters blue light more than red.
    supports: sky-is-blue
    # Rayleigh had it first.
    kind: claim    # <- field-order
    ---
    id: sky-is-blue
    kind: claim
    text: The sky is blue.

Good:

    id: light-scatters
    # Rayleigh had it first.
    kind: claim
    text: Air scatters blue light more than red.
    supports: sky-is-blue
    ---
    id: sky-is-blue
    kind: claim
    text: The sky is blue.
"""

SEVERITY = "info"
PROFILE = "pedantic"
FIX = "sometimes"
