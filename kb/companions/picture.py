"""The picture of the debate, to be shown with links to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.output.links import Output
from kb.publishing import addresses
from kb.publishing.dependencies import WORDS
from kb.publishing.pictured import debate_poster
from kb.publishing.posters import draw_poster

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate


READS = WORDS


def files(debate: Debate) -> Iterator[Output]:
    """One file, if pictures are wanted."""
    if (poster := debate_poster(debate)) is not None:
        yield Output(addresses.PICTURE, draw_poster(poster))
