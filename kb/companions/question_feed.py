"""The feed of each question: the points last said that lead to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.publishing.feed import question_feed
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.debate import Debate
    from kb.model import Node
    from kb.output.links import Output

LOCAL = True


def files(debate: Debate, nodes: Iterable[Node]) -> Iterator[Output]:
    """A file for each question."""
    return (question_feed(debate, node) for node in nodes if node.kind == QUESTION)
