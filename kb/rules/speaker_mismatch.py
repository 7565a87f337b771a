"""A point is put into the mouth of somebody who is silent in the passage.

`by` names Ada, but the passage cited is Bo's: one of the two is wrong, or Bo reports what Ada holds (then `attributed_to` says so). Where
the passage tells who speaks, `by` can be left out.

Bad:

    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo
    ## sources/letter.yaml
    title: A letter
    passages:
      - id: p1
        by: bo
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    by: ada    # <- speaker-mismatch
    source: letter p1

Good:

    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo
    ## sources/letter.yaml
    title: A letter
    passages:
      - id: p1
        by: bo
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    attributed_to: ada
    source: letter p1
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.linting.scope import STRUCTURE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.model import Citation, Node, Relation, Sense

SEVERITY = "warning"
READS = STRUCTURE | {"participants/"}
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Compare `by` with the speakers of the passages cited beside it."""
    for node in debate.nodes.values():
        if node.by and node.citations:
            yield from _problems(debate, node, node.id, node.by, node.citations)
        for relation in node.relations:
            if relation.by:
                yield from _problems(debate, relation, node.id, relation.by, relation.citations or node.citations)
    for term in debate.terms.values():
        for sense in term.senses:
            yield from _problems(debate, sense, term.id, sense.by, sense.citations)


def _problems(
    debate: Debate, record: Node | Relation | Sense, owner: str, by: tuple[str, ...], citations: tuple[Citation, ...]
) -> Iterator[Problem]:
    passages = [debate.passages.get((c.source, c.passage or "")) for c in citations]
    if not passages or any(passage is None or not passage.by for passage in passages):
        return
    speakers = tuple(dict.fromkeys(chain.from_iterable(passage.by for passage in passages if passage is not None)))
    for index, participant in enumerate(by):
        if participant in debate.participants and participant not in speakers:
            cited = ", ".join(f"`{citation}`" for citation in citations[:3])
            speakers_text = " and ".join(f"`{speaker}`" for speaker in speakers)
            message = f"`{participant}` does not speak in {cited}, but {speakers_text}"
            help_text = "mend `by` or `source`; if one says what another holds, use `attributed_to`"
            yield Problem(record.place("by", index), message, help_text, owner)
