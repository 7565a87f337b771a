"""The definitions of what is unsettled and of the statuses, by a naive reading of the records."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tests.oracle import IN, LETS_GO, OPEN, OUT, Oracle, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.model import Node, Relation


class StatusOracle(Oracle):
    """One debate, read by the definitions."""

    def sides_told_against(self, node_id: str, seen: frozenset[str] = frozenset()) -> Iterator[set[str]]:
        """The sides that a node tells against, by itself or as a reason for a node that does."""
        for step in self.steps:
            if not step.premises & self.point[node_id]:
                continue
            if step.denies is not None:
                yield self.side_of(step.denies)
            elif step.kind != "supports":
                yield self.backers(step.target)
            elif step.target not in seen:
                yield from self.sides_told_against(step.target, seen | self.point[step.target])

    def backers(self, node_id: str) -> set[str]:
        """Everybody who holds a point, or asks a question and has not given it up."""
        if self.nodes[node_id].kind != "question":
            return self.holders(node_id)
        gone = {who for _, _, who, kind, to, _ in self.acts() if kind in LETS_GO and to in self.point[node_id]}
        members = [self.nodes[m] for m in self.point[node_id]]
        return {who for m in members if self.commits(m) for who in self.speakers(m)} - gone

    def side_of(self, denied: Relation) -> set[str]:
        """Everybody behind a step: its makers, and those who accept what it is a reason for; nobody if it has no effect."""
        made = [s for s in self.steps if s.relation is denied]
        if denied.strict or not made:
            return set()
        makers = set() if denied.kind == "contradicts" else self.makers(denied)
        return makers.union(*(self.backers(s.target) for s in made if s.kind == "supports"))

    @cached_property
    def unsettled(self) -> frozenset[str]:
        """Nodes with a basis of their own that somebody denies or doubts, or that tell against the view of somebody who did not grant them."""
        found = set()
        for node_id in self.nodes:
            if not self.has_own_basis(node_id) or self.is_supposed(node_id):
                continue
            authors = {
                s for m in self.point[node_id] if self.commits(self.nodes[m]) for s in self.speakers(self.nodes[m])
            }
            disputed = set(self.stances[self.point[node_id]].values()) & {"denies", "doubts"}
            waits = any(
                (others := side - authors) and not others & self.backers(node_id)
                for side in self.sides_told_against(node_id, self.point[node_id])
            )
            if disputed or waits:
                found.add(node_id)
        return frozenset(found)

    def is_unheld(self, node_id: str) -> bool:
        """Whether nobody holds a node, and it is not the record's own."""
        return not self.holders(node_id) and not any(
            self.commits(self.nodes[m]) and not self.speakers(self.nodes[m]) for m in self.point[node_id]
        )

    def only_acts(self, node: Node) -> bool:
        """Whether a reply only concedes, retracts, disowns, dissolves or replies, with nothing for or against it."""
        kinds = {r.kind for r in node.relations}
        used = any(
            (r.kind in {"supports", "attacks", "contradicts", "restates"} and r.to == node.id)
            or node.id in r.premises
            or (n.id in self.arguments and node.id in {p.id for p in n.premises})
            for n in self.nodes.values()
            for r in n.relations
        )
        return node.kind == "reply" and bool(kinds) and kinds <= {*LETS_GO, "concedes", "replies_to"} and not used

    def is_challenged(self, node_id: str, seen: frozenset[str] = frozenset()) -> bool:
        """Whether anything on record speaks against a node or its reasons, taken back or not."""
        for s in self.all_steps:
            if s.kind == "rivals" and self.is_unheld(next(iter(s.premises))):
                continue
            if s.relation.kind in {"attacks", "undercuts"} or self.still_counts(s):
                hit = s.target in self.point[node_id] and s.kind in {"attacks", "rivals"}
                if hit or (s.kind == "undercuts" and self.robs(s, node_id)):
                    return True
        return any(
            self.is_challenged(premise, seen | self.point[node_id])
            for s in self.reasons_for(node_id)
            for premise in s.premises
            if premise not in seen
        )

    def robs(self, undercut: Step, node_id: str) -> bool:
        """Whether an undercut denies a reason for a node, or the argument that it is."""
        denied = undercut.denies
        if denied is None:
            return False
        if undercut.relation.kind == "contradicts":
            made = [s for s in self.steps if s.relation is denied and s.kind == "supports" and not denied.strict]
            return any(s.target in self.point[node_id] for s in made)
        reason = denied.kind == "supports" and denied.to in self.point[node_id]
        return reason or self.arguments.get(node_id) is denied

    def status(self, node_id: str) -> str | None:
        """The status of a node: the first row of the table that applies."""
        node = self.nodes[node_id]
        if node.kind == "question" or self.only_acts(node):
            return None
        if self.is_supposed(node_id):
            return "supposed"
        if self.is_unheld(node_id):
            return "unheld"
        label = self.least_labelling()[node_id]
        if label == IN:
            return "stands" if self.is_challenged(node_id) else "unchallenged"
        return "undecided" if label == OPEN else self.why_out(node_id)

    def why_out(self, node_id: str) -> str:
        """The status of a node that is out, by what makes it out if the bases of the unsettled leaves are undecided."""
        careful = self.least_labelling(self.unsettled)
        if careful[node_id] != OUT:
            return "unanswered"
        attacks = self.attacks_on(node_id)
        own = [s for s in self.steps if s.relation is self.arguments.get(node_id)]
        attacks += [u for s in own for u in self.undercuts_of(s)]
        return "defeated" if IN in {careful[s] for s in attacks} else "unsupported"
