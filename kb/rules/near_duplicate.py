"""Two nodes say nearly the same and are not related.

Somebody made a point that was there already, or copied it and changed a word: its objections hang on one copy, its reasons on the
other, and a verdict on either is half a verdict. Let one `restates` the other, or say how they differ (`qualifies`,
`contradicts`, `supports`). The rule compares all statements of an English or German debate and finds those that share three of
four words, apart from endings and words that add nothing. It leaves alone pairs that any relation or question joins, texts of
fewer than five such words, numbers that differ, and a text that denies the other. Collaborative maps leave this to moderators.

Bad:

    id: bridge-is-dear
    kind: claim
    text: Building a bridge costs the town more than running a ferry.
    ---
    id: the-bridge-costs-more
    kind: claim
    text: The building of a bridge really costs towns more money than running the ferry.    # <- near-duplicate

Good:

    id: bridge-is-dear
    kind: claim
    text: Building a bridge costs the town more than running a ferry.
    ---
    id: the-bridge-costs-more
    kind: claim
    text: The building of a bridge really costs towns more money than running the ferry.
    restates: bridge-is-dear
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kb.finding import Problem
from kb.linting.scope import STRUCTURE
from kb.phrases import gist, phrases
from kb.vocabulary import ARGUMENT, QUESTION
from kb.wording import bare_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kb.debate import Debate
    from kb.model import Node
    from kb.phrases import Phrases

SEVERITY = "info"
PROFILE = "pedantic"
READS = STRUCTURE | {"text", "kb.yaml"}

_FEWEST = 5
"""Words from which on what texts have in common tells something."""
_COMMON = 32
"""Texts that may share two words: two that more of them share are a phrase of the debate, and no sign of a copy."""

_NUMBER = re.compile(r"\d+")


class _Statement(NamedTuple):
    """What a node says, as far as it is compared."""

    node: Node
    words: frozenset[str]
    negated: bool
    numbers: tuple[str, ...]


def check(debate: Debate) -> Iterator[Problem]:
    """Compare each statement with the earlier ones that share two of its rarest words: nearly the same texts do."""
    known = phrases(debate.settings.language)
    if known is None:
        return
    statements = _statements(debate, known)
    frequencies = Counter(word for one in statements for word in one.words)
    index: dict[tuple[str, str], list[_Statement]] = {}
    for statement in statements:
        places = [index.setdefault(pair, []) for pair in _rarest_pairs(statement.words, frequencies)]
        compared = {other.node.id: other for place in places if len(place) < _COMMON for other in place}
        for other in compared.values():
            if _is_near_duplicate(statement, other) and not _are_related(debate, statement.node, other.node):
                yield _problem(statement.node, other.node)
                break
        for place in places:
            place.append(statement)


def _statements(debate: Debate, phrases: Phrases) -> Sequence[_Statement]:
    """The statements that are long enough to be compared."""
    statements = []
    for node in debate.nodes.values():
        if node.kind not in {QUESTION, ARGUMENT}:
            words, negated = gist(node.text, phrases)
            if len(words) >= _FEWEST:
                statements.append(_Statement(node, words, negated, tuple(sorted(_NUMBER.findall(node.text)))))
    return statements


def _rarest_pairs(words: frozenset[str], frequencies: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Pairs of rare words of a text. At most one word in four is not in a near duplicate: of the others two are among these."""
    rare = sorted(sorted(words), key=frequencies.__getitem__)[: len(words) // 4 + 2]
    return itertools.combinations(rare, 2)


def _is_near_duplicate(one: _Statement, other: _Statement) -> bool:
    """Whether two texts share three of four words, deny the same and have the same numbers in them."""
    if one.negated != other.negated or one.numbers != other.numbers:
        return False
    common = len(one.words & other.words)
    if 4 * common < 3 * (len(one.words) + len(other.words) - common):
        return False
    return bare_words(one.node.text) != bare_words(other.node.text)  # else `duplicate-text` says so


def _are_related(debate: Debate, one: Node, other: Node) -> bool:
    """Whether the map says how two nodes are related: by a relation, a question that both answer, or a step they share."""
    if other.id in debate.ends(one.id) or one.id in debate.ends(other.id):
        return True
    if not set(one.targets("answers")).isdisjoint(other.targets("answers")):
        return True
    return debate.points[one.id] == debate.points[other.id] or not _steps(debate, one).isdisjoint(_steps(debate, other))


def _steps(debate: Debate, node: Node) -> set[int]:
    """The steps in which a node is a premise."""
    own = (debate.inference_of(relation) for relation in node.relations)
    return {step.index for step in (*own, *debate.linked_in.get(node.id, ())) if step is not None}


def _problem(node: Node, other: Node) -> Problem:
    message = f"`{node.id}` says nearly the same as `{other.id}`"
    also = ((*other.place("text"), "nearly the same text"),)
    help_text = f"keep one, or add `restates: {other.id}`, or the relation that tells how they differ"
    return Problem(node.place("text"), message, help_text, node.id, also)
