"""What records were called before: where an old address leads, and what an old reference means."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.memory import once

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.debate import Debate
    from kb.model import Node, Participant, Source, Term


class Former(NamedTuple):
    """The id that each former one stands for; one that is in use again, or claimed before, stands for nothing."""

    nodes: Mapping[str, str]
    sources: Mapping[str, str]
    participants: Mapping[str, str]
    terms: Mapping[str, str]


@once
def former(debate: Debate) -> Former:
    """The former ids of a debate."""
    return Former(
        _renamed(debate.nodes), _renamed(debate.sources), _renamed(debate.participants), _renamed(debate.terms)
    )


def _renamed(records: Mapping[str, Node] | Mapping[str, Source | Participant | Term]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for record in records.values():
        for old in record.formerly:
            if old not in records:
                found.setdefault(old, record.id)
    return found
