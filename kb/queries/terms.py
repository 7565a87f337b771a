"""The glossary: each term with its senses, who uses which, and where."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kb.memory import once
from kb.model import Sense
from kb.parted import by_part, each
from kb.queries.list import citation_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kb.debate import Debate
    from kb.model import Term
    from kb.tables import Row

COLUMNS = ("id", "sense", "by", "nodes", "text")


def rows(debate: Debate) -> list[Row]:
    """One row a term."""
    return [row(debate, term) for term in debate.terms.values()]


def row(debate: Debate, term: Term) -> Row:
    """A term with its senses, and the nodes that name it."""
    return {
        "id": term.id,
        "term": term.term,
        "senses": [
            {"id": s.id, "text": s.text, "by": list(s.by), "source": citation_rows(s.citations)} for s in term.senses
        ],
        "see_also": list(term.see_also),
        "nodes": list(_nodes_using(debate, term.id)),
    }


def sense_rows(debate: Debate) -> list[Row]:
    """One line a sense, for tables."""
    return [
        {
            "id": term.id,
            "sense": sense.id,
            "by": list(sense.by),
            "nodes": len(_nodes_using(debate, term.id)),
            "text": sense.text,
        }
        for term in debate.terms.values()
        for sense in term.senses or (Sense(id="", text=term.term),)
    ]


def _nodes_using(debate: Debate, name: str) -> tuple[str, ...]:
    return nodes_by_term(debate).get(name, ())


@once
def nodes_by_term(debate: Debate) -> Mapping[str, tuple[str, ...]]:
    """Nodes by the term (`agency`) and the sense (`agency/goal-directed`) they name, in the order of the debate."""
    nodes: dict[str, dict[str, None]] = defaultdict(dict)
    terms = each(debate, _terms_of_nodes(debate))
    for node_id in debate.ordered:
        for term in terms[node_id]:
            nodes[term.partition("/")[0]][node_id] = None
            if "/" in term:
                nodes[term][node_id] = None
    return {name: tuple(ids) for name, ids in nodes.items()}


@by_part
def _terms_of_nodes(debate: Debate) -> Sequence[Sequence[str]]:
    """The terms and senses that each node names."""
    return [node.terms for node in debate.nodes.values()]
