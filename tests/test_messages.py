"""What findings say about typical slips: the words at fault are underlined, and the help says what would be right."""

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
    # kinds of records and relations
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
    # targets
    (
        "kind: objection\ntext: No.\nattacks: ada\n",
        ("unknown-target", "ada"),
        "`ada` is a participant, no node",
        "name the node that is meant",
    ),
    (
        "kind: objection\ntext: No.\nattacks: blue\n",
        ("unknown-target", "blue"),
        "`blue` is a term, no node",
        "name the node that is meant",
    ),
    (
        "kind: objection\ntext: No.\nattacks: colours\n",
        ("unknown-target", "colours"),
        "`colours` is a topic, no node",
        "name the node that is meant",
    ),
    (
        "kind: objection\ntext: No.\nattacks: letter\n",
        ("unknown-target", "letter"),
        "`letter` is a source, no node",
        "name the node that is meant",
    ),
    (
        "kind: objection\ntext: No.\nattacks: sky-is-blue, sky-is-grey\n",
        ("unknown-target", "sky-is-blue, sky-is-grey"),
        "no node is called `sky-is-blue, sky-is-grey`",
        "write a list: `[sky-is-blue, sky-is-grey]`",
    ),
    (
        "kind: objection\ntext: No.\nattacks: sky-is-blue sky-is-grey\n",
        ("unknown-target", "sky-is-blue sky-is-grey"),
        "no node is called `sky-is-blue sky-is-grey`",
        "write a list: `[sky-is-blue, sky-is-grey]`",
    ),
    (
        "id: point\nkind: objection\ntext: No.\nattacks: green-may\n---\nid: green-may-be-mixed-of-others\nkind: claim\ntext: Green.\n",
        ("unknown-target", "green-may"),
        "no node is called `green-may`",
        "did you mean `green-may-be-mixed-of-others`?",
    ),
    (
        "kind: objection\ntext: No.\nattacks: {target: sky-is-blue}\n",
        ("unknown-field", "target"),
        "an entry of `attacks` has no field `target`",
        "did you mean `to`?",
    ),
    (
        "kind: objection\ntext: No.\nundercuts: sky-is-grey -> sky-is-blu\n",
        ("unmatched-undercut", "sky-is-blu"),
        "no node is called `sky-is-blu`",
        "did you mean `sky-is-blue`?",
    ),
    (
        "kind: objection\ntext: No.\nundercuts: 'sky-is-gray -> sky-is-blue'\n",
        ("unmatched-undercut", "sky-is-gray"),
        "no node is called `sky-is-gray`",
        "did you mean `sky-is-grey`?",
    ),
    # sources, terms, participants
    (
        "kind: claim\ntext: So.\nsource: letter p9\n",
        ("unknown-passage", "p9"),
        "`letter` has no passage `p9`",
        "run from `p1` to `c3.2`",
    ),
    (
        "kind: claim\ntext: So.\nsource: [letter c3]\n",
        ("unknown-passage", "c3"),
        "`letter` has no passage `c3`",
        "`c3` has the passages `c3.1` to `c3.2`",
    ),
    (
        "kind: claim\ntext: So.\nsource: c3.1\n",
        ("unknown-source", "c3.1"),
        "no source is called `c3.1`",
        "did you mean `letter c3.1`?",
    ),
    (
        "kind: claim\ntext: So.\nsource: thread-t-7\n",
        ("unknown-source", "thread-t-7"),
        "no source is called `thread-t-7`",
        "did you mean `thread t-7`?",
    ),
    (
        "kind: claim\ntext: So.\nsource: letter:c3.1\n",
        ("unknown-source", "letter:c3.1"),
        "no source is called `letter:c3.1`",
        "did you mean `letter c3.1`?",
    ),
    (
        "kind: claim\ntext: So.\nsource: p1\n",
        ("unknown-source", "p1"),
        "no source is called `p1`",
        "create `sources/p1.yaml`",
    ),
    (
        "kind: claim\ntext: So.\nsource: leter p1\n",
        ("unknown-source", "leter"),
        "no source is called `leter`",
        "did you mean `letter`?",
    ),
    (
        "kind: claim\ntext: So.\nsource: letter p1, c3.1, thread p1\n",
        ("wrong-type", "letter p1, c3.1, thread p1"),
        "`letter p1, c3.1, thread p1` is not one place in a source",
        "`[letter p1, letter c3.1, thread p1]`",
    ),
    (
        "kind: claim\ntext: So.\nterms: blue, grey\n",
        ("unknown-term", "blue, grey"),
        "no term is called `blue, grey`",
        "write a list: `[blue, grey]`",
    ),
    (
        "kind: claim\ntext: So.\nterms: blue/hue grey\n",
        ("unknown-term", "blue/hue grey"),
        "no term is called `blue/hue grey`",
        "write a list: `[blue/hue, grey]`",
    ),
    (
        "kind: claim\ntext: So.\nby: ada bo\n## participants/bo.yaml\nname: Bo\n",
        ("unknown-participant", "ada bo"),
        "no participant is called `ada bo`",
        "write a list: `[ada, bo]`",
    ),
    (
        "kind: [claim, reply]\ntext: So.\n",
        ("wrong-type", "kind"),
        "`kind` has a list where one of `question`, `claim`, `objection`, `reply`, `argument` belongs",
        "give one of `question`",
    ),
    # comments
    (
        "kind: claim\ntext: Attention # weighs the words.\n",
        ("text-in-comment", "# weighs the words."),
        "`text` ends before this `#`",
        "put the text in quotes",
    ),
    (
        "kind: claim\ntitle: See #12\ntext: So.\n",
        ("text-in-comment", "#12"),
        "`title` ends before this `#`",
        "in quotes",
    ),
    (
        "kind: claim\ntitle: #1 in line\ntext: So.\n",
        ("wrong-type", "title"),
        "`title` has nothing where a text belongs",
        "`#` begins a comment",
    ),
    (
        "kind: claim\ntext: #1 in line\n",
        ("wrong-type", "text"),
        "`text` has nothing where a text belongs",
        "`#` begins a comment",
    ),
    (
        "kind: claim\ntext: So.\nsource: [letter: p1]\n",
        ("wrong-type", "source"),
        "`source` has a mapping where `source-id passage-id` (with a space between) or a list of these belongs",
        "with a space between",
    ),
    # one id for two records
    (
        "id: sky-is-blue\nkind: claim\ntext: So.\n",
        ("duplicate-id", "sky-is-blue"),
        "the id `sky-is-blue` is taken by claims/colours/sky-is-blue.yaml:1",
        "give it another `id`, or leave `id` out: then it is called `point`",
    ),
    # texts that YAML takes for something else
    (
        "kind: claim\ntext: *so\n",
        ("forbidden-yaml", "*so"),
        "an alias (`*name`) is not allowed here",
        "begins with `*`",
    ),
    ("kind: claim\ntext: &so it\n", ("forbidden-yaml", "&"), "the anchor `&so` is not allowed here", "begins with `&`"),
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


@pytest.mark.parametrize(
    "text",
    [
        "kind: claim # who objects?\ntext: So.\n",
        "kind: claim\ntext: So.  # who objects?\n",
        "kind: claim\ntext: So. #\n",
        "kind: claim\ntext: 'So.' # who objects?\n",
        "kind: claim\ntext: >-\n  So # it is.\n",
        "kind: claim\ntext: So#it is.\n",
        "kind: claim\ntags: [a] # note\ntext: So.\n",
    ],
)
def test_a_comment_that_is_meant_is_no_text(text: str) -> None:
    assert read(SKY + text).faults == ()
