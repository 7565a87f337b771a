"""A line above each node of a file: how much tells against it, and what of that waits for an answer; asked for more, why it stands as it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.editing import meanings
from kb.editing.names import Name, definition
from kb.evaluate import evaluate
from kb.prose import account_text
from kb.queries.objections import objections, objections_text
from kb.queries.why import account

if TYPE_CHECKING:
    from kb.debate import Debate
    from kb.finding import Span

_WIDTH = 100


class Lens(NamedTuple):
    """Where a line stands, and about which node."""

    node: str
    span: Span


def lenses(debate: Debate, file: str) -> tuple[Lens, ...]:
    """The lines above the nodes of a file."""
    node_ids = (node.id for node in debate.nodes.values() if node.file == file)
    placed = ((node_id, definition(debate, Name(meanings.NODE, node_id))) for node_id in node_ids)
    return tuple(Lens(node_id, place.span) for node_id, place in placed if place is not None)


def lens_text(debate: Debate, node_id: str) -> str:
    """What a line says: "stands: 2 objections, 1 unanswered"."""
    status = evaluate(debate).status(node_id)
    objections_line = objections_text(debate, node_id)
    return f"{status}: {objections_line}" if status else objections_line


def explanation(debate: Debate, node_id: str) -> str:
    """The objections by name, and why the node stands as it does."""
    against = objections(debate, node_id)
    listed = "".join(
        f"\n- {n}{' (unanswered)' if n in against.unanswered else ''}: {debate.nodes[n].label}" for n in against.made
    )
    return f"{account_text(debate, account(debate, node_id, depth=1), _WIDTH)}{f'Objections:{listed}' if listed else ''}".rstrip()
