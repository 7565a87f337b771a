"""Every word a debate file may use, one row each.

Decoder, rules, semantics, legend and exporters read these tables; nothing else in the package spells a relation out unless it
means that one relation. The words are the field's: IBIS (question, answer), AIF and ASPIC+ (support, attack, undercut, linked
premises), Dung and Caminada (in, out, undecided), Walton and Krabbe (commitment, concession, retraction).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection

QUESTION, CLAIM, OBJECTION, REPLY, ARGUMENT = "question", "claim", "objection", "reply", "argument"
FOR, AGAINST, NEUTRAL = "for", "against", "neutral"
INFERENCE = "inference"
"""Stands in `RelationKind.targets` for a relation that is for or against something (the target of an undercut)."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the format and what it says to a reader of debates."""

    name: str
    gloss: str


@dataclass(frozen=True, slots=True)
class Certainty(Word):
    """How far a speaker stands behind a point. `stance` is what putting it forward commits them to."""

    stance: str | None


@dataclass(frozen=True, slots=True)
class RelationKind(Word):
    """A relation: what it says, from which kinds of node to which, and how it reads backwards.

    `polarity` (for, against, neutral) is all that evaluation, style sheets and exporters may ask. `gloss` and `inverse` are
    verbs: "A supports B", "B is supported by A".
    """

    inverse: str
    polarity: str
    sources: frozenset[str]
    targets: frozenset[str]
    symmetric: bool = False


@dataclass(frozen=True, slots=True)
class State(Word):
    """A state of a disagreement; a settled one owes nothing and is listed on request only."""

    settled: bool


_W = TypeVar("_W", bound=Word)


def _table(*rows: _W) -> dict[str, _W]:
    return {row.name: row for row in rows}


KINDS = _table(
    Word(QUESTION, "what is asked; its answers are positions on it"),
    Word(CLAIM, "a point put forward"),
    Word(OBJECTION, "attacks or undercuts a claim, a step, or the way a question is put"),
    Word(REPLY, "any other response to a move of somebody else"),
    Word(ARGUMENT, "an inference written as a node of its own, with its premises listed"),
)

CERTAINTIES = _table(
    Certainty("asserted", "put forward as true", "accepts"),
    Certainty("tentative", "leaned to, open to correction", "leans"),
    Certainty("speculative", "offered as a possibility worth thinking about", "leans"),
    Certainty("arguendo", "supposed for argument's sake", None),
    Certainty("mentioned", "raised, held by nobody", None),
)

_STATEMENTS = frozenset({CLAIM, OBJECTION, REPLY})
_POINTS = _STATEMENTS | {ARGUMENT}
_ANY = _POINTS | {QUESTION}
_REPLIES = frozenset({REPLY})

RELATIONS = _table(
    RelationKind("supports", "is a reason for", "is supported by", FOR, _ANY, _POINTS),
    RelationKind("attacks", "denies", "is attacked by", AGAINST, _ANY, _ANY),
    RelationKind(
        "undercuts",
        "denies that the step holds, leaving both its ends standing:",
        "is undercut by",
        AGAINST,
        _ANY,
        frozenset({INFERENCE, ARGUMENT}),
    ),
    RelationKind("contradicts", "cannot hold together with", "contradicts", AGAINST, _ANY, _ANY, symmetric=True),
    RelationKind("answers", "is a position on", "is answered by", NEUTRAL, _STATEMENTS, frozenset({QUESTION})),
    RelationKind("concedes", "grants", "is conceded by", NEUTRAL, _REPLIES, _STATEMENTS),
    RelationKind("retracts", "takes back", "is retracted by", NEUTRAL, _REPLIES, _ANY),
    RelationKind("disowns", "says its speaker never held", "is disowned by", NEUTRAL, _REPLIES, _ANY),
    RelationKind(
        "dissolves",
        "finds only a dispute about words in",
        "is dissolved by",
        NEUTRAL,
        _REPLIES,
        _STATEMENTS | {QUESTION},
    ),
    RelationKind("sense_of", "is one reading of", "can be read as", NEUTRAL, _ANY, _ANY),
    RelationKind("restates", "makes the same point as", "is restated by", NEUTRAL, _ANY, _ANY),
    RelationKind("qualifies", "limits or specifies, without denying,", "is qualified by", NEUTRAL, _ANY, _ANY),
    RelationKind("in_context_of", "holds in the setting of", "is the setting of", NEUTRAL, _ANY, _ANY),
    RelationKind("replies_to", "responds to", "has the response", NEUTRAL, _ANY, _ANY),
)

ARGUMENT_RELATIONS = ("supports", "attacks", "undercuts")
"""The relations of which an argument has exactly one."""

STEP_FIELDS = ("with", "strict", "weight", "scheme")
"""The fields that only a relation for or against something has: they describe a step."""

ACT_RELATIONS = frozenset({"concedes", "retracts", "disowns", "dissolves", "replies_to"})
"""A reply with none but these only acts on other nodes: it says nothing that could stand or fall."""

FIELD_KINDS = {
    "premises": frozenset({ARGUMENT}),
    "scheme": frozenset({ARGUMENT}),
    "exclusive": frozenset({QUESTION}),
    "certainty": frozenset(KINDS) - {QUESTION},
    "weight": _POINTS,
    "stands_alone": _STATEMENTS,
}
"""The fields of nodes that not every kind has, each with the kinds that have it."""

VERDICTS = _table(
    Word("in", "holds, on the record so far"),
    Word("out", "does not hold, on the record so far"),
    Word("undecided", "neither holds nor fails, on the record so far"),
)

STATUSES = _table(
    Word("supposed", "supposed for argument's sake; no verdict"),
    Word("unheld", "nobody holds it: never held, retracted, disowned or dissolved"),
    Word("unchallenged", "holds, and nothing on record speaks against it or its reasons"),
    Word("stands", "holds after challenge"),
    Word("undecided", "the record does not decide it"),
    Word(
        "unanswered",
        "an objection to it or to its reasons holds so far: no answer to it holds, and those it tells against have not granted it",
    ),
    Word("unsupported", "its reasons fail"),
    Word("defeated", "an objection to it holds, granted or decided by what both sides accept"),
)

STANCES = _table(
    Word("accepts", "put it forward, restated or conceded it"),
    Word("leans", "put it forward as tentative or speculative"),
    Word("doubts", "denied that a reason for it carries, or conceded it only in part"),
    Word("denies", "attacked it"),
)

STATES = _table(
    State("terminological", "a dispute about words only", settled=True),
    State("misread", "one side was only taken to hold its position and said it does not", settled=True),
    State("agreed", "everyone who takes a side accepts the same answer", settled=True),
    State("conceded", "at most one side still has somebody who holds it", settled=True),
    State("decided", "still contested, but what all sides accept decides it", settled=False),
    State("unanswered", "a question that nobody else has answered", settled=False),
    State("open", "contested, and not settled between the sides", settled=False),
)

OBJECTION_STATES = _table(
    Word("withdrawn", "everybody who made it took it back or granted what it tells against"),
    Word("conceded", "everybody else who held what it tells against accepts the objection or gave that up"),
    Word("unanswered", "it holds, and nobody on the side it tells against has responded"),
    Word("answered and standing", "it holds in spite of what was said in answer"),
    Word("in dispute", "the record does not decide whether it holds"),
    Word("defeated", "it does not hold"),
)

DEEDS = _table(
    Word("puts forward", "put forward"),
    Word("asks", "asked"),
    Word("is taken to hold", "was taken to hold"),
    Word("supports", "gave a reason for"),
    Word("relies on", "relied on"),
    Word("concedes", "granted"),
    Word("concedes in part", "granted in part"),
    Word("attacks", "denied"),
    Word("undercuts a reason", "denied a reason for"),
    Word("retracts", "took back"),
    Word("disowns", "said they never held"),
    Word("dissolves", "found only words in"),
    Word("reads", "gave one reading of"),
)
"""What people do that puts a disagreement into its state, each as the verb of a sentence."""

REMARKS = _table(
    Word("records", "the record itself puts it forward"),
    Word("contradicts", "the record has it that the two cannot hold together"),
    Word("is exclusive", "the record has it that only one answer can hold"),
)
"""What is nobody's act, and bears on a disagreement too."""

NO_DISPUTE = Word("no dispute", "a question that nobody disagrees about")
"""What can be expected of a question beside a state of its dispute."""

PROFILES = ("default", "pedantic")
"""Which rules of the linter run unless the editors choose: those that annoy nobody, or all that judge style as well."""

TREES, LAYERS = "trees", "layers"
MAPS = {
    TREES: "a point that responds to several stands beside one of them, and beside the others a reference to it",
    LAYERS: "a point that responds to several stands once, with all its lines",
}
"""How the maps of topics and of the debate are drawn."""

ATTRIBUTIONS = ("confirmed", "unconfirmed")
"""How sure it is who somebody is."""


def a(word: str) -> str:
    """A word of the tables with its article: "a claim", "an objection"."""
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"


def either(kinds: Collection[str]) -> str:
    """The kinds of node that something may be: "a claim, an objection or a reply"."""
    *most, last = [a(kind) for kind in KINDS if kind in kinds]
    return f"{', '.join(most)} or {last}" if most else last
