"""An `allow` matches no finding.

An accepted finding is a promise with a reason. When the finding is gone the entry only hides the next fault of its kind, so it
has to go as well. The same holds for an entry that names no rule, or one about a file that could not be read as written.

Bad:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    allow:
      self-relation: it is only a test    # <- stale-allow

Good:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
"""

SEVERITY = "warning"
FIX = "sometimes"
