"""Nothing is on record against a main claim or its reasons.

A policy for debates that want their leading claims tested: for each claim in `main` of `kb.yaml`, and each answer to a question
named there, at least one objection is considered, against it, against a reason for it, or against a step between them. What its
own speaker objects counts. The policy runs where `kb.yaml` asks for it: `lint: {select: [unopposed-thesis]}`.

Bad:

    ## kb.yaml
    title: Trams
    main: [trams-should-be-free]
    lint: {select: [unopposed-thesis]}
    ## talk/trams-should-be-free.yaml
    kind: claim    # <- unopposed-thesis
    text: Trams should be free.
    ## talk/fewer-cars.yaml
    kind: claim
    text: Free trams mean fewer cars.
    supports: trams-should-be-free

Good:

    ## kb.yaml
    title: Trams
    main: [trams-should-be-free]
    lint: {select: [unopposed-thesis]}
    ## talk/trams-should-be-free.yaml
    kind: claim
    text: Trams should be free.
    ## talk/fewer-cars.yaml
    kind: claim
    text: Free trams mean fewer cars.
    supports: trams-should-be-free
    ## talk/walkers-took-the-tram.yaml
    kind: objection
    text: Where trams became free, they were filled by those who used to walk.
    attacks: fewer-cars
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.linting.scope import STRUCTURE
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

SEVERITY = "error"
PROFILE = "policy"
READS = STRUCTURE | {"kb.yaml", "rejected"}


def check(debate: Debate) -> Iterator[Problem]:
    """Carry every objection up to what rests on the point it is aimed at, and see which main claims none reaches."""
    if debate.rejected:
        return  # what was not read may object
    tested = _tested_points(debate)
    for node_id in _theses(debate):
        if debate.points[node_id] not in tested:
            message = f"nothing is on record against the main claim `{node_id}`, nor against its reasons"
            help_text = "add the strongest objection you know, and what is replied to it"
            yield Problem(debate.nodes[node_id].place("kind"), message, help_text, node_id)


def _theses(debate: Debate) -> Iterator[str]:
    """The main claims, and the answers to the main questions."""
    theses: dict[str, None] = {}
    for node_id in debate.settings.main:
        node = debate.nodes.get(node_id)
        if node is not None:
            theses.update(dict.fromkeys(debate.answers[node_id] if node.kind == QUESTION else (node_id,)))
    yield from theses


def _tested_points(debate: Debate) -> set[str]:
    """The points that are opposed, and those that rest on one."""
    rests: dict[str, list[str]] = defaultdict(list)
    for step in debate.inferences:
        if step.kind == "supports":
            for premise in step.premises:
                rests[debate.points[premise]].append(debate.points[step.target])
    tested = set(_opposed_points(debate))
    queue = sorted(tested)
    for point in queue:
        fresh = set(rests[point]) - tested
        tested |= fresh
        queue += sorted(fresh)
    return tested


def _opposed_points(debate: Debate) -> Iterator[str]:
    """The points that are attacked, or a step for which is undercut."""
    for step in debate.inferences:
        if step.kind == "attacks":
            yield debate.points[step.target]
        denied = debate.denied_step(step)
        if denied is not None and debate.inferences[denied].kind == "supports":
            yield debate.points[debate.inferences[denied].target]
