"""JSON beside the list of disagreements: the rows of `kb open`, those that are settled among them, each in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.publishing import addresses
from kb.publishing.faces import WORDS
from kb.publishing.lines import as_list
from kb.publishing.links import Output
from kb.queries import open as disputes
from kb.queries.published import encode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

READS = WORDS


def files(debate: Debate) -> Iterator[Output]:
    """The one file."""
    yield Output(
        addresses.beside(addresses.OPEN), as_list(encode(row).encode() for row in disputes.rows(debate, settled=True))
    )
