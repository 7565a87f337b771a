"""The feed of the debate: the points last said in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.publishing import addresses
from kb.publishing.dependencies import WORDS
from kb.publishing.feed import feed
from kb.publishing.messages import debate_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.output.links import Output

READS = WORDS

_MOST = 50


def files(debate: Debate) -> Iterator[Output]:
    """The feed, as one file."""
    yield feed(debate, addresses.FEED, addresses.HOME, debate_title(debate), debate.nodes, _MOST)
