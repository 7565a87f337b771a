"""A relation leads to something that does not exist.

A reader who follows the relation ends nowhere, and the point that was meant is neither supported nor challenged: the verdict is
computed without it. Usually the id is misspelt or the target was renamed.

Bad:

    id: planning-may-emerge
    kind: claim
    text: Planning may emerge in a predictor.
    supports: agency-may-aries    # <- unknown-target
    ---
    id: agency-may-arise
    kind: claim
    text: Agency may arise in a predictor.

Bad:

    ## kb.yaml
    title: Predictors
    main: [agency-may-arise, agency-may-not-arise]    # <- unknown-target
    ## talk/agency-may-arise.yaml
    kind: claim
    text: Agency may arise in a predictor.

Good:

    id: planning-may-emerge
    kind: claim
    text: Planning may emerge in a predictor.
    supports: agency-may-arise
    ---
    id: agency-may-arise
    kind: claim
    text: Agency may arise in a predictor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.former import former_ids
from kb.linting.scope import FILES, STRUCTURE
from kb.mentions import renamed_texts
from kb.spelling import replacement, respelling
from kb.suggest import did_you_mean, list_hint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.model import Record

SEVERITY = "error"
FIX = "sometimes"
READS = STRUCTURE | FILES | {"rejected", "formerly"}
LOCAL_WHILE_CLEAN = True


def check(debate: Debate) -> Iterator[Problem]:
    """Follow every relation, linked premise and premise of an argument, and what `kb.yaml` leads with."""
    for node in debate.nodes.values():
        for relation in node.relations:
            if relation.kind != "undercuts" and _is_missing(debate, relation.to):
                yield _problem(debate, node.id, relation.to, relation, "to")
            for index, premise in enumerate(relation.premises):
                if _is_missing(debate, premise):
                    yield _problem(debate, node.id, premise, relation, "with", index)
        for entry in node.premises:
            if _is_missing(debate, entry.id):
                yield _problem(debate, node.id, entry.id, entry)
    for index, name in enumerate(debate.settings.main):
        if _is_missing(debate, name):
            yield _problem(debate, None, name, debate.settings, "main", index)


def _is_missing(debate: Debate, target: str) -> bool:
    return target not in debate.nodes and target not in debate.rejected


def _other_record(debate: Debate, name: str) -> str:
    """What else is called so."""
    tables = (
        ("a participant", debate.participants),
        ("a term", debate.terms),
        ("a topic", debate.topics),
        ("a source", debate.sources),
    )
    return next((what for what, records in tables if name in records), "")


def _problem(debate: Debate, node_id: str | None, target: str, record: Record, *path: str | int) -> Problem:
    place, fix = record.place(*path), None
    message = f"no node is called `{target}`"
    if "->" in target:
        help_text = "only `undercuts` leads to a step; name a node"
    elif target in debate.relation_ids:
        help_text = f"`{target}` is a relation; only `undercuts` can lead to it"
    elif listed := list_hint(target, debate.nodes):
        help_text = listed
    elif other := _other_record(debate, target):
        return Problem(place, f"`{target}` is {other}, no node", "name the node that is meant", node_id)
    elif now := former_ids(debate).nodes.get(target):
        message, help_text = renamed_texts(message, now)
        fix = replacement(place, record.written(*path), target, now)
    else:
        help_text = did_you_mean(target, debate.nodes) or "create it, or remove the relation"
        fix = respelling(place, record.written(*path), target, debate.nodes)
    return Problem(place, message, help_text, node_id, fix=fix)
