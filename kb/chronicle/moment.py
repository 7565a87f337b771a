"""What was on record when a turn ended: which points had been said, which of their relations made, and where they led."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.chronicle.turns import cited_again, is_told, turn_span
from kb.passages import NOWHERE_SAID
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.chronicle.turns import Turn
    from kb.debate import Debate
    from kb.model import Relation


class Moment:
    """The end of a turn. Nothing that came later may be told of it."""

    def __init__(self, debate: Debate, turn: Turn) -> None:
        self.debate, self.turn = debate, turn
        self.inside = dict.fromkeys(turn.nodes)
        self.begins, self.ends = turn_span(debate, turn)
        self.repeated = tuple(node for node in cited_again(debate, turn) if self.was_earlier(node))
        """Points said before that came up once more."""

    def was_said(self, node_id: str) -> bool:
        """Whether a point had been said; a question that cites nothing, and what nobody said, may have been in the room all along."""
        node = self.debate.nodes[node_id]
        place = self.debate.first_position(node.citations)
        if place != NOWHERE_SAID:
            return place <= self.ends
        last = self.debate.order[self.turn.nodes[-1]]
        return node.kind == QUESTION or not self.debate.speakers(node_id) or self.debate.order[node_id] <= last

    def was_earlier(self, node_id: str) -> bool:
        """Whether a point had been put forward in a turn before this one."""
        return node_id not in self.inside and self.was_said(node_id) and is_told(self.debate, node_id)

    def was_surely_earlier(self, node_id: str) -> bool:
        """Whether that is certain, as it is not of sources without a date."""
        cited = self.debate.nodes[node_id].citations
        return any(self.debate.position(c) < self.begins and self._follows(c.source) for c in cited)

    def _follows(self, source: str) -> bool:
        """Whether the turn is known to have come after all that was said in its own source before it, or in another."""
        if source == self.turn.source:
            return True
        before, now = (self.debate.sources[name].date if name else None for name in (source, self.turn.source))
        return bool(before and now) and not str(now).startswith(str(before))

    def was_made(self, relation: Relation) -> bool:
        """Whether a relation of a point that had been said was made by then, if the record says where it was."""
        return not relation.citations or self.debate.relation_position(relation) <= self.ends

    def is_made_now(self, relation: Relation) -> bool:
        """Whether it is this turn that makes a relation of a point said before: it takes the point up, or says what it is a reason for."""
        debate = self.debate
        places = [debate.position(c) for c in relation.citations or debate.nodes[relation.node].citations]
        ends = debate.relation_ends(relation)
        if not self.was_earlier(relation.node) or not all(map(self.was_said, ends)):
            return False
        end_places = [debate.first_position(debate.nodes[end].citations) for end in ends]
        last_end = max((place for place in end_places if place != NOWHERE_SAID), default=(0, -1, 0))
        if any(self.begins <= place <= self.ends for place in places):
            return not any(last_end <= place < self.begins for place in places)
        only_now = any(end in self.inside for end in ends) and all(place < self.begins for place in places)
        return only_now and not {*self.turn.speakers}.isdisjoint(debate.makers(relation))

    def topic_root(self, node_id: str) -> str:
        """The nearest question or main thesis that a point led to, or is; empty if there was none."""
        seen, queue = {node_id}, [node_id]
        for current in queue:
            for end in self._ends(current):
                if end not in seen:
                    if self._is_root(end):
                        return end
                    seen.add(end)
                    queue.append(end)
        return node_id if self._is_root(node_id) else ""

    def _is_root(self, node_id: str) -> bool:
        return self.debate.nodes[node_id].kind == QUESTION or node_id in self.debate.settings.main

    def _ends(self, node_id: str) -> Iterator[str]:
        """The points that a point led to."""
        node = self.debate.nodes[node_id]
        for relation in node.relations:
            if self.was_made(relation):
                yield from filter(self.was_said, self.debate.relation_ends(relation))
        yield from (
            premise.id for premise in node.premises if premise.id in self.debate.nodes and self.was_said(premise.id)
        )
