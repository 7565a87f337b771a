"""The thread of a node as a page shows it: some levels, some entries, and where it was cut, how many more there are."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from kb.publishing import addresses
from kb.publishing.cards import Link, Tie, link, tie
from kb.publishing.markup import clean
from kb.queries.objections import objection_state_of
from kb.queries.thread import PREMISE, reply_count, threads
from kb.vocabulary import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kb.debate import Debate
    from kb.queries.thread import ThreadEntry

DEPTH, MOST = 3, 40
"""How many levels and entries of a thread stand on one page; the rest is one click away."""
_ORDER = (PREMISE, *RELATIONS)
"""The order of relations in which readers meet responses."""


class ShownPoints:
    """The points that one page shows in full, so that one that comes up again refers to its place and is not shown twice."""

    def __init__(self, subject: str) -> None:
        """Begin a page on a node."""
        self.address = addresses.node(subject)
        self.places = {subject: "main"}
        self.referred: set[str] = set()

    def add(self, node_id: str) -> None:
        """Note that the page shows a node."""
        self.places.setdefault(node_id, f"n-{node_id}")

    def refer(self, node_id: str) -> str:
        """The anchor of a node that the page shows elsewhere."""
        self.referred.add(node_id)
        return self.places[node_id]

    def link_within(self, debate: Debate, node_id: str) -> Link:
        """A link to the place on this page that shows a node, or else to the node's own page."""
        own_link = link(debate, node_id)
        return Link(f"{self.address}#{self.refer(node_id)}", own_link.name) if node_id in self.places else own_link

    def title(self, debate: Debate, node_id: str) -> str:
        """The title by which references call a node, to be shown at its place; empty if nothing refers to it, or it has no title."""
        return clean(debate.nodes[node_id].title or "") if node_id in self.referred else ""

    def anchor(self, node_id: str) -> str:
        """The HTML id of a node where it is shown; empty if nothing refers to it."""
        return self.places[node_id] if node_id in self.referred else ""


class Branch(NamedTuple):
    """An entry of a thread."""

    debate: Debate
    node: str
    link: Link
    shown: ShownPoints
    place: str
    """The anchor of the place where the node is shown, if that is not here."""
    tie: Tie
    linked: tuple[Link, ...]
    """The premises that carry the step only together with it."""
    part: bool
    """It concedes or gives up only part of what stands above."""
    fate: str
    """How it fares, if it is an objection to the node of the page."""
    step: Link | None
    """Of an undercut, the target of the step it denies; that step starts at the node above."""
    replies: int
    branches: tuple[Branch, ...]
    more: int
    """How much this page leaves out: direct responses without room; or all moves below an entry that is shown without its thread."""

    @property
    def anchor(self) -> str:
        """Its HTML id, if another place on the page refers to it."""
        return self.shown.anchor(self.node)

    @property
    def title(self) -> str:
        """The title by which such a reference calls it."""
        return self.shown.title(self.debate, self.node)


class Group(NamedTuple):
    """The responses of one kind."""

    tie: Tie
    branches: tuple[Branch, ...]
    more: int


def thread_groups(
    debate: Debate,
    node_id: str,
    shown: ShownPoints,
    *,
    depth: int = DEPTH,
    most: int = MOST,
    without: frozenset[str] = frozenset(),
    fates: bool = False,
) -> tuple[Group, ...]:
    """The thread under a node, grouped by relation in the order of the vocabulary; `without` leaves relations out.

    What the page shows already is referred to. With `fates`, direct objections say how they fare.
    """
    if not threads(debate).responses(node_id):
        return ()
    entries = [e for e in threads(debate).thread(node_id, depth).children if e.relation not in without]
    return tuple(_Outline(debate, shown, _nearest_entries(entries, most, shown), fates=fates).groups(entries))


def _nearest_entries(entries: Iterable[ThreadEntry], most: int, shown: ShownPoints) -> Mapping[int, ThreadEntry]:
    """The identities of the entries nearest to the root; entries below a node that the page shows already are not needed again."""
    queue = deque(entries)
    kept: dict[int, ThreadEntry] = {}
    while queue and len(kept) < most:
        entry = queue.popleft()
        kept[id(entry)] = entry
        if entry.node not in shown.places:
            queue.extend(entry.children)
    return kept


class _Outline:
    """Makes the branches of one thread."""

    def __init__(self, debate: Debate, shown: ShownPoints, kept: Mapping[int, ThreadEntry], *, fates: bool) -> None:
        self.debate = debate
        self.shown = shown
        self.kept = kept
        self.fates = fates
        self.shown_first = {e.node for e in kept.values() if not e.again and e.node not in shown.places}
        for node_id in self.shown_first:
            shown.add(node_id)

    def groups(self, entries: list[ThreadEntry]) -> Iterator[Group]:
        """The entries next to the root, those of one kind together."""
        kinds: dict[str, list[ThreadEntry]] = {}
        for entry in entries:
            kinds.setdefault(entry.relation, []).append(entry)
        for relation in filter(kinds.__contains__, _ORDER):
            of_kind = kinds[relation]
            branches = tuple(self._branch(e, nearest=True) for e in of_kind if id(e) in self.kept)
            yield Group(tie(relation), branches, len(of_kind) - len(branches))

    def _branch(self, entry: ThreadEntry, *, nearest: bool = False) -> Branch:
        is_elsewhere = entry.node in self.shown.places and (entry.again or entry.node not in self.shown_first)
        branches = () if is_elsewhere else tuple(self._branch(c) for c in entry.children if id(c) in self.kept)
        below = reply_count(self.debate, entry.node)
        return Branch(
            self.debate,
            entry.node,
            link(self.debate, entry.node),
            self.shown,
            self.shown.refer(entry.node) if is_elsewhere else "",
            tie(entry.relation),
            tuple(self.shown.link_within(self.debate, n) for n in entry.linked),
            entry.part,
            (objection_state_of(self.debate, entry.made) or "") if self.fates and nearest else "",
            None if entry.step is None else link(self.debate, entry.step.target),
            below,
            branches,
            0 if is_elsewhere else len(entry.children) - len(branches) if branches else below,
        )
