"""The map on a page: a neighbourhood drawn with what the debate says of its nodes, and what it leaves out in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kb.evaluate import evaluate
from kb.publishing import addresses
from kb.publishing.cards import STATUS_SIGNS, STYLE_SIGNS, replies, short_names, tie
from kb.publishing.drawing import Label, draw, style_of
from kb.publishing.markup import plain
from kb.publishing.neighbourhood import REACH, neighbourhood

if TYPE_CHECKING:
    from markupsafe import Markup

    from kb.debate import Debate
    from kb.publishing.neighbourhood import Neighbourhood


@dataclass(frozen=True, slots=True)
class Picture:
    """A map, the line styles a reader meets on it, and how many neighbours of what it shows are left out."""

    svg: Markup
    before: int
    """Columns to the left of the point itself."""
    styles: tuple[str, ...]
    hidden: int


def picture(debate: Debate, node_id: str, reach: int = REACH) -> Picture | None:
    """The map around a node, for its page; None for a node on its own."""
    found = neighbourhood(debate, node_id, reach)
    if len(found.boxes) < 2:
        return None
    kinds = _kinds(found)
    labels = [_label(debate, box.node, kinds.get(number, ())) for number, box in enumerate(found.boxes)]
    styles = tuple(dict.fromkeys(style_of(arrow.kind) for arrow in found.arrows))
    drawn = draw(found, labels)
    return Picture(
        drawn, found.boxes[found.focus].column - min(box.column for box in found.boxes), styles, found.hidden
    )


def _kinds(found: Neighbourhood) -> dict[int, tuple[str, ...]]:
    """The relations that leave each box on the picture."""
    kinds: dict[int, dict[str, None]] = {}
    for arrow in found.arrows:
        for start in arrow.starts:
            kinds.setdefault(start, {})[arrow.kind] = None
    return {box: tuple(names) for box, names in kinds.items()}


@lru_cache(maxsize=16_384)
def _label(debate: Debate, node_id: str, kinds: tuple[str, ...]) -> Label:
    node = debate.nodes[node_id]
    status = evaluate(debate).status(node_id)
    speakers = debate.speakers(node_id)
    named = short_names(debate).get(speakers[0], speakers[0]) + (" …" if len(speakers) > 1 else "") if speakers else ""
    first = tie(kinds[0]) if kinds else None
    words = f"{STYLE_SIGNS[first.style]} {', '.join(tie(k).word for k in kinds)}" if first else node.kind
    return Label(
        href=addresses.node(node_id).rpartition("/")[2],
        relation=words,
        style=first.style if first else "none",
        speaker=named,
        text=plain(node.label) or node_id,
        status=f"{STATUS_SIGNS[status]} {status}" if status else "",
        replies=replies(debate, node_id),
        kind=node.kind,
    )
