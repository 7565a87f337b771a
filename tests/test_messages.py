"""What findings say of typical slips: the words at fault are underlined, and the help says what would be right."""

from __future__ import annotations

import textwrap

import pytest

from kb.lint import lint
from tests.conftest import read

SKY = """
## participants/ada.yaml
name: Ada
## sources/letter.yaml
title: A letter
passages:
  - id: p1
  - id: c3.1
  - id: c3.2
## sources/thread.yaml
title: A thread
passages:
  - id: p1
  - id: t-7
## terms/blue.yaml
term: blue
senses:
  - id: hue
    text: Light of about 470 nm.
## terms/grey.yaml
term: grey
## colours/topic.yaml
title: Colours
## colours/sky-is-blue.yaml
kind: claim
text: The sky is blue.
## colours/sky-is-grey.yaml
kind: objection
text: The sky is grey.
attacks: sky-is-blue
## colours/point.yaml
"""
"""A debate of which the last file is still to be written."""

MESSAGES = [
    # what a record is, and what leads where
    (
        "id: point\nkind: reply\ntext: So.\nconcedes: what-is-up\n---\nid: what-is-up\nkind: question\ntext: Up?\n",
        ("wrong-target-kind", "what-is-up"),
        "`what-is-up` is a question",
        "leads to a claim, an objection or a reply",
    ),
    (
        "kind: claim\ntext: So.\nconcedes: sky-is-grey\n",
        ("wrong-node-kind", "concedes"),
        "a claim has no `concedes`",
        "starts from a reply",
    ),
    (
        "kind: objection\ntext: No.\nundercuts: sky-is-grey\n",
        ("unmatched-undercut", "sky-is-grey"),
        "`sky-is-grey` is an objection, not a step",
        "`X -> sky-is-grey`",
    ),
    # outcomes
    (
        "kind: claim\ntext: So.\nexpect: out\n",
        ("unmet-expectation", "out"),
        "expected outcome of `point`: `out`, found `unchallenged`",
        "expect `unchallenged`",
    ),
    (
        "kind: claim\ntext: So.\nexpect: maybe\n",
        ("unmet-expectation", "maybe"),
        "`maybe` is no status or verdict",
        "`defeated`, `in`, `out`",
    ),
    (
        "kind: reply\ntext: So.\nby: ada\nreplies_to: sky-is-grey\nexpect: in\n",
        ("unmet-expectation", "in"),
        "`point` has no outcome: it only acts on other points",
        "remove `expect`",
    ),
    # names
    (
        "kind: claim\ntext: So.\nallow: {nope: x}\n",
        ("stale-allow", "nope"),
        "no rule is called `nope`",
        "`kb rule` lists them",
    ),
    (
        "kind: claim\ntext: So.\n## colours/A Grüner Punkt!.yaml\nkind: claim\ntext: Green.\n",
        ("malformed-id", ""),
        "`A Grüner Punkt!` is no id",
        "did you mean `a-gruner-punkt`?",
    ),
]


@pytest.mark.parametrize(("text", "where", "message", "helps"), MESSAGES)
def test_a_finding_says_what_is_wrong_and_what_would_be_right(
    text: str, where: tuple[str, str], message: str, helps: str
) -> None:
    loaded = read(SKY + textwrap.dedent(text))
    rule, word = where
    found = [finding for finding in lint(loaded) if finding.rule == rule]
    assert [finding.message for finding in found] == [message]
    span = found[0].span
    assert loaded.line(found[0].file, span.line)[span.column - 1 : span.end_column - 1] == word
    assert helps in found[0].help
