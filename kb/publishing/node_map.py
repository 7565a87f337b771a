"""The map on the page of a node: a neighbourhood, drawn with what the debate says of its nodes, and the number of those left out."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kb.catalogue import key_of
from kb.evaluate import judgements
from kb.mapping.chart import STYLES, style_of
from kb.mapping.drawing import Label, draw
from kb.mapping.neighbourhood import REACH, neighbourhood
from kb.memory import once_each
from kb.publishing import addresses
from kb.publishing.cards import STATUS_SIGNS, STYLE_SIGNS, short_names
from kb.publishing.markup import plain
from kb.publishing.messages import interface_words
from kb.queries.thread import reply_count

if TYPE_CHECKING:
    from markupsafe import Markup

    from kb.catalogue import Catalogue
    from kb.debate import Debate
    from kb.mapping.chart import Chart


class Picture(NamedTuple):
    """A map, the line styles a reader meets on it, and how many neighbours of what it shows are left out."""

    svg: Markup
    columns_left: int
    """How many columns stand left of the point itself."""
    styles: tuple[str, ...]
    hidden: int


def picture(debate: Debate, node_id: str, reach: int = REACH) -> Picture | None:
    """The map around a node, for its page; None for a node on its own."""
    chart = neighbourhood(debate, node_id, reach)
    if len(chart.boxes) < 2:
        return None
    kinds = relations_by_box(chart)
    labels = [box_label(debate, box.node, kinds.get(number, ())) for number, box in enumerate(chart.boxes)]
    drawn_styles = {style_of(arrow.kind) for arrow in chart.arrows}
    styles = tuple(style for style in STYLES if style in drawn_styles)
    drawn = draw(chart, labels)
    return Picture(drawn, chart.boxes[0].column - min(box.column for box in chart.boxes), styles, chart.hidden)


def relations_by_box(chart: Chart) -> dict[int, tuple[str, ...]]:
    """The relations that leave each box on the picture."""
    kinds: dict[int, dict[str, None]] = {}
    for arrow in chart.arrows:
        for start in arrow.starts:
            kinds.setdefault(start, {})[arrow.kind] = None
    return {box: tuple(names) for box, names in kinds.items()}


@once_each
def box_label(debate: Debate, node_id: str, kinds: tuple[str, ...]) -> Label:
    """What the box of a node says; its address is relative to the page of another node."""
    node, speakers = debate.nodes[node_id], debate.speakers(node_id)
    speaker = "".join(short_names(debate, speakers[:1])) + (" …" if len(speakers) > 1 else "")
    below = reply_count(debate, node_id)
    relation, elsewhere, style = _relation_words(interface_words(debate), kinds, node.kind)
    return Label(
        href=addresses.node(node_id).rpartition("/")[2],
        relation=relation,
        elsewhere=elsewhere,
        style=style,
        speaker=speaker,
        text=plain(node.label) or node_id,
        footing=_footing(interface_words(debate), judgements(debate)[node_id].status, below),
        replies=below,
        kind=node.kind,
    )


@lru_cache(maxsize=1_024)
def _relation_words(catalogue: Catalogue, kinds: tuple[str, ...], node_kind: str) -> tuple[str, str, str]:
    """How a point bears on others in words, the words for a point that is drawn in full elsewhere, and its line style."""
    say, styles = catalogue.say, dict.fromkeys(map(style_of, kinds))
    phrase = _joined_relations(catalogue, kinds) if kinds else say(key_of("kind", node_kind))
    return phrase, say("map.elsewhere", relation=phrase), next(iter(styles)) if len(styles) == 1 else "none"


def _joined_relations(catalogue: Catalogue, kinds: tuple[str, ...]) -> str:
    """The relations of a point, those of one line style after each other, with a sign before the first of each style."""
    say, phrases, last = catalogue.say, list[str](), ""
    for kind in sorted(kinds, key=lambda kind: STYLES.index(style_of(kind))):
        style = style_of(kind)
        sign = f"{STYLE_SIGNS[style]}\N{NO-BREAK SPACE}" if style != last else ""
        phrases.append(f"{sign}{say(key_of('relation', kind))}")
        last = style
    return say("list.next").join(phrases)


@lru_cache(maxsize=1_024)
def _footing(catalogue: Catalogue, status: str | None, below: int) -> str:
    """A status, if there is one, and how many moves lie below, if any do; no line ends between a number and what it counts."""
    say, phrases = catalogue.say, list[str]()
    if status is not None:
        phrases.append(f"{STATUS_SIGNS[status]} {say(key_of('status', status))}")
    if below:
        phrases.append(say("map.below", n=below).replace(" ", "\N{NO-BREAK SPACE}"))
    return say("list.next").join(phrases)
