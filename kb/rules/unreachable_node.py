"""Nothing connects a point to a question or to what the debate is about.

Readers start from the questions and from the theses in `kb.yaml` and follow relations; a point that no way leads to is found by nobody,
and bears on nothing. Say what it answers, supports, attacks or qualifies, or list it under `main`.

Bad:

    id: which-colour
    kind: question
    text: Which colour is the sky?
    ---
    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    answers: which-colour
    ---
    id: roses-are-red
    kind: claim    # <- unreachable-node
    text: Roses are red.
    ---
    id: they-are-ripe
    kind: claim
    text: They are ripe.
    supports: roses-are-red

Good:

    id: which-colour
    kind: question
    text: Which colour is the sky?
    ---
    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    answers: which-colour
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kb.components import connected
from kb.finding import Problem
from kb.linting.scope import STRUCTURE
from kb.mentions import mentions
from kb.vocabulary import OBJECTION, QUESTION, REPLY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.model import Node

SEVERITY = "warning"
READS = STRUCTURE | {"kb.yaml", "rejected"}
LOCAL_WHILE_CLEAN = True


def check(debate: Debate) -> Iterator[Problem]:
    """Collect what the starting points are connected to; of each group left over, report the node it leads up to."""
    starts = [i for i, n in debate.nodes.items() if n.kind == QUESTION or i in debate.settings.main]
    if not (starts or debate.asks) or mentions(debate).incomplete_nodes:
        return  # a relation that could not be read may be the one that leads there
    neighbours = _neighbours(debate)
    seen: set[str] = set()
    for start in starts:
        connected(neighbours, start, seen)
    for node_id in debate.nodes:
        if node_id not in seen:
            group = connected(neighbours, node_id, seen)
            if not any(_lacks_a_target(debate.nodes[member]) for member in group):
                yield _problem(debate, group)


def _lacks_a_target(node: Node) -> bool:
    """An objection to nothing or a reply to nothing is a finding of its own, and mending it mends this."""
    return node.kind in {OBJECTION, REPLY} and not node.relations


def _neighbours(debate: Debate) -> dict[str, list[str]]:
    """Nodes by what they are related to, in either direction."""
    neighbours: dict[str, list[str]] = defaultdict(list)
    for node_id in debate.nodes:
        for end in debate.ends(node_id):
            neighbours[node_id].append(end)
            neighbours[end].append(node_id)
    for premise, inferences in debate.linked_in.items():
        for inference in inferences:
            neighbours[premise].append(inference.node)
            neighbours[inference.node].append(premise)
    return neighbours


def _problem(debate: Debate, group: list[str]) -> Problem:
    node = debate.nodes[min(group, key=lambda i: (len(debate.ends(i)) > 0, i))]
    also = f" (nor {len(group) - 1} more connected with it)" if len(group) > 1 else ""
    message = f"no question and no main thesis leads to `{node.id}`{also}"
    help_text = "relate it to what it bears on, or list it under `main` in kb.yaml"
    return Problem(node.place("kind"), message, help_text, node.id)
