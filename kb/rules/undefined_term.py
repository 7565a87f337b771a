"""People put a word in quotation marks, and the glossary does not have it.

Whoever puts a word in quotation marks finds its use questionable or special. Where several speakers do, part of the dispute may
be about the word, and readers who find it explained nowhere take it in one sense throughout. Give it an entry in `terms/` with
the sense each of them uses, and name the sense on the nodes. The rule finds stretches of up to three words that nodes of two
speakers quote.

Bad:

    id: bridge-is-progress
    kind: claim
    text: A bridge is “progress” for a town by the river.    # <- undefined-term
    by: ada
    ---
    id: ferry-is-progress
    kind: objection
    text: What a town by the river calls “progress” is often the loss of its ferry.
    by: bo
    attacks: bridge-is-progress
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo

Good:

    id: bridge-is-progress
    kind: claim
    text: A bridge is “progress” for a town by the river.
    by: ada
    terms: progress
    ---
    id: ferry-is-progress
    kind: objection
    text: What a town by the river calls “progress” is often the loss of its ferry.
    by: bo
    attacks: bridge-is-progress
    ## terms/progress.yaml
    term: progress
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.suggest import nearest
from kb.wording import bare_words, quotations

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kb.debate import Debate
    from kb.model import Node

SEVERITY = "info"
PROFILE = "pedantic"
READS = {"id", "text", "by", "source", "sources/", "terms/", "rejected"}

_MOST = 3
"""Words of a term; longer stretches are quotations."""


def check(debate: Debate) -> Iterator[Problem]:
    """Gather what is quoted, and look it up."""
    if debate.rejected:
        return  # what was not read may be the entry
    known = {" ".join(bare_words(name)): None for t in debate.terms.values() for name in (t.term, t.id)}
    for word, nodes in _quoting_nodes(debate).items():
        speakers = {speaker for node in nodes for speaker in debate.speakers(node.id)}
        if len(nodes) > 1 and len(speakers) > 1 and word not in known and nearest(word, known) is None:
            yield _problem(word, nodes, len(speakers))


def _quoting_nodes(debate: Debate) -> Mapping[str, Sequence[Node]]:
    """The nodes that quote a word or a few."""
    quoting: dict[str, list[Node]] = {}
    for node in debate.nodes.values():
        for stretch in dict.fromkeys(" ".join(bare_words(stretch)) for stretch in quotations(node.text)):
            if stretch and stretch.count(" ") < _MOST:
                quoting.setdefault(stretch, []).append(node)
    return quoting


def _problem(word: str, nodes: Sequence[Node], speakers: int) -> Problem:
    first, *rest = nodes
    message = f"{speakers} speakers put “{word}” in quotation marks; the glossary does not have it"
    also = tuple((*node.place("text"), f"also in `{node.id}`") for node in rest[:3])
    help_text = "give it an entry in `terms/` with the sense each uses, or drop the quotation marks"
    return Problem(first.place("text"), message, help_text, first.id, also)
