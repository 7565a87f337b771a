"""The feed of each question: the points last said that lead to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.publishing import addresses
from kb.publishing.cards import label
from kb.publishing.feed import feed
from kb.publishing.messages import title
from kb.queries.thread import threads
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.debate import Debate
    from kb.model import Node
    from kb.publishing.links import Output

LOCAL = True
_MOST = 20


def files(debate: Debate, nodes: Iterable[Node]) -> Iterator[Output]:
    """One file a question."""
    for node in nodes:
        if node.kind == QUESTION:
            called = f"{label(debate, node.id)} · {title(debate)}"
            below = _below(debate, node.id)
            yield feed(debate, addresses.feed(node.id), addresses.node(node.id), called, below, _MOST)


def _below(debate: Debate, question: str) -> set[str]:
    """Every point that leads to a question."""
    found, waiting = {question}, [question]
    while waiting:
        new = {response.node for response in threads(debate).responses(waiting.pop())} - found
        found |= new
        waiting += new
    return found - {question}
