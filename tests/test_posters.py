"""Pictures shown with links to the debate and to each question: the same bytes each time, whatever is written on them."""

from __future__ import annotations

import builtins
import html
import re
import struct
import zlib
from pathlib import Path

import pytest
from click.testing import CliRunner

import kb
from kb.cli import main
from kb.finding import KbError
from kb.load import load_texts
from kb.publishing import posters
from kb.publishing.posters import HEIGHT, WIDTH, Poster, Side, draw_poster, is_legible
from tests import hostile, sites

STARTER = Path(kb.__file__).parent / "starter"
TEXTS = {p.relative_to(STARTER).as_posix(): p.read_text("utf-8") for p in (STARTER / "claims").rglob("*.yaml")}
PUBLISHED = TEXTS["claims/kb.yaml"] + "url: https://debates.example/fees\npictures: true\n"


def built(settings: str, **more: str) -> dict[str, str | bytes]:
    return {o.path: o.content for o in sites.gather(load_texts({**TEXTS, "claims/kb.yaml": settings, **more}).debate)}


def pixels(png: str | bytes) -> bytes:
    """The rows of pixels of a picture, which must be a proper PNG."""
    assert isinstance(png, bytes)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", png[16:24]) == (WIDTH, HEIGHT)
    packed, at = b"", 8
    while at < len(png):
        (length,), sort = struct.unpack(">I", png[at : at + 4]), png[at + 4 : at + 8]
        packed += png[at + 8 : at + 8 + length] if sort == b"IDAT" else b""
        at += length + 12
    return zlib.decompress(packed)


def test_the_debate_and_each_question_have_a_picture() -> None:
    found = built(PUBLISHED)
    assert [path for path in found if path.endswith(".png")] == ["index.png", "nodes/should-late-fees-go.png"]
    shown = {pixels(found[path]) for path in found if path.endswith(".png")}
    assert len(shown) == 2
    assert built(PUBLISHED) == found
    assert max(len(found[path]) for path in found if path.endswith(".png")) < 60_000


def test_pages_name_their_pictures_to_those_who_show_links() -> None:
    found = built(PUBLISHED)
    for path, picture in (
        ("index.html", "index.png"),
        ("nodes/should-late-fees-go.html", "nodes/should-late-fees-go.png"),
    ):
        page = str(found[path])
        meta = dict(re.findall(r'<meta (?:property|name)="([^"]*)" content="([^"]*)">', page))
        assert meta["og:image"] == f"https://debates.example/fees/{picture}"
        assert (meta["og:image:width"], meta["og:image:height"]) == ("1200", "630")
        assert html.unescape(meta["og:image:alt"]).startswith(html.unescape(meta["og:title"]))
        assert meta["twitter:card"] == "summary_large_image"
    assert "og:image" not in str(found["nodes/late-fees-should-go.html"])


def test_without_being_asked_for_there_are_none() -> None:
    found = built(PUBLISHED.replace("pictures: true\n", ""))
    assert not [path for path in found if path.endswith(".png")]
    assert 'content="summary"' in str(found["index.html"])


def test_a_picture_shows_the_question_the_sides_and_how_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Poster] = []

    def drawn(poster: Poster) -> bytes:
        made.append(poster)
        return b""

    for name in ("question_picture", "picture"):
        monkeypatch.setattr(f"kb.companions.{name}.draw_poster", drawn)
    built(PUBLISHED.replace("language: en", "language: de"))
    title = "The library's late fees"
    of_debate, of_question = made
    assert of_debate == Poster("", title, "11 Punkte · 2 Personen", (Side("Should late fees go?", "offen"),))
    assert of_question == Poster(
        title,
        "Should the library stop charging for books that come back late?",
        "offen · 11 Punkte",
        (Side("Late fees should go", "Ada"), Side("Late fees should stay", "Ben")),
    )


@pytest.mark.parametrize(
    "poster",
    [
        Poster("", "?", ""),
        Poster(hostile.ALL, hostile.ALL, hostile.ALL, (Side(hostile.ALL, hostile.ALL),) * 7),
        Poster("W" * 500, "W" * 500, "W" * 500, (Side("W" * 500, "W" * 500),) * 3),
        Poster("", "one two three four five six seven eight nine ten " * 20, "", (Side("", ""),)),
    ],
)
def test_whatever_is_written_stays_inside(poster: Poster) -> None:
    rows = pixels(draw_poster(poster))
    wide = len(rows) // HEIGHT
    right = {row[-40:] for row in (rows[n * wide : (n + 1) * wide] for n in range(20, HEIGHT))}
    assert len({bytes(set(row)) for row in right}) <= 2, "nothing but the ground at the right edge"


@pytest.mark.parametrize(
    ("heading", "known"), [("Über Größe — “so”?", True), ("Δίκη, Да", True), ("مرحبا", False), ("你好", False)]
)
def test_a_heading_that_the_font_does_not_know_gets_no_picture(heading: str, known: bool) -> None:
    assert is_legible(heading) is known
    found = built(PUBLISHED.replace("The library's late fees", heading))
    assert ("index.png" in found) is known
    assert ("og:image" in str(found["index.html"])) is known


def test_no_picture_leaves_out_what_a_side_says() -> None:
    answer = "claims/late-fees/late-fees-should-stay.yaml"
    found = built(PUBLISHED, **{answer: TEXTS[answer].replace("title: Late fees should stay", "title: 你好")})
    assert "nodes/should-late-fees-go.png" not in found
    assert "og:image" not in str(found["nodes/should-late-fees-go.html"])
    assert "index.png" in found
    asked = "claims/late-fees/should-late-fees-go.yaml"
    found = built(PUBLISHED, **{asked: TEXTS[asked].replace("title: Should late fees go?", "title: 你好")})
    assert "index.png" not in found


def test_pictures_take_an_address() -> None:
    with pytest.raises(KbError, match=r"`pictures` in kb\.yaml takes `url`, too"):
        built(TEXTS["claims/kb.yaml"] + "pictures: true\n")


@pytest.mark.parametrize(
    ("url", "rule"),
    [("", "pictures-without-address"), ("url: mailto:a@b.c", "pictures-without-address"), ("url: ftp://x", "wrong-type"), ("url:", "wrong-type")],
)  # fmt: skip
def test_that_pictures_lack_an_address_is_told_once_and_at_its_place(url: str, rule: str, tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims/kb.yaml").write_text(f"title: A\npictures: true\n{url}\n")
    (tmp_path / "claims/a.yaml").write_text("kind: claim\ntext: It is.\n")
    line, last = CliRunner().invoke(main, ["-C", str(tmp_path), "build"]).output.splitlines()
    place = {"wrong-type": "3:1" if url == "url:" else "3:6"}.get(rule, "2:11")
    assert re.search(rf"claims/kb\.yaml:{place}: error: .* \[{rule}\]$", line)
    assert last == "kb: 1 error, so no site was written; `kb lint` shows each in full"


def test_pictures_take_what_draws_them(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: object) -> object:
        if name.startswith("PIL"):
            raise ImportError(name)
        return real(name, *rest)  # type: ignore[arg-type] # as it was called

    monkeypatch.setattr(builtins, "__import__", without)
    posters.load_font.cache_clear()
    posters._has_glyph.cache_clear()  # noqa: SLF001 - what is remembered needs no library
    with pytest.raises(KbError, match=r"pip install 'argument-kb\[pictures\]'"):
        built(PUBLISHED)


def test_signs_that_are_put_together_of_others_have_room() -> None:
    if not pytest.importorskip("PIL.features").check("raqm"):
        pytest.skip("this Pillow has no layout but the plain one")
    font = posters.load_font(76)
    assert font.getlength("%") > font.getlength("o")
    assert font.getlength("\xab") > font.getlength("-")
