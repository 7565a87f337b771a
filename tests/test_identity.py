"""The key of a finding: the same after edits around it, another if another word is at fault."""

from __future__ import annotations

import pytest

from kb.finding import Finding, Span
from kb.lint import lint
from kb.linting.identity import Key, fingerprint, with_keys
from tests.conftest import read

DEBATE = """
id: sky-is-blue
kind: claim
text: The sky is blue.
supports: sky-is-bleu
attacks: [grass-is-gren, grass-is-gren]
"""


def keys_of(text: str) -> list[Key]:
    """The keys of what the linter finds in a debate."""
    loaded = read(text)
    return [key for key, _ in with_keys(lint(loaded), loaded.line)]


def test_a_key_is_made_of_rule_record_and_word() -> None:
    assert Key("unknown-target", "sky-is-blue", "sky-is-bleu", 0) in keys_of(DEBATE)


def test_findings_that_only_their_place_tells_apart_are_counted() -> None:
    twice = [key for key in keys_of(DEBATE) if key.rule == "unknown-target" and key.target == "grass-is-gren"]
    assert [key.ordinal for key in twice] == [0, 1]


def test_lines_quotes_text_and_the_name_of_the_file_may_change() -> None:
    edited = DEBATE.replace("The sky is blue.", "Blue, the sky is.").replace("kind", "# a comment\n\nkind")
    edited = edited.replace("sky-is-bleu", "'sky-is-bleu'").replace("[grass", "[   grass")
    assert keys_of(edited) == keys_of(DEBATE)
    assert keys_of("## talk/a/sky-is-blue.yaml" + DEBATE) == keys_of(DEBATE)


def test_another_word_is_another_finding() -> None:
    one, other = keys_of(DEBATE), keys_of(DEBATE.replace("sky-is-bleu", "sky-is-blu"))
    assert len(set(one) ^ set(other)) == 2


def test_all_keys_and_fingerprints_of_a_debate_differ() -> None:
    keys = keys_of(DEBATE)
    assert len({fingerprint(key) for key in keys}) == len(set(keys)) == len(keys) > 3


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("attacks: a-b", "a-b"),
        ("attacks: a-b -> c-d", "a-b -> c-d"),
        ("attacks: 'a-b -> c-d'", "a-b -> c-d"),
        ('attacks: "a-b"', "a-b"),
        ("attacks: thread c4.7", "thread c4.7"),
        ("attacks: A sentence, as it were.", ""),
        ("attacks: 'unbalanced", ""),
        ("attacks: " + "x" * 201, ""),
    ],
)
def test_what_is_named_at_a_place_is_the_target(text: str, target: str) -> None:
    finding = Finding("claims/a.yaml", Span(1, 10, 1, len(text) + 1), "x", "y")
    assert with_keys([finding], lambda _file, _line: text) == [(Key("x", "claims/a.yaml", target, 0), finding)]


@pytest.mark.parametrize("span", [Span(1, 1, 2, 4), Span(1, 3, 1, 3), Span(9, 1, 9, 4)])
def test_a_place_that_is_no_word_names_nothing(span: Span) -> None:
    text = {1: "attacks"}
    ((key, _),) = with_keys([Finding("a.yaml", span, "x", "y")], lambda _file, line: text.get(line, ""))
    assert key.target == ""


def test_a_fingerprint_is_short_and_the_same_tomorrow() -> None:
    assert fingerprint(Key("self-relation", "sky-is-blue", "sky-is-blue", 0)) == "0690b527a3080f2766d248570e483432"
    assert fingerprint(Key("a", "\udcff", "", 0)).isalnum()
