"""How objections fare, by a naive reading of the definition, on top of the other oracles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracle import HELD, IN, LETS_GO, OPEN
from tests.status_oracle import StatusOracle

if TYPE_CHECKING:
    from kb.model import Relation

Moment = tuple[tuple[int, int], int]
ANSWERS = {"concedes", "attacks", "undercuts", "qualifies", "dissolves", "answers", "replies_to"}


class ObjectionOracle(StatusOracle):
    """One debate, read by the definition of the states of objections."""

    def state(self, objection: Relation) -> str | None:
        """The state of an objection: the first row of the table that applies."""
        if objection.kind not in {"attacks", "undercuts"} or not self.is_raised(objection.node):
            return None
        makers = self.makers(objection)
        if makers and all(self.withdrew(objection, who) for who in makers):
            return "withdrawn"
        side = self.targeted_side(objection) - makers
        if side and all(self.grants(objection, who) or self.gave_up(objection, who) for who in side):
            return "conceded"
        labels = self.least_labelling()
        own = [s for s in self.all_steps if s.relation is objection and s.kind != "supports"]
        label = labels.get(own[0], "out") if own else OPEN
        if label != IN:
            return "in dispute" if label == OPEN else "defeated"
        replied = self.repliers(objection)
        return "answered and standing" if (replied & side if side else replied) else "unanswered"

    def is_raised(self, node_id: str) -> bool:
        """Whether anybody or the record ever stood behind a point."""
        ever = {who for _, who in self.history(node_id)}
        members = [self.nodes[m] for m in self.point[node_id]]
        by_record = any(self.commits(m) and not self.speakers(m) for m in members)
        return not self.is_supposed(node_id) and (self.nodes[node_id].kind == "question" or bool(ever) or by_record)

    def history(self, node_id: str) -> list[tuple[str, str]]:
        """In their order, all stances by which somebody held a point and that counted when they were taken."""
        now: dict[str, str] = {}
        found = []
        for _, weak, who, _, target, stance in sorted(self.acts(), key=lambda a: (a[0], a[1])):
            if target not in self.point[node_id]:
                continue
            if stance is None:
                now.pop(who, None)
            elif not weak or who not in now:
                now[who] = stance
                if stance in HELD:
                    found.append((stance, who))
        return found

    def attributed_holders(self, node_id: str) -> set[str]:
        """Who is taken to hold a point, and did not disown it or take it back later."""
        found = set()
        for member in self.point[node_id]:
            for who in self.nodes[member].attributed_to:
                moment = (self.when(self.nodes[member].citations), self.debate.order[member])
                if not any(
                    by == who and stance is None and target in self.point[node_id] and later >= moment
                    for later, _, by, _, target, stance in self.acts()
                ):
                    found.add(who)
        return found

    def ever_backers(self, node_id: str) -> set[str]:
        """Everybody who ever held a point, or is taken to; for a question everybody who asked it."""
        asked = {w for m in self.point[node_id] if self.commits(self.nodes[m]) for w in self.speakers(self.nodes[m])}
        held = {who for _, who in self.history(node_id)} | self.attributed_holders(node_id)
        return held | asked if self.nodes[node_id].kind == "question" else held

    def present_backers(self, node_id: str) -> set[str]:
        """Everybody who holds it now, or asks it."""
        asking = self.backers(node_id) if self.nodes[node_id].kind == "question" else set()
        return asking | self.holders(node_id) | self.attributed_holders(node_id)

    def denied_step(self, objection: Relation) -> Relation | None:
        """The step that an objection denies."""
        return next((s.denies for s in self.all_steps if s.relation is objection and s.denies is not None), None)

    def targeted_side(self, objection: Relation) -> set[str]:
        """Everybody who stands or stood behind what an objection tells against."""
        step = self.denied_step(objection)
        if step is None:
            held = {objection.to}
            side = set()
        else:
            held = {a for a, r in self.arguments.items() if r is step}
            held |= {step.to} if step.kind == "supports" else set()
            side = set() if step.kind == "contradicts" else set(self.makers(step))
        for end in held & set(self.nodes):
            taken = {who for m in self.point[end] for who in self.nodes[m].attributed_to}
            side |= self.ever_backers(end) | {who for who in taken if self.grants(objection, who)}
        return side

    def withdrew(self, step: Relation, who: str) -> bool:
        """Whether somebody took the node back, or later granted what it attacks."""
        gone = who in self.ever_backers(step.node) - self.present_backers(step.node)
        granted = step.kind == "attacks" and self.conceded_after(step, who)
        return gone or granted or (who, step.node) in self.taken_back

    def gave_up(self, objection: Relation, who: str) -> bool:
        """Whether somebody no longer stands behind the target of an objection."""
        step = self.denied_step(objection)
        if step is None:
            return who in self.ever_backers(objection.to) - self.present_backers(objection.to)
        ended = step.kind == "supports" and who in self.ever_backers(step.to) - self.present_backers(step.to)
        return ended or self.withdrew(step, who)

    def grants(self, objection: Relation, who: str) -> bool:
        """Whether somebody accepts the point, opposes no premise of it, and does not deny that it bears."""
        question = self.nodes[objection.node].kind == "question"
        accepts = who in (self.backers(objection.node) if question else self.holders(objection.node))
        premises = [self.stances[self.point[p]].get(who) for p in self.premises_of(objection)]
        cuts = [r for r in self.relations() if r.kind in {"attacks", "undercuts"} and self.denied_step(r) is objection]
        denies = any(who in self.makers(c) and not self.withdrew(c, who) for c in cuts)
        return accepts and not {"denies", "doubts"} & set(premises) and not denies

    def relations(self) -> list[Relation]:
        """All relations of the debate."""
        return [r for n in self.nodes.values() for r in n.relations]

    # -- replies -------------------------------------------------------------------------------------------------------

    def repliers(self, objection: Relation) -> set[str]:
        """Everybody who replied later: to the step, its premises or reasons for them, or by giving up what it tells against."""
        points, steps = self.grounds(objection)
        since = self.moment(objection)
        found: set[str] = set()
        for r in self.relations():
            to_it = r.to in points or self.denied_step(r) in steps
            if (r.kind in ANSWERS and to_it) or (r.kind in LETS_GO and r.to in self.nodes_to_give_up(objection)):
                found |= self.reply_makers(r, since, objection.node)
            if r.kind in {"attacks", "undercuts"} and to_it:
                found |= self.adopters(r, since, objection.node)
        return found

    def grounds(self, objection: Relation) -> tuple[set[str], list[Relation]]:
        """The nodes an objection rests on, by itself or through reasons, and the steps between them."""
        points = {n for p in {objection.node, *self.premises_of(objection)} for n in self.point[p]}
        steps = [objection]
        while True:
            more = [r for r in self.relations() if r.kind == "supports" and r.to in points and r not in steps]
            if not more:
                return points, steps
            steps += more
            points |= {n for r in more for p in {r.node, *self.premises_of(r)} for n in self.point[p]}

    def nodes_to_give_up(self, objection: Relation) -> set[str]:
        """The nodes whose giving up answers an objection."""
        step = self.denied_step(objection)
        if step is None:
            named = {objection.to} & set(self.nodes)
        else:
            named = {step.node, step.to} if step.kind == "supports" else {step.node}
        return {n for name in named for n in self.point[name]}

    def reply_makers(self, r: Relation, since: Moment, objecting: str) -> set[str]:
        """The makers of a reply that came later and was meant."""
        meant = self.nodes[r.node].certainty not in {"arguendo", "mentioned"} or r.kind == "replies_to"
        makers = {who for who in self.makers(r) if (who, r.node) not in self.taken_back}
        return makers if meant and r.node != objecting and self.moment(r) > since else set()

    def adopters(self, r: Relation, since: Moment, objecting: str) -> set[str]:
        """Everybody who came to accept a point after it was turned against something."""
        del objecting
        return {
            who
            for moment, _, who, _, target, stance in self.acts()
            if target in self.point[r.node] and stance in HELD and moment > max(self.moment(r), since)
        }
