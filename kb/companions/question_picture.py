"""The picture of each question, to be shown with links to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.output.links import Output
from kb.publishing import addresses
from kb.publishing.pictured import question_poster
from kb.publishing.posters import draw_poster
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.debate import Debate
    from kb.model import Node

LOCAL = True


def files(debate: Debate, nodes: Iterable[Node]) -> Iterator[Output]:
    """A file for each question, if pictures are wanted."""
    for node in nodes:
        if node.kind == QUESTION and (poster := question_poster(debate, node.id)) is not None:
            yield Output(addresses.picture(node.id), draw_poster(poster))
