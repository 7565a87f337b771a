"""Texts in any script at the terminal and on maps: what makes one character, where lines end, how wide they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.breaking import beginning, column_count, fill_lines, graphemes, pieces, truncate
from kb.finding import Span
from kb.mapping.text_width import fit, wrap
from kb.prose import wrapped
from kb.publishing.markup import shorten
from kb.reporting.excerpt import underline
from kb.tables import Row, render

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
SCIENTIST = "\U0001f469\U0001f3fd\u200d\U0001f52c"
FLAGS = "\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7"
STRUCK = "Z\u0338\u0322a\u0337"
JAPANESE = "中学校では、スマートフォンの持ち込みを全面的に禁止すべきである。GPT-4 や「iPad」を使った授業は、すでに行われている。"
ANY = st.lists(
    st.sampled_from([*"ab ー。、「」本語", "ก\u0e38", "e\u0301", FAMILY, FLAGS[:2], STRUCK[:3]]), max_size=40
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Zoë", ["Z", "o", "ë"]),
        ("e\u0301t", ["e\u0301", "t"]),
        (FAMILY + SCIENTIST, [FAMILY, SCIENTIST]),
        (FLAGS, [FLAGS[:2], FLAGS[2:]]),
        (STRUCK, [STRUCK[:3], STRUCK[3:]]),
        ("हिन्दी", ["हि", "न्दी"]),
    ],
)
def test_what_readers_take_for_one_sign_is_one(text: str, found: list[str]) -> None:
    assert list(graphemes(text)) == found


@pytest.mark.parametrize(
    ("text", "wide"),
    [("Zoë Łuk", 7), ("日本", 4), (FAMILY, 2), (FLAGS, 4), (STRUCK, 2), ("⚖\ufe0f", 2), ("שָׁלוֹם", 4), ("ﾀﾅｶ", 3)],
)
def test_a_text_takes_the_columns_that_a_terminal_gives_it(text: str, wide: int) -> None:
    assert column_count(text) == wide


def test_japanese_may_end_a_line_behind_any_sign_but_no_line_begins_with_a_full_stop() -> None:
    assert [piece for _, piece in pieces("「犬」は、GPT-4 だった。")] == ["「犬」", "は、", "GPT-4", "だっ", "た。"]
    for width in range(10, 60):
        lines = fill_lines(JAPANESE, width, "* ", "  ")
        assert max(map(column_count, lines)) <= width
        assert not any(line.strip()[0] in "。、」ーっ" for line in lines), lines
        assert not any(line.endswith("「") for line in lines), lines
        assert "".join(line[2:] for line in lines).replace(" ", "") == JAPANESE.replace(" ", "")


@given(ANY, st.integers(2, 30))
def test_lines_say_what_the_text_says_in_the_columns_there_are(said: list[str], width: int) -> None:
    text = "".join(said)
    lines = fill_lines(text, width)
    assert all(column_count(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert [sign for line in lines for sign in graphemes(line) if sign != " "] == [sign for sign in said if sign != " "]
    assert column_count(truncate(text, width)) <= max(width, 3)


# -- at the terminal ------------------------------------------------------------------------------------------------------


def test_columns_of_a_table_are_those_of_the_terminal() -> None:
    rows: list[Row] = [{"name": "田中", "id": "a", "text": "x"}, {"name": "Ann", "id": "b", "text": FAMILY}]
    assert render(rows, ("name", "id", "text"), "table", 80).splitlines() == [
        "NAME  ID  TEXT",
        "田中  a   x",
        f"Ann   b   {FAMILY}",
    ]


def test_a_table_of_japanese_fits_the_terminal_and_is_cut_to_a_line_if_asked() -> None:
    rows: list[Row] = [{"id": "ban", "text": JAPANESE}]
    lines = render(rows, ("id", "text"), "table", 50).splitlines()
    assert len(lines) == 4
    assert max(map(column_count, lines)) <= 50
    short = render(rows, ("id", "text"), "table", 50, cut=True).splitlines()
    assert short[1] == "ban  中学校では、スマートフォンの持ち込みを全面的…"


def test_a_report_in_japanese_fits_the_terminal() -> None:
    lines = wrapped(JAPANESE, 60, "    ", "  * ")
    assert len(lines) == 3
    assert max(map(column_count, lines)) <= 60
    assert lines[1].startswith("    ")


def test_the_marks_of_a_finding_stand_under_it_behind_emoji_and_marks() -> None:
    line = f"text: {SCIENTIST} हिन्दी clam"
    start = line.index("clam") + 1
    assert underline(line, Span(1, start, 1, start + 4)) == (line, " " * (6 + 2 + 1 + 4 + 1) + "^^^^")


# -- on maps and in headings -----------------------------------------------------------------------------------------------


def test_a_text_without_spaces_fills_the_lines_of_its_box() -> None:
    lines = "GPT-4は学習を支援する", "が、集中力を下げる。"
    assert wrap("".join(lines), 12, 154, 4) == lines
    assert wrap("禁止した学校ではいじめが減った。", 12, 180, 4) == ("禁止した学校ではいじめが減っ", "た。")


def test_a_box_cuts_no_sign_apart() -> None:
    shown = wrap((FAMILY + SCIENTIST) * 5, 12, 70, 20)
    assert {sign for line in shown for sign in graphemes(line)} == {FAMILY, SCIENTIST}
    assert fit(STRUCK * 9, 12, 60).startswith(STRUCK * 2)
    assert set(graphemes(fit(FLAGS * 9, 12, 60))) == {FLAGS[:2], FLAGS[2:], "…"}


def test_a_heading_in_chinese_is_cut_where_there_is_room_and_not_at_its_only_space() -> None:
    assert shorten("GPT 汉字之间没有空格所以整句话看起来像一个词。", 20) == "GPT 汉字之间没有空格所以整句话看起…"
    assert shorten("汉字之间没有空格", 6) == "汉字之间没…"
    assert shorten(FAMILY * 5, 12) == FAMILY * 2 + "…"
    assert beginning("one two", 5) == "one"
