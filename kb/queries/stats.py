"""The debate in numbers: what there is, what stands, what is open, and the shape of the graph."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kb.components import connected
from kb.disagreements import disagreements
from kb.evaluate import evaluate
from kb.queries import coverage
from kb.vocabulary import CERTAINTIES, KINDS, RELATIONS, STATES, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.debate import Debate
    from kb.tables import Row

COLUMNS = ("group", "what", "count")


def rows(debate: Debate) -> list[Row]:
    """Counts by group, in the order of the vocabulary."""
    return [{"group": group, "what": what, "count": count} for group, what, count in _counts(debate)]


def _counts(debate: Debate) -> Iterator[tuple[str, str, int]]:
    nodes, evaluation = debate.nodes.values(), evaluate(debate)
    yield from _tally("nodes", KINDS, (n.kind for n in nodes))
    yield from _tally("certainty", CERTAINTIES, (n.certainty for n in nodes))
    yield from _tally("relations", RELATIONS, (r.kind for n in nodes for r in n.relations))
    yield from _tally("status", STATUSES, (evaluation.status(n.id) or "" for n in nodes))
    yield from _tally("disagreements", STATES, (d.state for d in disagreements(debate)))
    covered = coverage.summary(coverage.rows(debate))
    yield "sources", "documents", len(debate.sources)
    yield "sources", "passages", covered.passages
    yield "sources", "passages cited", covered.cited
    yield "sources", "passages skipped with a reason", covered.skipped
    yield "sources", "passages uncited", covered.uncited
    yield "glossary", "terms", len(debate.terms)
    yield "people", "participants", len(debate.participants)
    yield from _shape(debate)


def _tally(group: str, table: Iterable[str], words: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    counts = Counter(words)
    for name in table:
        if counts[name]:
            yield group, name, counts[name]


def _shape(debate: Debate) -> Iterator[tuple[str, str, int]]:
    """How connected the graph is: separate parts, the largest of them, and the longest line of responses."""
    beside: dict[str, set[str]] = {node_id: set(debate.ends(node_id)) for node_id in debate.nodes}
    for node_id in debate.nodes:
        for end in debate.ends(node_id):
            beside[end].add(node_id)
    seen: set[str] = set()
    parts = [len(part) for node_id in debate.nodes if (part := connected(beside, node_id, seen))]
    yield "graph", "separate parts", len(parts)
    yield "graph", "nodes in the largest part", max(parts, default=0)
    yield "graph", "longest line of responses", max(debate.depths.values(), default=-1) + 1
