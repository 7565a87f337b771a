"""Why a verdict is what it is: the reasons the labelling rests on, and nothing besides.

For *in*: what grants it or the reason that carries it, and why each attack fails. For *out*: the attack that holds, or the basis that is
missing. For *undecided*: what it hangs on. An account never goes in a circle: a label of in or out rests only on labels decided before it,
and each node is accounted for once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.evaluate import evaluate
from kb.queries.circle import circle
from kb.queries.grounds import grounds
from kb.queries.lookup import find_node
from kb.queries.obstacles import Obstacles
from kb.queries.reasons import Reasons, unheld_phrase
from kb.queries.robust import robust_verdict
from kb.queries.seen import SeenReasons
from kb.queries.telling import NodeMention, Phrase, SentenceBuilder, clauses, join_clauses, plain_text, say
from kb.standing.framework import YES
from kb.vocabulary import ARGUMENT, QUESTION

if TYPE_CHECKING:
    from collections.abc import Collection

    from kb.debate import Debate
    from kb.tables import Json, Row

COLUMNS = ("level", "id", "status", "why")
MAX_DEPTH = 30
"""Accounts are told this deep; further down `kb why` has to be asked again."""


_IMPLIED_BY_STATUS = {
    "unchallenged": frozenset({"account.nothing_against"}),
    "unanswered": frozenset({"account.so_far", "account.not_granted"}),
}
"""What an account says of a point that its status means anyhow."""


@dataclass(frozen=True, slots=True)
class Account:
    """A node, its verdict, a sentence that says why, and the accounts of what the sentence rests on."""

    node: str
    verdict: str | None
    status: str | None
    sentence: Phrase
    because: tuple[Account, ...]

    @property
    def text(self) -> str:
        """The sentence as plain text, ids in backticks."""
        return plain_text(self.sentence)

    @property
    def beside_gloss(self) -> Phrase:
        """The sentence as it reads where the meaning of the status stands right beside it: without what only says that again."""
        implied = _IMPLIED_BY_STATUS.get(self.status or "", frozenset())
        told_clauses = [(c.values.get("clause") if c.key in implied else c) for c in clauses(self.sentence)]
        kept = [clause for clause in told_clauses if isinstance(clause, Phrase)]
        return join_clauses(kept) if kept else self.sentence

    def is_draw(self, points: Collection[str]) -> bool:
        """Whether the sentence tells that these points, this one and its rivals, rule each other out."""
        drawn = [clause.values["rivals"] for clause in clauses(self.sentence) if clause.key == "account.draw"]
        rivals_told = {
            named.id
            for rivals in drawn
            if isinstance(rivals, tuple)
            for named in rivals
            if isinstance(named, NodeMention)
        }
        return bool(rivals_told) and self.node in points and rivals_told.issuperset(set(points) - {self.node})


def account(debate: Debate, node_id: str, depth: int = MAX_DEPTH) -> Account:
    """The reasons of a node's verdict, told so many levels deep."""
    find_node(debate, node_id)
    evaluation = evaluate(debate)
    needed = grounds(debate).needed_labels(evaluation.point_number(node_id))
    return _AccountBuilder(debate, depth, Reasons(debate, needed)).build(node_id, 0)


def account_seen_by(debate: Debate, node_id: str, participant: str) -> Account:
    """The reasons of the verdict that a node has by what a participant said of others: what carries their own stance, or not.

    Such a verdict has no status.
    """
    find_node(debate, node_id)
    number = evaluate(debate).point_number(node_id)
    return _SeenAccountBuilder(debate, MAX_DEPTH, SeenReasons(debate, participant, number)).build(node_id, 0)


def why_not(debate: Debate, node_id: str) -> Account:
    """Why a node has no other verdict: all that stands in the way of one, where an account names what suffices for its own."""
    find_node(debate, node_id)
    obstacles = Obstacles(debate)
    return _AccountBuilder(debate, MAX_DEPTH, obstacles).build_obstacles(node_id, obstacles)


def no_verdict_text(debate: Debate, node_id: str) -> str:
    """Why there is nothing to tell of how a node comes out, in a sentence: neither it nor an answer to it has a verdict."""
    if debate.nodes[node_id].kind == QUESTION:
        return f"`{node_id}` has no verdict: it is a question, and no answer to it has one."
    return f"`{node_id}` has no verdict: {account(debate, node_id).text.rstrip('.')}."


def row(account: Account) -> Row:
    """An account as JSON, with the accounts it rests on nested."""
    because: list[Json] = [row(inner) for inner in account.because]
    return {**_account_row(account), "because": because}


def rests_on_row(debate: Debate, node_id: str) -> Row:
    """What a whole account rests on, by id: the points that are in and that its verdict needs, or the circle it hangs on."""
    evaluation = evaluate(debate)
    points, number = evaluation.frame.points, evaluation.point_number(node_id)
    if evaluation.verdict(node_id) is None:
        return {"supporting": [], "circle": []}
    needed = {points[n].id for n in grounds(debate).supporting_points(number)}
    return {
        "supporting": [point for point in debate.ordered if point in needed],
        "circle": list(circle(debate, node_id)),
    }


def flat_rows(account: Account, level: int = 0) -> list[Row]:
    """An account as rows, each with its level."""
    own: Row = {"level": level, **_account_row(account)}
    return [own, *(r for inner in account.because for r in flat_rows(inner, level + 1))]


def _account_row(account: Account) -> Row:
    return {"id": account.node, "verdict": account.verdict, "status": account.status, "why": account.text}


class _AccountBuilder:
    """Builds one account; remembers which points it has accounted for."""

    def __init__(self, debate: Debate, depth: int, reasons: Reasons) -> None:
        self.debate = debate
        self.depth = depth
        self.evaluation = evaluate(debate)
        self.reasons = reasons
        self.accounted: set[int] = set()

    def judgement(self, node_id: str) -> tuple[str | None, str | None]:
        """The verdict and the status of a node."""
        return self.evaluation.verdict(node_id), self.evaluation.status(node_id)

    def build(self, node_id: str, depth: int) -> Account:
        number = self.evaluation.point_number(node_id)
        verdict, status = self.judgement(node_id)
        if number in self.accounted:
            return Account(node_id, verdict, status, say("account.elsewhere"), ())
        self.accounted.add(number)
        if verdict is None:
            return Account(node_id, verdict, status, self._no_verdict_phrase(node_id), ())
        explanation = self.reasons.explain(number)
        if status == "unheld" and self.debate.nodes[node_id].kind != ARGUMENT:
            explanation.begin_with(unheld_phrase(self.debate, node_id), instead_of="account.held_by_nobody")
        if depth == 0:
            self.say_robust(node_id, explanation)
        sentence = explanation.phrase()
        if depth >= self.depth:
            cut = depth == MAX_DEPTH and explanation.rests_on
            return Account(node_id, verdict, status, say("account.cut", sentence=sentence) if cut else sentence, ())
        points = self.reasons.frame.points
        because = tuple(self.build(points[p].id, depth + 1) for p in explanation.rests_on)
        return Account(node_id, verdict, status, sentence, because)

    def say_robust(self, node_id: str, sentence: SentenceBuilder) -> None:
        """Add of a point that hangs on what is unsettled that it comes out the same all the same."""
        label = robust_verdict(self.debate, node_id)
        if label is not None:
            sentence.say("account.stands_everywhere" if label == YES else "account.stands_nowhere")

    def build_obstacles(self, node_id: str, obstacles: Obstacles) -> Account:
        """Tell what stands in the way of another verdict."""
        number = self.evaluation.point_number(node_id)
        verdict, status = self.judgement(node_id)
        if verdict is None:
            return Account(node_id, verdict, status, self._no_verdict_phrase(node_id), ())
        self.accounted.add(number)
        reasons = obstacles.explain_obstacles(number)
        points = self.reasons.frame.points
        others = [p for p in reasons.rests_on if p != number] if self.depth else []
        because = tuple(self.build(points[p].id, 1) for p in others)
        return Account(node_id, verdict, status, reasons.phrase(), because)

    def _no_verdict_phrase(self, node_id: str) -> Phrase:
        if self.debate.nodes[node_id].kind == QUESTION:
            answers = tuple(map(NodeMention, self.debate.answers[node_id]))
            return say("account.question", answers=answers) if answers else say("account.question_unanswered")
        supposed = self.evaluation.frame.points[self.evaluation.point_number(node_id)].supposed
        return say("account.supposed" if supposed else "account.only_acts")


class _SeenAccountBuilder(_AccountBuilder):
    """Builds an account as a participant would give it."""

    def judgement(self, node_id: str) -> tuple[str | None, str | None]:
        """The verdict that what they hold and deny comes to; it has no status."""
        if self.evaluation.verdict(node_id) is None:
            return super().judgement(node_id)
        return self.reasons.labels.points[self.evaluation.point_number(node_id)], None

    def say_robust(self, node_id: str, sentence: SentenceBuilder) -> None:
        """What would be so in every world is no matter here."""
