"""What counts of a text when texts are compared word for word."""

from __future__ import annotations

import string

_TYPOGRAPHY = (
    "\u00a0\u00ab\u00ad\u00b7\u00bb\u2010\u2011\u2013\u2014\u2018\u2019\u201c\u201d\u201e\u2022\u2026\u2039\u203a"
)
_SKIPPED = dict.fromkeys(map(ord, string.punctuation + string.whitespace + _TYPOGRAPHY))
"""Spaces and punctuation: what does not change what a text says."""


def letters(text: str) -> str:
    """The letters and digits of a text, in lower case."""
    return text.casefold().translate(_SKIPPED)
