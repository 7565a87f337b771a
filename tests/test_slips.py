"""Where a file stops being YAML: the finding points at what the editor did, in words an editor knows."""

from __future__ import annotations

import pytest

from kb.reading import source
from kb.reading.source import parse
from tests.test_source import SlowParser

SLIPS = [
    # a quote that is not closed: the text of the file, then what is underlined, where, message and help
    ('kind: claim\ntext: "Most borrow.\nby: ada\n', (2, '"'), "this quote is not closed", '`"`'),
    ('kind: claim\ntext: "Most borrow.\nby: "vs-p1"\n', (2, '"'), "this quote is not closed", '`"`'),
    ('kind: claim\ntext: "Most\n  borrow.\nby: "a"\n', (2, '"'), "this quote is not closed", '`"`'),
    ("kind: claim\nby: 'ada\n", (2, "'"), "this quote is not closed", "`'`"),
    ('id: a\n---\ntext: "b\n---\nid: c\n', (3, '"'), "this quote is not closed", ""),
    ('tags: ["a", "b]\nby: "x"\n', (1, '"b'), "this quote is not closed", ""),
    ('text: >-\n  An "open\n  quote.\nby: "x\n', (4, '"'), "this quote is not closed", ""),
    # one that is closed too early
    ("text: 'It's late'\nby: a\n", (1, "'s"), "the text ends at this quote", "`''`"),
    ('text: "He said "no" to it"\n', (1, '"no'), "the text ends at this quote", '`\\"`'),
    ('text: "Agency" may arise.\n', (1, '" may'), "the text ends at this quote", "whole text"),
    # a space is missing
    ("kind: claim\nby:vs-p1\ntext: x\n", (2, "by:"), "a space is missing behind `by:`", "`by: vs-p1`"),
    ("by:vs-p1\ntext: x\n", (1, "by:"), "a space is missing behind `by:`", "`by: vs-p1`"),
    ("text: x\nby:vs-p1\n", (2, "by:"), "a space is missing behind `by:`", "`by: vs-p1`"),
    ("attacks:\n  - to:x\n    by: y\n", (2, "to:"), "a space is missing behind `to:`", "`to: x`"),
    # lines with another indent
    ("text: Most borrow\nin summer.\nby: a\n", (2, "in summer."), "this line is no field", "goes on with `text`"),
    ("text: >-\nIn summer.\nby: a\n", (2, "In summer."), "this line is no field", "goes on with `text`"),
    ("in summer\nby: a\n", (1, "in summer"), "this line is no field", "`key: value`"),
    ("kind: claim\n title: x\n", (2, "title"), "the indentation of `title` is deeper", "below `kind`"),
    (" kind: claim\ntitle: x\n", (1, "kind"), "the indentation of `kind` is deeper", "above `title`"),
    ("a:\n  - b\n c: d\n", (3, "c"), "the indentation of `c` fits no line above", "indent it"),
    ("supports:\n- a\n- b\n  by: c\n", (4, "by"), "`by` is a field, but its item began as a text", "`- to: b`"),
    ("text: >-\n    Most\n  borrow.\nby: a\n", (3, "borrow."), "this line is indented less", "lines of `text` alike"),
    ("a: b\n\tc: d\n", (2, "\t"), "a tab", "spaces"),
    ("a:\n\t- c\n", (2, "\t"), "a tab", "spaces"),
    # texts that mean something else to YAML
    ("text: One thing is sure: it is late.\n", (1, ": it"), "a text that holds `: ` needs quotes", "`>-`"),
    ("text: Most\n  of them: late.\n", (2, ": late"), "a text that holds `: ` needs quotes", "`>-`"),
    ("source: letter: p1\n", (1, ": p1"), "a text that holds `: ` needs quotes", "`source: letter p1`"),
    ("text: * foo\n", (1, "*"), "a text that begins with `*` needs quotes", "in quotes"),
    ("text: *foo bar\n", (1, "*"), "a text that begins with `*` needs quotes", "in quotes"),
    ("text: > x\n", (1, ">"), "a text that begins with `>` needs quotes", "in quotes"),
    ("text: @x\n", (1, "@"), "a text that begins with `@` needs quotes", "in quotes"),
    ("text: %x\n", (1, "%"), "a text that begins with `%` needs quotes", "in quotes"),
    ("text: `x`\n", (1, "`x"), "a text that begins with a backtick needs quotes", "in quotes"),
    ("tags: [a, @b]\n", (1, "@"), "a text that begins with `@` needs quotes", "in quotes"),
    ("title: [Draft] A\nkind: x\n", (1, "["), "a text that begins with `[` needs quotes", "in quotes"),
    ("title: {a} b\n", (1, "{"), "a text that begins with `{` needs quotes", "in quotes"),
    ("text: - x\n", (1, "-"), "a list begins below its key", "line of its own"),
    ('text: "a \\d"\n', (1, "\\d"), "`\\d` means nothing inside double quotes", "single quotes"),
    ('text: "a\\xzz"\n', (1, "\\x"), "`\\x` means nothing inside double quotes", "single quotes"),
    ("text: a\n  b # c\n  d\nby: x\n", (2, "# c"), "a comment ends the text", "quotes"),
    # brackets
    ("tags: [a, b\nby: x\n", (1, "["), "this bracket is not closed", "`[one, two]`"),
    ("tags: ['a' b]\n", (1, "b]"), "a comma or the closing bracket is missing", "`[one, two]`"),
    # merging
    ("a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> x\n", (2, "<<<<<<< HEAD"), "an unresolved merge", "`=======`"),
    ("<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> x\n", (1, "<<<<<<< HEAD"), "an unresolved merge", "both versions"),
]


@pytest.mark.parametrize("parser", ["ours", "python"])
@pytest.mark.parametrize(("text", "at", "message", "helps"), SLIPS)
def test_a_slip_is_shown_where_it_was_made(
    text: str, at: tuple[int, str], message: str, helps: str, parser: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if parser == "python":
        monkeypatch.setattr(source, "_Parser", SlowParser)
    faults = parse("x.yaml", text).faults
    assert [fault.rule for fault in faults] == ["yaml-syntax"]
    (fault,) = faults
    line, word = at
    start = fault.span.column - 1
    assert (fault.span.line, text.split("\n")[line - 1][start:].startswith(word)) == (line, True)
    assert fault.message.startswith(message)
    assert helps in fault.help
    assert fault.help


@pytest.mark.parametrize(("text", "message"), [("- a\nb: c\n", "among the items"), ('? x\n: "y\n', "from here")])
def test_where_no_slip_is_known_the_parsers_place_is_shown_in_plain_words(text: str, message: str) -> None:
    (fault,) = parse("x.yaml", text).faults
    assert message in fault.message
    assert fault.help


@pytest.mark.parametrize(
    "text",
    [
        'text: "He\n  says: it\n\n  is so"\nby: ada\n',
        "text: 'It''s\n  late'\nby: ada\n",
        'text: >-\n  "Open: quote\nby: ada\n',
        'text: He says\n  "no" to it\nby: ada\n',
        "tags: ['a, b', \"c: d\", {e: 'f'}]\n",
        '"text": x\n',
        "- >-\n  a: 'b\n- 'c'  # d\n",
        "text: see also:that\n  by:that\n",
    ],
)
def test_what_is_written_well_before_a_slip_is_not_blamed(text: str) -> None:
    assert parse("x.yaml", text).faults == ()
    (fault,) = parse("x.yaml", text + ("- @z\n" if text.startswith("-") else "z: @z\n")).faults
    assert (fault.message, fault.span.line) == ("a text that begins with `@` needs quotes", text.count("\n") + 1)
