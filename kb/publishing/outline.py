"""The thread of a node as a page shows it: some levels, some entries, and how many more there are where it was cut."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.publishing.cards import Link, Tie, link, replies, tie
from kb.queries.objections import state_of
from kb.queries.thread import PREMISE, threads
from kb.vocabulary import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kb.debate import Debate
    from kb.queries.thread import Entry

DEPTH, MOST = 3, 40
"""Levels and entries of a thread on one page; the rest is one click away."""


@dataclass(frozen=True, slots=True)
class Branch:
    """An entry of a thread."""

    node: str
    href: str
    tie: Tie
    linked: tuple[Link, ...]
    """Premises that carry the step only together with it."""
    fate: str
    """Of an objection to the node the page is about: how it fares."""
    step: Link | None
    """Of an undercut: what the step it denies leads to; it starts at the node above."""
    again: bool
    """Its replies are unfolded elsewhere in the outline."""
    replies: int
    branches: tuple[Branch, ...]
    more: int
    """What this page leaves out: direct responses that found no room; of an entry shown without its thread all moves below it."""


@dataclass(frozen=True, slots=True)
class Group:
    """The responses of one kind."""

    tie: Tie
    branches: tuple[Branch, ...]
    more: int


def groups(
    debate: Debate,
    node_id: str,
    *,
    depth: int = DEPTH,
    most: int = MOST,
    without: frozenset[str] = frozenset(),
    fates: bool = False,
) -> tuple[Group, ...]:
    """The thread under a node by how it is responded to, in the order of the vocabulary; `without` leaves relations out.

    With `fates`, direct objections say how they fare.
    """
    if not threads(debate).responses(node_id):
        return ()
    root = threads(debate).thread(node_id, depth)
    entries = [entry for entry in root.children if entry.relation not in without]
    kept = _nearest(entries, most)
    unfolded = frozenset(e.node for e in kept.values() if any(id(c) in kept for c in e.children)) | {node_id}
    found = []
    for relation in (PREMISE, *RELATIONS):
        of_kind = [e for e in entries if e.relation == relation]
        if of_kind:
            shown = tuple(_branch(debate, e, kept, unfolded, fates=fates) for e in of_kind if id(e) in kept)
            found.append(Group(tie(relation), shown, len(of_kind) - len(shown)))
    return tuple(found)


def _nearest(entries: Iterable[Entry], most: int) -> Mapping[int, Entry]:
    """The entries nearest to the root, by identity."""
    queue = deque(entries)
    kept: dict[int, Entry] = {}
    while queue and len(kept) < most:
        entry = queue.popleft()
        kept[id(entry)] = entry
        queue.extend(entry.children)
    return kept


def _branch(
    debate: Debate, entry: Entry, kept: Mapping[int, Entry], unfolded: frozenset[str], *, fates: bool = False
) -> Branch:
    branches = tuple(_branch(debate, child, kept, unfolded) for child in entry.children if id(child) in kept)
    again, below = entry.again and entry.node in unfolded, replies(debate, entry.node)
    found = link(debate, entry.node)
    return Branch(
        entry.node,
        found.href,
        tie(entry.relation),
        tuple(link(debate, n) for n in entry.linked),
        (state_of(debate, entry.made) or "") if fates else "",
        None if entry.step is None else link(debate, entry.step.target),
        again,
        below,
        branches,
        0 if again else len(entry.children) - len(branches) if branches else below,
    )
