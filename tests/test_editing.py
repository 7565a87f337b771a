"""Answers for editors: what stands where in a file, however unfinished it is, and what follows from that."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.editing import actions, completion, hover, lenses, meanings, renaming, symbols
from kb.editing.names import Name
from kb.editing.shown import UTF_8, UTF_16, UTF_32, EditorPosition, EditorText
from kb.editing.words import KEY, word_at, words
from kb.finding import KbError
from kb.glosses import GLOSSES
from kb.lint import lint
from kb.load import Loaded, load_texts
from kb.reading import decode, records
from kb.reading import settings as reading_settings
from kb.reading.entries import is_block
from kb.reading.source import parse
from kb.reading.text import Text
from kb.reading.values import Mapping, Scalar, Sequence
from kb.vocabulary import CERTAINTIES, KINDS, RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.editing.renaming import Renaming
    from kb.finding import Edit
    from kb.reading.values import Value

ROOT = Path(__file__).parent.parent
DEBATES = [ROOT, ROOT / "kb/starter", *sorted((ROOT / "tests/debates").iterdir())]


def texts_of(project: Path) -> dict[str, str]:
    """All files of a debate."""
    found = sorted((project / "claims").rglob("*.yaml"))
    return {path.relative_to(project).as_posix(): path.read_text("utf-8") for path in found}


FILES = [(f"{project.name}/{file}", text) for project in DEBATES for file, text in texts_of(project).items()]

# -- where ---------------------------------------------------------------------------------------------------------------

ENCODINGS = {UTF_8: ("utf-8", 1), UTF_16: ("utf-16-le", 2), UTF_32: ("utf-32-le", 4)}


@given(
    st.text(st.sampled_from("aä\N{SNOWMAN}\N{GRINNING FACE}\n\r\u2028\x85 "), max_size=30),
    st.booleans(),
    st.sampled_from(sorted(ENCODINGS)),
)
def test_every_character_is_found_where_an_editor_counts_it(content: str, lead: bool, units: str) -> None:
    shown = EditorText("\ufeff" * lead + content, units)
    encoding, size = ENCODINGS[units]
    for offset in range(len(content) + 1):
        if content[offset - 1 : offset + 1] == "\r\n":
            continue  # there is nothing between the two
        before = ("\ufeff" * lead + content[:offset]).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        point = EditorPosition(len(before) - 1, len(before[-1].encode(encoding)) // size)
        assert shown.point(offset) == point
        assert shown.offset(point) == offset


@pytest.mark.parametrize(
    ("point", "offset"),
    [
        (EditorPosition(0, 99), 4),
        (EditorPosition(1, 99), 6),
        (EditorPosition(9, 0), 8),
        (EditorPosition(0, 2), 1),
        (EditorPosition(0, 3), 2),
    ],
)
def test_a_place_beyond_a_line_is_its_end_and_one_within_a_character_its_start(
    point: EditorPosition, offset: int
) -> None:
    assert EditorText("a\N{GRINNING FACE}bc\nd\r\n").offset(point) == offset


# -- words ---------------------------------------------------------------------------------------------------------------


def scalars(value: Value, path: tuple[str, ...] = ()) -> Iterator[tuple[Scalar, tuple[str, ...], bool]]:
    """Every scalar that the reader finds, with the fields above it, and whether it is a key."""
    if isinstance(value, Scalar):
        yield value, path, False
    elif isinstance(value, Sequence):
        for item in value.items:
            yield from scalars(item, path)
    elif isinstance(value, Mapping):
        for name, key in value.keys.items():
            yield key, path, True
            yield from scalars(value.values[name], (*path, name))


@pytest.mark.parametrize(("file", "content"), FILES, ids=[file for file, _ in FILES])
def test_words_are_those_that_the_reader_finds(file: str, content: str) -> None:
    text = Text(content)
    wanted = [
        (text.offset(scalar.line, scalar.column), scalar.text, path, key)
        for document in parse(file, content).documents
        for scalar, path, key in scalars(document)
        if not is_block(text, scalar) and scalar.line == scalar.end_line and not scalar.is_null
    ]
    whole = {w.start: w for w in words(content)}
    assert [(w.start, w.text, w.path, w.role == KEY) for start, *_ in wanted if (w := whole[start])] == wanted


STRANGE = st.lists(
    st.sampled_from([*"ab:-[]{}\"'#>|,&*!\ufeff\n\r \t\\", "- ", ": ", "\n  ", "---\n", "to: "]), max_size=40
).map("".join)


@given(STRANGE)
@settings(max_examples=300)
def test_whatever_is_typed_words_lie_in_it_one_after_the_other(content: str) -> None:
    found = words(content)
    assert all(0 <= one.start < one.end <= len(content) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    for offset in range(len(content) + 1):
        word = word_at(content, offset)
        assert word is None or word.start <= offset <= word.end


HALF = """\
kind: objection
text: >-
  Half of it, with a: colon.
attacks: [sky-is-blue, {to: x, wi
supports:
  - to: dark
    with:
      - a
    |
  - |
by: "p
source: talk |
allow:
  |
na|
"""


@pytest.mark.parametrize(
    ("before", "path", "role", "text"),
    [
        ("    |\n", ("supports",), "key", ""),
        ("  - |\n", ("supports",), "either", ""),
        ("talk |", ("source",), "value", "talk "),
        ("allow:\n  |", ("allow",), "either", ""),
        ("na|", (), "key", "na"),
    ],
)
def test_in_a_half_typed_file_the_cursor_knows_its_field(
    before: str, path: tuple[str, ...], role: str, text: str
) -> None:
    offset = HALF.index(before) + before.index("|")
    content = HALF[:offset] + HALF[offset + 1 :]
    word = word_at(content.replace("|", ""), offset - HALF[:offset].count("|"))
    assert word is not None
    assert (word.path, word.role, word.text) == (path, role, text)


@pytest.mark.parametrize("place", ["Half of", "colon."])
def test_in_a_block_of_text_there_is_no_word(place: str) -> None:
    assert word_at(HALF, HALF.index(place)) is None


def test_an_open_bracket_ends_where_the_next_field_begins() -> None:
    by_text = {w.text: w for w in words(HALF)}
    assert (by_text["wi"].path, by_text["wi"].role) == (("attacks",), "key")
    assert by_text["supports"].path == ()


# -- meanings ------------------------------------------------------------------------------------------------------------


def test_what_a_field_means_is_said_of_fields_that_there_are() -> None:
    tables = (meanings._VALUES, meanings._KEYS)  # noqa: SLF001
    for path in (path for table in tables for path in table):
        for length in range(1, len(path)):
            known = meanings.fields(path[0], path[1:length])
            assert not known or path[length] in known, path


FREE = {
    *("title", "text", "note", "data", "weight", "description", "language", "url", "authors", "date", "name", "role"),
    *("items", "sha256", "skip", "term", "order", "formerly"),
}
"""Fields whose values name nothing."""


def test_every_field_means_something_or_is_free() -> None:
    tables = {
        ("node",): decode.NODE_FIELDS,
        ("node", "supports"): decode.RELATION_FIELDS,
        ("source",): records.SOURCE_FIELDS,
        ("source", "passages"): records.PASSAGE_FIELDS,
        ("participant",): records.PARTICIPANT_FIELDS,
        ("term",): records.TERM_FIELDS,
        ("term", "senses"): records.SENSE_FIELDS,
        ("topic",): records.TOPIC_FIELDS,
        ("settings",): reading_settings.SETTINGS_FIELDS,
        ("settings", "lint"): reading_settings.LINT_FIELDS,
    }
    for (record, *path), known in tables.items():
        assert meanings.fields(record, tuple(path)) == known
        for name in set(known) - FREE:
            here = (*path, name)
            assert meanings.of_value(record, here) or meanings.of_key(record, here) or meanings.fields(record, here), (
                record,
                here,
            )


def test_every_field_is_explained() -> None:
    known = meanings._FIELDS  # noqa: SLF001
    assert {path: set(glosses) for path, glosses in GLOSSES.items()} == {path: set(row) for path, row in known.items()}
    assert all(gloss and gloss[0] != " " and gloss[-1] != "." for row in GLOSSES.values() for gloss in row.values())


# -- names and renaming --------------------------------------------------------------------------------------------------


def every_name(loaded: Loaded) -> list[Name]:
    """Everything in a debate that can be renamed."""
    debate = loaded.debate
    return [
        *(Name(meanings.NODE, n) for n in debate.nodes),
        *(Name(meanings.STEP, r) for r in debate.relation_ids),
        *(Name(meanings.PARTICIPANT, p) for p in debate.participants),
        *(Name(meanings.SOURCE, s) for s in debate.sources),
        *(Name(meanings.TERM, t) for t in debate.terms),
        *(Name(meanings.SENSE, f"{t.id}/{s.id}") for t in debate.terms.values() for s in t.senses),
        *(Name(meanings.PASSAGE, f"{s.id} {p.id}") for s in debate.sources.values() for p in s.passages),
    ]


def spliced(text: str, edits: list[Edit]) -> str:
    found = Text(text)
    placed = sorted((*found.range(edit.place.span), edit.text) for edit in edits)
    for start, end, new in reversed(placed):
        text = text[:start] + new + text[end:]
    return text


def applied(texts: dict[str, str], made: Renaming) -> dict[str, str]:
    """The files after a renaming."""
    new = {
        file: spliced(text, [edit for edit in made.edits if edit.place.file == file]) for file, text in texts.items()
    }
    if made.file is not None:
        new[made.file[1]] = new.pop(made.file[0])
    return new


def renamed(texts: dict[str, str], name: Name, new: str) -> dict[str, str]:
    loaded = load_texts(texts)
    return applied(texts, renaming.rename(loaded.debate, lambda file: Text(texts[file]), name, new))


@pytest.mark.parametrize("project", DEBATES, ids=lambda project: project.name)
def test_whatever_is_renamed_nothing_is_lost_and_back_again_all_is_as_it_was(project: Path) -> None:
    texts = texts_of(project)
    loaded = load_texts(texts)
    before = [(f.rule, f.severity) for f in lint(loaded)]
    everything = every_name(loaded)
    for name in everything[:: max(len(everything) // 60, 1)]:
        new = "renamed-for-a-test"
        after = renamed(texts, name, new)
        assert sorted((f.rule, f.severity) for f in lint(load_texts(after))) == sorted(before), name
        known = {meanings.PASSAGE: name.id.split(" ")[0] + f" {new}", meanings.SENSE: name.id.split("/")[0] + f"/{new}"}
        old = name.id.replace("/", " ").split()[-1]
        assert renamed(after, Name(name.sort, known.get(name.sort, new)), old) == texts, name


EVERYWHERE = {
    "claims/kb.yaml": """\
title: "Blue \N{GRINNING FACE}"
main: [sky, 'other']
participants: [ann, bob]
expect:
  sky: undecided
lint:
  allow:
    talk/sky.yaml: {long-text: it is a test}
    talk: {long-title: so is this}
""",
    "claims/sources/letter.yaml": """\
title: A letter
passages:
  - {id: p1, by: ann, items: 2}
  - id: "p2"
    by: [bob]
    replies_to: p1
""",
    "claims/participants/ann.yaml": "name: Ann\n",
    "claims/participants/bob.yaml": "name: Bob\n",
    "claims/terms/blue.yaml": """\
term: blue
senses:
  - {id: pale, text: Rather light., by: ann, source: letter p1.1}
see_also: deep
""",
    "claims/terms/deep.yaml": "term: deep\nsee_also: [blue, blue/pale]\n",
    "claims/talk/sky.yaml": "kind: claim\r\ntext: The sky.\r\nsource: letter p1.2\r\nterms: blue/pale\r\n",
    "claims/talk/other.yaml": "kind: claim\ntext: sky is named here too, sky.\nsource: [letter p2]\nterms: [blue]\n",
    "claims/talk/thread.yaml": """\
id: first
kind: claim
text: A reason.
supports:
  - to: sky   # sky in a comment stays
    with: ["other", sky]
    id: step
    by: bob
---
id: second
kind: objection
text: Not so.
undercuts: first -> sky
attributed_to: ann
---
id: third
kind: argument
premises: [sky, {minor: other}]
attacks: {to: first}
---
id: fourth
kind: objection
text: Nor that.
undercuts: 'sky  ->  first'
""",
}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (Name(meanings.NODE, "sky"), 7),
        (Name(meanings.PARTICIPANT, "ann"), 4),
        (Name(meanings.PARTICIPANT, "bob"), 3),
        (Name(meanings.SOURCE, "letter"), 3),
        (Name(meanings.PASSAGE, "letter p1"), 4),
        (Name(meanings.PASSAGE, "letter p2"), 2),
        (Name(meanings.TERM, "blue"), 4),
        (Name(meanings.SENSE, "blue/pale"), 3),
        (Name(meanings.STEP, "step"), 1),
        (Name(meanings.NODE, "second"), 1),
    ],
    ids=lambda given: given.id if isinstance(given, Name) else "",
)
def test_a_name_changes_wherever_it_is_written(name: Name, expected: int) -> None:
    debate = load_texts(EVERYWHERE).debate
    made = renaming.rename(debate, lambda file: Text(EVERYWHERE[file]), name, "new-name")
    assert len([edit for edit in made.edits if edit.text == "new-name"]) == expected
    after = applied(EVERYWHERE, made)
    assert [f.rule for f in lint(load_texts(after))] == [f.rule for f in lint(load_texts(EVERYWHERE))]
    assert after["claims/talk/other.yaml"].startswith("kind: claim\ntext: sky is named here too, sky.")
    moved = name.sort in {meanings.PARTICIPANT, meanings.SOURCE, meanings.TERM} or name.id == "sky"
    assert (made.file is not None) == moved


def test_a_file_for_which_findings_are_allowed_keeps_that_under_its_new_name() -> None:
    after = renamed(EVERYWHERE, Name(meanings.NODE, "sky"), "heaven")
    assert "    talk/heaven.yaml: {long-text: it is a test}\n    talk: {long-title" in after["claims/kb.yaml"]
    assert after["claims/talk/heaven.yaml"] == EVERYWHERE["claims/talk/sky.yaml"]


@pytest.mark.parametrize(
    ("sort", "name", "new", "why"),
    [
        (meanings.NODE, "sky", "Sky", "is no id"),
        (meanings.NODE, "sky", "other", "taken by claims/talk/other.yaml:1"),
        (meanings.NODE, "sky", "step", "taken by claims/talk/thread.yaml:7"),
        (meanings.STEP, "step", "sky", "taken"),
        (meanings.PASSAGE, "letter p1", "p2", "taken"),
        (meanings.PASSAGE, "letter p1", "p 3", "is no id: use letters"),
        (meanings.PARTICIPANT, "ann", "bob", "taken"),
    ],
)
def test_a_name_that_cannot_be_is_refused_with_why(sort: str, name: str, new: str, why: str) -> None:
    with pytest.raises(KbError, match=why):
        renamed(EVERYWHERE, Name(sort, name), new)


def test_a_name_in_disguise_is_left_to_the_editor() -> None:
    texts = {**EVERYWHERE, "claims/talk/odd.yaml": 'kind: claim\ntext: Odd.\nsupports: "\\x73ky"\n'}
    with pytest.raises(KbError, match=r"odd.yaml:3 names `sky` in a way"):
        renamed(texts, Name(meanings.NODE, "sky"), "heaven")


def test_a_file_that_moves_takes_its_allowance_along_and_nothing_else() -> None:
    debate = load_texts(EVERYWHERE).debate
    made = renaming.file_renaming(
        debate, lambda file: Text(EVERYWHERE[file]), "claims/talk/sky.yaml", "claims/past/sky.yaml"
    )
    assert made is not None
    assert [edit.text for edit in made.edits] == ["past/sky.yaml"]
    assert (
        renaming.file_renaming(
            debate, lambda file: Text(EVERYWHERE[file]), "claims/talk/thread.yaml", "claims/talk/x.yaml"
        )
        is None
    )


# -- what is told --------------------------------------------------------------------------------------------------------


def cursor(texts: dict[str, str], file: str, before: str, after: str = "") -> tuple[str, str, int]:
    return file, texts[file], texts[file].index(before + after) + len(before)


@pytest.mark.parametrize(
    ("file", "before", "after", "told"),
    [
        ("talk/thread.yaml", "undercuts: fir", "st ->", "A reason."),
        ("talk/thread.yaml", "first -> s", "ky", "The sky."),
        ("talk/thread.yaml", "attributed_to: a", "nn", "**Ann**"),
        ("talk/thread.yaml", "under", "cuts: first", "denies that the step holds"),
        ("talk/thread.yaml", "attributed", "_to", "until they disown or deny it"),
        ("kb.yaml", "li", "nt:", "how strictly"),
        ("talk/thread.yaml", "kind: objec", "tion", "attacks or undercuts"),
        ("talk/sky.yaml", "letter p", "1.2", "**letter p1** by Ann"),
        ("talk/sky.yaml", "let", "ter p", "**A letter**"),
        ("talk/sky.yaml", "blue/pa", "le", "Rather light."),
        ("talk/sky.yaml", "blu", "e/pale", "`pale` (Ann): Rather light."),
        ("kb.yaml", "{long-te", "xt", "**long-text** ("),
        ("kb.yaml", "sky: unde", "cided", "does not decide"),
        ("talk/thread.yaml", "id: st", "ep", "`first` is a reason for `sky`"),
    ],
)
def test_a_word_is_explained(file: str, before: str, after: str, told: str) -> None:
    found = hover.hover(load_texts(EVERYWHERE).debate, *cursor(EVERYWHERE, f"claims/{file}", before, after))
    assert found is not None
    assert told in found.markdown


def test_nothing_an_editor_wrote_is_fetched_or_runs() -> None:
    texts = {
        **EVERYWHERE,
        "claims/talk/bad.yaml": "kind: claim\ntitle: <img src=x>\ntext: 'See ![me](http://x.test/y.png) & [that](command:rm).'\n",
        "claims/talk/near.yaml": "kind: claim\ntext: Near.\nsupports: bad\n",
    }
    found = hover.hover(load_texts(texts).debate, *cursor(texts, "claims/talk/near.yaml", "supports: b", "ad"))
    assert found is not None
    assert "\\!\\[me\\](http" in found.markdown
    assert "\\<img" in found.markdown


def test_a_node_is_told_with_how_it_fares() -> None:
    found = hover.hover(load_texts(EVERYWHERE).debate, *cursor(EVERYWHERE, "claims/kb.yaml", "main: [sk", "y"))
    assert found is not None
    assert "*claim* by Ann, asserted (letter p1.2)" in found.markdown
    assert "on the record so far" in found.markdown
    assert "objection" in found.markdown


# -- what is offered -----------------------------------------------------------------------------------------------------


def offered(typed: str, texts: dict[str, str] | None = None, file: str = "claims/talk/new.yaml") -> list[str]:
    """The words offered at `|` in a file that is being typed, with the debate as it was before."""
    debate = load_texts(texts or EVERYWHERE).debate
    return [
        choice.insert for choice in completion.complete(debate, file, typed.replace("|", ""), typed.index("|")).best
    ]


def test_fields_are_offered_that_are_not_there_and_that_the_kind_allows() -> None:
    question = offered("kind: question\ntext: x\n|\ntags: x\n")
    assert {"exclusive: ", "supports: ", "source: "} <= set(question)
    assert not {"kind: ", "text: ", "tags: ", "premises: ", "answers: ", "concedes: "} & set(question)
    assert {"answers: ", "concedes: "} <= set(offered("kind: reply\n|"))
    assert {f"{name}: " for name in decode.NODE_FIELDS} - {"exclusive: ", "stands_alone: "} == set(
        offered("kind: argument\n|")
    ) | {
        "kind: ",
        *(f"{name}: " for name, row in RELATIONS.items() if "argument" not in row.sources),
    }
    assert set(offered("|")) == {f"{name}: " for name in decode.NODE_FIELDS}


def test_the_key_under_the_cursor_is_offered_without_a_second_colon() -> None:
    assert "source" in offered("kind: claim\nsou|: letter\n")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("kind: |", sorted(KINDS)),
        ("certainty: |", sorted(CERTAINTIES)),
        ("by: |", ["ann", "bob"]),
        ("by: [ann, |]", ["bob"]),
        ("source: |", ["letter"]),
        ("source: [letter p2, letter |]", ["letter p1.1", "letter p1.2"]),
        ("source:\n  - letter p2|", ["letter p2"]),
        ("terms: blue/|", ["blue/pale"]),
        ("stands_alone: |", ["false", "true"]),
        ("allow:\n  long-t|", ["long-text: ", "long-title: "]),
        ("kind: claim\nanswers: |", []),
        ("kind: objection\nattacks:\n  - to: |", ["first", "fourth", "other", "second", "sky", "third"]),
        ("kind: reply\nconcedes: |", ["first", "fourth", "other", "second", "sky"]),
        ("kind: reply\nby: ann\ndisowns: |", ["first", "fourth", "other", "second", "sky", "third"]),
        ("kind: objection\nundercuts: first -|", ["step"]),
        ("kind: claim\nsupports: the sk|", ["other", "sky"]),
        ("kind: claim\nsupports:\n  - to: first\n    wi|", ["weight: ", "with: "]),
        ("text: >-\n  |", []),
        ("title: |", []),
        ("# |", []),
    ],
)
def test_words_are_offered_that_fit(typed: str, words: list[str]) -> None:
    assert sorted(offered(typed)) == words


def test_what_is_taken_back_is_ones_own_and_what_is_disowned_was_attributed() -> None:
    file = "claims/talk/other.yaml"
    assert offered("kind: reply\nsource: letter p2\nretracts: |", file=file) == []
    texts = {**EVERYWHERE, file: "kind: reply\ntext: x\nby: ann\n"}
    assert offered("kind: reply\nby: ann\nretracts: |", texts, file) == ["sky"]
    assert offered("kind: reply\nby: ann\ndisowns: |", texts, file) == ["second"]


def test_a_node_is_offered_with_what_it_says_and_who_says_it() -> None:
    debate = load_texts(EVERYWHERE).debate
    choice = completion.complete(debate, "claims/talk/new.yaml", "attacks: sk", 11).best[0]
    assert (choice.offer.word, choice.offer.brief, choice.offer.text) == ("sky", "claim, ann", "The sky.")
    assert (choice.start, choice.end) == (9, 11)


def test_the_best_fit_comes_first_and_too_many_are_asked_for_again() -> None:
    texts = {f"claims/far/n{i}-sky.yaml": "kind: claim\ntext: x\n" for i in range(completion.MOST + 5)}
    found = completion.complete(load_texts({**EVERYWHERE, **texts}).debate, "claims/talk/new.yaml", "attacks: sky", 12)
    assert (found.more, len(found.best)) == (True, completion.MOST)
    assert found.best[0].offer.word == "sky"


# -- what can be done ----------------------------------------------------------------------------------------------------


ALLOWED = [
    "kind: claim\ntext: x\nsupports: own\n",
    "kind: claim\r\nsupports: own\r\ntext: >-\r\n  x\r\n",
    "kind: claim\ntext: x\nsupports: own\nallow:\n    long-text: y # z\n",
    "kind: claim\nallow: {long-text: y}\ntext: x\nsupports: own",
    "kind: claim\ntext: x\nsupports: own # why\n\n# the end\n",
    "id: a\nkind: claim\ntext: x\n---\nid: own\nkind: claim\ntext: x\nsupports: own\n---\nid: b\nkind: claim\ntext: x\n",
]


@pytest.mark.parametrize("written", ALLOWED)
def test_a_finding_is_allowed_on_its_record_once_the_editor_says_why(written: str) -> None:
    file = "claims/talk/own.yaml"
    texts = {**EVERYWHERE, file: written}
    loaded = load_texts(texts)
    findings = [f for f in lint(loaded) if f.rule == "self-relation"]
    (made,) = actions.accepting_actions(loaded.debate, Text(written), findings)
    after = spliced(written, list(made.edits))
    assert after.count("self-relation: ") == 1
    assert "wrong-type" in [f.rule for f in lint(load_texts({**texts, file: after}))]
    mended = after.replace("self-relation: ", "self-relation: a test")
    assert [
        f.rule for f in lint(load_texts({**texts, file: mended})) if f.file == file and f.rule != "stale-allow"
    ] == [f.rule for f in lint(loaded) if f.file == file and f.rule not in {"self-relation", "stale-allow"}]
    assert ("\r\n" in written) == (after.count("\r\n") == after.count("\n"))


@pytest.mark.parametrize(
    "written", ["{kind: claim, text: x, supports: own}", "kind: claim\ntext: x\nsupports: own\nallow: 1\n"]
)
def test_where_a_line_cannot_be_added_none_is_offered(written: str) -> None:
    loaded = load_texts({**EVERYWHERE, "claims/talk/own.yaml": written})
    findings = [f for f in lint(loaded) if f.rule in {"self-relation", "wrong-type"}]
    assert findings
    assert list(actions.accepting_actions(loaded.debate, Text(written), findings)) == []


@pytest.mark.parametrize(
    ("file", "before", "titles"),
    [
        ("talk/sky.yaml", "kind", ["an objection to `sky`", "a reply to `sky`"]),
        ("talk/thread.yaml", "Not so", ["an objection to `second`", "a reply to `second`"]),
        ("talk/thread.yaml", "undercuts: fir", ["an objection to `first`", "a reply to `first`"]),
        ("talk/why.yaml", "kind", ["an objection to `why`", "a reply to `why`", "an answer to `why`"]),
        ("participants/ann.yaml", "na", []),
    ],
)
def test_an_answer_to_a_node_is_begun_in_a_file_of_its_own(file: str, before: str, titles: list[str]) -> None:
    texts = {**EVERYWHERE, "claims/talk/why.yaml": "kind: question\ntext: Why?\n"}
    debate = load_texts(texts).debate
    found = list(actions.adding_actions(debate, *cursor(texts, f"claims/{file}", before)))
    assert [action.title for action in found] == [f"Add {title}" for title in titles]
    for action in found:
        assert action.file not in texts
        written = action.content[: action.cursor] + "Because of this." + action.content[action.cursor :]
        rules = {f.rule for f in lint(load_texts({**texts, action.file: written})) if f.file == action.file}
        assert rules <= {"reply-without-move"}, written


def test_a_second_objection_has_a_name_of_its_own() -> None:
    texts = {**EVERYWHERE, "claims/talk/objection-to-sky.yaml": "kind: objection\ntext: No.\nattacks: sky\n"}
    found = actions.adding_actions(load_texts(texts).debate, *cursor(texts, "claims/talk/sky.yaml", "kind"))
    assert next(found).file == "claims/talk/objection-to-sky-2.yaml"


# -- symbols and lines above nodes ---------------------------------------------------------------------------------------


def test_a_file_is_outlined() -> None:
    debate = load_texts(EVERYWHERE).debate
    file = "claims/talk/thread.yaml"
    found = symbols.file_symbols(debate, Text(EVERYWHERE[file]), file)
    assert [(s.name.id, s.named.line, s.whole.line, s.whole.end_line) for s in found][:2] == [
        ("first", 1, 1, 8),
        ("second", 10, 10, 14),
    ]
    source = "claims/sources/letter.yaml"
    (letter,) = symbols.file_symbols(debate, Text(EVERYWHERE[source]), source)
    assert [s.name.id for s in letter.inside] == ["letter p1", "letter p2"]
    assert all(letter.whole <= s.named <= letter.whole[2:] + (0, 0) for s in letter.inside)  # noqa: RUF005


@pytest.mark.parametrize(
    ("query", "found"),
    [("sky", ["sky", "other"]), ("ann", ["ann"]), ("not so", ["second"]), ("let", ["letter"]), ("nowhere", [])],
)
def test_a_debate_is_searched_by_name_and_by_text(query: str, found: list[str]) -> None:
    assert [s.name.id for s in symbols.search_debate(load_texts(EVERYWHERE).debate, query)] == found


def test_the_line_above_a_node_counts_objections_and_those_nobody_answered() -> None:
    texts = {
        **EVERYWHERE,
        "claims/talk/no.yaml": "kind: objection\ntext: No.\nby: bob\nattacks: sky\n",
        "claims/talk/never.yaml": "kind: objection\ntext: Never.\nby: bob\nattacks: sky\n",
        "claims/talk/yes.yaml": "kind: reply\ntext: Yes.\nby: ann\nattacks: never\n",
        "claims/talk/why.yaml": "kind: question\ntext: Why?\n",
    }
    debate = load_texts(texts).debate
    assert [(lens.node, lens.span.line) for lens in lenses.lenses(debate, "claims/talk/thread.yaml")][:2] == [
        ("first", 1),
        ("fourth", 21),
    ]
    assert lenses.lens_text(debate, "why") == "no answers"
    assert lenses.lens_text(debate, "sky").endswith(": 3 objections, 1 unanswered")
    told = lenses.explanation(debate, "sky")
    assert "- no (unanswered): No." in told
    assert "- never: Never." in told
