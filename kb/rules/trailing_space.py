r"""A line ends in spaces.

Nobody sees them, but the next editor whose program removes them changes lines they never meant to touch, and whoever reviews
that change looks in vain for a difference in what is said. Inside a text of several lines they may be meant and are left alone.

Bad:

    id: sky-is-blue
    kind: claim    # <- trailing-space\x20
    text: The sky is blue.

Good:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
"""

SEVERITY = "info"
PROFILE = "pedantic"
FIX = "safe"
