"""A long exchange of replies never says who is for and who against.

`replies_to` says that something responds to something, no more. Where two people exchange four moves joined by nothing else,
points are hardly ever just passed on: they are denied, granted or limited, and as long as the map does not say so, no verdict, no
open question and no debt of an answer can come of it. Name what each reply does (`attacks`, `undercuts`, `concedes`, `qualifies`,
`supports`). The chain is shown, move by move.

Bad:

    id: school-should-start-later
    kind: claim
    text: School should start an hour later.
    by: ada
    ---
    id: parents-leave-early
    kind: reply
    text: Parents leave for work at seven.
    by: bo
    replies_to: school-should-start-later
    ---
    id: halls-could-open
    kind: reply
    text: The halls could open at seven all the same.
    by: ada
    replies_to: parents-leave-early
    ---
    id: nobody-would-watch
    kind: reply
    text: Nobody would be there to watch the children.
    by: bo
    replies_to: halls-could-open    # <- hidden-attack
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo

Good:

    id: school-should-start-later
    kind: claim
    text: School should start an hour later.
    by: ada
    ---
    id: parents-leave-early
    kind: reply
    text: Parents leave for work at seven.
    by: bo
    attacks: school-should-start-later
    ---
    id: halls-could-open
    kind: reply
    text: The halls could open at seven all the same.
    by: ada
    undercuts: parents-leave-early -> school-should-start-later
    ---
    id: nobody-would-watch
    kind: reply
    text: Nobody would be there to watch the children.
    by: bo
    attacks: halls-could-open
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.linting.scope import STRUCTURE
from kb.mentions import mentions
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.debate import Debate
    from kb.model import Relation

SEVERITY = "warning"
READS = STRUCTURE
LOCAL = True

_LONG = 3
"""Replies in a row that say no more than that they are replies."""
_SHOWN = 8
"""Moves of a chain that a message names."""


def check(debate: Debate) -> Iterator[Problem]:
    """Follow mere replies upward from the last of each chain; what was shown in one chain is not shown again."""
    mere = _mere_replies(debate)
    inner = {reply.to for reply in mere.values()}
    seen: set[str] = set()
    for node_id in mere:
        if node_id not in inner:
            chain = _chain(debate, mere, node_id, seen)
            if len(chain) >= _LONG:
                yield _problem(chain)


def _mere_replies(debate: Debate) -> Mapping[str, Relation]:
    """Statements whose one relation is `replies_to`, and whose makers say nothing else about what they reply to."""
    replies = {
        r.node: r
        for r in mentions(debate).relations["replies_to"]
        if len(debate.nodes[r.node].relations) == 1 and r.to in debate.nodes and debate.nodes[r.node].kind != QUESTION
    }
    if len(replies) < _LONG:
        return {}
    named = {(maker, end) for maker, end in _other_acts(debate)}
    return {node: r for node, r in replies.items() if not any((maker, r.to) in named for maker in debate.makers(r))}


def _other_acts(debate: Debate) -> Iterator[tuple[str, str]]:
    """Who did anything else than reply to a node, by this or another node of theirs."""
    for kind, relations in mentions(debate).relations.items():
        if kind not in {"replies_to", "in_context_of"}:
            for relation in relations:
                for maker in debate.makers(relation):
                    for end in (relation.to, *_step_ends(debate, relation)):
                        yield maker, end


def _step_ends(debate: Debate, relation: Relation) -> tuple[str, ...]:
    """The ends of the step that an undercut denies."""
    step = debate.inference_of(relation) if relation.kind == "undercuts" else None
    return () if step is None or step.undercut is None else debate.inferences[step.undercut].premises


def _chain(debate: Debate, mere: Mapping[str, Relation], last: str, seen: set[str]) -> list[Relation]:
    """The mere replies that two people exchanged up to a last one, the last first."""
    chain: list[Relation] = []
    node_id = last
    while node_id in mere and node_id not in seen and _between_two(debate, chain, mere[node_id]):
        seen.add(node_id)
        chain.append(mere[node_id])
        node_id = mere[node_id].to
    return chain


def _between_two(debate: Debate, chain: list[Relation], reply: Relation) -> bool:
    """Whether a reply goes from one of two people to the other, as the replies after it do."""
    speakers, addressed = set(debate.speakers(reply.node)), set(debate.speakers(reply.to))
    if not speakers or not addressed or not speakers.isdisjoint(addressed):
        return False
    return not chain or addressed == set(debate.speakers(chain[-1].node))


def _problem(chain: list[Relation]) -> Problem:
    first = chain[-1]
    nodes = [first.to, *(reply.node for reply in reversed(chain))]
    path = " ← ".join(f"`{node}`" for node in nodes[:_SHOWN]) + (" ← …" if len(nodes) > _SHOWN else "")
    message = f"{len(chain)} replies in a row do not say who is for and who is against: {path}"
    also = tuple((*r.target_place(), f"`{r.node}` replies to `{r.to}`") for r in chain[::-1][:_SHOWN])
    help_text = "say what each does: `attacks`, `undercuts`, `concedes`, `qualifies` or `supports`"
    return Problem(chain[0].target_place(), message, help_text, chain[0].node, also)
