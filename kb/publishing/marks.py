"""Marks of what a site is made of: of what all its pages share, and of everything. As long as a mark is the same, so is what is made of it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.incremental.parts import Parts
    from kb.publishing.theme import Theme


def shared_mark(theme: Theme, parts: Parts) -> str:
    """The mark of all that pages share."""
    return hashlib.blake2b(f"{parts.shared} {theme.mark}".encode(), digest_size=20).hexdigest()


def site_mark(theme: Theme, parts: Parts) -> str:
    """The mark of all that a site is made of."""
    hashed = hashlib.blake2b(shared_mark(theme, parts).encode(), digest_size=20)
    for mark in sorted(set(parts.marks.values())):
        hashed.update(mark.encode())
    for path, content in theme.assets:
        hashed.update(f"{path} {content!r}".encode())
    return hashed.hexdigest()
