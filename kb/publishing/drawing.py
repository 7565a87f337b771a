"""The map of a neighbourhood as SVG: boxes that are links, arrows told by word, line and head, never by colour alone.

Colours, fonts and line styles come from the site's stylesheet, so that a map is light, dark or on paper as the page is. The words on a box
are its relation to what its arrow leads to, its speaker, its text, its status and how many moves lie below it.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

from kb.publishing.layout import WIDTH, lay_out, short
from kb.publishing.lettering import fit, width, wrap
from kb.vocabulary import AGAINST, FOR, INFERENCE, QUESTION, RELATIONS

if TYPE_CHECKING:
    from kb.publishing.layout import Line
    from kb.publishing.neighbourhood import Neighbourhood

_TEXT, _SMALL = 12, 10.5
_LINE, _PAD, _HEAD, _FOOT = 15, 9, 19, 20
_MOST_LINES = 4
_BOLD = 1.12
"""How much wider a bold line may run."""


class Label(NamedTuple):
    """What a box says: where it leads, its relation, its speaker, its text, its status and the moves below it."""

    href: str
    relation: str
    style: str
    speaker: str
    text: str
    status: str
    replies: int
    kind: str


@cache
def style_of(relation: str) -> str:
    """The line style of a relation: for, against, an undercut, or neither."""
    kind = RELATIONS.get(relation)
    if kind is None:
        return "neutral"
    if INFERENCE in kind.targets:
        return "undercut"
    return kind.polarity


def draw(found: Neighbourhood, labels: list[Label], name: str) -> Markup:
    """A neighbourhood as an SVG picture; `labels` belong to its boxes in order."""
    faces = [_face(label, again=box.again, more=box.hidden > 0) for label, box in zip(labels, found.boxes, strict=True)]
    layout = lay_out(found, [height for height, _ in faces])
    size = f'width="{layout.width}" height="{layout.height}" viewBox="0 0 {layout.width} {layout.height}"'
    parts = [
        f'<svg class="map" {size} role="group" aria-label="{escape(name)}"><g class="arrows" aria-hidden="true">',
        *map(_arrow, layout.lines),
        "</g>",
        *(
            _box(label, face, corner, here=number == found.focus, again=found.boxes[number].again)
            for number, (label, (_, face), corner) in enumerate(zip(labels, faces, layout.corners, strict=True))
        ),
        "</svg>",
    ]
    return Markup("".join(parts))  # noqa: S704 - every text in it is escaped below


# -- arrows ------------------------------------------------------------------------------------------------------------


def _arrow(line: Line) -> str:
    style = style_of(line.kind)
    strokes = "".join(line.strokes)
    x, y = line.head
    head = _head(style, short(x), short(y), onto=line.onto_arrow)
    return f'<g class="{style}"><path d="{strokes}"/>{head}{_joint(line)}</g>'


def _joint(line: Line) -> str:
    """Where linked premises come together."""
    if line.joint is None:
        return ""
    return f'<circle class="joint" cx="{short(line.joint[0])}" cy="{short(line.joint[1])}" r="3"/>'


def _head(style: str, x: str, y: str, *, onto: bool) -> str:
    """A triangle for a reason, a bar for an objection, a ring on the arrow for an undercut, an open angle for the rest."""
    if onto:
        return f'<circle class="ring" cx="{x}" cy="{y}" r="4"/>'
    if style == FOR:
        return f'<path class="head" d="M{x} {y}l8-4v8z"/>'
    if style == AGAINST:
        return f'<path class="bar" d="M{x} {y}m4-5v10"/>'
    return f'<path class="angle" d="M{x} {y}m7-4-6 4 6 4"/>'


# -- boxes -------------------------------------------------------------------------------------------------------------


def _box(label: Label, face: str, corner: tuple[int, int], *, here: bool, again: bool) -> str:
    """A box at its place; the node in question is no link, it is this page."""
    names = " ".join(
        filter(
            None,
            (label.style, "here" if here else "", "again" if again else "", "asked" if label.kind == QUESTION else ""),
        )
    )
    place = f'class="box {names}" transform="translate({corner[0]} {corner[1]})"'
    return f"<g {place}>{face}</g>" if here else f'<a {place} href="{label.href}" tabindex="-1">{face}</a>'


@lru_cache(maxsize=16_384)
def _face(label: Label, *, again: bool, more: bool) -> tuple[int, str]:
    """The height of a box and what is on it: the same wherever it stands."""
    lines = wrap(label.text, _TEXT, WIDTH - 2 * _PAD, 1 if again else _MOST_LINES)
    height = _HEAD + _LINE * len(lines) + (_PAD if again else _FOOT)
    first, *rest = map(escape, lines or [""])
    text = f'<text x="{_PAD}" y="{_HEAD + 11}">{first}'
    text += "".join(f'<tspan x="{_PAD}" dy="{_LINE}">{line}</tspan>' for line in rest)
    foot = "" if again else _footing(label, height - 8, more=more)
    rect = f'<rect width="{WIDTH}" height="{height}"/>'
    return height, f"{rect}{_heading(label, again=again)}{text}</text>{foot}"


def _heading(label: Label, *, again: bool) -> str:
    room: float = WIDTH - 2 * _PAD
    relation = fit(f"{label.relation}, elsewhere" if again else label.relation, _SMALL * _BOLD, room)
    left = f'<text class="rel" x="{_PAD}" y="15">{escape(relation)}</text>'
    room -= _PAD + width(relation, _SMALL * _BOLD)
    if again or not label.speaker or room < 30:
        return left
    return f'{left}<text class="who" x="{WIDTH - _PAD}" y="15">{escape(fit(label.speaker, _SMALL, room))}</text>'


def _footing(label: Label, y: int, *, more: bool) -> str:
    left = f'<text class="small" x="{_PAD}" y="{y}">{escape(label.status)}</text>' if label.status else ""
    if not label.replies:
        return left
    below = fit(f"{label.replies} below{' …' if more else ''}", _SMALL, WIDTH - 3 * _PAD - width(label.status, _SMALL))
    return f'{left}<text class="who" x="{WIDTH - _PAD}" y="{y}">{below}</text>'
