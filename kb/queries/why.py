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
from kb.queries.lookup import node
from kb.queries.obstacles import Obstacles
from kb.queries.reasons import Reasons, nobody_holds
from kb.queries.robust import everywhere
from kb.queries.seen import SeenReasons
from kb.queries.telling import Mention, Phrase, Told, clauses, plainly, say, sentence
from kb.standing.framework import YES
from kb.vocabulary import ARGUMENT, QUESTION

if TYPE_CHECKING:
    from collections.abc import Collection

    from kb.debate import Debate
    from kb.tables import Json, Row

COLUMNS = ("level", "id", "status", "why")
MAX_DEPTH = 30
"""Accounts are told this deep; further down `kb why` has to be asked again."""


_MEANT = {
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
        return plainly(self.sentence)

    @property
    def beside_gloss(self) -> Phrase:
        """The sentence as it reads where the meaning of the status stands right beside it: without what only says that again."""
        meant = _MEANT.get(self.status or "", frozenset())
        told = [(c.values.get("clause") if c.key in meant else c) for c in clauses(self.sentence)]
        kept = [clause for clause in told if isinstance(clause, Phrase)]
        return sentence(kept) if kept else self.sentence

    def is_draw(self, points: Collection[str]) -> bool:
        """Whether the sentence tells that these points, this one and its rivals, rule each other out."""
        drawn = [clause.values["rivals"] for clause in clauses(self.sentence) if clause.key == "account.draw"]
        told = {
            named.id for rivals in drawn if isinstance(rivals, tuple) for named in rivals if isinstance(named, Mention)
        }
        return bool(told) and self.node in points and told.issuperset(set(points) - {self.node})


def account(debate: Debate, node_id: str, depth: int = MAX_DEPTH) -> Account:
    """The reasons of a node's verdict, told so many levels deep."""
    node(debate, node_id)
    evaluation = evaluate(debate)
    needed = grounds(debate).of(evaluation.number(node_id))
    return _Teller(debate, depth, Reasons(debate, needed)).tell(node_id, 0)


def seen(debate: Debate, node_id: str, participant: str) -> Account:
    """The reasons of the verdict that a node has by what a participant said of others: what carries their own stance, or not.

    Such a verdict has no status.
    """
    node(debate, node_id)
    number = evaluate(debate).number(node_id)
    return _SeenTeller(debate, MAX_DEPTH, SeenReasons(debate, participant, number)).tell(node_id, 0)


def why_not(debate: Debate, node_id: str) -> Account:
    """Why a node has no other verdict: all that stands in the way of one, where an account names what suffices for its own."""
    node(debate, node_id)
    obstacles = Obstacles(debate)
    return _Teller(debate, MAX_DEPTH, obstacles).tell_not(node_id, obstacles)


def unjudged(debate: Debate, node_id: str) -> str:
    """Why there is nothing to tell of how a node comes out, in a sentence: neither it nor an answer to it has a verdict."""
    if debate.nodes[node_id].kind == QUESTION:
        return f"`{node_id}` has no verdict: it is a question, and no answer to it has one."
    return f"`{node_id}` has no verdict: {account(debate, node_id).text.rstrip('.')}."


def row(account: Account) -> Row:
    """An account as JSON, with the accounts it rests on nested."""
    because: list[Json] = [row(inner) for inner in account.because]
    return {**_told(account), "because": because}


def rests_on(debate: Debate, node_id: str) -> Row:
    """What a whole account rests on, by id: the points that are in and that its verdict needs, or the circle it hangs on."""
    evaluation = evaluate(debate)
    points, number = evaluation.frame.points, evaluation.number(node_id)
    if evaluation.verdict(node_id) is None:
        return {"supporting": [], "circle": []}
    needed = {points[n].id for n in grounds(debate).supporting(number)}
    return {
        "supporting": [point for point in debate.ordered if point in needed],
        "circle": list(circle(debate, node_id)),
    }


def flat(account: Account, level: int = 0) -> list[Row]:
    """An account as rows, each with its level."""
    here: Row = {"level": level, **_told(account)}
    return [here, *(r for inner in account.because for r in flat(inner, level + 1))]


def _told(account: Account) -> Row:
    return {"id": account.node, "verdict": account.verdict, "status": account.status, "why": account.text}


class _Teller:
    """Tells one account; remembers what it has told."""

    def __init__(self, debate: Debate, depth: int, reasons: Reasons) -> None:
        self.debate = debate
        self.depth = depth
        self.evaluation = evaluate(debate)
        self.reasons = reasons
        self.told: set[int] = set()

    def judged(self, node_id: str) -> tuple[str | None, str | None]:
        """The verdict and the status of a node."""
        return self.evaluation.verdict(node_id), self.evaluation.status(node_id)

    def tell(self, node_id: str, depth: int) -> Account:
        number = self.evaluation.number(node_id)
        verdict, status = self.judged(node_id)
        if number in self.told:
            return Account(node_id, verdict, status, say("account.elsewhere"), ())
        self.told.add(number)
        if verdict is None:
            return Account(node_id, verdict, status, self._no_verdict(node_id), ())
        reasons = self.reasons.of(number)
        if status == "unheld" and self.debate.nodes[node_id].kind != ARGUMENT:
            reasons.begin(nobody_holds(self.debate, node_id), instead_of="account.held_by_nobody")
        if depth == 0:
            self.anyhow(node_id, reasons)
        told = reasons.sentence()
        if depth >= self.depth:
            cut = depth == MAX_DEPTH and reasons.rests_on
            return Account(node_id, verdict, status, say("account.cut", sentence=told) if cut else told, ())
        points = self.reasons.frame.points
        because = tuple(self.tell(points[p].id, depth + 1) for p in reasons.rests_on)
        return Account(node_id, verdict, status, told, because)

    def anyhow(self, node_id: str, told: Told) -> None:
        """Add of a point that hangs on what is unsettled that it comes out the same all the same."""
        label = everywhere(self.debate, node_id)
        if label is not None:
            told.say("account.stands_everywhere" if label == YES else "account.stands_nowhere")

    def tell_not(self, node_id: str, obstacles: Obstacles) -> Account:
        """Tell what stands in the way of another verdict."""
        number = self.evaluation.number(node_id)
        verdict, status = self.judged(node_id)
        if verdict is None:
            return Account(node_id, verdict, status, self._no_verdict(node_id), ())
        self.told.add(number)
        reasons = obstacles.against(number)
        points = self.reasons.frame.points
        others = [p for p in reasons.rests_on if p != number] if self.depth else []
        because = tuple(self.tell(points[p].id, 1) for p in others)
        return Account(node_id, verdict, status, reasons.sentence(), because)

    def _no_verdict(self, node_id: str) -> Phrase:
        if self.debate.nodes[node_id].kind == QUESTION:
            answers = tuple(map(Mention, self.debate.answers[node_id]))
            return say("account.question", answers=answers) if answers else say("account.question_unanswered")
        supposed = self.evaluation.frame.points[self.evaluation.number(node_id)].supposed
        return say("account.supposed" if supposed else "account.only_acts")


class _SeenTeller(_Teller):
    """Tells an account as a participant would give it."""

    def judged(self, node_id: str) -> tuple[str | None, str | None]:
        """The verdict that what they hold and deny comes to; it has no status."""
        if self.evaluation.verdict(node_id) is None:
            return super().judged(node_id)
        return self.reasons.labels.points[self.evaluation.number(node_id)], None

    def anyhow(self, node_id: str, told: Told) -> None:
        """What would be so in every world is no matter here."""
