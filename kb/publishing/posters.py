"""The picture shown with a link to the debate or a question when somebody shares it: what is asked, the sides, and who holds them.

Drawn by Pillow with a font from a package, so that the same words give the same picture on every machine that has the same versions of
the two; both come with the extra `[pictures]`. What is asked or answered in a writing that the font does not know gets no picture.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from kb.finding import KbError

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
"""The size for which services that show such pictures ask."""
_EDGE, _GAP = 64, 24
_INK, _SOFT, _PANEL, _PAPER = 0, 90, 240, 255
"""Shades from the ink to the paper. The palette has shades at odd numbers, so that even ones are free for the colours of sides."""
_FIRST, _SECOND = (0x1F, 0x24, 0x29), (0xFD, 0xFC, 0xF9)
_BARS = (0x1B4F8A, 0xA1321C, 0x1B653F, 0x7A4D00)
"""The colours of the sides."""
_SIZES = (76, 66, 58, 50, 44)
_MOST_LINES, _MOST_SIDES = 4, 4


class Side(NamedTuple):
    """An answer and who holds it; on the picture of the debate, a question and its state."""

    answer: str
    people: str


class Poster(NamedTuple):
    """What a picture shows: the debate, a question, its state, and the sides."""

    debate: str
    """The title of the debate; empty on the picture of the debate itself."""
    heading: str
    state: str
    sides: tuple[Side, ...] = ()


def is_legible(text: str) -> bool:
    """Whether the font has all letters of a text."""
    return all(_has_glyph(letter) for letter in text if letter.isalnum())


def shows_all(poster: Poster) -> bool:
    """Whether the font has the letters of the heading and of every side: a picture that leaves out what one side says would take sides."""
    return all(map(is_legible, (poster.heading, *(side.answer for side in poster.sides[:_MOST_SIDES]))))


def draw_poster(poster: Poster) -> bytes:
    """The picture as PNG."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - only who wants pictures needs it

    image = Image.new("L", (WIDTH, HEIGHT), _PAPER)
    pen = ImageDraw.Draw(image)
    _draw_line(pen, (_EDGE, 44), poster.debate, 30, WIDTH - 2 * _EDGE, _SOFT)
    sides = poster.sides[:_MOST_SIDES]
    _draw_heading(pen, poster.heading, (104, 352 if sides else 520))
    boxes = _boxes(len(sides))
    for box, side in zip(boxes, sides, strict=True):
        _draw_side(pen, box, side)
    _draw_line(pen, (_EDGE, HEIGHT - 62), poster.state, 28, WIDTH - 2 * _EDGE, _SOFT)
    return _encode_png(image, boxes)


def _draw_heading(pen: ImageDraw, text: str, between: tuple[int, int]) -> None:
    """The question, in the largest size for which there is room."""
    top, bottom = between
    for size in _SIZES:
        lines = _wrap(text, size, WIDTH - 2 * _EDGE, bold=True)
        if len(lines) <= _MOST_LINES and len(lines) * size * 1.15 <= bottom - top:
            break
    for number, line in enumerate(lines[:_MOST_LINES]):
        cut = number == _MOST_LINES - 1 and len(lines) > _MOST_LINES
        pen.text((_EDGE, top + number * size * 1.15), f"{line}…" if cut else line, _INK, load_font(size, bold=True))


def _boxes(number: int) -> tuple[tuple[int, int, int, int], ...]:
    """The boxes of the sides, beside one another."""
    wide = (WIDTH - 2 * _EDGE - _GAP * (number - 1)) // max(number, 1)
    return tuple((_EDGE + n * (wide + _GAP), 384, _EDGE + n * (wide + _GAP) + wide, 540) for n in range(number))


def _draw_side(pen: ImageDraw, box: tuple[int, int, int, int], side: Side) -> None:
    left, top, right, _bottom = box
    pen.rectangle(box, _PANEL)
    lines = _wrap(side.answer, 28, right - left - 32)
    answer = [*lines[:2], *([f"{lines[2]}…" if len(lines) > 3 else lines[2]] if len(lines) > 2 else [])]
    for number, line in enumerate(answer):
        pen.text((left + 16, top + 18 + 34 * number), line, _INK, load_font(28))
    _draw_line(pen, (left + 16, top + 122), side.people, 22, right - left - 32, _SOFT)


def _draw_line(pen: ImageDraw, at: tuple[int, int], text: str, size: int, room: int, shade: int) -> None:
    """A text in one line, cut at a word."""
    lines = _wrap(text, size, room)
    if lines:
        pen.text(at, f"{lines[0]}…" if len(lines) > 1 else lines[0], shade, load_font(size))


def _encode_png(image: Image, boxes: tuple[tuple[int, int, int, int], ...]) -> bytes:
    """The grey picture in the colours between ink and paper, with a coloured bar over each side."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - as above

    coloured = Image.frombytes("P", image.size, image.point([shade | 1 for shade in range(256)]).tobytes())
    coloured.putpalette(_palette())
    pen = ImageDraw.Draw(coloured)
    pen.rectangle((0, 0, WIDTH, 11), 0)
    for number, (left, top, right, _bottom) in enumerate(boxes):
        pen.rectangle((left, top, right, top + 5), 2 * number)
    out = BytesIO()
    coloured.save(out, "PNG", compress_level=6)
    return out.getvalue()


@cache
def _palette() -> bytes:
    shades = bytearray()
    for shade in range(256):
        part = shade / 255
        shades += bytes(round(ink + (paper - ink) * part) for ink, paper in zip(_FIRST, _SECOND, strict=True))
    for number, bar in enumerate(_BARS):
        shades[6 * number : 6 * number + 3] = bar.to_bytes(3, "big")
    return bytes(shades)


# -- letters -------------------------------------------------------------------------------------------------------------


def _wrap(text: str, size: int, room: int, *, bold: bool = False) -> list[str]:
    """A text in lines that fit; letters that the font does not have are left out."""
    lines: list[str] = []
    for word in _printable(text).split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and load_font(size, bold=bold).getbbox(f"{longer}…")[2] <= room:
            lines[-1] = longer
        else:
            lines.append(_cut(word, size, room, bold=bold))
    return lines


def _cut(word: str, size: int, room: int, *, bold: bool) -> str:
    """As much of a word as fits."""
    wide = load_font(size, bold=bold).getbbox(f"{word}…")[2]
    return word if wide <= room else f"{word[: int(len(word) * room / wide) - 1]}…"


def _printable(text: str) -> str:
    return "".join(letter for letter in text if _has_glyph(letter))


@lru_cache(maxsize=4_096)
def _has_glyph(letter: str) -> bool:
    """Whether the font has a letter: those it does not have look like a character that no font has."""
    font = load_font(28)
    return letter.isspace() or bytes(font.getmask(letter)) != bytes(font.getmask("\uffff"))


@cache
def load_font(size: int, *, bold: bool = False) -> FreeTypeFont:
    """The letters of all pictures."""
    weight = "Semibold" if bold else "Regular"
    try:
        from PIL import ImageFont, features  # noqa: PLC0415 - as above

        file = resources.files("font_source_serif_pro") / "files" / f"SourceSerifPro-{weight}.ttf"
    except ImportError as error:
        message = "`pictures` in kb.yaml takes a library and a font: `pip install 'argument-kb[pictures]'`"
        raise KbError(message) from error
    # the plain layout takes composite glyphs, as `%` and `«` are in this font, for narrower than they are
    layout = ImageFont.Layout.RAQM if features.check("raqm") else ImageFont.Layout.BASIC
    return ImageFont.truetype(BytesIO(file.read_bytes()), size, layout_engine=layout)
