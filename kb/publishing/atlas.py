"""The map on a page: a neighbourhood drawn with what the debate says of its nodes, and what it leaves out in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kb.catalogue import key_of
from kb.evaluate import evaluate
from kb.publishing import addresses
from kb.publishing.cards import STATUS_SIGNS, STYLE_SIGNS, replies, short_names
from kb.publishing.chart import STYLES, style_of
from kb.publishing.drawing import Label, draw
from kb.publishing.markup import plain
from kb.publishing.messages import spoken
from kb.publishing.neighbourhood import REACH, neighbourhood

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from kb.debate import Debate
    from kb.publishing.chart import Chart


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
    kinds = kinds_of(found)
    labels = [label(debate, box.node, kinds.get(number, ())) for number, box in enumerate(found.boxes)]
    styles = tuple(dict.fromkeys(style_of(arrow.kind) for arrow in found.arrows))
    drawn = draw(found, labels)
    return Picture(drawn, found.boxes[0].column - min(box.column for box in found.boxes), styles, found.hidden)


def kinds_of(found: Chart) -> dict[int, tuple[str, ...]]:
    """The relations that leave each box on the picture."""
    kinds: dict[int, dict[str, None]] = {}
    for arrow in found.arrows:
        for start in arrow.starts:
            kinds.setdefault(start, {})[arrow.kind] = None
    return {box: tuple(names) for box, names in kinds.items()}


@lru_cache(maxsize=16_384)
def label(debate: Debate, node_id: str, kinds: tuple[str, ...]) -> Label:
    """What the box of a node says; its address is that from another node."""
    node, say = debate.nodes[node_id], spoken(debate).say
    speakers = debate.speakers(node_id)
    named = short_names(debate).get(speakers[0], speakers[0]) + (" …" if len(speakers) > 1 else "") if speakers else ""
    styles = dict.fromkeys(map(style_of, kinds))
    words = _relations(debate, kinds) if kinds else say(key_of("kind", node.kind))
    return Label(
        href=addresses.node(node_id).rpartition("/")[2],
        relation=words,
        elsewhere=say("map.elsewhere", relation=words),
        style=next(iter(styles)) if len(styles) == 1 else "none",
        speaker=named,
        text=plain(node.label) or node_id,
        footing=say("list.next").join(_footing(debate, node_id)),
        replies=replies(debate, node_id),
        kind=node.kind,
    )


def _relations(debate: Debate, kinds: tuple[str, ...]) -> str:
    """How a point bears on others, in words: a sign before each line style, for that of the line is seen beside it."""
    say, told, last = spoken(debate).say, list[str](), ""
    for kind in sorted(kinds, key=lambda kind: STYLES.index(style_of(kind))):
        style = style_of(kind)
        sign = f"{STYLE_SIGNS[style]}\N{NO-BREAK SPACE}" if style != last else ""
        told.append(f"{sign}{say(key_of('relation', kind))}")
        last = style
    return say("list.next").join(told)


def _footing(debate: Debate, node_id: str) -> Iterator[str]:
    """The status of a node and how many moves lie below it, as far as there are any."""
    say, status, below = spoken(debate).say, evaluate(debate).status(node_id), replies(debate, node_id)
    if status is not None:
        yield f"{STATUS_SIGNS[status]} {say(key_of('status', status))}"
    if below:
        yield say("map.below", n=below)
