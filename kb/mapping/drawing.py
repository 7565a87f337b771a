"""The map of a neighbourhood as SVG: boxes that are links, and arrows that differ in word, line and head, never in colour alone.

Colours, fonts and line styles come from the site's stylesheet, so that a map is light, dark or on paper as the page is. The places of
columns and of texts in a box come from there, too, since every page of a node has a map. The words on a box are its relation to what its
arrow leads to, its text, its speaker, its status and how many moves lie below it.

Classes are short for the same reason. Arrows (`g`) and boxes (`a`; `g.h` the point itself) have that of their line style: `f` for, `a`
against, `u` undercut, or none. Boxes have their column (`c0` …) and lines of text (`l2` …), and `g` if they are drawn in full elsewhere,
`e` without a last line, `q` for a question, `t` for a topic, `m` if they count what is left out. The texts of a box are its relation (`r`
if it needs a second line), its lines, `w` who says it, `s` how it stands (twice if that takes two lines). Arrows have a path of lines,
one of heads, and `j` where premises join; `w1` … is how thick a line is, `p` the ground of a group.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

from kb.mapping.chart import style_of
from kb.mapping.layout import GAP, WIDTH, lay_out
from kb.mapping.routing import route
from kb.mapping.text_width import fit, width, wrap
from kb.vocabulary import AGAINST, FOR, QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.mapping.chart import Chart
    from kb.mapping.routing import Line

_TEXT, _SMALL = 12, 10.5
_LINE, _PAD, _HEAD, _FOOT = 15, 9, 19, 20
_MOST_LINES, _MOST_IN_REFERENCE = 4, 2
_COUNT = 24
"""The height of a box that counts what is left out."""
COUNT, TOPIC = "count", "topic"
"""Kinds of boxes that are no nodes: what is left out beside one, and a topic as a whole."""
_SHAPES = {QUESTION: " q", TOPIC: " t"}
EDGE = 4
"""The margin around a picture."""
_BOLD = 1.12
"""How much wider a line is in bold letters."""
_LEAST = 30
"""The least room for a name that is cut; with less it is left out."""
_KEPT = 1_024
"""How many relations, names and statuses are remembered as drawn, since the same ones stand on many boxes."""
_IN_BRACKETS = re.compile(r" \([^)]*\)")


class Label(NamedTuple):
    """What a box says: where it leads, its relation, its speaker, its text, its status and the moves below it."""

    href: str
    relation: str
    elsewhere: str
    """The relation of a point that is drawn in full in another box."""
    style: str
    speaker: str
    text: str
    footing: str
    """The status, and how many moves lie below."""
    replies: int
    kind: str


def draw(chart: Chart, labels: list[Label]) -> Markup:
    """A neighbourhood as an SVG picture, named by the heading of the map; `labels` are those of its boxes, in their order."""
    faces = [
        box_face(label, is_reference=box.is_reference, more=box.hidden > 0)
        for label, box in zip(labels, chart.boxes, strict=True)
    ]
    heights = [height for height, _, _ in faces]
    layout = lay_out(chart, heights)
    wide, high = layout.width + 2 * EDGE, layout.height + 2 * EDGE
    parts = [
        f'<svg class="map" width="{wide}" viewBox="-{EDGE} -{EDGE} {wide} {high}" role="group" aria-labelledby="map">',
        *_arrows_svg(route(chart, heights, layout.corners)),
        *(
            _box_svg(label.href, names, inner, corner, is_focus=not number)
            for number, (label, (_, names, inner), corner) in enumerate(zip(labels, faces, layout.corners, strict=True))
        ),
        "</svg>",
    ]
    return Markup("".join(parts))  # noqa: S704 - every text in it is escaped below


# -- arrows ------------------------------------------------------------------------------------------------------------


def _arrows_svg(lines: Sequence[Line]) -> Iterator[str]:
    """All arrows of one style together: their lines, their heads, and where linked premises come together."""
    lines_by_style: dict[str, list[Line]] = {}
    for line in lines:
        lines_by_style.setdefault(style_of(line.kind), []).append(line)
    for style, alike in lines_by_style.items():
        strokes = "".join(line.strokes for line in alike)
        heads = "".join(dict.fromkeys(arrowhead(style, line) for line in alike))
        joints = "".join(f"M{line.joint[0]} {line.joint[1]}h0" for line in alike if line.joint)
        joined = f'<path class="j" d="{joints}"/>' if joints else ""
        yield f'<g class="{style[0]}"><path d="{strokes}"/><path d="{heads}"/>{joined}</g>'


def arrowhead(style: str, line: Line) -> str:
    """A triangle for a reason, a bar for an objection, a ring on the arrow for an undercut, an open angle for the rest."""
    x, y = line.head
    if line.onto_arrow:
        return f"M{x - 4} {y}a4 4 0 1 0 8 0 4 4 0 1 0-8 0"
    if style == FOR:
        return f"M{x} {y}l8-4v8z"
    if style == AGAINST:
        return f"M{x + 4} {y - 5}v10"
    return f"M{x + 7} {y - 4}l-6 4 6 4"


# -- boxes -------------------------------------------------------------------------------------------------------------


def _box_svg(href: str, names: str, inner: str, corner: tuple[int, int], *, is_focus: bool) -> str:
    """A box at its place; that of the node in question is no link, since this is its page."""
    x, y = corner
    column = x // (WIDTH + GAP)
    lowered = f' transform="translate(0 {y})"' if y else ""
    if is_focus:
        return f'<g class="h c{column}{names}"{lowered}>{inner}</g>'
    return f'<a class="c{column}{names}" href="{href}"{lowered}>{inner}</a>'


@lru_cache(maxsize=4_096)
def box_face(label: Label, *, is_reference: bool, more: bool) -> tuple[int, str, str]:
    """The height of a box, its classes and its content, all of which are the same wherever it stands."""
    if label.kind == COUNT:
        return _COUNT, " m", f"<rect/><text>{escape(fit(label.text, _SMALL * _BOLD, WIDTH - 2 * _PAD))}</text>"
    size, most = (
        (_TEXT * _BOLD, _MOST_LINES)
        if label.kind == TOPIC
        else (_TEXT, _MOST_IN_REFERENCE if is_reference else _MOST_LINES)
    )
    lines = wrap(label.text, size, WIDTH - 2 * _PAD, most) or ("",)
    foot = () if is_reference else _footing_svg(label.footing, more=more and label.replies > 0)
    first, *second = (
        _relation_lines(label.elsewhere, "") if is_reference else _relation_lines(label.relation, label.speaker)
    )
    count = len(second) + len(lines) + len(foot[1:])
    height = _HEAD + _LINE * count + (_FOOT if foot else _PAD)
    texts = f"<text>{escape(first)}</text>" + "".join(f'<text class="r">{escape(line)}</text>' for line in second)
    texts += "".join(f"<text>{escape(line)}</text>" for line in lines)
    rest = "" if is_reference else _speaker_svg(label.speaker, first) + "".join(foot)
    names = f" {label.style[0]}" if label.style in {FOR, AGAINST, "undercut"} else ""
    names += f" l{count}" if count > 1 else ""
    names += f"{' g' if is_reference else '' if foot else ' e'}{_SHAPES.get(label.kind, '')}"
    return height, names, f"<rect/>{texts}{rest}"


@lru_cache(maxsize=_KEPT)
def _relation_lines(words: str, speaker: str) -> tuple[str, ...]:
    """The relation of a box to others, in two lines if one has no room for it, or none for the speaker beside it."""
    size, room = _SMALL * _BOLD, WIDTH - 2 * _PAD
    speaker_width = width(_IN_BRACKETS.sub("", speaker), _SMALL)
    narrow = room - 2 * _PAD - speaker_width if 0 < speaker_width <= room / 2 else room
    for most in (narrow, room):
        lines = wrap(words, size, most, 2)
        if " ".join(lines) == words:
            break
    return _with_common_spaces(lines) or ("",)


@lru_cache(maxsize=_KEPT)
def _speaker_svg(speaker: str, relation: str) -> str:
    """The speaker, right of the relation; where room is scarce, without the part of the name in brackets, then cut after a word."""
    room = WIDTH - 4 * _PAD - width(relation, _SMALL * _BOLD)
    name = speaker if width(speaker, _SMALL) <= room else _IN_BRACKETS.sub("", speaker)
    if not name or (room < _LEAST and width(name, _SMALL) > room):
        return ""
    cut = fit(name, _SMALL, room)
    if cut != name and " " in cut and name[len(cut) - 1] != " ":
        cut = f"{cut.rpartition(' ')[0]}…"
    return f'<text class="w">{escape(cut)}</text>'


@lru_cache(maxsize=_KEPT)
def _footing_svg(footing: str, *, more: bool) -> tuple[str, ...]:
    """The status and how many moves lie below, in two lines if one has no room; with dots if not all of these moves are drawn."""
    words = f"{footing}\N{NO-BREAK SPACE}…" if more else footing
    lines = _with_common_spaces(wrap(words, _SMALL, WIDTH - 2 * _PAD, 2))
    raised = (f' y="-{_LINE}"', "")[2 - len(lines) :]
    return tuple(f'<text class="s"{up}>{escape(line)}</text>' for up, line in zip(raised, lines, strict=True))


def _with_common_spaces(lines: Sequence[str]) -> tuple[str, ...]:
    """Lines with common spaces in the place of those at which no line was to end."""
    return tuple(line.replace("\N{NO-BREAK SPACE}", " ") for line in lines)
