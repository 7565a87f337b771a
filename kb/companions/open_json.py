"""JSON beside the list of disagreements: the rows of `kb open` with those of settled disagreements, one in each line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.output.links import NOT_BUILT, Output
from kb.parted import is_known
from kb.publishing import addresses
from kb.publishing.dependencies import WORDS
from kb.publishing.json_lines import as_list, lines_by_id
from kb.queries import open as disputes
from kb.queries.published import encode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.contention.rows import Disagreement
    from kb.debate import Debate
    from kb.output.links import Before

READS = WORDS

REUSES = True


def files(debate: Debate, before: Before = NOT_BUILT) -> Iterator[Output]:
    """One file; the line of a disagreement around which nothing changed is taken from the file before."""
    path = addresses.json_beside(addresses.OPEN)
    previous_lines = lines_by_id(before.file(path) or b"")

    def line_of(disagreement: Disagreement) -> bytes:
        line = previous_lines.get(encode(disagreement.id).encode()) if is_known(debate, disagreement.id) else None
        return encode(disputes.row(debate, disagreement)).encode() if line is None else line

    yield Output(path, as_list(map(line_of, disputes.select(debate, settled=True))))
