"""The feeds of questions under their former ids: feed readers do not follow a page to a new address, so the old feed goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.former import former_ids
from kb.indexed import kinds
from kb.output.links import Output
from kb.parted import near
from kb.publishing import addresses
from kb.publishing.dependencies import WORDS
from kb.publishing.feed import question_feed
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

READS = WORDS


def files(debate: Debate) -> Iterator[Output]:
    """A file for every former id of a question."""
    for old, new in former_ids(debate).nodes.items():
        if kinds(debate)[new] == QUESTION:
            yield Output(addresses.feed(old), question_feed(near(debate, new), debate.nodes[new]).content)
