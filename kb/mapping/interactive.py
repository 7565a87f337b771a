"""The map of a topic or of a whole debate as SVG: every box and arrow by itself, with what a script needs in order to fold, filter and find.

Without a script it is a picture like that on the page of a node. All of the drawing has the id `drawn`, of which paper shows pieces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

from kb.mapping.chart import style_of
from kb.mapping.drawing import EDGE, arrowhead, box_face
from kb.queries.thread import PREMISE
from kb.vocabulary import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kb.mapping.chart import Arrow, Chart
    from kb.mapping.drawing import Label
    from kb.mapping.layout import Layout, Panel
    from kb.mapping.routing import Line


_HEADED = frozenset(RELATIONS) | {PREMISE}
"""Arrows with a head; ties of topics and lines to boxes that count the rest have none."""

Geometry = tuple["Layout", tuple["Line", ...]]
"""Where the boxes of a map stand, and how the lines of its arrows run."""


class BoxContent(NamedTuple):
    """What stands in a box: its label, its HTML id if it is drawn in full, and the fields by which it is filtered."""

    label: Label
    id: str
    fields: Mapping[str, str]


def box_heights(chart: Chart, contents: Sequence[BoxContent]) -> list[int]:
    """How high the boxes of a map are."""
    return [height for height, _, _ in _faces(chart, contents)]


def draw(chart: Chart, contents: Sequence[BoxContent], geometry: Geometry) -> Markup:
    """A map as an SVG picture; `contents` belong to the boxes in order."""
    layout, lines = geometry
    wide, high = layout.width + 2 * EDGE, layout.height + 2 * EDGE
    parts = [
        f'<svg class="map" width="{wide}" viewBox="-{EDGE} -{EDGE} {wide} {high}" role="group">',
        '<g class="map" id="drawn">',
        *map(_panel, layout.panels),
        *_arrows(chart, lines),
    ]
    for box, content, (_, names, inner), (x, y) in zip(
        chart.boxes, contents, _faces(chart, contents), layout.corners, strict=True
    ):
        id_attribute = f' id="{escape(content.id)}"' if content.id else ""
        parents = "" if box.parent is None else f' data-up="{" ".join(map(str, (box.parent, *box.other_parents)))}"'
        data = "".join(f' data-{name}="{escape(value)}"' for name, value in content.fields.items() if value)
        place = f'transform="translate({x} {y})"'
        parts.append(
            f'<a{id_attribute} class="b{names}" href="{escape(content.label.href)}"{parents}{data} {place}>{inner}</a>'
        )
    parts.append("</g>\n</svg>")
    return Markup("\n".join(parts))  # noqa: S704 - every text in it is escaped


def _faces(chart: Chart, contents: Sequence[BoxContent]) -> list[tuple[int, str, str]]:
    return [
        box_face(content.label, is_reference=box.is_reference, more=box.hidden > 0)
        for content, box in zip(contents, chart.boxes, strict=True)
    ]


def _panel(panel: Panel) -> str:
    x, y, width, height, title = panel
    return f'<g class="p"><path d="M{x} {y}h{width}v{height}h-{width}z"/><text class="p" x="{x + 12}" y="{y + 22}">{escape(title)}</text></g>'


def _arrows(chart: Chart, lines: Sequence[Line]) -> Iterator[str]:
    """Each arrow with the boxes it joins."""
    for arrow, line in zip(chart.arrows, lines, strict=True):
        style = style_of(line.kind)
        weight = f" w{arrow.weight}" if arrow.weight else ""
        joint = f'<path class="j" d="M{line.joint[0]} {line.joint[1]}h0"/>' if line.joint else ""
        ending = f'<path d="{arrowhead(style, line)}"/>' if arrow.kind in _HEADED else ""
        starts, ends = (" ".join(map(str, boxes)) for boxes in (arrow.starts, _ends(chart, arrow)))
        yield (
            f'<g class="{style[0]}{weight}" data-from="{starts}" data-to="{ends}">'
            f'<path d="{line.strokes}"/>{ending}{joint}</g>'
        )


def _ends(chart: Chart, arrow: Arrow) -> Iterator[int]:
    """The box to which an arrow leads; for an arrow onto another one, all boxes that the other joins."""
    if arrow.box is not None:
        yield arrow.box
    if arrow.arrow is not None:
        other = chart.arrows[arrow.arrow]
        yield from other.starts
        yield from _ends(chart, other)
