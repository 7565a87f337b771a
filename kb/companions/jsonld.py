"""The whole debate as linked data, a record in a line: JSON-LD (W3C Recommendation, 1.1) with the vocabulary of AIF."""

from __future__ import annotations

from json import JSONEncoder
from typing import TYPE_CHECKING

from kb.publishing import addresses, aif
from kb.publishing.links import Output

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

_encode = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def files(debate: Debate) -> Iterator[Output]:
    """One file."""
    context = _encode(aif.context(addresses.published(debate.settings.url)))
    graph = ",\n".join(map(_encode, aif.graph(debate)))
    yield Output(addresses.LINKED, f'{{"@context":{context},\n"@graph":[\n{graph}\n]}}\n'.encode())
