"""Find a record by id, or say in one line what was probably meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import KbError
from kb.former import former_ids
from kb.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.debate import Debate
    from kb.model import Node


_LISTED = {"participant": "`kb participants` lists them", "node": "`kb list` lists them"}
"""Where to look for an id that is like none there is."""


class NotFoundError(KbError):
    """Nothing in the debate has this id; the command exits with 1."""

    exit_code = 1


def require_id(word: str, ids: Iterable[str], kind: str) -> str:
    """The id itself, if it is one of `ids`."""
    if word in ids:
        return word
    near = did_you_mean(word, ids) or _LISTED.get(kind, "")
    message = f"no {kind} is called `{word}`" + (f"; {near}" if near else "")
    raise NotFoundError(message)


def find_node(debate: Debate, node_id: str) -> Node:
    """A node by its id."""
    other = _other_record(debate, node_id)
    if node_id not in debate.nodes and other:
        message = f"`{node_id}` is no node but {other}"
        raise NotFoundError(message)
    if node_id in former_ids(debate).nodes:
        message = f"no node is called `{node_id}` any more; it is called `{former_ids(debate).nodes[node_id]}` now"
        raise NotFoundError(message)
    if node_id not in debate.nodes:
        containing = [i for i in debate.nodes if node_id and node_id in i]
        if containing and not did_you_mean(node_id, debate.nodes):
            more = f" and {len(containing) - 3} more" if len(containing) > 3 else ""
            message = f"no node is called `{node_id}`; ids with that in them: {', '.join(containing[:3])}{more}"
            raise NotFoundError(message)
    return debate.nodes[require_id(node_id, debate.nodes, "node")]


def _other_record(debate: Debate, name: str) -> str:
    """What else goes by this name, and the command that shows it."""
    records = (
        (debate.participants, f"a participant: `kb list --by {name}`, `kb open --by {name}`"),
        (debate.sources, f"a source: `kb list --source {name}`, `kb coverage --source {name}`"),
        (debate.terms, "a term: `kb terms`"),
        (debate.topic_order, f"a topic: `kb list --topic {name}`"),
    )
    return next((what for table, what in records if name in table), "")
